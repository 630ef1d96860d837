"""What the counts say by themselves: stop, reduce, resume, and what is unknown or too old.

A stop and a reduction rest on the last known value of each measure, so that a pending result never
lifts them; resuming and rising rest on the newest check alone, which must be known and fresh.
"""

from collections.abc import Iterable
from datetime import date, time

from msgspec import Struct

from bedside.protocol.maintenance import MaintenanceRule
from bedside.protocol.titration_facts import Checks, Count
from bedside.units.dates import write_date
from bedside.units.quantities import Anc, Platelets
from bedside.units.writer import write_count

_ANC, _PLATELETS = "ANC", "Platelets"
_NUMBERS = {2: "two", 3: "three", 4: "four"}


class Zone(Struct, frozen=True):
    """What the counts ask for, each in words.

    ``stop`` and ``low`` are the reasons for stopping and for reducing, empty where there is none;
    ``short`` are the reasons why a stopped drug may not be resumed on known counts; ``missing`` is
    what is unknown or too old for a step upwards. ``used``: the days of the checks looked at.
    """

    stop: tuple[str, ...]
    low: tuple[str, ...]
    short: tuple[str, ...]
    missing: tuple[str, ...]
    newest_words: str
    used: tuple[date, ...]

    @property
    def may_resume(self) -> bool:
        """The newest check is known, fresh and high enough in both measures."""
        return not (self.stop or self.short or self.missing)


def zone_of(rule: MaintenanceRule, checks: Checks, on: date) -> Zone:
    """Judge the counts.

    Args:
        rule: the rule.
        checks: the checks up to the day.
        on: the day asked about.
    """
    anc, platelets = checks.last_anc(), checks.last_platelets()
    found = [(_ANC, anc), (_PLATELETS, platelets)]
    stops = (rule.stop.anc_at_most, rule.stop.platelets_at_most)
    stop = _under("the stop", found, stops)
    low: tuple[str, ...] = ()
    if rule.reduce is not None and not stop:
        bounds = (rule.reduce.anc_at_most, rule.reduce.platelets_at_most)
        low = _under("the reduced dose", found, bounds)
    least = (rule.resume.anc_at_least, rule.resume.platelets_at_least)
    days = {known[0] for _, known in found if known is not None}
    if checks.newest is not None:
        days.add(checks.newest.on)
    return Zone(
        stop=stop,
        low=low,
        short=_short(found, least),
        missing=_missing(rule, checks, on),
        newest_words=count_words(checks.newest),
        used=tuple(sorted(days)),
    )


def count_words(check: Count | None) -> str:
    """One check in words; of a day with several counts that these are the lowest, and when each was.

    The lowest values of two counts may stand together in neither: they are never called one count.
    """
    if check is None:
        return "No count is recorded."
    several = len(check.samples) > 1
    samples = check.samples if several else ()
    anc = _value(check.anc, ((one.anc, one.at) for one in samples))
    platelets = _value(check.platelets, ((one.platelets, one.at) for one in samples))
    awaited = "; a result is pending" if check.pending else ""
    what = f"Newest count, {write_date(check.on)}"
    if several:
        number = _NUMBERS.get(len(samples), str(len(samples)))
        what = f"Lowest of the {number} counts of {write_date(check.on)}"
    return f"{what}: ANC {anc}, platelets {platelets}{awaited}."


def _value(
    lowest: Anc | Platelets | None,
    samples: Iterable[tuple[Anc | Platelets | None, time | None]],
) -> str:
    """A value, with the time of the sample it comes from; the latest of equal ones."""
    if lowest is None:
        return "unknown"
    times = [at for value, at in samples if value == lowest and at is not None]
    return write_count(lowest.per_ul) + (f" ({max(times):%H:%M})" if times else "")


def _under(
    what: str, found: list[tuple[str, tuple[date, int] | None]], most: tuple[int, int]
) -> tuple[str, ...]:
    return tuple(
        f"{name} {write_count(known[1])} on {write_date(known[0])}: at most {write_count(bound)}, "
        f"{what}."
        for (name, known), bound in zip(found, most, strict=True)
        if known is not None and known[1] <= bound
    )


def _short(
    found: list[tuple[str, tuple[date, int] | None]], least: tuple[int, int]
) -> tuple[str, ...]:
    return tuple(
        f"{name} {write_count(known[1])} on {write_date(known[0])}: at least {write_count(bound)} "
        "is needed to resume."
        for (name, known), bound in zip(found, least, strict=True)
        if known is not None and known[1] < bound
    )


def _missing(rule: MaintenanceRule, checks: Checks, on: date) -> tuple[str, ...]:
    newest = checks.newest
    if newest is None:
        return ("No count is recorded: record ANC and platelets.",)
    missing = []
    every, age = rule.check_every_days, (on - newest.on).days
    if every is not None and age > every:
        missing.append(
            f"No count since {write_date(newest.on)} ({age} days): the rule asks for one every "
            f"{every} days."
        )
    for name, pending, value, last in (
        (_ANC, "anc" in newest.pending, newest.anc, checks.last_anc()),
        (
            _PLATELETS,
            "platelets" in newest.pending,
            newest.platelets,
            checks.last_platelets(),
        ),
    ):
        if value is None or pending:
            state = "pending" if pending else "unknown"
            known = (
                "never known"
                if last is None
                else f"last known {write_count(last[1])} on {write_date(last[0])}"
            )
            missing.append(f"{name} of {write_date(newest.on)} {state} ({known}): record it.")
    return tuple(missing)
