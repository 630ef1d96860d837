"""May this course start: each part of its start rule against what was measured and answered.

An unknown part never passes (hazards H14, H15, H21, H22), and a part that is known not to be met
closes the rule whatever else is still unknown.
"""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field

from bedside.protocol.model import ConfirmRule, Course, MeasureRule, StartRule
from bedside.units.quantities import Anc, Platelets
from bedside.units.refusal import Refused
from bedside.units.writer import write_count

Answer = Literal["yes", "no"]
Result = Literal["met", "not met", "unknown"]

MEASURE_WORDS = {"anc": "Neutrophils (ANC)", "platelets": "Platelets"}


class Observed(Struct, frozen=True):
    """What is known: counts in their own types (None is unknown) and answers by question key."""

    anc: Anc | None
    platelets: Platelets | None
    confirmations: Mapping[str, Answer] = field(default_factory=dict)


class RuleJudgement(Struct, frozen=True):
    """One part of the rule: what is required, what was seen, and whether it is met."""

    kind: Literal["measure", "confirm"]
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
    parts = tuple(_measure(part, observed) for part in rule.measures) + tuple(
        _confirm(part, observed) for part in rule.confirmations
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
    parts += [f"{part.words[:1].lower()}{part.words[1:]}" for part in rule.confirmations]
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
        words = f"{part.words}: not answered. Only an explicit yes passes."
        return RuleJudgement("confirm", part.key, "yes", "unknown", "unknown", words)
    met = answer == "yes"
    words = f"{part.words}: answered {answer}: {'met' if met else 'not met'}."
    return RuleJudgement("confirm", part.key, "yes", answer, "met" if met else "not met", words)


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
