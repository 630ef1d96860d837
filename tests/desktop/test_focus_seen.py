"""Wherever the keyboard is, it is seen: each stop of each page looks otherwise with the keyboard than without."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from bedside.desktop.window import BedsideWindow

_AROUND = 4  # pixels: a ring may lie outside what it is about
_MOST = 160  # stops
_LEAST = 12  # places that look otherwise: more than a dot, less than the shortest ring


def around(widget: QWidget) -> QRect:
    at = widget.mapTo(widget.window(), QPoint(0, 0))
    return QRect(at, widget.size()).adjusted(-_AROUND, -_AROUND, _AROUND, _AROUND)


def drawn(window: QWidget, place: QRect) -> QImage:
    return window.grab(place).toImage()


def other_places(one: QImage, other: QImage) -> int:
    """How many pixels of two pictures differ; all of them where their sizes do."""
    if one.size() != other.size():
        return one.width() * one.height()
    return sum(
        one.pixel(x, y) != other.pixel(x, y)
        for y in range(one.height())
        for x in range(one.width())
    )


def unseen_stops(window: BedsideWindow) -> list[str]:
    """Go round by Tab; return the stops that look the same with the keyboard and without it."""
    found, first = [], window.focusWidget()
    for _ in range(_MOST):
        there = QApplication.focusWidget()
        place = around(there)
        name = there.accessibleName() or type(there).__name__
        with_it = drawn(window, place)
        QTest.keyClick(there, Qt.Key.Key_Tab)
        if around(there) == place:  # nothing was scrolled
            without = drawn(window, place)
            if other_places(with_it, without) < _LEAST:
                found.append(name)
        if QApplication.focusWidget() is first:
            return found
    raise AssertionError("Tab never came back")


@pytest.mark.timeout(120)
@pytest.mark.parametrize("number", range(8))
def test_the_keyboard_is_seen_at_each_stop_of_an_infants_page(
    window: BedsideWindow, infant_of, number: int
):
    QApplication.setCursorFlashTime(0)
    window.open_infant(infant_of("2"))
    window.show_page(number)
    QTest.qWait(20)
    assert unseen_stops(window) == []


@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    "page", ["show_board", "show_commissioning", "show_cohort", "show_protocols", "show_site"]
)
def test_the_keyboard_is_seen_at_each_stop_of_a_page_of_the_ward(window: BedsideWindow, page: str):
    QApplication.setCursorFlashTime(0)
    getattr(window, page)()
    QTest.qWait(20)
    assert unseen_stops(window) == []
