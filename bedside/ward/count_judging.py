"""Is a blood count like the child's own last ones? Each typed value, and the ANC that is worked out.

A slip that would newly open a block asks for a second typing, whatever else hides it (hazards H1, H14).
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import islice
from typing import Literal, TypeVar, cast

from bedside.clinical.plausibility import (
    Entered,
    Plausibility,
    judge_anc,
    judge_haemoglobin,
    judge_platelets,
    judge_white_cells,
)
from bedside.store.queries import newest_of_infant, of_infant
from bedside.store.records import BloodCount, Infant
from bedside.units.bounds import Bound, bounded
from bedside.units.quantities import Anc, Haemoglobin, Platelets, WhiteCells
from bedside.units.writer import write_number
from bedside.ward.count_bounds import COLUMNS
from bedside.ward.count_entered import anc_comparator
from bedside.ward.count_parts import judged_part, part_reasons
from bedside.ward.counts_page import ruled_course
from bedside.ward.facts import facts_of
from bedside.ward.forms import EnteredCount, NewCounts
from bedside.ward.identity import infant_of
from bedside.ward.same_minute import minute_of
from bedside.ward.standing import standing_of
from bedside.ward.views.pages import Judged
from bedside.ward.ward import Ward

Comparator = Literal["", "<", ">"]
Value = TypeVar("Value")
Rows = tuple[BloodCount, ...]
Counted = WhiteCells | Anc | Platelets | Haemoglobin
NOT_ENTERED = EnteredCount()
_MANY = 8  # times the last count: about ten times, as a shifted decimal mark makes it
_COMPARED = 5  # as many earlier values as judging looks at, and some
_READ = 40  # counts are read at first; some weeks of them
_SOURCES = {"analyser": "by the analyser", "worked out": "worked out"}


def judge_count(
    ward: Ward, infant_id: int, value: Counted, entered: EnteredCount = NOT_ENTERED
) -> Judged:
    """Judge one typed value against the infant's own last ones; its type says what was counted.

    An ANC is set beside the last ANC of any source, and which source that was is said.
    """
    rows = counted(ward, infant_id)[1]
    found = _judge(ward, infant_id, rows, value, entered)
    last = _newest(rows, "anc", 1) if isinstance(value, Anc) else []
    words = f"{_written(last[0][1])} {_anc_source(rows)}" if last else ""
    return Judged(found.level, found.words, found.compared, words, named=found.named)


def judge_worked_out(
    ward: Ward, infant_id: int, anc: Anc, white: WhiteCells, sign: str = ""
) -> Judged:
    """Judge an ANC that nobody typed: by itself, and by the white cells it was worked out from.

    Args:
        ward: the open ward.
        infant_id: whose count is typed.
        anc: as worked out.
        white: the white cells it was worked out from.
        sign: "<" or ">" where both are bounds; else "".
    """
    found = _judge_worked_out(ward, infant_id, counted(ward, infant_id)[1], anc, white, sign)
    return Judged(found.level, found.words, found.compared)


def judge_share(ward: Ward, infant_id: int, part: str, percent: Decimal) -> Judged:
    """Judge one typed part of the differential against the infant's own last one.

    Args:
        ward: the open ward.
        infant_id: whose count is typed.
        part: "neutrophils", "bands", "lymphocytes", "monocytes", "other" or "blasts".
        percent: in per cent of the white cells.
    """
    found = judged_part(ward, counted(ward, infant_id)[1], part, percent)
    return Judged(found.level, found.words, found.compared)


def counted(ward: Ward, infant_id: int) -> tuple[Infant, Rows]:
    """The infant and her newest counts in the order of their times: all that judging needs.

    Where a measure has neither value nor bound among the newest, every count is read.
    """
    with ward.store.reading() as connection:
        infant = infant_of(connection, infant_id)
        rows = newest_of_infant(connection, BloodCount, infant_id, _READ)
        if len(rows) == _READ and not all(_newest(rows[::-1], name, 1) for name in COLUMNS):
            rows = of_infant(connection, BloodCount, infant_id)
    return infant, tuple(sorted(rows, key=lambda row: (row.taken_at, row.id)))


def against_earlier(
    ward: Ward, infant_id: int, earlier: Rows, counts: NewCounts, worked: Anc | None
) -> list[str]:
    """What stands against a typed count beside the infant's own last ones, a sentence each.

    Args:
        ward: the open ward.
        infant_id: whose count it is.
        earlier: what `counted` gave.
        counts: as typed.
        worked: the ANC that is kept where it was worked out; else None.
    """
    return [
        *_bounds(ward, earlier, counts, infant_id),
        *_worked_out(ward, earlier, counts, infant_id, worked),
        *part_reasons(ward, earlier, counts),
    ]


def _bounds(ward: Ward, earlier: Rows, counts: NewCounts, infant_id: int) -> list[str]:
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
    ward: Ward, earlier: Rows, counts: NewCounts, infant_id: int, anc: Anc | None
) -> list[str]:
    """What stands against an ANC that nobody typed: a slip in the white cells stands in it, too."""
    if anc is None or counts.wbc is None:
        return []
    sign = anc_comparator(counts)
    found = _judge_worked_out(ward, infant_id, earlier, anc, counts.wbc, sign)
    twice = bool(counts.unusual_reason.strip())
    if found.level == "usual" or (found.level == "unusual" and twice):
        return []
    return [f"ANC worked out: {found.words} Read the slip and type the white cells a second time."]


def _judge(
    ward: Ward,
    infant_id: int,
    rows: Rows,
    value: Counted,
    entered: EnteredCount,
) -> Plausibility:
    found = _against_last(ward, rows, value, entered)
    if entered.comparator != "<" and found.level == "usual" and isinstance(value, Anc | Platelets):
        words = _opens_by_many(ward, infant_id, rows, value, entered.comparator)
        if words:
            return Plausibility("unusual", words, found.compared)
    return found


def _judge_worked_out(
    ward: Ward,
    infant_id: int,
    rows: Rows,
    anc: Anc,
    white: WhiteCells,
    sign: str,
) -> Plausibility:
    """A tenfold slip in the white cells, too, where another share of neutrophils hides it.

    Decision: ">" proves that there are at least so many, and is judged as the figure itself would be.
    "<" proves no rise and opens nothing; nor is a fall to it named: after chemotherapy it is the
    counter's own lowest figure, and the bound carries no mark of a slip (a tenth cannot be told from
    a hundredth). What it closes wrongly is a delay, which the next specimen ends.
    """
    found = _judge(ward, infant_id, rows, anc, EnteredCount(comparator=cast(Comparator, sign)))
    if sign == "<" or found.level != "usual":
        return found
    seen = _many_times(rows, "wbc", white.per_ul)
    if seen is None or not _figure(seen):
        return found  # after white cells of 0 the ANC was 0, too, and is judged by itself
    before = _newest(rows, "anc", 1)
    title = _newly_meets(ward, infant_id, "anc", before[0][1] if before else 0, anc.per_ul)
    times = white.per_ul // _figure(seen)
    words = (
        f">{write_number(anc.per_ul)} per µL would meet the start rule of {title}, and the white "
        f"cells are at least {times} times the last ones: "
        f"{_written(seen)} → >{write_number(white.per_ul)} per µL."
        if sign
        else f"{write_number(anc.per_ul)} per µL would meet the start rule of {title}, and the white "
        f"cells are {times} times the last ones: {_written(seen)} → {write_number(white.per_ul)} per µL."
    )
    return Plausibility("unusual", words, found.compared) if title else found


def _opens_by_many(
    ward: Ward, infant_id: int, rows: Rows, value: Anc | Platelets, sign: str
) -> str:
    """A count that would newly meet a start rule by being many times the last one, in words.

    A rise that a transfusion could explain is no slip by itself; one that opens an azacitidine
    block is worth a second look at the slip (hazards H1, H14).
    """
    measure: Literal["anc", "platelets"] = "anc" if isinstance(value, Anc) else "platelets"
    seen = _many_times(rows, measure, value.per_ul)
    title = "" if seen is None else _newly_meets(ward, infant_id, measure, seen, value.per_ul)
    if seen is None or not title:
        return ""
    if not _figure(seen):
        return (
            f"{_written(seen)} → {write_number(value.per_ul)} per µL: none were counted last, and it "
            f"would meet the start rule of {title}."
        )
    times = value.per_ul // _figure(seen)
    return (
        f"{_written(seen)} → >{write_number(value.per_ul)} per µL: at least {times} times the last value, "
        f"and it would meet the start rule of {title}."
        if sign
        else f"{_written(seen)} → {write_number(value.per_ul)} per µL: {times} times the last value, "
        f"and it would meet the start rule of {title}."
    )


def _many_times(rows: Sequence[BloodCount], measure: str, per_ul: int) -> int | Bound[int] | None:
    """The last value or bound that a new one is about ten times, or more; None where it is not.

    More, too: the true count rises as well, and a tenfold slip on top of that is no smaller a slip.
    """
    found = _newest(rows, measure, 1)
    if not found:
        return None
    seen = found[0][1]
    last = _figure(seen)
    return None if seen == Bound(">", last) or per_ul < max(1, _MANY * last) else seen


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


def _against_last(ward: Ward, rows: Rows, value: Counted, entered: EnteredCount) -> Plausibility:
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


def _anc_source(rows: Rows) -> str:
    """Where the newest ANC came from, in words."""
    for row in reversed(rows):
        if row.anc_per_ul is not None:
            return _SOURCES.get(row.anc_source, "")
    return ""


def _earlier(
    ward: Ward, rows: Rows, measure: str, kind: Callable[[int], Value]
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
    """The newest values or bounds of one measure as kept, newest first; of one minute the lowest."""
    column, found = COLUMNS[measure], dict[datetime, list[tuple[datetime, int | Bound[int]]]]()
    for row in reversed(rows):
        value = getattr(row, column)
        if value is not None:
            seen = bounded(getattr(row, f"{measure}_comparator") or "", value)
            found.setdefault(minute_of(row.taken_at), []).append((row.taken_at, seen))
        if len(found) > most:
            break
    lowest = (min(tied, key=lambda one: _figure(one[1])) for tied in found.values())
    return list(islice(lowest, most))


def _written(seen: int | Bound[int]) -> str:
    """A count without its unit, or its bound with its sign."""
    if isinstance(seen, Bound):
        return f"{seen.sign}{write_number(seen.figure)}"
    return write_number(seen)
