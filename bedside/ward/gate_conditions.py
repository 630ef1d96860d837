"""What a start rule asks of the infant herself: her age on day 1, her gene, her entry, a transplant.

Decisions. What a person answers stands on record with her name and with what it was read in; an
answer to the infant's entry (CD19, the marrow at the end of Induction) is a finding, so a later
answer counts for a course that was entered late. What the record knows is never asked again: the
age, the gene, and whether a transplant is indicated or settled. Unknown never passes (H14, H22).
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from bedside.clinical.age import age_on
from bedside.protocol.model import ConfirmRule, Course, Protocol
from bedside.protocol.start_model import NO_TRANSPLANT
from bedside.protocol.start_rules import RuleJudgement
from bedside.store.records import StartAnswer
from bedside.units.dates import write_date
from bedside.ward.facts import InfantFacts
from bedside.ward.gate_facts import GENE_WORDS, TOXICITY_QUESTION, gene_words
from bedside.ward.risk_facts import DONE, fact
from bedside.ward.views.where import RuleRow
from bedside.ward.ward import Ward

GENE = "Gene rearrangement"
Answer = Literal["yes", "no"]


def asked_of_a_person(course: Course) -> tuple[ConfirmRule, ...]:
    """The questions of a start rule that are answered here: all but toxicities and transplant."""
    rule = course.start_rule
    parts = () if rule is None else rule.confirmations
    return tuple(
        part for part in parts if part.about != "transplant" and part.key != TOXICITY_QUESTION
    )


def answer_to(
    facts: InfantFacts, course_key: str, part: ConfirmRule, as_of: datetime
) -> StartAnswer | None:
    """The last answer to a question of a start rule; to one of the entry, whenever it was given."""
    rows = [
        row
        for row in facts.answers
        if (row.course_key, row.question) == (course_key, part.key)
        and (part.about == "entry" or row.answered_at <= as_of)
    ]
    return rows[-1] if rows else None


def confirmed(facts: InfantFacts, course: Course, as_of: datetime) -> Mapping[str, Answer]:
    """What is answered, by a person or by the record; a question without an answer is left out."""
    found: dict[str, Answer] = {}
    for part in asked_of_a_person(course):
        row = answer_to(facts, course.key, part, as_of)
        if row is not None:
            found[part.key] = "yes" if row.answer == "yes" else "no"
    rule = course.start_rule
    if rule is not None and any(part.key == NO_TRANSPLANT for part in rule.confirmations):
        settled = _no_transplant(facts)
        if settled is not None:
            found[NO_TRANSPLANT] = settled
    return found


def age_days(ward: Ward, facts: InfantFacts, as_of: datetime) -> int:
    """The age in completed days on the day of a time, in the ward's zone."""
    return age_on(facts.infant.born, ward.local(as_of).date()).days


def kmt2a_of(facts: InfantFacts) -> str:
    """The KMT2A result as recorded; "unknown" while there is none."""
    return facts.enrolment.kmt2a if facts.enrolment.kmt2a in GENE_WORDS else "unknown"


def condition_row(
    ward: Ward, facts: InfantFacts, course: Course, rule: RuleJudgement, as_of: datetime
) -> RuleRow:
    """The line of one part that is neither a count nor the question on toxicities.

    Args:
        ward: the ward.
        facts: what is recorded of the infant.
        course: the course whose start is judged.
        rule: the part, judged.
        as_of: the time as of which it was judged.
    """
    if rule.kind == "age":
        born = f"born {write_date(facts.infant.born)}"
        return _row(("Age on day 1", rule.required, rule.observed, born), rule)
    if rule.kind == "kmt2a":
        seen = gene_words(facts.enrolment.kmt2a)
        return _row((GENE, rule.required, seen, gene_source(facts)), rule)
    if rule.key == NO_TRANSPLANT:
        return _transplant_row(facts, rule)
    part = next(part for part in asked_of_a_person(course) if part.key == rule.key)
    row = answer_to(facts, course.key, part, as_of)
    if row is None:
        seen = "not answered"
        return _row((part.words, part.passes, seen, ""), rule, question=part.key)
    return RuleRow(
        measure=part.words,
        needed=part.passes,
        seen=row.answer,
        unit="",
        at=ward.local(row.answered_at),
        source="; ".join(text for text in (row.recorded_by, source_words(facts, row)) if text),
        result=rule.result,
        question=part.key,
    )


def question_words(protocol: Protocol, row: StartAnswer) -> str:
    """The question that an answer was given to, in the words of the protocol file."""
    rule = protocol.course(row.course_key).start_rule
    for part in () if rule is None else rule.confirmations:
        if part.key == row.question and part.key != TOXICITY_QUESTION:
            return part.words
    return "any toxicity resolved"


def source_words(facts: InfantFacts, row: StartAnswer) -> str:
    """What an answer was read in, as whoever answered wrote it; "" where it was not kept."""
    basis = facts.answer_bases.get(row.id)
    return f"read in: {basis.reason}" if basis is not None and basis.reason else ""


def gene_source(facts: InfantFacts) -> str:
    """Where the gene is known from."""
    enrolment = facts.enrolment
    if enrolment.kmt2a_on is not None:
        return f"genetics report of {write_date(enrolment.kmt2a_on)}"
    if enrolment.kmt2a == "unknown":
        return "not reported yet"
    return f"entered at enrolment, {write_date(enrolment.enrolled_on)}"


def _row(cells: tuple[str, str, str, str], rule: RuleJudgement, question: str = "") -> RuleRow:
    measure, needed, seen, source = cells
    return RuleRow(measure, needed, seen, "", None, source, rule.result, question=question)


def _no_transplant(facts: InfantFacts) -> Answer | None:
    """Whether she goes on without a transplant: as recorded, else by the rule; None while unknown."""
    row = fact(facts, "transplant")
    if row is not None:
        return "no" if row.word == DONE else "yes"
    from bedside.ward.transplant_facts import indication_of  # few infants reach this question

    found = indication_of(facts)
    if found is None or found.indicated is None:
        return None
    return "no" if found.indicated else "yes"


def _transplant_row(facts: InfantFacts, rule: RuleJudgement) -> RuleRow:
    from bedside.ward.transplant_facts import indication_of

    row, found = fact(facts, "transplant"), indication_of(facts)
    if row is not None:
        seen = "transplant done" if row.word == DONE else "not to be transplanted"
        source = f"recorded {write_date(row.on_day)}"
    else:
        seen = "" if found is None else found.because
        source = "record it under Risk and arm" if rule.result != "met" else "the transplant rule"
    return _row(("No transplant instead", "settled", seen, source), rule)
