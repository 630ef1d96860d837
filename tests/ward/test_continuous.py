"""Continuous infusions: what happened is on record, what ran each day is counted, none is lost sight of (H16)."""

from datetime import date, datetime, timedelta

import pytest

from bedside.desktop.board_words import CLOCKS, lines_of, words_of
from bedside.store.infusion_records import InfusionEvent
from bedside.store.queries import all_of
from bedside.units.refusal import Refused
from bedside.ward.board import board
from bedside.ward.continuous import continuous_runs, record_infusion
from bedside.ward.corrections import correctable, strike_out
from bedside.ward.courses import open_course
from bedside.ward.dosing import doses_page
from bedside.ward.downtime_facts import downtime_infant
from bedside.ward.due import due_today
from bedside.ward.facts import facts_of
from bedside.ward.given_doses import given_form
from bedside.ward.start_answers import StartReply, answer_start
from bedside.ward.views.continuous import ContinuousRun
from tests.ward.wards import BERLIN, DOCTOR, NURSE, Bench

LINE = ("blinatumomab", "blinatumomab", "IV")
ON_PAPER = "ordered by Dr Okonjo, checked on paper by E. Berg and T. Marchetti"


@pytest.fixture
def pilot(bench: Bench) -> Bench:
    """Day 1 of the course with blinatumomab, 23-Oct-2026, two days before the clock goes back."""
    bench.site()
    bench.enrol(protocol_key="interfant06-blinatumomab", elsewhere="before the pilot ended")
    bench.at(2026, 10, 23, 8, 0)
    bench.weigh()
    replies = (StartReply("cd19", "yes", "flow cytometry"), StartReply("marrow", "yes", "report"))
    answer_start(bench.ward, bench.infant, "blinatumomab", replies, who=NURSE)
    open_course(bench.ward, bench.infant, "blinatumomab", date(2026, 10, 23), who=DOCTOR)
    return bench


def tell(bench: Bench, event: str, at: datetime | None = None, note: str = "") -> int:
    moment = bench.clock() if at is None else at
    return record_infusion(bench.ward, bench.infant, LINE, event, moment, who=NURSE, note=note)


def run(bench: Bench) -> ContinuousRun:
    (found,) = continuous_runs(bench.ward, facts_of(bench.ward, bench.infant))
    return found


def listed(bench: Bench) -> str:
    (row,) = board(bench.ward).rows
    drawn = repr(lines_of(row, CLOCKS, bench.clock()))
    assert words_of(row, CLOCKS, bench.clock()) != "no clock" and "text='none'" not in drawn
    return drawn


def test_planned_and_not_recorded_it_is_never_no_clock(pilot: Bench) -> None:
    assert run(pilot).state == "not recorded"
    assert "start NOT recorded" in listed(pilot)
    assert "nobody has recorded" in doses_page(pilot.ward, pilot.infant).continuous[0]


def test_a_start_needs_order_and_check_or_says_how_it_was_checked(pilot: Bench) -> None:
    with pytest.raises(Refused, match="not prescribed") as refused:
        tell(pilot, "started")
    assert "record its start all the same" in str(refused.value)
    tell(pilot, "started", note=ON_PAPER)
    assert run(pilot).state == "running" and ON_PAPER in run(pilot).events[0]
    assert "runs since 08:00" in listed(pilot)
    assert board(pilot.ward).clocks_running == 1


def test_what_ran_on_each_day_is_counted_in_hours_of_the_night_of_25(pilot: Bench) -> None:
    """Started 23-Oct 08:00, paused 24-Oct 10:00 to 12:30; the 25-Oct has 25 hours."""
    tell(pilot, "started", note=ON_PAPER)
    pilot.at(2026, 10, 24, 12, 30)
    with pytest.raises(Refused, match="Why was the infusion paused"):
        tell(pilot, "paused", datetime(2026, 10, 24, 10, 0, tzinfo=BERLIN))
    tell(pilot, "paused", datetime(2026, 10, 24, 10, 0, tzinfo=BERLIN), "a seizure")
    assert run(pilot).state == "paused" and "PAUSED since 10:00" in listed(pilot)
    tell(pilot, "resumed")
    pilot.at(2026, 10, 26, 6, 0)
    tell(pilot, "bag changed")
    days = {one.day: (one.words, one.whole) for one in run(pilot).days}
    assert days == {
        1: ("ran 16 h of 24 h", False),
        2: ("ran 21 h 30 min of 24 h, with a break", False),
        3: ("ran 25 h of 25 h", True),
        4: ("ran 6 h of 6 h", True),
    }
    seen = run(pilot)
    assert seen.since == datetime(2026, 10, 24, 12, 30, tzinfo=BERLIN)
    assert seen.bag_at == datetime(2026, 10, 26, 6, 0, tzinfo=BERLIN)
    assert "bag of 26" in listed(pilot)
    form = given_form(pilot.ward, pilot.infant, "blinatumomab", 3, "blinatumomab", "IV")
    assert "By its record: ran 25 h of 25 h" in form.run_words
    (due,) = [
        one
        for one in due_today(pilot.ward, facts_of(pilot.ward, pilot.infant))
        if one.drug == "blinatumomab"
    ]
    assert due.mark == "clock" and "runs since" in due.note


def test_events_follow_one_another(pilot: Bench) -> None:
    for event in ("bag changed", "paused", "resumed", "ended"):
        with pytest.raises(Refused, match="cannot follow"):
            tell(pilot, event, note="x")
    tell(pilot, "started", note=ON_PAPER)
    pilot.clock.now += timedelta(hours=1)
    for event, at, words in (
        ("started", None, "cannot follow"),
        ("bag changed", pilot.clock() - timedelta(hours=2), "what follows is later"),
        ("bag changed", pilot.clock() + timedelta(hours=2), "future"),
        ("ended", None, "planned to run until"),
    ):
        with pytest.raises(Refused, match=words):
            tell(pilot, event, at)
    with pytest.raises(Refused, match="no continuous infusion"):
        record_infusion(
            pilot.ward,
            pilot.infant,
            ("induction", "vincristine", "IV"),
            "started",
            pilot.clock(),
            who=NURSE,
        )


def test_a_start_before_day_1_or_on_no_planned_day(pilot: Bench) -> None:
    with pytest.raises(Refused, match="Day 1 of its course"):
        tell(pilot, "started", pilot.clock() - timedelta(days=1), ON_PAPER)
    pilot.at(2026, 11, 25, 8, 0)
    with pytest.raises(Refused, match="not planned for"):
        tell(pilot, "started")


def test_an_infusion_that_ended_leaves_the_list_and_can_be_struck_out(pilot: Bench) -> None:
    tell(pilot, "started", note=ON_PAPER)
    pilot.clock.now += timedelta(hours=2)
    tell(pilot, "ended", note="the line came out")
    (row,) = board(pilot.ward).rows
    assert row.infusions == () and run(pilot).state == "ended"
    assert "ended 23" in run(pilot).words
    (last,) = [one for one in correctable(pilot.ward, pilot.infant) if one.kind == "infusion"]
    assert "ended" in last.words
    strike_out(pilot.ward, pilot.infant, "infusion", last.record_id, "it runs on", who=NURSE)
    assert run(pilot).state == "running"
    with pilot.ward.store.reading() as connection:
        assert [one.event for one in all_of(connection, InfusionEvent)] == ["started"]


def test_the_downtime_sheet_says_that_it_runs(pilot: Bench) -> None:
    tell(pilot, "started", note=ON_PAPER)
    assert "runs since 23" in repr(downtime_infant(pilot.ward, facts_of(pilot.ward, pilot.infant)))
