"""Records a dose again as it stood in the ward that a restore replaced: the same amount, the same times."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec

from bedside.store.check_records import DoseGiving
from bedside.store.dose_records import DoseBasis
from bedside.store.infusion_records import InfusionPart
from bedside.store.queries import of_infant
from bedside.store.records import DoseRecord
from bedside.store.restored_records import RestoredAct
from bedside.units.refusal import Refused
from bedside.ward.editions import keep_edition
from bedside.ward.facts import InfantFacts
from bedside.ward.giving_gate import strike_giving
from bedside.ward.restored_blocks import planned_of
from bedside.ward.taken_over import WORDS, taken_over_words
from bedside.ward.ward import Ward

if TYPE_CHECKING:
    from bedside.store.change import Change

Kept = Mapping[str, str | int | None]
_MADE = ("given", "vial running")
_TIMES = ("reconstituted_at", "started_at", "finished_at")


def record_as_it_was(
    change: "Change", ward: Ward, facts: InfantFacts, row: RestoredAct, who: str
) -> None:
    """Record a dose that a restore lost.

    Args:
        change: the change that settles it, too.
        ward: the ward.
        facts: the infant's facts.
        row: the act, with what was recorded of the dose.
        who: who takes it over.

    Raises:
        Refused: the dose is recorded in this ward already.
    """
    kept = msgspec.json.decode(row.content, type=dict[str, Kept | list[str] | None])
    names = ("dose_record", "dose_basis", "dose_giving", "infusion_part")
    dose, basis, giving, part = (_part(kept, name) for name in names)
    if dose is None:
        raise Refused("Nothing of this dose is at hand: record it from paper.")
    _make_room(change, facts, row, (dose.get("hour"), dose.get("turn")))
    dose_id = change.add(DoseRecord, **_dose(facts, row, dose, who))
    if basis is not None:
        keep_edition(change, ward, facts.protocol.key)
        change.add(DoseBasis, **_basis(facts, dose_id, basis))
    if giving is not None:
        people = kept.get("checked_by")
        two = people if isinstance(people, list) and len(people) == 2 else [row.done_by] * 2
        change.add(DoseGiving, **_giving(facts, row, giving, (two[0], two[1])))
    if dose["state"] == "vial lost":
        _end(change, facts, row, part, dose_id)


def _end(
    change: "Change", facts: InfantFacts, row: RestoredAct, part: Kept | None, dose_id: int
) -> None:
    """Of an infusion that was broken off: how much went in, and that it is not given as a whole."""
    if part is not None:
        amount = None if part["amount"] is None else Decimal(str(part["amount"]))
        columns = {name: part[name] for name in ("went_in", "unit", "how")}
        change.add(
            InfusionPart, infant_id=facts.infant.id, dose_id=dose_id, amount=amount, **columns
        )
    planned = planned_of(row)
    if planned is not None:
        strike_giving(change, facts.infant.id, planned, row.words)


def was_begun(row: RestoredAct) -> bool:
    """Whether an infusion had begun, or a dose was given, in the ward that was replaced."""
    kept = msgspec.json.decode(row.content, type=dict[str, Kept | list[str] | None])
    dose = _part(kept, "dose_record")
    return dose is not None and (dose["state"] == "given" or dose["started_at"] is not None)


def of_day_then(row: RestoredAct) -> tuple[object, object] | None:
    """Which dose of its day a lost dose was: hour and number; None for the whole day, or not at hand."""
    if not row.content:
        return None
    dose = _part(
        msgspec.json.decode(row.content, type=dict[str, Kept | list[str] | None]), "dose_record"
    )
    of = (None, None) if dose is None else (dose.get("hour"), dose.get("turn"))
    return None if of == (None, None) else of


def _part(kept: Mapping[str, Kept | list[str] | None], name: str) -> Kept | None:
    found = kept.get(name)
    return found if isinstance(found, Mapping) else None


def _make_room(
    change: "Change", facts: InfantFacts, row: RestoredAct, of: tuple[object, object]
) -> None:
    """A vial that ran when the copy was made is replaced by what became of it."""
    for dose in of_infant(change.connection, DoseRecord, facts.infant.id):
        if (dose.course_key, dose.course_day, dose.drug, dose.route) != planned_of(row):
            continue
        if (dose.hour, dose.turn) != of:
            continue
        if dose.state == "given":
            raise Refused("This dose is recorded as given already: settle it as entered again.")
        if dose.state in _MADE:
            change.void(DoseRecord, dose.id, "taken over as it stood before the restore")


def _dose(facts: InfantFacts, row: RestoredAct, kept: Kept, taker: str) -> dict[str, object]:
    note = str(kept["note"] or "")
    if found := WORDS.search(note):  # taken over after an earlier restore, too
        note = note[: found.start()].rstrip("; ") + note[found.end() :]
    giver = found["giver"] if found else row.done_by
    said = taken_over_words(taker, giver)
    return {
        "infant_id": facts.infant.id,
        "course_key": row.course_key,
        "course_day": row.course_day,
        "due_on": row.due_on,
        "drug": row.drug,
        "route": row.route,
        "state": kept["state"],
        "amount_ug": kept["amount_ug"],
        "measurement_id": _weight(facts, kept["measurement_id"]),
        "infusion_minutes": kept["infusion_minutes"],
        "note": f"{note}; {said}" if note else said,
        "hour": kept.get("hour"),
        "turn": kept.get("turn"),
        **{name: _moment(kept[name]) for name in _TIMES},
    }


def _weight(facts: InfantFacts, number: object) -> int | None:
    """The weight that it rested on, where this ward has it."""
    known = {row.id for row in facts.measurements}
    return number if isinstance(number, int) and number in known else None


def _basis(facts: InfantFacts, dose_id: int, kept: Kept) -> dict[str, object]:
    def exact(name: str) -> Decimal | None:
        return None if kept[name] is None else Decimal(str(kept[name]))

    return {
        "infant_id": facts.infant.id,
        "dose_id": dose_id,
        "amount": exact("amount"),
        "unit": kept["unit"],
        "worked": exact("worked"),
        "share": exact("share"),
        "protocol_edition": kept["protocol_edition"],
        "protocol_digest": kept["protocol_digest"],
        "values_digest": kept["values_digest"],
        "reason": kept["reason"],
    }


def _giving(
    facts: InfantFacts, row: RestoredAct, kept: Kept, checked_by: tuple[str, str]
) -> dict[str, object]:
    """How it was given; its check, which this ward does not hold, stands as its two people's names."""
    reason = str(kept["paper_reason"] or "")
    return {
        "infant_id": facts.infant.id,
        "course_key": row.course_key,
        "course_day": row.course_day,
        "drug": row.drug,
        "route": row.route,
        "planned_on": row.due_on,
        "given_at": _moment(kept["given_at"]),
        "order_id": None,
        "check_id": None,
        "paper_first": checked_by[0],
        "paper_second": checked_by[1],
        "paper_reason": reason or "checked in the ward that was replaced by a restore",
        "hour": kept.get("hour"),
        "turn": kept.get("turn"),
    }


def _moment(text: object) -> datetime | None:
    return None if text is None else datetime.fromisoformat(str(text))
