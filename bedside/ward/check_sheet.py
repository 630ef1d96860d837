"""What a person who counts is given, and the order's own figures that her count is held against.

The sheet carries the rule, the rounding, the concentration and the mark of the syringe: never a
figure that came out of the infant's weight. Without concentration and mark there is no volume to
check; then the dose cannot be checked here, and the sheet says what the site has to enter.
"""

from collections.abc import Iterator
from datetime import date
from typing import cast

from bedside.protocol.blind_check import Counted, ordered_volume
from bedside.protocol.drugs import route_words
from bedside.protocol.schedule import ProjectedDose
from bedside.protocol.site_values import SiteValues
from bedside.protocol.strengths import in_unit, strength_of
from bedside.store.records import Measurement
from bedside.store.signature_records import DoseOrder
from bedside.units.dates import write_date
from bedside.units.quantities import BodyWeight, DrugAmount, DrugUnit
from bedside.units.refusal import Refused
from bedside.units.writer import write_amount, write_number, write_weight
from bedside.ward.facts import InfantFacts, facts_of
from bedside.ward.infants import formula_words
from bedside.ward.order_drawn import drawn_of, signed_drawn, why_other
from bedside.ward.rest import given_of_rest
from bedside.ward.views.second_check import GivenLine, OrderFigures
from bedside.ward.ward import Ward
from bedside.ward.worked import worked_dose

_WHERE = "Commissioning, This site, Formulary"


def given_lines(ward: Ward, facts: InfantFacts, order: DoseOrder) -> tuple[GivenLine, ...]:
    """The rule and the site's values, in the order in which one counts."""
    return tuple(_lines(ward, facts, order))


def _lines(ward: Ward, facts: InfantFacts, order: DoseOrder) -> Iterator[GivenLine]:
    working = worked_dose(ward, facts, _planned(order))
    times = {1: "once daily"}.get(order.doses_per_day, f"{order.doses_per_day} doses a day")
    source = "protocol, stated" if working.evidence != "site" else "site value"
    of_site = working.evidence == "site"
    yield GivenLine("Rule", working.rate_words or order.rule, f", {times}", source, of_site)
    yield GivenLine("Weight", "not given", "", "read the scale slip, or weigh again")
    if working.rate is not None and working.rate.per == "m2":
        formula = formula_words(ward.site.bsa_formula)
        yield GivenLine("Body surface", "not given", "", f"weight and length, {formula}")
    if working.age_factor not in ("", "1", "none"):
        yield GivenLine("Age factor", working.age_factor, "", "protocol")
    if order.share != 100:
        yield GivenLine("Reduced", f"{write_number(order.share)} %", " of the dose", "ordered")
    key = (order.course_key, order.course_day, order.drug, order.route)
    given = given_of_rest(facts, key)
    if given is not None:
        yield GivenLine(
            "Given already", write_amount(given), " of it: count what is left", "broken off today"
        )
    values = ward.values_for(facts.protocol.key, order.course_key)
    yield from _of_site(values, order.drug, working.route)


def _of_site(values: SiteValues, drug: str, route: str) -> Iterator[GivenLine]:
    note = "site value, demonstration" if values.demonstration else "site value"
    rule = values.rounding_of(drug, route)
    if rule is not None:
        yield GivenLine("Rounding", rule.name, ", half up", note, site=True)
    strength = strength_of(values, drug, route).concentration
    if strength is not None:
        yield GivenLine("Concentration", f"{write_amount(strength)} per mL", "", note, site=True)
    step = values.syringe_step_of(drug, route)
    if step is not None:
        yield GivenLine("Syringe step", f"{write_number(step)} mL", "", note, site=True)


def order_figures(ward: Ward, facts: InfantFacts, order: DoseOrder) -> OrderFigures:
    """The order's weight, dose and volume.

    Raises:
        Refused: the site has not entered concentration or syringe step, or no weight is known:
            the dose cannot be checked here, with what has to be entered. Or it would be drawn up
            from something else now than was signed: nobody ordered that volume.
    """
    name = ward.drugs.display_name(order.drug)
    values = ward.values_for(facts.protocol.key, order.course_key)
    dose = DrugAmount(order.amount, cast(DrugUnit, order.unit))
    working = worked_dose(ward, facts, _planned(order))
    strength = strength_of(values, order.drug, working.route)
    step = values.syringe_step_of(order.drug, working.route)
    entered = strength.concentration
    per_ml = None if entered is None else in_unit(entered, dose.unit)
    weight = ordered_weight(ward, facts, order)
    missing = []
    if strength.tablet is not None:
        missing.append(f"{name} is given in tablets here: there is no volume to check.")
    if per_ml is None:
        missing.append(f"The concentration of {name} is not entered in {order.unit} ({_WHERE}).")
    if step is None:
        missing.append(f"The syringe step of {name} is not entered ({_WHERE}).")
    if weight is None:
        missing.append("No weight is recorded: weigh the infant.")
    if missing or per_ml is None or step is None or weight is None:
        raise Refused(
            *missing,
            "Until then this dose cannot be checked, and not be recorded as checked, in Bedside.",
        )
    other = why_other(signed_drawn(order.steps), drawn_of(working, values))
    if other:
        raise Refused(*other, "A physician prescribes it anew. Nothing was counted.")
    volume = ordered_volume(dose, per_ml, step)
    return OrderFigures(Counted(BodyWeight(weight.weight_g), dose, volume), step)


def ordered_weight(ward: Ward, facts: InfantFacts, order: DoseOrder) -> Measurement | None:
    """The weight of an order; a dose that rests on no weight is checked with the last one."""
    for row in facts.measurements:
        if row.id == order.measurement_id:
            return row
    return facts.weight(ward.now()) if order.measurement_id is None else None


def earlier_weight(
    ward: Ward, facts: InfantFacts, order: DoseOrder
) -> tuple[BodyWeight, date] | None:
    """The last weight of another day before the order's own, which stays hidden."""
    own = ordered_weight(ward, facts, order)
    if own is None:
        return None
    day = ward.local(own.measured_at).date()
    before = [row for row in facts.measurements if ward.local(row.measured_at).date() < day]
    if not before:
        return None
    return BodyWeight(before[-1].weight_g), ward.local(before[-1].measured_at).date()


def title_of(ward: Ward, facts: InfantFacts, order: DoseOrder) -> str:
    """The dose in words: "azaCITIDine, intravenous, EPI #2 day 4"."""
    name = ward.drugs.display_name(order.drug)
    course = facts.protocol.course(order.course_key).title
    return f"{name}, {route_words(order.route)}, {course} day {order.course_day}, order {order.id}"


def pharmacy_words(ward: Ward) -> str:
    """Whom to ring: "Cytotoxic pharmacy, extension 4420"; "" where the site entered nobody."""
    for role, _, number in ward.site.contacts:
        if "pharmac" in role.casefold():
            return f"{role}, {number}"
    return ""


def _planned(order: DoseOrder) -> ProjectedDose:
    return ProjectedDose(
        order.due_on, order.course_key, order.course_day, None, order.drug, order.route
    )


def compared_weight(
    ward: Ward, infant_id: int, earlier: tuple[BodyWeight, date], typed: BodyWeight
) -> tuple[str, str]:
    """A counted weight beside the infant's own last one of another day; the order's is no part of it.

    Returns:
        Words such as "19-Nov-2026: 6.15 kg, now up 0.05 kg", and "usual", "unusual" or
        "impossible" where the two are too far apart, with the slip named in the words.
    """
    facts = facts_of(ward, infant_id)
    weight, on = earlier
    last = [
        (ward.local(row.measured_at), BodyWeight(row.weight_g))
        for row in facts.measurements
        if ward.local(row.measured_at).date() <= on
    ]
    # growth tables and all: not with the ward list, which asks only where a check stands
    from bedside.clinical.judgement import change_words
    from bedside.clinical.size_plausibility import judge_weight

    judged = judge_weight(
        typed,
        last=last,
        birth=facts.infant.born,
        sex=facts.infant.sex,
        at=ward.now(),
        growth=ward.growth,
        mark=ward.decimal_mark,
    )
    mark = ward.decimal_mark
    change = change_words(typed.g, weight.g, mark)
    apart = abs(typed.g - weight.g)
    if apart < weight.g:
        way = "up" if typed.g > weight.g else "down"
        change = f"now {way} {write_weight(BodyWeight(apart), mark)}" if apart else "now the same"
    words = f"{write_date(on)}: {write_weight(weight, mark)}, {change}"
    return (words if judged.level == "usual" else f"{words}. {judged.words}"), judged.level
