"""Blood counts: judged as they are typed, worked out once, kept for ever, corrected in the open."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import islice
from typing import Literal, TypeVar

from bedside.clinical.counts import anc_from_differential, check_within_white_cells
from bedside.clinical.plausibility import (
    Entered,
    Plausibility,
    judge_anc,
    judge_haemoglobin,
    judge_platelets,
    judge_white_cells,
)
from bedside.store.queries import newest_of_infant, of_infant, one
from bedside.store.records import BloodCount, Infant
from bedside.units.bounds import Bound, bounded
from bedside.units.quantities import Anc, Haemoglobin, Platelets, WhiteCells
from bedside.units.refusal import Refused
from bedside.units.writer import write_number
from bedside.ward.anc_both import answer_words, start_limits, unanswered
from bedside.ward.count_bounds import COLUMNS
from bedside.ward.count_entered import comparable, entered_columns, entered_trouble
from bedside.ward.count_parts import PARTS, judged_part, part_reasons
from bedside.ward.counts_page import ruled_course
from bedside.ward.facts import facts_of
from bedside.ward.forms import EnteredCount, NewCounts, State
from bedside.ward.identity import infant_of
from bedside.ward.one_act import one_act
from bedside.ward.people import named
from bedside.ward.specimen_twice import counted_already
from bedside.ward.standing import standing_of
from bedside.ward.views.pages import Judged
from bedside.ward.ward import Ward
from bedside.ward.weighing import check_moment

Value = TypeVar("Value")
Counted = WhiteCells | Anc | Platelets | Haemoglobin
NOT_ENTERED = EnteredCount()
_COMPARED = 5  # as many earlier values as judging looks at, and some
_READ = 40  # counts are read at first; some weeks of them
_SOURCES = {"analyser": "by the analyser", "worked out": "worked out"}
_PERCENTS = tuple(column for column, _ in PARTS.values())


def work_out_anc(
    wbc: WhiteCells, neutrophils_percent: Decimal, bands_percent: Decimal | None
) -> tuple[Anc, str]:
    """The ANC from white cells and differential, with its arithmetic in words."""
    working = anc_from_differential(wbc, neutrophils_percent, bands_percent)
    return working.anc, working.words


def judge_count(
    ward: Ward, infant_id: int, value: Counted, entered: EnteredCount = NOT_ENTERED
) -> Judged:
    """Judge one typed value against the infant's own last ones; its type says what was counted.

    An ANC is set beside the last ANC of any source, and which source that was is said.
    """
    rows = _counted(ward, infant_id)[1]
    found = _judge(ward, infant_id, rows, value, entered)
    last = _newest(rows, "anc", 1) if isinstance(value, Anc) else []
    words = f"{_written(last[0][1])} {_anc_source(rows)}" if last else ""
    return Judged(found.level, found.words, found.compared, words, named=found.named)


def judge_worked_out(ward: Ward, infant_id: int, anc: Anc, white: WhiteCells) -> Judged:
    """Judge an ANC that nobody typed: by itself, and by the white cells it was worked out from."""
    found = _judge_worked_out(ward, infant_id, _counted(ward, infant_id)[1], anc, white)
    return Judged(found.level, found.words, found.compared)


def judge_share(ward: Ward, infant_id: int, part: str, percent: Decimal) -> Judged:
    """Judge one typed part of the differential against the infant's own last one.

    Args:
        ward: the open ward.
        infant_id: whose count is typed.
        part: "neutrophils", "bands", "lymphocytes", "monocytes", "other" or "blasts".
        percent: in per cent of the white cells.
    """
    found = judged_part(ward, _counted(ward, infant_id)[1], part, percent)
    return Judged(found.level, found.words, found.compared)


@one_act
def record_counts(ward: Ward, infant_id: int, counts: NewCounts, *, who: str) -> int:
    """Keep a blood count.

    Raises:
        Refused: nothing to keep, a value and its state disagree, the differential is over 100 %,
            a value is impossible, or unusual without having been typed a second time.
    """
    who = named(who)
    infant, earlier = _counted(ward, infant_id)
    facts = facts_of(ward, infant_id)
    limits = start_limits(facts)
    anc, source = _anc_of(counts)
    reasons = [
        *check_moment(ward, infant, counts.taken_at, "A specimen taken"),
        *counted_already(ward, facts.counts, counts.taken_at, counts.specimen),
        *_states(counts, anc),
        *_differential(counts),
        *_bounds(ward, earlier, counts, infant_id),
        *_worked_out(ward, earlier, counts, infant_id),
        *part_reasons(ward, earlier, counts),
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


def _counted(ward: Ward, infant_id: int) -> tuple[Infant, tuple[BloodCount, ...]]:
    """The infant and her newest counts in the order of their times: all that judging needs.

    Where a measure has neither value nor bound among the newest, every count is read.
    """
    with ward.store.reading() as connection:
        infant = infant_of(connection, infant_id)
        rows = newest_of_infant(connection, BloodCount, infant_id, _READ)
        if len(rows) == _READ and not all(_newest(rows[::-1], name, 1) for name in COLUMNS):
            rows = of_infant(connection, BloodCount, infant_id)
    return infant, tuple(sorted(rows, key=lambda row: (row.taken_at, row.id)))


def _bounds(
    ward: Ward, earlier: tuple[BloodCount, ...], counts: NewCounts, infant_id: int
) -> list[str]:
    reasons = []
    typed: tuple[tuple[str, Counted | None], ...] = (
        ("wbc", counts.wbc),
        ("anc", counts.anc),
        ("platelets", counts.platelets),
        ("haemoglobin", counts.haemoglobin),
    )
    for measure, value in typed:
        if value is None:
            continue
        entered = counts.entered.get(measure, NOT_ENTERED)
        found = _judge(ward, infant_id, earlier, value, entered)
        if found.level == "impossible":
            reasons.append(found.words)
        elif found.level == "unusual" and not counts.unusual_reason.strip():
            reasons.append(f"{found.words} Read the slip and type it a second time.")
    return reasons


def _worked_out(
    ward: Ward, earlier: tuple[BloodCount, ...], counts: NewCounts, infant_id: int
) -> list[str]:
    """What stands against an ANC that nobody typed: a slip in the white cells stands in it, too."""
    anc, source = _anc_of(counts)
    sign = counts.entered.get("wbc", NOT_ENTERED).comparator
    if anc is None or counts.wbc is None or source != "worked out" or sign:
        return []
    found = _judge_worked_out(ward, infant_id, earlier, anc, counts.wbc)
    twice = bool(counts.unusual_reason.strip())
    if found.level == "usual" or (found.level == "unusual" and twice):
        return []
    return [f"ANC worked out: {found.words} Read the slip and type the white cells a second time."]


def _judge(
    ward: Ward,
    infant_id: int,
    rows: tuple[BloodCount, ...],
    value: Counted,
    entered: EnteredCount,
) -> Plausibility:
    found = _against_last(ward, rows, value, entered)
    if entered.comparator != "<" and found.level == "usual" and isinstance(value, Anc | Platelets):
        words = _opens_by_ten(ward, infant_id, rows, value)
        if words:
            return Plausibility("unusual", words, found.compared)
    return found


def _judge_worked_out(
    ward: Ward, infant_id: int, rows: tuple[BloodCount, ...], anc: Anc, white: WhiteCells
) -> Plausibility:
    """A tenfold slip in the white cells, too, where another share of neutrophils hides it."""
    found = _judge(ward, infant_id, rows, anc, NOT_ENTERED)
    seen = _ten_times(rows, "wbc", white.per_ul) if found.level == "usual" else None
    if seen is None:
        return found
    before = _newest(rows, "anc", 1)
    title = _newly_meets(ward, infant_id, "anc", before[0][1] if before else 0, anc.per_ul)
    words = (
        f"{write_number(anc.per_ul)} per µL would meet the start rule of {title}, and the white "
        f"cells are ten times the last ones: {_written(seen)} → {write_number(white.per_ul)} per µL."
    )
    return Plausibility("unusual", words, found.compared) if title else found


def _opens_by_ten(
    ward: Ward, infant_id: int, rows: tuple[BloodCount, ...], value: Anc | Platelets
) -> str:
    """A count that would newly meet a start rule by being ten times the last one, in words.

    A rise that a transfusion could explain is no slip by itself; one that opens an azacitidine
    block is worth a second look at the slip (hazards H1, H14).
    """
    measure: Literal["anc", "platelets"] = "anc" if isinstance(value, Anc) else "platelets"
    seen = _ten_times(rows, measure, value.per_ul)
    title = "" if seen is None else _newly_meets(ward, infant_id, measure, seen, value.per_ul)
    if seen is None or not title:
        return ""
    return (
        f"{_written(seen)} → {write_number(value.per_ul)} per µL: ten times the last value, "
        f"and it would meet the start rule of {title}."
    )


def _ten_times(rows: Sequence[BloodCount], measure: str, per_ul: int) -> int | Bound[int] | None:
    """The last value or bound that a new one is about ten times; None where it is not."""
    found = _newest(rows, measure, 1)
    if not found:
        return None
    seen = found[0][1]
    last = _figure(seen)
    if seen == Bound(">", last) or last == 0 or not 8 * last <= per_ul <= 12 * last:
        return None
    return seen


def _newly_meets(
    ward: Ward, infant_id: int, measure: str, seen: int | Bound[int], per_ul: int
) -> str:
    """The course whose start rule this measure meets now and did not at its last value; or ""."""
    course = ruled_course(standing_of(ward, facts_of(ward, infant_id)))
    if course is None or course.start_rule is None:
        return ""
    limits = {str(part.measure): part.at_least_per_ul for part in course.start_rule.measures}
    return course.title if _figure(seen) < limits.get(measure, 0) <= per_ul else ""


def _figure(seen: int | Bound[int]) -> int:
    return seen.figure if isinstance(seen, Bound) else seen


def _against_last(
    ward: Ward, rows: tuple[BloodCount, ...], value: Counted, entered: EnteredCount
) -> Plausibility:
    at, mark = ward.now() + timedelta(minutes=1), ward.decimal_mark
    how = Entered(entered.unit, entered.comparator)
    if isinstance(value, WhiteCells):
        return judge_white_cells(value, _earlier(ward, rows, "wbc", WhiteCells), at, how, mark=mark)
    if isinstance(value, Anc):
        how = Entered(entered.unit, entered.comparator, _anc_source(rows))
        return judge_anc(value, _earlier(ward, rows, "anc", Anc), at, how, mark=mark)
    if isinstance(value, Platelets):
        platelets = _earlier(ward, rows, "platelets", Platelets)
        return judge_platelets(value, platelets, at, how, mark=mark)
    haemoglobin = _earlier(ward, rows, "haemoglobin", Haemoglobin)
    return judge_haemoglobin(value, haemoglobin, at, how, mark=mark)


def _anc_source(rows: tuple[BloodCount, ...]) -> str:
    """Where the newest ANC came from, in words."""
    for row in reversed(rows):
        if row.anc_per_ul is not None:
            return _SOURCES.get(row.anc_source, "")
    return ""


def _earlier(
    ward: Ward, rows: tuple[BloodCount, ...], measure: str, kind: Callable[[int], Value]
) -> tuple[tuple[datetime, Value | Bound[Value]], ...]:
    found = _newest(rows, measure, _COMPARED)
    return tuple(
        (
            ward.local(taken_at),
            Bound(seen.sign, kind(seen.figure)) if isinstance(seen, Bound) else kind(seen),
        )
        for taken_at, seen in reversed(found)
    )


def _newest(
    rows: Sequence[BloodCount], measure: str, most: int
) -> list[tuple[datetime, int | Bound[int]]]:
    """The newest values or bounds of one measure as kept, newest first."""
    column = COLUMNS[measure]
    found = (
        (row.taken_at, bounded(getattr(row, f"{measure}_comparator") or "", value))
        for row in reversed(rows)
        if (value := getattr(row, column)) is not None
    )
    return list(islice(found, most))


def _written(seen: int | Bound[int]) -> str:
    """A count without its unit, or its bound with its sign."""
    if isinstance(seen, Bound):
        return f"{seen.sign}{write_number(seen.figure)}"
    return write_number(seen)
