"""Who wrote: the watch of the random hands names the act that did it, through questions in between."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop, QTimer
from pytestqt.qtbot import QtBot

from tests.faults.monkey_watch import Watch


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    made = Watch(tmp_path / "journal.txt")
    yield made
    made.end()


def _blamed(watch: Watch) -> list[str]:
    """Which acts are said to have written what they may not."""
    return [told.split("written by ")[1] for told in watch.faults if "written by" in told]


def _in_turn(watch: Watch, acts: list[tuple[str, Callable[[], None]]]) -> None:
    """Play acts as the monkey does: the next one is ordered before this one is done."""
    waiting = iter(enumerate(acts))

    def following() -> None:
        number, (kind, act) = next(waiting, (0, ("", None)))
        if act is not None:
            QTimer.singleShot(0, following)
            watch.begin(number, kind, kind)
            watch.during(kind, act)

    following()


def test_an_act_that_goes_on_after_its_question_is_the_one_that_writes(
    qtbot: QtBot, watch: Watch
) -> None:
    question = QEventLoop()

    def asks() -> None:
        question.exec()
        watch.written("after its question")  # "resize" was begun meanwhile, and is over

    def answers_then_resizes() -> None:
        question.quit()

    _in_turn(watch, [("key", asks), ("resize", answers_then_resizes), ("resize", lambda: None)])
    qtbot.waitUntil(lambda: watch.writes == 1)
    assert _blamed(watch) == []


def test_a_resize_that_writes_is_named(qtbot: QtBot, watch: Watch) -> None:
    _in_turn(watch, [("resize", lambda: watch.written("by itself"))])
    qtbot.waitUntil(lambda: watch.writes == 1)
    assert _blamed(watch) == ["resize: by itself"]


def test_a_resize_within_a_question_is_named_though_a_key_asked(qtbot: QtBot, watch: Watch) -> None:
    question = QEventLoop()

    def writes() -> None:
        watch.written("inside")

    _in_turn(watch, [("key", question.exec), ("resize", writes), ("resize", question.quit)])
    qtbot.waitUntil(lambda: watch.writes == 1 and not question.isRunning())
    assert _blamed(watch) == ["resize: inside"]


def test_what_a_resize_sets_going_in_a_question_is_its_doing(qtbot: QtBot, watch: Watch) -> None:
    question = QEventLoop()

    def sets_going() -> None:
        QTimer.singleShot(0, lambda: (watch.written("later"), question.quit()))

    _in_turn(watch, [("key", question.exec), ("resize", sets_going)])
    qtbot.waitUntil(lambda: watch.writes == 1 and not question.isRunning())
    assert _blamed(watch) == ["resize: later"]
