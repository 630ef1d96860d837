"""Two ANCs of one specimen: the analyser's own, and the one worked out from white cells and differential.

Where they stand on two sides of a start rule's limit, or further apart than the rounding of what was
typed explains, a person answers which counts; answer and reason are kept with the count. Until
somebody has answered, a start rule reads the lower one (hazards H1, H14).
"""

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from bedside.clinical.counts import anc_from_differential
from bedside.units.quantities import Anc
from bedside.units.refusal import Refused
from bedside.units.writer import write_count, write_number
from bedside.ward.anc_ruling import ANSWERED
from bedside.ward.facts import InfantFacts
from bedside.ward.forms import EnteredCount, NewCounts
from bedside.ward.laboratory_counted import in_other_unit

_PER_UL = 1000  # cells per µL in 10⁹/L
_NAMES = {"analyser": "the analyser's", "worked out": "the one worked out"}


class BothAncs(Struct, frozen=True):
    """Two ANCs that contradict each other, and why, in words."""

    own: Anc
    worked: Anc
    words: str

    @property
    def lower(self) -> Anc:
        """The one a start rule reads while nobody has answered."""
        return min(self.own, self.worked, key=lambda one: one.per_ul)


def start_limits(facts: InfantFacts) -> tuple[int, ...]:
    """The ANC limits per µL of every start rule of the infant's protocol."""
    rules = (course.start_rule for course in facts.protocol.courses)
    found = {
        part.at_least_per_ul
        for rule in rules
        if rule is not None
        for part in rule.measures
        if part.measure == "anc"
    }
    return tuple(sorted(found))


def contradiction(counts: NewCounts, limits: Sequence[int]) -> BothAncs | None:
    """Return the two ANCs of a typed count where they contradict each other.

    Args:
        counts: as typed; bounds ("<100") contradict nothing exactly.
        limits: ANC limits per µL of start rules.
    """
    if counts.anc is None or counts.wbc is None or counts.neutrophils_percent is None:
        return None
    wbc, own = (counts.entered.get(key, EnteredCount()) for key in ("wbc", "anc"))
    if wbc.comparator or own.comparator:
        return None
    bands = counts.bands_percent
    try:
        worked = anc_from_differential(counts.wbc, counts.neutrophils_percent, bands).anc
    except Refused:
        return None
    figures = f"{write_number(counts.anc.per_ul)} typed, {write_number(worked.per_ul)} worked out"
    both = (counts.anc.per_ul, worked.per_ul)
    for limit in limits:
        if min(both) < limit <= max(both):
            words = f"{figures}: on two sides of the {write_count(limit)} of a start rule"
            return BothAncs(counts.anc, worked, words)
    percent = counts.neutrophils_percent + (bands or 0)
    shares = [part for part in (counts.neutrophils_percent, bands) if part is not None]
    off = sum((_half(part) for part in shares), Decimal(0))
    low = (counts.wbc.per_ul - _half_cells("wbc", wbc)) * (percent - off) / 100
    high = (counts.wbc.per_ul + _half_cells("wbc", wbc)) * (percent + off) / 100
    loose = _half_cells("anc", own) + Decimal("0.5")  # the worked-out one is a whole count, too
    if low - loose <= counts.anc.per_ul <= high + loose:
        return None
    return BothAncs(counts.anc, worked, f"{figures}: further apart than rounding explains")


def unanswered(counts: NewCounts, limits: Sequence[int]) -> list[str]:
    """What is asked before a count with two ANCs is kept, a sentence each."""
    both = contradiction(counts, limits)
    if both is None or (counts.anc_counts and counts.anc_because.strip()):
        return []
    return [f"ANC: {both.words}. Read the slip: say which counts, and why."]


def answer_words(counts: NewCounts, limits: Sequence[int]) -> str:
    """The answer as it is kept among the count's remarks; "" where nothing was asked."""
    both = contradiction(counts, limits)
    if both is None or not counts.anc_counts:
        return ""
    figures = f"{write_number(both.own.per_ul)} by the analyser, {write_number(both.worked.per_ul)}"
    because = counts.anc_because.strip().replace(";", ",")
    return f"{ANSWERED}{_NAMES[counts.anc_counts]} ({figures} worked out), {because}"


def _half(part: Decimal) -> Decimal:
    """Half of the last place that was typed."""
    exponent = part.as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0) / 2


def _half_cells(measure: str, entered: EnteredCount) -> Decimal:
    if not entered.typed:
        return Decimal("0.5")
    half = _half(Decimal(entered.typed.replace(",", ".")))
    unit = entered.unit or "10*9/L"
    return in_other_unit(measure, half, unit, "10*9/L") * _PER_UL
