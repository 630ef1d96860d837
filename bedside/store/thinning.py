"""Which copies of a ward are kept: all of two days, then one a day, a week, a month; never none.

The newest copy of a day stands for the day, that of a week for the week, that of a month for the
month. Only days, weeks and months that have a copy are counted, so that a ward that was shut for a
month loses nothing. A copy dated after now (the clock was ahead) is kept until the clock has passed
it. The last good copy is kept whatever its date says, for a clock may have been set back.

Source: 2 days, 14 days, 8 weeks, 24 months are the program's own choice [judgement].
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta

from msgspec import Struct

ALL_OF = timedelta(days=2)
DAYS, WEEKS, MONTHS = 14, 8, 24


class Kept(Struct, frozen=True):
    """What thinning needs to know of a copy.

    Args:
        name: which copy.
        made_at: when it was made (aware).
        number: which of all copies of this ward it is, counted up whatever the clock says.
        good: it was proved, and nothing has been found against it since.
    """

    name: str
    made_at: datetime
    number: int
    good: bool


def to_keep(copies: Iterable[Kept], now: datetime, all_of: timedelta = ALL_OF) -> frozenset[str]:
    """The names of the copies to keep.

    Args:
        copies: every copy, in any order.
        now: aware.
        all_of: for how long back every copy is kept.
    """
    good = [copy for copy in copies if copy.good]
    newest_first = sorted(
        good, key=lambda copy: (copy.made_at, copy.number, copy.name), reverse=True
    )
    kept = {copy.name for copy in newest_first if copy.made_at > now - all_of}
    for many, period in ((DAYS, _day), (WEEKS, _week), (MONTHS, _month)):
        kept |= _newest_of_each(newest_first, many, period)
    last = last_good(good)
    return frozenset(kept if last is None else kept | {last.name})


def last_good(copies: Iterable[Kept]) -> Kept | None:
    """The good copy that was made last, whatever the clock said."""
    good = [copy for copy in copies if copy.good]
    return max(good, key=lambda copy: (copy.number, copy.made_at, copy.name), default=None)


def _newest_of_each(
    newest_first: Sequence[Kept], many: int, period: Callable[[datetime], tuple[int, ...]]
) -> set[str]:
    found: dict[tuple[int, ...], str] = {}
    for copy in newest_first:
        key = period(copy.made_at.astimezone(UTC))
        if key not in found and len(found) == many:
            break
        found.setdefault(key, copy.name)
    return set(found.values())


def _day(moment: datetime) -> tuple[int, ...]:
    return (moment.year, moment.month, moment.day)


def _week(moment: datetime) -> tuple[int, ...]:
    year, week, _ = moment.isocalendar()
    return (year, week)


def _month(moment: datetime) -> tuple[int, ...]:
    return (moment.year, moment.month)
