"""Today's doses and a dose's date, found without the whole plan, are the whole plan's (H9, H27)."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bedside.places import place
from bedside.protocol.course_dates import Pause, dose_dates
from bedside.protocol.doses_of_day import course_day_of, date_of_dose, doses_of_day
from bedside.protocol.reader import read_protocol
from bedside.protocol.schedule import ScheduleFacts, project
from tests.protocol.test_schedule_projection import AALL15P1, histories

INTERFANT = read_protocol(place("resources", "protocols", "interfant06.toml"))
START = date(2026, 8, 26)


@pytest.mark.no_cover
@given(facts=histories(), day=st.integers(-3, 760))
@settings(deadline=None, max_examples=400)
def test_the_doses_of_a_day_are_those_of_the_plan(facts: ScheduleFacts, day: int) -> None:
    on = START + timedelta(days=day)
    planned = tuple(
        dose
        for course in project(AALL15P1, facts).courses
        if course.key in facts.actual
        for dose in course.doses
        if dose.on == on
    )
    assert doses_of_day(AALL15P1, facts, on) == planned


@pytest.mark.no_cover
@given(facts=histories(), more=st.data())
@settings(deadline=None, max_examples=150)
def test_the_date_of_a_dose_is_that_of_the_plan(facts: ScheduleFacts, more: st.DataObject) -> None:
    """Each dose of one course, and days on which its drugs have none."""
    course = AALL15P1.course(more.draw(st.sampled_from([one.key for one in AALL15P1.courses])))
    planned = {
        (dose.drug, dose.route, dose.course_day): dose.on
        for one in project(AALL15P1, facts).courses
        if one.key == course.key and one.key in facts.actual
        for dose in one.doses
    }
    lines = {(plan.drug, plan.route) for plan in course.drugs}
    asked = {(*line, day) for line in lines for day in range(1, 100)} | set(planned)
    for drug, route, day in asked:
        found = date_of_dose(AALL15P1, facts, course.key, (drug, route), day)
        assert found == planned.get((drug, route, day))


@given(
    gaps=st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)), max_size=4),
    day=st.integers(1, 120),
)
def test_a_course_day_goes_to_its_date_and_back(gaps: list[tuple[int, int]], day: int) -> None:
    pauses, at = [], START
    for gap, held in gaps:
        since = at + timedelta(days=gap)
        until = since + timedelta(days=held - 1)
        pauses.append(Pause(since, until))
        at = until + timedelta(days=1)
    (on,) = dose_dates(START, (day,), pauses)
    assert course_day_of(START, on, pauses) == day
    for pause in pauses:
        assert course_day_of(START, pause.since, pauses) is None
        assert course_day_of(START, pause.until, pauses) is None


def test_a_protocol_without_public_days_or_an_end_has_only_its_stated_days() -> None:
    facts = ScheduleFacts(START, {"induction": START}, {}, (), None)
    on = START + timedelta(days=14)
    assert [(dose.drug, dose.course_day) for dose in doses_of_day(INTERFANT, facts, on)] == [
        ("asparaginase-e-coli", 15)
    ]
    assert doses_of_day(INTERFANT, facts, START - timedelta(days=1)) == ()


def test_on_a_held_day_nothing_is_due() -> None:
    held = START + timedelta(days=8)
    facts = ScheduleFacts(START, {"induction": START}, {}, (("induction", held, held),), None)
    assert doses_of_day(AALL15P1, facts, held) == ()
    after = doses_of_day(AALL15P1, facts, held + timedelta(days=1))
    assert {dose.course_day for dose in after} == {9}


def test_a_day_from_which_a_drug_was_moved_has_none_of_it() -> None:
    plan = next(one for one in INTERFANT.course("induction").drugs if 15 in one.days.scheduled)
    shift = ("induction", plan.drug, plan.route, 15, 3)
    facts = ScheduleFacts(START, {"induction": START}, {}, (), None, shifts=(shift,))
    on = START + timedelta(days=14)
    assert doses_of_day(INTERFANT, facts, on) == ()
    (later,) = doses_of_day(INTERFANT, facts, on + timedelta(days=3))
    assert (later.drug, later.course_day) == (plan.drug, 15)


def test_a_shifted_dose_stands_on_its_later_date_and_past_the_course_nowhere() -> None:
    plan = next(one for one in INTERFANT.course("induction").drugs if 15 in one.days.scheduled)
    line, shift = (plan.drug, plan.route), ("induction", plan.drug, plan.route, 15, 3)
    begun = {"induction": START}
    facts = ScheduleFacts(START, begun, {}, (), None, shifts=(shift,))
    assert date_of_dose(INTERFANT, facts, "induction", line, 15) == START + timedelta(days=17)
    assert date_of_dose(INTERFANT, facts, "induction", line, 14) is None
    assert date_of_dose(INTERFANT, facts, "ib", line, 15) is None
    left = {"induction": START, "ib": START + timedelta(days=16)}
    over = ScheduleFacts(START, left, {}, (), None, shifts=(shift,))
    assert date_of_dose(INTERFANT, over, "induction", line, 15) is None
