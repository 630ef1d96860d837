"""What the counts say by themselves: stop, reduce, resume, and what is unknown or too old.

A stop and a reduction rest on the last known value of each measure, so that a pending result never
lifts them; resuming and rising rest on the newest check alone, which must be known and fresh. A
bound ("<100") is known to a limit that it lies wholly on one side of; to another it is unknown.
"""

from collections.abc import Callable, Iterable
from datetime import date, time
from functools import partial

from msgspec import Struct

from bedside.protocol.maintenance import MaintenanceRule
from bedside.protocol.titration_facts import Checks, Count, Known, Source
from bedside.units.bounds import (
    ASK_FOR_NUMBER,
    SIDES,
    Bound,
    at_least,
    at_most,
    write_seen,
)
from bedside.units.dates import write_date
from bedside.units.quantities import Anc, Platelets
from bedside.units.writer import write_count

MEASURES: tuple[tuple[str, Source], ...] = (("ANC", "anc"), ("Platelets", "platelets"))
_NUMBERS = {2: "two", 3: "three", 4: "four"}
_Answer = bool | None
_Seen = Anc | Platelets | Bound[Anc] | Bound[Platelets]


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
    stops = (rule.stop.anc_at_most, rule.stop.platelets_at_most)
    least = (rule.resume.anc_at_least, rule.resume.platelets_at_least)
    stop, days = _under("the stop", checks, stops)
    low: tuple[str, ...] = ()
    if rule.reduce is not None:
        reduced = (rule.reduce.anc_at_most, rule.reduce.platelets_at_most)
        low, on_low = _under("the reduced dose", checks, reduced)
        days |= on_low
    short, on_short = _short(checks, least)
    days |= on_short | {each.on for each in (checks.newest,) if each is not None}
    return Zone(
        stop=stop,
        low=() if stop else low,
        short=short,
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
    lowest: _Seen | None,
    samples: Iterable[tuple[_Seen | None, time | None]],
) -> str:
    """A value, with the time of the sample it comes from; the latest of equal ones."""
    if lowest is None:
        return "unknown"
    times = [at for value, at in samples if value == lowest and at is not None]
    seen = Bound(lowest.sign, lowest.figure.per_ul) if isinstance(lowest, Bound) else lowest.per_ul
    return write_seen(seen) + (f" ({max(times):%H:%M})" if times else "")


def _deciding(
    known: tuple[Known, ...], ask: Callable[[int | Bound[int]], _Answer]
) -> tuple[Known, bool] | None:
    """The last check that answers a limit, with its answer; a bound that does not tell is passed by."""
    for day, seen in reversed(known):
        answer = ask(seen)
        if answer is not None:
            return (day, seen), answer
    return None


def _under(what: str, checks: Checks, most: tuple[int, int]) -> tuple[tuple[str, ...], set[date]]:
    """What lies at or under a limit, in words, and the days of the checks that were looked at."""
    words, days = [], set()
    for (name, measure), limit in zip(MEASURES, most, strict=True):
        found = _deciding(checks.known(measure), partial(at_most, limit=limit))
        if found is None:
            continue
        (day, seen), under = found
        days.add(day)
        if under:
            shown = f"{name} {write_seen(seen)} on {write_date(day)}"
            words.append(f"{shown}: at most {write_count(limit)}, {what}.")
    return tuple(words), days


def _short(checks: Checks, least: tuple[int, int]) -> tuple[tuple[str, ...], set[date]]:
    """What is too low to resume, in words, and the days of the checks that were looked at."""
    words, days = [], set()
    for (name, measure), limit in zip(MEASURES, least, strict=True):
        found = _deciding(checks.known(measure), partial(at_least, limit=limit))
        if found is None:
            continue
        (day, seen), enough = found
        days.add(day)
        if not enough:
            shown = f"{name} {write_seen(seen)} on {write_date(day)}"
            words.append(f"{shown}: at least {write_count(limit)} is needed to resume.")
    return tuple(words), days


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
    for name, measure in MEASURES:
        last = next(reversed(checks.known(measure)), None)
        if last is None or last[0] != newest.on or measure in newest.pending:
            state = "pending" if measure in newest.pending else "unknown"
            known = (
                "never known"
                if last is None
                else f"last known {write_seen(last[1])} on {write_date(last[0])}"
            )
            missing.append(f"{name} of {write_date(newest.on)} {state} ({known}): record it.")
        elif isinstance(last[1], Bound) and not _settles(rule, measure, last[1]):
            shown = f"{SIDES[last[1].sign]} {write_count(last[1].figure)}"
            missing.append(
                f"{name} of {write_date(newest.on)} {shown}, which does not decide: "
                f"{ASK_FOR_NUMBER}."
            )
    return tuple(missing)


def _settles(rule: MaintenanceRule, measure: Source, seen: Bound[int]) -> bool:
    """Whether a bound answers every limit of the rule by itself."""
    lowest = rule.stop.anc_at_most if measure == "anc" else rule.stop.platelets_at_most
    if at_most(seen, lowest):
        return True
    resume = rule.resume.anc_at_least if measure == "anc" else rule.resume.platelets_at_least
    reduce = rule.reduce
    reduced = lowest
    if reduce is not None:
        reduced = reduce.anc_at_most if measure == "anc" else reduce.platelets_at_most
    answers = (at_most(seen, lowest), at_most(seen, reduced), at_least(seen, resume))
    return None not in answers
