"""Doses of one infant in a course that a new edition changes: what was given, what is reduced."""

from bedside.protocol.comparison import Comparison, CourseDifference
from bedside.protocol.model import DrugPlan
from bedside.protocol.numbers import drug_words
from bedside.protocol.projection import Projection
from bedside.units.writer import write_amount, write_number
from bedside.ward.due import dose_record
from bedside.ward.facts import InfantFacts
from bedside.ward.values_digest import is_of
from bedside.ward.ward import Ward
from bedside.ward.worked import amount_given, reductions_of

_COURSE = "Course"  # the subject of what a comparison says of a course as a whole


def changed_plans(
    facts: InfantFacts, course: CourseDifference, key: str
) -> tuple[DrugPlan, ...] | None:
    """The drugs of a course whose treatment changed; None where the course as a whole did."""
    found = [one for one in facts.protocol.courses if one.key == key]
    plans = {drug_words(plan): plan for one in found for plan in one.drugs}
    subjects = {line.subject for line in course.lines if line.treats}
    if not subjects or subjects - set(plans):
        return None
    return tuple(plan for words, plan in plans.items() if words in subjects)


def all_recorded(
    facts: InfantFacts, projection: Projection, course: CourseDifference, key: str
) -> bool:
    """Whether only drugs changed and each of their doses is recorded as given or not given."""
    plans = changed_plans(facts, course, key)
    if plans is None or any("day" in line.aspect for line in course.lines if line.treats):
        return False  # on new days there may be new doses, still to come
    lines = {(plan.drug, plan.route) for plan in plans}
    doses = [
        dose
        for one in projection.courses
        if one.key == key
        for dose in one.doses
        if (dose.drug, dose.route) in lines
    ]
    states = [dose_record(facts, dose) for dose in doses]
    return bool(doses) and all(
        row is not None and row.state in ("given", "not given") for row in states
    )


def told_of(ward: Ward, facts: InfantFacts, comparison: Comparison, key: str) -> tuple[str, ...]:
    """What a person has to know of her reductions and given amounts in a course that changed."""
    course = next(one for one in comparison.courses if key in (*one.keys_a, *one.keys_b))
    plans = changed_plans(facts, course, key)
    drugs = None if plans is None else {plan.drug for plan in plans}
    return (*_reduced(ward, facts, key, drugs), *_given(ward, facts, key, drugs))


def _reduced(ward: Ward, facts: InfantFacts, key: str, drugs: set[str] | None) -> tuple[str, ...]:
    said = []
    for one in reductions_of(facts):
        touched = drugs is None or not one.drug or one.drug in drugs
        if one.course == key and touched:
            name = ward.drugs.display_name(one.drug) if one.drug else "every drug"
            said.append(
                f"{name} is reduced to {write_number(one.share)} % {one.days_words}: of the new dose, "
                "too"
            )
    return tuple(said)


def _given(ward: Ward, facts: InfantFacts, key: str, drugs: set[str] | None) -> tuple[str, ...]:
    by_drug: dict[str, list[str]] = {}
    other = False
    for row in facts.doses:
        if row.state != "given" or row.course_key != key:
            continue
        if drugs is not None and row.drug not in drugs:
            continue
        amount = amount_given(facts, row)
        words = "amount not recorded" if amount is None else write_amount(amount)
        by_drug.setdefault(row.drug, []).append(f"day {row.course_day} {words}")
        basis = facts.bases.get(row.id)
        values = ward.values_for(facts.protocol.key, key)
        other = other or (basis is not None and not is_of(values, basis.values_digest))
    said = [
        f"given already and not changed: {ward.drugs.display_name(drug)} {', '.join(days)}"
        for drug, days in by_drug.items()
    ]
    if other:
        said.append("some of it under other site values than those of now")
    return tuple(said)
