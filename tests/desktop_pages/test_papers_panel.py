"""Papers: which one to take away is said with its number, and a preview that does not hold is marked."""

import re

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel

from bedside.desktop.doses_page import DosesPage
from bedside.desktop.doses_paper import PAPERS
from bedside.desktop.labels import unbroken
from bedside.desktop.printed_table import Column
from bedside.ward.dosing import doses_page
from bedside.ward.facts import facts_of
from bedside.ward.printing import make_paper
from bedside.ward.references import demonstration_values
from bedside.ward.weighing import void_size
from tests.desktop_pages.page_driving import in_frame
from tests.ward.wards import NURSE

SHEET = "dosing-sheet:epi-1"


@pytest.fixture
def page(qtbot, bench, look, session):
    """EPI #1 day 1, weighed twice, nothing given yet."""
    bench.ward.values = demonstration_values()
    bench.open_epi_1()
    bench.at(2026, 10, 7, 8, 30)
    bench.weigh(6250)
    made = DosesPage(bench.ward, look, session)
    in_frame(qtbot, made)
    made.show_infant(bench.infant)
    made.show_part(PAPERS)
    return made


def strike_out_the_weight(page) -> None:
    row = facts_of(page.ward, page.infant_id).measurements[-1]
    void_size(page.ward, row.id, "misread", who=NURSE)
    page.refresh()


def test_a_paper_to_take_away_is_named_with_its_number(page, tmp_path):
    assert not page.papers.none_printed.isHidden() and page.papers.table.isHidden()
    paper = make_paper(page.ward, page.infant_id, SHEET, tmp_path, who=NURSE)
    road = make_paper(page.ward, page.infant_id, "roadmap:epi-1", tmp_path, who=NURSE)
    page.refresh()
    assert page.papers.take_away.isHidden()
    strike_out_the_weight(page)
    expected = (  # both, as Where are we names them; one alone was named here
        f"Take away: {road.sheet_number} copy 1 (Roadmap, EPI #1), "
        f"{paper.sheet_number} copy 1 (Dosing sheet, EPI #1)"
    )
    assert page.papers.take_away.text() == expected
    assert not page.papers.take_away.isHidden()
    assert page.papers.none_printed.isHidden() and not page.papers.table.isHidden()


def test_a_sheet_whose_dates_are_over_is_not_asked_for(page, bench, tmp_path):
    make_paper(page.ward, page.infant_id, SHEET, tmp_path, who=NURSE)
    bench.at(2026, 10, 20, 8, 0)
    page.refresh()
    assert [one.out_of_date for one in doses_page(page.ward, page.infant_id).printed] == [
        "its dates are over"
    ]
    assert page.papers.take_away.text() == ""


def test_numbers_are_whole_and_reasons_wrapped(page, tmp_path):
    make_paper(page.ward, page.infant_id, SHEET, tmp_path, who=NURSE)
    strike_out_the_weight(page)
    table, model = page.papers.table, page.papers.model
    metrics = QFontMetrics(table.font())
    number = model.index(0, Column.NUMBER).data().partition("\n")[0]
    assert metrics.horizontalAdvance(number) + 12 <= table.columnWidth(Column.NUMBER)
    reason = model.index(0, Column.HOLDS).data()
    assert "changed since" not in reason and reason.startswith("out of date: ")
    wide = table.columnWidth(Column.HOLDS) - 14
    wanted = metrics.boundingRect(0, 0, wide, 2000, 0x1000, reason).height()
    assert wanted > metrics.height()  # it needs more than a line
    assert table.rowHeight(0) >= wanted


def test_no_date_in_a_reason_is_broken_at_the_end_of_a_line(page, bench):
    bench.at(2026, 10, 12, 8, 30)
    page.refresh()
    said = [one.text() for line in page.papers.lines for one in line.findChildren(QLabel)]
    dates = [text for text in said if re.search(r"\d\d.[A-Z][a-z]{2}.20\d\d", text)]
    assert dates and dates == [unbroken(text) for text in dates]


def test_a_preview_that_does_not_hold_any_more_is_marked_and_not_printed_from(page):
    preview = page.papers.preview
    page.preview_paper(SHEET)
    page.refresh()
    assert preview.view.across == "" and preview.print_button.isEnabled()
    before = preview.view.grab().toImage()
    strike_out_the_weight(page)
    assert preview.view.across == "OUT OF DATE"
    assert preview.view.grab().toImage() != before
    assert "Choose Print… beside it again" in preview.note.text()
    assert not preview.print_button.isEnabled() and not preview.save_button.isEnabled()
    preview.turn(1)
    assert not preview.print_button.isEnabled()
    page.preview_paper(SHEET)
    assert preview.view.across == "" and preview.print_button.isEnabled()


def test_a_preview_promises_no_record_where_nothing_is_recorded(page, monkeypatch):
    page.preview_paper(SHEET)
    assert "records it" in page.papers.preview.note.text()
    monkeypatch.setattr(page.ward.store, "read_only", True)
    page.preview_paper(SHEET)
    assert "on no record" in page.papers.preview.note.text()


def test_a_printed_one_in_the_preview_is_marked_with_its_number(page, tmp_path):
    paper = make_paper(page.ward, page.infant_id, SHEET, tmp_path, who=NURSE)
    pdf = (tmp_path / paper.path.rpartition("/")[2]).read_bytes()
    page.papers.show_paper(SHEET, pdf, paper.title, "On record", paper.sheet_number)
    strike_out_the_weight(page)
    words = page.papers.preview.note.text()
    assert words == f"{paper.sheet_number} is out of date: take it away, then print anew."


def test_where_no_paper_is_shown_the_middle_of_the_room_says_so(page):
    preview = page.papers.preview
    assert "No paper is shown" in preview.view.empty_words
    assert "Choose Print…" in preview.view.accessibleDescription()
    assert preview.note.text() == ""  # not twice
    empty = preview.view.grab().toImage()
    middle = [empty.pixel(x, empty.height() // 2 - 10) for x in range(empty.width())]
    assert len(set(middle)) > 2  # words stand there
    page.preview_paper(SHEET)
    assert "No paper is shown" not in preview.view.accessibleDescription()
