"""Puts right how much of a broken-off infusion went in: the old record is struck out, a new one stands.

It is open also where the record was struck out before, and where another infusion was given since:
what went in counts for ever, so it must never be lost with a slip of typing (hazards H1, H29).
"""

from msgspec import Struct

from bedside.store.infusion_records import InfusionPart
from bedside.store.queries import of_infant, one
from bedside.store.records import VOID_COLUMNS, DoseRecord
from bedside.units.dates import write_date, write_time
from bedside.units.refusal import Refused
from bedside.ward.broken_off import (
    BROKEN,
    WentIn,
    broken_head,
    broken_off,
    broken_words,
    end_orders_after,
    part_columns,
)
from bedside.ward.day_doses import of_words
from bedside.ward.one_act import one_act
from bedside.ward.people import named
from bedside.ward.vial_before_order import joined
from bedside.ward.ward import Ward

_OWN = ("id", "recorded_at", "recorded_by", *VOID_COLUMNS)


class BrokenRecord(Struct, frozen=True):
    """A broken-off infusion as it was recorded; ``struck`` is why it was struck out, "" where it stands."""

    dose_id: int
    words: str
    struck: str = ""


def broken_records(ward: Ward, infant_id: int) -> tuple[BrokenRecord, ...]:
    """Every broken-off infusion of an infant, and those struck out that nothing stands for, newest first."""
    with ward.store.reading() as connection:
        rows = of_infant(connection, DoseRecord, infant_id, include_void=True)
    broken = [row for row in rows if broken_off(row)]
    stands = {_infusion(row) for row in broken if row.voided_at is None}
    newest = {_infusion(row): row for row in broken if row.voided_at is not None}
    found = [row for row in broken if row.voided_at is None]
    found += [row for key, row in newest.items() if key not in stands]
    return tuple(
        BrokenRecord(row.id, dose_words(ward, row), row.void_reason or "")
        for row in sorted(found, key=lambda row: -row.id)
    )


def dose_words(ward: Ward, row: DoseRecord) -> str:
    """A record of a dose with its time and amount, so that two of one day are told apart."""
    head = f"{ward.drugs.display_name(row.drug)}, day {row.course_day}, {write_date(row.due_on)}"
    head += f", {words}" if (words := of_words(row)) else ""
    return f"{head}: {_state_words(ward, row)}, {row.recorded_by}"


@one_act
def correct_part(
    ward: Ward, infant_id: int, dose_id: int, went_in: WentIn, reason: str, *, who: str
) -> int:
    """Record how much of a broken-off infusion went in, in the place of what was recorded before.

    What a physician decided on the wrong amount, and an order that is not given yet, end with it.

    Args:
        ward: the ward.
        infant_id: the infant.
        dose_id: the record, from `broken_records`.
        went_in: how much, nothing, or not known.
        reason: what was wrong.
        who: who records it.

    Raises:
        Refused: it is no such record, no reason, or more than the vial held. Nothing is changed.
    """
    from bedside.ward.order_ending import changing_doses
    from bedside.ward.rest_acts import strike_parts

    who = named(who)
    if not reason.strip():
        raise Refused("A correction needs its reason: say what was wrong.")
    if dose_id not in {found.dose_id for found in broken_records(ward, infant_id)}:
        raise Refused("This infusion is not as it was shown any more: nothing was changed.")
    with ward.store.reading() as connection:
        row = one(connection, DoseRecord, dose_id)
    at = row.finished_at or row.recorded_at
    head = broken_head(write_time(ward.local(at)), went_in, row, ward.decimal_mark)
    before = row.note.partition(f"{BROKEN} at ")[0].strip("; ")
    why = f"how much went in was put right: {reason.strip()}"
    kept = {name: getattr(row, name) for name in DoseRecord.__struct_fields__ if name not in _OWN}
    kept |= {"note": joined(before, f"{head}: {why}"), "finished_at": at}
    with changing_doses(
        ward, infant_id, who, "put right how much of an infusion went in"
    ) as change:
        end_orders_after(change, row, why)
        if row.voided_at is None:
            strike_parts(change, row.id, infant_id, why)
            change.void(DoseRecord, row.id, why)
        new = change.add(DoseRecord, **kept)
        change.add(InfusionPart, infant_id=infant_id, dose_id=new, **part_columns(went_in, row))
        return new


def _infusion(row: DoseRecord) -> tuple[object, ...]:
    """Which infusion a record is of."""
    return row.course_key, row.course_day, row.drug, row.route, row.started_at


def _state_words(ward: Ward, row: DoseRecord) -> str:
    from bedside.units.writer import write_amount
    from bedside.ward.broken_off import vial_amount

    if broken_off(row):
        return broken_words(row)
    held = vial_amount(row)
    amount = "" if held is None else f", {write_amount(held, ward.decimal_mark)}"
    if row.state == "vial lost":
        return f"vial discarded before its infusion{amount}"
    if row.state == "vial running":
        runs = "vial clock runs" if row.started_at is None else "infusion runs"
        return f"{runs}{amount}"
    at = row.finished_at
    when = "" if at is None else f" {write_time(ward.local(at))}"
    return f"{row.state}{when}{amount}"
