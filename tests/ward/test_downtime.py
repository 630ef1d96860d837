"""What stands on the downtime sheets, from a real ward; where they go, and when."""

from datetime import date, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader

from bedside.documents.downtime import draw_downtime
from bedside.papers.downtime import DowntimeInfant
from bedside.store.queries import all_of
from bedside.store.records import CourseStart, Measurement
from bedside.units.refusal import Refused
from bedside.ward.backup_settings import BackupSettings, own_folder, save_backup_settings
from bedside.ward.corrections import strike_out
from bedside.ward.downtime_sheets import (
    downtime_due,
    downtime_sheets,
    make_downtime,
    print_downtime,
)
from bedside.ward.giving import start_vial
from bedside.ward.holding import save_hold
from bedside.ward.order_acts import prescribe
from bedside.ward.views.delay import NewHold
from tests.documents.reading import text_of
from tests.ward.ordering import (
    AZACITIDINE,
    PRESCRIBER,
    band,
    check,
    measurable,
    order,
    row_of,
    signer,
)
from tests.ward.restored_wards import copied, give, minutes, restore
from tests.ward.wards import BERLIN, DOCTOR, NURSE, Bench


def only(bench: Bench) -> DowntimeInfant:
    (infant,) = downtime_sheets(bench.ward, who=NURSE).infants
    return infant


def said(infant: DowntimeInfant) -> list[str]:
    return [f"{line.name} {line.words}".strip() for line in infant.standing]


def test_a_block_whose_rule_is_not_met_is_not_to_be_started(bench: Bench) -> None:
    """H14, H44: the paper says so in the place where a dose would be signed."""
    bench.ready_for_epi_1(anc=480)
    infant = only(bench)
    assert infant.where.startswith("Induction, day")
    assert (infant.weight, infant.weight_on) == ("6.2 kg", "07-Oct-2026 08:00")
    assert any("480" in line and "not met" in line for line in said(infant))
    aza = [dose for dose in infant.doses if dose.drug == "azaCITIDine"]
    assert {dose.state for dose in aza} <= {"stop"}
    assert all(dose.note.startswith("DO NOT START") for dose in aza)
    assert infant.count is not None and infant.count.anc.startswith("480")


def test_an_open_block_is_planned_on_its_days(bench: Bench) -> None:
    """By hand: day 1 on 07-Oct, so days 1 to 4 fall into the 72 hours after 08:00 of that day."""
    bench.open_epi_1()
    infant = only(bench)
    aza = [dose for dose in infant.doses if dose.drug == "azaCITIDine"]
    assert [dose.on for dose in aza] == [date(2026, 10, day) for day in (7, 8, 9, 10)]
    assert {(dose.state, dose.note) for dose in aza} == {("go", "")}
    assert infant.dlt_open
    assert infant.uncommissioned == ()
    assert infant.ctcae == "5.0"


def test_a_course_that_is_not_commissioned_says_so_on_all_of_its_days(
    bench: Bench, tmp_path: Path
) -> None:
    bench.open_epi_1(confirmed=False)
    infant = only(bench)
    assert infant.uncommissioned == ("EPI #1",)
    aza = [dose for dose in infant.doses if dose.drug == "azaCITIDine"]
    assert {(dose.state, dose.note) for dose in aza} == {("stop", "DO NOT GIVE: NOT COMMISSIONED")}
    assert any(
        line.startswith("NOT COMMISSIONED: two people of this site have not confirmed the numbers")
        for line in said(infant)
    )
    print_downtime(bench.ward, tmp_path / "sheets.pdf", who=NURSE)
    for page in PdfReader(tmp_path / "sheets.pdf").pages:  # its stamp, on every page
        assert "NOT COMMISSIONED" in page.extract_text().replace("NOT COMMISSIONED:", "")


def test_no_amount_of_a_drug_stands_on_it(bench: Bench) -> None:
    """It is no dosing sheet."""
    bench.open_epi_1()
    for dose in only(bench).doses:
        for words in (dose.drug, dose.route, dose.note):
            assert " mg" not in words and "microgram" not in words and " units" not in words


def test_unknown_stays_unknown(bench: Bench) -> None:
    bench.site()
    bench.enrol(bed="", study_number="", line="", allergies="")
    infant = only(bench)
    assert (infant.bed, infant.study_number, infant.weight, infant.length) == ("unknown",) * 4
    assert (infant.line, infant.allergies) == ("unknown", "unknown")
    assert infant.count is None


def test_they_go_to_the_ward_and_to_the_second_medium(bench: Bench, tmp_path: Path) -> None:
    bench.ready_for_epi_1()
    stick = tmp_path / "stick"
    stick.mkdir()
    save_backup_settings(bench.ward, BackupSettings(str(stick)), who=DOCTOR)
    written = make_downtime(bench.ward, who="")
    own = own_folder(bench.ward, stick)
    assert [path.parent for path in written] == [bench.folder / "downtime", own / "downtime"]
    text = PdfReader(written[1]).pages[0].extract_text().replace("\u2011", "-")
    assert "MUSTER, Ida" in text and "Bedside, by itself" in text
    assert written[0].stat().st_mode & 0o777 == 0o600


def test_they_are_due_at_each_change_of_shift_and_old_ones_go(bench: Bench) -> None:
    """By hand: shifts at 07:00 and 19:00; the last three sheets stay."""
    bench.ready_for_epi_1()
    bench.at(2026, 10, 7, 18, 59)
    assert downtime_due(bench.ward)
    make_downtime(bench.ward, who="")
    assert not downtime_due(bench.ward)
    for day, hour in ((7, 19), (8, 7), (8, 19), (9, 7)):
        bench.at(2026, 10, day, hour, 0)
        assert downtime_due(bench.ward)
        make_downtime(bench.ward, who="")
    names = sorted(path.name for path in (bench.folder / "downtime").iterdir())
    assert names == [
        "downtime-20261008-0700.pdf",
        "downtime-20261008-1900.pdf",
        "downtime-20261009-0700.pdf",
    ]
    assert downtime_sheets(bench.ward, who="").next_at == datetime(2026, 10, 9, 19, tzinfo=BERLIN)


def test_in_the_hour_that_comes_twice_the_newest_sheets_are_the_last_drawn(bench: Bench) -> None:
    """Drawn at 02:50 of summer time; 20 minutes later, at 02:10 of winter time, a weight is recorded (H45)."""
    bench.ready_for_epi_1()
    bench.clock.now = datetime(2026, 10, 25, 2, 50, tzinfo=BERLIN)
    make_downtime(bench.ward, who="")
    assert not downtime_due(bench.ward)
    bench.clock.now = datetime(2026, 10, 25, 2, 10, fold=1, tzinfo=BERLIN)
    bench.weigh()
    bench.clock.now = datetime(2026, 10, 25, 2, 11, fold=1, tzinfo=BERLIN)
    assert downtime_due(bench.ward)
    make_downtime(bench.ward, who="")
    assert not downtime_due(bench.ward)
    bench.at(2026, 10, 25, 3, 5)
    make_downtime(bench.ward, who="")
    names = sorted(path.name for path in (bench.folder / "downtime").iterdir())
    assert names == [
        "downtime-20261025-0250.pdf",
        "downtime-20261025-02B11.pdf",
        "downtime-20261025-0305.pdf",
    ]


def test_a_medium_that_takes_nothing_does_not_cost_the_ward_its_own(
    bench: Bench, tmp_path: Path
) -> None:
    bench.ready_for_epi_1()
    stick = tmp_path / "stick"
    stick.mkdir()
    save_backup_settings(bench.ward, BackupSettings(str(stick)), who=DOCTOR)
    there = own_folder(bench.ward, stick) / "downtime"
    there.rmdir()
    there.write_text("a file in its place")
    assert [path.parent for path in make_downtime(bench.ward, who="")] == [
        bench.folder / "downtime"
    ]


def test_an_empty_ward_needs_none(bench: Bench) -> None:
    with pytest.raises(Refused, match="no infant"):
        make_downtime(bench.ward, who="")


def test_no_file_is_overwritten(bench: Bench, tmp_path: Path) -> None:
    bench.ready_for_epi_1()
    target = tmp_path / "sheets.pdf"
    print_downtime(bench.ward, target, who=NURSE)
    with pytest.raises(Refused, match="there already"):
        print_downtime(bench.ward, target, who=NURSE)
    with pytest.raises(Refused, match="not there"):
        print_downtime(bench.ward, tmp_path / "gone" / "sheets.pdf", who=NURSE)


def test_what_was_given_today_and_last_is_on_it_with_its_amount(bench: Bench) -> None:
    bench.open_epi_1()
    bench.at(2026, 10, 7, 9, 0)
    assert "Last given: no dose on record here." in said(only(bench))
    give(bench)
    assert "GIVEN today: azaCITIDine 15.5 mg, EPI #1 day 1, at 09:02." in said(only(bench))
    assert date(2026, 10, 7) not in {dose.on for dose in only(bench).doses}
    bench.at(2026, 10, 8, 7, 0)
    assert "Last given: 07-Oct-2026: azaCITIDine 15.5 mg, EPI #1 day 1, at 09:02." in said(
        only(bench)
    )


def test_void_orders_are_on_it_and_their_doses_are_not_to_be_given(bench: Bench) -> None:
    """The weight that the order rests on was struck out: the paper says so twice."""
    bench.open_epi_1()
    bench.at(2026, 10, 7, 9, 0)
    measurable(bench.ward)
    order(bench.ward, bench.infant)
    assert not any("ORDER" in line for line in said(only(bench)))
    with bench.ward.store.reading() as connection:
        (weight,) = all_of(connection, Measurement)
    strike_out(bench.ward, bench.infant, "weight", weight.id, "of another infant", who=NURSE)
    infant = only(bench)
    (line,) = [line for line in infant.standing if line.name.startswith("ORDER VOID")]
    assert line.state == "stop" and "azaCITIDine intravenous, day 1 (07-Oct-2026)" in line.name
    assert "was struck out" in line.words
    assert infant.standing[0].state == "stop"
    day_1 = [dose for dose in infant.doses if dose.on == date(2026, 10, 7)]
    assert [(dose.state, dose.note) for dose in day_1] == [("stop", "DO NOT GIVE: ORDER VOID")]


def test_a_typed_reason_with_a_dash_between_days_never_costs_the_infant_her_sheet(
    bench: Bench,
) -> None:
    """Found: "days 1-5" in a reason printed THIS SHEET IS MISSING in place of all that stands against."""
    bench.open_epi_1()
    bench.at(2026, 10, 7, 9, 0)
    measurable(bench.ward)
    order(bench.ward, bench.infant)
    with bench.ward.store.reading() as connection:
        (weight,) = all_of(connection, Measurement)
    why = "wrong scale on days 1-5"
    strike_out(bench.ward, bench.infant, "weight", weight.id, why, who=NURSE)
    words = " ".join(text_of(draw_downtime(downtime_sheets(bench.ward, who=NURSE))).split())
    assert "THIS SHEET IS MISSING" not in words and "ORDER VOID: azaCITIDine intravenous" in words
    assert "was struck out: wrong scale on days (figures with a dash: see the screen)" in words


def test_an_order_that_is_not_released_waits(bench: Bench) -> None:
    bench.open_epi_1()
    bench.at(2026, 10, 7, 9, 0)
    measurable(bench.ward)
    prescriber = signer(bench.ward, PRESCRIBER)
    row = row_of(bench.ward, bench.infant, AZACITIDINE)
    prescribe(
        bench.ward, bench.infant, [row], band(bench.ward, bench.infant), prescriber, who=PRESCRIBER
    )
    infant = only(bench)
    assert (
        "ORDER WAITS: azaCITIDine intravenous, day 1 (07-Oct-2026): prescribed only, not released."
        in said(infant)
    )
    (first,) = [dose for dose in infant.doses if dose.on == date(2026, 10, 7)]
    assert (first.state, first.note) == ("unknown", "Order not released: ask before it is given")


def test_what_stands_against_the_next_course_is_on_it(bench: Bench) -> None:
    bench.open_epi_1()
    (line,) = [line for line in only(bench).standing if line.name.startswith("Against ")]
    assert line.name == "Against Consolidation today:" and line.state == "unknown" and line.words


def test_after_a_restore_it_says_what_is_missing_and_asks(bench: Bench) -> None:
    bench.open_epi_1()
    bench.at(2026, 10, 7, 9, 0)
    name = copied(bench)
    give(bench)
    minutes(bench, 3)
    restore(bench, name)
    infant = only(bench)
    assert any("one dose given: azaCITIDine 15.5 mg, 09:27" in line for line in said(infant))
    (first,) = [dose for dose in infant.doses if dose.on == date(2026, 10, 7)]
    assert first.note == "DO NOT GIVE: given already? ask (this ward was restored)"


def test_each_planned_dose_says_what_is_on_record_and_up_to_when(bench: Bench) -> None:
    bench.open_epi_1()
    bench.at(2026, 10, 7, 6, 59)
    told = {dose.on_record for dose in only(bench).doses}
    assert told == {"no dose on record up to 06:59"}
    path = make_downtime(bench.ward, who="")[0]
    text = PdfReader(path).pages[0].extract_text().replace("\u2011", "-")
    assert "no dose on record up to 06:59" in text


@pytest.mark.parametrize("change", ["given", "weighed", "held", "ordered"])
def test_they_are_due_anew_when_what_a_dose_rests_on_changes(bench: Bench, change: str) -> None:
    bench.open_epi_1()
    bench.site(block_days="later")
    measurable(bench.ward)
    order(bench.ward, bench.infant)
    bench.at(2026, 10, 7, 9, 0)
    make_downtime(bench.ward, who="")
    bench.at(2026, 10, 7, 9, 5)
    assert not downtime_due(bench.ward)
    if change == "given":
        check(bench.ward, bench.infant)
        start_vial(bench.ward, bench.infant, "epi-1", 1, bench.clock(), 20, who=NURSE)
    elif change == "weighed":
        bench.weigh(6300)
    elif change == "held":
        hold = NewHold("epi-1", "", date(2026, 10, 8), date(2026, 10, 8), "fever")
        save_hold(bench.ward, bench.infant, hold, who=DOCTOR)
    else:
        order(bench.ward, bench.infant, ("epi-1", 2, "azacitidine", "IV"))
    assert downtime_due(bench.ward)
    bench.at(2026, 10, 7, 9, 6)
    make_downtime(bench.ward, who="")
    assert not downtime_due(bench.ward)
    bench.at(2026, 10, 7, 9, 30)
    assert not downtime_due(bench.ward)


def test_a_dose_that_is_blocked_today_says_why_and_has_no_room_for_giving(bench: Bench) -> None:
    bench.open_epi_1(confirmed=False)
    infant = only(bench)
    (line,) = [line for line in infant.standing if line.name.startswith("BLOCKED today")]
    assert line.name == "BLOCKED today: azaCITIDine intravenous, day 1:"
    assert "Two people" in line.words and line.state == "stop"
    first = next(dose for dose in infant.doses if dose.drug == "azaCITIDine")
    assert (first.state, first.note[:11]) == ("stop", "DO NOT GIVE")


def test_nobody_is_asked_for_a_sheet_of_an_empty_ward(bench: Bench) -> None:
    bench.site()
    assert not downtime_due(bench.ward)


@pytest.mark.parametrize("last", [0, 1])
def test_stopped_at_any_infant_nothing_is_written(bench: Bench, last: int) -> None:
    """Facts first, then the drawing: both are told infant by infant."""
    bench.open_epi_1()
    told: list[tuple[int, int]] = []

    def go_on(done: int, of: int) -> bool:
        told.append((done, of))
        return done < last

    with pytest.raises(Refused, match="Stopped: no downtime sheet was drawn"):
        make_downtime(bench.ward, who=NURSE, told=go_on)
    assert told == [(done, 2) for done in range(last + 1)]
    assert not (bench.ward.folder / "downtime").exists()


def test_an_error_with_one_infant_costs_her_sheet_and_not_the_ward_its_set(
    bench: Bench, tmp_path: Path
) -> None:
    """Her page says that it is missing; a course of no protocol stands for any such error."""
    bench.open_epi_1()
    bench.enrol(bed="2", hospital_number="T 002", family="BEISPIEL", study_number="15P1-T002")
    other = bench.infant
    with bench.ward.store.change(DOCTOR, "wrote a test", bench.ward.now()) as change:
        change.add(
            CourseStart,
            infant_id=other,
            course_key="no-such-course",
            day_1=date(2026, 10, 7),
            note="",
        )
    print_downtime(bench.ward, tmp_path / "sheets.pdf", who=NURSE)
    text = [page.extract_text() for page in PdfReader(tmp_path / "sheets.pdf").pages]
    assert any("MUSTER, Ida" in page and "EPI #1" in page for page in text)
    (missing,) = [page for page in text if "THIS SHEET IS MISSING" in page]
    assert "T 002" in missing and "an error of Bedside" in missing
