"""How an infant's weight and length stand among healthy children, as WHO z-scores, 0 to 730 days.

The tables are the WHO Child Growth Standards (2006), L, M and S per day of age or per millimetre
of length, in `resources/growth/`. Method, as WHO's own programs work it:

- z = ((y / M)^L − 1) / (L·S), with y in kg or cm;
- weights beyond −3 or +3 go on in straight steps, each as long as from 2 to 3 SD;
- lengths do not; length is taken as measured lying, and age is in whole days since birth.

Range: days 0 to 730; weight for length from 45 to 110 cm. WHO's programs draw a line between two
steps of the length table; here a length is kept in whole millimetres, so it always meets a step.
A z-score is for comparing, never for dosing, and takes no account of prematurity.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from bedside.units.quantities import BodyLength, BodyWeight
from bedside.units.refusal import Refused
from bedside.units.rounding import half_up
from bedside.units.writer import write_length, write_number

LAST_DAY = 730
_FILES = {
    "weight for age": "weight-for-age.csv",
    "length for age": "length-for-age.csv",
    "weight for length": "weight-for-length.csv",
}


class Lms(NamedTuple):
    """One row of a table: L (power), M (median, kg or cm), S (coefficient of variation)."""

    power: Decimal
    median: Decimal
    spread: Decimal


_Rows = Mapping[tuple[str, int], Lms]


@dataclass(frozen=True)
class GrowthTables:
    """WHO's three tables; each file is read when it is first asked."""

    folder: Path
    _read: dict[str, _Rows] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def read(cls, folder: Path) -> "GrowthTables":
        """Open the tables in ``resources/growth``.

        Raises:
            FileNotFoundError: a file is missing; the installation is incomplete.
        """
        for name in _FILES.values():
            if not (folder / name).is_file():
                raise FileNotFoundError(f"the growth table {folder / name} is missing")
        return cls(folder)

    def row(self, indicator: str, sex: str, at: int) -> Lms | None:
        """Return a row, or None outside the table.

        Args:
            indicator: "weight for age", "length for age" or "weight for length".
            sex: "f" or "m".
            at: days of age, or length in millimetres.
        """
        if indicator not in self._read:
            self._read[indicator] = _read_table(self.folder / _FILES[indicator])
        return self._read[indicator].get((sex, at))


def _read_table(path: Path) -> _Rows:
    rows: dict[tuple[str, int], Lms] = {}
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, start=1):
        if line.startswith(("#", "sex,")):
            continue
        try:
            sex, at, power, median, spread = line.split(",")
            rows[(sex, int(at))] = Lms(Decimal(power), Decimal(median), Decimal(spread))
        except (ValueError, ArithmeticError) as error:
            raise ValueError(f"{path.name}, line {number} is no row of a growth table") from error
    return rows


@dataclass(frozen=True, slots=True)
class ZScores:
    """WHO z-scores to 2 decimals, half up; None where the measurement was not given."""

    weight_for_age: Decimal | None
    length_for_age: Decimal | None
    weight_for_length: Decimal | None


def z_scores(
    tables: GrowthTables,
    sex: str,
    age_days: int,
    weight: BodyWeight | None,
    length: BodyLength | None,
) -> ZScores:
    """Work out the z-scores of what was measured.

    Args:
        tables: WHO's tables.
        sex: "f" or "m".
        age_days: whole days since birth, 0 to 730.
        weight: the weight, or None.
        length: the lying length, or None.

    Raises:
        Refused: the age or the length lies outside WHO's tables.
        ValueError: another sex than "f" or "m" (a programming error).
    """
    _check_age(age_days)
    for_length = None
    if weight is not None and length is not None:
        for_length = weight_for_length_z(tables, sex, weight, length)
    return ZScores(
        None if weight is None else weight_for_age_z(tables, sex, age_days, weight),
        None if length is None else length_for_age_z(tables, sex, age_days, length),
        for_length,
    )


def weight_for_age_z(tables: GrowthTables, sex: str, age_days: int, weight: BodyWeight) -> Decimal:
    """Return the weight-for-age z-score to 2 decimals; Refused outside days 0 to 730."""
    return half_up(_weight_z(weight.kg, _row_of_age(tables, "weight for age", sex, age_days)), 2)


def length_for_age_z(tables: GrowthTables, sex: str, age_days: int, length: BodyLength) -> Decimal:
    """Return the length-for-age z-score to 2 decimals; Refused outside days 0 to 730."""
    return half_up(_plain_z(length.cm, _row_of_age(tables, "length for age", sex, age_days)), 2)


def weight_for_length_z(
    tables: GrowthTables, sex: str, weight: BodyWeight, length: BodyLength
) -> Decimal:
    """Return the weight-for-length z-score to 2 decimals; Refused outside 45 to 110 cm."""
    row = tables.row("weight for length", sex, length.mm)
    if row is None:
        raise Refused(
            "WHO's weight-for-length table goes from 45 to 110 cm: "
            f"there is no score for {write_length(length)}; leave the length or the weight out."
        )
    return half_up(_weight_z(weight.kg, row), 2)


def weight_on_same_line(
    tables: GrowthTables, sex: str, weight: BodyWeight, from_day: int, to_day: int
) -> BodyWeight:
    """Return what an infant would weigh later, growing on along her own z-score line.

    Args:
        tables: WHO's tables.
        sex: "f" or "m".
        weight: the weight on ``from_day`` of life.
        from_day: days of age, 0 to 730.
        to_day: days of age, 0 to 730.

    Raises:
        Refused: a day outside WHO's table.
    """
    z = _weight_z(weight.kg, _row_of_age(tables, "weight for age", sex, from_day))
    kg = _weight_at(z, _row_of_age(tables, "weight for age", sex, to_day))
    return BodyWeight(int(half_up(1000 * kg, 0)))


def length_on_same_line(
    tables: GrowthTables, sex: str, length: BodyLength, from_day: int, to_day: int
) -> BodyLength:
    """Return how long an infant would be later, growing on along her own z-score line."""
    z = _plain_z(length.cm, _row_of_age(tables, "length for age", sex, from_day))
    cm = _plain_at(z, _row_of_age(tables, "length for age", sex, to_day))
    return BodyLength(int(half_up(10 * cm, 0)))


def _check_age(age_days: int) -> None:
    if not 0 <= age_days <= LAST_DAY:
        raise Refused(
            f"WHO's tables here go from day 0 to day {LAST_DAY} of life: "
            f"there is no score for day {write_number(age_days)}."
        )


def _row_of_age(tables: GrowthTables, indicator: str, sex: str, age_days: int) -> Lms:
    _check_age(age_days)
    row = tables.row(indicator, sex, age_days)
    if row is None:
        raise ValueError(f"no row for sex {sex!r}, day {age_days} of {indicator}")
    return row


def _plain_z(y: Decimal, row: Lms) -> Decimal:
    if row.power == 0:
        return (y / row.median).ln() / row.spread
    return ((y / row.median) ** row.power - 1) / (row.power * row.spread)


def _plain_at(z: Decimal, row: Lms) -> Decimal:
    if row.power == 0:
        return row.median * (row.spread * z).exp()
    return row.median * (1 + row.power * row.spread * z) ** (1 / row.power)


def _weight_z(kg: Decimal, row: Lms) -> Decimal:
    z = _plain_z(kg, row)
    if abs(z) <= 3:
        return z
    edge, step = _straight_steps(row, upward=z > 0)
    return (Decimal(3) if z > 0 else Decimal(-3)) + (kg - edge) / step


def _weight_at(z: Decimal, row: Lms) -> Decimal:
    if abs(z) <= 3:
        return _plain_at(z, row)
    edge, step = _straight_steps(row, upward=z > 0)
    return edge + (z - (3 if z > 0 else -3)) * step


@lru_cache(maxsize=1024)  # asked for with every weight beyond 3 SD; a power of Decimals is slow
def _straight_steps(row: Lms, *, upward: bool) -> tuple[Decimal, Decimal]:
    """Return the weight at 3 SD and the weight of one step beyond it, both in kg."""
    sign = 1 if upward else -1
    edge = _plain_at(Decimal(3 * sign), row)
    return edge, abs(edge - _plain_at(Decimal(2 * sign), row))
