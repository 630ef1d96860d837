"""What a person meets while she types a pass: where Return goes, and whose the second pass is."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from bedside.desktop.commissioning_page import CommissioningPage
from bedside.desktop.session import Session
from tests.desktop_pages.page_driving import in_frame
from tests.ward.commissioned import OKONJO, type_all

P, EPI = "aall15p1", "epi-1"


@pytest.fixture
def page(qtbot, bench, look) -> CommissioningPage:
    bench.site()
    made = CommissioningPage(bench.ward, look, Session(OKONJO))
    in_frame(qtbot, made)
    return made


def words(part: QLabel) -> str:
    return part.text().replace("\u00a0", " ").replace("\u2011", "-").replace("\u2060", "")


def test_after_not_stated_return_goes_on_and_typing_replaces_it(page: CommissioningPage) -> None:
    """Finding: the unit kept Return from the next row, and a figure typed next was put behind the words."""
    page.choose(P, EPI)
    page.overview.pass_button.click()
    at, cap = next((n, r) for n, r in enumerate(page.typing.rows) if "/most/" in r.row.number_id)
    cap.field.setFocus()
    page.typing._entered_row(cap)
    page.typing.none_button.click()
    assert not cap.unit.isEnabled()
    QTest.keyClick(cap.edit, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is page.typing.rows[at + 1].field
    cap.field.setFocus()
    page.typing._entered_row(cap)
    page.typing.none_button.click()
    QTest.keyClicks(cap.edit, "2")
    assert cap.edit.text() == "2" and cap.unit.isEnabled()


def test_who_has_typed_her_pass_is_told_that_another_types_the_second(
    page: CommissioningPage, bench
) -> None:
    type_all(bench.ward, P, EPI, OKONJO)
    page.choose(P, "induction")
    page.choose(P, EPI)
    said = [words(part) for part in page.overview.passes]
    assert said[1] == "Second pass: not begun. Another person types it (F2: who records)."
    page.choose(P, "induction")
    assert words(page.overview.passes[1]) == "Second pass: not begun."
