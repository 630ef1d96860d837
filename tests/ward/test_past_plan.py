"""The plan as it stood: only what was on record then, site values and settings included."""

from datetime import date

import pytest
from msgspec.structs import replace

from bedside.store.commission_records import CommissionValue
from bedside.store.queries import all_of
from bedside.units.refusal import Refused
from bedside.ward.commission_compare import withdraw
from bedside.ward.holding import save_hold
from bedside.ward.past_plan import past_plan, plan_as_it_stood
from bedside.ward.site import save_site, site_form
from bedside.ward.views.delay import NewHold
from bedside.ward.views.past_plan import PastPlan, PastRow
from tests.ward.commissioned import KELLER, OKONJO, type_all
from tests.ward.wards import DOCTOR, Bench

P, COURSE = "aall15p1", "consolidation"
LENGTH = f"{COURSE}/length"
OCT_7, OCT_8, OCT_9 = date(2026, 10, 7), date(2026, 10, 8), date(2026, 10, 9)


def row(plan: PastPlan, course: str) -> PastRow:
    return next(one for one in plan.rows if one.course == course)


def commission_length(bench: Bench, days: str) -> None:
    for who in (KELLER, OKONJO):
        type_all(bench.ward, P, COURSE, who, **{LENGTH.replace("/", "__"): days})


def test_a_course_length_recorded_later_does_not_count(bench: Bench) -> None:
    """Consolidation from 12-Oct; with a length of 50 days EPI #2 begins on 01-Dec-2026."""
    bench.open_epi_1(confirmed=False)
    before = bench.clock()
    bench.at(2026, 10, 9, 9, 0)
    commission_length(bench, "50 days")
    now = plan_as_it_stood(bench.ward, bench.infant, bench.clock())
    assert now.course("epi-2").start == date(2026, 12, 1)
    then = plan_as_it_stood(bench.ward, bench.infant, before)
    assert then.course("epi-2").start != date(2026, 12, 1)
    shown = past_plan(bench.ward, bench.infant, OCT_8)
    assert row(shown, "EPI #2").now == "01-Dec-2026"
    assert row(shown, "EPI #2").mark == "≠"
    assert "Site values then: none; now:" in shown.notes[1]


def test_a_course_length_withdrawn_since_still_counts_on_its_own_day(bench: Bench) -> None:
    bench.open_epi_1()
    commission_length(bench, "50 days")
    bench.at(2026, 10, 9, 9, 0)
    with bench.ward.store.reading() as connection:
        value = next(r for r in all_of(connection, CommissionValue) if r.number_id == LENGTH)
    assert value.canonical == "50 days"
    withdraw(bench.ward, P, LENGTH, "read from the wrong page", who=DOCTOR)
    shown = past_plan(bench.ward, bench.infant, OCT_8)
    assert row(shown, "EPI #2").then == "01-Dec-2026"
    assert row(shown, "EPI #2").now != "01-Dec-2026"
    assert bench.ward.values_for(P).lengths_for(P) == {}


def test_settings_are_those_of_then(bench: Bench) -> None:
    bench.open_epi_1()
    before = bench.clock()
    bench.at(2026, 10, 9, 9, 0)
    save_site(bench.ward, replace(site_form(bench.ward), ward_name="Ward 5"), who=DOCTOR)
    assert bench.ward.site.ward_name == "Ward 5"
    assert bench.ward.as_it_stood(before).site.ward_name == "Ward 4"


def test_a_hold_recorded_since_is_named_and_the_same_plan_says_so(bench: Bench) -> None:
    bench.open_epi_1()
    same = past_plan(bench.ward, bench.infant, OCT_7)
    assert {one.mark for one in same.rows} == {"="}
    assert same.summary == "The plan of 07-Oct-2026 is the plan of now."
    bench.at(2026, 10, 9, 9, 0)
    form = NewHold(COURSE, "", date(2026, 10, 12), date(2026, 10, 17), "count not recovered")
    save_hold(bench.ward, bench.infant, form, who=DOCTOR)
    shown = past_plan(bench.ward, bench.infant, OCT_7)
    moved = row(shown, "Consolidation")
    assert (moved.then, moved.now) == ("12-Oct-2026", "18-Oct-2026")
    assert (moved.mark, moved.difference) == ("≠", "6 days later")
    assert moved.recorded == (
        "since then: held from 12-Oct-2026, to 17-Oct-2026: count not recovered "
        "(recorded 09-Oct-2026 09:00, Test Physician)"
    )
    assert row(shown, "EPI #1").recorded.startswith("day 1 on 07-Oct-2026 (recorded 07-Oct-2026")
    assert row(shown, "End of therapy").mark == "="


def test_a_start_recorded_since_is_said_although_its_day_is_the_same(bench: Bench) -> None:
    bench.open_epi_1()
    early = past_plan(bench.ward, bench.infant, date(2026, 10, 6))
    epi = row(early, "EPI #1")
    assert epi.mark == "≠" and "begun since" in epi.difference
    assert epi.now == "07-Oct-2026, begun"


def test_a_day_ahead_and_a_day_before_she_was_on_record_are_refused(bench: Bench) -> None:
    bench.open_epi_1()
    with pytest.raises(Refused, match="08-Oct-2026 lies ahead"):
        past_plan(bench.ward, bench.infant, OCT_8)
    with pytest.raises(Refused, match=r"no plan was on record yet: .* 01-Sep-2026"):
        past_plan(bench.ward, bench.infant, date(2026, 8, 31))
