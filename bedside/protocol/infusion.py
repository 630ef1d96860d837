"""The vial clock: from the minute the vial is reconstituted, when must the infusion start and end.

Elapsed time is counted in UTC and shown in the zone of the time given: a wall clock that is put
back in the night would otherwise give the vial an hour that it does not have (hazards H16, H45).
"""

from datetime import UTC, datetime, timedelta

from msgspec import Struct

from bedside.units.refusal import Refused


class VialClock(Struct, frozen=True):
    """One reconstituted vial; all times aware and in the zone of ``reconstituted``."""

    reconstituted: datetime
    minutes: int
    latest_start: datetime
    finish_by: datetime


def vial_clock(
    reconstituted: datetime, minutes: int, *, allowed: tuple[int, int], within: int
) -> VialClock:
    """Work out the latest start and the time to be finished by.

    Args:
        reconstituted: when the vial was reconstituted, with its offset.
        minutes: planned length of the infusion, whole minutes.
        allowed: shortest and longest infusion of the protocol, minutes.
        within: minutes from reconstitution in which the infusion must be finished.

    Raises:
        Refused: the time has no offset, or the length is outside what the protocol allows.

    Source: the protocol file's infusion fact (AALL15P1: 10 to 40 minutes, finished within 45).
    """
    if reconstituted.utcoffset() is None:
        raise Refused(
            "The time of reconstitution has no offset from UTC, so the clock cannot be trusted: "
            "give it with its offset, for example 2026-10-25T02:40+02:00."
        )
    shortest, longest = allowed
    if isinstance(minutes, bool) or not isinstance(minutes, int):
        raise Refused("The infusion's length is in whole minutes, for example 30.")
    if not shortest <= minutes <= longest:
        raise Refused(
            f"An infusion of {minutes} minutes is outside the protocol: "
            f"choose {shortest} to {longest} minutes."
        )
    if minutes > within:
        raise Refused(
            f"An infusion of {minutes} minutes cannot be finished within {within} minutes of "
            f"reconstitution: choose at most {within} minutes."
        )
    return VialClock(
        reconstituted=reconstituted,
        minutes=minutes,
        latest_start=_later(reconstituted, within - minutes),
        finish_by=_later(reconstituted, within),
    )


def _later(moment: datetime, minutes: int) -> datetime:
    """Add real minutes (in UTC) and return the time in the same zone."""
    return (moment.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(moment.tzinfo)
