"""The vital signs: which there are, and whether a typed value can be right (two bounds, and known slips).

The bounds are by judgement [judgement], to be confirmed by a paediatric intensivist: outside the
possible is refused with the reason, outside the usual is an inline note. They say nothing about
illness; what is usual for an age stands in `vital_signs_bands`.
"""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from msgspec import Struct

from bedside.clinical.judgement import Plausibility
from bedside.units.reader import read_number, read_whole
from bedside.units.refusal import Refused
from bedside.units.temperature import CELSIUS, FAHRENHEIT, TypedDegrees
from bedside.units.writer import write_number

Kind = Literal[
    "temperature",
    "heart-rate",
    "breaths",
    "systolic",
    "diastolic",
    "mean-pressure",
    "spo2",
    "fio2",
    "gcs",
    "refill",
    "urine",
    "vasoactives",
    "support",
    "avpu",
    "pupils",
    "unwell",
]
State = Literal["done", "not done", "unusable"]


class VitalSign(Struct, frozen=True):
    """One vital sign that is a number.

    Args:
        kind: its key.
        name: as the ward calls it.
        unit: the unit it is typed and kept in.
        possible: least and most possible.
        usual: least and most that need no second look.
        whole: whether only whole numbers are taken.
    """

    kind: Kind
    name: str
    unit: str
    possible: tuple[Decimal, Decimal]
    usual: tuple[Decimal, Decimal]
    whole: bool = True


def _sign(
    kind: Kind,
    name: str,
    unit: str,
    possible: tuple[str, str],
    usual: tuple[str, str],
    *,
    whole: bool = True,
) -> VitalSign:
    return VitalSign(
        kind,
        name,
        unit,
        (Decimal(possible[0]), Decimal(possible[1])),
        (Decimal(usual[0]), Decimal(usual[1])),
        whole,
    )


SIGNS: Mapping[Kind, VitalSign] = {
    sign.kind: sign
    for sign in (
        _sign("temperature", "temperature", CELSIUS, ("25", "45"), ("34", "41.5"), whole=False),
        _sign("heart-rate", "heart rate", "per min", ("20", "350"), ("60", "230")),
        _sign("breaths", "breathing rate", "per min", ("3", "150"), ("12", "100")),
        _sign("systolic", "systolic pressure", "mmHg", ("20", "250"), ("45", "150")),
        _sign("diastolic", "diastolic pressure", "mmHg", ("5", "180"), ("20", "100")),
        _sign("mean-pressure", "mean pressure", "mmHg", ("10", "200"), ("25", "120")),
        _sign("spo2", "SpO2", "%", ("20", "100"), ("70", "100")),
        _sign("fio2", "inspired oxygen", "%", ("21", "100"), ("21", "100")),
        _sign("gcs", "Glasgow coma scale", "points", ("3", "15"), ("3", "15")),
        _sign("refill", "capillary refill", "s", ("0", "20"), ("0", "8"), whole=False),
        _sign("urine", "urine", "mL per kg per h", ("0", "40"), ("0", "12"), whole=False),
        _sign("vasoactives", "vasoactive drugs", "running", ("0", "9"), ("0", "4")),
    )
}

# Vital signs that are a word. The first of each is the one without trouble.
CHOICES: Mapping[Kind, tuple[str, ...]] = {
    "support": ("none", "oxygen or mask", "invasive"),
    "avpu": ("alert", "voice", "pain", "unresponsive"),
    "pupils": ("both react", "one fixed", "both fixed"),
    "unwell": ("no", "yes"),
}
NAMES: Mapping[Kind, str] = {
    **{kind: sign.name for kind, sign in SIGNS.items()},
    "support": "respiratory support",
    "avpu": "consciousness (AVPU)",
    "pupils": "pupils",
    "unwell": "looks ill, or a parent is worried",
}

_TENFOLD = (
    (Fraction(8), Fraction(12), "ten times"),
    (Fraction(1, 12), Fraction(1, 8), "a tenth of"),
)


def read_sign(kind: Kind, text: str, mark: str = ".") -> Decimal:
    """Read a number typed into a field whose unit stands beside it (temperatures: `read_degrees`).

    Raises:
        Refused: no plain number, or one with decimals where only whole ones are taken.
    """
    sign = SIGNS[kind]
    if sign.whole:
        return Decimal(read_whole(text, mark, unit=sign.unit))
    number = read_number(text, mark, unit=sign.unit)
    if number * 100 != int(number * 100):
        raise Refused(f"{NAMES[kind].capitalize()}: write it with at most two decimals.")
    return number


def judge_degrees(
    typed: TypedDegrees, last_celsius: Decimal | None = None, *, mark: str = "."
) -> Plausibility:
    """Judge a typed temperature: unit swaps and lost decimal marks are named.

    Args:
        typed: as typed, with its unit.
        last_celsius: the infant's own last one in °C.
        mark: the station's decimal mark.
    """
    celsius = typed.kept.celsius
    judged = judge_sign("temperature", celsius, last_celsius, mark=mark)
    if judged.level != "impossible":
        return judged
    number = f"{write_number(typed.number, mark)} {typed.unit}"
    why = f"{number} is not a body temperature"
    other = FAHRENHEIT if typed.unit == CELSIUS else CELSIUS
    swapped = TypedDegrees(typed.number, other)
    slips = (
        (swapped, f"it would be one in {other}: look at the unit"),
        (TypedDegrees(typed.number / 10, typed.unit), "ten times one: a decimal mark is missing"),
        (
            TypedDegrees(typed.number * 10, typed.unit),
            "a tenth of one: the decimal mark is misplaced",
        ),
    )
    for slip, words in slips:
        if _possible(slip.kept.celsius):
            return Plausibility("impossible", f"{why}: {words}.", judged.compared)
    return Plausibility("impossible", f"{why}: take it again.", judged.compared)


def judge_sign(
    kind: Kind, value: Decimal, last: Decimal | None = None, *, mark: str = "."
) -> Plausibility:
    """Judge a typed vital sign by two bounds and beside the infant's own last one.

    Args:
        kind: which one.
        value: as typed, in its unit.
        last: the infant's own last one, in the same unit.
        mark: the station's decimal mark.
    """
    sign = SIGNS[kind]
    shown = f"{write_number(value, mark)} {sign.unit}"
    compared = (
        "first one recorded" if last is None else f"last {write_number(last, mark)} {sign.unit}"
    )
    least, most = sign.possible
    slip = _slip(value, last, mark, sign.unit)
    if not least <= value <= most:
        hint = _hint(kind, value) or slip
        bounds = (
            f"possible are {write_number(least, mark)} to {write_number(most, mark)} {sign.unit}"
        )
        words = f"{sign.name.capitalize()} {shown}: {hint}{bounds}."
        return Plausibility("impossible", words, compared)
    if not sign.usual[0] <= value <= sign.usual[1]:
        words = f"{sign.name.capitalize()} {shown}: {slip}unusual, look again."
        return Plausibility("unusual", words, compared)
    if slip:
        return Plausibility(
            "unusual", f"{sign.name.capitalize()} {shown}: {slip}look again.", compared
        )
    return Plausibility("usual", "", compared)


def judge_pressures(systolic: Decimal, diastolic: Decimal, *, mark: str = ".") -> Plausibility:
    """Judge the two pressures together: the systolic is the higher one."""
    if systolic > diastolic:
        return Plausibility("usual", "", "")
    upper, lower = write_number(systolic, mark), write_number(diastolic, mark)
    words = f"Systolic {upper} is not above diastolic {lower} mmHg: they may be swapped."
    return Plausibility("impossible", words, "")


def _possible(celsius: Decimal) -> bool:
    least, most = SIGNS["temperature"].possible
    return least <= celsius <= most


def _hint(kind: Kind, value: Decimal) -> str:
    if kind == "fio2" and 0 < value <= 1:
        return "write it in per cent, not as a fraction; "
    return ""


def _slip(value: Decimal, last: Decimal | None, mark: str, unit: str) -> str:
    if not last:
        return ""
    ratio = Fraction(value) / Fraction(last)
    for low, high, words in _TENFOLD:
        if low <= ratio <= high:
            return f"about {words} the last one, {write_number(last, mark)} {unit}; "
    return ""
