"""Wherever the keyboard is, it is seen: each stop of each page looks otherwise with the keyboard than without."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget

from bedside.desktop.look import Look, Theme
from bedside.desktop.window import BedsideWindow
from tests.desktop.test_every_dialog import every_dialog

_AROUND = 4  # pixels: a ring may lie outside what it is about
_MOST = 160  # stops
_LEAST = 12  # places that look otherwise: more than a dot, less than the shortest ring
_LEAST_OF_A_FIELD = 60  # more than the mark where it is written


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


def unseen_stops(window: QWidget) -> list[str]:
    """Go round by Tab; return the stops that look the same with the keyboard and without it."""
    found, first = [], window.focusWidget()
    for _ in range(_MOST):
        there = QApplication.focusWidget()
        place = around(there)
        name = there.accessibleName() or type(there).__name__
        with_it = drawn(window, place)
        QTest.keyClick(there, Qt.Key.Key_Tab)
        if QApplication.focusWidget() is there:  # the only stop there is
            there.clearFocus()
        if around(there) == place:  # nothing was scrolled
            without = drawn(window, place)
            least = _LEAST_OF_A_FIELD if isinstance(there, QLineEdit) else _LEAST
            if other_places(with_it, without) < least:
                found.append(name)
        if QApplication.focusWidget() in (first, None):
            return found
    raise AssertionError("Tab never came back")


@pytest.fixture(params=["light", "dark"])
def themed(window: BedsideWindow, look: Look, request: pytest.FixtureRequest) -> BedsideWindow:
    """The window in one theme; it is light again afterwards."""
    if request.param == "dark":
        window.set_theme(Look("dark"))
    yield window
    if request.param == "dark":
        window.set_theme(look)


@pytest.mark.timeout(120)
@pytest.mark.parametrize("number", range(8))
def test_the_keyboard_is_seen_at_each_stop_of_an_infants_page(
    themed: BedsideWindow, infant_of, number: int
):
    window = themed
    QApplication.setCursorFlashTime(0)
    window.open_infant(infant_of("2"))
    window.show_page(number)
    QTest.qWait(20)
    assert unseen_stops(window) == []


@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    "page", ["show_board", "show_commissioning", "show_cohort", "show_protocols", "show_site"]
)
def test_the_keyboard_is_seen_at_each_stop_of_a_page_of_the_ward(themed: BedsideWindow, page: str):
    window = themed
    QApplication.setCursorFlashTime(0)
    getattr(window, page)()
    QTest.qWait(20)
    assert unseen_stops(window) == []


def forms_of(ward, look, session, infant: int) -> list[QDialog]:
    """A form of each kind: fields, choices, ticks, tables, doses that are signed."""
    from bedside.desktop.maintenance_dialog import MaintenanceDialog
    from bedside.desktop.order_dialogs import PrescribeDialog
    from bedside.desktop.toxicity_dialog import ToxicityDialog
    from bedside.ward.toxicities import toxicities_page

    made = every_dialog(ward, look, session, infant)
    made.append(PrescribeDialog(ward, look, session, infant))
    made.append(MaintenanceDialog(ward, look, session, infant))
    view = toxicities_page(ward, infant)
    made.append(ToxicityDialog(ward, infant, view, look, session))
    return made


@pytest.mark.timeout(120)
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("number", range(15))
def test_the_keyboard_is_seen_at_each_stop_of_a_form(
    qtbot, ward, session, infant_of, theme: Theme, number: int
):
    QApplication.setCursorFlashTime(0)
    look = Look(theme)
    dialogs = forms_of(ward, look, session, infant_of("7"))
    form = dialogs[number]
    for other in dialogs:
        if other is not form:
            other.deleteLater()
    qtbot.addWidget(form)
    form.setStyleSheet(look.style_sheet())
    form.show()
    qtbot.waitExposed(form)
    form.activateWindow()
    QTest.qWait(30)
    assert unseen_stops(form) == []
    form.done(0)
