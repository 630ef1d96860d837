"""What moves when a plan becomes another: the cases of delays.toml, and properties of the schedule."""

import tomllib
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bedside.places import place
from bedside.protocol.drugs import drug_names as drugs
from bedside.protocol.model import AgeFactor, AgeRule
from bedside.protocol.plan_change import (
    age_bands,
    band_changes,
    plan_change,
    without_held,
)
from bedside.protocol.reader import read_protocol
from bedside.protocol.schedule import ScheduleFacts, project
from bedside.protocol.site_value_reader import read_site_values
from bedside.protocol.site_values import NO_SITE_VALUES, AgeDose, SiteDose, SiteValues
from bedside.units.quantities import DrugAmount

AALL15P1 = read_protocol(place("resources", "protocols", "aall15p1.toml"))
LENGTHS = read_site_values(place("resources", "demo", "site_values.toml")).lengths
START = date(2026, 8, 26)
CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "delays.toml").read_text("utf-8"))
ORIGIN = AALL15P1.dlt_window.origin
KEYS = [course.key for course in AALL15P1.courses]


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: case["name"])
def test_case(case: dict) -> None:
    known = case["given"]
    lengths = LENGTHS if known.get("lengths") == "demonstration" else {}
    facts = ScheduleFacts(START, known.get("actual", {}), lengths, today=known.get("today"))
    hold = (known["course"], known["from"], known.get("until"))
    before = project(AALL15P1, facts)
    if "drug" in known:
        after = without_held(before, [(known["course"], known["drug"], *hold[1:])])
    else:
        after = project(AALL15P1, replace(facts, holds=(hold,)))
    seen = plan_change(AALL15P1, before, after, drugs())
    expect = case["expect"]
    assert {s.key: [s.before, s.after] for s in seen.starts} == expect["starts"]
    wanted = {(row[0], row[1]): row[2:] for row in expect.get("sessions", [])}
    found = {
        (s.course_key, s.course_day): [day for day in (s.before, s.after) if day is not None]
        for s in seen.sessions
    }
    assert wanted.items() <= found.items()
    assert [s.key for s in seen.start_rules] == expect["start-rules"]
    closes = seen.dlt_closes
    assert ([] if closes is None else [closes.before, closes.after]) == expect.get("dlt", [])
    assert seen.end_of_therapy == (date(2028, 8, 26), date(2028, 8, 26))
    if "gone" in expect:
        assert [dose.on for dose in seen.gone] == expect["gone"]
    assert seen.is_empty is expect.get("empty", False)


HOLDS = st.lists(
    st.builds(
        lambda key, begins, days: (
            key,
            START + timedelta(days=begins),
            START + timedelta(days=begins + days),
        ),
        st.sampled_from(KEYS),
        st.integers(0, 300),
        st.integers(0, 30),
    ),
    max_size=4,
)


@given(holds=HOLDS, data=st.data())
@settings(deadline=None, max_examples=40)
def test_late_entry_in_any_order_gives_the_same_plan(holds, data) -> None:
    actual = {"induction": START, "epi-1": START + timedelta(days=40)}
    shuffled = data.draw(st.permutations(holds))
    turned = dict(reversed(actual.items()))
    one = project(AALL15P1, ScheduleFacts(START, actual, LENGTHS, tuple(holds)))
    other = project(AALL15P1, ScheduleFacts(START, turned, LENGTHS, tuple(shuffled)))
    assert one == other
    assert plan_change(AALL15P1, one, other, drugs()).is_empty


@given(holds=HOLDS)
@settings(deadline=None, max_examples=40)
def test_a_change_and_its_way_back_are_mirror_images(holds) -> None:
    """A hold taken away restores the plan, dose for dose."""
    facts = ScheduleFacts(START, {}, LENGTHS)
    plain, held = project(AALL15P1, facts), project(AALL15P1, replace(facts, holds=tuple(holds)))
    there = plan_change(AALL15P1, plain, held, drugs())
    back = plan_change(AALL15P1, held, project(AALL15P1, facts), drugs())
    assert [(s.after, s.before) for s in there.starts] == [(s.before, s.after) for s in back.starts]
    assert (there.gone, there.new, there.moved_doses) == (back.new, back.gone, back.moved_doses)
    assert (there.side_by_side, there.side_by_side_gone) == (
        back.side_by_side_gone,
        back.side_by_side,
    )


def plans() -> tuple:
    """Interim Maintenance planned from 16-Nov-2026, held to 22-Nov-2026."""
    facts = ScheduleFacts(START, {}, LENGTHS)
    held = replace(facts, holds=(("epi-2", date(2026, 11, 11), date(2026, 11, 16)),))
    return project(AALL15P1, facts), project(AALL15P1, held)


def test_a_birthday_between_the_two_anchor_days_changes_the_band() -> None:
    """Born 20-May-2026: 5 completed months on 16-Nov-2026, 6 on 22-Nov-2026."""
    before, after = plans()
    plan = next(plan for plan in before.course("interim-maintenance").doses)
    key = (plan.course_key, plan.drug, plan.route)
    bands = {key: ((0, "3/4"), (6, "1"))}
    born = date(2026, 5, 20)
    found = band_changes(before, after, born, bands)
    assert [(one.before, one.after, one.anchor_after) for one in found] == [
        ("3/4", "1", date(2026, 11, 22))
    ]
    assert band_changes(before, after, born, bands, "dose-day") == found
    assert band_changes(before, after, born, bands, "diagnosis") == ()
    assert band_changes(before, after, date(2026, 4, 1), bands) == ()


def test_the_sites_bands_stand_where_none_are_public() -> None:
    """Factors by age, else a dose fixed by age; a dose without either has no band."""
    key = ("interim-maintenance", "methotrexate", "IT")
    amount = DrugAmount(6000)
    factors = (AgeFactor(0, Fraction(3, 4)), AgeFactor(6, Fraction(1)))
    by_age = (AgeDose(0, amount), AgeDose(12, amount))
    for own, wanted in (
        (SiteDose(None, age_factors=factors), ((0, "3/4"), (6, "1"))),
        (SiteDose(None, by_age=by_age), ((0, "dose from 0 months"), (12, "dose from 12 months"))),
        (SiteDose(None), None),
    ):
        values = SiteValues(protocol="aall15p1", doses={key: own})
        assert age_bands(AALL15P1, values).get(key) == wanted


def test_a_course_without_a_date_has_no_anchor_day() -> None:
    before, _ = plans()
    nowhere = replace(
        before, courses=tuple(replace(course, start=None) for course in before.courses)
    )
    first = before.courses[0].doses[0]
    bands = {(first.course_key, first.drug, first.route): ((0, "1"),)}
    assert band_changes(before, nowhere, date(2026, 5, 20), bands) == ()


def test_public_bands_stand_where_they_are_public() -> None:
    rule = AgeRule((AgeFactor(0, Fraction(2, 3)), AgeFactor(6, Fraction(1))), "day 1", ORIGIN)
    course = AALL15P1.courses[0]
    plan = replace(course.drugs[0], age_rule=rule)
    one = replace(AALL15P1, courses=(replace(course, drugs=(plan,)),))
    found = age_bands(one, NO_SITE_VALUES)
    assert found == {(course.key, plan.drug, plan.route): ((0, "2/3"), (6, "1"))}


def test_drug_days_leave_intrathecal_sessions_to_their_own_count() -> None:
    """By hand: 138 drug days to the end of DI part 2, then 544 + 12 by mouth in Maintenance.

    Methotrexate stands on 2 days IV and 12 by mouth; its 3 intrathecal days are sessions.
    """
    begun = {
        "induction": START,
        "epi-1": date(2026, 9, 30),
        "consolidation": date(2026, 10, 5),
    }
    facts = ScheduleFacts(START, begun, LENGTHS, today=date(2026, 11, 11))
    held = replace(facts, holds=(("epi-2", date(2026, 11, 11), date(2026, 11, 16)),))
    change = plan_change(AALL15P1, project(AALL15P1, facts), project(AALL15P1, held), drugs())
    days = dict(change.moved_doses)
    assert sum(days.values()) == 138 + 544 + 12
    assert (days["methotrexate"], days["cytarabine"], days["azacitidine"]) == (14, 28, 15)
    assert "hydrocortisone" not in days
    assert len(change.sessions) == 6
