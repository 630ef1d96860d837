"""Doses that are given at an hour: counted from the moment at which another drug began to run.

Leucovorin after high-dose methotrexate is such a drug. Its hours are no public fact of either
protocol: a site enters them, and until then the plan says that they are missing. Nothing here
decides when the rescue ends: the level below which it does is shown beside the hours.
"""

from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Decimal

from msgspec import Struct

from bedside.protocol.origin import NOT_PUBLIC, Origin
from bedside.units.writer import write_number

_DAY = 24  # hours
LONGEST_HOURS = 30 * 24  # [judgement] no rescue runs longer than a month


class HourRule(Struct, frozen=True):
    """At which hours a drug is given.

    ``after`` is the drug from whose start the hours count. ``first`` and ``every`` in hours, None
    while not known (``every`` also where there is one dose only); ``until`` in µmol per L is the
    level of that drug below which no more is given.
    """

    after: str
    first: int | None = None
    every: int | None = None
    until: Decimal | None = None
    origin: Origin = NOT_PUBLIC

    @property
    def words(self) -> str:
        """The rule in a line: "hour 42 after methotrexate begins, then every 6 hours"."""
        from bedside.protocol.drugs import display_name  # the drug list knows the model

        name = display_name(self.after)
        if self.first is None:
            return f"hour after {name} begins: not public, the site enters it"
        parts = [f"hour {self.first} after {name} begins"]
        if self.every is not None:
            parts.append(f"then every {self.every} hours")
        if self.until is not None:
            parts.append(f"until {name} is below {write_number(self.until)} µmol/L")
        return ", ".join(parts)


def hours_on(
    rule: HourRule, began: datetime, on: date, zone: tzinfo
) -> tuple[tuple[int, datetime], ...]:
    """The hours of a rule that fall on a date, each with its time.

    Args:
        rule: the rule.
        began: when the other drug began to run; aware.
        on: the date.
        zone: the ward's, with its rules of summer time.

    Returns:
        Hour and time, in order; none where the rule has no hour or none falls on this date.
    """
    return tuple((hour, at) for hour, at in all_hours(rule, began, zone) if at.date() == on)


def all_hours(rule: HourRule, began: datetime, zone: tzinfo) -> tuple[tuple[int, datetime], ...]:
    """Every hour of a rule with its time, in order, for as long as any rescue may run.

    The zone is asked for by itself: a beginning is mostly at hand with its offset fixed, and that
    offset is an hour wrong for every time after a change of the clocks.

    Args:
        rule: the rule.
        began: when the other drug began to run; aware.
        zone: the ward's, with its rules of summer time.
    """
    if rule.first is None:
        return ()
    hours = range(rule.first, LONGEST_HOURS + 1, rule.every or LONGEST_HOURS)
    start = began.astimezone(UTC)  # an hour is one that passed, clock change or not (hazard H45)
    return tuple((hour, (start + timedelta(hours=hour)).astimezone(zone)) for hour in hours)


def against_doses_a_day(rule: HourRule, doses_a_day: int) -> str:
    """How the hours of a rule contradict the doses a day that a site has entered; "" where they agree.

    Every 9 hours is two or three times a day; every 6 hours is four, and never two.
    """
    if rule.first is None:
        return ""
    if rule.every is None:
        fewest = most = 1
    else:
        fewest, most = max(_DAY // rule.every, 1), -(-_DAY // rule.every)
    if fewest <= doses_a_day <= most:
        return ""
    said = "one hour only" if rule.every is None else f"every {rule.every} hours"
    return f"this site entered {said}, and {doses_a_day} a day: they contradict each other"
