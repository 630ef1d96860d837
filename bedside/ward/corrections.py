"""Corrections: what was recorded wrongly is struck out with a reason, and stays readable (hazard H29).

Counts and toxicities are struck out on their own pages; here are weights, course starts and doses.
"""

from typing import Literal

from msgspec import Struct

from bedside.store.infusion_records import InfusionEvent
from bedside.store.records import CourseStart, DoseRecord, Hold, Measurement, StartAnswer
from bedside.units.dates import write_date, write_date_time
from bedside.units.quantities import BodyWeight
from bedside.units.refusal import Refused
from bedside.units.writer import write_weight
from bedside.ward.facts import InfantFacts, facts_of
from bedside.ward.gate_conditions import question_words
from bedside.ward.one_act import one_act
from bedside.ward.part_corrected import broken_records, dose_words
from bedside.ward.people import named
from bedside.ward.views.given import OfDay
from bedside.ward.ward import Ward

Kind = Literal["weight", "course", "dose", "answer", "infusion"]
_RECORDS: dict[Kind, type[Measurement | CourseStart | DoseRecord | StartAnswer | InfusionEvent]] = {
    "weight": Measurement,
    "course": CourseStart,
    "dose": DoseRecord,
    "answer": StartAnswer,
    "infusion": InfusionEvent,
}
PART_IS_OUT = "It is struck out already: press Amount that went in, and record how much did."
_NEWEST = 6  # of each kind; older ones are history


class Correctable(Struct, frozen=True):
    """Something that can be struck out; ``why_not`` says what stands in the way."""

    kind: Kind
    record_id: int
    words: str
    why_not: str = ""


def correctable(ward: Ward, infant_id: int) -> tuple[Correctable, ...]:
    """The newest weights, course starts, answers and doses of an infant, newest first."""
    facts = facts_of(ward, infant_id)
    return (
        *_weights(ward, facts),
        *_courses(facts),
        *_answers(ward, facts),
        *_doses(ward, facts),
        *_infusions(ward, facts),
    )


@one_act
def strike_out(
    ward: Ward, infant_id: int, kind: Kind, record_id: int, reason: str, *, who: str
) -> None:
    """Strike one record out, with the reason; it stays readable.

    Raises:
        Refused: no reason, nothing of this infant, or something that was recorded later rests on it.
    """
    from bedside.store.queries import one
    from bedside.ward.broken_off import end_order_of
    from bedside.ward.far_given_acts import strike_seen
    from bedside.ward.giving_gate import strike_giving
    from bedside.ward.order_ending import changing_doses

    who = named(who)
    if not reason.strip():
        raise Refused("A correction needs its reason: say what was wrong.")
    found = [
        one
        for one in correctable(ward, infant_id)
        if (one.kind, one.record_id) == (kind, record_id)
    ]
    if not found:
        raise Refused("This is not among the newest records of this infant any more.")
    if found[0].why_not:
        raise Refused(found[0].why_not)
    with changing_doses(ward, infant_id, who, f"struck out: {found[0].words}") as change:
        if kind == "dose":
            row = one(change.connection, DoseRecord, record_id)
            planned = (row.course_key, row.course_day, row.drug, row.route)
            strike_giving(change, infant_id, planned, reason.strip(), OfDay(row.hour, row.turn))
            end_order_of(change, row, reason.strip())
            strike_seen(change, record_id, infant_id, reason.strip())
        change.void(_RECORDS[kind], record_id, reason.strip())


def _weights(ward: Ward, facts: InfantFacts) -> list[Correctable]:
    return [
        Correctable(
            "weight",
            row.id,
            f"weight {write_weight(BodyWeight(row.weight_g))}, "
            f"{write_date_time(ward.local(row.measured_at))}, {row.recorded_by}",
        )
        for row in reversed(facts.measurements[-_NEWEST:])
    ]


def _courses(facts: InfantFacts) -> list[Correctable]:
    found = []
    for place, row in enumerate(reversed(facts.starts)):
        title = facts.protocol.course(row.course_key).title
        doses = [dose for dose in facts.doses if dose.course_key == row.course_key]
        holds: list[Hold] = [hold for hold in facts.holds if hold.course_key == row.course_key]
        why_not = ""
        if place:
            why_not = f"{title} is not the last course: strike the later ones out first."
        elif doses or holds or any(one.course_key == row.course_key for one in facts.shifts):
            why_not = f"Doses, holds or shifts of {title} are recorded: strike those out first."
        words = f"{title}, day 1 on {write_date(row.day_1)}, {row.recorded_by}"
        found.append(Correctable("course", row.id, words, why_not))
    return found[:2]


def _answers(ward: Ward, facts: InfantFacts) -> list[Correctable]:
    return [
        Correctable(
            "answer",
            row.id,
            f"{question_words(facts.protocol, row)} for "
            f"{facts.protocol.course(row.course_key).title}: {row.answer}, "
            f"{write_date_time(ward.local(row.answered_at))}, {row.recorded_by}",
        )
        for row in reversed(facts.answers[-3:])
    ]


def _infusions(ward: Ward, facts: InfantFacts) -> list[Correctable]:
    """What was recorded last of each continuous infusion: what came before it bears it."""
    newest = {(row.course_key, row.drug, row.route): row for row in facts.infusions}
    return [
        Correctable(
            "infusion",
            row.id,
            f"{ward.drugs.display_name(row.drug)}, continuous infusion {row.event} "
            f"{write_date_time(ward.local(row.at))}, {row.recorded_by}",
        )
        for row in newest.values()
    ]


def _doses(ward: Ward, facts: InfantFacts) -> list[Correctable]:
    newest = sorted(facts.doses, key=lambda dose: -dose.id)[:_NEWEST]
    found = [Correctable("dose", row.id, dose_words(ward, row)) for row in newest]
    return [*found, *_struck_parts(ward, facts)]


def _struck_parts(ward: Ward, facts: InfantFacts) -> list[Correctable]:
    """Broken-off infusions that were struck out and that nothing stands for: the amount is asked anew."""
    return [
        Correctable("dose", row.dose_id, f"STRUCK OUT ({row.struck}): {row.words}", PART_IS_OUT)
        for row in broken_records(ward, facts.infant.id)
        if row.struck
    ]
