"""Garbage ends in the window's own thread, whichever thread makes the objects."""

import gc
from threading import Thread, get_ident
from weakref import finalize

import pytest
from PySide6.QtCore import QObject, QTimer

from bedside.desktop import collecting
from bedside.desktop.collecting import collect_here, collect_what_is_due


@pytest.fixture
def window(qapp):
    """An object of this thread; young objects are looked through often, as in the program."""
    bounds, collected = gc.get_threshold(), gc.isenabled()
    gc.collect()
    gc.set_threshold(700, 10, 10)
    window = QObject()
    yield window
    window.deleteLater()
    gc.set_threshold(*bounds)
    (gc.enable if collected else gc.disable)()


def a_closed_page(ended: list[int]) -> None:
    """Leave a page with a running clock behind, held by nothing but itself."""
    page = QObject()
    page.itself = page  # type: ignore[attr-defined]  # the circle that only a collection ends
    page.clock = QTimer(page)  # type: ignore[attr-defined]
    page.clock.start(50)  # type: ignore[attr-defined]
    finalize(page, lambda: ended.append(get_ident()))


def in_another_thread() -> list[list[int]]:
    """What a copy does in its thread: many objects that are alive together."""
    kept: list[list[int]] = []
    thread = Thread(target=lambda: kept.extend([number] for number in range(50_000)))
    thread.start()
    thread.join()
    return kept


def test_a_closed_page_never_ends_in_the_thread_of_the_copies(window, qtbot, monkeypatch):
    monkeypatch.setattr(collecting, "EVERY_MS", 20)
    ended: list[int] = []
    gc.enable()
    collect_here(window)
    a_closed_page(ended)
    kept = in_another_thread()
    assert ended == [], "another thread collected it"
    qtbot.waitUntil(lambda: bool(ended), timeout=3000)
    assert ended == [get_ident()] and kept


def test_without_it_the_other_thread_collects(window):
    """The control: what the test above guards against does happen (an object without a clock)."""
    ended: list[int] = []
    circle = {}
    circle["page"] = page = QObject()
    page.circle = circle  # type: ignore[attr-defined]
    finalize(page, lambda: ended.append(get_ident()))
    del circle, page
    gc.enable()
    assert in_another_thread()
    assert ended and ended != [get_ident()]


def test_nothing_is_collected_before_it_is_due(window):
    gc.collect()
    assert collect_what_is_due() is None
    kept = [[number] for number in range(2000)]
    assert collect_what_is_due() == 0 and kept


def test_the_oldest_that_is_due_is_collected(window):
    for _ in range(12):
        gc.collect(0)
    assert collect_what_is_due() == 1
    for _ in range(12):
        gc.collect(1)
    assert collect_what_is_due() == 2
