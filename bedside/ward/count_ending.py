"""What striking a count, a laboratory result or a start rule's answer out takes with it: signed orders, doses given on it, an infusion that runs."""

from msgspec.structs import replace

from bedside.units.dates import write_date
from bedside.ward.facts import InfantFacts, facts_of
from bedside.ward.gates import judge_gate, moment_of_opening
from bedside.ward.order_ending import would_end
from bedside.ward.ward import Ward

STOP_FIRST = "its infusion RUNS NOW: stop it, ask the physician, write down how much went in"


def ends_by_striking_count(ward: Ward, infant_id: int, count_id: int) -> tuple[str, ...]:
    """The signed orders that end when a count is struck out, a line each."""
    return would_end(ward, infant_id, lambda facts: _without(facts, count_id))


def given_if_count_struck(ward: Ward, infant_id: int, count_id: int) -> tuple[str, ...]:
    """The doses given, or running, in a block whose start rule would not hold any more, a line each.

    Args:
        ward: the ward.
        infant_id: the infant.
        count_id: the count that somebody is about to strike out.
    """
    facts = facts_of(ward, infant_id)
    return _given_in_closed(ward, facts, _without(facts, count_id))


def ends_by_striking_result(ward: Ward, infant_id: int, source: str) -> tuple[str, ...]:
    """The signed orders that end when a laboratory result ("lab_result:7") is struck out."""
    return would_end(ward, infant_id, lambda facts: replace(facts, without_result=source))


def given_if_result_struck(ward: Ward, infant_id: int, source: str) -> tuple[str, ...]:
    """The doses given, or running, in a block whose start rule would not hold without a result."""
    facts = facts_of(ward, infant_id)
    return _given_in_closed(ward, facts, replace(facts, without_result=source))


def ends_by_striking_answer(ward: Ward, infant_id: int, answer_id: int) -> tuple[str, ...]:
    """The signed orders that end when an answer such as "any toxicity resolved" is struck out."""
    return would_end(ward, infant_id, lambda facts: _unanswered(facts, answer_id))


def given_if_answer_struck(ward: Ward, infant_id: int, answer_id: int) -> tuple[str, ...]:
    """The doses given, or running, in a block whose start rule would not hold without an answer."""
    facts = facts_of(ward, infant_id)
    return _given_in_closed(ward, facts, _unanswered(facts, answer_id))


def _given_in_closed(ward: Ward, facts: InfantFacts, after: InfantFacts) -> tuple[str, ...]:
    closed = _closed(ward, facts, after)
    lines = []
    for row in facts.doses:
        if row.course_key not in closed or row.state not in ("given", "vial running"):
            continue
        name = ward.drugs.display_name(row.drug)
        said = "given in a block whose start rule would not hold any more"
        if row.state == "vial running":
            said = "its vial clock runs: do not give it"
            said = said if row.started_at is None else STOP_FIRST
        lines.append(f"{name} day {row.course_day}, {write_date(row.due_on)}: {said}")
    return tuple(lines)


def _without(facts: InfantFacts, count_id: int) -> InfantFacts:
    return replace(
        facts,
        counts=tuple(row for row in facts.counts if row.id != count_id),
        without_result=f"blood_count:{count_id}",  # a start rule may ask for it as a result, too
    )


def _unanswered(facts: InfantFacts, answer_id: int) -> InfantFacts:
    return replace(facts, answers=tuple(row for row in facts.answers if row.id != answer_id))


def _closed(ward: Ward, facts: InfantFacts, after: InfantFacts) -> set[str]:
    """The opened courses whose start rule holds now and would not afterwards."""
    found = set()
    for start in facts.starts:
        course = facts.protocol.course(start.course_key)
        if course.start_rule is None:
            continue
        moment = moment_of_opening(ward, facts, course)
        holds = judge_gate(ward, facts, course, moment).open is True
        if holds and judge_gate(ward, after, course, moment).open is not True:
            found.add(course.key)
    return found
