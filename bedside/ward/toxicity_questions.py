"""What a grade hangs on beside the value: asked in words, answered by a person, never inferred.

Only that is asked on which the grade hangs; whether a limit or a baseline would help is tried out.
"""

from collections.abc import Callable, Mapping
from typing import Literal

from msgspec.structs import replace

from bedside.clinical.ctcae.grading import propose, questions
from bedside.clinical.ctcae.values import Known, Lab, Proposal
from bedside.units.reader import read_number
from bedside.units.refusal import Refused
from bedside.ward.views.round import Question

VALUES: dict[str, str] = {
    "baseline": "Baseline, the value before treatment:",
    "uln": "Upper limit of normal:",
    "lln": "Lower limit of normal:",
}


# about the sample, not about one term of it: answered once for all that the result may propose
OF_THE_SAMPLE = frozenset({"corrected", "fasting"})


def known_of(known: Known, said: Mapping[str, str], unit: str) -> Known:
    """What is known of a value, with what a person said added.

    Args:
        known: limits that came with the result.
        said: answers by question: "yes", "no", or a number written with a point and its unit.
        unit: the unit of the result, for a number that stands without one.

    Raises:
        Refused: a number that cannot be read.
    """
    answers = {key: text == "yes" for key, text in said.items() if text in ("yes", "no")}
    found = replace(known, answers={**known.answers, **answers}) if answers else known
    for key in VALUES:
        if said.get(key) and getattr(known, key) is None:
            found = replace(found, **{key: said_value(said[key], unit)})
    return found


def said_value(text: str, unit: str) -> Lab:
    """A number that a person said, with the unit it was said in: "0.27 mg/dL".

    Args:
        text: the number, and after a blank its unit.
        unit: the unit where none stands there.

    Raises:
        Refused: a number that cannot be read.
    """
    number, _, own = text.partition(" ")
    return Lab(value=read_number(number), unit=own or unit)


def with_unit(said: Mapping[str, str], unit: str) -> dict[str, str]:
    """The same answers, each number with its unit: the next result may come in another one."""
    return {
        key: f"{text} {unit}" if key in VALUES and text and " " not in text else text
        for key, text in said.items()
    }


def graded(key: str, version: str, value: Lab, known: Known) -> Proposal:
    """Grade a value; one that the rules cannot take is a proposal without a grade that says why."""
    try:
        return propose(key, version, value, known)
    except Refused as refused:
        return Proposal(version, key, key, None, 0, "", refused.reasons, None, "")


def questions_of(proposal: Proposal, value: Lab, known: Known) -> tuple[Question, ...]:
    """What has to be asked so that a value that cannot be graded can be."""
    if proposal.grade is not None:
        return ()

    def changes(other: Known) -> bool:
        found = graded(proposal.term, proposal.version, value, other)
        return (found.grade, found.least, found.needs) != (None, proposal.least, proposal.needs)

    return (*_yes_no(proposal, known), *_values(value, known, changes))


def needs_in_words(proposal: Proposal) -> tuple[str, ...]:
    """What is missing, without the spelling that the command line takes."""
    return tuple(need.partition(" (")[0] if "=yes or" in need else need for need in proposal.needs)


def barred_words(proposal: Proposal, known: Known) -> str:
    """What a "no" means where the rule grades nothing without a "yes"; "" where none was said."""
    denied = [words for key, words in _hangs_on(proposal) if known.answers.get(key) is False]
    if not denied:
        return ""
    return (
        f"Answered no, {' and '.join(denied)}: so this rule gives no grade. Refuse it with that "
        "reason, or leave it as not assessed; a grade by another way is entered by hand"
    )


def asks(term_key: str, version: str, key: str) -> bool:
    """Whether a term's rule asks this question of a person."""
    return key in questions(term_key, version)


def _hangs_on(proposal: Proposal) -> list[tuple[str, str]]:
    """The questions on which the grade hangs, by key with their words."""
    return [
        (key, words)
        for key, words in questions(proposal.term, proposal.version).items()
        if any(need.startswith(f"whether {words}") for need in proposal.needs)
    ]


def _yes_no(proposal: Proposal, known: Known) -> list[Question]:
    """Those questions of the rule on which the grade hangs; what a person may add is not asked."""
    given: dict[bool | None, Literal["", "yes", "no"]] = {None: "", True: "yes", False: "no"}
    return [
        Question(
            key,
            f"{words[:1].upper()}{words[1:]}?",
            "yes or no",
            given=given[known.answers.get(key)],
            of_sample=key in OF_THE_SAMPLE,
        )
        for key, words in _hangs_on(proposal)
    ]


def _values(value: Lab, known: Known, changes: Callable[[Known], bool]) -> list[Question]:
    found = []
    for key, words in VALUES.items():
        tried = replace(known, **{key: Lab(value=value.value, unit=value.unit)})
        if getattr(known, key) is None and changes(tried):
            found.append(Question(key, words, "value", value.unit))
    return found
