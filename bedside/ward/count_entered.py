"""How a new count keeps what was typed: the number, its unit, its sign, its limits, or why none."""

from bedside.ward.forms import EnteredCount, NewCounts
from bedside.ward.laboratory_counted import MEASURES, TITLES

LONGEST = 60
_ANC_PARTS = ("neutrophils_percent", "bands_percent")


def entered_columns(counts: NewCounts) -> dict[str, object]:
    """The columns of the row that say how each value was entered; absent ones are None."""
    columns: dict[str, object] = {"laboratory": counts.laboratory.strip() or None}
    for measure in MEASURES:
        entered = counts.entered.get(measure)
        if entered is not None and not _is_set_aside(counts, measure):
            columns |= _columns(measure, entered, done=_is_done(counts, measure))
    if _is_worked_out(counts):
        columns["anc_comparator"] = anc_comparator(counts) or None
    return columns


def _is_set_aside(counts: NewCounts, measure: str) -> bool:
    """Whether a typed ANC gave way to the worked-out one: then it stands in the remark only."""
    return measure == "anc" and counts.anc_counts == "worked out"


def _columns(measure: str, entered: EnteredCount, *, done: bool) -> dict[str, object]:
    """A number with its unit and limits where there is one; else why there is none."""
    if not done:
        return {f"{measure}_reason": entered.reason.strip() or None}
    return {
        f"{measure}_typed": entered.typed or None,
        f"{measure}_unit": entered.unit or None,
        f"{measure}_comparator": entered.comparator or None,
        f"{measure}_low": entered.low,
        f"{measure}_high": entered.high,
    }


def _is_done(counts: NewCounts, measure: str) -> bool:
    if measure == "anc" and _is_worked_out(counts):
        return True
    return bool(getattr(counts, f"{measure}_state") == "done")


def _is_worked_out(counts: NewCounts) -> bool:
    parts = (counts.wbc, counts.neutrophils_percent)
    return counts.anc is None and None not in parts


def anc_comparator(counts: NewCounts) -> str:
    """The sign of a worked-out ANC: that of its white cells, but for a share of nought per cent."""
    shares = [getattr(counts, part) for part in _ANC_PARTS]
    if counts.wbc is None or shares[0] is None or not any(shares):
        return ""
    white = counts.entered.get("wbc")
    return "" if white is None else white.comparator


def comparable(counts: NewCounts) -> bool:
    """Whether the analyser's ANC and the white cells can contradict each other at all."""
    white, anc = (counts.entered.get(measure, EnteredCount()) for measure in ("wbc", "anc"))
    return white.comparator != ">" and anc.comparator != "<"


def entered_trouble(counts: NewCounts) -> list[str]:
    """What stands against keeping what was typed, a sentence each."""
    reasons = []
    if len(counts.laboratory.strip()) > LONGEST:
        reasons.append(f"The laboratory is named in at most {LONGEST} letters.")
    for measure, entered in counts.entered.items():
        title = TITLES[measure].capitalize() if measure != "anc" else "ANC"
        if len(entered.reason) > LONGEST:
            reasons.append(f"{title}: the reason is longer than {LONGEST} letters.")
        if entered.low is not None and entered.high is not None and entered.low >= entered.high:
            reasons.append(f"{title}: the lower limit of normal is not below the upper one.")
    return reasons
