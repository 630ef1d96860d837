"""What the page of chemistry and levels shows: fields to type into, and every result so far."""

from collections.abc import Sequence
from decimal import Decimal

from bedside.clinical.count_typed import from_kept
from bedside.clinical.laboratory import Analyte, LabUnit
from bedside.store.laboratory_records import LabResult
from bedside.store.queries import one
from bedside.store.records import Infant
from bedside.units.dates import write_date, write_date_time
from bedside.units.writer import write_number
from bedside.ward.laboratory_catalogue import catalogue
from bedside.ward.laboratory_reading import flag_of
from bedside.ward.laboratory_rows import (
    converted_limit,
    entered_words,
    kept_words,
    limits_words,
    rows_of,
)
from bedside.ward.views.laboratory import LabField, LabRow, LabView
from bedside.ward.ward import Ward

COUNT_GROUP = "blood count"  # entered in the form of the full blood count


def laboratory_page(ward: Ward, infant_id: int) -> LabView:
    """Fields and results of one infant; struck-out results are listed too.

    Raises:
        Refused: there is no such infant.
    """
    with ward.store.reading() as connection:
        infant = one(connection, Infant, infant_id)
    every = rows_of(ward, infant_id, include_void=True)
    standing = [row for row in every if row.voided_at is None]
    laboratories = dict.fromkeys(row.laboratory for row in reversed(standing) if row.laboratory)
    return LabView(
        infant=f"{infant.family}, {infant.given}",
        about=f"born {write_date(infant.born)}, hospital number {infant.hospital_number}",
        groups=tuple(
            (title, tuple(_field(ward, standing, analyte) for analyte in _analytes(group)))
            for group, title in catalogue().groups.items()
            if group != COUNT_GROUP
        ),
        rows=tuple(lab_row(ward, row) for row in _newest_first(every)),
        laboratories=tuple(laboratories),
        now=ward.now(),
    )


def _newest_first(rows: Sequence[LabResult]) -> list[LabResult]:
    """The newest report first, each in its order; a corrected result beside its struck-out one."""
    by_id = {row.id: row for row in rows}

    def first(row: LabResult) -> LabResult:
        while row.replaces_id is not None and row.replaces_id in by_id:
            row = by_id[row.replaces_id]
        return row

    in_order = sorted(rows, key=lambda row: (first(row).id, row.id))
    return sorted(in_order, key=lambda row: first(row).taken_at, reverse=True)


def lab_row(ward: Ward, row: LabResult) -> LabRow:
    """One result for the table."""
    mark = ward.decimal_mark
    unit = row.unit and catalogue().analyte(row.analyte).find(row.unit).shown
    voided = ""
    if row.voided_at is not None:
        when = write_date_time(ward.local(row.voided_at))
        voided = f"{row.void_reason} ({row.voided_by}, {when})"
    return LabRow(
        result_id=row.id,
        analyte=row.analyte,
        title=catalogue().analyte(row.analyte).title,
        taken_at=ward.local(row.taken_at),
        entered=entered_words(row, mark),
        kept=kept_words(row, mark),
        limits=limits_words(row.low, row.high, unit, mark),
        flag=flag_of(row.value, row.comparator, row.low, row.high),
        specimen=", ".join(part for part in (row.specimen, row.laboratory) if part),
        state=row.state,
        recorded=f"{write_date_time(ward.local(row.recorded_at))}, {row.recorded_by}",
        voided=voided,
        source=f"lab_result:{row.id}",
    )


def lab_field(ward: Ward, infant_id: int, result_id: int) -> LabField:
    """The field in which a recorded result is corrected or completed, with its unit and limits."""
    rows = rows_of(ward, infant_id)
    row = next(row for row in rows if row.id == result_id)
    analyte = catalogue().analyte(row.analyte)
    if row.value is not None:
        return _field(ward, (row,), analyte)
    return _field(ward, rows, analyte)


def _analytes(group: str) -> list[Analyte]:
    return [analyte for analyte in catalogue().analytes.values() if analyte.group == group]


def _field(ward: Ward, rows: Sequence[LabResult], analyte: Analyte) -> LabField:
    """Unit and limits are remembered from the last value; what was typed as a value never is."""
    mark = ward.decimal_mark
    last = next(
        (row for row in reversed(rows) if row.analyte == analyte.key and row.value is not None),
        None,
    )
    return LabField(
        key=analyte.key,
        title=analyte.title,
        units=tuple((unit.name, unit.shown) for unit in analyte.units),
        unit=analyte.unit.name if last is None else last.unit,
        low="" if last is None or last.low is None else write_number(last.low, mark),
        high="" if last is None or last.high is None else write_number(last.high, mark),
        last=_last_words(ward, last),
        asks_fasting=analyte.fasting,
        laboratory="" if last is None else last.laboratory,
        limits={} if last is None else _limits_by_unit(analyte, last, mark),
    )


def _limits_by_unit(analyte: Analyte, last: LabResult, mark: str) -> dict[str, tuple[str, str]]:
    """A result's limits of normal in every unit of its analyte: a typed unit never loses them."""

    def words(limit: Decimal | None, unit: LabUnit) -> str:
        if limit is None:
            return ""
        if unit.name == last.unit:
            return write_number(limit, mark)
        value = from_kept(analyte.find(last.unit).kept(limit), unit)
        return write_number(converted_limit(value), mark)

    return {unit.name: (words(last.low, unit), words(last.high, unit)) for unit in analyte.units}


def _last_words(ward: Ward, row: LabResult | None) -> str:
    if row is None:
        return ""
    on = write_date(ward.local(row.taken_at).date())
    return f"{entered_words(row, ward.decimal_mark)}, {on[:6]}"
