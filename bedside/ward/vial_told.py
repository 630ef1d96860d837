"""What is said of a vial whose clock runs: the same on the ward list's notes, Where, handover and paper.

A time that has passed is never told as a task: a vial that no infusion can use any more is to be
discarded, and an infusion past its limit is asked about (hazard H16).
"""

from datetime import datetime

from bedside.units.dates import write_time
from bedside.ward.views.marks import VialClockView, VialStanding

_NOTES: dict[VialStanding, str] = {
    "running": "vial clock runs",
    "too late": "vial clock runs, too late as planned",
    "discard": "vial too late: discard it",
    "infusing": "infusion runs",
    "over time": "infusion past its limit",
}
LOST_NOTES = frozenset((_NOTES["discard"], _NOTES["over time"]))


def vial_note(clock: VialClockView, now: datetime) -> str:
    """A few words for the line of a dose, without a time."""
    return _NOTES[clock.standing(now)]


def vial_told(clock: VialClockView, now: datetime) -> tuple[str, str]:
    """How a vial stands, and what is to be done with it now.

    Args:
        clock: the vial.
        now: aware time.

    Returns:
        A head ("vial clock runs") and what to do, without a full stop.
    """
    limit = write_time(clock.finish_by)
    match clock.standing(now):
        case "running":
            return "vial clock runs", f"start the infusion by {write_time(clock.latest_start)}"
        case "too late":
            shortest = write_time(clock.latest_start_shortest)
            return "vial clock runs", (
                f"too late for {clock.infusion_minutes} min; with {clock.shortest_minutes} min, the "
                f"shortest allowed, start by {shortest}"
            )
        case "discard":
            return "vial too late for any infusion", "discard it, with the reason"
        case "infusing":
            return "infusion runs", f"all in by {limit}"
        case _:
            return f"infusion past its limit of {limit}", (
                "not recorded as finished, ask the prescriber"
            )
