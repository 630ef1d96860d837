"""The vial clock: 45 real minutes, whatever the clock on the wall does (hazard H16)."""

from datetime import date, datetime, timedelta

import pytest

from bedside.app import assemble
from bedside.store.opening import open_store
from bedside.units.refusal import Refused
from bedside.ward.board import board
from bedside.ward.courses import open_course
from bedside.ward.dosing import doses_page
from bedside.ward.facts import facts_of
from bedside.ward.given_doses import record_given
from bedside.ward.giving import (
    finish_infusion,
    lose_vial,
    shorten_infusion,
    start_infusion,
    start_vial,
)
from bedside.ward.toxicities import answer_resolved
from tests.ward.ordering import PAPER, by, ready
from tests.ward.wards import BERLIN, DOCTOR, NURSE, Bench


@pytest.fixture
def epi(bench: Bench) -> Bench:
    bench.open_epi_1()
    bench.at(2026, 10, 7, 10, 0)
    ready(bench.ward, bench.infant)
    return bench


def vial(bench: Bench, minutes: int = 30, ago: int = 0) -> int:
    made = bench.clock() - timedelta(minutes=ago)
    return start_vial(bench.ward, bench.infant, "epi-1", 1, made, minutes, who=NURSE)


def running(bench: Bench) -> int:
    clock = doses_page(bench.ward, bench.infant).clock
    assert clock is not None
    return clock.dose_id


def test_the_clock_is_latest_start_and_finish_by(epi: Bench) -> None:
    vial(epi, 30)
    clock = doses_page(epi.ward, epi.infant).clock
    assert clock is not None
    assert clock.latest_start == epi.clock() + timedelta(minutes=15)
    assert clock.finish_by == epi.clock() + timedelta(minutes=45)
    assert clock.latest_start_shortest == epi.clock() + timedelta(minutes=35)


@pytest.mark.parametrize(("minutes", "ago"), [(9, 0), (41, 0), (30, 16), (30, -5)])
def test_a_vial_that_cannot_be_used_is_refused(epi: Bench, minutes: int, ago: int) -> None:
    with pytest.raises(Refused):
        vial(epi, minutes, ago)
    assert facts_of(epi.ward, epi.infant).doses == ()


def test_starting_at_the_latest_moment_and_a_second_later(epi: Bench) -> None:
    vial(epi, 30)
    made = epi.clock()
    epi.clock.now = made + timedelta(minutes=15, seconds=1)
    with pytest.raises(Refused, match="Too late"):
        start_infusion(epi.ward, running(epi), epi.clock(), by(epi.ward, epi.infant), who=NURSE)
    epi.clock.now = made + timedelta(minutes=15)
    start_infusion(epi.ward, running(epi), epi.clock(), by(epi.ward, epi.infant), who=NURSE)


OTHER = "A. Lund, RN"


def test_who_comes_second_to_a_vial_reads_who_was_first_and_what_was_recorded(epi: Bench) -> None:
    """She read "No vial clock runs for this dose any more", as if the vial were lost."""
    vial(epi, 30)
    seen, signed = running(epi), by(epi.ward, epi.infant)
    start_infusion(epi.ward, seen, epi.clock(), signed, who=OTHER)
    with pytest.raises(Refused, match=rf"was recorded as started\. By {OTHER}, "):
        start_infusion(epi.ward, seen, epi.clock(), signed, who=NURSE)
    started = running(epi)
    epi.clock.now += timedelta(minutes=30)
    finish_infusion(epi.ward, started, epi.clock(), who=OTHER)
    with pytest.raises(Refused, match=rf"given to its end\. By {OTHER}, ") as told:
        finish_infusion(epi.ward, started, epi.clock(), who=NURSE)
    assert "Look at the infant's doses" in told.value.reasons[-1]


def test_who_would_discard_a_vial_that_another_has_discarded_reads_so(epi: Bench) -> None:
    vial(epi, 30)
    seen = running(epi)
    lose_vial(epi.ward, seen, "dropped", who=OTHER)
    with pytest.raises(Refused, match=rf"discarded or broken off\. By {OTHER}"):
        lose_vial(epi.ward, seen, "dropped", who=NURSE)


def test_a_shorter_infusion_saves_the_vial(epi: Bench) -> None:
    vial(epi, 30)
    made = epi.clock()
    epi.clock.now = made + timedelta(minutes=20)
    with pytest.raises(Refused, match="who agreed"):
        shorten_infusion(epi.ward, running(epi), 20, who=NURSE, reason="")
    shorten_infusion(epi.ward, running(epi), 20, who=NURSE, reason="late start, Dr Test")
    start_infusion(epi.ward, running(epi), epi.clock(), by(epi.ward, epi.infant), who=NURSE)
    epi.clock.now = made + timedelta(minutes=40)
    finish_infusion(epi.ward, running(epi), epi.clock(), who=NURSE)
    given = facts_of(epi.ward, epi.infant).doses[-1]
    assert (given.state, given.amount_ug, given.note) == (
        "given",
        15_500,
        "planned 20 min instead of 30: late start, Dr Test",
    )


def test_a_second_click_does_not_end_the_infusion(epi: Bench) -> None:
    """H16, H24: an end sooner than the protocol allows needs a reason, and keeps it."""
    vial(epi, 30)
    start_infusion(epi.ward, running(epi), epi.clock(), by(epi.ward, epi.infant), who=NURSE)
    epi.clock.now += timedelta(minutes=9, seconds=59)
    with pytest.raises(Refused, match="no less than 10 min"):
        finish_infusion(epi.ward, running(epi), epi.clock(), who=NURSE)
    assert doses_page(epi.ward, epi.infant).clock is not None
    finish_infusion(epi.ward, running(epi), epi.clock(), who=NURSE, reason="line blocked")
    assert "took 9 min" in facts_of(epi.ward, epi.infant).doses[-1].note


def test_an_overrun_is_recorded_and_not_hidden(epi: Bench) -> None:
    vial(epi, 30)
    made = epi.clock()
    epi.clock.now = made + timedelta(minutes=14)
    start_infusion(epi.ward, running(epi), epi.clock(), by(epi.ward, epi.infant), who=NURSE)
    epi.clock.now = made + timedelta(minutes=50)
    finish_infusion(epi.ward, running(epi), epi.clock(), who=NURSE)
    given = facts_of(epi.ward, epi.infant).doses[-1]
    assert "after the limit" in given.note


def test_a_lost_vial_leaves_the_day_open(epi: Bench) -> None:
    vial(epi)
    with pytest.raises(Refused, match="reason"):
        lose_vial(epi.ward, running(epi), "", who=NURSE)
    lose_vial(epi.ward, running(epi), "dropped", who=NURSE)
    epi.clock.now += timedelta(minutes=5)
    vial(epi, 20)
    days = doses_page(epi.ward, epi.infant).days
    assert days[0].state == "vial running"


def test_no_second_clock_and_no_other_day(epi: Bench) -> None:
    vial(epi)
    with pytest.raises(Refused, match="already"):
        vial(epi)
    with pytest.raises(Refused, match="08-Oct-2026"):
        start_vial(epi.ward, epi.infant, "epi-1", 2, epi.clock(), 30, who=NURSE)


def test_the_clock_survives_a_restart(epi: Bench) -> None:
    """H16: the clock is computed from the recorded UTC time after a restart."""
    vial(epi, 30)
    finish = doses_page(epi.ward, epi.infant).clock.finish_by
    epi.ward.store.close()
    epi.clock.now += timedelta(minutes=20)
    epi.ward = assemble(open_store(epi.folder, now=epi.clock(), create=False), epi.clock)
    clock = board(epi.ward).rows[0].clocks[0]
    assert clock.finish_by == finish
    assert board(epi.ward).rows[0].late is True, "too late to start: only 25 of 30 minutes are left"


def test_the_night_the_clock_goes_back(bench: Bench) -> None:
    """H16, H45: 45 real minutes, through the ward's own doors, while the wall clock goes back.

    Reconstituted 02:40 summer time; a 30-minute infusion must start by 02:55 summer time and be
    in by 02:25 winter time, which the wall shows as earlier than it began.
    """
    bench.site()
    bench.enrol()
    bench.at(2026, 10, 25, 1, 0)
    bench.weigh()
    bench.count(640, 86_000)
    answer_resolved(bench.ward, bench.infant, "yes", who=DOCTOR)
    open_course(bench.ward, bench.infant, "epi-1", date(2026, 10, 25), who=DOCTOR)
    made = datetime(2026, 10, 25, 2, 40, tzinfo=BERLIN, fold=0)
    bench.clock.now = made
    ready(bench.ward, bench.infant)
    vial(bench, 30)
    clock = doses_page(bench.ward, bench.infant).clock
    assert clock.finish_by.isoformat() == "2026-10-25T02:25:00+01:00"
    assert clock.latest_start.isoformat() == "2026-10-25T02:55:00+02:00"
    bench.clock.now = datetime(2026, 10, 25, 2, 50, tzinfo=BERLIN, fold=0)
    assert board(bench.ward).late == 0
    start_infusion(
        bench.ward, running(bench), bench.clock(), by(bench.ward, bench.infant), who=NURSE
    )
    clock = doses_page(bench.ward, bench.infant).clock  # of 30 minutes: 02:20 the second time round
    assert clock.planned_end.isoformat() == "2026-10-25T02:20:00+01:00"
    bench.clock.now = datetime(2026, 10, 25, 2, 20, tzinfo=BERLIN, fold=1)
    finish_infusion(bench.ward, running(bench), bench.clock(), who=NURSE)
    assert facts_of(bench.ward, bench.infant).doses[-1].note == ""


def test_too_late_in_the_hour_that_comes_twice(bench: Bench) -> None:
    """H16: 02:01 winter time is 21 minutes after 02:40 summer time, though the wall says less."""
    bench.site()
    bench.enrol()
    bench.at(2026, 10, 25, 1, 0)
    bench.weigh()
    bench.count(640, 86_000)
    answer_resolved(bench.ward, bench.infant, "yes", who=DOCTOR)
    open_course(bench.ward, bench.infant, "epi-1", date(2026, 10, 25), who=DOCTOR)
    bench.clock.now = datetime(2026, 10, 25, 2, 40, tzinfo=BERLIN, fold=0)
    ready(bench.ward, bench.infant)
    vial(bench, 30)
    bench.clock.now = datetime(2026, 10, 25, 2, 1, tzinfo=BERLIN, fold=1)
    with pytest.raises(Refused, match="Too late"):
        start_infusion(
            bench.ward, running(bench), bench.clock(), by(bench.ward, bench.infant), who=NURSE
        )


def test_a_stale_weight_stops_the_vial(epi: Bench) -> None:
    """H5: day 4 on a weight of day 1 is refused where the site allows two days."""
    epi.site(weight_age_days=2)
    epi.at(2026, 10, 10, 10, 0)
    with pytest.raises(Refused, match="3 days old"):
        start_vial(epi.ward, epi.infant, "epi-1", 4, epi.clock(), 30, who=NURSE)


def test_other_doses_are_recorded_once_and_not_ahead(epi: Bench) -> None:
    epi.at(2026, 10, 7, 12, 0)
    on_paper = by(epi.ward, epi.infant, paper=PAPER)

    def given(*planned: object) -> int:
        return record_given(epi.ward, epi.infant, *planned, on_paper, who=NURSE)

    with pytest.raises(Refused, match="vial clock"):
        given("epi-1", 1, "azacitidine", "IV")
    given("induction", 29, "methotrexate", "IT")
    with pytest.raises(Refused, match="already"):
        given("induction", 29, "methotrexate", "IT")
    with pytest.raises(Refused, match="not planned"):
        given("induction", 28, "methotrexate", "IT")
