"""What a pharmacist verifies an order against: the weight it rests on, the counts, the start rule.

It stands on the form that verifies, each with its date. It is no part of the blind second check: who
counts there is given the rule and reads the weight herself.
"""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from bedside.protocol.model import Course
from bedside.store.records import BloodCount, Measurement
from bedside.store.signature_records import DoseOrder
from bedside.units.dates import write_date, write_date_time
from bedside.units.quantities import BodyLength, BodyWeight
from bedside.units.writer import write_count, write_length, write_weight
from bedside.ward.facts import InfantFacts, facts_of
from bedside.ward.gate_facts import weight_trouble
from bedside.ward.gates import judge_gate, moment_of_opening
from bedside.ward.order_facts import OrderFacts
from bedside.ward.same_minute import shown_of
from bedside.ward.views.marks import Mark
from bedside.ward.views.orders import OrderRow
from bedside.ward.views.where import RuleRow
from bedside.ward.ward import Ward

_MARKS: dict[str, Mark] = {"met": "go", "not met": "stop", "unknown": "unknown"}


class VerifyLine(Struct, frozen=True):
    """One fact beside the orders: a mark, what it is, and the fact with its date."""

    mark: Mark
    head: str
    words: str


def verify_lines(ward: Ward, infant_id: int, rows: Sequence[OrderRow]) -> tuple[VerifyLine, ...]:
    """Weight, counts and start rule beside the orders that wait for their verification.

    Args:
        ward: the ward.
        infant_id: the infant.
        rows: the orders on the form; nothing is told without any.
    """
    if not rows:
        return ()
    facts = facts_of(ward, infant_id)
    with ward.store.reading() as connection:
        newest = OrderFacts(ward, facts, connection).newest_orders()
    orders = [newest[row.key] for row in rows if row.key in newest]
    courses = dict.fromkeys(order.course_key for order in orders)
    return (
        *_weights(ward, facts, orders),
        _counts(ward, facts),
        *(line for key in courses for line in _rule(ward, facts, facts.protocol.course(key))),
    )


def _weights(ward: Ward, facts: InfantFacts, orders: Sequence[DoseOrder]) -> Iterator[VerifyLine]:
    """The weight of each order with its date, its length, and a newer weight where there is one."""
    rested = dict.fromkeys(order.measurement_id for order in orders)
    newest, trouble = facts.weight(ward.now()), weight_trouble(ward, facts, ward.now())
    for row in facts.measurements:
        if row.id in rested:
            newer = newest is not None and newest.id != row.id
            mark: Mark = "hold" if newer or trouble else "go"
            words = _weight(ward, row)
            if newer and newest is not None:
                words += f"; a NEWER weight: {_weight(ward, newest)}"
            if trouble:
                words += f"; {trouble}"
            yield VerifyLine(mark, "Weight of the order", words)
            length = facts.length(row.measured_at)
            if length is not None and length.length_mm is not None:
                on = write_date_time(ward.local(length.measured_at))
                said = f"{write_length(BodyLength(length.length_mm))}, {on}"
                yield VerifyLine("none", "Length", said)
    if None in rested:
        yield VerifyLine("none", "Weight", "a dose here rests on no weight")


def _weight(ward: Ward, row: Measurement) -> str:
    on = write_date_time(ward.local(row.measured_at))
    return f"{write_weight(BodyWeight(row.weight_g))}, {on}, {row.recorded_by}"


def _counts(ward: Ward, facts: InfantFacts) -> VerifyLine:
    """The newest count of now, whatever the start rule rested on."""
    before = [row for row in facts.counts if row.taken_at <= ward.now()]
    if not before:
        return VerifyLine("unknown", "Newest count", "none is on record")
    row = before[-1]
    on = write_date_time(ward.local(row.taken_at))
    return VerifyLine("none", "Newest count", f"{_count_words(before)}; {on}, {row.recorded_by}")


def _count_words(rows: list[BloodCount]) -> str:
    anc, platelets = shown_of(rows, "anc"), shown_of(rows, "platelets")
    measures = (
        ("ANC", anc.anc_state, anc.anc_per_ul),
        ("platelets", platelets.platelets_state, platelets.platelets_per_ul),
    )
    return ", ".join(
        f"{name} {state if value is None else write_count(value)}"
        for name, state, value in measures
    )


def _rule(ward: Ward, facts: InfantFacts, course: Course) -> Iterator[VerifyLine]:
    """The state of a course's start rule as of its opening, and what it rests on."""
    if course.start_rule is None:
        yield VerifyLine("none", f"Start rule of {course.title}", "it has none of its own here")
        return
    gate = judge_gate(ward, facts, course, moment_of_opening(ward, facts, course))
    state = {True: "met", False: "NOT met", None: "UNKNOWN"}[gate.open]
    marks: dict[bool | None, Mark] = {True: "go", False: "stop", None: "unknown"}
    mark = marks[gate.open]
    start = facts.start_of(course.key)
    opened = "not opened" if start is None else f"opened, day 1 {write_date(start.day_1)}"
    why = f"; {' '.join(gate.reasons)}" if gate.reasons else ""
    yield VerifyLine(mark, f"Start rule of {course.title}", f"{state}, {opened}{why}")
    for row in gate.rows:
        if row.main:
            yield VerifyLine(_MARKS[row.result], row.measure, _seen(ward, row))


def _seen(ward: Ward, row: RuleRow) -> str:
    at = "" if row.at is None else f", {write_date_time(ward.local(row.at))}"
    needs = f"; needs {row.needed}" if row.needed else ""
    return f"{row.seen} {row.unit}".rstrip() + at + needs
