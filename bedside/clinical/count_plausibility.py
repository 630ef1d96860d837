"""Does this blood count look right beside the infant's own last one? Tenfold and unit slips.

Counts of an infant with leukaemia move fast, so only what the body hardly does is named. All
constants are by judgement [judgement], to be confirmed by a haematologist:

- Impossible (refused): white cells above 3 000 000, neutrophils above 200 000, platelets above
  3 000 000 per µL; haemoglobin outside 10 to 300 g/L. A known slip of this kind is in public
  example data: neutrophils of 3000 ×10³/µL (mCODE 4.0.0 extended example).
- Unusual at any time: white cells above 1 000 000 (infant leukaemia reaches that), neutrophils
  above 50 000 (steroids, G-CSF and infection stay below), platelets above 1 000 000; platelets
  from 1 to 999 and white cells from 1 to 19, which laboratories do not report: thousands typed as
  single cells; haemoglobin under 40 or over 240 g/L.
- A thousand times the last count at any time, a thousandth of it within three days.
- Ten times the last count, taken as 8 to 12.5 times: white cells to 5 000 or more within three
  days; neutrophils to 500 or more within two days (slower recoveries do that by themselves, and
  below 500 it opens nothing); platelets only when they rose by more than 150 000 within three
  days, because a transfusion gives up to about 100 000.
- A tenth of the last count: within a day and a half, and only from 1 000 white cells, 1 000
  neutrophils or 100 000 platelets. Steroids clear white cells tenfold in some days, and 800 to 80
  neutrophils in four days is an ordinary fall after chemotherapy.
- Haemoglobin that moved by more than 50 g/L within three days (one transfusion gives 20 to 40).

Not caught, knowingly: a tenfold slip of platelets below 150 000, which looks like a transfusion.
"""

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from typing import Protocol as Shape
from typing import TypeVar

from msgspec import Struct

from bedside.clinical.judgement import Earlier, Plausibility, change_words, earlier, times_words
from bedside.units.quantities import Anc, Haemoglobin, Platelets, WhiteCells
from bedside.units.writer import write_count, write_haemoglobin, write_number

_TENFOLD = (Fraction(8), Fraction(25, 2))
_THOUSANDFOLD = (Fraction(800), Fraction(1250))
_THOUSANDTH_DAYS = 3

_HB_POSSIBLE = (Haemoglobin(100), Haemoglobin(3000))
_HB_USUAL = (Haemoglobin(400), Haemoglobin(2400))
_HB_CHANGE_TENTHS, _HB_CHANGE_DAYS = 500, 3


class _Cells(Shape):
    """A count of one kind of cell."""

    @property
    def per_ul(self) -> int:
        """Whole cells per microlitre."""


Cells = TypeVar("Cells", bound=_Cells)


class _Limits(Struct, frozen=True):
    """What is possible and usual for one kind of cell, per µL; see the module's opening."""

    noun: str
    possible_most: int
    usual_most: int
    single_cells_most: int  # from 1 to this: thousands typed as single cells
    rise_days: Fraction
    rise_to: int
    rise_by: int
    fall_days: Fraction
    fall_from: int


_WHITE_CELLS = _Limits(
    "white-cell count",
    3_000_000,
    1_000_000,
    single_cells_most=19,
    rise_days=Fraction(3),
    rise_to=5_000,
    rise_by=0,
    fall_days=Fraction(3, 2),
    fall_from=1_000,
)
_ANC = _Limits(
    "ANC",
    200_000,
    50_000,
    single_cells_most=0,
    rise_days=Fraction(2),
    rise_to=500,
    rise_by=0,
    fall_days=Fraction(3, 2),
    fall_from=1_000,
)
_PLATELETS = _Limits(
    "platelet count",
    3_000_000,
    1_000_000,
    single_cells_most=999,
    rise_days=Fraction(3),
    rise_to=0,
    rise_by=150_000,
    fall_days=Fraction(3, 2),
    fall_from=100_000,
)


def judge_white_cells(
    typed: WhiteCells,
    last: Sequence[tuple[datetime, WhiteCells]],
    at: datetime,
    *,
    mark: str = ".",
) -> Plausibility:
    """Judge a typed white-cell count.

    Args:
        typed: the count as read, per µL.
        last: the infant's other counts of this kind with their times (aware), in any order.
        at: when the sample was taken, aware, in the ward's zone.
        mark: the station's decimal mark, for the words.
    """
    return _judge_cells(_WHITE_CELLS, typed, last, at, mark)


def judge_anc(
    typed: Anc, last: Sequence[tuple[datetime, Anc]], at: datetime, *, mark: str = "."
) -> Plausibility:
    """Judge a typed neutrophil count; arguments as for `judge_white_cells`."""
    return _judge_cells(_ANC, typed, last, at, mark)


def judge_platelets(
    typed: Platelets, last: Sequence[tuple[datetime, Platelets]], at: datetime, *, mark: str = "."
) -> Plausibility:
    """Judge a typed platelet count; arguments as for `judge_white_cells`."""
    return _judge_cells(_PLATELETS, typed, last, at, mark)


def _judge_cells(
    limits: _Limits, typed: Cells, last: Sequence[tuple[datetime, Cells]], at: datetime, mark: str
) -> Plausibility:
    count = typed.per_ul
    before = earlier([(time, cells.per_ul) for time, cells in last], at)
    compared = _compared(limits, count, before, mark)
    slip = None if before is None or 0 in (before.value, count) else _slip(limits, count, before)
    words = slip or f"{write_count(count)} is a very high {limits.noun}: look at its unit again"
    if count > limits.possible_most:
        most = write_count(limits.possible_most)
        words += f". The {limits.noun} here is at most {most}."
        return Plausibility("impossible", words, compared)
    if slip is None and 0 < count <= limits.single_cells_most:
        words = f"{write_count(count)}: few laboratories count so low; look at its unit again"
        return Plausibility("unusual", words, compared)
    if slip is not None or count > limits.usual_most:
        return Plausibility("unusual", words, compared)
    return Plausibility("usual", "", compared)


def _slip(limits: _Limits, count: int, before: Earlier[int]) -> str | None:
    """Name the slip that fits, or None."""
    ratio = Fraction(count, before.value)
    if _within(ratio, _THOUSANDFOLD):
        return _named("a thousand times", ratio == 1000, limits, count, before)
    if _within(1 / ratio, _THOUSANDFOLD) and before.days <= _THOUSANDTH_DAYS:
        return _named("a thousandth of", 1 / ratio == 1000, limits, count, before)
    if _within(ratio, _TENFOLD) and _too_fast_a_rise(limits, count, before):
        return _named("ten times", ratio == 10, limits, count, before)
    if _within(1 / ratio, _TENFOLD) and _too_fast_a_fall(limits, before):
        return _named("a tenth of", 1 / ratio == 10, limits, count, before)
    return None


def _within(ratio: Fraction, bounds: tuple[Fraction, Fraction]) -> bool:
    return bounds[0] <= ratio <= bounds[1]


def _too_fast_a_rise(limits: _Limits, count: int, before: Earlier[int]) -> bool:
    risen = count - before.value > limits.rise_by
    return risen and count >= limits.rise_to and before.days <= limits.rise_days


def _too_fast_a_fall(limits: _Limits, before: Earlier[int]) -> bool:
    return before.value >= limits.fall_from and before.days <= limits.fall_days


def _named(words: str, exactly: bool, limits: _Limits, count: int, before: Earlier[int]) -> str:
    about = "" if exactly else "about "
    arrow = f"{write_number(before.value)} → {write_count(count)}"
    return f"{arrow}: {about}{words} the {limits.noun} of {before.on}"


def _compared(limits: _Limits, count: int, before: Earlier[int] | None, mark: str) -> str:
    if before is None:
        return f"no earlier {limits.noun}"
    last = f"last {write_count(before.value)} on {before.on}"
    return last if before.value == 0 else f"{last}, {times_words(count, before.value, mark)}"


def judge_haemoglobin(
    typed: Haemoglobin,
    last: Sequence[tuple[datetime, Haemoglobin]],
    at: datetime,
    *,
    mark: str = ".",
) -> Plausibility:
    """Judge a typed haemoglobin; arguments as for `judge_white_cells`."""
    before = earlier(last, at)
    text = write_haemoglobin(typed, mark)
    compared = "no earlier haemoglobin"
    if before is not None:
        change = change_words(typed.tenths_g_per_l, before.value.tenths_g_per_l, mark)
        compared = f"last {write_haemoglobin(before.value, mark)} on {before.on}, {change}"
    if not _HB_POSSIBLE[0] <= typed <= _HB_POSSIBLE[1]:
        words = f"{text}: {_tenfold_unit(typed)}. A haemoglobin here is 10 to 300 g/L."
        return Plausibility("impossible", words, compared)
    if not _HB_USUAL[0] <= typed <= _HB_USUAL[1]:
        words = f"{text} is outside 40 to 240 g/L: look at its unit (g/L or g/dL) again"
        return Plausibility("unusual", words, compared)
    if before is not None and _too_fast_a_change(typed, before):
        moved = f"{write_number(before.value.g_per_l, mark)} → {text}: "
        words = f"{moved}more than 50 g/L within three days of {before.on}"
        return Plausibility("unusual", words, compared)
    return Plausibility("usual", "", compared)


def _tenfold_unit(typed: Haemoglobin) -> str:
    if typed > _HB_POSSIBLE[1]:
        return "about ten times what is possible, as when g/L are typed as g/dL"
    return "about a tenth of what is possible, as when g/dL are typed as g/L"


def _too_fast_a_change(typed: Haemoglobin, before: Earlier[Haemoglobin]) -> bool:
    change = abs(typed.tenths_g_per_l - before.value.tenths_g_per_l)
    return change > _HB_CHANGE_TENTHS and before.days <= _HB_CHANGE_DAYS
