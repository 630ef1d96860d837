"""How days and doses are worded on paper, and the wordings that no paper of ours may carry.

Dates get hyphens, and amounts blanks, that never break, so that no line can end inside one. A dose is refused when it
would print with a zero or a unit that has killed before (after the ISMP and Joint Commission
lists), and so is a dash between two days (hazard H18: "days 4-11" has been read as 4 and 11).

What a person typed stands inside sentences of ours, and is printed letter for letter (P15) but for
three things that are decided here, because they have been misread on paper whoever wrote them: "per µL"
and "µmol/L" after a figure are spelled out, and on what is given from (sheets, the downtime's) figures
with a dash between days are named and left to the screen. The record keeps what was typed. Marking the
typed part of every sentence up to the paper was rejected: one sentence whose mark was lost would print
the µ again, and nobody would see it.
"""

import re
from datetime import date, datetime

from bedside.units.dates import write_date, write_date_time, write_time, write_weekday_date
from bedside.units.refusal import Refused

NO_BREAK_HYPHEN = "\u2011"
NO_BREAK_SPACE = "\u00a0"
_AMOUNT = re.compile(
    r"(?<=[0-9]) (?=(?:mg|g|kg|mL|L|cm|mm|m²|units?|micrograms?|minutes?|hours?|days?|months?|%|°C)\b)"
)
_DATE = re.compile(r"\b([0-9]{2})-([A-Z][a-z]{2})(?:-([0-9]{4}))?\b")
_NOT = re.compile(r"(?<=\bnot) (?=(?:met|given)\b)", re.IGNORECASE)
_PER_MICROLITRE = re.compile(r"(?<=[0-9a-z] )per µL\b")
_PER_LITRE = re.compile(r"(?<=[0-9] g) per (?=litre\b)")
_MICROMOLES = re.compile(r"(?<=[0-9] µmol)/L\b")
_TRAILING_ZERO = re.compile(r"[0-9][.,][0-9]*0(?![0-9])")
_BELOW_NOUGHT = re.compile(r"(?<= )-(?=[0-9])")
_NAKED_POINT = re.compile(r"(?<![0-9])[.,][0-9]")
_SHORT_UNIT = re.compile(r"[0-9\s](?:U|IU|iu|ug|µg|μg|mcg|cc)(?![A-Za-z])")
_RATE = re.compile(
    r"\b(?:mL|mg|g|micrograms?|units?)\s*(?:/|per)\s*(?:h|hr|hour|min|minute)s?\b", re.IGNORECASE
)
_DAY_RANGE = re.compile(r"\b[Dd]ays?\b[^.;]{0,20}?[0-9]\s*[-\u2010-\u2015\u2212]\s*[0-9]")
_RANGE_OF_DAYS = re.compile(r"[0-9]\s*[-\u2010-\u2015\u2212]\s*[0-9]+\s*days?\b", re.IGNORECASE)
_WHOLE_RANGES = (
    re.compile(f"{_DAY_RANGE.pattern}[0-9]*"),
    re.compile(f"[0-9]*{_RANGE_OF_DAYS.pattern}", re.IGNORECASE),
)
_FIGURES = re.compile(r"[0-9]+\s*[-\u2010-\u2015\u2212]\s*[0-9]+")
DASHED = "(figures with a dash: see the screen)"


def dated(text: str) -> str:
    """Return a sentence of ours in which no date and no amount with its unit can be parted.

    Nor can "not met" and "not given": a line that begins with "met" says the opposite. Counts are per microlitre.

    Ruling on what people typed within it (P15: printed as entered; H20: units in words): two units are
    spelt out on paper whoever wrote them, "per µL" and "µmol/L" behind a figure, for a µ in small
    print is read as an m. No other letter or figure changes.
    """
    text = _PER_MICROLITRE.sub("per microlitre", text)  # a µ has been read as an m
    text = _MICROMOLES.sub(" per litre", text)
    text = _PER_LITRE.sub(f"{NO_BREAK_SPACE}per{NO_BREAK_SPACE}", text)
    kept = _DATE.sub(lambda found: NO_BREAK_HYPHEN.join(filter(None, found.groups())), text)
    return _NOT.sub(NO_BREAK_SPACE, _AMOUNT.sub(NO_BREAK_SPACE, kept))


def with_minus(text: str) -> str:
    """Return a sentence of ours whose figures below nought have a minus: a hyphen is overlooked."""
    return _BELOW_NOUGHT.sub("−", text)


def paper_date(day: date) -> str:
    """Write a day for paper: "14‑Oct‑2026"."""
    return write_date(day).replace("-", NO_BREAK_HYPHEN)


def weekday_date(day: date) -> str:
    """Write a day with its weekday: "Wed 14‑Oct‑2026"."""
    return write_weekday_date(day).replace("-", NO_BREAK_HYPHEN)


def short_date(day: date) -> str:
    """Write a day where the year stands elsewhere on the page: "14‑Oct"."""
    return paper_date(day)[:6]


def short_weekday_date(day: date) -> str:
    """Write a weekday and day where the year stands elsewhere on the page: "Wed 14‑Oct"."""
    return weekday_date(day)[:10]


def short_moment(moment: datetime) -> str:
    """Write a day and time where the year stands elsewhere: "13‑Oct 06:40"."""
    return f"{short_date(moment.date())} {write_time(moment)}"


def paper_moment(moment: datetime) -> str:
    """Write a day and time in full: "13‑Oct‑2026 06:40"."""
    return write_date_time(moment).replace("-", NO_BREAK_HYPHEN)


def paper_weekday_moment(moment: datetime) -> str:
    """Write a weekday, day and time: "Sun 18‑Oct‑2026 23:59"."""
    return f"{weekday_date(moment.date())} {write_time(moment)}"


def dose(text: str, field: str) -> str:
    """Return the words of a dose, once they are safe to read.

    Raises:
        Refused: a trailing zero, a point with no figure before it, a short unit, a rate (hazard
            H20: per hour and per day are mixed up), a dash of days.
    """
    for fault, right in (
        (_TRAILING_ZERO, "a dose has no zero at its end: 15 mg, never 15.0 mg"),
        (_NAKED_POINT, "a dose has a figure before its point: 0.5 mg, never .5 mg"),
        (_SHORT_UNIT, "units and micrograms are written in full, and mL for cc"),
        (_RATE, "no rate stands on a sheet: the pump is set by the volume and the minutes"),
    ):
        if fault.search(text):
            raise Refused(f'Not printed: the {field} says "{text}"; {right}.')
    return no_day_range(text, field)


def no_day_range(text: str, field: str) -> str:
    """Return a sentence of ours with its dates unbreakable, once it has no dash between days.

    Raises:
        Refused: a dash between two days.
    """
    if _DAY_RANGE.search(text) or _RANGE_OF_DAYS.search(text):
        raise Refused(
            f'Not printed: the {field} says "{text}"; a dash between days can be read as two '
            "days alone: each day is written by itself."
        )
    return dated(text)


def typed_days(text: str) -> str:
    """Return a sentence that may hold what somebody typed, its dashes between days replaced by words.

    A reason such as "fever on days 1-5" never costs an infant a paper that must come out.
    """
    for whole in _WHOLE_RANGES:
        while found := whole.search(text):
            said = _FIGURES.sub(DASHED, found.group())
            text = f"{text[: found.start()]}{said}{text[found.end() :]}"
    return dated(text)
