"""How the page DLT and its form begin: at the top in large text, with the physician who records."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QStackedWidget

from bedside.desktop.dlt_decide_dialog import DecideDialog
from bedside.desktop.dlt_model import Column
from bedside.desktop.dlt_page import DltPage
from bedside.desktop.look import Look
from bedside.desktop.page_room import PageRoom
from tests.desktop_pages.page_driving import answering
from tests.desktop_pages.test_dlt_page import page, toxic

__all__ = ["page"]


@pytest.mark.parametrize(
    ("who", "proposed"),
    [
        ("Dr I. Halvorsen, physician", "Dr I. Halvorsen, physician"),
        ("I. Halvorsen, MD", "I. Halvorsen, MD"),
        ("E. Berg, RN", ""),
        ("Dr P. Marek, pharmacist", ""),
    ],
)
def test_a_physician_who_records_is_proposed_and_can_be_another(
    qtbot, page, session, who: str, proposed: str
):
    session.change_who(who)

    def answer(dialog: DecideDialog) -> None:
        assert dialog.physician.text() == proposed and not dialog.is_dirty()
        dialog.physician.selectAll()
        QTest.keyClicks(dialog.physician, "A. Bern, consultant")
        assert dialog.physician.text() == "A. Bern, consultant" and dialog.is_dirty()
        dialog.done(0)

    answering(qtbot, lambda: QTest.keyClick(page.table, Qt.Key.Key_D), answer)


def test_in_large_text_it_begins_at_its_top_and_no_term_is_cut(qtbot, bench, session) -> None:
    """At 150 % the headline was scrolled away, and Hypertriglyceridemia had lost its end."""
    bench.open_epi_1()
    bench.at(2026, 10, 20, 8, 0)
    toxic(bench, "Hypertriglyceridemia")
    look = Look("light", 150)
    made, frame = DltPage(bench.ward, look, session), QStackedWidget()
    frame.addWidget(made)
    room = PageRoom(frame, look)
    qtbot.addWidget(room)
    room.resize(1200, 440)
    room.show()
    room.activateWindow()
    qtbot.waitActive(room)
    made.show_infant(bench.infant)
    qtbot.waitUntil(lambda: room.verticalScrollBar().maximum() > 100)
    room.verticalScrollBar().setValue(room.verticalScrollBar().maximum())
    made.take_focus()
    assert room.focusWidget() is made.table and room.verticalScrollBar().value() == 0
    wide = QFontMetricsF(look.font("body", "strong")).horizontalAdvance("Hypertriglyceridemia")
    assert made.table.columnWidth(Column.TERM) > wide + look.px(11)
