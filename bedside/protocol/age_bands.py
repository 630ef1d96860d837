"""Reads bands of age in completed calendar months: they begin at month 0 and rise, factors exact."""

from collections.abc import Sequence
from fractions import Fraction

from bedside.protocol.model import AgeFactor
from bedside.protocol.toml_table import FileTable


def read_bands(table: FileTable, key: str, *, needed: bool = False) -> tuple[AgeFactor, ...]:
    """Read a list of factors by age; faults are noted in the table."""
    bands = tuple(_factor_band(band) for band in table.tables(key, needed=needed))
    check_rising(table, key, [band.from_month for band in bands])
    return bands


def check_rising(table: FileTable, key: str, months: Sequence[int]) -> None:
    """Report bands that leave an age without a band, or have two for it."""
    if list(months) != sorted(set(months)) or (months and months[0] != 0):
        table.fault(key, "bands begin at month 0 and rise, each month once.")


def read_month(band: FileTable) -> int:
    """Read ``from-month``: a whole number from 0."""
    if band.has("from-month") and band.values["from-month"] == 0:
        return 0
    return band.whole("from-month", needed=True) or 0


def _factor_band(band: FileTable) -> AgeFactor:
    month = read_month(band)
    text = band.text("factor")
    band.done()
    try:
        factor = Fraction(text)
    except (ValueError, ZeroDivisionError):
        factor = Fraction(0)
    if not 0 < factor <= 1 or "." in text:
        band.fault("factor", f'{text!r} is not an exact factor up to 1: write "2/3", "3/4" or "1".')
        factor = Fraction(1)
    return AgeFactor(month, factor)
