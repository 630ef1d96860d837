"""Whose a paper is, and what is said of the day of printing: the same for every paper of the whole record."""

from datetime import date

from bedside.clinical.age import age_on
from bedside.papers.whose import AsOf, Whose
from bedside.units.dates import write_date
from bedside.units.quantities import BodyLength, BodyWeight
from bedside.units.writer import write_length, write_weight
from bedside.ward.facts import InfantFacts
from bedside.ward.gate_facts import gene_words
from bedside.ward.infants import SEX_WORDS, arm_words
from bedside.ward.standing import standing_of
from bedside.ward.ward import Ward

UNKNOWN = "unknown"


def whose_of(facts: InfantFacts) -> Whose:
    """The patient box of an infant."""
    infant = facts.infant
    arm = arm_words(facts)
    arms = facts.protocol.strata.arms
    return Whose(
        family=infant.family,
        given=infant.given,
        sex="female" if SEX_WORDS[infant.sex] == "female" else "male",
        born=infant.born,
        hospital_number=infant.hospital_number,
        study_number=facts.enrolment.study_number or "none",
        protocol=f"{facts.protocol.title}, {arm}" if arms and arm else facts.protocol.title,
        gene=gene_words(facts.enrolment.kmt2a),
        allergies=infant.allergies or UNKNOWN,
        line=infant.line or UNKNOWN,
    )


def as_of_today(ward: Ward, facts: InfantFacts) -> AsOf:
    """Age, weight and the course day as they are on the day of printing."""
    weight, length = facts.weight(ward.now()), facts.length(ward.now())
    weighed = UNKNOWN
    if weight is not None:
        on = write_date(ward.local(weight.measured_at).date())
        weighed = f"{write_weight(BodyWeight(weight.weight_g))}, {on}"
    measured = ""
    if length is not None and length.length_mm is not None:
        measured = write_length(BodyLength(length.length_mm))
    return AsOf(
        today=ward.today(),
        age_words=age_in_words(facts, ward.today()),
        where=where_words(ward, facts),
        weight=weighed,
        length=measured,
    )


def age_in_words(facts: InfantFacts, on: date) -> str:
    """The age on a day in weeks and in months: "27w 1d, 6 months"."""
    age = age_on(facts.infant.born, on)
    months = "1 month" if age.completed_months == 1 else f"{age.completed_months} months"
    return f"{age.text}, {months}"


def where_words(ward: Ward, facts: InfantFacts) -> str:
    """The running course and its day: "Consolidation, day 26"."""
    standing = standing_of(ward, facts)
    if standing.running is None:
        return "No course has started"
    length = standing.running.last_dosing_day
    of = ""
    if length is not None and standing.day is not None and standing.day <= length:
        of = f" of {length}" if standing.running.kind != "maintenance" else ""
    return f"{standing.running.title}, day {standing.day}{of}"
