"""What is recorded of an infant's risk, in the protocol's own terms: group, arm, transplant, MRD."""

from typing import cast

from bedside.protocol.path import Path, PathFacts, taken_by
from bedside.protocol.risk import Kmt2a, RiskFacts, RiskJudgement, judge_risk
from bedside.store.risk_records import RiskFact
from bedside.units.bounds import bounded
from bedside.units.quantities import Blasts, WhiteCells
from bedside.units.refusal import Refused
from bedside.ward.facts import InfantFacts

BILLION = 1_000_000_000  # the store keeps residual disease in parts of so many cells
DONE = "done"


def fact(facts: InfantFacts, kind: str) -> RiskFact | None:
    """The standing fact of a kind, None where there is none."""
    return next((row for row in facts.risk_facts if row.kind == kind), None)


def risk_of(facts: InfantFacts) -> RiskJudgement | None:
    """The risk group by the protocol's rule; None where the protocol has no groups."""
    if facts.protocol.strata.risk is None:
        return None
    cells, blasts = fact(facts, "white-cells"), fact(facts, "day8-blasts")
    kmt2a = facts.enrolment.kmt2a
    known = kmt2a if kmt2a in ("rearranged", "germline", "not-evaluable") else "unknown"
    return judge_risk(
        facts.protocol,
        RiskFacts(
            born=facts.infant.born,
            diagnosed_on=facts.enrolment.diagnosed_on,
            kmt2a=cast(Kmt2a, known),
            white_cells=None
            if cells is None
            else bounded(cells.word, WhiteCells(cells.per_ul or 0)),
            day8_blasts=None
            if blasts is None
            else bounded(blasts.word, Blasts(blasts.per_ul or 0)),
        ),
    )


def group_of(facts: InfantFacts) -> str:
    """The key of the risk group; "" while it is not known, or where there are none."""
    judged = risk_of(facts)
    return "" if judged is None or judged.group is None else judged.group


def arm_of(facts: InfantFacts) -> str:
    """The arm: as recorded, else as the courses that have begun show it; "" while open."""
    recorded = facts.allocations[-1].arm if facts.allocations else facts.enrolment.arm
    begun = {row.course_key for row in facts.starts}
    shown = (course.arm for course in facts.protocol.courses if course.key in begun and course.arm)
    return recorded or next(shown, "")


def path_of_infant(facts: InfantFacts) -> Path | None:
    """The infant's path; None where arm, group and begun courses contradict each other."""
    try:
        return taken_by(facts.protocol, path_facts_of(facts))[0]
    except Refused:
        return None


def path_facts_of(facts: InfantFacts) -> PathFacts:
    """What decides on her courses."""
    return PathFacts(
        arm_of(facts),
        group_of(facts),
        facts.enrolment.kmt2a,
        transplanted(facts),
        frozenset(row.course_key for row in facts.starts),
    )


def transplanted(facts: InfantFacts) -> bool | None:
    """Whether a transplant was done (True), is not to be done (False), or nothing is recorded."""
    row = fact(facts, "transplant")
    return None if row is None else row.word == DONE
