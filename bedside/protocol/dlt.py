"""The DLT evaluation period: when it opened and when it closed, from the facts alone.

A pure function: the facts may come in any order, late or corrected, and give the same answer
(hazard H27). It closes on the day on which the rule for the fourth azacitidine block is first
met, not on the day on which that block is given.
"""

from collections.abc import Mapping
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Literal

from msgspec import Struct

from bedside.protocol.model import Course, Protocol, StartRule
from bedside.units.bounds import Bound, at_least, per_ul
from bedside.units.dates import write_date
from bedside.units.quantities import Anc, Platelets
from bedside.units.refusal import Refused

CountFact = tuple[datetime, Anc | Bound[Anc] | None, Platelets | Bound[Platelets] | None]
AnswerFact = tuple[str, str, Literal["yes", "no"], datetime]  # course key, question, answer, when
DltState = Literal["not in this protocol", "not started", "open", "closed"]


class DltFacts(Struct, frozen=True):
    """What the period depends on: day 1 of courses, blood counts, answers to start rules."""

    starts: Mapping[str, date]
    counts: tuple[CountFact, ...] = ()
    answers: tuple[AnswerFact, ...] = ()


class DltPeriod(Struct, frozen=True):
    """The period as it stands; ``closed`` only once it is closed."""

    state: DltState
    opened: date | None
    closed: date | None
    words: str


def dlt_period(protocol: Protocol, facts: DltFacts) -> DltPeriod:
    """Work out the DLT evaluation period.

    Args:
        protocol: the infant's protocol.
        facts: in any order; times with their offsets.

    Returns:
        Its state, and the days on which it opened and closed.

    Raises:
        Refused: a time has no offset from UTC.

    Source: the protocol file's [dlt] (AALL15P1 slides: EPI #1 to DI part 1, until the counts
    allow EPI #4).
    """
    window = protocol.dlt_window
    if window is None:
        return DltPeriod("not in this protocol", None, None, "This protocol has no DLT period.")
    _check_times(facts)
    opened = facts.starts.get(window.opens_on_day_1_of)
    opening = protocol.course(window.opens_on_day_1_of).title
    closing = protocol.course(window.closes_when_may_start)
    if opened is None:
        return DltPeriod("not started", None, None, f"Opens on day 1 of {opening}.")
    met = _first_met(protocol, closing, facts)
    given = facts.starts.get(closing.key)
    if met is not None and (given is None or met <= given):
        words = f"closed on {write_date(met)}, when the counts allowed {closing.title}"
        return DltPeriod("closed", opened, met, _since(opened, words))
    if given is not None:
        words = f"closed on {write_date(given)}, when {closing.title} began"
        return DltPeriod("closed", opened, given, _since(opened, words))
    return DltPeriod(
        "open", opened, None, _since(opened, f"closes when the counts allow {closing.title}")
    )


def _since(opened: date, words: str) -> str:
    return f"Open since {write_date(opened)}; {words}."


def _check_times(facts: DltFacts) -> None:
    times = [count[0] for count in facts.counts] + [answer[3] for answer in facts.answers]
    if any(time.utcoffset() is None for time in times):
        raise Refused(
            "A count or an answer has a time without its offset from UTC: record it with one."
        )


def counts_matter_from(protocol: Protocol, starts: Mapping[str, date]) -> date | None:
    """Day 1 of the course before the closing one: counts after it can close the period.

    Returns:
        The day; None while that course has not begun, or where there is no DLT period.
    """
    window = protocol.dlt_window
    if window is None:
        return None
    closing = protocol.course(window.closes_when_may_start)
    return starts.get(protocol.courses[protocol.courses.index(closing) - 1].key)


def _first_met(protocol: Protocol, closing: Course, facts: DltFacts) -> date | None:
    """The day on which the closing course's start rule is first met after the course before it began.

    Facts are taken in the order of their instants. A sample that fails either count closes the
    counts' part; only one sample with both counts opens it. At one instant the worse fact holds.
    """
    began = counts_matter_from(protocol, facts.starts)
    if began is None:
        return None
    rule = closing.start_rule
    if rule is None:
        raise Refused(f"{closing.title} has no start rule to judge: {closing.start_words}")
    answers = _answers(closing, rule, facts, began)
    if not any(met for _, _, _, met in answers):
        return None  # nobody has said yes: no count can close the period
    counts_met = answered = False
    events = sorted([*_counts(rule, facts, began), *answers], key=itemgetter(0, 1))
    for _, same_time in groupby(events, key=itemgetter(0)):
        group = list(same_time)
        counts_met = _carried(counts_met, group, "counts")
        answered = _carried(answered, group, "answer")
        if counts_met and answered:
            return group[0][1]
    return None


# when, its own day, which part, met or not (None: not known, which changes nothing)
Event = tuple[datetime, date, Literal["counts", "answer"], bool | None]


def _answers(closing: Course, rule: StartRule, facts: DltFacts, began: date) -> list[Event]:
    asked = {part.key for part in rule.confirmations}
    return [
        (at, at.date(), "answer", answer == "yes")
        for course_key, question, answer, at in facts.answers
        if course_key == closing.key and question in asked and at.date() > began
    ]


def _counts(rule: StartRule, facts: DltFacts, began: date) -> list[Event]:
    return [
        (at, at.date(), "counts", _counts_part(rule, anc, platelets))
        for at, anc, platelets in facts.counts
        if at.date() > began
    ]


def _counts_part(
    rule: StartRule, anc: Anc | Bound[Anc] | None, platelets: Platelets | Bound[Platelets] | None
) -> bool | None:
    """Whether one sample meets the counts of a rule; as `start_rules.measured`, without its words."""
    seen = {
        "anc": None if anc is None else per_ul(anc),
        "platelets": None if platelets is None else per_ul(platelets),
    }
    known = True
    for part in rule.measures:
        count = seen[part.measure]
        enough = None if count is None else at_least(count, part.at_least_per_ul)
        if enough is False:
            return False
        known = known and enough is not None
    return True if known else None


def _carried(before: bool, group: list[Event], part: Literal["counts", "answer"]) -> bool:
    """The state after the events of one instant: the worse one holds."""
    for _, _, of, met in group:
        if of == part and met is not None:
            before = met
            if not met:
                break
    return before
