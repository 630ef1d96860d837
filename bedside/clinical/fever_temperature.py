"""Is there a fever by a written definition? From temperatures with their times and sites.

Elapsed time is real time, from UTC: "38.0 for 1 h" needs two readings an hour apart with none below
between them. A reading at a site for which the definition states no limit settles nothing.
Ruling: a fever that must last is there from the reading that proves it, and the reading with which
it began is named beside it.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from msgspec import Struct

from bedside.clinical.fever_rules import FeverDefinition, Site, TemperatureRule
from bedside.units.dates import write_date_time, write_time
from bedside.units.writer import write_number

SITE_WORDS: dict[Site, str] = {
    "axillary": "under the arm",
    "oral": "in the mouth",
    "tympanic": "in the ear",
    "rectal": "rectal",
}
RECTAL_NOTE = (
    "Rectal temperatures are not advised in neutropenia (Vitalité): take the next one elsewhere."
)


class TemperatureReading(Struct, frozen=True):
    """One temperature: when (aware, in the ward's zone), how much in °C, and where."""

    at: datetime
    celsius: Decimal
    site: Site


class FeverFinding(Struct, frozen=True):
    """Whether there is a fever by one definition.

    Args:
        fever: True, False, or None while it cannot be said.
        since: when the definition was first reached; None otherwise.
        words: why.
        again_at: when the next reading would settle it, where one is waited for.
    """

    fever: bool | None
    since: datetime | None
    words: str
    again_at: datetime | None = None


def write_reading(reading: TemperatureReading, mark: str = ".") -> str:
    """Write a reading with site, day and time."""
    degrees = write_number(reading.celsius, mark)
    return f"{degrees} °C {SITE_WORDS[reading.site]}, {write_date_time(reading.at)}"


def recent(
    readings: Sequence[TemperatureReading], now: datetime, hours: int
) -> tuple[TemperatureReading, ...]:
    """The readings of the last hours, not those of the future, in the order of their times."""
    oldest = _utc(now) - timedelta(hours=hours)
    kept = [one for one in readings if oldest <= _utc(one.at) <= _utc(now)]
    return tuple(sorted(kept, key=lambda one: _utc(one.at)))


def find_fever(
    definition: FeverDefinition,
    readings: Sequence[TemperatureReading],
    now: datetime,
    look_back_hours: int,
    *,
    mark: str = ".",
) -> FeverFinding:
    """Look for a fever by one definition among the readings of the last hours.

    Args:
        definition: the definition.
        readings: in any order; times aware.
        now: aware time; later readings do not count.
        look_back_hours: how far back a reading counts.
        mark: the station's decimal mark.
    """
    ordered = recent(readings, now, look_back_hours)
    if not ordered:
        return FeverFinding(
            None, None, f"no temperature of the last {look_back_hours} h is recorded"
        )
    found = [
        one
        for one in (
            _single(definition, ordered, mark),
            _lasting(definition, ordered, mark),
            _repeated(definition, ordered, mark),
        )
        if one is not None
    ]
    met = [one for one in found if one.fever]
    if met:
        return min(met, key=lambda one: _utc(one.since or now))
    if found:
        return found[0]
    return _nothing_found(definition, ordered, mark)


def _nothing_found(
    definition: FeverDefinition, ordered: Sequence[TemperatureReading], mark: str
) -> FeverFinding:
    last = ordered[-1]
    if all(
        definition.rule_for(kind, last.site) is None for kind in ("single", "lasting", "repeated")
    ):
        words = f"{write_reading(last, mark)}: {definition.title} states no limit for this site"
        return FeverFinding(None, None, f"{words}; take it again elsewhere")
    highest = max(ordered, key=lambda one: one.celsius)
    return FeverFinding(False, None, f"no fever recorded; highest {write_reading(highest, mark)}")


def _single(
    definition: FeverDefinition, ordered: Sequence[TemperatureReading], mark: str
) -> FeverFinding | None:
    for reading in ordered:
        rule = definition.rule_for("single", reading.site)
        if rule is not None and rule.reached_by(reading.celsius):
            words = f"{write_reading(reading, mark)} ({write_rule(rule, mark)})"
            return FeverFinding(True, reading.at, words)
    return None


def _lasting(
    definition: FeverDefinition, ordered: Sequence[TemperatureReading], mark: str
) -> FeverFinding | None:
    run: list[TemperatureReading] = []
    rule: TemperatureRule | None = None
    for reading in ordered:
        here = definition.rule_for("lasting", reading.site)
        if here is None:
            continue
        if not here.reached_by(reading.celsius):
            run = []
            continue
        run.append(reading)
        rule = here
        if _lasted(here, reading, run[0]):
            words = f"{write_reading(reading, mark)}, and since {write_time(run[0].at)} at every reading"
            return FeverFinding(True, reading.at, f"{words} ({write_rule(here, mark)})")
    if not run or rule is None:
        return None
    again = run[0].at + timedelta(minutes=_least_minutes(rule))
    words = (
        f"{write_reading(run[0], mark)}: a fever if it is still so at {write_time(again)} "
        f"({write_rule(rule, mark)}); take it again then"
    )
    return FeverFinding(None, None, words, again)


def _repeated(
    definition: FeverDefinition, ordered: Sequence[TemperatureReading], mark: str
) -> FeverFinding | None:
    high: list[TemperatureReading] = []
    rule: TemperatureRule | None = None
    for reading in ordered:
        here = definition.rule_for("repeated", reading.site)
        if here is None or not here.reached_by(reading.celsius):
            continue
        rule = here
        within = timedelta(hours=here.within_hours or 0)
        high = [one for one in high if _utc(reading.at) - _utc(one.at) <= within]
        high.append(reading)
        if len(high) >= here.readings:
            words = f"{write_reading(reading, mark)}, and at {write_time(high[0].at)}"
            return FeverFinding(True, reading.at, f"{words} ({write_rule(here, mark)})")
    if rule is None:
        return None
    words = f"{write_reading(high[-1], mark)}: a fever if it comes again ({write_rule(rule, mark)})"
    return FeverFinding(None, None, f"{words}; take it again")


def write_rule(rule: TemperatureRule, mark: str = ".") -> str:
    """Write a rule: "38 °C or more", "above 38.3 °C", "38 °C or more for 60 min"."""
    degrees = f"{write_number(rule.celsius, mark)} °C"
    words = f"{degrees} or more" if rule.edge == "at least" else f"above {degrees}"
    if rule.minutes is not None:
        longer = "more than " if rule.minutes_edge == "more than" else ""
        return f"{words} for {longer}{rule.minutes} min"
    if rule.readings > 1:
        return f"{words} {rule.readings} times within {rule.within_hours} h"
    return words


def _lasted(rule: TemperatureRule, last: TemperatureReading, first: TemperatureReading) -> bool:
    lasted = _utc(last.at) - _utc(first.at)
    needed = timedelta(minutes=rule.minutes or 0)
    return lasted > needed if rule.minutes_edge == "more than" else lasted >= needed


def _least_minutes(rule: TemperatureRule) -> int:
    minutes = rule.minutes or 0
    return minutes + 1 if rule.minutes_edge == "more than" else minutes


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
