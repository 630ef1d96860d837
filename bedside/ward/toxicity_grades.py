"""Writing grades: each with its CTCAE version and where it came from, in order within its day.

Decision: the state of a toxicity follows from its grades alone, sorted by day and, within a day, by
the order of recording. So a grade that comes late for a moment before others of the same day strikes
those out and writes them again behind it, in the open: whatever the order of entry, the state is the
same.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from bedside.store.records import ToxicityGrade
from bedside.store.toxicity_records import ToxicityGradeSource
from bedside.units.dates import write_date
from bedside.units.refusal import Refused
from bedside.ward.views.toxicity import LABORATORY, LEAST, GradeStep, LoggedToxicity

if TYPE_CHECKING:
    from bedside.store.change import Change


_AGAIN = "a grade of an earlier hour of this day was entered late: written again behind it"


class NewGrade(Struct, frozen=True):
    """A grade to be written. ``at`` is its moment within the day, None where only the day is known."""

    grade: int
    on: date
    ctcae: str
    origin: str = "by hand"
    at: datetime | None = None
    result: str = ""
    measured: str = ""
    rule: str = ""


def write_grade(change: "Change", toxicity_id: int, infant_id: int, new: NewGrade) -> int:
    """Write a grade and where it came from; return the grade's number.

    That a laboratory grade is certain only at least stands in the decision on its result
    (`ToxicityProposal.answered`), from where the log reads it.
    """
    row = change.add(
        ToxicityGrade,
        toxicity_id=toxicity_id,
        infant_id=infant_id,
        grade=new.grade,
        from_on=new.on,
    )
    change.add(
        ToxicityGradeSource,
        infant_id=infant_id,
        toxicity_id=toxicity_id,
        grade_id=row,
        ctcae=new.ctcae,
        origin=LABORATORY if new.origin == LEAST else new.origin,
        at=new.at,
        result=new.result,
        measured=new.measured,
        rule=new.rule,
    )
    return row


def place_grade(change: "Change", logged: LoggedToxicity, new: NewGrade) -> None:
    """Write a grade at its place; grades of later hours of the same day come again behind it.

    Raises:
        Refused: that day has a grade already and neither of the two says at what time.
    """
    behind = steps_behind(logged.steps, new)
    for step in behind:
        change.void(ToxicityGrade, step.grade_id, _AGAIN)
    write_grade(change, logged.toxicity_id, logged.infant_id, new)
    for step in behind:
        write_grade(change, logged.toxicity_id, logged.infant_id, as_new(step))


def steps_behind(steps: Sequence[GradeStep], new: NewGrade) -> tuple[GradeStep, ...]:
    """The grades of the same day that belong behind a new one.

    Raises:
        Refused: that day has a grade already and neither of the two says at what time.
    """
    same_day = [step for step in steps if step.on == new.on]
    if new.at is None:
        for step in same_day:
            if step.at is None:
                raise Refused(
                    f"{write_date(new.on)} has a grade already ({step.grade}): give another day, "
                    "or correct that grade."
                )
        return tuple(same_day)
    return tuple(step for step in same_day if step.at is not None and step.at > new.at)


def as_new(step: GradeStep) -> NewGrade:
    """A grade as it stands, to be written again."""
    return NewGrade(
        step.grade,
        step.on,
        step.ctcae,
        step.origin,
        step.at,
        step.result,
        step.measured,
        step.rule,
    )
