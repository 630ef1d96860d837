"""One specimen is recorded once: a slip read out twice is the same blood, not a newer value.

A specimen is known by the minute on its slip and by where it was taken from. Where one of two of
the same minute does not say from where, nobody can tell them apart: left open and "not said" are one.
"""

from collections.abc import Sequence
from datetime import datetime

from bedside.store.records import BloodCount
from bedside.units.dates import write_date_time
from bedside.ward.ward import Ward

_NOT_SAID = "not said"  # the choice of that name, in both forms of a specimen


def place_of(specimen: str) -> str:
    """Where a specimen was taken from, as it is compared; "" where that is not said."""
    place = specimen.strip().casefold()
    return "" if place == _NOT_SAID else place


def same_minute(one: datetime, other: datetime) -> bool:
    """Whether two times are the same on a slip, which has no seconds."""
    return one.replace(second=0, microsecond=0) == other.replace(second=0, microsecond=0)


def counted_already(
    ward: Ward, rows: Sequence[BloodCount], taken_at: datetime, specimen: str
) -> list[str]:
    """What stands against a further count of this minute, in words.

    Args:
        ward: the open ward.
        rows: the infant's standing counts.
        taken_at: when the further one was taken, aware.
        specimen: where from, "" or "not said" where that is not said.
    """
    place = place_of(specimen)
    for row in rows:
        if row.voided_at is not None or not same_minute(row.taken_at, taken_at):
            continue
        theirs = place_of(row.specimen)
        if place and theirs and theirs != place:
            continue
        when = write_date_time(ward.local(row.taken_at))
        head = (
            f"A blood count of {when}, {row.specimen.strip() if theirs else 'from where not said'}, "
            f"is recorded already by {row.recorded_by}"
        )
        if theirs == place:
            return [f"{head}: if a value of it is wrong, strike it out first (As table)."]
        return [f"{head}: if this is another specimen, both must say from where they were taken."]
    return []
