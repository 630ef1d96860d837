"""Twelve tasks of a ward are done with the keys that are written down, and leave what they should on record."""

from pathlib import Path

from PySide6.QtGui import QKeySequence

from tests.walkthrough.hand import Hand, tokens
from tests.walkthrough.tasks import TASKS
from tests.walkthrough.telling import last_act, page_of


def test_twelve_tasks_are_done_by_their_keys(window, infant_of):
    assert len(TASKS) == 12
    done = []
    for task in TASKS:
        window.show_board()
        hand = Hand(window, lambda number, widget: None)
        before = last_act(window.ward)
        done.append((task, hand.do(task.steps)))
        if task.act:
            number, words = last_act(window.ward)
            assert number > before[0], f"{task.title}: nothing was recorded"
            assert task.act in words, f"{task.title}: {words}"
        else:
            assert window.pages.infant_id == infant_of("2")
            assert last_act(window.ward) == before
    written = Path(__file__).parents[1] / "walkthrough" / "WALK.md"
    kept = written.read_text("utf-8").splitlines()
    for line in page_of(done, seconds=False):
        assert line in kept, "python -m tests.walkthrough writes the page anew"


def test_every_key_of_the_walk_is_one():
    for task in TASKS:
        for step in task.steps:
            for token in tokens(step.keys):
                assert len(token) == 1 or not QKeySequence(token[1:-1]).isEmpty(), token
