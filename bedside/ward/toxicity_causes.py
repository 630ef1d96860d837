"""What a toxicity may be put down to: the drugs and courses of the infant's own plan, and in which words."""

from collections.abc import Sequence
from datetime import date

from bedside.ward.facts import InfantFacts
from bedside.ward.views.toxicity import Attributed, Cause
from bedside.ward.ward import Ward

_COURSES_BACK = 2  # an azacitidine block and the course behind it may both have done it


def causes_of(ward: Ward, facts: InfantFacts, on: date, course_key: str = "") -> tuple[Cause, ...]:
    """The drugs of the last two courses begun by a day, then those courses; newest course first.

    Args:
        ward: the ward (its drug names).
        facts: what is on record.
        on: the day the toxicity began.
        course_key: the course that a person put it in; its drugs and those of the course before it
            are offered, whatever the day says.
    """
    begun = [row.course_key for row in facts.starts if row.day_1 <= on]
    every = [row.course_key for row in facts.starts]
    if course_key in every:
        begun = every[: every.index(course_key) + 1]
    courses = [facts.protocol.course(key) for key in reversed(begun[-_COURSES_BACK:])]
    drugs: dict[str, Cause] = {}
    for course in courses:
        for plan in course.drugs:
            name = ward.drugs.display_name(plan.drug)
            drugs.setdefault(plan.drug, Cause("drug", plan.drug, name))
    return (*drugs.values(), *(Cause("course", one.key, one.title) for one in courses))


def attribution_words(ward: Ward, facts: InfantFacts, causes: Sequence[Attributed]) -> str:
    """What a toxicity is put down to, in words: "azaCITIDine possible; cytarabine probable"."""
    return "; ".join(f"{cause_name(ward, facts, one)} {one.step}" for one in causes)


def cause_name(ward: Ward, facts: InfantFacts, cause: Attributed) -> str:
    """The name of one cause as people read it."""
    if cause.kind == "drug":
        return ward.drugs.display_name(cause.cause)
    if cause.kind == "course":
        known = {row.key: row.title for row in facts.protocol.courses}
        return known.get(cause.cause, cause.cause)
    return cause.cause
