"""Twelve tasks of a ward are done with the keys that are written down, and leave what they should on record."""

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QRect
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication

from bedside.desktop.who_dialog import WhoDialog
from tests.screen import small_screen
from tests.walkthrough.hand import Hand, tokens
from tests.walkthrough.seeing import seen
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


def test_its_pictures_show_the_whole_window_and_the_form_over_it(window, infant_of):
    window.open_infant(infant_of("2"))
    dialog = WhoDialog(window.look, window.session, window)
    dialog.show()
    QApplication.processEvents()
    alone, form, both = window.grab().toImage(), dialog.grab().toImage(), seen(window).toImage()
    at = dialog.geometry().topLeft() - window.geometry().topLeft()
    dialog.done(0)
    dialog.deleteLater()
    assert both.size() == alone.size()
    assert both.copy(QRect(at, form.size())) == form.convertToFormat(both.format())
    assert both.pixel(5, 5) == alone.pixel(5, 5) and both != alone


def test_it_is_drawn_on_the_smallest_screen_that_a_ward_has(tmp_path):
    asks = (
        "from PySide6.QtGui import QGuiApplication as A;"
        "print(*A([]).primaryScreen().availableSize().toTuple())"
    )
    platform = {"QT_QPA_PLATFORM": small_screen(tmp_path)}
    said = subprocess.check_output([sys.executable, "-c", asks], env={**os.environ, **platform})
    assert said.split() == [b"1366", b"768"]
