"""Febrile neutropenia by the site's definition and, kept apart, by CTCAE's; and when to act without either.

Nothing here ever says that there is no sepsis: below a definition it is said what was looked at, what
is not known, and that this does not exclude sepsis. Unknown never counts as no.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from msgspec import Struct

from bedside.clinical.fever_rules import FeverBook, FeverDefinition
from bedside.clinical.fever_temperature import (
    RECTAL_NOTE,
    FeverFinding,
    TemperatureReading,
    find_fever,
    recent,
    write_reading,
)
from bedside.units.bounds import ASK_FOR_NUMBER, Bound, below, write_seen
from bedside.units.dates import write_date_time
from bedside.units.writer import write_number

NOT_EXCLUDED = "This does not exclude sepsis."
STEROIDS_GIVEN = "Steroids are given: they can mask a fever. Act on signs, too."
STEROIDS_UNKNOWN = "Whether steroids are given is not known: they can mask a fever."
Verdict = Literal["met", "not met", "unknown"]


class Neutrophils(Struct, frozen=True):
    """What is known of the neutrophils.

    Args:
        per_ul: the count or its bound ("<100"); None when there is none that still holds.
        at: when it was taken, aware.
        expected_low: whether they are expected to fall below the limit soon; None not answered.
        why_unknown: what stands in the way of a count, e.g. "the last count is 60 h old".
        expected_words: who answered whether they are expected to fall, and when, or why not.
    """

    per_ul: int | Bound[int] | None
    at: datetime | None = None
    expected_low: bool | None = None
    why_unknown: str = ""
    expected_words: str = ""


class DefinitionFinding(Struct, frozen=True):
    """Febrile neutropenia by one definition, with its reasons."""

    key: str
    title: str
    verdict: Verdict
    fever: FeverFinding
    neutropenia: bool | None
    neutropenia_words: str
    words: str


class FeverState(Struct, frozen=True):
    """What the temperatures and neutrophils mean by the site's definition and by CTCAE's.

    Args:
        site: by the site's definition.
        ctcae: by CTCAE's, for reporting.
        starts_clock: the temperature asks for antibiotics and the neutrophils do not speak against.
        since: when that began; None where it did not.
        act: why to act, though the definition is not met (a low temperature, signs).
        notes: what to bear in mind.
    """

    site: DefinitionFinding
    ctcae: DefinitionFinding
    starts_clock: bool
    since: datetime | None
    act: tuple[str, ...]
    notes: tuple[str, ...]


def judge_fever(
    book: FeverBook,
    key: str,
    readings: Sequence[TemperatureReading],
    neutrophils: Neutrophils,
    now: datetime,
    *,
    signs: tuple[str, ...] = (),
    steroids: bool | None = None,
    mark: str = ".",
) -> FeverState:
    """Judge fever and neutropenia.

    Args:
        book: the definitions.
        key: the site's definition; "" is the book's default.
        readings: temperatures, times aware.
        neutrophils: the count that holds now.
        now: aware time.
        signs: signs of illness found by a person or in the vital signs, in words.
        steroids: whether steroids are given; None not known.
        mark: the station's decimal mark.

    Raises:
        Refused: there is no such definition.
    """
    definition = book.find(key)
    hours = book.look_back_hours
    site = _judge_one(definition, readings, neutrophils, now, hours, mark)
    ctcae = _judge_one(book.find(book.ctcae), readings, neutrophils, now, hours, mark)
    ordered = recent(readings, now, hours)
    low = _low(definition, ordered)
    since = _earlier(site.fever.since, None if low is None else low.at)
    return FeverState(
        site=site,
        ctcae=ctcae,
        starts_clock=since is not None and site.neutropenia is not False,
        since=since,
        act=(*_low_words(definition, low, mark), *_sign_words(definition, site, signs)),
        notes=(*_steroid_words(steroids), *_rectal_words(ordered)),
    )


def _judge_one(
    definition: FeverDefinition,
    readings: Sequence[TemperatureReading],
    neutrophils: Neutrophils,
    now: datetime,
    hours: int,
    mark: str,
) -> DefinitionFinding:
    fever = find_fever(definition, readings, now, hours, mark=mark)
    low, low_words = _neutropenia(definition, neutrophils)
    verdict = _both(fever.fever, low)
    said = {
        "met": f"Febrile neutropenia by {definition.title}",
        "not met": f"Not febrile neutropenia by {definition.title}. {NOT_EXCLUDED}",
        "unknown": f"Febrile neutropenia by {definition.title}: not known yet. {NOT_EXCLUDED}",
    }[verdict]
    return DefinitionFinding(definition.key, definition.title, verdict, fever, low, low_words, said)


def _both(fever: bool | None, low: bool | None) -> Verdict:
    if fever is False or low is False:
        return "not met"
    return "met" if fever and low else "unknown"


def _neutropenia(definition: FeverDefinition, neutrophils: Neutrophils) -> tuple[bool | None, str]:
    limit = write_number(definition.neutrophils_below_per_ul)
    fall = _fall(definition, neutrophils)
    if neutrophils.per_ul is None:
        why = neutrophils.why_unknown or "no count is recorded"
        words = f"neutrophils not known: {why} (limit: below {limit} per µL)"
        if not definition.expected or neutrophils.expected_low is False:
            return None, words
        return True if neutrophils.expected_low else None, f"{words}; {fall}"
    on = "" if neutrophils.at is None else f", {write_date_time(neutrophils.at)}"
    count = f"neutrophils {write_seen(neutrophils.per_ul)}{on}"
    low = below(neutrophils.per_ul, definition.neutrophils_below_per_ul)
    if low:
        return True, f"{count}: below {limit}"
    if low is None:
        words = f"{count}: below {limit} or not is not known, {ASK_FOR_NUMBER}"
        if not definition.expected or neutrophils.expected_low is False:
            return None, words
        return True if neutrophils.expected_low else None, f"{words}; {fall}"
    if not definition.expected:
        return False, f"{count}: not below {limit}"
    return neutrophils.expected_low, f"{count}: not below {limit}; {fall}"


def _fall(definition: FeverDefinition, neutrophils: Neutrophils) -> str:
    """What was answered on a fall below the limit, and by whom."""
    limit, within = (
        write_number(definition.neutrophils_below_per_ul),
        definition.expected_within_hours,
    )
    soon = "soon" if within is None else f"within {within} h"
    by = f" ({neutrophils.expected_words})" if neutrophils.expected_words else ""
    if neutrophils.expected_low is None:
        answer = "not known" if by else "not answered"
        return f"whether a fall below {limit} {soon} is expected is {answer}{by}"
    answer = "is expected" if neutrophils.expected_low else "is not expected"
    return f"a fall below {limit} {soon} {answer}{by}"


def _low(
    definition: FeverDefinition, ordered: Sequence[TemperatureReading]
) -> TemperatureReading | None:
    limit = definition.low_below_celsius
    if limit is None:
        return None
    for reading in ordered:
        if reading.celsius < limit:
            return reading
    return None


def _low_words(
    definition: FeverDefinition, low: TemperatureReading | None, mark: str
) -> tuple[str, ...]:
    if low is None or definition.low_below_celsius is None:
        return ()
    limit = write_number(definition.low_below_celsius, mark)
    return (
        f"{write_reading(low, mark)} is below {limit} °C: act as on a fever ({definition.title}).",
    )


def _sign_words(
    definition: FeverDefinition, site: DefinitionFinding, signs: tuple[str, ...]
) -> tuple[str, ...]:
    if not signs or site.verdict == "met":
        return ()
    listed = "; ".join(signs)
    if definition.signs_alone:
        return (
            f"Signs: {listed}. Act on signs of sepsis at any temperature ({definition.title}).",
        )
    return (f"Signs: {listed}. {definition.title} says nothing of signs alone: a person decides.",)


def _steroid_words(steroids: bool | None) -> tuple[str, ...]:
    if steroids is None:
        return (STEROIDS_UNKNOWN,)
    return (STEROIDS_GIVEN,) if steroids else ()


def _rectal_words(ordered: Sequence[TemperatureReading]) -> tuple[str, ...]:
    return (RECTAL_NOTE,) if any(one.site == "rectal" for one in ordered) else ()


def _earlier(first: datetime | None, second: datetime | None) -> datetime | None:
    both = [moment for moment in (first, second) if moment is not None]
    return min(both) if both else None
