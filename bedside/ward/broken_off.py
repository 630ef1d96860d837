"""An infusion that was started and broken off: part of the dose may be in, so the day is not due in full.

It is kept as a vial that was lost after its start, with how much went in. The order it was given
under ends with it: what is still to be given is a physician's decision, and a new order.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from bedside.store.queries import of_infant
from bedside.store.records import DoseRecord
from bedside.store.signature_records import DoseOrder
from bedside.units.quantities import DrugAmount
from bedside.units.refusal import Refused
from bedside.units.rounding import as_decimal, half_up
from bedside.units.writer import write_amount, write_number

if TYPE_CHECKING:
    from bedside.store.change import Change

_PLACES = 3  # decimals of a mg that the store keeps of a vial
BROKEN = "infusion broken off"
DECIDES = "a physician decides on the rest"
DECIDE_FIRST = "Doses, Orders, Decide on the rest: rest, whole again, or nothing more"


class VolumeRun(Struct, frozen=True):
    """How much of an infusion ran, as the pump or the bag says it, in mL; never more than it held."""

    ran_ml: Decimal
    of_ml: Decimal


WentIn = DrugAmount | VolumeRun | Literal["nothing", "not known"]


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
    whole = vial_amount(row)
    of_whole = "of it" if whole is None else f"of {write_amount(whole, mark)}"
    if went_in == "nothing":
        return f"{BROKEN} at {at}, nothing {of_whole} given"
    if went_in == "not known":
        return f"{BROKEN} at {at}, not known how much {of_whole} was given"
    ran = ""
    if isinstance(went_in, VolumeRun):
        ran = (
            f" ({write_number(went_in.ran_ml, mark)} mL of {write_number(went_in.of_ml, mark)} mL "
            "ran)"
        )
        went_in = amount_run(went_in, whole)
    if went_in.unit != "mg" or went_in.value <= 0:
        raise Refused("Type how much went in, in mg, or say nothing or not known.")
    if whole is not None and went_in.value > whole.value:
        raise Refused(
            f"{write_amount(went_in, mark)} is more than the vial held, "
            f"{write_amount(whole, mark)}: check the amount."
        )
    return f"{BROKEN} at {at}, {write_amount(went_in, mark)} {of_whole} given{ran}"


def vial_amount(row: DoseRecord) -> DrugAmount | None:
    """How much a vial held, in mg; None where it was not recorded."""
    return None if row.amount_ug is None else DrugAmount(Decimal(row.amount_ug) / 1000)


def amount_run(ran: VolumeRun, whole: DrugAmount | None) -> DrugAmount:
    """How much went in by the volume that ran: the whole × volume run ÷ whole volume, to 0.001 mg.

    Raises:
        Refused: no volume, more than it held, all of it, or the whole is not on record.
    """
    if whole is None:
        raise Refused("How much the vial held is not on record: type how much went in, in mg.")
    if ran.of_ml <= 0 or ran.ran_ml <= 0:
        raise Refused("Type how many mL ran, of how many mL: both above nothing.")
    if ran.ran_ml > ran.of_ml:
        raise Refused("More mL ran than it held: check both volumes.")
    if ran.ran_ml == ran.of_ml:
        raise Refused("All of it ran: record the infusion as finished, or type what went in.")
    share = Fraction(ran.ran_ml) / Fraction(ran.of_ml)
    return DrugAmount(half_up(as_decimal(Fraction(whole.value) * share), _PLACES))


def part_columns(went_in: WentIn, row: DoseRecord) -> dict[str, object]:
    """How much of a broken-off infusion went in, as the store keeps it beside its record."""
    if isinstance(went_in, str):
        return {"went_in": went_in, "amount": None, "unit": "", "how": "said"}
    how = "typed"
    if isinstance(went_in, VolumeRun):
        how = f"{write_number(went_in.ran_ml)} mL of {write_number(went_in.of_ml)} mL ran"
        went_in = amount_run(went_in, vial_amount(row))
    return {"went_in": "part", "amount": went_in.value, "unit": went_in.unit, "how": how}


def ended_by_breaking_off(doses: Sequence[DoseRecord], order: DoseOrder) -> tuple[str, ...]:
    """Why an order ended with an infusion given under it; an order signed afterwards stands."""
    key = (order.course_key, order.course_day, order.drug, order.route)
    return tuple(
        f"{broken_words(row)}: {DECIDES}"
        for row in doses
        if broken_off(row)
        and (row.course_key, row.course_day, row.drug, row.route) == key
        and (row.finished_at or row.recorded_at) >= order.recorded_at
    )[-1:]


def end_order_of(change: "Change", row: DoseRecord, reason: str) -> None:
    """End the order of an infusion that was begun, when its record is struck out.

    What was kept of how much went in, and what was decided on the rest, goes with the record.
    Whether a part of it is in is then known to nobody here: the day may not be given in full on the
    same signatures. A record that a vial was never started leaves its order standing. Each order says
    of which record it is: one that was signed afterwards and is given already stands by itself.
    """
    from bedside.ward.rest_acts import strike_parts
    from bedside.ward.signatures import strike_signed

    if row.started_at is None or row.state == "not given":
        return
    if row.state == "given" and not any(map(broken_off, _others(change, row))):
        return
    strike_parts(change, row.id, row.infant_id, reason)
    for order in _orders_of(change, row):
        if order.recorded_at <= row.started_at:
            strike_signed(
                change, DoseOrder, order.id, f"the record of its infusion was struck out: {reason}"
            )
    before = broken_words(row).partition(",")[0]
    end_orders_after(
        change, row, f"the record of the {before}, before it, was struck out: {reason}"
    )


def end_orders_after(change: "Change", row: DoseRecord, why: str) -> None:
    """End what was ordered after a broken-off infusion and rested on it, unless it is given already."""
    from bedside.ward.signatures import strike_signed

    used = any(
        one.voided_at is None and one.state != "vial lost" and one.started_at is not None
        for one in _others(change, row)
    )
    for order in () if used else _orders_of(change, row):
        strike_signed(change, DoseOrder, order.id, why)


def _others(change: "Change", row: DoseRecord) -> list[DoseRecord]:
    """Every other record of the same planned dose, struck out ones too."""
    rows = of_infant(change.connection, DoseRecord, row.infant_id, include_void=True)
    return [one for one in rows if _key(one) == _key(row) and one.id != row.id]


def _orders_of(change: "Change", row: DoseRecord) -> list[DoseOrder]:
    """The orders of the same planned dose that stand."""
    rows = of_infant(change.connection, DoseOrder, row.infant_id)
    return [
        one for one in rows if (one.course_key, one.course_day, one.drug, one.route) == _key(row)
    ]


def _key(row: DoseRecord) -> tuple[str, int, str, str]:
    return row.course_key, row.course_day, row.drug, row.route
