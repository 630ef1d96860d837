"""The azacitidine dosing sheet, filled from the facts: what is printed is what was judged."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal

from bedside.clinical.age import age_on
from bedside.papers.values import DosingSheet, PaperHead, PaperInfant, RuleLine, SettledDay
from bedside.protocol.drugs import route_words
from bedside.protocol.model import Course
from bedside.store.records import Infant, Measurement
from bedside.units.dates import write_weekday_date
from bedside.units.quantities import BodyLength, BodyWeight, DrugAmount
from bedside.units.refusal import Refused
from bedside.units.rounding import change_percent, half_up
from bedside.units.writer import write_amount, write_number, write_rate, write_weight
from bedside.ward.facts import InfantFacts
from bedside.ward.gate_facts import gene_words
from bedside.ward.gates import Gate
from bedside.ward.infants import SEX_WORDS, formula_words, surface_of
from bedside.ward.order_paper import order_signed, order_steps
from bedside.ward.risk_facts import group_of, risk_of
from bedside.ward.sheet_days import held_days, planned_dates, settled_days
from bedside.ward.views.where import RuleRow
from bedside.ward.ward import Ward
from bedside.ward.worked import modification_on
from bedside.ward.working import BlockWorking, current_dose


def check_sheet(ward: Ward, facts: InfantFacts, course: Course) -> tuple[str, ...]:
    """Every reason why the dosing sheet of a block is refused now; empty when it may be printed."""
    block = current_dose(ward, facts, course, rest=False)
    return block.refused or _nothing_left(ward, facts, block)


def fill_sheet(ward: Ward, facts: InfantFacts, course: Course, head: PaperHead) -> DosingSheet:
    """Fill the dosing sheet of an EPI block.

    Raises:
        Refused: with every reason (weight, start rule, centre, dose, hold); no paper is made.
    """
    block = _orderable(ward, facts, course)
    working, plan, start = block.working, block.plan, facts.start_of(course.key)
    (measured, unrounded, prepared), (allowed, within) = _worked_out(block), _infusion_rule(block)
    day_1 = _day_1(ward, facts, course)
    settled = settled_days(ward, facts, course, plan, day_1)
    dates = planned_dates(ward, facts, course, plan, day_1)
    days = sorted({*_days_of_dose(facts, block), *(each.day for each in settled)})
    return DosingSheet(
        head=head,
        infant=paper_infant(ward, facts, measured, day_1_age(facts, day_1)),
        protocol=facts.protocol.title,
        course=course.title,
        course_also=", ".join(course.also),
        drug=ward.drugs.display_name(plan.drug),
        route=route_words(plan.route),
        dates=tuple((day, dates[day]) for day in days),
        rules=_rule_lines(block.gate),
        decision=f"GIVE from {write_weekday_date(day_1)}",
        decided_by="" if start is None else start.recorded_by,
        rate_words=working.rate_words,
        weight_words=write_weight(BodyWeight(measured.weight_g)),
        calculated=write_amount(unrounded),
        final=write_amount(prepared),
        source_words=_source_words(block),
        age_factor_words=working.age_factor_words,
        cap_words=working.cap_words,
        rounding_words=working.rounding_words,
        modified_words=working.modified_words,
        volume_words=_volume_words(block),
        formula=_formula(block, write_weight(BodyWeight(measured.weight_g))),
        infusion_minutes=ward.values_for(facts.protocol.key).planned_minutes.get(plan.drug),
        infusion_range=allowed,
        finish_within_minutes=within,
        planned_time="",
        warnings=(*_not_for(facts, block, days, dates), *_warnings(facts, course, within)),
        settled=settled,
        order_signed=_of_order(order_signed, ward, facts, head, block, settled),
        order_steps=_of_order(order_steps, ward, facts, head, block, settled),
    )


def _of_order(
    read: Callable[..., tuple[str, ...]],
    ward: Ward,
    facts: InfantFacts,
    head: PaperHead,
    block: BlockWorking,
    settled: Sequence[SettledDay],
) -> tuple[str, ...]:
    """What is said of the orders of the days that are left; nothing where none may be signed."""
    prepared = block.working.prepared
    if not head.commissioned or prepared is None:
        return ()
    left = sorted(set(_days_of_dose(facts, block)) - {each.day for each in settled})
    line = (block.course.key, block.plan.drug, block.plan.route)
    return read(ward, facts, line, left, prepared)


def _orderable(ward: Ward, facts: InfantFacts, course: Course) -> BlockWorking:
    """The block's dose, where it may be given and a day of it is left; else refused."""
    block = current_dose(ward, facts, course, rest=False)
    if block.refused:
        raise Refused(*block.refused)
    left_over = _nothing_left(ward, facts, block)
    if left_over:
        raise Refused(*left_over)
    return block


def _day_1(ward: Ward, facts: InfantFacts, course: Course) -> date:
    start = facts.start_of(course.key)
    return ward.today() if start is None else start.day_1


def _nothing_left(ward: Ward, facts: InfantFacts, block: BlockWorking) -> tuple[str, ...]:
    """A sheet with no date left to give would be an order for nothing."""
    day_1 = _day_1(ward, facts, block.course)
    closed = {each.day for each in settled_days(ward, facts, block.course, block.plan, day_1)}
    if set(_days_of_dose(facts, block)) - closed:
        return ()
    return (
        f"No date of {block.course.title} is left to give: each is recorded, running, held or past. "
        "What was given stands on the roadmap.",
    )


def _days_of_dose(facts: InfantFacts, block: BlockWorking) -> tuple[int, ...]:
    """The days that the printed dose is for: a reduction may hold on some days of a block only."""
    return tuple(
        day
        for day in block.plan.days.scheduled
        if modification_on(facts, block.course.key, block.plan.drug, day) == block.modification
    )


def _not_for(
    facts: InfantFacts, block: BlockWorking, days: Sequence[int], dates: Mapping[int, date]
) -> tuple[str, ...]:
    """What changed of her, and which days it is not for: a sheet of before a hold is out of date."""
    other = [str(day) for day in block.plan.days.scheduled if day not in days]
    held = [str(day) for day in held_days(facts, block.course, block.plan, dates)]
    words = list(block.changed)
    if other:
        words.append(f"Not for day {', '.join(other)}: another dose is ordered for it.")
    if held:
        words.append(f"Held, nothing is given from this sheet: day {', '.join(held)}.")
    return tuple(words)


def _worked_out(block: BlockWorking) -> tuple[Measurement, DrugAmount, DrugAmount]:
    working = block.working
    if block.weight is None or working.prepared is None or working.unrounded is None:
        raise Refused("The dose is not worked out: weigh the infant and record it.")
    return block.weight, working.unrounded, working.prepared


def _infusion_rule(block: BlockWorking) -> tuple[tuple[int, int], int]:
    allowed, within = block.plan.infusion_minutes, block.plan.finish_within_minutes
    if allowed is None or within is None:
        raise Refused("The infusion rule of this drug is not in the protocol file.")
    return allowed, within


def _warnings(facts: InfantFacts, course: Course, within: int) -> tuple[str, ...]:
    return (
        f"Cannot be finished within {within} minutes? Do not start. "
        "Ring the prescriber; new vial, new clock.",
        f"Intravenous only. {_dlt_words(facts, course)}".strip(),
    )


def _dlt_words(facts: InfantFacts, course: Course) -> str:
    window = facts.protocol.dlt_window
    if window is None:
        return ""
    if course.key == window.opens_on_day_1_of:
        return "The DLT period opens on day 1: record each toxicity on the day it is seen."
    if course.key == window.closes_when_may_start:
        return "The DLT period is closed; toxicities are recorded as before."
    return "The DLT period is open: record each toxicity on the day it is seen."


def day_1_age(facts: InfantFacts, day_1: date) -> str:
    """The age on day 1 in three readings: "21w 6d, 153 days, 5 months"."""
    age = age_on(facts.infant.born, day_1)
    months = "1 month" if age.completed_months == 1 else f"{age.completed_months} months"
    return f"{age.text}, {age.days} days, {months}"


def paper_infant(
    ward: Ward, facts: InfantFacts, weight: Measurement, age_words: str
) -> PaperInfant:
    """The patient box from the facts, on the weight that the paper uses."""
    infant = facts.infant
    before = [row for row in facts.measurements if row.measured_at < weight.measured_at]
    change: Decimal | None = None
    days: int | None = None
    if before:
        last = before[-1]
        raw = change_percent(Decimal(last.weight_g), Decimal(weight.weight_g))
        change = half_up(raw, 1)
        days = (weight.measured_at - last.measured_at).days
    length = facts.length(ward.now())
    surface = surface_of(ward, facts, weight)
    weighed = ward.local(weight.measured_at)
    measured = None if length is None else ward.local(length.measured_at).date()
    return PaperInfant(
        family=infant.family,
        given=infant.given,
        sex="female" if SEX_WORDS[infant.sex] == "female" else "male",
        born=infant.born,
        age_words=age_words,
        hospital_number=infant.hospital_number,
        study_number=facts.enrolment.study_number or "none",
        allergies=infant.allergies or "unknown",
        diagnosis=f"{facts.enrolment.diagnosis}, {gene_words(facts.enrolment.kmt2a)}",
        line=infant.line or "unknown",
        weight_kg=BodyWeight(weight.weight_g).kg,
        weight_at=weighed,
        weight_by=weight.recorded_by,
        weight_change_percent=change,
        weight_change_days=days,
        length_cm=None
        if length is None or length.length_mm is None
        else BodyLength(length.length_mm).cm,
        bsa_m2=None if surface is None else half_up(surface.m2, 3),
        bsa_formula=formula_words(ward.site.bsa_formula),
        length_on=None if measured == weighed.date() else measured,
        risk="" if risk_of(facts) is None else group_of(facts) or "not known",
    )


def identity_on_paper(infant: Infant) -> dict[str, str]:
    """An identity by the names and in the words of `paper_infant`; the day of birth in ISO form."""
    return {
        "family": infant.family,
        "given": infant.given,
        "sex": SEX_WORDS[infant.sex],
        "born": infant.born.isoformat(),
        "hospital_number": infant.hospital_number,
    }


def end_of(day: date, ward: Ward) -> datetime:
    """The last minute of a date in the ward's zone."""
    return datetime.combine(day, time(23, 59), tzinfo=ward.zone)


def _rule_lines(gate: Gate | None) -> tuple[RuleLine, ...]:
    if gate is None:
        return ()
    return tuple(_rule_line(row) for row in gate.rows if row.main)


def _rule_line(row: RuleRow) -> RuleLine:
    unit = row.unit.replace("per µL", "per microlitre")
    return RuleLine(
        test=row.measure,
        value=f"{row.seen} {unit}".strip(),
        taken_at=row.at,
        source=row.source,
        limit=row.needed.replace(" per µL", ""),
        result=row.result,
        note=row.over,
    )


def _source_words(block: BlockWorking) -> str:
    words = f"{block.working.rate_words}: {block.working.evidence}, {block.working.source_words}"
    if block.working.confirmed:
        return f"{words}; confirmed here by two people"
    return f"{words}; not confirmed at this site"


def _volume_words(block: BlockWorking) -> str:
    volume = block.working.volume_ml
    if volume is None:
        return "Volume: this site has entered no concentration; the pharmacy states it."
    return f"Draw {block.working.volume_words}"


def _formula(block: BlockWorking, weight: str) -> str:
    working, rate = block.working, block.plan.dose.rate
    if rate is None or working.unrounded is None or working.prepared is None:
        raise Refused("The dose is not worked out.")
    share = "" if block.modification is None else f" × {write_number(block.modification.percent)} %"
    first = f"{write_rate(rate)} × {weight}{share} = {write_amount(working.unrounded)}"
    if working.prepared != working.unrounded:
        return f"{first}; prepared {write_amount(working.prepared)}"
    return first
