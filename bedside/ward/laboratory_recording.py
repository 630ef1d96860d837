"""Records chemistry and drug levels, completes pending ones, and corrects in the open.

A correction strikes the old row out and adds a new one in the same change, with who, when and why.
"""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from bedside.store.laboratory_records import LabResult
from bedside.store.queries import one
from bedside.store.records import Infant
from bedside.units.dates import write_date_time
from bedside.units.refusal import Refused
from bedside.ward.laboratory_catalogue import catalogue
from bedside.ward.laboratory_reading import NewResult, ReadResult, judged, read_result
from bedside.ward.laboratory_rows import row_words, rows_of
from bedside.ward.one_act import one_act
from bedside.ward.people import named
from bedside.ward.specimen_twice import place_of, same_minute
from bedside.ward.ward import Ward
from bedside.ward.weighing import check_moment

LONGEST_PLACE = 60
COMPLETED = "the result came in"


class NewSpecimen(Struct, frozen=True):
    """One specimen with its results, as typed."""

    taken_at: datetime
    specimen: str
    laboratory: str
    results: tuple[NewResult, ...]


@one_act
def record_results(
    ward: Ward, infant_id: int, specimen: NewSpecimen, *, who: str
) -> tuple[int, ...]:
    """Keep the results of one specimen, all of them or none.

    Raises:
        Refused: nothing typed, a time that cannot be, something unreadable, impossible, or unusual
            and not typed twice, or a result of this specimen that is recorded already (by whom).
    """
    who = named(who)
    with ward.store.reading() as connection:
        infant = one(connection, Infant, infant_id)
    rows = rows_of(ward, infant_id)
    reasons = [
        *check_moment(ward, infant, specimen.taken_at, "A specimen taken"),
        *_places(specimen),
    ]
    read: list[ReadResult] = []
    for typed in specimen.results:
        try:
            read.append(read_result(typed, ward.decimal_mark))
        except Refused as refused:
            reasons += refused.reasons
    for result in read:
        reasons += _already(ward, rows, specimen, result)
        reasons += against(ward, rows, result, specimen.taken_at)
    if reasons:
        raise Refused(*reasons)
    with ward.store.change(who, "recorded laboratory results", ward.now()) as change:
        return tuple(
            change.add(LabResult, **_columns(infant_id, specimen, result)) for result in read
        )


@one_act
def complete_result(ward: Ward, result_id: int, typed: NewResult, *, who: str) -> int:
    """Record a pending result that came in; the pending row is struck out in the same change.

    Raises:
        Refused: it is not pending any more, or the value stands against something.
    """
    row = _standing(ward, result_id)
    if row.state != "pending":
        raise Refused(f"{row_words(ward, row)} is not pending: correct it instead, with a reason.")
    return _replace(ward, row, typed, COMPLETED, "recorded a laboratory result that came in", who)


@one_act
def correct_result(ward: Ward, result_id: int, typed: NewResult, reason: str, *, who: str) -> int:
    """Correct a result: the old one is struck out with the reason, the new one stands in its place.

    Raises:
        Refused: no reason, struck out already, or the new value stands against something.
    """
    row = _standing(ward, result_id)
    return _replace(ward, row, typed, _reason(reason), "corrected a laboratory result", who)


@one_act
def void_result(ward: Ward, result_id: int, reason: str, *, who: str) -> None:
    """Strike a result out without another in its place (another infant's, for one).

    Raises:
        Refused: no reason, or it is struck out already.
    """
    from bedside.ward.order_ending import changing_doses

    row = _standing(ward, result_id)
    act = "struck out a laboratory result"
    with changing_doses(ward, row.infant_id, named(who), act) as change:
        change.void(LabResult, row.id, _reason(reason))


def against(ward: Ward, rows: Sequence[LabResult], read: ReadResult, at: datetime) -> list[str]:
    """What stands against keeping a result: impossible, or unusual and not typed a second time."""
    found = judged(ward, rows, read, at)
    if found.level == "impossible":
        return [found.words]
    if found.level == "unusual" and not _same_again(read):
        return [f"{found.words}. Read the slip and type it a second time."]
    return []


def _same_again(read: ReadResult) -> bool:
    return read.typed.again.strip() == read.typed.text.strip()


def _reason(reason: str) -> str:
    if not reason.strip():
        raise Refused("A correction needs its reason: say what was wrong with this result.")
    return reason.strip()


def _standing(ward: Ward, result_id: int) -> LabResult:
    with ward.store.reading() as connection:
        row = one(connection, LabResult, result_id)
    if row.voided_at is not None:
        raise Refused(f"{row_words(ward, row)} is struck out already: {row.void_reason}.")
    return row


def _replace(ward: Ward, row: LabResult, typed: NewResult, reason: str, act: str, who: str) -> int:
    from bedside.ward.order_ending import changing_doses

    who = named(who)
    if typed.analyte != row.analyte:
        raise ValueError("a result is replaced by one of the same analyte")
    read = read_result(typed, ward.decimal_mark)
    others = [other for other in rows_of(ward, row.infant_id) if other.id != row.id]
    reasons = against(ward, others, read, row.taken_at)
    if reasons:
        raise Refused(*reasons)
    specimen = NewSpecimen(row.taken_at, row.specimen, row.laboratory, (typed,))
    columns = _columns(row.infant_id, specimen, read) | {"replaces_id": row.id}
    with changing_doses(ward, row.infant_id, who, act) as change:
        change.void(LabResult, row.id, reason)
        return change.add(LabResult, **columns)


def _columns(infant_id: int, specimen: NewSpecimen, read: ReadResult) -> dict[str, object]:
    entry, typed = read.entry, read.typed
    done = entry.state == "done"
    limited = read.low is not None or read.high is not None
    twice = f"typed twice: {typed.text.strip()} {read.unit.shown}" if typed.again.strip() else ""
    return {
        "infant_id": infant_id,
        "analyte": read.analyte.key,
        "taken_at": specimen.taken_at,
        "specimen": specimen.specimen.strip(),
        "laboratory": specimen.laboratory.strip(),
        "state": entry.state,
        "state_reason": entry.reason,
        "comparator": entry.comparator,
        "typed": typed.text.strip(),
        "value": entry.value,
        "unit": read.unit.name if done else "",
        "kept": entry.kept,
        "kept_unit": read.analyte.unit.name if done else "",
        "low": read.low,
        "high": read.high,
        "limits_from": "laboratory" if limited else "",
        "fasting": typed.fasting if done else "",
        "unusual_reason": twice,
        "replaces_id": None,
    }


def _places(specimen: NewSpecimen) -> list[str]:
    if not specimen.results:
        return ["Nothing is typed for this specimen: type at least one result."]
    if max(len(specimen.specimen), len(specimen.laboratory)) > LONGEST_PLACE:
        return [f"Specimen and laboratory are named in at most {LONGEST_PLACE} letters each."]
    keys = [result.analyte for result in specimen.results]
    if len(keys) != len(set(keys)):
        return ["One analyte stands twice in this specimen."]
    place = specimen.specimen.strip().casefold()
    return [
        f"{one.title} is recorded of the specimen “{one.specimen}” only: choose that, or leave it "
        f"out. {one.note}".strip()
        for one in map(catalogue().analytes.get, keys)
        if one is not None and one.specimen and one.specimen != place
    ]


def _already(
    ward: Ward, rows: Sequence[LabResult], specimen: NewSpecimen, read: ReadResult
) -> list[str]:
    """Whether this very result is recorded, in words that name who entered it."""
    of_it = [row for row in rows if row.analyte == read.analyte.key]
    return list(_entered(ward, of_it, specimen.taken_at, specimen.specimen).values())


def entered_already(
    ward: Ward, infant_id: int, taken_at: datetime, specimen: str
) -> dict[str, str]:
    """What is recorded of this very specimen, by analyte, in words that name who entered it.

    Args:
        ward: the open ward.
        infant_id: whose specimen it is.
        taken_at: when it was taken, aware.
        specimen: where it was taken from, "" where that is not said.
    """
    return _entered(ward, rows_of(ward, infant_id), taken_at, specimen)


def entered_at(ward: Ward, infant_id: int, taken_at: datetime) -> tuple[str, ...]:
    """What is recorded as taken at this time, from wherever: "ALT 61 U/L, central line"."""
    return tuple(
        ", ".join(part for part in (row_words(ward, row), row.specimen.strip()) if part)
        for row in rows_of(ward, infant_id)
        if same_minute(row.taken_at, taken_at)
    )


def _entered(
    ward: Ward, rows: Sequence[LabResult], taken_at: datetime, specimen: str
) -> dict[str, str]:
    place = place_of(specimen)
    found: dict[str, str] = {}
    for row in rows:
        theirs = place_of(row.specimen)
        known = bool(place and theirs)
        if not same_minute(row.taken_at, taken_at) or (known and theirs != place):
            continue
        when = write_date_time(ward.local(row.recorded_at))
        by = f"already by {row.recorded_by} on {when}"
        instead = "record it as come in" if row.state == "pending" else "correct that one instead"
        words = f"{row_words(ward, row)} was entered from this specimen {by}: {instead}."
        if theirs != place:
            words = (
                f"{row_words(ward, row)} of this minute, {row.specimen.strip() or 'from where not said'}, "
                f"was entered {by}: {instead}. If this is another specimen, both must say from where."
            )
        found.setdefault(row.analyte, words)
    return found
