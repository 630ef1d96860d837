"""The demonstration ward: nine infants at nine telling moments, whenever it is made."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bedside.demonstration import make_demonstration_ward
from bedside.units.dates import write_date
from bedside.ward.audit_reader import record_of_infant
from bedside.ward.board import board
from bedside.ward.commission_state import scope_state
from bedside.ward.counts_page import counts_page
from bedside.ward.dosing import doses_page
from bedside.ward.due import dose_record
from bedside.ward.facts import facts_of
from bedside.ward.infants import dlt_of
from bedside.ward.laboratory_depends import resting_on
from bedside.ward.roadmaps import fill_roadmap
from bedside.ward.standing import projection_of, standing_of
from bedside.ward.timeline import timeline
from bedside.ward.titration_page import maintenance_page
from bedside.ward.toxicities import entering_on, toxicities_page
from bedside.ward.toxicity_round import round_of
from bedside.ward.toxicity_ward_round import ward_round
from bedside.ward.views.board import Board, BoardRow
from bedside.ward.ward import Ward
from bedside.ward.where import where_are_we
from tests.documents.examples import head
from tests.made_wards import copy_demonstration

BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 11, 20, 10, 42, tzinfo=BERLIN)


def made(folder: Path, now: datetime = NOON) -> Ward:
    return make_demonstration_ward(folder / "ward", lambda: now)


@pytest.fixture
def ward(tmp_path: Path):
    copy_demonstration(NOON, tmp_path / "ward")
    ward = made(tmp_path)
    yield ward
    ward.store.close()


def row_of(shown: Board, family: str, given: str = "") -> BoardRow:
    return next(row for row in shown.rows if row.family == family and given in row.given)


def test_nine_infants_at_their_moments(ward: Ward) -> None:
    shown = board(ward)
    moments = {
        (row.family, row.given): (row.protocol_title, row.course_title, row.course_day)
        for row in shown.rows
    }
    assert moments == {
        ("OYELARAN", "Tobi"): ("AALL15P1", "Induction", 8),
        ("WIŚNIEWSKA", "Łucja"): ("AALL15P1", "Induction", 38),
        ("LINDGREN", "Saga"): ("AALL15P1", "EPI #2", 3),
        ("FERREIRA", "Inês"): ("AALL15P1", "EPI #1", 2),
        ("HOLMBERG", "Nils"): ("AALL15P1", "Consolidation", 18),
        ("HOLMBERG", "Nora"): ("AALL15P1", "Delayed Intensification part 1", 40),
        ("TRẦN", "Minh Anh"): ("AALL15P1", "Maintenance", 100),
        ("VAN DIJK", "Joris"): ("Interfant-06", "MARMA", 12),
        ("ROSSETTI", "Elio"): ("Interfant-06", "Maintenance", 64),
    }


def test_waiting_for_epi_1_just_under_the_rule(ward: Ward) -> None:
    row = row_of(board(ward), "WIŚNIEWSKA")
    page = where_are_we(ward, row.infant_id)
    assert page.answer == "Waiting for EPI #1."
    assert page.answer_tail == "Held: ANC 480, needs 500."
    assert page.open_allowed is False
    assert [rule.result for rule in page.rules if rule.main] == ["not met", "met", "met"]


def test_the_vial_clock_runs(ward: Ward) -> None:
    row = row_of(board(ward), "LINDGREN")
    assert len(row.clocks) == 1
    page = doses_page(ward, row.infant_id)
    assert page.dose_text == "15.5 mg"
    assert [day.state for day in page.days] == [
        "given",
        "given",
        "vial running",
        "later",
        "later",
    ]
    assert page.blocked_by == ()


def test_febrile_in_the_dlt_period(ward: Ward) -> None:
    row = row_of(board(ward), "HOLMBERG", "Nils")
    assert row.dlt.state == "open"
    assert any("cytarabine held" in item.headline for item in row.held)
    terms = [row.term for row in toxicities_page(ward, row.infant_id).rows]
    assert "Febrile neutropenia" in terms
    assert row.same_family == "same family name: bed 6"


def test_counts_recovering_towards_epi_4(ward: Ward) -> None:
    row = row_of(board(ward), "HOLMBERG", "Nora")
    page = where_are_we(ward, row.infant_id)
    assert page.answer == "Waiting for EPI #4."
    assert page.banner.dlt.state == "DLT"
    assert counts_page(ward, row.infant_id).rule_course == "EPI #4"


def test_maintenance_is_past_the_dlt_period(ward: Ward) -> None:
    row = row_of(board(ward), "TRẦN")
    assert row.dlt.state == "closed"
    assert "therapy ends" in where_are_we(ward, row.infant_id).end_of_therapy


def test_two_on_interfant_06_have_no_dlt_period(ward: Ward) -> None:
    for family in ("VAN DIJK", "ROSSETTI"):
        assert row_of(board(ward), family).dlt.state == "not in this protocol"


def test_every_page_of_every_infant_can_be_read(ward: Ward) -> None:
    for row in board(ward).rows:
        assert where_are_we(ward, row.infant_id).strip
        drawn = timeline(ward, row.infant_id)
        assert drawn.first <= drawn.today <= drawn.last
        assert counts_page(ward, row.infant_id).rows
        toxicities_page(ward, row.infant_id)
        assert doses_page(ward, row.infant_id).papers


def test_the_audit_holds_and_the_ward_says_what_it_is(ward: Ward) -> None:
    ward.store.verify_audit()
    assert ward.demonstration
    assert ward.site_title == ("Ward 4 North", "tertiary centre")


def test_it_is_marked_for_ever_and_kept(tmp_path: Path) -> None:
    """H12: a demonstration opened again is still one, and nothing is made twice."""
    made(tmp_path).store.close()
    again = made(tmp_path)
    assert again.demonstration
    assert len(board(again).rows) == 9
    again.store.close()


@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 11, 20, 0, 3, tzinfo=BERLIN),
        datetime(2026, 11, 20, 23, 58, tzinfo=BERLIN),
        datetime(2026, 10, 25, 2, 40, tzinfo=BERLIN),
        datetime(2028, 2, 29, 12, 0, tzinfo=BERLIN),
        datetime(2027, 3, 28, 3, 5, tzinfo=BERLIN),
    ],
)
def test_it_can_be_made_at_any_hour(tmp_path: Path, now: datetime) -> None:
    ward = made(tmp_path, now)
    shown = board(ward)
    assert len(shown.rows) == 9
    assert shown.clocks_running == 2  # a vial and a fever
    ward.store.close()


def test_the_same_day_gives_the_same_ward(tmp_path: Path) -> None:
    first, second = made(tmp_path / "a"), made(tmp_path / "b")
    assert board(first) == board(second)
    first.store.close()
    second.store.close()


def test_the_last_course_says_until_when_doses_go_on_and_what_has_no_date(ward: Ward) -> None:
    """Nothing more planned would be read as the end of therapy, a year before it."""
    told, rows = {}, board(ward).rows
    seven = next(row for row in rows if row.bed == "7")
    for row in rows:
        for item in where_are_we(ward, row.infant_id).next_items:
            if item.text.startswith(("No further", "The next course is not known")):
                told[row.bed] = item
    assert sorted(told) == ["7", "8", "9"]
    ends = standing_of(ward, facts_of(ward, seven.infant_id)).projection.end_of_therapy
    assert ends is not None and told["7"].on == ends
    assert told["7"].text == (
        f"No further course. Planned until {write_date(ends)}: "
        "mercaptopurine by mouth or by nasogastric tube"
    )
    assert told["7"].note.startswith("Not planned: ")  # why stands at the head of the page
    assert "methotrexate by mouth" in told["7"].note and "because" not in told["7"].note
    by_mouth = {line.drug: line for line in maintenance_page(ward, seven.infant_id).drugs}
    assert by_mouth["methotrexate"].headline.endswith("; no longer planned")
    assert by_mouth["methotrexate"].cautions[0].startswith("NO LONGER PLANNED: last planned on day")
    assert "no longer planned" not in by_mouth["mercaptopurine"].headline
    first = where_are_we(ward, seven.infant_id)
    assert (first.mark, first.answer_tail) == (
        "mend",
        "No longer planned: methotrexate, hydrocortisone.",
    )
    details = [words for item in first.mend for words in item.details]
    assert any("methotrexate by mouth: last planned on day 85" in words for words in details)
    assert told["9"].on is None and told["9"].note.startswith(
        "end of therapy: not public, the site enters it."
    )
    assert "mercaptopurine" in told["9"].note and "days not public" in told["9"].note
    assert told["8"].note.startswith("OCTADAD part 1: only without a transplant")


def test_one_course_is_half_commissioned_and_nothing_is_dosed_from_it(ward: Ward) -> None:
    groups = {group.key: group for group in scope_state(ward, "aall15p1").groups}
    assert (groups["epi-1"].done, groups["epi-1"].total) == (9, 10)
    assert (groups["epi-1"].stage, groups["epi-3"].stage) == ("to settle", "passes")
    assert [group.stage for key, group in groups.items() if key not in ("epi-1", "epi-3")] == [
        "not begun"
    ] * 10
    values = ward.values_for("aall15p1", "epi-1")
    assert values.demonstration and values == ward.values_for("aall15p1")
    row = row_of(board(ward), "LINDGREN")
    assert doses_page(ward, row.infant_id).dose_text == "15.5 mg"  # 2.5 mg per kg of 6.2 kg
    assert ward.site.bsa_formula == values.bsa_formula


def test_a_course_that_was_held_has_moved_and_says_why(ward: Ward) -> None:
    """Bed 6: three held days in Delayed Intensification part 1; all that came after moved by three."""
    row = next(row for row in board(ward).rows if row.bed == "6")
    facts = facts_of(ward, row.infant_id)
    (hold,) = [one for one in facts.holds if one.course_key == "di-part-1" and not one.drug]
    assert hold.until_on is not None
    assert (hold.until_on - hold.from_on).days == 2
    course = projection_of(ward, facts).course("di-part-1")
    held = {hold.from_on + timedelta(days=day) for day in range(3)}
    assert not held & {dose.on for dose in course.doses}
    start = facts.start_of("di-part-1")
    assert start is not None
    moved = {(dose.on - start.day_1).days + 1 - dose.course_day for dose in course.doses}
    assert moved == {0, 3, 5}  # vincristine of day 22 was held two days more: below
    drawn = [event.words for event in timeline(ward, row.infant_id).events if event.kind == "hold"]
    assert any("fever 38.8 °C, cultures pending" in words for words in drawn)


def test_a_dose_that_was_held_and_given_later_is_told_on_every_page(ward: Ward) -> None:
    """Bed 6: vincristine of day 22, held 18 days ago for a distended belly, given two days later."""
    row = next(row for row in board(ward).rows if row.bed == "6")
    facts, today = facts_of(ward, row.infant_id), ward.today()
    held_on, given_on = today - timedelta(days=18), today - timedelta(days=16)
    why = "no stool for three days, belly distended"
    (dose,) = (
        one
        for one in projection_of(ward, facts).course("di-part-1").doses
        if one.drug == "vincristine" and one.course_day == 22
    )
    assert dose.on == given_on and dose_record(facts, dose).state == "given"
    drawn = [event.words for event in timeline(ward, row.infant_id).events]
    assert any("vinCRIStine held from" in words and why in words for words in drawn)
    assert any(
        "vinCRIStine intravenous" in words and "shifted by 2 days" in words for words in drawn
    )
    acts = [line.act for line in record_of_infant(ward, row.infant_id).lines]
    assert "held vincristine" in acts and "shifted vinCRIStine intravenous" in acts
    course = facts.protocol.course("di-part-1")
    words = " ".join(day.held for day in fill_roadmap(ward, facts, course, head()).days)
    assert "HELD, vinCRIStine" in words and "SHIFTED, vinCRIStine IV, by 2 d" in words
    assert write_date(held_on) in words and write_date(given_on) in words


def test_every_list_and_page_names_one_course_day_of_each_infant(ward: Ward) -> None:
    """Bed 6 was day 40 on the ward list and day 43 in the round: its held days counted once only."""
    rounds = {row.infant_id: row.course_text for row in ward_round(ward)}
    seen = 0
    for row in board(ward).rows:
        day = standing_of(ward, facts_of(ward, row.infant_id)).day
        if day is None:
            continue
        seen += 1
        ends = f" day {day}"
        assert row.course_day == day
        assert rounds[row.infant_id].endswith(ends)
        assert round_of(ward, row.infant_id).course_text.endswith(ends)
        assert entering_on(ward, row.infant_id, ward.today())[1] == day
    assert seen >= 7


def test_a_count_that_closed_a_dlt_period_says_so_before_it_is_corrected(ward: Ward) -> None:
    closed = 0
    for row in board(ward).rows:
        facts = facts_of(ward, row.infant_id)
        period = dlt_of(ward, facts)
        if period is None or period.closed is None:
            continue
        for count in facts.counts:
            says = any(
                "DLT period closed" in words
                for words in resting_on(ward, f"blood_count:{count.id}")
            )
            assert says == (ward.local(count.taken_at).date() == period.closed)
            closed += says
    assert closed
