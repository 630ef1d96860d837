"""May this course start: each part of its start rule against what was measured and answered.

An unknown part never passes (hazards H14, H15, H21, H22), and a part that is known not to be met
closes the rule whatever else is still unknown.
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
from bedside.units.quantities import Anc, Platelets
from bedside.units.refusal import Refused
from bedside.units.writer import write_count

Answer = Literal["yes", "no"]
Result = Literal["met", "not met", "unknown"]

MEASURE_WORDS = {"anc": "Neutrophils (ANC)", "platelets": "Platelets"}


class Observed(Struct, frozen=True):
    """What is known: counts in their own types (None is unknown) and answers by question key.

    ``age_days`` is the age in completed days on day 1; ``kmt2a`` the result, None or "unknown".
    """

    anc: Anc | None
    platelets: Platelets | None
    confirmations: Mapping[str, Answer] = field(default_factory=dict)
    age_days: int | None = None
    kmt2a: str | None = None


class RuleJudgement(Struct, frozen=True):
    """One part of the rule: what is required, what was seen, and whether it is met."""

    kind: Literal["measure", "confirm", "age", "kmt2a"]
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
    asked = [part.words for part in rule.confirmations]
    asked += [*(part.words for part in rule.ages), *(part.words for part in rule.genes)]
    parts += [f"{words[:1].lower()}{words[1:]}" for words in asked]
    return ", ".join(parts)


def measured(part: MeasureRule, observed: Observed) -> Result:
    """Whether the measured part of a rule is met; a missing count is unknown, and never passes."""
    seen = _count(part, observed)
    if seen is None:
        return "unknown"
    return "met" if seen >= part.at_least_per_ul else "not met"


def _measure(part: MeasureRule, observed: Observed) -> RuleJudgement:
    seen = _count(part, observed)
    required = f"at least {write_count(part.at_least_per_ul)}"
    name = MEASURE_WORDS[part.measure]
    if seen is None:
        words = f"{name}: unknown; {required} is needed. Record a count."
        return RuleJudgement("measure", part.measure, required, "unknown", "unknown", words)
    shown, result = write_count(seen), measured(part, observed)
    words = f"{name}: {shown}; {required} is needed: {result}."
    return RuleJudgement("measure", part.measure, required, shown, result, words)


def _count(part: MeasureRule, observed: Observed) -> int | None:
    """The count of the rule's own type; a count of another type never stands in for it."""
    if part.measure == "anc":
        anc = observed.anc
        if anc is not None and not isinstance(anc, Anc):
            raise TypeError(f"an ANC is needed, not {type(anc).__name__}")
        return None if anc is None else anc.per_ul
    platelets = observed.platelets
    if platelets is not None and not isinstance(platelets, Platelets):
        raise TypeError(f"a platelet count is needed, not {type(platelets).__name__}")
    return None if platelets is None else platelets.per_ul


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
