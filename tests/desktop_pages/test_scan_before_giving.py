"""Before giving: the band and then the label of the preparation are scanned, and both must match (H25)."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from bedside.desktop import label_ask
from bedside.papers.label_code import label_code
from bedside.papers.label_digits import label_digits
from bedside.store.queries import of_infant
from bedside.store.signature_records import DoseOrder
from bedside.ward.audit_reader import record_of_infant
from bedside.ward.printing import make_paper
from bedside.ward.void_papers import void_paper
from tests.desktop_pages.page_driving import (
    NURSE,
    answering,
    retype,
    sign_the_start,
    type_into,
)
from tests.desktop_pages.test_doses_page import (  # noqa: F401 (fixtures)
    demonstration_values,
    page,
    start_clock,
    view,
)


@pytest.fixture
def label(page, bench, tmp_path) -> str:  # noqa: F811
    """The label of day 1 of EPI #1."""
    sheet = make_paper(
        bench.ward, bench.infant, "dosing-sheet:epi-1", tmp_path / "out", who=NURSE
    ).sheet_number
    with bench.ward.store.reading() as connection:
        orders = of_infant(connection, DoseOrder, bench.infant)
    return label_code("15P1-T001", sheet, orders[-1].id)


def reads(dialog: QDialog, text: str) -> None:
    """A reader's keys go to the field that has the keyboard, the Return to where it is by then."""
    for sign in text:
        QTest.keyClick(dialog.focusWidget(), sign)
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)


def test_band_and_label_start_the_infusion(qtbot, page, bench, label):  # noqa: F811
    start_clock(page)

    def scan(dialog) -> None:
        fields = dialog.giving.identifiers
        assert dialog.focusWidget() is fields.number
        amount = dialog.amount.text().replace("\u00a0", " ")
        assert amount == "Dose 15.5 mg, volume 1.55 mL, as both counted it."
        reads(dialog, "T 001")
        reads(
            dialog, label
        )  # into the birthday, where the keyboard is now: it goes to its own field
        assert fields.label.text() == label and fields.born.edit.text() == ""
        assert "Label of this infant and this dose" in fields.said.text()
        assert dialog.isVisible(), "no button was pressed by a reader's Return"
        assert dialog.focusWidget() is not fields.label
        dialog.act_button.click()

    answering(qtbot, page.vial.infuse_button.click, scan)
    assert view(page).clock.started_at == bench.clock()


def test_another_dose_or_another_child_starts_nothing(qtbot, page, bench, label):  # noqa: F811
    start_clock(page)
    bench_infant = bench.infant
    bench.enrol(family="ANDERS", hospital_number="T 002", bed="2", study_number="15P1-T002")
    bench.infant = bench_infant
    wrong = label_code("15P1-T002", "BS-2026-00001", int(label.split("/")[3]))

    def scan(dialog) -> None:
        fields = dialog.giving.identifiers
        reads(dialog, "T 002")
        dialog.take_scan(wrong)
        assert "no such label" in fields.said.text()
        dialog.act_button.click()
        assert "right infant" in dialog.refusals.text()
        assert "no such label" in dialog.refusals.text() and dialog.is_dirty()
        fields.number.clear()
        dialog.take_scan("T 001")
        dialog.act_button.click()
        assert "right infant" not in dialog.refusals.text()
        assert "no such label" in dialog.refusals.text()
        fields.label.clear()
        dialog.act_button.click()
        assert "scan the" in dialog.refusals.text()

    answering(qtbot, page.vial.infuse_button.click, scan)
    assert view(page).clock.started_at is None


def test_the_figures_of_a_label_go_to_their_field_from_the_number_too(qtbot, page, bench, tmp_path):  # noqa: F811
    """Whoever scans the label first, with the keyboard in Hospital number, need not move it."""
    start_clock(page)
    paper = make_paper(
        bench.ward, bench.infant, "label:epi-1:1:IV:azacitidine", tmp_path, who=NURSE
    )
    figures = label_digits(paper.sheet_number, paper.copy)

    def scan(dialog) -> None:
        fields = dialog.giving.identifiers
        assert dialog.focusWidget() is fields.number
        reads(dialog, figures)
        assert (fields.number.text(), fields.label.text()) == ("", figures)
        fields.number.setText("2099000019")  # ten figures that stand on no label: a number
        assert fields.number.text() == "2099000019"

    answering(qtbot, page.vial.infuse_button.click, scan)


def test_a_foreign_band_and_then_the_right_label_is_never_green(qtbot, page, bench, label):  # noqa: F811
    """The band was read first: the label alone must not look as if all were well."""
    start_clock(page)

    def scan(dialog) -> None:
        fields = dialog.giving.identifiers
        reads(dialog, "T 009")
        reads(dialog, label)
        assert fields.said.text().startswith("T 009 is not the hospital number of MUSTER, Ida")
        assert "Label of this infant" not in fields.said.text()
        fields.number.setText("T 001")
        assert fields.said.text() == "Label of this infant and this dose"
        for field in (fields.number, fields.label):
            field.clear()
        dialog.reject()

    answering(qtbot, page.vial.infuse_button.click, scan)


LABEL = "label:epi-1:1:IV:azacitidine"


def started(page) -> bool:  # noqa: F811
    return view(page).clock.started_at is not None


def test_a_void_label_is_not_replaced_by_the_birthday_only_by_a_fresh_label(
    qtbot,
    page,  # noqa: F811
    bench,
    tmp_path,
    monkeypatch,
):
    """A label was refused in red, its field emptied and the birthday typed: nothing may be signed."""
    start_clock(page)
    paper = make_paper(bench.ward, bench.infant, LABEL, tmp_path, who=NURSE)
    void_paper(bench.ward, paper.print_id, "wrong syringe", who=NURSE)

    def scan(dialog) -> None:
        fields = dialog.giving.identifiers
        assert not fields.born.isEnabled() and fields.unread.isEnabled()
        reads(dialog, "T 001")
        assert dialog.focusWidget() is fields.label
        reads(dialog, label_digits(paper.sheet_number, paper.copy))
        assert "wrong syringe" in fields.said.text()
        fields.label.setFocus()
        QTest.keyClick(fields.label, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(fields.label, Qt.Key.Key_Delete)
        assert "read and refused" in fields.said.text() and "fresh label" in fields.said.text()
        assert not fields.born.isEnabled() and not fields.unread.isEnabled()
        dialog.act_button.click()
        assert "wrong syringe" in dialog.refusals.text()
        assert "fresh label" in dialog.refusals.text()
        dialog.done(0)

    answering(qtbot, page.vial.infuse_button.click, scan)
    assert not started(page)
    asked = []
    refused_before = label_ask.refused_before

    def counted(*of: object) -> tuple[str, ...]:
        asked.append(of)
        return refused_before(*of)

    monkeypatch.setattr(label_ask, "refused_before", counted)
    fresh = make_paper(bench.ward, bench.infant, LABEL, tmp_path, who=NURSE, why="wrong syringe")

    def scan_fresh(dialog) -> None:
        fields = dialog.giving.identifiers
        assert "read and refused" in fields.said.text()  # the form was closed and opened again
        assert not fields.unread.isEnabled()
        reads(dialog, "T 001")
        type_into(fields.label, fresh.code)
        assert fields.said.text() == "Label of this infant and this dose"
        assert len(asked) < 4 < len(fresh.code)  # a scan of 43 signs had taken 12 seconds
        dialog.act_button.click()

    answering(qtbot, page.vial.infuse_button.click, scan_fresh)
    assert started(page)


def test_a_label_that_cannot_be_read_is_explained_and_then_the_birthday(
    qtbot,
    page,  # noqa: F811
    bench,
    tmp_path,
):
    start_clock(page)
    make_paper(bench.ward, bench.infant, LABEL, tmp_path, who=NURSE)

    def explain(dialog) -> None:
        fields = dialog.giving.identifiers
        dialog.act_button.click()
        assert "hospital number off the infant's band, then the label" in dialog.refusals.text()
        type_into(fields.number, "T 001")
        dialog.act_button.click()
        assert "birthday does not stand in for it" in dialog.refusals.text()
        type_into(fields.unread, "wet")
        assert dialog.focusWidget() is fields.born.edit
        type_into(fields.born.edit, "14-May-2026")
        dialog.act_button.click()
        assert "in some words" in dialog.refusals.text()
        retype(fields.unread, "wet, all codes smudged")
        dialog.act_button.click()

    answering(qtbot, page.vial.infuse_button.click, explain)
    assert started(page)
    on_record = record_of_infant(bench.ward, bench.infant)
    assert "label not read: wet, all codes smudged" in str(on_record)


def test_where_no_label_was_printed_the_form_says_so(qtbot, page):  # noqa: F811
    start_clock(page)
    said = answering(qtbot, page.vial.infuse_button.click, sign_the_start)
    assert any("No label of this dose was printed here" in words for words in said)
    assert started(page)
