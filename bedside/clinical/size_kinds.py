"""What is usual and what is possible for an infant's weight and length, and the slips known.

A typed value is set beside the infant's own last one, carried on along her own WHO line; a
back-dated one beside the next one, too, carried back. The
constants are written for infants from birth to three years, by judgement [judgement] except where
a source is named; a clinician should confirm them.

Impossible, and refused to anybody: a weight outside 0.5 to 30 kg, a length outside 20 to 120 cm.
Impossible for this infant, and refused to one person alone (typing it twice does not help; a second
person who has read the scale is named with it):

- a weight below half or above twice both her last one and what her own line gives: every tenfold
  slip and a pound typed as a kilogram (2.2 times) lie beyond, no growth or loss between two weights
  does; a length below three quarters or above five quarters of both (an inch typed as a centimetre
  is 1 / 2.5);
- a first value beyond WHO's flags that a tenfold slip or a pound typed as a kilogram explains (put
  right, it is common at this age), or that lies beyond −8 or +8. A preterm infant of two months may
  weigh what a figure in kg turned to kg once more comes to: that slip is a note only.

Where the last value itself lies beyond WHO's flags and the new one does not, the last one may be the
wrong one, and the new one is a note only.

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
EXTREME_Z = Decimal(8)  # a first value beyond is refused to one person
TENFOLD = Fraction(10)  # from here on a slip is named even when the true value has moved, too

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
    near: Callable[[int], Range]  # where a value put right is believed to be hers
    possible: Callable[[Earlier[int], int], Range]  # outside, one person alone is refused
    possible_words: str


def _usual_weights(before: Earlier[int], line: int) -> Range:
    tolerance = min(_TOLERANCE + _TOLERANCE_A_DAY * before.days, _TOLERANCE_MOST)
    low = max(min(before.value, line) * (1 - tolerance), line * _LEAST_OF_LINE)
    high = min(max(before.value, line) * (1 + tolerance), line * _MOST_OF_LINE)
    return low, high


def _near_weights(line: int) -> Range:
    return line * _LEAST_OF_LINE, line * _MOST_OF_LINE


def _possible_weights(before: Earlier[int], line: int) -> Range:
    return Fraction(min(before.value, line), 2), Fraction(2 * max(before.value, line))


def _near_lengths(line: int) -> Range:
    return Fraction(line - 2 * _LENGTH_TOLERANCE_MM), Fraction(line + 2 * _LENGTH_TOLERANCE_MM)


def _possible_lengths(before: Earlier[int], line: int) -> Range:
    return Fraction(3 * min(before.value, line), 4), Fraction(5 * max(before.value, line), 4)


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
        Slip(Fraction(100), "a hundred times"),
        Slip(Fraction(1, 100), "a hundredth of"),
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
    near=_near_weights,
    possible=_possible_weights,
    possible_words="half to twice the child's own line",
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
    near=_near_lengths,
    possible=_possible_lengths,
    possible_words="three to five quarters of the child's own line",
)
