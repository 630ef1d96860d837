"""The one writer: how every number and every amount appears on screen, paper and command line.

No exponent, no trailing zero (5, never 5.0), always a leading zero (0.5, never .5), and thousands
set apart by a narrow no-break space from 1 000 on (after the ISMP and Joint Commission lists; the
comma those lists use was rejected, because half of our readers take it for a decimal mark).
The strict reader refuses that space when it is typed or pasted, as it refuses all grouping.
"""

import re
from decimal import Context, Decimal

from bedside.units.quantities import (
    BodyLength,
    BodySurface,
    BodyWeight,
    DoseRate,
    DrugAmount,
    Haemoglobin,
)
from bedside.units.rounding import half_up

NARROW_NO_BREAK_SPACE = "\u202f"
_WIDE = Context(prec=60)
_VOLUMES = {"µL": "microlitre", "dL": "decilitre", "L": "litre"}
_PER_VOLUME = re.compile(r"(?: per | ?/)(µL|dL|L)\b")
_PER = {"kg": "per kg", "m2": "per m²", "dose": "per dose"}


def write_number(value: Decimal | int, mark: str = ".") -> str:
    """Write a number for people.

    Args:
        value: a finite number; a float is a programming error.
        mark: the station's decimal mark, "." or ",".

    Raises:
        ValueError: not a finite number.
    """
    number = Decimal(value) if isinstance(value, int) else value
    if not number.is_finite():
        raise ValueError(f"not a number to write: {value!r}")
    plain = f"{number.copy_abs().normalize(_WIDE):f}"
    whole, _, places = plain.partition(".")
    sign = "-" if number < 0 else ""
    return sign + _grouped(whole) + (mark + places if places else "")


def _grouped(whole: str) -> str:
    first = len(whole) % 3
    groups = [whole[:first]] if first else []
    groups += [whole[at : at + 3] for at in range(first, len(whole), 3)]
    return NARROW_NO_BREAK_SPACE.join(groups)


def write_weight(weight: BodyWeight, mark: str = ".") -> str:
    """Write a body weight in kilograms: "6.2 kg"."""
    return f"{write_number(weight.kg, mark)} kg"


def write_length(length: BodyLength, mark: str = ".") -> str:
    """Write a body length in centimetres: "68 cm"."""
    return f"{write_number(length.cm, mark)} cm"


def write_surface(surface: BodySurface, mark: str = ".") -> str:
    """Write a body surface in square metres, to at most three decimals: "0.393 m²"."""
    return f"{write_number(half_up(surface.m2, 3), mark)} m²"


def write_amount(amount: DrugAmount, mark: str = ".") -> str:
    """Write an amount of drug: "15.5 mg", "2 500 units" (never U or IU)."""
    return f"{write_number(amount.value, mark)} {amount.unit}"


def write_rate(rate: DoseRate, mark: str = ".") -> str:
    """Write a protocol's dose in words: "2.5 mg per kg", "2 500 units per m²"."""
    return f"{write_number(rate.value, mark)} {rate.unit} {_PER[rate.per]}"


def write_count(per_ul: int) -> str:
    """Write a blood count: "50 000 per µL"."""
    return f"{write_number(per_ul)} per µL"


def write_haemoglobin(haemoglobin: Haemoglobin, mark: str = ".") -> str:
    """Write a haemoglobin in grams per litre: "84 g/L"."""
    return f"{write_number(haemoglobin.g_per_l, mark)} g/L"


def in_words(text: str) -> str:
    """Return a value of ours with its unit as papers write it: "858 per microlitre", "93 g per litre".

    A slash is read as a one and a µ as an m (after the ISMP list). Never for what people typed.
    """
    whole = text.replace("U/L", "units/L")
    return _PER_VOLUME.sub(lambda found: f" per {_VOLUMES[found[1]]}", whole)
