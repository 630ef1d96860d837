"""One drug's doses given later: dates move, course days never, and no order of entry changes the plan."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bedside.protocol.doses_of_day import doses_of_day
from bedside.protocol.drugs import drug_names
from bedside.protocol.plan_change import plan_change
from bedside.protocol.schedule import ScheduleFacts, project
from bedside.protocol.shifts import day_standing_on, moved_by
from bedside.units.refusal import Refused
from tests.protocol.test_schedule_projection import AALL15P1, LENGTHS, START, histories, shifts_in

VCR = next(plan for plan in AALL15P1.course("induction").drugs if plan.drug == "vincristine")
DAYS = VCR.days.scheduled


def facts(*shifts: tuple[str, str, str, int, int], holds=()) -> ScheduleFacts:
    return ScheduleFacts(START, {"induction": START}, LENGTHS, tuple(holds), shifts=shifts)


def dates(known: ScheduleFacts) -> dict[int, date]:
    return {
        dose.course_day: dose.on
        for dose in project(AALL15P1, known).course("induction").doses
        if (dose.drug, dose.route) == (VCR.drug, VCR.route)
    }


def at(day: int) -> date:
    return START + timedelta(days=day - 1)


def test_the_doses_from_the_chosen_one_on_move_and_the_earlier_ones_stay() -> None:
    first, *later = DAYS
    seen = dates(facts(("induction", VCR.drug, VCR.route, later[0], 2)))
    assert seen == {first: at(first), **{day: at(day + 2) for day in later}}


def test_no_other_drug_and_no_other_course_moves() -> None:
    shift = ("induction", VCR.drug, VCR.route, DAYS[0], 2)
    before, after = project(AALL15P1, facts()), project(AALL15P1, facts(shift))
    change = plan_change(AALL15P1, before, after, drug_names())
    assert change.starts == ()
    assert change.moved_doses == ((VCR.drug, len(DAYS)),)
    assert change.sessions == ()


def test_two_shifts_of_a_drug_add_up() -> None:
    first, second, *_ = DAYS
    one = ("induction", VCR.drug, VCR.route, first, 1)
    other = ("induction", VCR.drug, VCR.route, second, 3)
    seen = dates(facts(one, other))
    assert (seen[first], seen[second]) == (at(first + 1), at(second + 4))


def test_a_held_course_moves_a_shifted_dose_too() -> None:
    """Day 8 stands on day 10; the course is held on its days 9 to 11, so three days later."""
    day = DAYS[1]
    hold = ("induction", at(day + 1), at(day + 3))
    seen = dates(facts(("induction", VCR.drug, VCR.route, day, 2), holds=[hold]))
    assert seen[day] == at(day + 2 + 3)


def test_the_next_course_waits_for_a_shifted_last_dose() -> None:
    plain = project(AALL15P1, facts()).course("epi-1").start
    assert plain is not None
    far = (plain - at(DAYS[-1])).days + 4
    after = project(AALL15P1, facts(("induction", VCR.drug, VCR.route, DAYS[-1], far)))
    assert after.course("epi-1").start == plain + timedelta(days=5)
    assert after.course("induction").end == plain + timedelta(days=4)
    assert after.course("epi-2").start > project(AALL15P1, facts()).course("epi-2").start


def test_a_shift_that_leaves_no_dose_moves_no_course() -> None:
    """Epi-1 began before the shifted dose: that dose falls away, the start stays as it happened."""
    known = replace(
        facts(
            *(
                (("induction", plan.drug, plan.route, 1, 200))
                for plan in AALL15P1.course("induction").drugs
            )
        ),
        actual={"induction": START, "epi-1": START + timedelta(days=40)},
    )
    seen = project(AALL15P1, known)
    assert seen.course("induction").doses == ()
    assert seen.course("epi-1").start == START + timedelta(days=40)


@given(known=histories(), more=st.data())
@settings(deadline=None, max_examples=80)
def test_the_order_in_which_facts_are_entered_changes_nothing(known: ScheduleFacts, more) -> None:
    """Late entry: holds, shifts and starts in any order make one plan."""
    shifts = (*known.shifts, *more.draw(st.lists(shifts_in(AALL15P1), max_size=3)))
    holds = (*known.holds, ("consolidation", START, START + timedelta(days=2)))
    first = replace(known, shifts=shifts, holds=holds)
    other = replace(
        known,
        shifts=tuple(more.draw(st.permutations(shifts))),
        holds=tuple(more.draw(st.permutations(holds))),
        actual=dict(more.draw(st.permutations(list(known.actual.items())))),
    )
    assert project(AALL15P1, other) == project(AALL15P1, first)
    on = START + timedelta(days=more.draw(st.integers(0, 300)))
    assert doses_of_day(AALL15P1, other, on) == doses_of_day(AALL15P1, first, on)


@given(
    shifts=st.lists(st.tuples(st.integers(1, 40), st.integers(1, 9)), max_size=4),
    day=st.integers(1, 60),
)
def test_a_day_goes_to_its_shifted_day_and_back(shifts: list[tuple[int, int]], day: int) -> None:
    """A second reckoning: list where every course day stands, and look the day up."""
    known = [("induction", "vincristine", "IV", since, by) for since, by in shifts]
    stands = {
        planned + sum(by for since, by in shifts if planned >= since): planned
        for planned in range(1, 61)
    }
    assert day_standing_on(known, "vincristine", "IV", day) == stands.get(day)
    assert moved_by(known, "vincristine", "IT", day) == 0


def test_an_impossible_shift_is_refused() -> None:
    for shift in (
        ("induction", "nothing", "IV", 1, 1),
        ("induction", VCR.drug, "IT", 1, 1),
        ("induction", VCR.drug, VCR.route, 0, 1),
        ("induction", VCR.drug, VCR.route, 1, 0),
    ):
        with pytest.raises(Refused, match="shifted"):
            project(AALL15P1, facts(shift))
    with pytest.raises(Refused, match="not a course"):
        project(AALL15P1, facts(("nowhere", VCR.drug, VCR.route, 1, 1)))
