"""Does this blood count look right beside the infant's own last one? Tenfold and unit slips.

Counts of an infant with leukaemia move fast, so only what the body hardly does is named. All
constants are by judgement [judgement], to be confirmed by a haematologist:

- Impossible (refused): white cells above 3 000 000, neutrophils above 200 000, platelets above
  3 000 000 per µL. A known slip of this kind is in public
  example data: neutrophils of 3000 ×10³/µL (mCODE 4.0.0 extended example).
- Unusual at any time: white cells above 1 000 000 (infant leukaemia reaches that), neutrophils
  above 50 000 (steroids, G-CSF and infection stay below), platelets above 1 000 000; platelets
  from 1 to 999 and white cells from 1 to 19, which laboratories do not report: thousands typed as
  single cells.
- A thousand times the last count at any time, a thousandth of it within three days.
- Ten times the last count, taken as 8 to 12.5 times: white cells to 5 000 or more within three
  days; neutrophils to 500 or more within two days (slower recoveries do that by themselves, and
  below 500 it opens nothing); platelets only when they rose by more than 150 000 within three
  days, because a transfusion gives up to about 100 000.
- A tenth of the last count: within a day and a half, and only from 1 000 white cells, 1 000
  neutrophils or 100 000 platelets. Steroids clear white cells tenfold in some days, and 800 to 80
  neutrophils in four days is an ordinary fall after chemotherapy.
- A fall to 0: of platelets from 20 000 or more at any time (a counter says "<5" rather than none);
  of white cells and neutrophils from 1 000 or more within a day and a half.
- The unit that was typed is told apart: a thousandth in a field per µL is ×10⁹/L typed there, and
  the other way round.
- A value with "<" or ">" is a bound: what is impossible is named, and beside the last value only what
  the bounds alone prove (ten or a thousand times the last count at least). A fall to a "<" is often
  the counter's own lowest figure and is not named.

Not caught, knowingly: a tenfold slip of platelets below 150 000, which looks like a transfusion.
"""

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from typing import Protocol as Shape
from typing import TypeVar

from msgspec import Struct

from bedside.clinical.bound_change import bound_words, least_times
from bedside.clinical.judgement import Earlier, Plausibility, earlier, times_words
from bedside.units.bounds import Bound, bounded, write_seen
from bedside.units.quantities import Anc, Platelets, WhiteCells
from bedside.units.writer import write_count, write_number

_TENFOLD = (Fraction(8), Fraction(25, 2))
_THOUSANDFOLD = (Fraction(800), Fraction(1250))
_THOUSANDTH_DAYS = 3

_THOUSANDS_SWAP = ", as when per µL are typed as {0}"
_THOUSANDS = {"10*9/L": "×10⁹/L", "10*3/uL": "×10³/µL"}
_PER_UL_SWAP = ", as when ×10⁹/L are typed as per µL"


class _Cells(Shape):
    """A count of one kind of cell."""

    @property
    def per_ul(self) -> int:
        """Whole cells per microlitre."""


Cells = TypeVar("Cells", bound=_Cells)


class Entered(Struct, frozen=True):
    """How a value was entered.

    Args:
        unit: the name of its unit ("10*9/L", "g/dL"); "" where it is not known.
        comparator: "<" or ">" where the value is a bound.
        source: where the last value came from ("analyser"), said beside it; "" says nothing.
    """

    unit: str = ""
    comparator: str = ""
    source: str = ""


PLAIN = Entered()


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
    nought_days: Fraction | None  # a fall to 0 is named within these days; None: at any time
    nought_from: int


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
    nought_days=Fraction(3, 2),
    nought_from=1_000,
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
    nought_days=Fraction(3, 2),
    nought_from=1_000,
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
    nought_days=None,
    nought_from=20_000,
)


def judge_white_cells(
    typed: WhiteCells,
    last: Sequence[tuple[datetime, WhiteCells | Bound[WhiteCells]]],
    at: datetime,
    entered: Entered = PLAIN,
    *,
    mark: str = ".",
) -> Plausibility:
    """Judge a typed white-cell count.

    Args:
        typed: the count as read, per µL.
        last: the infant's other counts of this kind, or their bounds, with their times (aware), in
            any order.
        at: when the sample was taken, aware, in the ward's zone.
        entered: its unit and comparator as typed, and where the last value came from.
        mark: the station's decimal mark, for the words.
    """
    return _judge_cells(_WHITE_CELLS, typed, last, at, entered, mark)


def judge_anc(
    typed: Anc,
    last: Sequence[tuple[datetime, Anc | Bound[Anc]]],
    at: datetime,
    entered: Entered = PLAIN,
    *,
    mark: str = ".",
) -> Plausibility:
    """Judge a typed neutrophil count; arguments as for `judge_white_cells`."""
    return _judge_cells(_ANC, typed, last, at, entered, mark)


def judge_platelets(
    typed: Platelets,
    last: Sequence[tuple[datetime, Platelets | Bound[Platelets]]],
    at: datetime,
    entered: Entered = PLAIN,
    *,
    mark: str = ".",
) -> Plausibility:
    """Judge a typed platelet count; arguments as for `judge_white_cells`."""
    return _judge_cells(_PLATELETS, typed, last, at, entered, mark)


def _judge_cells(
    limits: _Limits,
    typed: Cells,
    last: Sequence[tuple[datetime, Cells | Bound[Cells]]],
    at: datetime,
    entered: Entered,
    mark: str,
) -> Plausibility:
    count = typed.per_ul
    before = earlier([(time, _per_ul(cells)) for time, cells in last], at)
    compared = _compared(limits, count, before, entered, mark)
    slip = None if before is None else _slip_beside(limits, count, before, entered)
    words = slip or f"{write_count(count)} is a very high {limits.noun}: look at its unit again"
    if count > limits.possible_most:
        swap = "" if slip else _swap(count, limits.possible_most, entered)
        most = write_count(limits.possible_most)
        words += f"{swap}. The {limits.noun} here is at most {most}."
        return Plausibility("impossible", words, compared)
    if entered.comparator and slip is None:
        return Plausibility("usual", "", compared)
    if slip is None and 0 < count <= limits.single_cells_most:
        swap = _PER_UL_SWAP if entered.unit == "/uL" else ""
        words = f"{write_count(count)}: few laboratories count so low{swap}; look at its unit again"
        return Plausibility("unusual", words, compared)
    if slip is not None or count > limits.usual_most:
        return Plausibility("unusual", words, compared)
    return Plausibility("usual", "", compared)


def _per_ul(cells: _Cells | Bound[Cells]) -> int | Bound[int]:
    return Bound(cells.sign, cells.figure.per_ul) if isinstance(cells, Bound) else cells.per_ul


def _slip_beside(
    limits: _Limits, count: int, before: Earlier[int | Bound[int]], entered: Entered
) -> str | None:
    """Name the slip that fits beside the last value or its bound, or None."""
    last = before.value
    if isinstance(last, Bound):
        figure = Earlier(last.figure, before.taken_at, before.days)
        return _proven(limits, count, figure, last, entered)
    exact = Earlier(last, before.taken_at, before.days)
    if entered.comparator:
        return _proven(limits, count, exact, last, entered)
    return _slip(limits, count, exact, entered) if last else None


def _proven(
    limits: _Limits, count: int, figure: Earlier[int], last: int | Bound[int], entered: Entered
) -> str | None:
    """Name a rise that the bounds alone prove: by ten or a thousand times at least."""
    typed = bounded(entered.comparator, count)
    least = least_times(typed, last)
    if least is None:
        return None
    before = write_seen(last).removesuffix(" per µL")
    arrow = f"{before} → {write_seen(typed)}"
    of = f"the {limits.noun} of {figure.on}"
    if _within(least, _THOUSANDFOLD):
        return f"{arrow}: at least about a thousand times {of}{_swap(count, figure.value, entered)}"
    if _within(least, _TENFOLD) and _too_fast_a_rise(limits, count, figure):
        return f"{arrow}: at least about ten times {of}"
    return None


def _slip(limits: _Limits, count: int, before: Earlier[int], entered: Entered) -> str | None:
    """Name the slip that fits, or None."""
    if count == 0:
        return _to_nought(limits, before)
    ratio = Fraction(count, before.value)
    if _within(ratio, _THOUSANDFOLD):
        named = _named("a thousand times", ratio == 1000, limits, count, before)
        return named + _swap(count, before.value, entered)
    if _within(1 / ratio, _THOUSANDFOLD) and before.days <= _THOUSANDTH_DAYS:
        named = _named("a thousandth of", 1 / ratio == 1000, limits, count, before)
        return named + _swap(count, before.value, entered)
    if _within(ratio, _TENFOLD) and _too_fast_a_rise(limits, count, before):
        return _named("ten times", ratio == 10, limits, count, before)
    if _within(1 / ratio, _TENFOLD) and _too_fast_a_fall(limits, before):
        return _named("a tenth of", 1 / ratio == 10, limits, count, before)
    return None


def _to_nought(limits: _Limits, before: Earlier[int]) -> str | None:
    """Name a fall to 0 that the body hardly does, or None."""
    in_time = limits.nought_days is None or before.days <= limits.nought_days
    if before.value < limits.nought_from or not in_time:
        return None
    arrow = f"{write_number(before.value)} → 0"
    return f"{arrow}: none left of the {limits.noun} of {before.on}"


def _swap(count: int, beside: int, entered: Entered) -> str:
    """Which unit was typed as which, where the typed unit fits a slip by a thousand; else ""."""
    if count > beside and entered.unit in _THOUSANDS:
        return _THOUSANDS_SWAP.format(_THOUSANDS[entered.unit])
    return _PER_UL_SWAP if count < beside and entered.unit == "/uL" else ""


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


def _compared(
    limits: _Limits,
    count: int,
    before: Earlier[int | Bound[int]] | None,
    entered: Entered,
    mark: str,
) -> str:
    if before is None:
        return f"no earlier {limits.noun}"
    origin = f", {entered.source}" if entered.source else ""
    last = f"last {write_seen(before.value)} on {before.on}{origin}"
    if isinstance(before.value, Bound) or entered.comparator:
        now: int | Bound[int] = bounded(entered.comparator, count)
        said = bound_words(now, before.value, mark)
        return f"{last}, {said}" if said else last
    if before.value == 0:
        return last
    return f"{last}, {times_words(count, before.value, mark)}"
