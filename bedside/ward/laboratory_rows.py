"""Reads the rows of chemistry and drug levels of one infant, and says one of them in words."""

import re
from decimal import Decimal

from bedside.store.laboratory_records import LabResult
from bedside.store.queries import of_infant
from bedside.units.dates import write_date_time
from bedside.units.rounding import half_up
from bedside.units.writer import write_number
from bedside.ward.laboratory_catalogue import catalogue
from bedside.ward.ward import Ward

_LIMIT_FIGURES = 4  # of a converted limit: finer than any laboratory prints one


def rows_of(ward: Ward, infant_id: int, *, include_void: bool = False) -> tuple[LabResult, ...]:
    """The results of an infant in the order in which the specimens were taken."""
    with ward.store.reading() as connection:
        rows = of_infant(connection, LabResult, infant_id, include_void=include_void)
    return tuple(sorted(rows, key=lambda row: (row.taken_at, row.id)))


def entered_words(row: LabResult, mark: str) -> str:
    """A result as entered: "<0.1 mg/dL", "pending", "unusable: haemolysed"."""
    if row.value is None:
        return f"{row.state}: {row.state_reason}" if row.state_reason else row.state
    unit = catalogue().analyte(row.analyte).find(row.unit)
    return f"{row.comparator}{_as_typed(row.value, row.typed, mark)} {unit.shown}"


def _as_typed(value: Decimal, typed: str, mark: str) -> str:
    """The number with the noughts at its end that were typed: it is compared with the slip."""
    written = write_number(value, mark)
    places = re.match(r"[<>]?[\d\s]*[.,](\d+)", typed)
    if places is None:
        return written
    whole, _, shown = written.partition(mark)
    return whole + mark + shown.ljust(len(places[1]), "0")


def kept_words(row: LabResult, mark: str) -> str:
    """The value as kept, "" where it is as entered or where there is none."""
    if row.kept is None or row.unit == row.kept_unit:
        return ""
    return catalogue().analyte(row.analyte).write_kept(row.kept, mark, row.comparator)


def row_words(ward: Ward, row: LabResult) -> str:
    """One result in a sentence's middle: "potassium 4.1 mmol/L of 20-Nov-2026 06:10"."""
    title = catalogue().analyte(row.analyte).title
    taken = write_date_time(ward.local(row.taken_at))
    return f"{title} {entered_words(row, ward.decimal_mark)} of {taken}"


def converted_limit(limit: Decimal) -> Decimal:
    """A limit of normal that was worked out from another unit, to as many figures as one is shown in."""
    places = _LIMIT_FIGURES - 1 - limit.adjusted() if limit else 0
    return half_up(limit, max(places, 0))


def limits_words(low: Decimal | None, high: Decimal | None, unit: str, mark: str) -> str:
    """Limits of normal in words: "7 to 40 U/L", "up to 40 U/L", "" without any."""
    if low is None and high is None:
        return ""
    if low is None:
        return f"up to {write_number(high or Decimal(0), mark)} {unit}"
    if high is None:
        return f"from {write_number(low, mark)} {unit}"
    return f"{write_number(low, mark)} to {write_number(high, mark)} {unit}"
