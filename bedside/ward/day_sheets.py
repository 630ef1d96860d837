"""The dosing sheet of one administration day, filled from the facts: one drug, or all intrathecal drugs."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from bedside.papers.day_sheet import DaySheet, Kind, OrderSignature, SettledDose, SheetDrug
from bedside.papers.values import PaperHead
from bedside.protocol.continuous_words import plan_route_words
from bedside.protocol.drugs import INTRATHECAL, NEEDLES, route_atoms, route_words
from bedside.protocol.model import Course, DrugPlan
from bedside.protocol.preparation import shown, surface_shown
from bedside.protocol.schedule import ProjectedDose
from bedside.protocol.separation import SeparationConflict, separation_conflicts
from bedside.store.records import Measurement
from bedside.units.quantities import BodyWeight
from bedside.units.refusal import Refused
from bedside.units.writer import write_amount, write_number, write_weight
from bedside.ward.day_doses import day_doses
from bedside.ward.day_often import often_words
from bedside.ward.day_refusals import DayPapers, DueDose
from bedside.ward.doses_on_papers import lineless_words, settled_doses
from bedside.ward.due_hours import dose_hours, hour_words
from bedside.ward.facts import InfantFacts
from bedside.ward.followed_by import follow_words
from bedside.ward.infants import surface_of
from bedside.ward.label_time import twice_words
from bedside.ward.paper_keys import Administration
from bedside.ward.sheet_counts import counts_for
from bedside.ward.sheets import day_1_age, paper_infant
from bedside.ward.standing import projection_of
from bedside.ward.ward import Ward
from bedside.ward.weekly import weekly_words
from bedside.ward.worked import modification_on

_MEANINGS = {"prescribed": "I order this", "verified": "my own figures agree"}
_NEXT = 3  # further days of the same route that a sheet names
NO_VOLUME = "Volume: this site has entered no concentration; the pharmacy states it."


def check_day_sheet(
    ward: Ward, facts: InfantFacts, course: Course, of: Administration
) -> tuple[str, ...]:
    """Every reason why a day's dosing sheet is refused now; empty when it may be printed."""
    with ward.store.reading() as connection:
        return DayPapers(ward, facts, connection).why_not(course, of)


def fill_day_sheet(
    ward: Ward, facts: InfantFacts, course: Course, of: Administration, head: PaperHead
) -> DaySheet:
    """Fill the dosing sheet of one day.

    Raises:
        Refused: with every reason (blocked, held, absent, recorded, unsigned); no paper is made.
    """
    with ward.store.reading() as connection:
        papers = DayPapers(ward, facts, connection)
        reasons = papers.why_not(course, of)
        found = papers.doses_of(course, of)
    if reasons:
        raise Refused(*reasons)
    first, weight = found[0], _weight(ward, facts)
    kind, on, bag = kind_of(ward, of, found), first.dose.on, ward.drugs.drugs[first.dose.drug]
    (counts, note), choice = counts_for(ward, facts, course), _route_choice(found)
    planned = planned_hours(ward, facts, first)
    return DaySheet(
        head=head,
        infant=paper_infant(ward, facts, weight, day_1_age(facts, on)),
        protocol=facts.protocol.title,
        course=course.title,
        course_also=", ".join(course.also),
        day=of.day,
        on=on,
        route=_route(of, first.plan),
        kind=kind,
        drugs=tuple(_drug(ward, facts, due, of, kind) for due in found),
        counts=counts,
        counts_note=note,
        plan_words=_plan_words(ward, facts, course, found),
        hours=hour_words(ward, facts, first.dose, first.plan, first.working.doses_per_day or 1),
        planned_hours=planned,
        planned_halves=tuple(twice_words(ward, at) for _, at in planned),
        apart=tuple(_apart(ward, facts, kind, on)),
        minibag_ml="" if bag.minibag_ml is None else f"{bag.minibag_ml} mL",
        minibag_source=bag.minibag_source,
        route_choice=choice[0],
        route_signed=choice[1],
        warnings=tuple(_warnings(ward, facts, found)),
        settled=_settled(ward, facts, first),
        asks=tuple(_asks(found)),
        next_days=_next_days(ward, facts, found, on),
    )


def _weight(ward: Ward, facts: InfantFacts) -> Measurement:
    weight = facts.weight(ward.now())
    if weight is None:
        raise Refused("No weight is recorded: weigh the infant and record it.")
    return weight


def planned_hours(
    ward: Ward, facts: InfantFacts, first: DueDose
) -> tuple[tuple[int, datetime], ...]:
    """Each hour of the day with its time, for the lines in which the doses are signed."""
    hours = dose_hours(ward, facts, first.dose, first.plan)
    return () if hours is None else hours.times


def _settled(ward: Ward, facts: InfantFacts, first: DueDose) -> tuple[SettledDose, ...]:
    """The doses of the day that are on record; only a sheet of one drug has several."""
    return settled_doses(ward, facts, day_doses(ward, facts, first.dose, first.plan))


def kind_of(ward: Ward, of: Administration, found: Sequence[DueDose]) -> Kind:
    """Which sheet it is: the intrathecal one, a vinca alkaloid's, another by needle, or by mouth."""
    if of.route == INTRATHECAL:
        return "intrathecal"
    if any(ward.drugs.drugs[due.dose.drug].apart_from_intrathecal for due in found):
        return "vinca"
    return "needle" if of.route in NEEDLES else "mouth"


def _route(of: Administration, plan: DrugPlan) -> str:
    return plan_route_words(plan, of.route) if of.route == "IV" else route_words(of.route)


def _route_choice(found: Sequence[DueDose]) -> tuple[str, bool]:
    """What the order says where it leaves the route open, and whether the prescriber signs the choice."""
    routes = dict.fromkeys(due.working.route for due in found)
    several = [route for route in routes if len(route_atoms(route)) > 1]
    if not several:
        return "", False
    by_needle = any(NEEDLES & set(route_atoms(route)) for route in several)
    return " and ".join(route_words(route) for route in several), by_needle


def _drug(
    ward: Ward, facts: InfantFacts, due: DueDose, of: Administration, kind: Kind
) -> SheetDrug:
    working, name = due.working, ward.drugs.display_name(due.dose.drug)
    if working.prepared is None or working.unrounded is None:
        raise Refused(f"The dose of {name} is not worked out.")
    fixed = working.rate is not None and working.rate.per == "dose"
    terms = tuple(_terms(ward, facts, due))
    final, calculated = write_amount(working.prepared), shown(working.unrounded)
    giving, giving_note = _giving(ward, facts, due.plan, of, kind)
    formula = " ".join(" ".join(filter(None, (sign, value))) for sign, _, value in terms)
    return SheetDrug(
        drug=name,
        final=final,
        times_a_day=working.doses_per_day or 1,
        terms=terms,
        notes=(
            ("Age" if fixed else "Age factor", working.age_factor_words),
            ("Cap", working.cap_words),
            ("Rounding", working.rounding_words),
            ("Modified", working.modified_words),
        ),
        source=_source(due),
        volume="" if working.volume_ml is None else f"{write_number(working.volume_ml)} mL",
        drawn=_drawn(due, kind),
        giving=giving,
        giving_note=giving_note,
        formula=formula if final == calculated else f"{formula}; prepared {final}",
        signed=tuple(_signed(ward, due, tuple(_MEANINGS))),
        steps=tuple(_signed(ward, due, ("released",))),
        rhythm=weekly_words(due.plan) if kind == "mouth" else "",
        often=_often(ward, facts, due),
    )


def _often(ward: Ward, facts: InfantFacts, due: DueDose) -> str:
    """At which distance the doses of a day are given, where the protocol states it: "every 12 hours"."""
    said = often_words(ward, facts, due.dose, due.plan)
    return said if said == due.plan.frequency and said.startswith("every ") else ""


def _terms(ward: Ward, facts: InfantFacts, due: DueDose) -> Iterator[tuple[str, str, str]]:
    """Each number of the sum, with the sign before it and what it is."""
    working = due.working
    if working.rate is None or working.unrounded is None:
        return
    by_age = working.rate.per == "dose"
    caption = "fixed dose" if by_age else "protocol dose"
    yield "", caption, working.rate_words.removesuffix(" in all").removesuffix(" per dose")
    weight = facts.weight(ward.now())
    if working.rate.per == "kg" and weight is not None:
        yield "×", "weight", write_weight(BodyWeight(weight.weight_g))
    if working.rate.per == "m2":
        surface = surface_of(ward, facts, weight)
        yield "×", "body surface", "" if surface is None else surface_shown(surface)
    if working.age_factor not in ("", "1", "none"):
        yield "×", "age factor", working.age_factor
    changed = modification_on(facts, due.dose.course_key, due.dose.drug, due.dose.course_day)
    if changed is not None:
        yield "×", "modified", f"{write_number(changed.percent)} %"
    capped = ", capped" if working.cap_words.endswith("reached") else ""
    yield "=", f"calculated{capped}", shown(working.unrounded)


def _source(due: DueDose) -> str:
    words = f"{due.working.evidence}, {due.working.source_words}"
    if due.working.confirmed:
        return f"{words}; confirmed here by two people"
    return f"{words}; not confirmed at this site"


def _drawn(due: DueDose, kind: Kind) -> str:
    working = due.working
    if working.tablets is not None:
        return f"Give {working.volume_words}"
    if working.volume_ml is None:
        return NO_VOLUME
    if kind == "vinca":  # what is drawn goes into the bag; no syringe leaves the pharmacy
        return f"{working.volume_words}, into the bag"
    return f"Draw {working.volume_words}"


def _giving(
    ward: Ward, facts: InfantFacts, plan: DrugPlan, of: Administration, kind: Kind
) -> tuple[str, str]:
    """Over how long, and what the protocol's sources say of it; no minutes are ever proposed."""
    if of.route != "IV":
        return "", ""
    if plan.continuous:
        return "over 24 hours", "continuous infusion: the dose of this day"
    planned = ward.values_for(facts.protocol.key).planned_minutes.get(plan.drug)
    allowed = plan.infusion_minutes
    said = "no infusion time is in public sources"
    if allowed is not None:
        low, high = allowed
        span = f"{low} minutes" if low == high else f"{low} to {high} minutes"
        said = f"protocol: {'1 minute' if span == '1 minutes' else span}"
        if plan.infusion_conflict is not None:
            said += "; its sources disagree"
        if kind == "vinca":
            said += ", not said of a bag"
    return f"over {'______' if planned is None else planned} minutes", said


def _signed(ward: Ward, due: DueDose, meanings: Sequence[str]) -> Iterator[OrderSignature]:
    for meaning in meanings:
        by = due.order.of(meaning)
        if by is not None and not by.why:
            says = _MEANINGS.get(meaning, meaning)
            yield OrderSignature(says, by.name, by.role, ward.local(by.at))


def _plan_words(ward: Ward, facts: InfantFacts, course: Course, found: Sequence[DueDose]) -> str:
    """Every planned day of what is on the sheet, to be held against the signed protocol (hazard H42)."""
    said = []
    for due in found:
        days = [
            str(dose.course_day)
            for dose in _projected(ward, facts, course.key)
            if (dose.drug, dose.route) == (due.dose.drug, due.dose.route)
        ]
        name = f"{ward.drugs.display_name(due.dose.drug)}: " if len(found) > 1 else ""
        more = f" and {len(days) - 12} more" if len(days) > 12 else ""
        said.append(f"{name}day {', '.join(days[:12])}{more}")
    return f"Plan of {course.title}: {'; '.join(said)}. This is day {found[0].dose.course_day}."


def _projected(ward: Ward, facts: InfantFacts, course_key: str) -> tuple[ProjectedDose, ...]:
    return projection_of(ward, facts).course(course_key).doses


def day_conflicts(ward: Ward, facts: InfantFacts, on: date) -> tuple[SeparationConflict, ...]:
    """Where a vinca alkaloid and intrathecal drugs are planned on one day."""
    doses = [
        dose
        for course in projection_of(ward, facts).courses
        for dose in course.doses
        if dose.on == on
    ]
    return separation_conflicts(doses, ward.drugs)


def _apart(ward: Ward, facts: InfantFacts, kind: Kind, on: date) -> Iterator[str]:
    """The names of what is due on the same day and is kept apart in time and place (hazard H19)."""
    if kind not in ("intrathecal", "vinca"):
        return
    for conflict in day_conflicts(ward, facts, on):
        drugs = conflict.vinca if kind == "intrathecal" else conflict.intrathecal
        yield from (ward.drugs.display_name(drug) for drug in drugs)


def _warnings(ward: Ward, facts: InfantFacts, found: Sequence[DueDose]) -> Iterator[str]:
    from bedside.protocol.anthracyclines import anthracyclines

    for due in found:
        yield from due.working.cautions
        doses = day_doses(ward, facts, due.dose, due.plan)
        beside = lineless_words(ward, facts, due.dose, doses)
        if beside:
            yield beside
        if due.dose.drug in anthracyclines().drugs:
            yield _anthracycline(ward, facts, due)
        yield from follow_words(ward, facts, due.dose)
    for continuing in found:
        if continuing.plan.continuous:
            yield "The bag runs without a break: each change of bag is recorded with its time."
            break


def _anthracycline(ward: Ward, facts: InfantFacts, due: DueDose) -> str:
    from bedside.ward.exposure import cumulative_doses

    name = ward.drugs.display_name(due.dose.drug)
    view = cumulative_doses(ward, facts.infant.id)
    given = next((row.given for row in view.rows if row.drug == name), "not known")
    return f"Cumulative {name} so far: {given}. Every earlier anthracycline counts: see Cumulative doses."


def _asks(found: Sequence[DueDose]) -> Iterator[str]:
    if any("aspar" in due.dose.drug for due in found):
        yield "An earlier reaction to any asparaginase?"


def _next_days(
    ward: Ward, facts: InfantFacts, found: Sequence[DueDose], on: date
) -> tuple[date, ...]:
    keys = {(due.dose.drug, due.dose.route) for due in found}
    intrathecal = any(due.working.route == INTRATHECAL for due in found)
    days = {
        dose.on
        for course in projection_of(ward, facts).courses
        for dose in course.doses
        if dose.on > on
        and (dose.route == INTRATHECAL if intrathecal else (dose.drug, dose.route) in keys)
    }
    return tuple(sorted(days)[:_NEXT])
