"""Blood counts: worked out once, kept for ever, corrected in the open."""

from decimal import Decimal

from bedside.clinical.counts import anc_from_differential, check_within_white_cells
from bedside.store.queries import one
from bedside.store.records import BloodCount
from bedside.units.quantities import Anc, WhiteCells
from bedside.units.refusal import Refused
from bedside.units.writer import write_number
from bedside.ward.anc_both import answer_words, start_limits, unanswered
from bedside.ward.count_entered import (
    comparable,
    entered_columns,
    entered_trouble,
)
from bedside.ward.count_judging import against_earlier, counted
from bedside.ward.count_parts import PARTS
from bedside.ward.facts import facts_of
from bedside.ward.forms import NewCounts, State
from bedside.ward.one_act import one_act
from bedside.ward.people import named
from bedside.ward.specimen_twice import counted_already
from bedside.ward.ward import Ward
from bedside.ward.weighing import check_moment

_PERCENTS = tuple(column for column, _ in PARTS.values())


def work_out_anc(
    wbc: WhiteCells, neutrophils_percent: Decimal, bands_percent: Decimal | None
) -> tuple[Anc, str]:
    """The ANC from white cells and differential, with its arithmetic in words."""
    working = anc_from_differential(wbc, neutrophils_percent, bands_percent)
    return working.anc, working.words


@one_act
def record_counts(ward: Ward, infant_id: int, counts: NewCounts, *, who: str) -> int:
    """Keep a blood count.

    Raises:
        Refused: nothing to keep, a value and its state disagree, the differential is over 100 %,
            a value is impossible, or unusual without having been typed a second time.
    """
    who = named(who)
    infant, earlier = counted(ward, infant_id)
    facts = facts_of(ward, infant_id)
    limits = start_limits(facts)
    anc, source = _anc_of(counts)
    reasons = [
        *check_moment(ward, infant, counts.taken_at, "A specimen taken"),
        *counted_already(ward, facts.counts, counts.taken_at, counts.specimen),
        *_states(counts, anc),
        *_differential(counts),
        *against_earlier(ward, infant_id, earlier, counts, anc if source == "worked out" else None),
        *entered_trouble(counts),
        *unanswered(counts, limits),
    ]
    if reasons:
        raise Refused(*reasons)
    with ward.store.change(who, "recorded a blood count", ward.now()) as change:
        return change.add(
            BloodCount,
            infant_id=infant_id,
            taken_at=counts.taken_at,
            specimen=counts.specimen.strip(),
            wbc_state=counts.wbc_state,
            wbc_per_ul=None if counts.wbc is None else counts.wbc.per_ul,
            **{name: getattr(counts, name) for name in _PERCENTS},
            anc_state=_anc_state(counts, anc),
            anc_per_ul=None if anc is None else anc.per_ul,
            anc_source=source,
            platelets_state=counts.platelets_state,
            platelets_per_ul=None if counts.platelets is None else counts.platelets.per_ul,
            haemoglobin_state=counts.haemoglobin_state,
            haemoglobin_tenths_g_per_l=(
                None if counts.haemoglobin is None else counts.haemoglobin.tenths_g_per_l
            ),
            unusual_reason=_why(counts, answer_words(counts, limits)),
            **entered_columns(counts),
        )


@one_act
def void_counts(ward: Ward, count_id: int, reason: str, *, who: str) -> None:
    """Strike a blood count out, with the reason; its values stay readable."""
    if not reason.strip():
        raise Refused("A correction needs its reason: say what was wrong with this count.")
    from bedside.ward.order_ending import changing_doses

    with ward.store.reading() as connection:
        infant_id = one(connection, BloodCount, count_id).infant_id
    with changing_doses(ward, infant_id, named(who), "struck out a blood count") as change:
        change.void(BloodCount, count_id, reason.strip())


def _why(counts: NewCounts, answer: str) -> str:
    return "; ".join(filter(None, (counts.unusual_reason.strip(), answer)))


def _anc_of(counts: NewCounts) -> tuple[Anc | None, str]:
    if counts.anc is not None and counts.anc_counts != "worked out":
        return counts.anc, "analyser"
    if counts.wbc is None or counts.neutrophils_percent is None:
        return None, ""
    working = anc_from_differential(counts.wbc, counts.neutrophils_percent, counts.bands_percent)
    return working.anc, "worked out"


def _anc_state(counts: NewCounts, anc: Anc | None) -> State:
    """A worked-out ANC is done, whatever the field for the analyser's own says."""
    return "done" if anc is not None and counts.anc is None else counts.anc_state


def _states(counts: NewCounts, anc: Anc | None) -> list[str]:
    pairs: tuple[tuple[str, object, State], ...] = (
        ("White cells", counts.wbc, counts.wbc_state),
        ("ANC", anc, _anc_state(counts, anc)),
        ("Platelets", counts.platelets, counts.platelets_state),
        ("Haemoglobin", counts.haemoglobin, counts.haemoglobin_state),
    )
    reasons = []
    for title, value, state in pairs:
        if state == "done" and value is None:
            reasons.append(f"{title}: type the value, or say not done, pending or unusable.")
        if state != "done" and value is not None:
            reasons.append(f"{title}: a value is typed and it is said to be {state}. Choose one.")
    if all(state not in {"done", "pending"} for _, _, state in pairs) and not reasons:
        reasons.append("Nothing is counted in this specimen: type at least one value.")
    return reasons


def _differential(counts: NewCounts) -> list[str]:
    parts = [getattr(counts, name) for name in _PERCENTS]
    typed = [part for part in parts if part is not None]
    total = sum(typed, Decimal(0))
    if total > 100:
        return [f"The differential adds up to {write_number(total)} %; it cannot exceed 100 %."]
    if counts.anc is None or counts.wbc is None:
        return []
    if not comparable(counts):
        return []
    try:
        check_within_white_cells(counts.anc, counts.wbc)
    except Refused as refusal:
        return list(refusal.reasons)
    return []
