"""Which toxicity the keys of the DLT page are about: seen, in sight, and named before it is changed."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from bedside.desktop.dlt_page import DltPage
from bedside.desktop.dlt_take_back_dialog import TakeBackDialog
from tests.desktop_pages.page_driving import answering, in_frame
from tests.desktop_pages.test_dlt_page import decide, toxic
from tests.ward.wards import DOCTOR


def test_after_a_decision_the_keys_are_about_the_next_that_is_due(
    qtbot, bench, look, session
) -> None:
    """The decided row sank out of sight and kept the keyboard: D opened what nobody saw."""
    bench.open_epi_1()
    bench.at(2026, 10, 20, 8, 0)
    toxic(bench)
    toxic(bench, "Typhlitis", 3, date(2026, 10, 19))
    page = DltPage(bench.ward, look, session)
    in_frame(qtbot, page)
    page.show_infant(bench.infant)
    page.take_focus()
    first = page.chosen()
    before = page.table.grab().toImage()
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    other = page.chosen()
    assert first is not None and other is not None and first.due and other.due
    row = page.model.row_of(first.toxicity_id)
    box = page.table.visualRect(page.model.index(row, 0))
    after = page.table.grab().toImage()
    edge = page.table.viewport().mapTo(page.table, box.topLeft())
    assert before.pixelColor(edge.x() + 1, edge.y() + 6) == look.colour("accent")
    assert after.pixelColor(edge.x() + 1, edge.y() + 6) != look.colour("accent")
    decide(qtbot, page)
    chosen = page.chosen()
    assert chosen is not None and chosen.toxicity_id == first.toxicity_id and chosen.due
    assert (
        page.table.viewport()
        .rect()
        .contains(page.table.visualRect(page.table.currentIndex()).center())
    )
    page.session.change_who(DOCTOR)
    page.table.setCurrentIndex(page.model.index(page.model.row_of(other.toxicity_id), 0))
    titles: list[str] = []

    def read(dialog: TakeBackDialog) -> None:
        titles.extend(one.text() for one in dialog.findChildren(QLabel))
        dialog.back_button.click()

    answering(qtbot, lambda: QTest.keyClick(page.table, Qt.Key.Key_X), read)
    assert f"Take the DLT decision on {other.term} back?" in titles
