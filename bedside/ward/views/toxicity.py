"""The toxicity log as pages, the DLT rules and papers see it: frozen values, nothing to look up."""

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

Step = Literal["unrelated", "unlikely", "possible", "probable", "definite", "not assessed"]
Judged = Literal["yes", "no", "not assessed"]
STEPS: tuple[Step, ...] = ("unrelated", "unlikely", "possible", "probable", "definite")
LABORATORY = "laboratory"
LEAST = "laboratory, at least"  # by a result whose grade is certain only so far


class Attributed(Struct, frozen=True):
    """How likely a toxicity is due to one cause; ``cause`` is a drug's or a course's key, or words."""

    kind: Literal["drug", "course", "other"]
    cause: str
    step: Step


class Cause(Struct, frozen=True):
    """Something a toxicity may be put down to, offered from the infant's own plan."""

    kind: Literal["drug", "course", "other"]
    key: str
    name: str


class GradeStep(Struct, frozen=True):
    """One grade from a day on, and where it came from; grade 0 means gone.

    ``corrected``: the laboratory result it came from was struck out since.
    """

    grade_id: int
    on: date
    grade: int
    ctcae: str
    origin: str  # "by hand", "round", "laboratory" or "laboratory, at least"
    at: datetime | None
    result: str
    measured: str
    rule: str
    recorded_by: str
    recorded_at: datetime
    corrected: bool = False

    @property
    def at_least(self) -> bool:
        """Whether the grade may be higher: what it hangs on was not known when it was accepted."""
        return self.origin == LEAST

    @property
    def words(self) -> str:
        """The grade in words: "grade 3", "at least grade 3"."""
        return f"at least grade {self.grade}" if self.at_least else f"grade {self.grade}"


class LoggedToxicity(Struct, frozen=True):
    """One toxicity of the log in full.

    ``grades`` are (date, grade) in order, 0 for gone; ``attributions`` are (to what, step).
    ``laboratory``: it came from laboratory results.
    """

    toxicity_id: int
    infant_id: int
    term_key: str
    term: str
    ctcae: str
    onset: date
    steps: tuple[GradeStep, ...]
    causes: tuple[Attributed, ...]
    expected: Judged
    serious: Judged
    serious_why: str
    action: str
    comment: str
    course_key: str
    course_day: int | None
    course_text: str
    recorded_by: str
    recorded_at: datetime
    voided: str

    @property
    def grades(self) -> tuple[tuple[date, int], ...]:
        """Each grade with the day it began, in order."""
        return tuple((step.on, step.grade) for step in self.steps)

    @property
    def attributions(self) -> tuple[tuple[str, str], ...]:
        """What it is put down to, and how likely; empty: not assessed."""
        return tuple((one.cause, one.step) for one in self.causes)

    @property
    def grade(self) -> int:
        """The grade in force; 0 when it is gone."""
        return self.steps[-1].grade if self.steps else 0

    @property
    def worst(self) -> int:
        """The worst grade it ever had."""
        return max((step.grade for step in self.steps), default=0)

    @property
    def resolved_on(self) -> date | None:
        """Since when it is gone, None while it is not."""
        return self.steps[-1].on if self.steps and self.steps[-1].grade == 0 else None

    @property
    def is_open(self) -> bool:
        """Whether it stands: neither gone nor struck out."""
        return not self.voided and self.grade > 0

    @property
    def laboratory(self) -> bool:
        """Whether its grades come from laboratory results."""
        return any(step.origin in (LABORATORY, LEAST) for step in self.steps)

    @property
    def at_least(self) -> bool:
        """Whether a grade that it had may have been higher."""
        return any(step.at_least for step in self.steps)

    @property
    def grade_words(self) -> str:
        """The grade in force in words; "grade 0" when it is gone."""
        return self.steps[-1].words if self.steps else "grade 0"

    @property
    def corrected(self) -> bool:
        """Whether a grade of it came from a result that was struck out since."""
        return any(step.corrected for step in self.steps)

    def grade_on(self, day: date) -> int:
        """The grade in force at the end of a day; 0 before it began."""
        before = [step.grade for step in self.steps if step.on <= day]
        return before[-1] if before else 0
