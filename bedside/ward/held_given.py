"""A dose of a held day: what its hold says, and what is told of one that was given in spite of it."""

from datetime import timedelta

from bedside.store.records import DoseRecord, Hold
from bedside.units.dates import write_date
from bedside.ward.facts import InfantFacts
from bedside.ward.views.marks import HeldItem
from bedside.ward.ward import Ward

IN_SPITE = "given in spite of the hold"
_TOLD = timedelta(days=7)


def hold_words(hold: Hold) -> str:
    """As "HELD since 20-Nov-2026, Dr Halvorsen: 38.6 °C, ANC 88"."""
    return f"HELD since {_since(hold)}"


def spite_note(hold: Hold, why: str) -> str:
    """What is kept with a dose that was given in spite of its hold: why, and what the hold said."""
    return f"{IN_SPITE}: {why.strip()} (held since {_since(hold)})"


def spite_words(row: DoseRecord) -> str:
    """The same, read back from a record; "" where the dose was not held."""
    at = row.note.find(IN_SPITE)
    return "" if at < 0 or row.state != "given" else row.note[at:]


def spite_items(ward: Ward, facts: InfantFacts) -> tuple[HeldItem, ...]:
    """A line for each dose of the last week that was given in spite of a hold.

    Args:
        ward: the ward.
        facts: what is recorded of the infant.
    """
    first = ward.today() - _TOLD
    return tuple(
        HeldItem(
            "hold",
            f"{ward.drugs.display_name(row.drug)} day {row.course_day} {IN_SPITE}",
            (spite_words(row).removeprefix(f"{IN_SPITE}: "), f"recorded by {row.recorded_by}"),
        )
        for row in facts.doses
        if row.due_on >= first and spite_words(row)
    )


def _since(hold: Hold) -> str:
    last = "" if hold.until_on is None else f" to {write_date(hold.until_on)}"
    return f"{write_date(hold.from_on)}{last}, {hold.recorded_by}: {hold.reason}"
