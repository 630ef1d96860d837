"""How long a matched second check, and a first count that waits, hold: the day, or the site's own hours.

Default: the day on which it was counted (the order, the weight and the two people are of one shift).
A site whose doses are given around midnight enters hours instead, 1 to 24. Evidence: judgement.
"""

from datetime import datetime, timedelta

from bedside.units.dates import write_date, write_date_time, write_time
from bedside.ward.ward import Ward


def holds_until(ward: Ward, counted_at: datetime) -> datetime | None:
    """The end of a check by the site's hours; None where it holds for its own day.

    Args:
        ward: the ward.
        counted_at: when the second person counted (aware).
    """
    hours = ward.site.check_hours
    return ward.local(counted_at + timedelta(hours=hours)) if hours else None


def still_holds(ward: Ward, counted_at: datetime) -> bool:
    """Whether what was counted then holds now."""
    until = holds_until(ward, counted_at)
    if until is not None:
        return ward.now() < until
    return ward.local(counted_at).date() == ward.today()


def holds_words(ward: Ward, counted_at: datetime) -> str:
    """How long it holds: "holds today", "holds until 02:10"."""
    until = holds_until(ward, counted_at)
    if until is None:
        return "holds today"
    same = until.date() == ward.today()
    return f"holds until {write_time(until) if same else write_date_time(until)}"


def over_words(ward: Ward, counted_at: datetime) -> str:
    """Why one that was matched holds no more: "on 19-Nov-2026, for that day only"."""
    until = holds_until(ward, counted_at)
    if until is None:
        return f"on {write_date(ward.local(counted_at).date())}, for that day only"
    return f"at {write_date_time(ward.local(counted_at))}, until {write_date_time(until)}"


def rule_words(ward: Ward) -> str:
    """The site's rule, for the page of the check."""
    hours = ward.site.check_hours
    if not hours:
        return "A check that matches holds for the day on which it was counted."
    named = "1 hour" if hours == 1 else f"{hours} hours"
    return f"A check that matches holds for {named} here (site setting)."
