"""Holds and delays: seen before they are recorded, with a reason, ended and readable later."""

from datetime import date, timedelta

import pytest

from bedside.store.queries import of_infant
from bedside.store.records import DoseRecord, Hold
from bedside.units.refusal import Refused
from bedside.ward.courses import open_course
from bedside.ward.facts import facts_of
from bedside.ward.holding import delay_form, end_hold, preview, save_hold
from bedside.ward.past_plan import plan_as_it_stood
from bedside.ward.standing import projection_of
from bedside.ward.views.delay import NewHold
from tests.ward.wards import DOCTOR, Bench

LATER = NewHold("consolidation", "", date(2026, 10, 12), date(2026, 10, 17), "count not recovered")


def start_of(bench: Bench, key: str) -> date | None:
    return projection_of(bench.ward, facts_of(bench.ward, bench.infant)).course(key).start


def test_a_preview_records_nothing_and_shows_what_moves(bench: Bench) -> None:
    bench.open_epi_1()
    view = preview(bench.ward, bench.infant, LATER)
    moved = view.change.starts[0]
    assert (moved.before, moved.after) == (date(2026, 10, 12), date(2026, 10, 18))
    assert ("Courses", "Consolidation", "12-Oct-2026", "18-Oct-2026", "+6 days", "") in view.moves
    assert view.against == ()
    assert start_of(bench, "consolidation") == date(2026, 10, 12)
    assert facts_of(bench.ward, bench.infant).holds == ()


def test_a_recorded_delay_moves_the_start_and_the_old_plan_stays_readable(bench: Bench) -> None:
    bench.open_epi_1()
    before = bench.clock()
    bench.at(2026, 10, 7, 9, 0)
    save_hold(bench.ward, bench.infant, LATER, who=DOCTOR)
    assert start_of(bench, "consolidation") == date(2026, 10, 18)
    old = plan_as_it_stood(bench.ward, bench.infant, before)
    assert old.course("consolidation").start == date(2026, 10, 12)
    assert delay_form(bench.ward, bench.infant).holds[0].words.endswith("count not recovered")


@pytest.mark.parametrize("reason", ["", "   "])
def test_no_hold_without_a_reason(bench: Bench, reason: str) -> None:
    bench.open_epi_1()
    form = NewHold("consolidation", "", date(2026, 10, 12), date(2026, 10, 17), reason)
    with pytest.raises(Refused, match="needs its reason"):
        save_hold(bench.ward, bench.infant, form, who=DOCTOR)
    assert facts_of(bench.ward, bench.infant).holds == ()


def test_an_open_hold_is_ended_and_both_rows_stay(bench: Bench) -> None:
    bench.open_epi_1()
    form = NewHold("consolidation", "", date(2026, 10, 12), None, "fever")
    hold = save_hold(bench.ward, bench.infant, form, who=DOCTOR)
    with pytest.raises(Refused, match="needs its reason"):
        end_hold(bench.ward, bench.infant, hold, date(2026, 10, 17), " ", who=DOCTOR)
    with pytest.raises(Refused, match="It is still open"):
        end_hold(bench.ward, bench.infant, hold, date(2026, 10, 10), "well", who=DOCTOR)
    end_hold(bench.ward, bench.infant, hold, date(2026, 10, 17), "well again", who=DOCTOR)
    assert start_of(bench, "consolidation") == date(2026, 10, 18)
    with bench.ward.store.reading() as connection:
        rows = of_infant(connection, Hold, bench.infant, include_void=True)
    assert [(row.until_on, row.void_reason) for row in rows] == [
        (None, "ended: well again"),
        (date(2026, 10, 17), None),
    ]
    with pytest.raises(Refused, match="not open any more"):
        end_hold(bench.ward, bench.infant, hold, date(2026, 10, 16), "again", who=DOCTOR)


def test_what_cannot_be_held_is_refused(bench: Bench) -> None:
    bench.open_epi_1()
    save_hold(bench.ward, bench.infant, LATER, who=DOCTOR)
    with pytest.raises(Refused, match="recorded already"):
        save_hold(bench.ward, bench.infant, LATER, who=DOCTOR)
    gone = NewHold("induction", "", date(2026, 10, 12), date(2026, 10, 13), "fever")
    with pytest.raises(Refused, match="a later course has begun"):
        save_hold(bench.ward, bench.infant, gone, who=DOCTOR)
    backwards = NewHold("epi-2", "", date(2026, 10, 12), date(2026, 10, 11), "fever")
    with pytest.raises(Refused, match="cannot go on before"):
        preview(bench.ward, bench.infant, backwards)
    nothing = NewHold("", "", date(2026, 10, 12), None, "fever")
    with pytest.raises(Refused, match="Choose the course"):
        preview(bench.ward, bench.infant, nothing)


def test_a_held_drug_moves_no_date_and_its_doses_fall_away(bench: Bench) -> None:
    bench.open_epi_1()
    form = NewHold("epi-1", "azacitidine", date(2026, 10, 9), date(2026, 10, 10), "fever")
    view = preview(bench.ward, bench.infant, form)
    assert view.change.starts == ()
    assert [dose.on for dose in view.change.gone] == [date(2026, 10, 9), date(2026, 10, 10)]
    save_hold(bench.ward, bench.infant, form, who=DOCTOR)
    later = bench.clock() + timedelta(minutes=1)
    stood = plan_as_it_stood(bench.ward, bench.infant, later).course("epi-1")
    assert len(stood.doses) == 3


def record_azacitidine(bench: Bench, day: int, on: date, state: str = "given") -> None:
    with bench.ward.store.change(DOCTOR, state, bench.ward.now()) as change:
        change.add(
            DoseRecord,
            infant_id=bench.infant,
            course_key="epi-1",
            course_day=day,
            due_on=on,
            drug="azacitidine",
            route="IV",
            state=state,
            reconstituted_at=bench.ward.now() if state == "vial running" else None,
            infusion_minutes=15 if state == "vial running" else None,
            note="",
        )


@pytest.mark.parametrize("state", ["given", "vial running"])
def test_a_hold_that_ends_before_a_recorded_dose_would_move_it_and_is_refused(
    bench: Bench, state: str
) -> None:
    """H29: a hold of 8 October moves day 3 of 9 October, which is recorded."""
    bench.open_epi_1()
    bench.at(2026, 10, 9, 12, 0)
    record_azacitidine(bench, 3, date(2026, 10, 9), state)
    form = NewHold("epi-1", "", date(2026, 10, 8), date(2026, 10, 8), "fever")
    with pytest.raises(Refused, match=f"09-Oct-2026 is recorded: {state}"):
        save_hold(bench.ward, bench.infant, form, who=DOCTOR)
    one_drug = NewHold("epi-1", "azacitidine", date(2026, 10, 8), date(2026, 10, 8), "fever")
    save_hold(bench.ward, bench.infant, one_drug, who=DOCTOR)  # moves nothing
    assert len(facts_of(bench.ward, bench.infant).holds) == 1


def test_a_lost_vial_does_not_stand_in_the_way_of_a_hold(bench: Bench) -> None:
    bench.open_epi_1()
    bench.site(block_days="later")
    bench.at(2026, 10, 8, 12, 0)
    record_azacitidine(bench, 2, date(2026, 10, 8), "vial lost")
    form = NewHold("epi-1", "", date(2026, 10, 8), date(2026, 10, 8), "fever")
    save_hold(bench.ward, bench.infant, form, who=DOCTOR)
    plan = projection_of(bench.ward, facts_of(bench.ward, bench.infant)).course("epi-1")
    assert [dose.on.day for dose in plan.doses] == [7, 9, 10, 11, 12]


def test_a_held_course_is_not_opened_until_its_hold_ends(bench: Bench) -> None:
    """An open hold would stop the days of the course from counting."""
    bench.ready_for_epi_1()
    form = NewHold("epi-1", "", date(2026, 10, 5), date(2026, 10, 12), "fever")
    hold = save_hold(bench.ward, bench.infant, form, who=DOCTOR)
    with pytest.raises(Refused, match="end the hold first"):
        open_course(bench.ward, bench.infant, "epi-1", date(2026, 10, 7), who=DOCTOR)
    with pytest.raises(Refused, match="ends on 12-Oct-2026 already"):
        end_hold(bench.ward, bench.infant, hold, date(2026, 10, 13), "well", who=DOCTOR)
    ended = end_hold(bench.ward, bench.infant, hold, date(2026, 10, 6), "well", who=DOCTOR)
    assert ended is not None
    open_course(bench.ward, bench.infant, "epi-1", date(2026, 10, 7), who=DOCTOR)


def test_a_hold_that_should_not_have_been_is_taken_back(bench: Bench) -> None:
    """The day before it began takes it back: one row, struck out, and the plan as before."""
    bench.open_epi_1()
    hold = save_hold(bench.ward, bench.infant, LATER, who=DOCTOR)
    gone = end_hold(bench.ward, bench.infant, hold, date(2026, 10, 11), "wrong infant", who=DOCTOR)
    assert gone is None
    assert start_of(bench, "consolidation") == date(2026, 10, 12)
    with bench.ward.store.reading() as connection:
        (row,) = of_infant(connection, Hold, bench.infant, include_void=True)
    assert row.void_reason == "taken back: wrong infant"


def test_ending_a_hold_never_moves_a_recorded_dose(bench: Bench) -> None:
    """Held on the 8th and 9th, day 2 given on the 10th: the hold stays as it is."""
    bench.open_epi_1()
    bench.site(block_days="later")
    form = NewHold("epi-1", "", date(2026, 10, 8), date(2026, 10, 9), "fever")
    hold = save_hold(bench.ward, bench.infant, form, who=DOCTOR)
    record_azacitidine(bench, 2, date(2026, 10, 10))
    with pytest.raises(Refused, match="10-Oct-2026 is recorded and would move"):
        end_hold(bench.ward, bench.infant, hold, date(2026, 10, 8), "well", who=DOCTOR)
    (kept,) = facts_of(bench.ward, bench.infant).holds
    assert kept.until_on == date(2026, 10, 9)


def test_a_dose_that_falls_away_stands_on_no_other_day(bench: Bench) -> None:
    """Vincristine of day 15 of Induction is held: it is not planned beside the intrathecal drugs."""
    bench.site()
    bench.enrol()
    bench.at(2026, 9, 14, 9, 0)
    hold = NewHold("induction", "vincristine", date(2026, 9, 15), date(2026, 9, 15), "ileus")
    said = dict(preview(bench.ward, bench.infant, hold).also)
    assert said["15-Sep-2026: vinca no longer beside intrathecal"] == (
        "Not planned any more on that day: vinCRIStine intravenous."
    )
