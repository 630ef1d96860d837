"""What a difference between two counted figures looks like: ten times, a unit, rounding, digits swapped.

The names are for people who count again; nothing is put right by the program. The kinds of slip are
those that hazard lists of infusions and tenfold errors name; which of them it was, only people know.
"""

from decimal import Decimal
from fractions import Fraction

from msgspec import Struct

from bedside.units.rounding import half_up, to_step
from bedside.units.writer import write_number

_POUND = Fraction("2.20462")
_NEAR = Fraction(1, 100)  # pounds are read off a scale: within one per cent
_PLACES = ("no decimal", "one decimal", "two decimals")
_TIMES = {
    Fraction(10): "ten times",
    Fraction(100): "a hundred times",
    Fraction(1000): "a thousand times",
    Fraction(1, 10): "a tenth of",
    Fraction(1, 100): "a hundredth of",
    Fraction(1, 1000): "a thousandth of",
}
_SWAPS = {
    "kg": "as when grams stand for kilograms",
    "mg": "as when micrograms stand for milligrams",
    "micrograms": "as when milligrams stand for micrograms",
    "mL": "as when microlitres stand for millilitres",
}


class Pair(Struct, frozen=True):
    """Two figures of one measure, with its unit.

    ``first_others`` and ``second_others`` are what the same people counted for the other measures.
    """

    first: Decimal
    second: Decimal
    unit: str
    first_others: tuple[Decimal, ...] = ()
    second_others: tuple[Decimal, ...] = ()


def looks_like(pair: Pair, step_ml: Decimal, mark: str = ".", *, told: bool = True) -> str:
    """What a difference looks like, in words; "" where it looks like nothing known.

    Args:
        pair: two figures that differ; the order's and both people's where ``told`` is False.
        step_ml: one mark of the syringe in mL, for a volume.
        mark: the station's decimal mark.
        told: whether the first figure may be told; the order's may not.
    """
    whose = _write(pair.first, pair.unit, mark) if told else "the order's figure"
    times = _times(pair, whose, mark)
    if times:
        return times
    if not told:
        swapped = "" if not _swapped(pair.first, pair.second) else "two digits swapped"
        return swapped or _rounded_blind(pair)
    return (
        _other_field(pair, mark)
        or _rounded(pair, step_ml, mark)
        or _digits(pair, mark)
        or _pounds(pair, mark)
        or _no_mark(pair, step_ml, mark)
    )


def _times(pair: Pair, whose: str, mark: str) -> str:
    ratio = Fraction(pair.second) / Fraction(pair.first)
    words = _TIMES.get(ratio)
    if words is None:
        return ""
    second = _write(pair.second, pair.unit, mark)
    said = f"{second} is {words} {whose}"
    if ratio in (Fraction(1000), Fraction(1, 1000)) and pair.unit in _SWAPS:
        return f"{said}, {_SWAPS[pair.unit]}"
    return f"{said}: look where the decimal point stands"


def _other_field(pair: Pair, mark: str) -> str:
    """A figure that stands in another field of the same person, typed into this one."""
    for figure, others in ((pair.first, pair.first_others), (pair.second, pair.second_others)):
        if figure in others:
            return (
                f"{write_number(figure, mark)} stands in two fields of one person: "
                "look which one it belongs to"
            )
    return ""


def _rounded(pair: Pair, step_ml: Decimal, mark: str) -> str:
    fine, coarse = sorted((pair.first, pair.second), key=_decimals, reverse=True)
    for places, words in enumerate(_PLACES):
        if places < _decimals(fine) and half_up(fine, places) == coarse:
            said = f"{write_number(coarse, mark)} is {write_number(fine, mark)} rounded to {words}"
            return said if pair.unit != "mL" else said + _on_marks(fine, step_ml, mark)
    return _to_mark(pair, step_ml, mark)


def _to_mark(pair: Pair, step_ml: Decimal, mark: str) -> str:
    """One volume is the other on the marks of the syringe."""
    for fine, marked in ((pair.first, pair.second), (pair.second, pair.first)):
        if pair.unit == "mL" and to_step(fine, step_ml) == marked:
            return (
                f"{write_number(marked, mark)} is {write_number(fine, mark)} on the marks of the "
                f"syringe, which are {write_number(step_ml, mark)} mL apart"
            )
    return ""


def _on_marks(fine: Decimal, step_ml: Decimal, mark: str) -> str:
    step = f"{write_number(step_ml, mark)} mL"
    if to_step(fine, step_ml) == fine:
        drawn = f"{write_number(fine, mark)} mL"
        return f". The syringe step is {step}, so {drawn} can be drawn up as it is"
    return f". The syringe step is {step}: {write_number(fine, mark)} mL has no mark"


def _rounded_blind(pair: Pair) -> str:
    """Both rounded where the order did not; the order's figure is not told."""
    for places, words in enumerate(_PLACES):
        if places < _decimals(pair.first) and half_up(pair.first, places) == pair.second:
            return f"the order's figure rounded to {words}"
    return ""


def _digits(pair: Pair, mark: str) -> str:
    if not _swapped(pair.first, pair.second):
        return ""
    return f"{write_number(pair.first, mark)} and {write_number(pair.second, mark)}: two digits swapped"


def _swapped(one: Decimal, other: Decimal) -> bool:
    """Whether two neighbouring digits are swapped, the decimal point left where it was."""
    left, right = _aligned(one, other)
    apart = [at for at, (a, b) in enumerate(zip(left, right, strict=True)) if a != b]
    if len(apart) != 2:
        return False
    low, high = apart
    between = left[low + 1 : high]
    return between in ("", ".") and (left[low], left[high]) == (right[high], right[low])


def _aligned(one: Decimal, other: Decimal) -> tuple[str, str]:
    """Both as text with the same number of digits before and behind the point."""
    places = max(_decimals(one), _decimals(other))
    texts = [f"{half_up(figure, places):f}" for figure in (one, other)]
    wide = max(len(text) for text in texts)
    return texts[0].rjust(wide, "0"), texts[1].rjust(wide, "0")


def _pounds(pair: Pair, mark: str) -> str:
    ratio = Fraction(pair.second) / Fraction(pair.first)
    larger = pair.second if ratio > 1 else pair.first
    if pair.unit != "kg" or abs(max(ratio, 1 / ratio) / _POUND - 1) > _NEAR:
        return ""
    return f"{write_number(larger, mark)} may be pounds, read as kg"


def _no_mark(pair: Pair, step_ml: Decimal, mark: str) -> str:
    """A volume that no mark of the syringe shows."""
    if pair.unit != "mL":
        return ""
    off = [one for one in (pair.first, pair.second) if to_step(one, step_ml) != one]
    if not off:
        return ""
    return (
        f"{write_number(off[0], mark)} mL has no mark on this syringe: its marks are "
        f"{write_number(step_ml, mark)} mL apart"
    )


def _decimals(figure: Decimal) -> int:
    exponent = figure.normalize().as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def _write(figure: Decimal, unit: str, mark: str) -> str:
    return f"{write_number(figure, mark)} {unit}"
