"""What is usual and what is possible for an infant's weight and length, and the slips known.

A typed value is set beside the infant's own last one, carried on along her own WHO line. The
constants are written for infants from birth to three years, by judgement [judgement] except where
a source is named; a clinician should confirm them.

Impossible, and refused: a weight outside 0.5 to 30 kg, a length outside 20 to 120 cm.
Unusual, an inline note only:

- a weight that moved by more than 10 % and 0.5 % a day, together at most 25 % (a change of 10 %
  is the usual prompt to look again in chemotherapy checks: Western Health glossary; a newborn
  loses up to a tenth; the daily part leaves room for steroids, fluids and catching up), or that
  stands below 0.6 or above 1.6 times what her own line gives: both nearer than the pound's 2.2,
  so that a pound typed as a kilogram is always noticed while there is a last weight;
- a length that moved by more than 3 cm from her own line (two measurers easily differ by 2 cm);
- a first value, or one that has newly got there, beyond WHO's own flags (WHO Anthro): −6 and +5
  for weight, −6 and +6 for length.

Rejected: z-scores alone (they miss some pound slips and flag a small, well infant every day), and
one fixed percentage (an infant of one month outgrows it by herself).
"""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct

from bedside.clinical.growth import (
    GrowthTables,
    length_for_age_z,
    length_on_same_line,
    weight_for_age_z,
    weight_on_same_line,
)
from bedside.clinical.judgement import Earlier, Slip
from bedside.units.quantities import BodyLength, BodyWeight
from bedside.units.writer import write_length, write_weight

_TOLERANCE, _TOLERANCE_A_DAY = Fraction(10, 100), Fraction(5, 1000)
_TOLERANCE_MOST = Fraction(25, 100)
_LEAST_OF_LINE, _MOST_OF_LINE = Fraction(6, 10), Fraction(16, 10)
_LENGTH_TOLERANCE_MM = 30
COMMON_Z = Decimal(3)  # where a first value, put right, must lie for its slip to be named

_POUND = Fraction("2.20462")
_INCH = Fraction("2.54")

Range = tuple[Fraction, Fraction]


class SizeKind(Struct, frozen=True):
    """What differs between a weight and a length; values are whole g or mm."""

    noun: str
    least: int
    most: int
    flags: tuple[int, int]
    slips: tuple[Slip, ...]
    write: Callable[[int, str], str]
    z: Callable[[GrowthTables, str, int, int], Decimal]
    on_line: Callable[[GrowthTables, str, int, int, int], int]
    usual: Callable[[Earlier[int], int], Range]


def _usual_weights(before: Earlier[int], line: int) -> Range:
    tolerance = min(_TOLERANCE + _TOLERANCE_A_DAY * before.days, _TOLERANCE_MOST)
    low = max(min(before.value, line) * (1 - tolerance), line * _LEAST_OF_LINE)
    high = min(max(before.value, line) * (1 + tolerance), line * _MOST_OF_LINE)
    return low, high


def _usual_lengths(before: Earlier[int], line: int) -> Range:
    low, high = sorted((before.value, line))
    return Fraction(low - _LENGTH_TOLERANCE_MM), Fraction(high + _LENGTH_TOLERANCE_MM)


WEIGHT = SizeKind(
    noun="weight",
    least=500,
    most=30_000,
    flags=(-6, 5),
    slips=(
        Slip(Fraction(10), "ten times"),
        Slip(Fraction(1, 10), "a tenth of"),
        Slip(Fraction(1000), "a thousand times", "as when grams are typed as kg"),
        Slip(Fraction(1, 1000), "a thousandth of", "as when kg are typed as grams"),
        Slip(_POUND, "2.2 times", "as when pounds are typed as kg"),
        Slip(1 / _POUND, "1 / 2.2 of", "as when a figure in kg is turned to kg once more"),
    ),
    write=lambda g, mark: write_weight(BodyWeight(g), mark),
    z=lambda growth, sex, day, g: weight_for_age_z(growth, sex, day, BodyWeight(g)),
    on_line=lambda growth, sex, g, from_day, to_day: (
        weight_on_same_line(growth, sex, BodyWeight(g), from_day, to_day).g
    ),
    usual=_usual_weights,
)
LENGTH = SizeKind(
    noun="length",
    least=200,
    most=1200,
    flags=(-6, 6),
    slips=(
        Slip(Fraction(10), "ten times", "as when mm are typed as cm"),
        Slip(Fraction(1, 10), "a tenth of", "as when cm are typed as mm"),
        Slip(1 / _INCH, "1 / 2.5 of", "as when inches are typed as cm"),
        Slip(_INCH, "2.5 times", "as when a figure in cm is turned to cm once more"),
    ),
    write=lambda mm, mark: write_length(BodyLength(mm), mark),
    z=lambda growth, sex, day, mm: length_for_age_z(growth, sex, day, BodyLength(mm)),
    on_line=lambda growth, sex, mm, from_day, to_day: (
        length_on_same_line(growth, sex, BodyLength(mm), from_day, to_day).mm
    ),
    usual=_usual_lengths,
)
