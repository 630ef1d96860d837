"""May this course start: each part of its start rule against what was measured and answered.

An unknown part never passes (hazards H14, H15, H21, H22), and a part that is known not to be met
closes the rule whatever else is still unknown. A count given as a bound ("<100") is known where it
lies wholly on one side of the limit.
"""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field

from bedside.protocol.model import (
    ConfirmRule,
    Course,
    GeneRule,
    MeasureRule,
    OlderThanRule,
    StartRule,
)
from bedside.protocol.result_rule import ResultRule, SeenResult, is_met, seen_words
from bedside.units.bounds import ASK_FOR_NUMBER, SIDES, Bound, at_least, per_ul, write_seen
from bedside.units.quantities import Anc, Platelets
from bedside.units.refusal import Refused
from bedside.units.writer import write_count, write_number

Answer = Literal["yes", "no"]
Result = Literal["met", "not met", "unknown"]

_RESULTS: Mapping[bool | None, Result] = {True: "met", False: "not met", None: "unknown"}
MEASURE_WORDS = {"anc": "Neutrophils (ANC)", "platelets": "Platelets"}


class Observed(Struct, frozen=True):
    """What is known: counts or their bounds in their own types (None is unknown), answers by key.

    ``age_days`` is the age in completed days on day 1; ``kmt2a`` the result, None or "unknown".
    ``results``: what the laboratory gave, by analyte.
    """

    anc: Anc | Bound[Anc] | None
    platelets: Platelets | Bound[Platelets] | None
    confirmations: Mapping[str, Answer] = field(default_factory=dict)
    age_days: int | None = None
    kmt2a: str | None = None
    results: Mapping[str, SeenResult] = field(default_factory=dict)


class RuleJudgement(Struct, frozen=True):
    """One part of the rule: what is required, what was seen, and whether it is met."""

    kind: Literal["measure", "confirm", "age", "kmt2a", "result"]
    key: str
    required: str
    observed: str
    result: Result
    words: str


class StartJudgement(Struct, frozen=True):
    """The whole rule: open (True), closed (False) or not yet known (None), with each part."""

    open: bool | None
    rules: tuple[RuleJudgement, ...]


def judge_start(course: Course, observed: Observed) -> StartJudgement:
    """Judge a course's start rule.

    Args:
        course: the course to start.
        observed: counts per microlitre in their own types, and answers.

    Raises:
        Refused: the course has no public start rule, or an answer is to a question it never asks.
        TypeError: a count is not of its own type (a programming error).
    """
    rule = course.start_rule
    if rule is None:
        raise Refused(f"{course.title} has no start rule to judge: {course.start_words}")
    _check_answers(course, rule, observed)
    parts = (
        *(_measure(part, observed) for part in rule.measures),
        *(_result(part, observed.results.get(part.analyte)) for part in rule.results),
        *(_confirm(part, observed) for part in rule.confirmations),
        *(_age(part, observed.age_days) for part in rule.ages),
        *(_gene(part, observed.kmt2a) for part in rule.genes),
    )
    return StartJudgement(open=_whole(parts), rules=parts)


def _whole(parts: tuple[RuleJudgement, ...]) -> bool | None:
    if any(part.result == "not met" for part in parts):
        return False
    return True if all(part.result == "met" for part in parts) else None


def rule_words(rule: StartRule) -> str:
    """A start rule in one line: "ANC at least 500 per µL, any toxicity has resolved"."""
    parts = [
        f"{MEASURE_WORDS[part.measure]} at least {write_count(part.at_least_per_ul)}"
        for part in rule.measures
    ]
    parts += [part.words for part in rule.results]
    asked = [part.words for part in rule.confirmations]
    asked += [*(part.words for part in rule.ages), *(part.words for part in rule.genes)]
    parts += [f"{words[:1].lower()}{words[1:]}" for words in asked]
    return ", ".join(parts)


def measured(part: MeasureRule, observed: Observed) -> Result:
    """Whether the measured part of a rule is met; a missing count is unknown, and never passes.

    A bound answers where it lies wholly on one side of the limit.
    """
    seen = _count(part, observed)
    enough = None if seen is None else at_least(seen, part.at_least_per_ul)
    return _RESULTS[enough]


def _measure(part: MeasureRule, observed: Observed) -> RuleJudgement:
    seen = _count(part, observed)
    required = f"at least {write_count(part.at_least_per_ul)}"
    name = MEASURE_WORDS[part.measure]
    if seen is None:
        words = f"{name}: unknown; {required} is needed. Record a count."
        return RuleJudgement("measure", part.measure, required, "unknown", "unknown", words)
    shown, result = write_seen(seen), measured(part, observed)
    if isinstance(seen, Bound) and result == "unknown":
        words = f"{name}: {undecided_words(seen, part.at_least_per_ul)}."
        return RuleJudgement("measure", part.measure, required, shown, result, words)
    words = f"{name}: {shown}; {required} is needed: {result}."
    return RuleJudgement("measure", part.measure, required, shown, result, words)


def _result(part: ResultRule, seen: SeenResult | None) -> RuleJudgement:
    result, shown = _RESULTS[is_met(part, seen)], seen_words(part, seen)
    words = f"{part.title}: {shown}; {part.required} is needed: {result}."
    if seen is None:
        words = f"{part.title}: unknown; {part.required} is needed. Record a result."
    return RuleJudgement("result", part.analyte, part.required, shown, result, words)


def undecided_words(seen: Bound[int], least: int) -> str:
    """Why a bound does not decide, and what to do: "below 1 000, needs at least 500: repeat it …"."""
    figure, needed = write_number(seen.figure), write_number(least)
    return f"{SIDES[seen.sign]} {figure}, needs at least {needed}: {ASK_FOR_NUMBER}"


def _count(part: MeasureRule, observed: Observed) -> int | Bound[int] | None:
    """The count of the rule's own type; a count of another type never stands in for it."""
    if part.measure == "anc":
        anc = observed.anc
        if anc is not None and not isinstance(_figure(anc), Anc):
            raise TypeError(f"an ANC is needed, not {type(_figure(anc)).__name__}")
        return None if anc is None else per_ul(anc)
    platelets = observed.platelets
    if platelets is not None and not isinstance(_figure(platelets), Platelets):
        raise TypeError(f"a platelet count is needed, not {type(_figure(platelets)).__name__}")
    return None if platelets is None else per_ul(platelets)


def _figure(count: object) -> object:
    """What a bound is of; a count is itself."""
    return count.figure if isinstance(count, Bound) else count


def _confirm(part: ConfirmRule, observed: Observed) -> RuleJudgement:
    answer = observed.confirmations.get(part.key)
    if answer is None:
        words = f"{part.words}: not answered. Only an explicit {part.passes} passes."
        return RuleJudgement("confirm", part.key, part.passes, "unknown", "unknown", words)
    result: Result = "met" if answer == part.passes else "not met"
    words = f"{part.words}: answered {answer}: {result}."
    return RuleJudgement("confirm", part.key, part.passes, answer, result, words)


def _age(part: OlderThanRule, age_days: int | None) -> RuleJudgement:
    required = f"more than {part.days} days"
    if age_days is None:
        words = f"{part.words}: the age on day 1 is not known."
        return RuleJudgement("age", part.key, required, "unknown", "unknown", words)
    result: Result = "met" if age_days > part.days else "not met"
    seen = f"{age_days} {'day' if age_days == 1 else 'days'}"
    words = f"{part.words}: {seen} old on day 1: {result}."
    return RuleJudgement("age", part.key, required, seen, result, words)


def _gene(part: GeneRule, kmt2a: str | None) -> RuleJudgement:
    required = gene_required(part)
    if kmt2a in (None, "unknown"):
        words = f"{part.words}: the KMT2A result is not known."
        return RuleJudgement("kmt2a", part.key, required, "unknown", "unknown", words)
    seen = f"KMT2A {str(kmt2a).replace('-', ' ')}"
    result: Result = "met" if kmt2a in part.accepted else "not met"
    return RuleJudgement(
        "kmt2a", part.key, required, seen, result, f"{part.words}: {seen}: {result}."
    )


def gene_required(part: GeneRule) -> str:
    """The results with which she goes on: "KMT2A rearranged or not evaluable"."""
    return f"KMT2A {' or '.join(result.replace('-', ' ') for result in part.accepted)}"


def _check_answers(course: Course, rule: StartRule, observed: Observed) -> None:
    asked = [part.key for part in rule.confirmations]
    faults = [
        f"{course.title} does not ask {key!r}: it asks {', '.join(asked) or 'nothing'}."
        for key in observed.confirmations
        if key not in asked
    ]
    faults += [
        f"The answer to {key} must be yes or no, not {answer!r}."
        for key, answer in observed.confirmations.items()
        if answer not in ("yes", "no")
    ]
    if faults:
        raise Refused(*faults)
