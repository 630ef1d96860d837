"""Orders that a change ends: struck out in the same save, and told beforehand.

What changes a dose does so inside `changing_doses`. The dialogs ask first what would end:
the same judgement on the facts as they would be.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from msgspec.structs import replace

from bedside.store.dose_records import DoseReduction
from bedside.store.queries import of_infant
from bedside.store.records import Measurement
from bedside.store.signature_records import DoseOrder
from bedside.units.refusal import Refused
from bedside.units.writer import write_amount
from bedside.ward.facts import InfantFacts, facts_of
from bedside.ward.forms import NewSize
from bedside.ward.identity import IdentityForm, identity_fields
from bedside.ward.order_facts import OrderFacts
from bedside.ward.order_judging import order_amount
from bedside.ward.signatures import strike_signed
from bedside.ward.views.reductions import NewReduction
from bedside.ward.ward import Ward

if TYPE_CHECKING:
    from bedside.store.change import Change

ASK_FIRST = "its infusion RUNS NOW: ask the physician before you record this"
LAST = 2**53  # the number of a row that is not kept yet: behind all others


@contextmanager
def changing_doses(ward: Ward, infant_id: int, who: str, act: str) -> Iterator["Change"]:
    """A change of the record that may change doses: orders that do not stand after it end with it.

    Args:
        ward: the ward.
        infant_id: the infant.
        who: who does it.
        act: what is done, for the audit trail.
    """
    with ward.store.change(who, act, ward.now()) as change:
        yield change
        end_orders(ward, change, infant_id)


def end_orders(ward: Ward, change: "Change", infant_id: int) -> int:
    """Strike out every order that does not stand after what was done in this change.

    Returns:
        How many were struck out.
    """
    if not of_infant(change.connection, DoseOrder, infant_id):
        return 0
    known = OrderFacts(ward, facts_of(ward, infant_id), change.connection)
    ended = [(order, known.why_ended(order)) for order in known.standing_orders()]
    for order, reasons in ended:
        if reasons:
            strike_signed(change, DoseOrder, order.id, "; ".join(reasons))
    return sum(1 for _, reasons in ended if reasons)


def ends_by_weighing(ward: Ward, infant_id: int, size: NewSize) -> tuple[str, ...]:
    """The signed orders that a new weight or length would end, a line each."""

    def weighed(facts: InfantFacts) -> InfantFacts:
        row = _measurement(ward, infant_id, size)
        rows = sorted((*facts.measurements, row), key=lambda one: (one.measured_at, one.id))
        return replace(facts, measurements=tuple(rows))

    return would_end(ward, infant_id, weighed, infusing=ASK_FIRST)


def ends_by_striking_weight(ward: Ward, infant_id: int, measurement_id: int) -> tuple[str, ...]:
    """The signed orders that end when a weight is struck out, a line each."""

    def struck(facts: InfantFacts) -> InfantFacts:
        kept = tuple(row for row in facts.measurements if row.id != measurement_id)
        return replace(facts, measurements=kept)

    return would_end(ward, infant_id, struck)


def ends_by_identity(ward: Ward, infant_id: int, form: IdentityForm) -> tuple[str, ...]:
    """The signed orders that a corrected identity would end, a line each."""

    def corrected(facts: InfantFacts) -> InfantFacts:
        return replace(facts, infant=replace(facts.infant, **identity_fields(form)))

    return would_end(ward, infant_id, corrected)


def ends_by_reduction(ward: Ward, infant_id: int, form: NewReduction) -> tuple[str, ...]:
    """The signed orders that a reduction would end, a line each; none while it cannot be meant."""
    from bedside.ward.reductions import as_ordered

    def reduced(facts: InfantFacts) -> InfantFacts:
        wanted = as_ordered(ward, facts, form)
        row = DoseReduction(
            id=LAST,
            recorded_at=ward.now(),
            recorded_by="nobody yet",
            infant_id=infant_id,
            course_key=form.course_key,
            drug=form.drug,
            from_day=form.from_day,
            until_day=form.until_day,
            percent=form.percent,
            of_what=form.of_what,
            share=wanted.share,
            reason=wanted.reason,
            ordered_by=form.ordered_by.strip() or "nobody named yet",
        )
        return replace(facts, reductions=(*facts.reductions, row))

    return would_end(ward, infant_id, reduced)


def would_end(
    ward: Ward,
    infant_id: int,
    after: Callable[[InfantFacts], InfantFacts],
    *,
    infusing: str = "",
) -> tuple[str, ...]:
    """The orders that stand now and would not on the facts as they would be, a line each.

    Args:
        ward: the ward.
        infant_id: the infant.
        after: her facts as they would be after the change.
        infusing: said of an order whose infusion runs; "" where another line says so.
    """
    with ward.store.reading() as connection:
        if not of_infant(connection, DoseOrder, infant_id):
            return ()
        facts = facts_of(ward, infant_id)
        now = OrderFacts(ward, facts, connection)
        standing = [order for order in now.standing_orders() if not now.why_ended(order)]
        try:
            then = OrderFacts(ward, after(facts), connection)
            ended = [(order, then.why_ended(order)) for order in standing]
        except Refused:
            return ()  # what cannot be recorded ends nothing; its own form says why
        return told_orders(
            ward, [_with_infusion(facts, *pair, infusing) for pair in ended if pair[1]]
        )


def _with_infusion(
    facts: InfantFacts, order: DoseOrder, reasons: tuple[str, ...], infusing: str
) -> tuple[DoseOrder, tuple[str, ...]]:
    key = (order.course_key, order.course_day, order.drug, order.route, order.due_on)
    record = facts.recorded.get(key)
    runs = record is not None and record.state == "vial running" and record.started_at is not None
    return order, (*reasons, infusing) if infusing and runs else reasons


def told_orders(ward: Ward, ended: Sequence[tuple[DoseOrder, tuple[str, ...]]]) -> tuple[str, ...]:
    """A line for each drug, dose and reason, with every day: one weight may end a whole course."""
    days: dict[tuple[str, str, str], list[str]] = {}
    for order, reasons in ended:
        dose = write_amount(order_amount(order))
        key = (ward.drugs.display_name(order.drug), dose, "; ".join(reasons))
        days.setdefault(key, []).append(str(order.course_day))
    return tuple(
        f"{name} day {', '.join(of_days)}, {dose}: {why}"
        for (name, dose, why), of_days in days.items()
    )


def _measurement(ward: Ward, infant_id: int, size: NewSize) -> Measurement:
    return Measurement(
        id=LAST,
        recorded_at=ward.now(),
        recorded_by="nobody yet",
        infant_id=infant_id,
        measured_at=size.measured_at,
        weight_g=size.weight.g,
        length_mm=None if size.length is None else size.length.mm,
        unusual_reason="",
    )
