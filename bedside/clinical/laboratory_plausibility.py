"""Does this result look right, by itself and beside the infant's own last one? Tenfold and unit slips.

Two bounds, from the analyte's entry in `resources/laboratory/analytes.toml` [judgement]: outside the
possible a value is refused, outside the usual it is typed a second time. Beside the infant's own
last value are named, at any distance in time:

- a thousand times or a thousandth (800 to 1250);
- a unit taken for another, whatever the factor between the two (`bedside.clinical.unit_swap`);
- ten times or a tenth (8 to 12.5), within the days that stand with the analyte: liver enzymes and
  drug levels move tenfold by themselves, salts never do. Later, and for those, the comparison beside
  the field says "about ten times" all the same, and asks nothing;
- further than that (above 12.5 times, below 1/12.5), at any distance in time, of every analyte that
  has such days at all [judgement]: ALT from 48 to 2400. CRP and drug levels go that far by
  themselves, so of them it is named within those days only, and from a last value that says
  anything: the entry names both, with the reason.

Values with a comparator are judged by the possible bounds only: "<0.1" says nothing exact; beside the
last value only what the bounds prove is said ("now at least 4 times"), and no slip is named. A value
of nought is judged by the bounds only, and nothing is compared with a last value of nought. No
likely value is ever offered.
"""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from bedside.clinical.bound_change import bound_words
from bedside.clinical.judgement import Earlier, Plausibility, earlier
from bedside.clinical.laboratory import Analyte, LabUnit
from bedside.clinical.laboratory_typed import Entry
from bedside.clinical.unit_swap import named_swap
from bedside.units.bounds import Bound, bounded
from bedside.units.rounding import as_decimal, half_up
from bedside.units.writer import write_number

_TENFOLD = (Fraction(8), Fraction(25, 2))
_ABOUT_THE_SAME = (Fraction(95, 100), Fraction(105, 100))  # the upper end is 1.1 times
_THOUSANDFOLD = (Fraction(800), Fraction(1250))
_LEAST_SAID = Fraction(1, 1000)


def judge_result(
    analyte: Analyte,
    entry: Entry,
    unit: LabUnit,
    last: Sequence[tuple[datetime, Decimal | Bound[Decimal]]],
    at: datetime,
    *,
    mark: str = ".",
) -> Plausibility:
    """Judge one typed result.

    Args:
        analyte: what was measured, with its bounds.
        entry: as read; a state without a value is usual.
        unit: the unit it was typed in, for the words.
        last: the infant's other values of this analyte or their bounds, as kept, with their times
            (aware).
        at: when the specimen was taken, aware, in the ward's zone.
        mark: the station's decimal mark, for the words.
    """
    last_of_all = earlier(last, at)
    before = _exact(last_of_all)
    kept = entry.kept
    if kept is None or entry.value is None:
        return Plausibility("usual", "", _compared(analyte, None, last_of_all, mark))
    compared = _compared(analyte, bounded(entry.comparator, kept), last_of_all, mark)
    text = analyte.write(entry.value, unit, mark, entry.comparator)
    exact = before if not entry.comparator else None
    slip = None if exact is None else _slip(analyte, kept, unit, exact, text, mark)
    if not analyte.possible[0] <= kept <= analyte.possible[1]:
        outside = _outside(analyte, kept, unit, text, mark)
        words = outside if slip is None else f"{outside} {slip}."
        return Plausibility("impossible", words, compared)
    if entry.comparator:
        return Plausibility("usual", "", compared)
    if slip is not None:
        return Plausibility("unusual", slip, compared)
    if not analyte.usual[0] <= kept <= analyte.usual[1]:
        return Plausibility("unusual", _unusual(analyte, kept, unit, text), compared)
    return Plausibility(
        "usual", "", compared, named=_quietly(analyte, kept, unit, exact, text, mark)
    )


def _quietly(
    analyte: Analyte,
    kept: Decimal,
    unit: LabUnit,
    before: Earlier[Decimal] | None,
    text: str,
    mark: str,
) -> str:
    """Name a swap that is too like an ordinary day to ask about; "" for none."""
    if before is None or kept == 0 or before.value == 0:
        return ""
    swap = named_swap(analyte, unit, Fraction(kept) / Fraction(before.value))
    return f"{_last(analyte, before, mark)} → {text}{swap.words}" if swap.words else ""


def _outside(analyte: Analyte, kept: Decimal, unit: LabUnit, text: str, mark: str) -> str:
    bounds = (
        f"{analyte.title} here is {write_number(analyte.possible[0], mark)} to "
        f"{analyte.write(analyte.possible[1], analyte.unit, mark)}"
    )
    hint = _other_unit(analyte, kept, unit)
    return f"{text} is not possible{hint}. {bounds}."


def _unusual(analyte: Analyte, kept: Decimal, unit: LabUnit, text: str) -> str:
    high = "high" if kept > analyte.usual[1] else "low"
    hint = _other_unit(analyte, kept, unit)
    return f"{text} is a very {high} {analyte.noun}{hint}"


def _other_unit(analyte: Analyte, kept: Decimal, unit: LabUnit) -> str:
    """Name the unit in which the typed number would be an ordinary value; "" where none is."""
    for other in analyte.units:
        factor = Fraction(other.factor) / Fraction(unit.factor)
        meant = as_decimal(Fraction(kept) * factor)
        if factor != 1 and analyte.usual[0] <= meant <= analyte.usual[1]:
            return f", as when {other.shown} are typed as {unit.shown}"
    return ""


def _slip(
    analyte: Analyte, kept: Decimal, unit: LabUnit, before: Earlier[Decimal], text: str, mark: str
) -> str | None:
    """Name the slip that fits beside the last value, or None."""
    if kept == 0 or before.value == 0:
        return None
    ratio = Fraction(kept) / Fraction(before.value)
    swap = named_swap(analyte, unit, ratio)
    named = _named(analyte, before, ratio, mark)
    if named is None and swap.asks:
        named = _times(ratio, mark)
    if named is None:
        return None
    arrow = f"{_last(analyte, before, mark)} → {text}"
    return f"{arrow}: {named} the {analyte.noun} of {before.on}{swap.words}"


def _named(analyte: Analyte, before: Earlier[Decimal], ratio: Fraction, mark: str) -> str | None:
    """Name a change that the analyte hardly makes by itself in that time, or None."""
    if _between(ratio, _THOUSANDFOLD):
        return "about a thousand times"
    if _between(1 / ratio, _THOUSANDFOLD):
        return "about a thousandth of"
    if before.value < analyte.least:
        return None
    days = analyte.rise if ratio > 1 else analyte.fall
    apart = max(ratio, 1 / ratio)
    if _between(apart, _TENFOLD) and before.days <= days:
        about = "" if apart == 10 else "about "
        return f"{about}ten times" if ratio > 1 else f"{about}a tenth of"
    far = days and (analyte.anytime or before.days <= days) and apart > _TENFOLD[1]
    return _times(ratio, mark) if far else None


def _between(ratio: Fraction, bounds: tuple[Fraction, Fraction]) -> bool:
    return bounds[0] <= ratio <= bounds[1]


def _last(analyte: Analyte, before: Earlier[Decimal], mark: str) -> str:
    return analyte.write_kept(before.value, mark)


def _exact(before: Earlier[Decimal | Bound[Decimal]] | None) -> Earlier[Decimal] | None:
    """The last value where it is one; beside a bound no slip is named."""
    if before is None or isinstance(before.value, Bound):
        return None
    return Earlier(before.value, before.taken_at, before.days)


def _compared(
    analyte: Analyte,
    kept: Decimal | Bound[Decimal] | None,
    before: Earlier[Decimal | Bound[Decimal]] | None,
    mark: str,
) -> str:
    if before is None:
        return f"no earlier {analyte.noun}"
    value = before.value
    sign, figure = (value.sign, value.figure) if isinstance(value, Bound) else ("", value)
    last = f"last {analyte.write_kept(figure, mark, sign)} on {before.on}"
    if kept is None or value == 0:
        return last
    if isinstance(kept, Bound) or isinstance(value, Bound):
        said = bound_words(kept, value, mark)
        return f"{last}, {said}" if said else last
    if kept == value:
        return f"{last}, now the same"
    if kept == 0:
        return f"{last}, now 0"
    ratio = Fraction(kept) / Fraction(value)
    return f"{last}, now {_ratio_words(ratio, mark)}"


def _ratio_words(ratio: Fraction, mark: str) -> str:
    if _ABOUT_THE_SAME[0] <= ratio < _ABOUT_THE_SAME[1]:
        return "about the same"
    if _between(ratio, _TENFOLD):
        return "ten times" if ratio == 10 else f"about ten times ({_times(ratio, mark)})"
    if _between(1 / ratio, _TENFOLD):
        return "a tenth" if ratio * 10 == 1 else f"about a tenth ({_times(ratio, mark)})"
    return _times(ratio, mark)


def _times(ratio: Fraction, mark: str) -> str:
    if ratio < _LEAST_SAID:
        return f"less than {write_number(as_decimal(_LEAST_SAID), mark)} times"
    places = 1 if ratio >= 1 else 2 if ratio >= Fraction(1, 10) else 3
    return f"{write_number(half_up(as_decimal(ratio), places), mark)} times"
