"""Cumulative doses of one infant: given from the records, still planned and in all from the plan.

A given dose counts as recorded, with the weight it was worked out for. A planned one counts at the
dose in force, with the age factor of its own course, per kg or per m²: no future weight is guessed.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from bedside.clinical.body_size import body_surface
from bedside.clinical.exposure import (
    DrugByRoute,
    Equivalent,
    Exposure,
    GivenDose,
    add_up,
    doxorubicin_equivalent,
)
from bedside.protocol.age_factor import band_on
from bedside.protocol.anthracyclines import Anthracyclines, anthracyclines
from bedside.protocol.dose_in_force import DoseInForce, dose_in_force
from bedside.protocol.drugs import display_name, route_words
from bedside.protocol.reductions import Reduction, share_on
from bedside.protocol.schedule import ProjectedDose, Projection
from bedside.store.records import DoseRecord
from bedside.units.quantities import BodyLength, BodySurface, BodyWeight, DoseRate, DrugAmount
from bedside.units.rounding import as_decimal, half_up
from bedside.units.writer import write_number
from bedside.ward.broken_off import broken_off
from bedside.ward.day_doses import given_rows, some_recorded, times_open
from bedside.ward.due import dose_record, held_on, unrecorded
from bedside.ward.exposure_broken import broken_notes, broken_parts, share_left
from bedside.ward.exposure_days import day_notes
from bedside.ward.facts import InfantFacts, facts_of
from bedside.ward.rest import still_to_give
from bedside.ward.standing import first_plan_of, projection_of
from bedside.ward.views.exposure import EquivalentRow, ExposureRow, ExposureView
from bedside.ward.ward import Ward
from bedside.ward.worked import amount_given, reductions_of

PER = {"kg": "per kg", "m2": "per m²", "dose": "in all"}


class Planned(Struct, frozen=True):
    """Planned days of one drug by one route and what they come to; None where the dose is not known."""

    days: int = 0
    amount: Fraction | None = Fraction(0)
    per: str = ""
    unit: str = "mg"


def cumulative_doses(ward: Ward, infant_id: int) -> ExposureView:
    """Every drug of the infant's protocol: given, still planned, and the protocol's own total."""
    facts = facts_of(ward, infant_id)
    given = add_up(_given(ward, facts))
    plan = projection_of(ward, facts)
    to_come = _still_to_come(ward, facts, plan)
    planned = _planned(ward, facts, to_come, reductions_of(facts), rests=True)
    total = _planned(ward, facts, _all_doses(facts, first_plan_of(ward, facts)))
    keys = list(dict.fromkeys([*total, *planned, *given]))
    found = anthracyclines()
    return ExposureView(
        name=f"{facts.infant.family}, {facts.infant.given}",
        protocol=facts.protocol.title,
        rows=tuple(_row(ward, key, given, planned, total) for key in keys),
        equivalents=_equivalents(found, keys, given, planned, total),
        why=found.why,
        notes=_notes(ward, facts, plan, found, keys),
    )


def _given(ward: Ward, facts: InfantFacts) -> list[GivenDose]:
    rows, days = given_rows(facts), set()
    doses = []
    for row in rows:
        day = (row.drug, row.route, row.course_key, row.course_day, row.due_on)
        doses.append(replace(_given_dose(ward, facts, row), own_day=day not in days))
        days.add(day)
    doses += broken_parts(facts, rows, lambda row: _given_dose(ward, facts, row))
    return [replace(dose, amount=_in_one_unit(dose, doses)) for dose in doses]


def _in_one_unit(dose: GivenDose, all_given: list[GivenDose]) -> DrugAmount | None:
    """The amount in the unit of all doses of the drug by the route; units and mg make no sum."""
    key = (dose.drug, dose.route)
    others = [one for one in all_given if (one.drug, one.route) == key]
    units = {one.amount.unit for one in others if one.amount is not None}
    if len(units) < 2 or dose.amount is None:
        return dose.amount
    if "units" in units:
        return None
    per_mg = 1000 if dose.amount.unit == "micrograms" else 1
    return DrugAmount(dose.amount.value / per_mg)


def _given_dose(ward: Ward, facts: InfantFacts, row: DoseRecord) -> GivenDose:
    weighed = [size for size in facts.measurements if size.id == row.measurement_id]
    weight = BodyWeight(weighed[0].weight_g) if weighed else None
    length = facts.length(weighed[0].measured_at) if weighed else None
    surface: BodySurface | None = None
    if weight is not None and length is not None and length.length_mm is not None:
        surface = body_surface(weight, BodyLength(length.length_mm), ward.site.bsa_formula)
    return GivenDose(row.drug, row.route, amount_given(facts, row), weight, surface)


def _all_doses(facts: InfantFacts, plan: Projection) -> list[ProjectedDose]:
    """Every planned dose of the courses that this infant takes; one that has begun is taken, arm or not."""
    arms = {course.key: course.arm for course in facts.protocol.courses}
    begun = {start.course_key for start in facts.starts}
    return [
        dose
        for course in plan.courses
        if arms[course.key] in ("", facts.enrolment.arm) or course.key in begun
        for dose in course.doses
    ]


def _still_to_come(ward: Ward, facts: InfantFacts, plan: Projection) -> list[ProjectedDose]:
    return [
        dose
        for dose in _all_doses(facts, plan)
        if dose.on >= ward.today() and _is_open(facts, dose) and not held_on(facts, dose)
    ]


def _is_open(facts: InfantFacts, dose: ProjectedDose) -> bool:
    """Whether a dose may still be given: not recorded, running now, or its vial was lost."""
    record = dose_record(facts, dose)
    if record is not None and broken_off(record):
        return still_to_give(facts, record)
    return record is None or record.state in ("vial running", "vial lost")


def _planned(
    ward: Ward,
    facts: InfantFacts,
    doses: Iterable[ProjectedDose],
    reductions: tuple[Reduction, ...] = (),
    *,
    rests: bool = False,
) -> dict[DrugByRoute, Planned]:
    sums: dict[DrugByRoute, Planned] = {}
    first_days = _first_days(ward, facts)
    values = ward.values_for(facts.protocol.key)
    in_force: dict[tuple[str, str, str, int], DoseInForce] = {}
    for dose in doses:
        course = facts.protocol.course(dose.course_key)
        drug = course.plan(dose.drug, dose.route)
        day = 0 if drug.taper is None else dose.course_day  # a taper has a dose for each day
        key = (dose.course_key, dose.drug, dose.route, day)
        if key not in in_force:
            in_force[key] = dose_in_force(drug, course, values, dose.course_day)
        before = sums.get((dose.drug, dose.route), Planned())
        anchor = _anchor(ward, facts, dose, first_days)
        percent = share_on(reductions, dose.course_key, dose.drug, dose.course_day)
        one = _one_dose(in_force[key], facts.infant.born, anchor)
        times = in_force[key].doses_per_day or 1
        share = _factor(in_force[key], facts.infant.born, anchor) * Fraction(percent) / 100
        if rests:
            times, share = times_open(ward, facts, dose, times), share * share_left(facts, dose)
        sums[dose.drug, dose.route] = _one_more(before, one, times * share)
    return sums


def _first_days(ward: Ward, facts: InfantFacts) -> Mapping[str, date | None]:
    return {course.key: course.start for course in projection_of(ward, facts).courses}


def _anchor(
    ward: Ward, facts: InfantFacts, dose: ProjectedDose, first_days: Mapping[str, date | None]
) -> date:
    """The day on which the age of one planned dose is taken, as the site takes it."""
    anchors: dict[str, date | None] = {
        "course-day-1": first_days.get(dose.course_key),
        "dose-day": dose.on,
        "diagnosis": facts.enrolment.diagnosed_on,
    }
    values = ward.values_for(facts.protocol.key)
    same = values.protocol == facts.protocol.key
    return anchors[values.age_anchor if same else "course-day-1"] or dose.on


def _one_dose(found: DoseInForce, born: date, anchor: date) -> DoseRate | None:
    """One planned dose with its age factor or of its age band; None where it is not known."""
    if found.blocked:
        return None
    if found.by_age:
        amount = band_on(found.by_age, born, anchor).amount
        return DoseRate(amount.value, amount.unit, "dose")
    return found.rate


def _factor(found: DoseInForce, born: date, anchor: date) -> Fraction:
    rule = None if found.by_age else found.age_rule
    return Fraction(1) if rule is None else band_on(rule.bands, born, anchor).factor


def _one_more(before: Planned, rate: DoseRate | None, times: Fraction) -> Planned:
    same = before.days == 0 or (
        rate is not None and (before.per, before.unit) == (rate.per, rate.unit)
    )
    if rate is None or not same or before.amount is None:
        return Planned(before.days + 1, None, before.per, before.unit)
    more = Fraction(rate.value) * times
    return Planned(before.days + 1, before.amount + more, rate.per, rate.unit)


def _row(
    ward: Ward,
    key: DrugByRoute,
    given: Mapping[DrugByRoute, Exposure],
    planned: Mapping[DrugByRoute, Planned],
    total: Mapping[DrugByRoute, Planned],
) -> ExposureRow:
    sums = [one for one in (planned.get(key), total.get(key)) if one is not None]
    # what is still planned is added to what was given: both are told per the same
    per = next((one.per for one in sums if one.amount is not None), sums[-1].per if sums else "")
    return ExposureRow(
        drug=ward.drugs.display_name(key[0]),
        route=route_words(key[1]),
        given=given_words(given.get(key), per),
        planned=planned_words(planned.get(key)),
        total=planned_words(total.get(key)),
    )


def given_words(given: Exposure | None, per: str) -> str:
    """What was given: "37.5 mg per kg on 15 days"; one dose not recorded makes the sum not known."""
    if given is None:
        return "none"
    days = _days(given.doses)
    amount = {"kg": given.per_kg, "m2": given.per_m2}.get(per, given.amount)
    if given.broken:
        off = "1 infusion" if given.broken == 1 else f"{write_number(given.broken)} infusions"
        days += f", {off} broken off"
    if amount is None:
        if given.amount is None:
            return f"{days}, amount not known"
        # the weight or length of one dose is not on record: what went in is known all the same
        return f"{_number(given.amount)} {given.unit} in all on {days}, {PER[per]} not known"
    return f"{_number(amount)} {given.unit} {PER.get(per, 'in all')} on {days}"


def planned_words(planned: Planned | None) -> str:
    """What is planned: "50 mg per kg on 20 days", or the days alone."""
    if planned is None:
        return "none"
    days = _days(planned.days)
    if planned.amount is None:
        return f"{days}, dose not entered"
    return f"{_number(planned.amount)} {planned.unit} {PER[planned.per]} on {days}"


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{write_number(number)} days"


def _number(value: Fraction) -> str:
    return write_number(half_up(as_decimal(value), 2))


def _equivalents(
    found: Anthracyclines,
    keys: Iterable[DrugByRoute],
    given: Mapping[DrugByRoute, Exposure],
    planned: Mapping[DrugByRoute, Planned],
    total: Mapping[DrugByRoute, Planned],
) -> tuple[EquivalentRow, ...]:
    """Each reading's equivalents; none where the protocol has no anthracycline."""
    mine = [key for key in keys if key[0] in found.drugs]
    if not mine:
        return ()
    had: dict[str, Fraction | None] = {
        key[0]: given[key].per_m2 if key in given else Fraction(0) for key in mine
    }
    coming, whole = (_per_m2(mine, sums) for sums in (planned, total))
    return tuple(
        EquivalentRow(
            title=reading.title,
            given=equivalent_words(doxorubicin_equivalent(had, reading.factors)),
            planned=equivalent_words(doxorubicin_equivalent(coming, reading.factors)),
            total=equivalent_words(doxorubicin_equivalent(whole, reading.factors)),
            source=reading.source,
        )
        for reading in found.readings
    )


def _per_m2(
    keys: Iterable[DrugByRoute], sums: Mapping[DrugByRoute, Planned]
) -> dict[str, Fraction | None]:
    found: dict[str, Fraction | None] = defaultdict(Fraction)
    for key in keys:
        planned = sums.get(key, Planned())
        known = planned.amount if planned.per == "m2" or not planned.days else None
        before = found[key[0]]
        found[key[0]] = None if known is None or before is None else before + known
    return found


def equivalent_words(equivalent: Equivalent) -> str:
    """Doxorubicin equivalents in words, or which drug keeps them unknown."""
    if equivalent.mg_per_m2 is None:
        return f"not known: {', '.join(display_name(drug) for drug in equivalent.unknown)}"
    return f"{_number(equivalent.mg_per_m2)} mg per m²"


def _past_words(count: int) -> str:
    """That planned doses of the past are on nobody's record."""
    if count == 1:
        return (
            "1 planned dose before today is not recorded: it counts neither as given nor as still "
            "planned."
        )
    return (
        f"{write_number(count)} planned doses before today are not recorded: "
        "they count neither as given nor as still planned."
    )


def _notes(
    ward: Ward,
    facts: InfantFacts,
    plan: Projection,
    found: Anthracyclines,
    keys: Iterable[DrugByRoute],
) -> tuple[str, ...]:
    past = [
        dose
        for dose in _all_doses(facts, plan)
        if dose.on < ward.today()
        and unrecorded(facts, dose)
        and not some_recorded(ward, facts, dose)
    ]
    notes = [*broken_notes(ward, facts), *day_notes(ward, facts)]
    if past:
        notes.append(_past_words(len(past)))
    if plan.unscheduled:
        left_out = dict.fromkeys(ward.drugs.display_name(line[1]) for line in plan.unscheduled)
        drugs = ", ".join(left_out)
        notes.append(
            "1 line of the protocol has no days yet (not public, or in conflict) and is in no "
            f"total: {drugs}."
            if len(plan.unscheduled) == 1
            else f"{write_number(len(plan.unscheduled))} lines of the protocol have no days yet "
            f"(not public, or in conflict) and are in no total: {drugs}."
        )
    mine = {drug for drug, _ in keys}
    notes += [
        f"{ward.drugs.display_name(edge.drug)}: above {write_number(edge.mg_per_kg)} mg per kg in "
        f"all, heart damage grows more frequent {edge.words}: {edge.source}."
        for edge in found.edges
        if edge.drug in mine
    ]
    return tuple(notes)
