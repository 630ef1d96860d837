"""Which of two ANCs of a recorded count a start rule reads (see `bedside.ward.anc_both`).

A module of its own: the first screen judges start rules, and needs nothing of what asks and answers.
"""

import re

from bedside.clinical.counts import anc_on_record
from bedside.store.records import BloodCount
from bedside.units.bounds import Bound
from bedside.units.writer import write_number
from bedside.ward.count_bounds import is_bound

ANSWERED = "Which ANC counts: "  # begins the answer among a count's remarks

_FIGURES = re.compile(
    re.escape(ANSWERED)
    + r"(the analyser's|the one worked out) \((\S+) by the analyser, (\S+) worked"
)


def answered_other(told: str) -> tuple[str, int] | None:
    """Of an answer as it is kept: what the count that was not taken is called, and how much it is.

    Args:
        told: the words that `ruling_anc` tells, or the remarks of a count.

    Returns:
        "the differential" or "the analyser", with its ANC per µL; None where nobody answered.
    """
    found = _FIGURES.search(told)
    if found is None:
        return None
    own, worked = (int(re.sub(r"\D", "", figure)) for figure in found.group(2, 3))
    return ("the differential", worked) if found[1] == "the analyser's" else ("the analyser", own)


def ruling_anc(row: BloodCount) -> tuple[int | None, str]:
    """The ANC a start rule reads from a recorded count, and what must be told of the other one."""
    value = row.anc_per_ul
    answered = next((part for part in row.unusual_reason.split("; ") if ANSWERED in part), "")
    if answered or value is None or row.wbc_per_ul is None or row.neutrophils_percent is None:
        return value, answered
    if row.anc_source != "analyser" or is_bound(row, "wbc"):
        return value, ""
    worked = anc_on_record(row.wbc_per_ul, row.neutrophils_percent, row.bands_percent)
    if worked >= value:
        return value, ""
    return worked, _lower_told(write_number(value), worked)


def lower_worked_out(row: BloodCount, bound: Bound[int] | None) -> tuple[int, str] | None:
    """The ANC worked out from a specimen whose analyser says only that it lies above a figure.

    None where it does not lie below that figure: then the two do not contradict each other.
    """
    if bound is None or bound.sign != ">":
        return None
    if row.wbc_per_ul is None or row.neutrophils_percent is None:
        return None
    worked = anc_on_record(row.wbc_per_ul, row.neutrophils_percent, row.bands_percent)
    if worked >= bound.figure:
        return None
    return worked, _lower_told(f">{write_number(bound.figure)}", worked)


def _lower_told(own: str, worked: int) -> str:
    told = f"the lower of two: {own} by the analyser, worked out"
    return f"{told} {write_number(worked)}; nobody has said which counts"
