"""Whether an order still stands: what it was written on against what is known now, nothing else.

An order stands while its dose, worked out anew from the facts of now, is the very same and drawn up
from the very same, on the same day, for the same infant, from a weight that nobody has struck out
(hazards H1, H4, H25, H29, H40).
"""

from datetime import date
from decimal import Decimal
from typing import cast

from msgspec import Struct

from bedside.store.signature_records import DoseOrder
from bedside.units.dates import write_date
from bedside.units.quantities import BodyWeight, DrugAmount, DrugUnit
from bedside.units.writer import write_amount, write_number, write_weight
from bedside.ward.order_drawn import Drawn, signed_drawn, why_other


class WeightUsed(Struct, frozen=True):
    """The weight that an order rests on.

    Args:
        weight_g: grams.
        on: the day of weighing in the ward's zone.
        struck: why it was struck out, "" where that is not said yet; None while it stands.
        became_g: what it was corrected to (a weight of the same moment), None where nothing was.
    """

    weight_g: int
    on: date
    struck: str | None = None
    became_g: int | None = None


class DoseNow(Struct, frozen=True):
    """One planned administration as it is worked out now.

    Args:
        on: its date, None where it is not planned any more.
        held: why its course or drug is held on that date, "" where it is not.
        amount: of one dose, None where it cannot be worked out.
        drawn: what it is drawn up from, and the volume, vials or tablets that come of it.
        doses_per_day: how often on the day.
        share: per cent of the protocol's own dose.
        rule: the dose in words.
        edition: of the protocol.
        blocked: why it cannot be worked out.
        unconfirmed: why nobody signs it: two people have not confirmed what it is dosed from.
        closed: what of the start rule of its course does not hold (any more).
        weight: weight and day of the newest weighing, None where there is none.
        family, given, born, hospital_number: who the infant is now.
    """

    on: date | None
    held: str
    amount: DrugAmount | None
    drawn: Drawn
    doses_per_day: int
    share: Decimal
    rule: str
    edition: str
    blocked: tuple[str, ...]
    unconfirmed: tuple[str, ...]
    closed: tuple[str, ...]
    weight: WeightUsed | None
    family: str
    given: str
    born: date
    hospital_number: str


def why_ended(order: DoseOrder, used: WeightUsed | None, now: DoseNow) -> tuple[str, ...]:
    """Every reason why an order does not stand any more; empty while it stands.

    Each is a clause without a full stop at its end: they are joined, and stand within sentences.

    Args:
        order: as it was written.
        used: the weight it was worked out with, None where it rests on none.
        now: the same administration as it is worked out now.
    """
    return tuple(one.rstrip(". ") for one in _ended(order, used, now))


def _ended(order: DoseOrder, used: WeightUsed | None, now: DoseNow) -> tuple[str, ...]:
    reasons = [*_identity(order, now), *_struck(used), *_day(order, now)]
    if order.share != now.share:
        reasons.append(
            f"it was ordered at {write_number(order.share)} % of the protocol dose: "
            f"{write_number(now.share)} % holds now"
        )
    if order.protocol_edition != now.edition:
        reasons.append(f"protocol edition {order.protocol_edition} became {now.edition}")
    elif order.rule != now.rule:
        reasons.append(f"the dose rule was {order.rule}; it is {now.rule or 'not known'} now")
    if now.closed:
        reasons.append(f"the start rule does not hold any more: {' '.join(now.closed)}")
    reasons += [f"{one[:1].lower()}{one[1:]}" for one in now.unconfirmed]
    if _same(order, now):
        return (*reasons, *why_other(signed_drawn(order.steps), now.drawn))
    if reasons:
        return tuple(reasons)
    if now.amount is None:
        return (f"the dose cannot be worked out any more: {' '.join(now.blocked)}".rstrip(": "),)
    return (_other_dose(order, used, now),)


def struck_words(used: WeightUsed) -> str:
    """What became of a weight that was struck out."""
    before = write_weight(BodyWeight(used.weight_g))
    if used.became_g is not None:
        after = write_weight(BodyWeight(used.became_g))
        return f"weight of {write_date(used.on)} was corrected: {before} became {after}"
    why = f": {used.struck}" if used.struck else ""
    return f"weight of {write_date(used.on)}, {before}, was struck out{why}"


def order_amount(order: DoseOrder) -> DrugAmount:
    """The dose that was ordered."""
    return DrugAmount(order.amount, cast(DrugUnit, order.unit))


def _identity(order: DoseOrder, now: DoseNow) -> list[str]:
    pairs = (
        ("family name", order.family, now.family),
        ("given name", order.given, now.given),
        ("day of birth", write_date(order.born), write_date(now.born)),
        ("hospital number", order.hospital_number, now.hospital_number),
    )
    return [
        f"{what} was corrected: {then} became {new}" for what, then, new in pairs if then != new
    ]


def _struck(used: WeightUsed | None) -> list[str]:
    return [] if used is None or used.struck is None else [struck_words(used)]


def _day(order: DoseOrder, now: DoseNow) -> list[str]:
    if now.on is None:
        return [f"day {order.course_day} is not planned any more"]
    if now.on != order.due_on:
        return [
            f"day {order.course_day} moved from {write_date(order.due_on)} to {write_date(now.on)}"
        ]
    return [now.held] if now.held else []


def _same(order: DoseOrder, now: DoseNow) -> bool:
    return now.amount == order_amount(order) and now.doses_per_day == order.doses_per_day


def _other_dose(order: DoseOrder, used: WeightUsed | None, now: DoseNow) -> str:
    ordered = _times(order_amount(order), order.doses_per_day)
    worked = _times(cast(DrugAmount, now.amount), now.doses_per_day)
    dose = f"{ordered} was ordered, {worked} is worked out now"
    if used is None or now.weight is None or used.weight_g == now.weight.weight_g:
        return dose
    then, new = (write_weight(BodyWeight(one.weight_g)) for one in (used, now.weight))
    return f"weighed again on {write_date(now.weight.on)}: {then} became {new}; {dose}"


def _times(amount: DrugAmount, a_day: int) -> str:
    words = write_amount(amount)
    return words if a_day == 1 else f"{words}, {a_day} times a day"
