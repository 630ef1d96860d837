"""One toxicity as the DLT rule sees it: its grades over time, and what it may be related to.

The ward's log and the command line's file are both brought into this shape, so that one rule judges
both. What was not assessed is left out or empty here, and is never read as "unrelated".
"""

import hashlib
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct, json

STEPS = ("unrelated", "unlikely", "possible", "probable", "definite")
WORST_GRADE = 5

Run = tuple[date, date | None]  # first day, and the day on which it was over; None while it runs


class ToxicityHistory(Struct, frozen=True):
    """One toxicity with everything a DLT rule may ask about.

    Args:
        key: of this toxicity among the infant's, e.g. "toxicity:12".
        term: key of the CTCAE term, e.g. "febrile-neutropenia"; the words themselves where the
            term is in no catalogue.
        group: the system organ class in our words, "" when it is not known.
        haematological: whether the term is one of the blood's; None when it is not known.
        version: the CTCAE version of its grades.
        onset: its first day.
        grades: each grade with the day from which it holds; 0 is resolved. Empty: not graded.
        attributions: to what (a drug's key, a course, in words) and the step; a step that is empty
            or is none of the five is not known.
        course: key of the course in which it began, "" when it is not known.
        name: what people read, "" where the term's key is all there is.
        at_least: whether one of its grades is certain only so far and may have been higher.
    """

    key: str
    term: str
    group: str
    haematological: bool | None
    version: str
    onset: date
    grades: tuple[tuple[date, int], ...] = ()
    attributions: tuple[tuple[str, str], ...] = ()
    course: str = ""
    name: str = ""
    at_least: bool = False

    @property
    def words(self) -> str:
        """Its name for people."""
        return self.name or self.term.replace("-", " ")


def own_key(name: str) -> str:
    """A key for a term in the ward's own words: "Loose line" is loose-line."""
    letters = "".join(letter if letter.isalnum() else " " for letter in name.casefold())
    return "-".join(letters.split())


def days_graded(toxicity: ToxicityHistory) -> tuple[tuple[date, int], ...]:
    """Its grades day by day of change, in order; the worse of two grades of one day holds.

    The order in which they were entered makes no difference.
    """
    return _graded(toxicity.grades)


@lru_cache(maxsize=2048)
def _graded(grades: tuple[tuple[date, int], ...]) -> tuple[tuple[date, int], ...]:
    worst: dict[date, int] = {}
    for on, grade in grades:
        if grade >= worst.get(on, 0):
            worst[on] = grade
    return tuple(sorted(worst.items()))


def worst_grade(toxicity: ToxicityHistory, first: date, last: date) -> int | None:
    """The worst grade in force on any day from ``first`` to ``last``; None when none was given.

    A toxicity that was not graded on its onset is taken as not graded until its first grade.
    """
    seen = [
        grade for on, grade, end in _spans(toxicity) if on <= last and (end is None or end > first)
    ]
    return max(seen, default=None)


def grade_before(toxicity: ToxicityHistory, day: date) -> int:
    """The grade in force on the day before; 0 where there was none."""
    return worst_grade(toxicity, day - timedelta(days=1), day - timedelta(days=1)) or 0


def runs_at(toxicity: ToxicityHistory, least: int) -> tuple[Run, ...]:
    """Each unbroken time at this grade or worse: its first day, and the day on which it was over."""
    runs: list[Run] = []
    for on, grade, end in _spans(toxicity):
        if grade < least:
            continue
        if runs and runs[-1][1] == on:
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((on, end))
    return tuple(runs)


def _spans(toxicity: ToxicityHistory) -> tuple[tuple[date, int, date | None], ...]:
    """Each grade with its day and the day from which the next one holds."""
    return _spanned(toxicity.grades)


@lru_cache(maxsize=2048)
def _spanned(
    grades: tuple[tuple[date, int], ...],
) -> tuple[tuple[date, int, date | None], ...]:
    graded = _graded(grades)
    ends: list[date | None] = [following[0] for _, following in pairwise(graded)]
    return tuple((on, grade, end) for (on, grade), end in zip(graded, [*ends, None], strict=False))


def facts_digest(toxicity: ToxicityHistory) -> str:
    """A SHA-256 of the facts that a decision rests on; the order of entry makes no difference."""
    facts: tuple[object, ...] = (
        toxicity.term,
        toxicity.group,
        toxicity.haematological,
        toxicity.version,
        toxicity.onset,
        days_graded(toxicity),
        sorted(toxicity.attributions),
        toxicity.course,
    )
    if toxicity.at_least:  # added only then, so that older decisions keep their digest
        facts = (*facts, "at least")
    return hashlib.sha256(json.encode(facts)).hexdigest()
