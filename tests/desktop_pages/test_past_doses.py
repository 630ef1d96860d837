"""Doses of earlier courses that nobody recorded stay visible, by course, and are recorded from the list."""

from bedside.desktop.doses_page import DosesPage
from bedside.desktop.doses_paper import OTHERS
from bedside.desktop.given_dose_dialog import GivenDoseDialog
from bedside.desktop.past_doses_dialog import PastDosesDialog
from bedside.ward.board import board
from bedside.ward.board_dlt import judge_board
from bedside.ward.exposure import cumulative_doses
from bedside.ward.given_doses import record_given
from bedside.ward.past_doses import past_lines
from bedside.ward.views.given import GivenAs
from bedside.ward.where import where_are_we
from tests.desktop_pages.page_driving import in_frame
from tests.ward.ordering import PAPER, by
from tests.ward.wards import NURSE


def test_grouped_by_course_with_a_door_and_recorded_from_there(
    qtbot, bench, look, session, monkeypatch
):
    bench.open_epi_1()
    bench.at(2026, 10, 7, 9, 0)
    lines = past_lines(bench.ward, bench.infant)
    assert {line.course for line in lines} == {"Induction"} and len(lines) > 20
    (item,) = [one for one in where_are_we(bench.ward, bench.infant).mend if one.door == "recorded"]
    assert item.headline == f"{len(lines)} doses of earlier courses not recorded"
    assert item.details == (f"Induction: {len(lines)}",)
    judge_board(bench.ward)
    (row,) = board(bench.ward).rows
    assert not any("earlier courses" in one.headline for one in row.held)  # not tonight's work
    notes = cumulative_doses(bench.ward, bench.infant).notes
    assert any("planned doses before today are not recorded" in note for note in notes)

    page = DosesPage(bench.ward, look, session)
    in_frame(qtbot, page)
    page.show_infant(bench.infant)
    page.show_part(OTHERS)
    assert page.others.past_button.text().endswith(f"courses: {len(lines)}…")

    def give(dialog):
        given = GivenAs(None, "the chart of the other hospital has no amount")
        on_paper = by(bench.ward, bench.infant, paper=PAPER)
        record_given(bench.ward, bench.infant, *dialog.planned, on_paper, who=NURSE, given=given)
        return GivenDoseDialog.DialogCode.Accepted

    def choose(dialog):
        dialog.record()
        assert "Choose a dose" in dialog.refusals.text()
        assert dialog.model.item(0).text() == "Induction" and dialog.chosen() is None
        dialog.list.setCurrentIndex(dialog.model.index(1, 0))
        assert dialog.chosen() == lines[0]
        dialog.record()
        assert dialog.recorded and dialog.model.rowCount() == len(lines)
        return dialog.DialogCode.Rejected

    monkeypatch.setattr(GivenDoseDialog, "exec", give)
    monkeypatch.setattr(PastDosesDialog, "exec", choose)
    page.others.past_button.click()
    assert len(past_lines(bench.ward, bench.infant)) == len(lines) - 1
    assert page.others.past_button.text().endswith(f"courses: {len(lines) - 1}…")
