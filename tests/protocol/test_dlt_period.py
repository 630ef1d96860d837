"""The DLT period as a pure function of facts: any order, any time zone, the same answer (H27)."""

import random
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bedside.places import place
from bedside.protocol.dlt import DltFacts, DltPeriod, counts_matter_from, dlt_period
from bedside.protocol.model import Protocol
from bedside.protocol.reader import read_protocol
from bedside.units.quantities import Anc, Platelets
from bedside.units.refusal import Refused

AALL15P1 = read_protocol(place("resources", "protocols", "aall15p1.toml"))
OPENED, DI_PART_1 = date(2026, 9, 30), date(2026, 12, 27)
STARTS = {"epi-1": OPENED, "di-part-1": DI_PART_1}

days = st.integers(-60, 60)
hours = st.integers(0, 23)
count = st.tuples(
    days,
    hours,
    st.none() | st.sampled_from([0, 499, 500, 900]),
    st.none() | st.sampled_from([0, 49_999, 50_000, 90_000]),
)
answer = st.tuples(days, hours, st.sampled_from(["yes", "no"]), st.sampled_from(["epi-3", "epi-4"]))


def moment(day: int, hour: int) -> datetime:
    return datetime(2026, 12, 27, tzinfo=UTC) + timedelta(days=day, hours=hour)


def facts(counts: list[Any], answers: list[Any], given_on: date | None) -> DltFacts:
    starts = STARTS | ({} if given_on is None else {"epi-4": given_on})
    return DltFacts(
        starts=starts,
        counts=tuple(
            (
                moment(day, hour),
                None if anc is None else Anc(anc),
                None if platelets is None else Platelets(platelets),
            )
            for day, hour, anc, platelets in counts
        ),
        answers=tuple(
            (course, "toxicity-resolved", said, moment(day, hour))
            for day, hour, said, course in answers
        ),
    )


def by_hand(
    counts: list[Any], answers: list[Any], given_on: date | None
) -> DltPeriod | date | None:
    """A second reckoning: look at every hour after DI part 1 began and ask what then stood."""
    for at in sorted({moment(*fact[:2]) for fact in [*counts, *answers]}):
        if at.date() <= DI_PART_1 or (given_on is not None and at.date() > given_on):
            continue
        if counts_stand(counts, at) and answer_stands(answers, at):
            return at.date()
    return given_on


def counts_stand(counts: list[Any], at: datetime) -> bool:
    told: dict[datetime, list[bool]] = {}
    for day, hour, anc, platelets in counts:
        when = moment(day, hour)
        if when.date() <= DI_PART_1 or when > at:
            continue
        fails = (anc is not None and anc < 500) or (platelets is not None and platelets < 50_000)
        if fails or (anc is not None and platelets is not None):
            told.setdefault(when, []).append(not fails)
    return bool(told) and all(told[max(told)])


def answer_stands(answers: list[Any], at: datetime) -> bool:
    told: dict[datetime, list[bool]] = {}
    for day, hour, said, course in answers:
        when = moment(day, hour)
        if course == "epi-4" and when.date() > DI_PART_1 and when <= at:
            told.setdefault(when, []).append(said == "yes")
    return bool(told) and all(told[max(told)])


@given(
    counts=st.lists(count, max_size=8),
    answers=st.lists(answer, max_size=5),
    given_on=st.none() | st.integers(1, 60).map(lambda day: DI_PART_1 + timedelta(days=day)),
    seed=st.integers(0, 1000),
)
@settings(deadline=None, max_examples=300)
def test_any_order_gives_the_same_and_a_second_reckoning_agrees(
    counts: list[Any], answers: list[Any], given_on: date | None, seed: int
) -> None:
    told = facts(counts, answers, given_on)
    seen = dlt_period(AALL15P1, told)
    expected = by_hand(counts, answers, given_on)
    assert seen.opened == OPENED
    assert seen.closed == expected
    assert seen.state == ("open" if expected is None else "closed")
    chance = random.Random(seed)
    shuffled = DltFacts(
        starts=dict(chance.sample(list(told.starts.items()), len(told.starts))),
        counts=tuple(chance.sample(told.counts, len(told.counts))),
        answers=tuple(chance.sample(told.answers, len(told.answers))),
    )
    assert dlt_period(AALL15P1, shuffled) == seen


def test_the_same_instant_told_in_another_zone_closes_the_same() -> None:
    east = timezone(timedelta(hours=3))
    at = datetime(2027, 2, 3, 9, 0, tzinfo=UTC)
    for zone in (UTC, east):
        told = DltFacts(
            starts=STARTS,
            counts=((at.astimezone(zone), Anc(500), Platelets(50_000)),),
            answers=(("epi-4", "toxicity-resolved", "yes", at.astimezone(zone)),),
        )
        assert dlt_period(AALL15P1, told).closed == date(2027, 2, 3)


def test_an_answer_to_another_question_or_course_does_not_close() -> None:
    at = datetime(2027, 2, 3, 9, 0, tzinfo=UTC)
    told = DltFacts(
        starts=STARTS,
        counts=((at, Anc(500), Platelets(50_000)),),
        answers=(
            ("epi-4", "something-else", "yes", at),
            ("epi-3", "toxicity-resolved", "yes", at),
        ),
    )
    assert dlt_period(AALL15P1, told).state == "open"


def test_a_time_without_offset_is_refused() -> None:
    naive = datetime(2027, 2, 3, 9, 0)  # noqa: DTZ001 - that is what is refused
    with pytest.raises(Refused, match="offset"):
        dlt_period(AALL15P1, DltFacts(STARTS, counts=((naive, None, None),)))
    with pytest.raises(Refused, match="offset"):
        dlt_period(
            AALL15P1, DltFacts(STARTS, answers=(("epi-4", "toxicity-resolved", "yes", naive),))
        )


def test_words_for_each_state(interfant06: Protocol) -> None:
    assert dlt_period(interfant06, DltFacts({})).state == "not in this protocol"
    assert dlt_period(AALL15P1, DltFacts({})).words == "Opens on day 1 of EPI #1."
    assert (
        dlt_period(AALL15P1, DltFacts(STARTS)).words
        == "Open since 30-Sep-2026; closes when the counts allow EPI #4."
    )
    begun = dlt_period(AALL15P1, DltFacts(STARTS | {"epi-4": date(2027, 2, 10)}))
    assert begun.words == "Open since 30-Sep-2026; closed on 10-Feb-2027, when EPI #4 began."


def test_rule_met_on_the_very_day_epi_4_begins_is_the_reason() -> None:
    at = datetime(2027, 2, 10, 6, 30, tzinfo=UTC)
    told = DltFacts(
        starts=STARTS | {"epi-4": date(2027, 2, 10)},
        counts=((at, Anc(500), Platelets(50_000)),),
        answers=(("epi-4", "toxicity-resolved", "yes", at),),
    )
    assert (
        dlt_period(AALL15P1, told).words
        == "Open since 30-Sep-2026; closed on 10-Feb-2027, when the counts allowed EPI #4."
    )


def test_without_a_closing_rule_nothing_is_ever_met() -> None:
    """The reader refuses such a file; should one come another way, the period never closes."""
    bare = replace(
        AALL15P1,
        courses=tuple(
            replace(course, start_rule=None) if course.key == "epi-4" else course
            for course in AALL15P1.courses
        ),
    )
    with pytest.raises(Refused, match="no start rule"):
        dlt_period(bare, facts([(1, 8, 900, 90_000)], [(1, 9, "yes", "epi-4")], None))


def test_counts_matter_from_the_course_before_the_closing_one() -> None:
    interfant = read_protocol(place("resources", "protocols", "interfant06.toml"))
    assert counts_matter_from(AALL15P1, {"epi-1": OPENED}) is None
    assert counts_matter_from(AALL15P1, STARTS) == DI_PART_1
    assert counts_matter_from(interfant, {"induction": OPENED}) is None
