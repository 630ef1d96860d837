"""The parts of the differential beside the infant's own last ones."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from itertools import islice

from bedside.clinical.differential_plausibility import judge_part
from bedside.clinical.judgement import Plausibility
from bedside.store.records import BloodCount
from bedside.ward.forms import NewCounts
from bedside.ward.ward import Ward

_COMPARED = 5  # earlier values, as for the counts themselves
# by their name in the form: the column, and what they are called
PARTS = {
    "neutrophils": ("neutrophils_percent", "neutrophils"),
    "bands": ("bands_percent", "bands"),
    "lymphocytes": ("lymphocytes_percent", "lymphocytes"),
    "monocytes": ("monocytes_percent", "monocytes"),
    "other": ("other_percent", "eosinophils and basophils"),
    "blasts": ("blasts_percent", "blasts"),
}


def judged_part(ward: Ward, rows: Sequence[BloodCount], part: str, typed: Decimal) -> Plausibility:
    """Judge one typed part, in per cent, beside the last ones of these counts (oldest first)."""
    column, noun = PARTS[part]
    found = (
        (ward.local(row.taken_at), value)
        for row in reversed(rows)
        if (value := getattr(row, column)) is not None
    )
    last = tuple(islice(found, _COMPARED))
    at = ward.now() + timedelta(minutes=1)
    return judge_part(noun, typed, last, at, may_fall=part == "blasts", mark=ward.decimal_mark)


def part_reasons(ward: Ward, rows: Sequence[BloodCount], counts: NewCounts) -> list[str]:
    """What stands against the typed parts: impossible, or unusual and typed only once."""
    reasons = []
    for part, (column, _) in PARTS.items():
        typed = getattr(counts, column)
        if typed is None:
            continue
        found = judged_part(ward, rows, part, typed)
        if found.level == "impossible":
            reasons.append(found.words)
        elif found.level == "unusual" and not counts.unusual_reason.strip():
            reasons.append(f"{found.words}. Read the slip and type it a second time.")
    return reasons
