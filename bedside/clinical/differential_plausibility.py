"""Does this part of the differential look right beside the infant's own last one? Tenfold slips, leaps.

A slip read a line too low turns 31 % neutrophils into 3 % and 2 % bands into 50 %, and the ANC that
is worked out from them opens or closes a course. All constants are by judgement [judgement], to be
confirmed by a haematologist:

- Ten times the last part, or a tenth of it, taken as 8 to 12.5 times, within three days, where the
  larger of the two is 20 % or more (of a few cells counted by eye, ten times is chance).
- A part that moved by more than 40 percentage points within two days; blasts only when they rose,
  because steroids clear them.
- Above 100 % is refused: it is no part.
"""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from bedside.clinical.judgement import Earlier, Plausibility, earlier, times_words
from bedside.units.writer import write_number

_TENFOLD = (Fraction(8), Fraction(25, 2))
_TENFOLD_DAYS = 3
_TENFOLD_LEAST = 20
_LEAP_POINTS = 40
_LEAP_DAYS = 2
_FINEST = 10_000  # parts are compared as whole numbers of a ten-thousandth of a per cent


def judge_part(
    noun: str,
    typed: Decimal,
    last: Sequence[tuple[datetime, Decimal]],
    at: datetime,
    *,
    may_fall: bool = False,
    mark: str = ".",
) -> Plausibility:
    """Judge one typed part of the differential.

    Args:
        noun: what it is called: "neutrophils", "bands".
        typed: in per cent of the white cells.
        last: the infant's other values of this part with their times (aware), in any order.
        at: when the sample was taken, aware, in the ward's zone.
        may_fall: treatment clears it within days (blasts): a fast fall is no slip.
        mark: the station's decimal mark, for the words.
    """
    before = earlier(last, at)
    compared = _compared(noun, typed, before, mark)
    if typed > 100:
        words = f"{write_number(typed, mark)} % is more than all white cells."
        return Plausibility("impossible", words, compared)
    slip = None if before is None else _slip(noun, typed, before, may_fall, mark)
    return Plausibility("usual" if slip is None else "unusual", slip or "", compared)


def _slip(
    noun: str, typed: Decimal, before: Earlier[Decimal], may_fall: bool, mark: str
) -> str | None:
    if may_fall and typed < before.value:
        return None
    arrow = f"{write_number(before.value, mark)} → {write_number(typed, mark)} %"
    if _is_tenfold(typed, before):
        words = "about ten times" if typed > before.value else "about a tenth of"
        return f"{arrow}: {words} the {noun} of {before.on}"
    if abs(typed - before.value) > _LEAP_POINTS and before.days <= _LEAP_DAYS:
        return f"{arrow}: {noun} moved by more than {_LEAP_POINTS} % since {before.on}"
    return None


def _is_tenfold(typed: Decimal, before: Earlier[Decimal]) -> bool:
    small, large = sorted((typed, before.value))
    if small == 0 or large < _TENFOLD_LEAST or before.days > _TENFOLD_DAYS:
        return False
    return _TENFOLD[0] <= Fraction(large) / Fraction(small) <= _TENFOLD[1]


def _compared(noun: str, typed: Decimal, before: Earlier[Decimal] | None, mark: str) -> str:
    if before is None:
        return f"no earlier {noun}"
    last = f"last {write_number(before.value, mark)} % on {before.on}"
    if before.value == 0:
        return last
    times = times_words(int(typed * _FINEST), int(before.value * _FINEST), mark)
    return f"{last}, {times}"
