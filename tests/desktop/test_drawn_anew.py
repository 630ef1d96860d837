"""The ward list drawn anew, in another theme or size of text: the same infant, the same order."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bedside.desktop.look import Look
from bedside.desktop.page import Page
from bedside.desktop.start import dress, make_application, station
from bedside.desktop.where_page import COUNTS
from bedside.ward.board import board


def order(window) -> list[int]:
    model = window.board_page.model
    return [model.row(at).infant_id for at in range(model.rowCount())]


def press(window, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    """Press a key where the keyboard is."""
    QTest.keyClick(QApplication.focusWidget() or window, key, modifier)
    QApplication.processEvents()


def test_return_after_a_new_theme_or_size_opens_the_infant_that_was_chosen(
    qtbot, window, look: Look
):
    """F10 went to the first row of a new order, and Return opened another child."""
    model = window.board_page.model
    model.beginResetModel()
    model._rows = model._shown = tuple(reversed(model._rows))  # an order that is not the newest one
    model.endResetModel()
    before = order(window)
    wanted = before[4]
    window.board_page.choose(before[3])
    QTest.keyClick(window.board_page.table, Qt.Key.Key_Down)
    control = Qt.KeyboardModifier.ControlModifier
    none = Qt.KeyboardModifier.NoModifier
    keys = ((Qt.Key.Key_F10, none), (Qt.Key.Key_Plus, control))
    try:
        for key, modifier in keys:
            was = window.board_page
            press(window, key, modifier)
            qtbot.waitUntil(
                lambda was=was: window.board_page is not was
            )  # a door is pressed in view
            assert order(window) == before
            row = window.board_page.table.currentIndex().row()
            assert window.board_page.model.row(row).infant_id == wanted
        QTest.keyClick(window.board_page.table, Qt.Key.Key_Return)
        assert window.frame.infant_id == wanted
        was = window.board_page
        press(window, Qt.Key.Key_F10, none)
        qtbot.waitUntil(lambda was=was: window.board_page is not was)
        assert window.frame.infant_id == wanted and window.frame.on_patient
        assert window.show_board() and order(window) == before
    finally:
        station().clear()
        window.hide()
        dress(make_application(["bedside"])[0], look)


def test_pages_out_of_sight_are_not_dressed_anew_and_what_is_typed_stays(window, look: Look):
    """Each page that was ever opened was styled once more before it was thrown away: a second and more."""
    infant = board(window.ward).rows[0].infant_id
    assert window.open_infant(infant)
    for number in range(len(window.doors)):
        window.show_page(number)
    window.show_page(COUNTS)
    QTest.keyClicks(window.pages.page.form.lines["platelets"].field.edit, "48")
    dressed: list[str] = []

    class Seen(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.StyleChange and isinstance(watched, Page):
                dressed.append(type(watched).__name__)
            return False

    seen = Seen()
    QApplication.instance().installEventFilter(seen)
    try:
        press(window, Qt.Key.Key_F10, Qt.KeyboardModifier.NoModifier)
        assert set(dressed) <= {"WherePage", "CountsPage"}, dressed
        assert window.pages.page.form.lines["platelets"].field.edit.text() == "48"
        window.pages.page.form.lines[
            "platelets"
        ].field.edit.clear()  # nothing is asked as it closes
    finally:
        window.pages.page.form.lines[
            "platelets"
        ].field.edit.clear()  # nothing is asked as it closes
        QApplication.instance().removeEventFilter(seen)
        station().clear()
        window.hide()
        dress(make_application(["bedside"])[0], look)
