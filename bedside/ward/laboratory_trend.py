"""One analyte over time, for the trend: kept values with their marks, limits and words."""

from datetime import datetime
from decimal import Decimal

from msgspec import Struct

from bedside.clinical.laboratory import Analyte, LabUnit
from bedside.ward.laboratory import Result, results_of
from bedside.ward.laboratory_catalogue import catalogue
from bedside.ward.laboratory_page import COUNT_GROUP
from bedside.ward.laboratory_rows import converted_limit, limits_words
from bedside.ward.ward import Ward

_DRAWN_ALREADY = ("neutrophils", "platelets")  # they have axes of their own


class LabPoint(Struct, frozen=True):
    """One result in the kept unit. ``mark`` is "" for a value, "<" or ">", or "pending" and so on."""

    taken_at: datetime
    value: Decimal | None
    mark: str
    words: str  # "0.34 mg/dL", "unusable: haemolysed"


class LabSeries(Struct, frozen=True):
    """Every result of one analyte, oldest first; ``low`` and ``high`` are the newest limits known."""

    key: str
    title: str
    unit: str
    points: tuple[LabPoint, ...]
    low: Decimal | None
    high: Decimal | None
    limits_from: str
    limits: str = ""  # in words: "normal up to 56 U/L", "normal 216 to 658 ×10⁹/L, by age"


def series_of(ward: Ward, infant_id: int) -> tuple[LabSeries, ...]:
    """Every analyte of an infant that has a result, in the order of a report."""
    found: dict[str, list[Result]] = {}
    for result in results_of(ward, infant_id):
        if result.state == "not done":
            continue  # nothing was measured: there is nothing to draw
        found.setdefault(result.analyte, []).append(result)
    return tuple(
        _series(ward, analyte, found[key])
        for key, analyte in catalogue().analytes.items()
        if key in found and key not in _DRAWN_ALREADY
    )


def _series(ward: Ward, analyte: Analyte, results: list[Result]) -> LabSeries:
    limited = [result for result in results if result.limits_from]
    low, high, limits_from = None, None, ""
    if limited:
        last = limited[-1]
        unit = analyte.find(last.unit or last.kept_unit)
        low, high = (_limit(limit, unit, last) for limit in (last.lln, last.uln))
        limits_from = last.limits_from
    return LabSeries(
        key=analyte.key,
        title=analyte.short,
        unit=analyte.unit.shown,
        points=tuple(_point(ward, analyte, result) for result in results),
        low=low,
        high=high,
        limits_from=limits_from,
        limits=_limits_words(ward, analyte, low, high, limits_from),
    )


def _limit(limit: Decimal | None, unit: LabUnit, last: Result) -> Decimal | None:
    """A limit in the kept unit; one that was converted on the way here and back is 56 again, not 55.998."""
    if limit is None or unit.name == last.kept_unit:
        return limit
    return converted_limit(unit.kept(limit))


def _limits_words(
    ward: Ward, analyte: Analyte, low: Decimal | None, high: Decimal | None, limits_from: str
) -> str:
    words = limits_words(low, high, analyte.unit.shown, ward.decimal_mark)
    by_age = ", by age" if limits_from == "age band" else ""
    return f"normal {words}{by_age}" if words else ""


def _point(ward: Ward, analyte: Analyte, result: Result) -> LabPoint:
    if result.kept is None:
        reason = f": {result.state_reason}" if result.state_reason else ""
        return LabPoint(ward.local(result.taken_at), None, result.state, result.state + reason)
    words = analyte.write_kept(result.kept, ward.decimal_mark, result.comparator)
    return LabPoint(ward.local(result.taken_at), result.kept, result.comparator, words)


def still_pending(series: tuple[LabSeries, ...]) -> int:
    """How many results of chemistry and levels the laboratory still owes."""
    return sum(
        point.mark == "pending"
        for one in series
        if catalogue().analyte(one.key).group != COUNT_GROUP
        for point in one.points
    )
