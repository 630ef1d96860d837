"""The calendar as a whole: actual starts win, everything after moves, nothing after therapy's end."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bedside.places import place
from bedside.protocol.course_dates import ActiveHold, dose_dates, pauses_of, start_after_holds
from bedside.protocol.model import Days, Origin, Protocol
from bedside.protocol.reader import read_protocol
from bedside.protocol.schedule import ScheduleFacts, end_of_therapy, project
from bedside.protocol.schedule_checks import overlaps
from bedside.protocol.site_value_reader import read_site_values
from bedside.units.refusal import Refused

AALL15P1 = read_protocol(place("resources", "protocols", "aall15p1.toml"))
LENGTHS = read_site_values(place("resources", "demo", "site_values.toml")).lengths
START = date(2026, 8, 26)
KEYS = [course.key for course in AALL15P1.courses]


@st.composite
def shifts_in(draw: st.DrawFn, protocol: Protocol) -> tuple[str, str, str, int, int]:
    """One drug of a course, from one of its days or another one on, by some days."""
    course = draw(st.sampled_from(protocol.courses))
    plan = draw(st.sampled_from(course.drugs))
    day = draw(st.sampled_from(plan.days.scheduled or (1,)) | st.integers(1, 60))
    return course.key, plan.drug, plan.route, day, draw(st.integers(1, 20))


@st.composite
def histories(draw: st.DrawFn) -> ScheduleFacts:
    """Starts of the first courses in order, with gaps, site lengths or none, one hold, shifts."""
    begun = draw(st.integers(0, len(KEYS)))
    actual, on = {}, START
    for key in KEYS[:begun]:
        actual[key] = on
        on += timedelta(days=draw(st.integers(1, 60)))
    holds = ()
    if draw(st.booleans()):
        since = START + timedelta(days=draw(st.integers(0, 200)))
        until = draw(st.none() | st.integers(0, 30).map(lambda days: since + timedelta(days=days)))
        holds = ((draw(st.sampled_from(KEYS)), since, until),)
    today = draw(st.none() | st.just(on + timedelta(days=draw(st.integers(0, 40)))))
    lengths = draw(st.sampled_from([{}, LENGTHS]))
    shifts = tuple(draw(st.lists(shifts_in(AALL15P1), max_size=3)))
    return ScheduleFacts(START, actual, lengths, holds, today, shifts=shifts)


@given(facts=histories())
@settings(deadline=None, max_examples=150)
def test_whatever_happened(facts: ScheduleFacts) -> None:
    seen = project(AALL15P1, facts)
    assert [course.key for course in seen.courses] == KEYS
    starts = [course.start for course in seen.courses if course.start is not None]
    assert starts == sorted(starts)
    for course in seen.courses:
        if course.key in facts.actual:
            assert (course.start, course.basis) == (facts.actual[course.key], "actual")
            assert course.certainty == ""
        else:
            assert course.basis == "projected"
            assert course.certainty
            assert course.start is not None
            assert facts.today is None or course.start >= facts.today
        assert course.end is not None
        assert course.end >= course.start
        for dose in course.doses:
            assert course.start <= dose.on <= course.end
            assert seen.end_of_therapy is not None
            assert dose.on <= seen.end_of_therapy
        assert list(course.doses) == sorted(course.doses, key=lambda dose: dose.on)
    assert project(AALL15P1, facts) == seen


@given(facts=histories())
@settings(deadline=None, max_examples=60)
def test_every_planned_day_is_one_of_the_protocol(facts: ScheduleFacts) -> None:
    for course in project(AALL15P1, facts).courses:
        for dose in course.doses:
            days = AALL15P1.course(course.key).plan(dose.drug, dose.route).days
            assert days.plans(dose.course_day)
            assert dose.course_day not in days.disputed


@given(shift=st.integers(1, 500))
@settings(deadline=None, max_examples=60)
def test_a_later_beginning_moves_every_start_by_the_same_days(shift: int) -> None:
    before = project(AALL15P1, ScheduleFacts(START, lengths=LENGTHS))
    after = project(AALL15P1, ScheduleFacts(START + timedelta(days=shift), lengths=LENGTHS))
    for early, late in zip(before.courses, after.courses, strict=True):
        assert early.start is not None
        assert late.start == early.start + timedelta(days=shift)


@given(late=st.integers(0, 40), which=st.integers(1, len(KEYS) - 1))
@settings(deadline=None, max_examples=60)
def test_what_comes_after_an_actual_start_moves_with_it(late: int, which: int) -> None:
    plan = project(AALL15P1, ScheduleFacts(START, lengths=LENGTHS))
    actual = {course.key: course.start for course in plan.courses[:which] if course.start}
    moved_to = plan.courses[which].start
    assert moved_to is not None
    actual[KEYS[which]] = moved_to + timedelta(days=late)
    seen = project(AALL15P1, ScheduleFacts(START, actual, LENGTHS))
    for course in seen.courses[which:]:
        assert course.start is not None
        assert course.planned_start is not None
        assert (course.start - course.planned_start).days == late


@pytest.mark.parametrize(("first", "second"), [(a, b) for a in range(10) for b in range(a)])
def test_every_impossible_order_is_refused(first: int, second: int) -> None:
    """H11: a later course of the protocol never before, or on the day of, an earlier one."""
    actual = {KEYS[first]: START, KEYS[second]: START + timedelta(days=30)}
    with pytest.raises(Refused, match="cannot have begun"):
        project(AALL15P1, ScheduleFacts(START, actual))


def test_all_reasons_at_once() -> None:
    facts = ScheduleFacts(
        START,
        {"epi-1": START, "induction": START},
        {"induction": 3, "epi-1": 7},
        (("epi-2", START, START - timedelta(days=1)),),
    )
    with pytest.raises(Refused) as refused:
        project(AALL15P1, facts)
    assert len(refused.value.reasons) == 4


def test_a_length_without_a_day_is_refused(interfant06: Protocol) -> None:
    for days in (0, -1):
        with pytest.raises(Refused, match="at least one"):
            project(interfant06, ScheduleFacts(START, lengths={"ib": days}))
    seen = project(interfant06, ScheduleFacts(START, {"ib": START}, {"ib": 1}))
    assert seen.course("marma").start == START + timedelta(days=1)


def test_a_hold_of_one_day() -> None:
    held = (("epi-1", date(2026, 9, 30), date(2026, 9, 30)),)
    seen = project(AALL15P1, ScheduleFacts(START, lengths=LENGTHS, holds=held))
    assert seen.course("epi-1").start == date(2026, 10, 1)


def test_a_course_whose_start_was_never_recorded_is_not_invented() -> None:
    actual = {"induction": START, "epi-1": date(2026, 9, 30), "epi-2": date(2026, 11, 17)}
    seen = project(AALL15P1, ScheduleFacts(START, actual, LENGTHS))
    left_out = seen.course("consolidation")
    assert (left_out.start, left_out.doses, left_out.basis) == (None, (), "")
    assert left_out.certainty == "no start recorded, a later course has begun"
    assert left_out.planned_start == date(2026, 10, 5)


def test_a_course_left_early_plans_nothing_after_it_was_left() -> None:
    actual = {
        "induction": START,
        "epi-1": date(2026, 9, 30),
        "consolidation": date(2026, 10, 5),
        "epi-2": date(2026, 10, 25),
    }
    seen = project(AALL15P1, ScheduleFacts(START, actual, LENGTHS)).course("consolidation")
    assert seen.end == date(2026, 10, 24)
    assert max(dose.on for dose in seen.doses) == date(2026, 10, 24)


def test_maintenance_that_would_begin_after_therapy_ends() -> None:
    actual = {"induction": START, "maintenance": date(2028, 9, 1)}
    seen = project(AALL15P1, ScheduleFacts(START, actual)).course("maintenance")
    assert (seen.start, seen.end, seen.doses) == (date(2028, 9, 1), date(2028, 9, 1), ())


def test_hold_still_open_in_a_running_course_says_so() -> None:
    facts = ScheduleFacts(
        START,
        {"induction": START},
        LENGTHS,
        (("induction", date(2026, 9, 1), None),),
        today=date(2026, 9, 3),
    )
    seen = project(AALL15P1, facts)
    assert seen.course("epi-1").start == date(2026, 10, 3)  # three held days so far
    assert seen.course("epi-1").certainty == "site value; Induction is held, no end entered"


def test_the_first_plan_from_an_actual_start_alone() -> None:
    seen = project(AALL15P1, ScheduleFacts(None, {"induction": START}, LENGTHS))
    assert seen.course("induction").planned_start == START
    assert seen.course("epi-1").planned_start == date(2026, 9, 30)


def test_therapy_that_ends_on_the_first_day_of_a_cycle() -> None:
    """Day 169 of Maintenance is the last day of therapy: 26-Aug-2028 less 168 days."""
    actual = {"induction": START, "maintenance": date(2028, 3, 11)}
    seen = project(AALL15P1, ScheduleFacts(START, actual)).course("maintenance")
    assert (seen.doses[-1].on, seen.doses[-1].course_day) == (date(2028, 8, 26), 169)


def test_ends_without_a_public_length() -> None:
    """The last dose where no length is known; Maintenance runs to the end of therapy."""
    seen = project(AALL15P1, ScheduleFacts(START))
    assert seen.course("induction").end == date(2026, 9, 23)
    assert seen.course("epi-1").end == date(2026, 9, 28)
    assert seen.course("maintenance").end == seen.end_of_therapy == date(2028, 8, 26)


def test_what_is_left_out_is_exactly_what_the_sources_dispute() -> None:
    left_out = project(AALL15P1, ScheduleFacts(START)).unscheduled
    assert [item[:3] for item in left_out] == [
        ("induction", "hydrocortisone", "IT"),
        ("maintenance", "methotrexate", "IT"),
        ("maintenance", "methotrexate", "PO"),
        ("maintenance", "hydrocortisone", "IT"),
    ]
    words = {item[:3]: item[3] for item in left_out}
    weekly = AALL15P1.course("maintenance").plan("methotrexate", "PO").days
    assert weekly.repeat_origin is not None
    assert words["maintenance", "methotrexate", "PO"] == (
        f"{weekly.words}; {weekly.repeat_origin.note}"
    )
    for key in left_out:
        assert AALL15P1.course(key[0]).plan(key[1], key[2]).days.words in key[3]
        assert key[3]


def test_left_out_without_words_in_the_file_still_says_why() -> None:
    """A site's own file may leave the words out; the screen may not."""
    course = AALL15P1.course("maintenance")
    plan = course.plan("methotrexate", "PO")
    bare = Origin("absent", ())
    days = (
        Days((), bare),
        Days((1,), bare, repeat_from=8, repeat_every=7, repeat_origin=bare),
        Days((1,), bare, repeat_from=8, repeat_every=7),
        Days((1,), bare, disputed=(2,)),
        Days((1,), bare, repeat_from=8, repeat_every=7, repeat_days=(1,)),
    )
    said = []
    for each in days:
        drugs = (replace(plan, days=each),)
        small = replace(AALL15P1, courses=(replace(course, drugs=drugs),))
        said.append([item[3] for item in project(small, ScheduleFacts(START)).unscheduled])
    assert said == [
        ["days not public"],
        ["days from day 8 not public"],
        ["days from day 8 not public"],
        ["days not public"],
        [],
    ]


def test_course_that_is_not_there() -> None:
    with pytest.raises(KeyError):
        project(AALL15P1, ScheduleFacts(START)).course("ib")


def test_end_of_therapy_without_start_or_rule(interfant06: Protocol) -> None:
    assert end_of_therapy(AALL15P1, ScheduleFacts(None)) is None
    assert end_of_therapy(interfant06, ScheduleFacts(START, diagnosed_on=START)) is None


def test_interfant_course_left_open_has_no_end_by_guess(interfant06: Protocol) -> None:
    facts = ScheduleFacts(START, {"induction": START, "maintenance": date(2027, 3, 1)})
    seen = project(interfant06, facts)
    assert seen.course("maintenance").end == date(2027, 3, 1)
    assert seen.course("induction").end == date(2026, 9, 27)
    assert seen.end_of_therapy is None


DAY = date(2026, 11, 1)


def at(days: int) -> date:
    return DAY + timedelta(days=days)


@pytest.mark.parametrize(
    ("holds", "today", "moved", "still_held"),
    [
        ([], None, 0, False),
        ([], 5, 5, False),
        ([(0, 3)], None, 4, False),
        ([(-3, -1)], None, 0, False),  # over before
        ([(-3, 0)], None, 1, False),  # its last held day is the planned start
        ([(1, 3)], None, 0, False),  # begins after the start
        ([(0, 3), (4, 6)], None, 7, False),
        ([(4, 6), (0, 3)], None, 7, False),  # in any order
        ([(0, None)], None, 1, True),
        ([(0, None)], 9, 10, True),
        ([(-2, None)], None, 0, True),
        ([(3, None)], 1, 1, False),  # open, but begins after the start
        ([(3, None)], None, 0, False),
        ([(3, None)], 3, 4, True),  # open, and begins today
    ],
)
def test_start_after_holds(
    holds: list[tuple[int, int | None]], today: int | None, moved: int, still_held: bool
) -> None:
    active = [ActiveHold(at(a), None if b is None else at(b)) for a, b in holds]
    seen = start_after_holds(DAY, active, None if today is None else at(today))
    assert seen == (at(moved), still_held)


@pytest.mark.parametrize(
    ("holds", "today", "pauses"),
    [
        ([(-2, 2)], None, [(1, 2)]),  # day 1 happened: only later days are held
        ([(-2, 0)], None, []),
        ([(3, 5), (4, 8)], None, [(3, 5), (6, 8)]),  # overlapping days count once
        ([(3, 8), (4, 5)], None, [(3, 8)]),
        ([(3, None)], None, [(3, 3)]),
        ([(3, None)], 6, [(3, 6)]),
        ([(3, None)], 1, [(3, 3)]),
    ],
)
def test_pauses(
    holds: list[tuple[int, int | None]], today: int | None, pauses: list[tuple[int, int]]
) -> None:
    active = [ActiveHold(at(a), None if b is None else at(b)) for a, b in holds]
    seen = pauses_of(DAY, active, None if today is None else at(today))
    assert seen == tuple((at(a), at(b)) for a, b in pauses)
    assert pauses_of(None, active, None) == ()


@given(
    day=st.integers(1, 200),
    holds=st.lists(st.tuples(st.integers(1, 150), st.integers(0, 20)), max_size=4),
)
@settings(deadline=None)
def test_held_days_are_walked_one_by_one(day: int, holds: list[tuple[int, int]]) -> None:
    """A second reckoning: walk the calendar, counting only days that are not held."""
    active = [ActiveHold(at(since), at(since + more)) for since, more in holds]
    held = {since + n for since, more in holds for n in range(more + 1)}
    walked, on = 1, 0
    while walked < day:
        on += 1
        walked += on not in held
    assert dose_dates(DAY, [day], pauses_of(DAY, active, None)) == [at(on)]


@pytest.mark.parametrize(
    ("before", "after", "days_later", "lengths", "said"),
    [
        ("epi-1", "consolidation", 4, {}, "which has 5 days"),
        ("epi-1", "consolidation", 5, {}, ""),
        ("induction", "epi-1", 34, {"induction": 35}, "which has 35 days"),
        ("induction", "epi-1", 35, {"induction": 35}, ""),
        ("induction", "epi-1", 9, {}, "whose last dose is on day"),
        ("induction", "epi-1", 60, {}, ""),
    ],
)
def test_a_course_that_begins_before_the_last_is_over_is_said(
    before: str, after: str, days_later: int, lengths: dict[str, int], said: str
) -> None:
    actual = {before: START, after: START + timedelta(days=days_later)}
    found = overlaps(AALL15P1, actual, lengths)
    assert (said in found[0]) if said else found == ()
