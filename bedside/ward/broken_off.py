"""An infusion that was started and broken off: part of the dose may be in, so the day is not due in full.

It is kept as a vial that was lost after its start, with how much went in. The order it was given
under ends with it: what is still to be given is a physician's decision, and a new order.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from bedside.store.queries import of_infant
from bedside.store.records import DoseRecord
from bedside.store.signature_records import DoseOrder
from bedside.units.quantities import DrugAmount
from bedside.units.refusal import Refused
from bedside.units.writer import write_amount

if TYPE_CHECKING:
    from bedside.store.change import Change

BROKEN = "infusion broken off"
DECIDES = "a physician decides on the rest"
WHOLE_ONLY = (
    "Bedside can order the whole dose only: where a part is in, the rest is ordered on paper."
)
WentIn = DrugAmount | Literal["nothing", "not known"]


def broken_off(row: DoseRecord) -> bool:
    """Whether a record is of an infusion that was started and broken off."""
    return row.state == "vial lost" and row.started_at is not None


def broken_words(row: DoseRecord) -> str:
    """As "infusion broken off at 10:12, 7 mg of 15.5 mg given"; what is not on record is said so."""
    at = row.note.find(f"{BROKEN} at ")
    if at < 0:  # of an older program, which did not ask
        return f"{BROKEN}, how much went in is not on record"
    return row.note[at:].partition(": ")[0]


def broken_head(at: str, went_in: WentIn, row: DoseRecord, mark: str) -> str:
    """How a broken-off infusion is told.

    Args:
        at: the time, as written.
        went_in: how much of it.
        row: the running dose.
        mark: the ward's decimal mark.

    Raises:
        Refused: not an amount in mg above nothing and at most what the vial held.
    """
    whole = None if row.amount_ug is None else DrugAmount(Decimal(row.amount_ug) / 1000)
    of_whole = "of it" if whole is None else f"of {write_amount(whole, mark)}"
    if went_in == "nothing":
        return f"{BROKEN} at {at}, nothing {of_whole} given"
    if went_in == "not known":
        return f"{BROKEN} at {at}, not known how much {of_whole} was given"
    if went_in.unit != "mg" or went_in.value <= 0:
        raise Refused("Type how much went in, in mg, or say nothing or not known.")
    if whole is not None and went_in.value > whole.value:
        raise Refused(
            f"{write_amount(went_in, mark)} is more than the vial held, "
            f"{write_amount(whole, mark)}: check the amount."
        )
    return f"{BROKEN} at {at}, {write_amount(went_in, mark)} {of_whole} given"


def ended_by_breaking_off(doses: Sequence[DoseRecord], order: DoseOrder) -> tuple[str, ...]:
    """Why an order ended with an infusion given under it; an order signed afterwards stands."""
    key = (order.course_key, order.course_day, order.drug, order.route)
    return tuple(
        f"{broken_words(row)}: {DECIDES}"
        for row in doses
        if broken_off(row)
        and (row.course_key, row.course_day, row.drug, row.route) == key
        and row.recorded_at >= order.recorded_at
    )[-1:]


def end_order_of(change: "Change", row: DoseRecord, reason: str) -> None:
    """End the order of an infusion that was begun, when its record is struck out.

    Whether a part of it is in is then known to nobody here: the day may not be given in full on the
    same signatures. A record that a vial was never started leaves its order standing.
    """
    from bedside.ward.order_acts import strike

    if row.started_at is None or row.state not in ("vial running", "vial lost"):
        return
    key = (row.course_key, row.course_day, row.drug, row.route)
    for order in of_infant(change.connection, DoseOrder, row.infant_id):
        if (order.course_key, order.course_day, order.drug, order.route) == key:
            strike(change, order.id, f"the record of its infusion was struck out: {reason}")
