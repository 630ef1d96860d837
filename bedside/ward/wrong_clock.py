"""Whether this computer's clock can be right, held against the ward's own records (promise P17)."""

from datetime import UTC, datetime, timedelta

# A time server may set a clock back a little; more than this would put records out of order.
CLOCK_SLACK = timedelta(minutes=1)


def minutes_apart(apart: timedelta | None) -> int:
    """Whole minutes by which the server's clock is ahead of this computer's; below zero: behind it.

    A vial runs for minutes: a station whose clock is slow shows time that is no longer there.

    Args:
        apart: the server's clock less this computer's; None where no server is asked.
    """
    if apart is None:
        return 0
    whole = abs(apart) // CLOCK_SLACK
    return whole if apart > timedelta(0) else -whole


def clock_is_behind(now: datetime, last_saved: datetime | None) -> bool:
    """Whether this computer's clock stands before the ward's last record.

    Args:
        now: what the clock shows, aware.
        last_saved: when the last record was made, aware; None on an empty ward.
    """
    return last_saved is not None and now.astimezone(UTC) < last_saved.astimezone(UTC) - CLOCK_SLACK
