"""From the ward list into a round and on to the next infant, with keys alone."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from bedside.desktop.round_list_dialog import RoundListDialog
from bedside.desktop.toxicities_page import ToxicitiesPage
from bedside.desktop.window import BedsideWindow
from bedside.ward.toxicities import toxicities_page


def focused(window: BedsideWindow):
    return window.focusWidget() or window


def test_f4_goes_from_infant_to_infant(qtbot, window: BedsideWindow, infant_of, answer):
    """F4, Enter; then one key each, A, F; then one key to the next infant's round."""
    listed = []

    def choose(dialog: RoundListDialog) -> None:
        listed.extend(row.infant_id for row in dialog.model.rows if row.due)
        for _ in range(listed.index(infant_of("5"))):
            QTest.keyClick(dialog.table, Qt.Key.Key_Down)
        QTest.keyClick(dialog.table, Qt.Key.Key_Return)

    asked = answer(choose)
    QTest.keyClick(window, Qt.Key.Key_F4)
    assert asked.asked == 1
    page = window.pages.page
    assert isinstance(page, ToxicitiesPage) and page.in_round
    assert page.infant_id == infant_of("5")
    for _ in page.round.opens:
        QTest.keyClick(focused(window), Qt.Key.Key_S)
    QTest.keyClick(focused(window), Qt.Key.Key_A)
    QTest.keyClick(focused(window), Qt.Key.Key_F)
    assert not page.in_round
    assert window.session.who in toxicities_page(window.ward, infant_of("5")).last_round
    assert page.next_button.isVisible()
    QTest.keyClick(focused(window), Qt.Key.Key_Return)
    assert window.pages.infant_id == infant_of("7")
    assert window.pages.page.in_round


def test_a_round_begun_stays_with_its_infant(qtbot, window: BedsideWindow, infant_of):
    """H25: answers of one infant are never another's."""
    window.open_round(infant_of("5"))
    page = window.pages.page
    QTest.keyClick(page.round.opens[0], Qt.Key.Key_S)
    assert page.is_dirty()
    window.pages.show_infant(infant_of("6"), 3)  # as after "Leave, keep the draft"
    other = window.pages.page
    assert other is not page and not other.is_dirty()
    window.pages.show_infant(infant_of("5"), 3)
    assert window.pages.page is page and page.round.opens[0].answer.answer == "same"
    page.round.begin_anew()
