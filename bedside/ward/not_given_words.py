"""How a dose that was recorded as not given is told: with its reason, everywhere in the same words."""

from datetime import date, timedelta

from bedside.store.records import DoseRecord
from bedside.ward.facts import InfantFacts
from bedside.ward.views.marks import HeldItem
from bedside.ward.ward import Ward

_TOLD = timedelta(days=1)  # the next shift hears it, whichever side of midnight the dose was


def not_given_words(row: DoseRecord) -> str:
    """As "not given: vomiting; on the word of I. Halvorsen, physician"; "" for every other record.

    Args:
        row: what was recorded of a dose.
    """
    if row.state != "not given":
        return ""
    return f"not given: {row.note}" if row.note else "not given, no reason on record"


def left_out_items(ward: Ward, facts: InfantFacts) -> tuple[HeldItem, ...]:
    """A line for each dose of today and yesterday that was not given: handed over, never in silence.

    Args:
        ward: the ward.
        facts: what is recorded of the infant.
    """
    first = ward.today() - _TOLD
    return tuple(
        HeldItem(
            "hold",
            f"{ward.drugs.display_name(row.drug)} day {row.course_day}{_of(row)} not given",
            (row.note or "no reason on record", f"recorded by {row.recorded_by}"),
        )
        for row in facts.doses
        if row.state == "not given" and _told_from(ward, row) >= first
    )


def _told_from(ward: Ward, row: DoseRecord) -> date:
    """Its day; an hour beyond the plan is kept with a planned day before it: the day it was recorded."""
    if row.hour is None:
        return row.due_on
    return max(row.due_on, ward.local(row.recorded_at).date())


def _of(row: DoseRecord) -> str:
    from bedside.ward.day_doses import of_words

    words = of_words(row)
    return f", {words}," if words else ""
