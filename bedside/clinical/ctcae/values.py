"""What grading takes and gives: a laboratory value, what is known beside it, and the proposal."""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

from msgspec import Struct

VERSIONS = ("4.03", "5.0", "6.0")
Comparator = Literal["", "<", ">"]
_NOTHING_SAID: Mapping[str, bool] = MappingProxyType({})


class Lab(Struct, frozen=True):
    """A laboratory value as reported.

    Args:
        value: the number, as the laboratory wrote it; never a float.
        unit: its unit, as written, e.g. "10^9/L"; "" for a ratio such as the INR.
        comparator: "<" or ">" where the laboratory gave a bound and no number.
    """

    value: Decimal
    unit: str
    comparator: str = ""


class Known(Struct, frozen=True):
    """What is known beside the value; what is not here is not known, and never guessed.

    Args:
        lln: the lower limit of normal that came with the result, or for this age.
        uln: the upper limit of normal, likewise.
        baseline: the value before treatment that this version of CTCAE may compare with.
        answers: what a person said, e.g. ``{"symptoms": True}``; keys as in `grading.questions`.
    """

    lln: Lab | None = None
    uln: Lab | None = None
    baseline: Lab | None = None
    answers: Mapping[str, bool] = _NOTHING_SAID


class Proposal(Struct, frozen=True):
    """A grade put before a person, with its rule.

    Args:
        version: the version of CTCAE.
        term: the term's key.
        name: the term's name in that version.
        grade: 0 to 4; None when it cannot be said.
        least: the least grade that is certain; the grade itself when there is one.
        rule: the rule in our words, with its edges.
        needs: what is missing, in words; empty when there is a grade.
        against_age: 0 where the value lies within this infant's own limit although the text
            grades it; None where both say the same or the limit is not known.
        words: the verdict in sentences for the screen, without the whole rule.
        asks: the keys of the questions among ``needs`` (see `grading.questions`).
    """

    version: str
    term: str
    name: str
    grade: int | None
    least: int | None
    rule: str
    needs: tuple[str, ...]
    against_age: int | None
    words: str
    asks: tuple[str, ...] = ()
