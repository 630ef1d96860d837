"""This machine's own time zone, asked of the operating system: no table of zones is read for it.

Python's `astimezone` asks the C library, summer time and the hour that comes twice included. What it
does not give is a zone that stays right on other days; that is this class. A zone that the ward
itself names is another matter: it is read from the tables (`bedside.ward.site.named_zone`).
"""

from datetime import UTC, datetime, timedelta, tzinfo

# The ends of the calendar, "before all" and "after all", have no hour that the system could be asked
# for: an offset from UTC would lead out of the calendar.
_FIRST_YEAR, _LAST_YEAR, _LEAP_YEAR = 2, 9998, 2000


class MachineZone(tzinfo):
    """The time zone of this machine, with its summer-time rules."""

    def utcoffset(self, moment: datetime | None, /) -> timedelta | None:
        """How far this machine's clock is ahead of UTC at a time of its wall clock."""
        return None if moment is None else _by_system(moment).utcoffset()

    def dst(self, _moment: datetime | None, /) -> timedelta | None:
        """Not asked of the system by itself: the offset holds it."""
        return None

    def tzname(self, moment: datetime | None, /) -> str | None:
        """The system's short name of the zone: "CET", "CEST"."""
        return None if moment is None else _by_system(moment).tzname()

    def fromutc(self, moment: datetime, /) -> datetime:
        """A time of UTC as this machine's wall clock shows it; the second time round says so."""
        there = moment.replace(tzinfo=UTC).astimezone()
        wall = there.replace(tzinfo=None, fold=0)
        again = wall.astimezone().utcoffset() != there.utcoffset()
        return wall.replace(tzinfo=self, fold=int(again))


MACHINE = MachineZone()  # one only: two times of one zone are compared as the wall clock shows them


def _by_system(moment: datetime) -> datetime:
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        moment = moment.replace(year=_LEAP_YEAR)
    return moment.replace(tzinfo=None).astimezone()
