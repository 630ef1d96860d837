"""Holds and delays: seen before they are recorded, with a reason, ended and readable later."""

from datetime import date, timedelta

import pytest

from bedside.store.queries import of_infant
from bedside.store.records import Hold
from bedside.units.refusal import Refused
from bedside.ward.facts import facts_of
from bedside.ward.holding import delay_form, end_hold, plan_as_it_stood, preview, save_hold
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
        end_hold(bench.ward, bench.infant, hold, date(2026, 10, 11), "well", who=DOCTOR)
    end_hold(bench.ward, bench.infant, hold, date(2026, 10, 17), "well again", who=DOCTOR)
    assert start_of(bench, "consolidation") == date(2026, 10, 18)
    with bench.ward.store.reading() as connection:
        rows = of_infant(connection, Hold, bench.infant, include_void=True)
    assert [(row.until_on, row.void_reason) for row in rows] == [
        (None, "ended: well again"),
        (date(2026, 10, 17), None),
    ]
    with pytest.raises(Refused, match="not open any more"):
        end_hold(bench.ward, bench.infant, hold, date(2026, 10, 18), "again", who=DOCTOR)


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
