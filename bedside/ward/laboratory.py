"""Every laboratory result of one infant in one shape: chemistry, drug levels and blood counts.

Blood counts are rows of their own table and are read from there; whoever grades, trends or exports
results asks here and need not know.
"""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from bedside.clinical.count_typed import from_kept
from bedside.clinical.laboratory import LabUnit
from bedside.clinical.laboratory_limits import AgeLimit
from bedside.store.laboratory_records import LabResult
from bedside.store.queries import of_infant, one, stood
from bedside.store.records import BloodCount, Infant
from bedside.units.rounding import half_up
from bedside.ward.count_bounds import COLUMNS
from bedside.ward.count_values import typed_value
from bedside.ward.forms import State
from bedside.ward.laboratory_catalogue import age_limits, catalogue
from bedside.ward.laboratory_counted import unit_of
from bedside.ward.ward import Ward

_STATES: tuple[State, ...] = ("done", "not done", "pending", "unusable")


class Result(Struct, frozen=True):
    """One result as reported. ``lln`` and ``uln`` are limits of normal in ``unit``; None: not known.

    ``source`` names its row ("blood_count:12", "lab_result:7"); ``key`` is one per row and analyte.
    ``value`` is in ``unit`` as entered, ``kept`` in ``kept_unit``; None in every state but "done".
    ``laboratory`` is the one named on the slip, "" where none is. ``limits_label`` says which age band the limits are of, with its source.
    """

    key: str
    analyte: str
    taken_at: datetime
    state: State
    value: Decimal | None
    unit: str
    comparator: str
    kept: Decimal | None
    kept_unit: str
    lln: Decimal | None
    uln: Decimal | None
    limits_from: Literal["laboratory", "age band", ""]
    source: str
    state_reason: str = ""
    limits_label: str = ""
    fasting: str = ""
    laboratory: str = ""


def results_of(
    ward: Ward, infant_id: int, *, on_record: datetime | None = None
) -> tuple[Result, ...]:
    """Every standing result of an infant, oldest first.

    Args:
        ward: the open ward.
        infant_id: the infant.
        on_record: the results that stood at this moment, whatever was struck out since; None: now.

    Raises:
        Refused: there is no such infant.
    """
    with ward.store.reading() as connection:
        infant = one(connection, Infant, infant_id)
        past = on_record is not None
        counts = of_infant(connection, BloodCount, infant_id, include_void=past)
        rows = of_infant(connection, LabResult, infant_id, include_void=past)
    if on_record is not None:
        counts = [row for row in counts if stood(row, on_record)]
        rows = [row for row in rows if stood(row, on_record)]
    found = [result for row in counts for result in _of_count(ward, infant, row)]
    found += [_of_row(ward, infant, row) for row in rows]
    return tuple(sorted(found, key=lambda result: (result.taken_at, result.key)))


def _of_row(ward: Ward, infant: Infant, row: LabResult) -> Result:
    low, high, limits_from, label = row.low, row.high, row.limits_from, ""
    kept_unit = row.kept_unit or catalogue().analyte(row.analyte).unit.name
    if not limits_from and row.unit == kept_unit:
        band = _band(infant, ward.local(row.taken_at).date(), row.analyte)
        if band is not None:
            low, high, limits_from, label = band.low, band.high, "age band", _label(band)
    return Result(
        key=f"lab_result:{row.id}:{row.analyte}",
        analyte=row.analyte,
        taken_at=row.taken_at,
        state=_state(row.state),
        value=row.value,
        unit=row.unit,
        comparator=row.comparator,
        kept=row.kept,
        kept_unit=kept_unit,
        lln=low,
        uln=high,
        limits_from=_limits_from(limits_from),
        source=f"lab_result:{row.id}",
        state_reason=row.state_reason,
        limits_label=label,
        fasting=row.fasting,
        laboratory=row.laboratory,
    )


def _of_count(ward: Ward, infant: Infant, row: BloodCount) -> Iterator[Result]:
    on = ward.local(row.taken_at).date()
    cells = (("white-cells", "wbc"), ("neutrophils", "anc"), ("platelets", "platelets"))
    for analyte, measure in cells:
        kept = _per_litre(getattr(row, COLUMNS[measure]))
        yield _counted(infant, row, on, analyte, measure, kept)
    if row.wbc_per_ul is not None and row.lymphocytes_percent is not None:
        per_ul = int(half_up(row.wbc_per_ul * row.lymphocytes_percent / 100, 0))
        yield _lymphocytes(infant, row, on, _per_litre(per_ul))
    tenths = row.haemoglobin_tenths_g_per_l
    grams = None if tenths is None else Decimal(tenths) / 10
    yield _counted(infant, row, on, "haemoglobin", "haemoglobin", grams)


def _counted(
    infant: Infant, row: BloodCount, on: date, analyte: str, measure: str, kept: Decimal | None
) -> Result:
    """One measure of a count, in the unit it was typed in; without one in the unit it is kept in."""
    kept_unit = catalogue().analyte(analyte).unit
    typed = typed_value(row, measure)
    unit = unit_of(measure, getattr(row, f"{measure}_unit"))
    low, high = getattr(row, f"{measure}_low"), getattr(row, f"{measure}_high")
    if typed is None and unit is not kept_unit:  # a worked-out ANC: its limits come along
        low, high = (None if limit is None else unit.kept(limit) for limit in (low, high))
        unit = kept_unit
    limits_from, label = ("" if low is None and high is None else "laboratory"), ""
    if not limits_from:
        low, high, limits_from, label = _by_age(infant, on, analyte, unit)
    return Result(
        key=f"blood_count:{row.id}:{analyte}",
        analyte=analyte,
        taken_at=row.taken_at,
        state=_state(getattr(row, f"{measure}_state")),
        value=kept if typed is None else typed,
        unit=unit.name,
        comparator=getattr(row, f"{measure}_comparator") or "",
        kept=kept,
        kept_unit=kept_unit.name,
        lln=low,
        uln=high,
        limits_from=_limits_from(limits_from),
        source=f"blood_count:{row.id}",
        state_reason=getattr(row, f"{measure}_reason") or "",
        limits_label=label,
        laboratory=row.laboratory or "",
    )


def _lymphocytes(infant: Infant, row: BloodCount, on: date, kept: Decimal | None) -> Result:
    """Worked out from white cells and differential; the sign of the white cells is theirs, too."""
    unit = catalogue().analyte("lymphocytes").unit
    low, high, limits_from, label = _by_age(infant, on, "lymphocytes", unit)
    return Result(
        key=f"blood_count:{row.id}:lymphocytes",
        analyte="lymphocytes",
        taken_at=row.taken_at,
        state="done",
        value=kept,
        unit=unit.name,
        comparator=(row.wbc_comparator or "") if kept else "",
        kept=kept,
        kept_unit=unit.name,
        lln=low,
        uln=high,
        limits_from=_limits_from(limits_from),
        source=f"blood_count:{row.id}",
        limits_label=label,
    )


def _by_age(
    infant: Infant, on: date, analyte: str, unit: LabUnit
) -> tuple[Decimal | None, Decimal | None, str, str]:
    """The fall-back by age in a unit, labelled; nothing where there is none."""
    band = _band(infant, on, analyte)
    if band is None:
        return None, None, "", ""
    return from_kept(band.low, unit), from_kept(band.high, unit), "age band", _label(band)


def _band(infant: Infant, on: date, analyte: str) -> AgeLimit | None:
    return None if on < infant.born else age_limits().at(analyte, infant.born, on)


def _label(band: AgeLimit) -> str:
    return f"{band.age}, fall-back by age: {band.source}"


def _per_litre(per_ul: int | None) -> Decimal | None:
    return None if per_ul is None else Decimal(per_ul) / 1000


def _state(text: str) -> State:
    return next(state for state in _STATES if state == text)


def _limits_from(text: str) -> Literal["laboratory", "age band", ""]:
    if text == "laboratory":
        return "laboratory"
    return "age band" if text == "age band" else ""
