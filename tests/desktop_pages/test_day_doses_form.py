"""By real keys: the form of a dose given several times a day asks which one, the earliest proposed."""

from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from bedside.desktop.doses_page import DosesPage
from bedside.desktop.doses_paper import OTHERS
from bedside.desktop.given_dose_dialog import GivenDoseDialog, open_given
from bedside.papers.label_digits import label_digits
from bedside.ward.facts import facts_of
from tests.desktop_pages.page_driving import in_frame, retype, type_into
from tests.ward.day_bench import label_key, printed, sign
from tests.ward.ordering import check
from tests.ward.test_hours_shown import LEUCOVORIN, in_interim, started
from tests.ward.wards import BERLIN, Bench


@pytest.fixture
def interim(bench: Bench) -> Bench:
    """Day 3, 08:10, methotrexate begun 20-Sep 08:00: hours 48 (08:00) and 57 (17:00); ordered, checked."""
    in_interim(bench)
    started(bench, datetime(2026, 9, 20, 8, 0, tzinfo=BERLIN))
    bench.at(2026, 9, 22, 8, 10)
    bench.weigh()
    sign(bench, LEUCOVORIN)
    check(bench.ward, bench.infant, LEUCOVORIN)
    return bench


def shown(qtbot, bench: Bench, look, session, hour: int | None = None) -> GivenDoseDialog:
    dialog = GivenDoseDialog(bench.ward, look, session, bench.infant, LEUCOVORIN, hour=hour)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    return dialog


def said(dialog: GivenDoseDialog) -> str:
    words = " ".join(label.text() for label in dialog.findChildren(QLabel))
    return words.replace("\xa0", " ").replace("‑", "-")


def fill(dialog: GivenDoseDialog, bench: Bench, at: str) -> None:
    """Amount, time, band and signature, by keys."""
    type_into(dialog.amount.edit, "6.2")
    retype(dialog.at.edit, at)
    if dialog.paper is not None:
        type_into(dialog.paper.first, "E. Sorensen, RN")
        type_into(dialog.paper.second, "T. Marchetti, RN")
        type_into(dialog.paper.reason, "ordered on paper")
    infant = facts_of(bench.ward, bench.infant).infant
    type_into(dialog.giving.identifiers.number, infant.hospital_number)
    retype(dialog.giving.identifiers.born.edit, infant.born.strftime("%d-%b-%Y"))
    if not dialog.giving.signer.name.text():
        type_into(dialog.giving.signer.name, "E. Sorensen, RN")


def recorded(bench: Bench) -> list[tuple[int | None, str]]:
    rows = [row for row in facts_of(bench.ward, bench.infant).doses if row.drug == "leucovorin"]
    return [(row.hour, row.state) for row in rows]


def test_the_earliest_is_proposed_and_another_is_chosen_by_keys(qtbot, interim, look, session):
    first = shown(qtbot, interim, look, session)
    assert first.of_day.currentText() == "hour 48, 08:00"
    assert "Worked out for this one dose, hour 48, 08:00: 6.2 mg" in said(first)
    first.of_day.setFocus()
    QTest.keyClick(first.of_day, Qt.Key.Key_Down)
    QTest.keyClick(first.of_day.view(), Qt.Key.Key_Down)
    QTest.keyClick(first.of_day.view(), Qt.Key.Key_Return)
    assert first.of_day.currentText() == "hour 57, 17:00" and first.is_dirty()
    assert "Worked out for this one dose, hour 57, 17:00" in said(first)
    first.of_day.choose("0")
    fill(first, interim, "08:05")
    first.record()
    assert recorded(interim) == [(48, "given")], said(first)
    interim.at(2026, 9, 22, 17, 2)
    check(interim.ward, interim.infant, LEUCOVORIN)
    second = shown(qtbot, interim, look, session)
    assert second.of_day.currentText() == "hour 57, 17:00"
    assert "Of this day so far: 1 of 2 given, 6.2 mg: 08:00 (hour 48) given 08:05." in said(second)
    fill(second, interim, "17:00")
    second.record()
    assert recorded(interim) == [(48, "given"), (57, "given")]


def test_no_field_moves_under_the_hand_while_the_amount_is_typed(qtbot, interim, look, session):
    """Found: choosing the unit put a line in, and the next words went into other fields."""
    dialog = shown(qtbot, interim, look, session)
    fields = (dialog.reason, dialog.second, dialog.at, dialog.at_reason, dialog.giving)

    def places() -> list[int]:
        qtbot.wait(1)  # a line put in is laid out with the next events
        return [one.mapTo(dialog, one.rect().topLeft()).y() for one in fields]

    before = places()
    for amount in ("6.2", "999"):
        retype(dialog.amount.edit, amount)
        assert "mg per kg" in dialog.per_kg.text().replace("\xa0", " ")
        assert places() == before, amount
    dialog.done(0)  # nothing is asked of what was typed


def test_an_hour_recorded_long_before_its_time_asks_why_and_keeps_it(qtbot, interim, look, session):
    interim.at(2026, 9, 22, 12, 0)
    dialog = shown(qtbot, interim, look, session)
    dialog.of_day.choose("1")
    fill(dialog, interim, "12:00")
    dialog.record()
    assert "5 h before hour 57 (17:00), more than half of the 9 h" in said(dialog)
    assert recorded(interim) == []
    type_into(dialog.at_reason, "the level rose, by the physician")
    dialog.record()
    (row,) = [
        one for one in facts_of(interim.ward, interim.infant).doses if one.drug == "leucovorin"
    ]
    assert row.hour == 57 and row.note.endswith("17:00: the level rose, by the physician")


def test_an_hour_off_the_plan_says_what_to_do_and_is_recorded_from_paper(
    qtbot, interim, look, session
):
    dialog = shown(qtbot, interim, look, session, 39)
    words = said(dialog)
    assert "Hour 39, 21-Sep-2026 23:00, falls on a day on which the drug is not planned" in words
    assert "ask the physician before it is given" in words
    assert dialog.of_day.count() == 1 and dialog.on.value().isoformat() == "2026-09-21"
    fill(dialog, interim, "23:05")
    dialog.record()
    assert recorded(interim) == [(39, "given")], said(dialog)


def test_from_the_page_by_keys_the_hour_off_the_plan_is_not_counted_and_the_form_opens(
    qtbot, interim, look, session, monkeypatch
):
    page = DosesPage(interim.ward, look, session)
    in_frame(qtbot, page)
    page.show_infant(interim.infant)
    page.show_part(OTHERS)
    words = [
        page.others.due_model.index(at).data() for at in range(page.others.due_model.rowCount())
    ]
    at = next(i for i, one in enumerate(words) if "hour 39, 21-Sep-2026 23:00: not planned" in one)
    assert any(one.endswith("0 of 2 given, next: hour 48, 08:00") for one in words)
    page.others.due.setCurrentIndex(page.others.due_model.index(at))
    page.check_other()
    assert "No order covers this hour" in page.refusals.text()
    opened = []
    monkeypatch.setattr(GivenDoseDialog, "exec", lambda dialog: opened.append(dialog.of_day) or 0)
    page.record_other()
    assert [one.currentText() for one in opened] == ["hour 39, 21-Sep-2026 23:00"]


def test_an_evening_dose_given_after_midnight_with_its_check_is_given_like_one_of_the_day(
    qtbot, interim, look, session, monkeypatch
):
    page = DosesPage(interim.ward, look, session)
    in_frame(qtbot, page)
    interim.at(2026, 9, 23, 0, 20)
    check(interim.ward, interim.infant, LEUCOVORIN)
    dialog = shown(qtbot, interim, look, session)
    assert dialog.paper is None and dialog.on.value().isoformat() == "2026-09-23"
    assert "Planned for 22-Sep-2026. Its order and its second check stand" in said(dialog)
    dialog.of_day.choose("1")
    fill(dialog, interim, "00:15")
    dialog.record()
    assert recorded(interim) == [(57, "given")], said(dialog)
    check(interim.ward, interim.infant, LEUCOVORIN)
    forms = []

    def opened(form: GivenDoseDialog) -> int:
        forms.append(form.paper is not None)
        form.show()
        if not form.from_paper:
            form.paper_button.click()
            return form.result()
        fill(form, interim, "17:05")
        assert form.on.value().isoformat() == "2026-09-22"
        form.record()
        return form.result()

    monkeypatch.setattr(GivenDoseDialog, "exec", opened)
    given = (interim.ward, look, session, interim.infant, LEUCOVORIN, page)
    assert open_given(*given) == (True, ()) and forms == [False, True]
    assert sorted(recorded(interim)) == [(48, "given"), (57, "given")]


def test_a_refused_time_has_the_keyboard_and_is_in_sight(qtbot, interim, look, session):
    """Finding: "0900" was refused below, and its field was scrolled off without the keyboard."""
    form = shown(qtbot, interim, look, session)
    fill(form, interim, "0900")
    form.giving.signer.setFocus()
    form.resize(form.width(), form.minimumSizeHint().height())
    bar = form._form_area.verticalScrollBar()
    bar.setValue(bar.maximum())
    form.act_button.click()
    assert form.refusals.isVisible() and recorded(interim) == []
    assert form.focusWidget() is form.at.edit
    assert form.at.edit.visibleRegion().boundingRect().height() == form.at.edit.height()
    form.done(0)  # nothing is asked of what was typed


def test_a_label_of_another_hour_is_refused_until_its_own_dose_is_chosen(
    qtbot, interim, look, session, tmp_path
):
    paper = printed(interim, label_key(LEUCOVORIN, route="PO"), tmp_path)
    dialog = shown(qtbot, interim, look, session)
    fields = dialog.giving.identifiers
    assert fields.must_read
    type_into(fields.number, "T 001")
    dialog.take_scan(label_digits(paper.sheet_number, 1, 2))
    assert "WRONG LABEL: it is of hour 57 at 17:00 (2 of 2); hour 48 is being given" in said(dialog)
    dialog.of_day.choose("1")
    assert "WRONG LABEL" not in said(dialog)
    assert "Label of this infant and this dose" in said(dialog)
    dialog.of_day.choose("0")
    assert "WRONG LABEL" in fields.said.text()
    dialog.take_scan(label_digits(paper.sheet_number, 1, 1))
    assert "WRONG LABEL" not in fields.said.text()
    dialog.done(0)  # nothing is asked of what was typed
