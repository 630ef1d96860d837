"""Bounds among blood counts: a value with a comparator ("<0.1") is no number that a rule may read.

Decision: whoever judges counts (start rules, the DLT period, titration) sees no number there but the
bound as the reason why, so that a bound never passes a rule; whoever shows counts shows it with its
sign. The board reads counts, so nothing of the laboratory's lists is needed here.
"""

from msgspec.structs import replace

from bedside.store.records import BloodCount
from bedside.units.quantities import Haemoglobin
from bedside.units.writer import write_count, write_haemoglobin

COLUMNS = {
    "wbc": "wbc_per_ul",
    "anc": "anc_per_ul",
    "platelets": "platelets_per_ul",
    "haemoglobin": "haemoglobin_tenths_g_per_l",
}


def is_bound(row: BloodCount, measure: str) -> bool:
    """Whether a value stands with a comparator."""
    return bool(getattr(row, f"{measure}_comparator"))


def exact_only(row: BloodCount) -> BloodCount:
    """A count as rules may read it: without the bounds, whose words stand in the place of the state."""
    bounds = [measure for measure in COLUMNS if is_bound(row, measure)]
    if not bounds:
        return row  # nearly always
    hidden: dict[str, str | None] = {}
    for measure in bounds:
        hidden |= {COLUMNS[measure]: None, f"{measure}_state": state_words(row, measure)}
    return replace(row, **hidden)


def state_words(row: BloodCount, measure: str) -> str:
    """Why there is no exact number: "<100 per µL", "pending", "unusable: clotted"; else "done"."""
    state: str = getattr(row, f"{measure}_state")
    reason: str | None = getattr(row, f"{measure}_reason")
    if not is_bound(row, measure):
        return f"{state}: {reason}" if reason else state
    kept: int = getattr(row, COLUMNS[measure])
    comparator: str = getattr(row, f"{measure}_comparator")
    if measure == "haemoglobin":
        return f"{comparator}{write_haemoglobin(Haemoglobin(kept))}"
    return f"{comparator}{write_count(kept)}"
