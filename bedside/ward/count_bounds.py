"""Bounds among blood counts: a value with a comparator ("<0.1") is no number that a rule may read.

Decision: whoever judges counts (start rules, fever, Phoenix, the DLT period, titration) finds no number
there, so that none is read by mistake, but the bound itself: it decides where it lies wholly on one
side of a limit (`bedside.units.bounds`) and is unknown where it does not. Whoever shows counts shows it
with its sign. The board reads counts, so nothing of the laboratory's lists is needed here.
"""

from collections.abc import Mapping
from typing import cast

from bedside.store.records import BloodCount
from bedside.units.bounds import Bound, Sign
from bedside.units.quantities import Anc, Haemoglobin, Platelets
from bedside.units.writer import write_count, write_haemoglobin

COLUMNS = {
    "wbc": "wbc_per_ul",
    "anc": "anc_per_ul",
    "platelets": "platelets_per_ul",
    "haemoglobin": "haemoglobin_tenths_g_per_l",
}


NO_BOUNDS: Mapping[str, Bound[int]] = {}


class JudgedCount(BloodCount, frozen=True, kw_only=True):
    """A count of which a part is known as a bound only; by measure, as kept in its column."""

    bounds: Mapping[str, Bound[int]] = NO_BOUNDS


def is_bound(row: BloodCount, measure: str) -> bool:
    """Whether a value stands with a comparator."""
    return bool(getattr(row, f"{measure}_comparator"))


def exact_only(row: BloodCount) -> BloodCount:
    """A count as rules may read it: bounds stand apart, their words in the place of the state."""
    bounds = {measure: _bound(row, measure) for measure in COLUMNS if is_bound(row, measure)}
    return with_bounds(row, bounds) if bounds else row  # hardly ever


def with_bounds(row: BloodCount, bounds: Mapping[str, Bound[int]]) -> JudgedCount:
    """A count with bounds in the place of the numbers of these measures."""
    kept = {name: getattr(row, name) for name in BloodCount.__struct_fields__}
    for measure, bound in bounds.items():
        words = _bound_words(measure, bound)
        kept |= {COLUMNS[measure]: None, f"{measure}_state": words}
    return JudgedCount(**kept, bounds={**bounds_of(row), **bounds})


def bounds_of(row: BloodCount) -> Mapping[str, Bound[int]]:
    """The bounds of a count that was read by `exact_only`, by measure."""
    return row.bounds if isinstance(row, JudgedCount) else NO_BOUNDS


def anc_of(row: BloodCount) -> Anc | Bound[Anc] | None:
    """The ANC of a count that was read by `exact_only`, or its bound; None where it is not known."""
    if row.anc_per_ul is not None:
        return Anc(row.anc_per_ul)
    bound = bounds_of(row).get("anc")
    return None if bound is None else Bound(bound.sign, Anc(bound.figure))


def platelets_of(row: BloodCount) -> Platelets | Bound[Platelets] | None:
    """The platelets of a count that was read by `exact_only`, or their bound; None: not known."""
    if row.platelets_per_ul is not None:
        return Platelets(row.platelets_per_ul)
    bound = bounds_of(row).get("platelets")
    return None if bound is None else Bound(bound.sign, Platelets(bound.figure))


def state_words(row: BloodCount, measure: str) -> str:
    """Why there is no exact number: "<100 per µL", "pending", "unusable: clotted"; else "done"."""
    state: str = getattr(row, f"{measure}_state")
    reason: str | None = getattr(row, f"{measure}_reason")
    if not is_bound(row, measure):
        return f"{state}: {reason}" if reason else state
    return _bound_words(measure, _bound(row, measure))


def _bound(row: BloodCount, measure: str) -> Bound[int]:
    comparator: str = getattr(row, f"{measure}_comparator")
    return Bound(cast(Sign, comparator), getattr(row, COLUMNS[measure]))


def _bound_words(measure: str, bound: Bound[int]) -> str:
    if measure == "haemoglobin":
        return f"{bound.sign}{write_haemoglobin(Haemoglobin(bound.figure))}"
    return f"{bound.sign}{write_count(bound.figure)}"
