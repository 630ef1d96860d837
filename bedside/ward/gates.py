"""May the next course start? The protocol's start rule, judged on this infant's own facts.

Decisions. The newest specimen in which a value was asked for decides: while its result is pending
the rule is unknown, even if an older value would pass. A value older than the site's limit is
unknown too. "Any toxicity resolved" is answered by a person for this course, and asked again when
a toxicity is recorded or gets worse after the answer (hazards H14, H15, H22).
"""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import TypeVar, cast

from msgspec import Struct
from msgspec.structs import replace

from bedside.protocol.eligibility import Kmt2a, gene_needed, judge_continuation
from bedside.protocol.model import Course
from bedside.protocol.start_rules import Observed, RuleJudgement, judge_start, undecided_words
from bedside.store.records import StartAnswer
from bedside.units.bounds import Bound
from bedside.units.counted import so_many
from bedside.units.dates import write_date_time
from bedside.units.quantities import Anc, BodyWeight, Platelets
from bedside.units.writer import write_count, write_number, write_weight
from bedside.ward.answer_basis import answer_words, rest_words
from bedside.ward.facts import InfantFacts
from bedside.ward.gate_conditions import (
    GENE,
    age_days,
    condition_row,
    confirmed,
    gene_source,
    kmt2a_of,
)
from bedside.ward.gate_facts import (
    TOXICITY_QUESTION,
    Seen,
    gene_words,
    newest,
    standing_answer,
    weight_trouble,
)
from bedside.ward.gate_results import asked_results, result_row, seen_results
from bedside.ward.views.where import Result, RuleRow
from bedside.ward.ward import Ward

TITLES = {"anc": "Neutrophils, ANC", "platelets": "Platelets"}
ANSWERED, WEIGHED = "Any toxicity resolved", "Weight in date"
Cells = TypeVar("Cells", Anc, Platelets)
_SHORT = {"anc": "ANC", "platelets": "platelets"}


class Gate(Struct, frozen=True):
    """The start rule of one course, judged; ``open`` is None while something is unknown."""

    course: Course
    open: bool | None
    rows: tuple[RuleRow, ...]
    reasons: tuple[str, ...]  # one sentence for each row that is not met
    short: str  # "ANC 480, needs 500", "" when open
    anc: Seen
    platelets: Seen
    answer: StartAnswer | None


def judge_gate(ward: Ward, facts: InfantFacts, course: Course, as_of: datetime) -> Gate:
    """Judge whether a course may start, on what was known at a time.

    Args:
        ward: the ward.
        facts: the infant's facts.
        course: a course with a start rule of its own.
        as_of: aware time; specimens taken later do not count.
    """
    if course.start_rule is None:
        raise ValueError(f"{course.key} has no start rule to judge")
    anc = newest(ward, facts, "anc", as_of)
    platelets = newest(ward, facts, "platelets", as_of)
    answer, stale = standing_answer(facts, course.key, as_of)
    answered = {**confirmed(facts, course, as_of)}
    if answer is not None and not stale:
        answered[TOXICITY_QUESTION] = "yes" if answer.answer == "yes" else "no"
    seen = {"anc": anc, "platelets": platelets}
    observed = replace(
        _counted(anc, platelets), confirmations=answered, age_days=age_days(ward, facts, as_of)
    )
    results = asked_results(ward, facts, course, as_of)
    observed = replace(observed, results=seen_results(ward, results, as_of))
    judgement = judge_start(course, replace(observed, kmt2a=kmt2a_of(facts)))
    main = tuple(
        _measure_row(course, rule, seen[rule.key])
        if rule.kind == "measure"
        else result_row(ward, rule, results, as_of)
        if rule.kind == "result"
        else _confirm_row(ward, facts, rule, answer, stale)
        if rule.key == TOXICITY_QUESTION
        else condition_row(ward, facts, course, rule, as_of)
        for rule in judgement.rules
    )
    clash = _clash(ward, course)
    also = (*_clash_rows(clash), *_gene_rows(facts, course), *_place_rows(ward, course))
    weight = _weight_rows(ward, facts, course)
    rows = (*main, *also)
    return Gate(
        course=course,
        open=_all_met(rows),
        rows=(*rows, *weight),
        reasons=(*clash, *(_sentence(row) for row in rows if row.result != "met")),
        short=_short(judgement.rules, seen, rows),
        anc=anc,
        platelets=platelets,
        answer=answer,
    )


def _counted(anc: Seen, platelets: Seen) -> Observed:
    return Observed(anc=_seen_as(Anc, anc), platelets=_seen_as(Platelets, platelets))


def _seen_as(kind: Callable[[int], Cells], seen: Seen) -> Cells | Bound[Cells] | None:
    """What was seen as a count of its own type, or as a bound of one; None where it is not known."""
    if seen.value is not None:
        return kind(seen.value)
    return None if seen.bound is None else Bound(seen.bound.sign, kind(seen.bound.figure))


def moment_of_opening(ward: Ward, facts: InfantFacts, course: Course) -> datetime:
    """The time as of which a course's start rule is judged: its opening, or now."""
    start = facts.start_of(course.key)
    if start is None:
        return ward.now()
    return min(start.recorded_at, end_of_day(ward, start.day_1))


def end_of_day(ward: Ward, on: date) -> datetime:
    """The last second of a date in the ward's zone."""
    return datetime.combine(on, time(23, 59, 59), tzinfo=ward.zone)


def blocked_words(ward: Ward, facts: InfantFacts, course: Course) -> str:
    """Why nothing of an open course may be given: its rule was not met; "" when it was.

    Asked of an azacitidine block, and of a course that asks something of the infant herself.
    """
    rule = course.start_rule
    if rule is None or not (course.kind == "priming" or rule.has_conditions):
        return ""
    gate = judge_gate(ward, facts, course, moment_of_opening(ward, facts, course))
    return "" if gate.open is True else f"blocked: on its day 1, {gate.short}"


def _measure_row(course: Course, rule: RuleJudgement, seen: Seen) -> RuleRow:
    return RuleRow(
        over=_undecided(course, rule, seen) or _otherwise(course, rule, seen),
        measure=TITLES[rule.key],
        needed=rule.required,
        seen=write_number(seen.value) if seen.value is not None else seen.why_unknown,
        unit="per µL" if seen.value is not None else "",
        at=seen.at,
        source=seen.source,
        result=rule.result,
    )


def _undecided(course: Course, rule: RuleJudgement, seen: Seen) -> str:
    """Why a bound does not decide, and what to do about it; "" where it does, or is none."""
    if rule.result != "unknown" or seen.bound is None or course.start_rule is None:
        return ""
    parts = course.start_rule.measures
    least = max(part.at_least_per_ul for part in parts if part.measure == rule.key)
    return undecided_words(seen.bound, least)


def _otherwise(course: Course, rule: RuleJudgement, seen: Seen) -> str:
    """That the ANC which somebody set aside would not meet the rule that the other one meets."""
    if rule.key != "anc":
        return ""
    if rule.result != "met" or seen.told == "" or course.start_rule is None:
        return ""
    from bedside.ward.anc_ruling import answered_other  # few counts have both

    other = answered_other(seen.told)
    least = max(
        part.at_least_per_ul for part in course.start_rule.measures if part.measure == "anc"
    )
    if other is None or other[1] >= least:
        return ""
    return f"{other[0]} says otherwise: {write_count(other[1])}, below {write_count(least)}"


def _confirm_row(
    ward: Ward, facts: InfantFacts, rule: RuleJudgement, answer: StartAnswer | None, stale: str
) -> RuleRow:
    over = ""
    if answer is None:
        seen = "not asked yet: answer under Toxicities (Ctrl+4)"
    elif stale:
        seen = f"ask again: {stale}"
    else:
        seen, over = answer_words(facts, answer), rest_words(ward, facts, answer)
    return RuleRow(
        measure=ANSWERED,
        needed="yes",
        seen=seen,
        unit="",
        at=None if answer is None else ward.local(answer.answered_at),
        source="" if answer is None else answer.recorded_by,
        result=rule.result,
        over=over,
    )


def _clash(ward: Ward, course: Course) -> list[str]:
    return [
        clash.words
        for clash in ward.clashes(course.protocol)
        if (clash.course, clash.what) == (course.key, "start")
    ]


def _clash_rows(clash: list[str]) -> tuple[RuleRow, ...]:
    """A start rule of the site against the public one: neither opens the course until it is settled."""
    return tuple(
        RuleRow(
            measure="Site start rule",
            needed="one rule for site and source",
            seen="against the source",
            unit="",
            at=None,
            source="site values",
            result="unknown",
            main=False,
            site_value=True,
        )
        for _ in clash
    )


def _gene_rows(facts: InfantFacts, course: Course) -> tuple[RuleRow, ...]:
    if course.start_rule is not None and course.start_rule.genes:
        return ()  # it stands among the rule's own parts
    judged = judge_continuation(facts.protocol, course.key, cast(Kmt2a, kmt2a_of(facts)))
    if judged is None:
        return ()
    return (
        RuleRow(
            measure=GENE,
            needed=gene_needed(facts.protocol, course.key),
            seen=gene_words(facts.enrolment.kmt2a),
            unit="",
            at=None,
            source=gene_source(facts),
            result=judged.result,
            main=False,
        ),
    )


def _place_rows(ward: Ward, course: Course) -> tuple[RuleRow, ...]:
    if not course.tertiary_only:
        return ()
    kind = ward.site.kind
    results: dict[str, Result] = {"tertiary": "met", "shared-care": "not met"}
    return (
        RuleRow(
            measure="Place of giving",
            needed="tertiary centre",
            seen=ward.site_title[0] + ", " + ward.site_title[1],
            unit="",
            at=None,
            source="site settings",
            result=results.get(kind, "unknown"),
            main=False,
        ),
    )


def _weight_rows(ward: Ward, facts: InfantFacts, course: Course) -> tuple[RuleRow, ...]:
    """The weight is judged now, also for a block that was opened days ago: each day needs one."""
    if course.kind != "priming":
        return ()
    now = ward.now()
    row = facts.weight(now)
    oldest = so_many(ward.site.weight_age_days, "day")
    trouble = weight_trouble(ward, facts, now)
    result: Result = "met" if not trouble else "unknown" if row is None else "not met"
    return (
        RuleRow(
            measure=WEIGHED,
            needed=f"{oldest} old at most",
            seen="not recorded" if row is None else write_weight(BodyWeight(row.weight_g)),
            unit="",
            at=None if row is None else ward.local(row.measured_at),
            source="" if row is None else row.recorded_by,
            result=result,
            main=False,
            site_value="weight_age_days" in ward.site.entered,
        ),
    )


def _all_met(rows: tuple[RuleRow, ...]) -> bool | None:
    results = {row.result for row in rows}
    if "not met" in results:
        return False
    return None if "unknown" in results else True


def _sentence(row: RuleRow) -> str:
    seen = f"{row.seen} {row.unit}".strip()
    when = f" ({write_date_time(row.at)})" if row.at is not None else ""
    return f"{row.measure}: needs {row.needed}; seen: {seen}{when}."


def _short(
    rules: tuple[RuleJudgement, ...], seen: dict[str, Seen], rows: tuple[RuleRow, ...]
) -> str:
    for rule in rules:
        if rule.kind == "measure" and rule.result == "not met":
            value, bound = seen[rule.key].value, seen[rule.key].bound
            shown = "" if value is None else write_number(value)
            if bound is not None:
                shown = f"{bound.sign}{write_number(bound.figure)}"
            return f"{_SHORT[rule.key]} {shown}, needs {_threshold(rule)}"
    for row in rows:
        if row.result == "not met":
            return f"{row.measure.lower() if _asked_here(row) else row.measure}: {row.seen}"
    return "; ".join(_not_known(rules, seen, rows))


def _not_known(
    rules: tuple[RuleJudgement, ...], seen: dict[str, Seen], rows: tuple[RuleRow, ...]
) -> list[str]:
    """What is unknown: the first count or the answer on toxicities, else every part by its name."""
    for rule in rules:
        if rule.result == "unknown" and rule.kind == "measure":
            bound = seen[rule.key].bound
            if bound is not None:
                shown = f"{bound.sign}{write_number(bound.figure)}"
                return [f"{_SHORT[rule.key]} {shown}, needs {_threshold(rule)}: not decided"]
            return [f"{_SHORT[rule.key]} {seen[rule.key].why_unknown}"]
        if rule.result == "unknown" and rule.key == TOXICITY_QUESTION:
            asked = "ask again" if judged_anew(rows) else "not answered"
            return [f"any toxicity resolved? {asked}"]
    return [
        row.measure if row.question else f"{row.measure}: {row.seen}"
        for row in rows
        if row.result == "unknown"
    ]


def _asked_here(row: RuleRow) -> bool:
    return row.main and row.measure == ANSWERED


def judged_anew(rows: tuple[RuleRow, ...]) -> bool:
    """Whether the answer on toxicities is older than a toxicity, and is asked again."""
    return any(row.seen.startswith("ask again") for row in rows)


def _threshold(rule: RuleJudgement) -> str:
    return rule.required.removeprefix("at least ").removesuffix(" per µL")
