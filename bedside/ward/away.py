"""A ward on a server that does not answer: what is read then, and in which words that is said."""

from datetime import datetime
from typing import TYPE_CHECKING

from bedside.store.changed import newest_change
from bedside.store.troubles import Hindered
from bedside.units.dates import age_words, write_date_time
from bedside.ward.ward import Ward, fixed

if TYPE_CHECKING:
    from bedside.store.station_store import Away


def note_server(ward: Ward) -> bool:
    """Take note of whether the ward's server answers; whether that changed since the last time.

    While it does not, every page and paper says which copy is read. What was read of a later state than
    the copy's is read anew from it; DLT states and orders are then judged anew, never left out.
    """
    away = ward.store.away
    before, ward.emergency = ward.emergency, "" if away is None else copy_words(ward, away)
    changed = bool(before) != bool(ward.emergency)
    if changed and away is not None and away.as_of is not None:
        with ward.store.reading() as connection:
            later = ward.kept_until > newest_change(connection)
        if later:
            ward.kept_facts, ward.kept_until, ward.kept_waiting = {}, 0, {}
    return changed


def copy_words(ward: Ward, away: "Away") -> str:
    """What every page and paper says while the server is away."""
    if away.as_of is None:
        return "NO COPY of this ward on this station, READ-ONLY"
    made = fixed(away.as_of.astimezone(ward.zone))
    return (
        f"EMERGENCY COPY of {write_date_time(made)} ({age_words(ward.now() - made)} old), READ-ONLY"
    )


def away_words(ward: Ward, away: "Away") -> str:
    """What happened, and what to do, in a line."""
    if away.trouble:
        return f"The ward's server answers, but is not as it was: {away.trouble}"
    since = fixed(away.since.astimezone(ward.zone))
    return (
        f"The ward's server has not answered since {since:%H:%M}. Nothing can be recorded: write it on "
        "paper, too. It goes on by itself."
    )


def is_only_away(fault: BaseException) -> bool:
    """Whether a fault says no more than that the server did not answer while something was read."""
    return isinstance(fault, Hindered) and fault.kind == "server"


def as_of_words(as_of: datetime, now: datetime) -> str:
    """A copy's age for a button or a page before the ward list."""
    made = fixed(as_of.astimezone(now.tzinfo))
    return f"{write_date_time(made)} ({age_words(now - made)} old)"
