"""Does this haemoglobin look right beside the infant's own last one? Unit slips of g/L, g/dL, mmol/L.

All constants are by judgement [judgement], to be confirmed by a haematologist. Impossible (refused):
outside 10 to 300 g/L. Unusual at any time: under 40 or over 240 g/L. And:

- Haemoglobin that moved by more than 50 g/L within three days (one transfusion gives 20 to 40), or
  by more than 20 g/L within three days just as g/dL and mmol/L differ (1.45 to 1.77 times); later
  that is named beside the field (1.53 to 1.69 times) and asks nothing.
- Beside a bound ("<30") no slip is named; what the bounds prove is said.
"""

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction

from bedside.clinical.bound_change import bound_words
from bedside.clinical.count_plausibility import PLAIN, Entered
from bedside.clinical.judgement import Earlier, Plausibility, change_words, earlier
from bedside.units.bounds import Bound, bounded
from bedside.units.quantities import Haemoglobin
from bedside.units.writer import write_haemoglobin, write_number

_HB_POSSIBLE = (Haemoglobin(100), Haemoglobin(3000))
_HB_USUAL = (Haemoglobin(400), Haemoglobin(2400))
_HB_CHANGE_TENTHS, _HB_CHANGE_DAYS = 500, 3
_HB_SWAP_TENTHS = 200
_HB_SWAP = (Fraction(29, 20), Fraction(177, 100))  # g/dL and mmol/L: 1.611, a tenth either way
_HB_SWAP_LATER = (Fraction(153, 100), Fraction(169, 100))  # a twentieth either way


def judge_haemoglobin(
    typed: Haemoglobin,
    last: Sequence[tuple[datetime, Haemoglobin | Bound[Haemoglobin]]],
    at: datetime,
    entered: Entered = PLAIN,
    *,
    mark: str = ".",
) -> Plausibility:
    """Judge a typed haemoglobin; arguments as for `judge_white_cells`."""
    last_of_all = earlier(last, at)
    text = write_haemoglobin(typed, mark)
    compared = _hb_compared(typed, last_of_all, entered, mark)
    before = _exact_hb(last_of_all)
    if not _HB_POSSIBLE[0] <= typed <= _HB_POSSIBLE[1]:
        words = f"{text}: {_wrong_unit(typed, entered)}. A haemoglobin here is 10 to 300 g/L."
        return Plausibility("impossible", words, compared)
    if entered.comparator:
        return Plausibility("usual", "", compared)
    if not _HB_USUAL[0] <= typed <= _HB_USUAL[1]:
        words = f"{text} is outside 40 to 240 g/L: look at its unit (g/L, g/dL, mmol/L) again"
        return Plausibility("unusual", words, compared)
    moved = "" if before is None else _moved(typed, before, entered, mark)
    named = "" if before is None else _later_swap(typed, before, entered, mark)
    return Plausibility("unusual" if moved else "usual", moved, compared, named=named)


def _exact_hb(
    before: Earlier[Haemoglobin | Bound[Haemoglobin]] | None,
) -> Earlier[Haemoglobin] | None:
    """The last haemoglobin where it is a value; beside a bound no slip is named."""
    if before is None or isinstance(before.value, Bound):
        return None
    return Earlier(before.value, before.taken_at, before.days)


def _hb_compared(
    typed: Haemoglobin,
    before: Earlier[Haemoglobin | Bound[Haemoglobin]] | None,
    entered: Entered,
    mark: str,
) -> str:
    if before is None:
        return "no earlier haemoglobin"
    value = before.value
    sign, figure = (value.sign, value.figure) if isinstance(value, Bound) else ("", value)
    last = f"last {sign}{write_haemoglobin(figure, mark)} on {before.on}"
    tenths, then = typed.tenths_g_per_l, figure.tenths_g_per_l
    if sign or entered.comparator:
        now: int | Bound[int] = bounded(entered.comparator, tenths)
        before_it: int | Bound[int] = bounded(sign, then)
        said = bound_words(now, before_it, mark)
    else:
        said = change_words(tenths, then, mark)
    return f"{last}, {said}" if said else last


def _wrong_unit(typed: Haemoglobin, entered: Entered) -> str:
    """About ten or sixteen times too much or too little: which units differ so."""
    if typed > _HB_POSSIBLE[1]:
        unit = "mmol/L or g/dL" if entered.unit == "mmol/L" else "g/dL"
        return f"about ten times what is possible, as when g/L are typed as {unit}"
    units = "g/dL or mmol/L" if entered.unit else "g/dL"
    return f"about a tenth of what is possible, as when {units} are typed as g/L"


def _moved(typed: Haemoglobin, before: Earlier[Haemoglobin], entered: Entered, mark: str) -> str:
    """Name a change that is too fast, and the unit that would explain it; "" for an ordinary one."""
    change = abs(typed.tenths_g_per_l - before.value.tenths_g_per_l)
    if before.days > _HB_CHANGE_DAYS or before.value.tenths_g_per_l == 0:
        return ""
    swap = _hb_swap(typed, before.value, entered) if change > _HB_SWAP_TENTHS else ""
    arrow = f"{write_number(before.value.g_per_l, mark)} → {write_haemoglobin(typed, mark)}: "
    if change > _HB_CHANGE_TENTHS:
        return f"{arrow}more than 50 g/L within three days of {before.on}{swap}"
    return f"{arrow}within three days of {before.on}{swap}" if swap else ""


def _later_swap(
    typed: Haemoglobin, before: Earlier[Haemoglobin], entered: Entered, mark: str
) -> str:
    """Name the unit at any distance in time, and ask nothing: in a week it moves so far by itself."""
    if before.days <= _HB_CHANGE_DAYS or before.value.tenths_g_per_l == 0:
        return ""
    swap = _hb_swap(typed, before.value, entered, _HB_SWAP_LATER)
    last = write_number(before.value.g_per_l, mark)
    return f"{last} → {write_haemoglobin(typed, mark)}{swap}" if swap else ""


def _hb_swap(
    typed: Haemoglobin,
    last: Haemoglobin,
    entered: Entered,
    around: tuple[Fraction, Fraction] = _HB_SWAP,
) -> str:
    ratio = Fraction(typed.tenths_g_per_l, last.tenths_g_per_l)
    if entered.unit == "mmol/L" and _between(ratio, around):
        return ", as when g/dL are typed as mmol/L"
    if entered.unit == "g/dL" and ratio and _between(1 / ratio, around):
        return ", as when mmol/L are typed as g/dL"
    return ""


def _between(ratio: Fraction, around: tuple[Fraction, Fraction]) -> bool:
    return around[0] <= ratio <= around[1]
