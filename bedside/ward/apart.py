"""Vinca alkaloids and intrathecal drugs planned on one day: said wherever that day is shown."""

from datetime import date

from bedside.protocol.projection import ProjectedDose, Projection
from bedside.protocol.separation import SeparationConflict, separation_conflicts
from bedside.ward.standing import Standing
from bedside.ward.views.marks import DueItem
from bedside.ward.ward import Ward


def conflicts_of(ward: Ward, projection: Projection) -> dict[date, SeparationConflict]:
    """The days of a plan with both, by date."""
    doses: list[ProjectedDose] = [dose for course in projection.courses for dose in course.doses]
    return {found.on: found for found in separation_conflicts(doses, ward.drugs)}


def apart_today(ward: Ward, standing: Standing) -> tuple[DueItem, ...]:
    """The warning at the head of what is due, on a day with both; empty on every other day."""
    running = standing.running
    found = conflicts_of(ward, standing.projection).get(ward.today())
    if found is None or running is None or found.course_key != running.key:
        return ()
    return (DueItem("stop", None, "", found.words),)


def apart_on(conflicts: dict[date, SeparationConflict], dose: ProjectedDose) -> str:
    """What to say beside one of the doses that are kept apart; "" for any other dose."""
    found = conflicts.get(dose.on)
    if found is None:
        return ""
    spinal = dose.route == "IT" and dose.drug in found.intrathecal
    concerned = spinal or (dose.route != "IT" and dose.drug in found.vinca)
    return found.words if concerned else ""
