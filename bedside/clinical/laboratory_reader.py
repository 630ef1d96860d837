"""Reads the laboratory's own lists: analytes and limits by age, refusing a file that is not whole."""

import tomllib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from bedside.clinical.laboratory import Analyte, Catalogue, LabUnit, SwapBand
from bedside.clinical.laboratory_limits import AgeLimit, AgeLimits
from bedside.units.reader import read_number


def read_catalogue(text: str) -> Catalogue:
    """Read `analytes.toml`.

    Raises:
        ValueError: an entry is there twice, has no unit, or bounds that cross (a broken file).
    """
    tables = tomllib.loads(text)
    groups: Mapping[str, str] = tables["groups"]
    swaps = tuple(_swap(row) for row in tables["swap"])
    found: dict[str, Analyte] = {}
    for row in tables["analyte"]:
        analyte = _analyte(row, swaps)
        if analyte.key in found or analyte.group not in groups:
            raise ValueError(f"{analyte.key}: listed twice, or its group has no title")
        found[analyte.key] = analyte
    return Catalogue(str(tables["version"]), str(tables["bounds"]), groups, found)


def read_age_limits(text: str, catalogue: Catalogue) -> AgeLimits:
    """Read `age_limits.toml`; limits are returned in each analyte's kept unit."""
    tables = tomllib.loads(text)
    sources: Mapping[str, str] = tables["sources"]
    return AgeLimits(
        str(tables["version"]),
        tuple(_limit(row, catalogue, sources) for row in tables["limits"]),
    )


def _analyte(row: Mapping[str, Any], swaps: tuple[SwapBand, ...]) -> Analyte:
    units = tuple(_unit(unit) for unit in row["units"])
    possible, usual = _bounds(row["possible"]), _bounds(row["usual"])
    if not possible[0] <= usual[0] < usual[1] <= possible[1]:
        raise ValueError(f"{row['key']}: the usual bounds must lie within the possible ones")
    if not units or units[0].factor != 1:
        raise ValueError(f"{row['key']}: the first unit is the one values are kept in")
    return Analyte(
        key=row["key"],
        title=row["title"],
        short=row["short"],
        group=row["group"],
        loinc=row["loinc"],
        places=row["places"],
        units=units,
        possible=possible,
        usual=usual,
        rise=row["rise"],
        fall=row["fall"],
        swaps=swaps,
        least=read_number(row.get("least", "0")),
        anytime=row.get("anytime", True),
        reason=row.get("reason", ""),
        specimen=row.get("specimen", ""),
        fasting=row.get("fasting", False),
        note=row.get("note", ""),
    )


def _swap(row: Mapping[str, Any]) -> SwapBand:
    least, most = _bounds(row["factor"])
    agrees = _bounds(row["agrees"])
    if not (least <= most and agrees[0] < 1 < agrees[1]):
        raise ValueError(f"swap from {least}: bounds that cross, or do not hold the last value")
    return SwapBand(least, most, agrees, row["asks"], row["reason"])


def _unit(row: Mapping[str, Any]) -> LabUnit:
    return LabUnit(
        name=row["name"],
        shown=row.get("shown", row["name"]),
        also=tuple(row.get("also", ())),
        times=read_number(row.get("times", "1")),
        over=read_number(row.get("over", "1")),
        source=row.get("source", ""),
    )


def _bounds(pair: Sequence[str]) -> tuple[Decimal, Decimal]:
    least, most = pair
    return read_number(least), read_number(most)


def _limit(row: Mapping[str, Any], catalogue: Catalogue, sources: Mapping[str, str]) -> AgeLimit:
    unit = catalogue.analyte(row["analyte"]).find(row["unit"])
    return AgeLimit(
        analyte=row["analyte"],
        from_months=row["from"],
        until_months=row["until"],
        low=unit.kept(read_number(row["low"])),
        high=unit.kept(read_number(row["high"])),
        age=row["age"],
        source=sources[row["source"]],
    )
