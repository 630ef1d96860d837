"""Orders of doses: how far each is, what can be ordered, and why a dose may not be given yet.

The chain: prescribed by a physician, verified by a pharmacist who did not prescribe it, released,
then the blind check by two and the giving, which stand elsewhere. Every link is a signature.

Doses by mouth go the same way as doses by needle; the ward's file of roles says which steps a route
needs, and that doses by mouth are ordered for a week. Where neither public sources nor the site say
how much a dose is, the program cannot hold its order: it stays an order on paper.
"""

from collections.abc import Mapping
from datetime import date

from msgspec.structs import replace

from bedside.protocol.continuous_words import plan_route_words
from bedside.protocol.model import Course
from bedside.protocol.schedule import ProjectedDose
from bedside.store.queries import one
from bedside.store.records import DoseRecord, Measurement
from bedside.store.signature_records import DoseOrder
from bedside.store.ward_file import Reader
from bedside.units.dates import write_date, write_time
from bedside.units.refusal import Refused
from bedside.units.writer import write_amount
from bedside.ward.broken_off import (
    DECIDE_FIRST,
    broken_off,
    broken_words,
    ended_by_breaking_off,
)
from bedside.ward.day_doses import of_words
from bedside.ward.due import dose_record, plan_of
from bedside.ward.facts import InfantFacts, facts_of
from bedside.ward.given_since import GivenSince, given_since
from bedside.ward.infants import banner_of
from bedside.ward.order_facts import CLOSED, OrderFacts, key_of, steps_of
from bedside.ward.order_judging import order_amount, struck_words
from bedside.ward.people import has_people
from bedside.ward.restored_blocks import restored_against
from bedside.ward.signatures import state_from
from bedside.ward.standing import standing_of
from bedside.ward.taken_over import giver_words
from bedside.ward.views.orders import OrderBoard, OrderKey, OrderRow, OrderState, Stage
from bedside.ward.views.signatures import SignatureState
from bedside.ward.ward import Ward

SENT_BACK = "not verified: "
TABLE = "dose_order"
TYPED_ANEW = (
    "Was a count or an answer struck out only because it was typed wrongly? Record it anew with the "
    "time it was taken, before the opening; then prescribe."
)
_WAITING: dict[Stage, str] = {
    "not ordered": "not prescribed yet: a physician prescribes it first",
    "prescribed": "prescribed, not verified yet: a pharmacist verifies it first",
    "verified": "verified, not released yet: a pharmacist releases it first",
}


def order_state(
    ward: Ward, infant_id: int, course_key: str, day: int, drug: str, route: str
) -> OrderState:
    """How far the order of one planned administration is, and why it may not be given yet.

    Args:
        ward: the ward.
        infant_id: the infant.
        course_key: the course.
        day: its course day.
        drug: the drug's key.
        route: its route.

    Raises:
        Refused: there is no such infant.
    """
    with ward.store.reading() as connection:
        known = OrderFacts(ward, facts_of(ward, infant_id), connection)
        key = (course_key, day, drug, route)
        return state_of(known, connection, key, known.newest_orders())


def order_board(ward: Ward, infant_id: int) -> OrderBoard:
    """The orders of the running course, and every dose of it that could be ordered today."""
    return orders_from(ward, facts_of(ward, infant_id))


def orders_from(ward: Ward, facts: InfantFacts) -> OrderBoard:
    """As `order_board`, from facts already read."""
    with ward.store.reading() as connection:
        return _board(OrderFacts(ward, facts, connection), connection)


def order_rows(ward: Ward, facts: InfantFacts) -> tuple[OrderRow, ...]:
    """The rows of `order_board` alone, for a list over many infants: without the banner of each."""
    with ward.store.reading() as connection:
        known = OrderFacts(ward, facts, connection)
        return _rows(known, connection, standing_of(ward, facts).running)


def _board(known: OrderFacts, connection: Reader) -> OrderBoard:
    ward, facts = known.ward, known.facts
    running = standing_of(ward, facts).running
    return OrderBoard(
        banner=banner_of(ward, facts),
        course_title="" if running is None else running.title,
        rows=_rows(known, connection, running),
        typed_names=not has_people(ward),
        rests=_rests(ward, facts),
    )


def _rows(known: OrderFacts, connection: Reader, running: Course | None) -> tuple[OrderRow, ...]:
    ward, facts = known.ward, known.facts
    orders = known.newest_orders()
    marked = given_since(ward, facts)
    of_marked = {(one.course_key, one.course_day, one.drug, one.route) for one in marked.values()}
    rows = []
    for key, dose in known.planned.items():
        if running is None or dose.course_key != running.key:
            continue
        to_come = _in_reach(dose, ward.today()) and not _closes(dose_record(facts, dose))
        if to_come or key in orders or key in of_marked:
            row = _row(known, connection, dose, key, orders)
            rows.append(_with_records(known, row, marked))
    return tuple(sorted(rows, key=lambda row: (row.on, row.key[1:])))


def _rests(ward: Ward, facts: InfantFacts) -> tuple[str, ...]:
    """Broken-off infusions on which a physician has still to decide."""
    from bedside.ward.rest import open_rests

    return tuple(
        f"{ward.drugs.display_name(one.row.drug)} day {one.row.course_day}: {one.words}"
        for one in open_rests(facts)
    )


def _in_reach(dose: ProjectedDose, today: date) -> bool:
    """Whether a dose may be ordered today: of today or later, and not further ahead than its route allows."""
    days = steps_of(dose.route).days
    return dose.on >= today and (days is None or (dose.on - today).days < days)


def _closes(record: DoseRecord | None) -> bool:
    """Whether a record leaves nothing to order; a vial that was lost leaves its day open."""
    return record is not None and record.state != "vial lost"


def _why_rest(facts: InfantFacts, dose: ProjectedDose) -> tuple[str, ...]:
    """Why a dose whose infusion was broken off may not be ordered yet, or at all."""
    from bedside.ward.rest import rest_state

    record = dose_record(facts, dose)
    if record is None or not broken_off(record):
        return ()
    state = rest_state(facts, key_of(dose))
    if state is None or state.closed:
        return ()
    if state.is_open:
        return (f"{state.words}. First decide: {DECIDE_FIRST}.",)
    nothing = state.decision is not None and state.decision.decision == "nothing"
    return (f"{state.words}.",) if nothing else ()


def state_of(
    known: OrderFacts,
    connection: Reader,
    key: OrderKey,
    orders: Mapping[OrderKey, DoseOrder],
) -> OrderState:
    """How far the order of one administration is, from facts already read."""
    order, dose = orders.get(key), known.planned.get(key)
    if order is None:
        return _without(known, key, dose)
    signed = state_from(known.ward, connection, TABLE, order.id)
    stage, why = _stage(known, order, signed)
    if stage in ("prescribed", "verified", "released") and dose is not None:
        why = tuple(one for one in (known.stale(dose),) if one)
    amount = order_amount(order)
    words = write_amount(amount)
    if order.doses_per_day > 1:
        words += f", {order.doses_per_day} times a day"
    return OrderState(
        key=key,
        order_id=order.id,
        stage=stage,
        amount=order.amount,
        unit=order.unit,
        dose_words=words,
        weight_g=_weight(connection, order),
        steps=tuple(order.steps.split("\n")),
        signed=signed.signed,
        why=why,
        blocks_giving=_blocks(known, key, stage, why),
    )


def _without(known: OrderFacts, key: OrderKey, dose: ProjectedDose | None) -> OrderState:
    """The state where there never was an order."""
    if dose is None or not known.is_known(dose):
        return OrderState(key, None, "on paper")
    if (record := dose_record(known.facts, dose)) is not None and record.state in CLOSED:
        return OrderState(key, None, "given")
    blocks = _blocks(known, key, "not ordered", ())
    return OrderState(key, None, "not ordered", blocks_giving=blocks)


def _stage(
    known: OrderFacts, order: DoseOrder, signed: SignatureState
) -> tuple[Stage, tuple[str, ...]]:
    """How far an order is, and why it is void or was sent back."""
    if known.closed(order):
        return "given", ()
    if order.void_reason is not None:
        if order.void_reason.startswith(SENT_BACK):
            return "sent back", (f"{order.void_reason} ({order.voided_by})",)
        why = _why_void(known, order)
        broken = ended_by_breaking_off(known.facts.doses, order)
        return "void", (*(one for one in broken if one not in why), why)
    ended = known.why_ended(order) or ((signed.why,) if signed.why else ())
    if ended:
        return "void", ended
    stages: tuple[Stage, ...] = ("released", "verified", "prescribed")
    for stage in stages:
        if signed.of(stage):
            return stage, ()
    return "void", ("nobody has signed it",)


def _why_void(known: OrderFacts, order: DoseOrder) -> str:
    """Why a struck-out order is void; a weight corrected since is named with what it became."""
    used = known.used(order)
    if used is not None and used.became_g is not None:
        return struck_words(used)
    return order.void_reason or ""


def _blocks(
    known: OrderFacts, key: OrderKey, stage: Stage, why: tuple[str, ...]
) -> tuple[str, ...]:
    name = known.ward.drugs.display_name(key[2])
    dose = f"{name} of day {key[1]}"
    if stage == "void":
        return tuple(f"The order of {dose} is void: {one}." for one in why)
    if stage == "sent back":
        return tuple(f"{dose} was sent back to the prescriber: {one}." for one in why)
    waiting = _WAITING.get(stage)
    lost = restored_against(known.ward, known.facts, key)
    return (*lost, *((f"{dose} is {waiting}.",) if waiting else ()), *why)


def _weight(connection: Reader, order: DoseOrder) -> int | None:
    if order.measurement_id is None:
        return None
    return one(connection, Measurement, order.measurement_id).weight_g


def _row(
    known: OrderFacts,
    connection: Reader,
    dose: ProjectedDose,
    key: OrderKey,
    orders: Mapping[OrderKey, DoseOrder],
) -> OrderRow:
    from bedside.ward.check_standing import check_state

    name = known.ward.drugs.display_name(dose.drug)
    amount = known.amount(dose)
    a_day = known.working(dose).doses_per_day or 1
    words = "" if amount is None else write_amount(amount)
    checked = check_state(known.ward, known.facts.infant.id, *key)
    return OrderRow(
        key=key,
        drug=name,
        name=f"{name} {plan_route_words(plan_of(known.facts, dose), dose.route)}",
        day=dose.course_day,
        on=dose.on,
        dose_words=words if a_day == 1 or not words else f"{words}, {a_day} times a day",
        steps=known.signed_steps(dose),
        why_not=why_not_prescribe(known, dose),
        state=state_of(known, connection, key, orders),
        given=_given(known, dose),
        checked=checked.short,
        checked_by_two=checked.stage == "matched",
        left_out=_is_left_out(known, dose),
    )


def _is_left_out(known: OrderFacts, dose: ProjectedDose) -> bool:
    """Whether a dose, or every dose of its day, is recorded as not given."""
    record = dose_record(known.facts, dose)
    return record is not None and record.state == "not given"


def _with_records(known: OrderFacts, row: OrderRow, marked: Mapping[int, GivenSince]) -> OrderRow:
    """The row with everything else that was recorded of its dose, and the mark of a given one."""
    of_dose = [
        record
        for record in known.facts.doses
        if (record.course_key, record.course_day, record.drug, record.route) == row.key
    ]
    told = [_record_words(known, record) for record in of_dose]
    since = next((marked[record.id] for record in of_dose if record.id in marked), None)
    return replace(
        row,
        before=tuple(words for words in told if words != row.given),
        since_short="" if since is None else since.short,
        since="" if since is None else since.words,
    )


def _given(known: OrderFacts, dose: ProjectedDose) -> str:
    """What was recorded of a dose, in words."""
    record = dose_record(known.facts, dose)
    return "" if record is None else _record_words(known, record)


def _record_words(known: OrderFacts, record: DoseRecord) -> str:
    name = giver_words(record, short=True)
    if broken_off(record):
        from bedside.ward.rest import SAID

        decided = known.facts.rests.get(record.id)
        then = "" if decided is None else f"; {SAID[decided.decision]}"
        return f"{broken_words(record)}, {name}{then}"
    infusing = record.state == "vial running" and record.started_at is not None
    state = "infusion running" if infusing else record.state
    at = record.finished_at or record.started_at or record.reconstituted_at or record.recorded_at
    of = f"{words} " if (words := of_words(record)) else ""
    return f"{of}{state} {write_time(known.ward.local(at))}, {name}"


def its_day_was(dose: ProjectedDose) -> str:
    """That the day of a dose is over."""
    return f"Its day was {write_date(dose.on)}."


def why_not_prescribe(known: OrderFacts, dose: ProjectedDose) -> tuple[str, ...]:
    """Every reason why a dose cannot be ordered today; empty where it can."""
    ward, facts = known.ward, known.facts
    if not known.is_known(dose):
        return ("No dose of it is in public sources or entered by this site: order it on paper.",)
    reasons = [*restored_against(ward, facts, key_of(dose)), *_why_rest(facts, dose)]
    if facts.start_of(dose.course_key) is None:
        title = facts.protocol.course(dose.course_key).title
        reasons.append(f"{title} is not opened: open it first, with its day 1.")
    if dose.on < ward.today():
        reasons.append(its_day_was(dose))
    elif not _in_reach(dose, ward.today()):
        days = steps_of(dose.route).days
        reasons.append(f"A dose by mouth is ordered at most {days} days ahead, today included.")
    if _closes(dose_record(facts, dose)):
        reasons.append("It is recorded already.")
    stale = known.stale(dose)
    working = known.working(dose)
    missing = [each.words for each in working.missing] if not stale else []
    held = known.held(dose)
    reasons += [stale] if stale else []
    reasons += [f"{held}."] if held else []
    closed = known.closed_by_rule(dose)
    typed = closed and facts.start_of(dose.course_key) and known.closed_by_typing(dose)
    reasons += [*closed, *((TYPED_ANEW,) if typed else ())]
    if working.prepared is None and not stale:
        reasons += [*working.blocked_by, *missing]
    if working.prepared is not None and known.needs_volume(dose):
        reasons += known.uncheckable(dose)
    reasons += [*known.clashing(dose), *known.unconfirmed(dose)]
    return tuple(dict.fromkeys(reasons))


def known_of(ward: Ward, connection: Reader, infant_id: int) -> OrderFacts:
    """What an infant's orders are judged by, as a reading or a change sees it."""
    facts: InfantFacts = facts_of(ward, infant_id)
    return OrderFacts(ward, facts, connection)


def standing_order(known: OrderFacts, order_id: int) -> DoseOrder:
    """An order of this infant that stands.

    Raises:
        Refused: it is not hers, struck out, closed or void, with why.
    """
    found = [row for row in known.standing_orders() if row.id == order_id]
    if not found:
        raise Refused("This order does not stand any more: nothing was signed. Look again.")
    key = (found[0].course_key, found[0].course_day, found[0].drug, found[0].route)
    lost = restored_against(known.ward, known.facts, key)
    if lost:
        raise Refused(*lost)
    ended = known.why_ended(found[0])
    if ended:
        raise Refused(f"This order is void: {'; '.join(ended)}. Nothing was signed.")
    return found[0]
