"""Doses, starting doses and age factors as typed: one for every age, or by bands of age."""

import re
from collections.abc import Callable
from fractions import Fraction

from bedside.protocol.typed_number import Typed, plain
from bedside.units.quantities import DoseRate
from bedside.units.quantity_reader import read_dose_rate
from bedside.units.reader import read_whole
from bedside.units.refusal import Refused
from bedside.units.typed_text import BLANKS, shown
from bedside.units.writer import write_rate

MOST_MONTH = 24


def rate_text(rate: DoseRate) -> str:
    """A protocol's dose in its canonical spelling: "77 mg/m2", a fixed one as "77 mg"."""
    return f"{plain(rate.value)} {rate.unit}" + ("" if rate.per == "dose" else f"/{rate.per}")


def read_dose(text: str, mark: str) -> Typed:
    """A dose for every age in any unit of a dose, or a fixed amount by bands of age.

    Args:
        text: as typed.
        mark: the station's decimal mark.

    Raises:
        Refused: it cannot be read; says what would be right.
    """
    if ";" in text or " month" in text:
        return _bands(text, mark, _fixed_amount)
    rate = read_dose_rate(text, mark)
    words = write_rate(rate).replace(" per dose", " each dose")
    return Typed(rate_text(rate), words, rate.value, rate_text(rate).split(" ", 1)[1])


def _fixed_amount(text: str, mark: str) -> str:
    rate = read_dose_rate(text, mark)
    if rate.per != "dose":
        raise Refused(f"A dose by age is a fixed amount such as 77 mg, not {shown(text)}.")
    return rate_text(rate)


def read_start_dose(text: str, mark: str) -> Typed:
    """A starting dose for every age, or by bands of age, each in any unit of a dose; as `read_dose`."""
    if ";" in text or " month" in text:
        return _bands(text, mark, lambda part, its: rate_text(read_dose_rate(part, its)))
    return read_dose(text, mark)


def _factor(text: str, _mark: str) -> str:
    if not re.fullmatch(r"[1-9][0-9]?(?:/[1-9][0-9]?)?", text) or Fraction(text) > 1:
        raise Refused(
            f'"{shown(text)}" is not an exact factor up to 1: write a fraction such as 8/9, or 1.'
        )
    return str(Fraction(text))


def read_factors(text: str, mark: str) -> Typed:
    """Exact factors up to 1 by bands of age; as `read_dose`."""
    return _bands(text, mark, _factor)


def _bands(text: str, mark: str, read: Callable[[str, str], str]) -> Typed:
    """Bands of age: "from 0 months A; from 17 months B", youngest first, from birth on."""
    bands: list[tuple[int, str]] = []
    for part in text.split(";"):
        found = re.fullmatch(r"(?:from )?(\S+) months? (.+)", part.strip(BLANKS))
        if found is None:
            raise Refused(
                f'"{shown(part.strip(BLANKS))}" is no band of age: write '
                '"from 0 months …; from 17 months …", with semicolons between.'
            )
        month = read_whole(found[1], mark, unit="months")
        if month > MOST_MONTH:
            raise Refused(f"{month} months is beyond this program's infants: write 0 to 24.")
        bands.append((month, read(found[2].strip(BLANKS), mark)))
    months = [month for month, _ in bands]
    if months[0] != 0 or months != sorted(set(months)):
        raise Refused("Bands of age begin at 0 months and rise, each month once.")
    canonical = "; ".join(f"from {month} months {what}" for month, what in bands)
    return Typed(canonical, canonical, items=tuple(months))
