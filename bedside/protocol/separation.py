"""Finds vinca alkaloids planned on one day with an intrathecal drug: separate them.

A vinca alkaloid given intrathecally kills. The drug list says which drugs are kept apart in time
and place from every intrathecal treatment, and after which source (hazard H19). AALL15P1 plans both
on days 15 and 29 of Induction, so the day is shown and the two are separated; nothing is moved.
"""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from bedside.protocol.drugs import INTRATHECAL, DrugNames
from bedside.protocol.projection import ProjectedDose


class SeparationConflict(Struct, frozen=True):
    """One day on which drugs stand together that are kept apart; drug keys in planned order."""

    on: date
    course_key: str
    course_day: int
    vinca: tuple[str, ...]
    intrathecal: tuple[str, ...]
    words: str


def separation_conflicts(
    doses: Iterable[ProjectedDose], drugs: DrugNames
) -> tuple[SeparationConflict, ...]:
    """List every day of a plan with both, by date; courses that overlap are taken together.

    Args:
        doses: the doses of a plan.
        drugs: the drug list, which says what is kept apart.
    """
    days: dict[date, list[ProjectedDose]] = {}
    for dose in doses:
        days.setdefault(dose.on, []).append(dose)
    found = []
    for on in sorted(days):
        apart = [dose for dose in days[on] if drugs.drugs[dose.drug].apart_from_intrathecal]
        spinal = [dose for dose in days[on] if dose.route == INTRATHECAL]
        if apart and spinal:
            found.append(_conflict(on, apart, spinal, drugs))
    return tuple(found)


def _conflict(
    on: date, apart: list[ProjectedDose], spinal: list[ProjectedDose], drugs: DrugNames
) -> SeparationConflict:
    vinca = tuple(dict.fromkeys(dose.drug for dose in apart))
    intrathecal = tuple(dict.fromkeys(dose.drug for dose in spinal))
    names = " and ".join(drugs.display_name(drug) for drug in vinca)
    beside = " and ".join(drugs.display_name(drug) for drug in intrathecal)
    return SeparationConflict(
        on=on,
        course_key=apart[0].course_key,
        course_day=apart[0].course_day,
        vinca=vinca,
        intrathecal=intrathecal,
        words=f"{names} intravenous and {beside} intrathecal on one day: separate them in time "
        "and place. Fatal if vinca is given by any other route than into a vein.",
    )
