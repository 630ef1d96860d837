"""The columns of a roadmap: what each drug's dose is here, what it was worked out from, what is missing.

A dose stands on a roadmap only where this site's numbers of it are all in, from two people, and it
was rounded by the formulary. Where that is not so the column says it in a word, and below the grid
stands which number is missing (hazards H1, H2, H40).
"""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from bedside.papers.values import RoadmapDrug
from bedside.protocol.continuous_words import plan_rate_words, plan_route_words
from bedside.protocol.dose_in_force import DoseInForce, dose_in_force
from bedside.protocol.doses import DoseWorking
from bedside.protocol.model import Course, DrugPlan
from bedside.protocol.schedule import ProjectedDose
from bedside.units.dates import write_date
from bedside.units.quantities import BodyWeight
from bedside.units.rounding import half_up
from bedside.units.writer import write_amount, write_number, write_weight
from bedside.ward.day_often import often_words
from bedside.ward.facts import InfantFacts
from bedside.ward.gate_facts import weight_trouble
from bedside.ward.infants import surface_of
from bedside.ward.ward import Ward
from bedside.ward.weekly import weekly_by_mouth
from bedside.ward.worked import worked_dose
from bedside.ward.working import priming_plan

NOT_PUBLIC = "dose not public"
NOT_READY = "not ready"
BY_DAY = "differs by day"
BY_THE_HOUR = "by the hour: rule at the end"
OWN_SHEET = "own sheet"
NOT_OPENED = "worked out once the course is opened"
DECIDED = "as decided"
DECIDED_WHERE = "page Doses by mouth"
ENTER = "Commission (F7)"
NO_BREAK_SPACE = "\u00a0"
_OF_TAPER = "a day of the taper"  # of each of which the same is said
_NOBODYS = "is not in public sources: enter it from your protocol."


class Column(Struct, frozen=True):
    """One column: what is printed, the protocol's line, whether a dose stands in it, what is missing."""

    drug: RoadmapDrug
    plan: DrugPlan
    worked: bool = False
    missing: tuple[str, ...] = ()


def roadmap_columns(
    ward: Ward, facts: InfantFacts, course: Course, doses: list[ProjectedDose]
) -> tuple[Column, ...]:
    """A column for each drug of the course that is planned on some day of it.

    Args:
        ward: the ward.
        facts: what is recorded of the infant.
        course: the course, with the site's days in it.
        doses: its planned doses that the roadmap shows.
    """
    found = []
    for plan in course.drugs:
        own = {
            dose.course_day: dose
            for dose in doses
            if (dose.drug, dose.route) == (plan.drug, plan.route)
        }
        if own:
            found.append(_column(ward, facts, course, plan, dict(sorted(own.items()))))
    return tuple(found)


def over_the_columns(
    ward: Ward, facts: InfantFacts, course: Course, columns: tuple[Column, ...]
) -> str:
    """One line over the grid: whose the doses are, what they rest on, what to do where none stands."""
    if course.kind == "priming":
        return "The dose stands on the dosing sheet of this block: give only from that sheet."
    known = [column for column in columns if column.drug.dose_words != NOT_PUBLIC]
    if not known:
        return (
            "Doses of this course are not in public sources: write each from your own protocol, "
            "checked by two people."
        )
    worked = [column for column in columns if column.worked]
    said = "Rules of the doses: public where stated, else this site's own."
    if worked:
        site = ward.values_for(facts.protocol.key, course.key)
        whose = (
            "" if site.confirmed_by is None else f", confirmed by {' and '.join(site.confirmed_by)}"
        )
        said = (
            f"Doses: this site's numbers{whose}, worked out on {_rests_on(ward, facts)}; "
            "another weight, other doses."
        )
    if len(worked) == len(columns):
        return said
    return (
        f"{said} A column without a dose: what is missing stands below; write it from your own "
        "protocol, checked by two people."
    )


def missing_lines(columns: tuple[Column, ...]) -> tuple[str, ...]:
    """What is missing of each drug whose dose does not stand on the roadmap, a line for each.

    Those of which nobody has entered a dose, and nothing else is to say, share one.
    """
    bare = [one for one in columns if len(one.missing) == 1 and one.missing[0].endswith(_NOBODYS)]
    together = bare if len(bare) > 1 else []
    lines = [
        f"{one.drug.drug}, {one.drug.route}: no dose. {' '.join(one.missing)}"
        for one in columns
        if one.missing and one not in together
    ]
    if together:
        named = "; ".join(f"{one.drug.drug}, {one.drug.route}" for one in together)
        lines.insert(0, f"No dose in public sources, enter each from your protocol: {named}.")
    return tuple(lines)


def _column(
    ward: Ward,
    facts: InfantFacts,
    course: Course,
    plan: DrugPlan,
    doses: Mapping[int, ProjectedDose],
) -> Column:
    site = ward.values_for(facts.protocol.key, course.key)
    found = dose_in_force(plan, course, site)
    if plan is priming_plan(course):
        rate = plan.dose.rate
        rule = "" if rate is None else plan_rate_words(plan, rate)
        return Column(_drug(ward, plan, doses, OWN_SHEET, rule), plan)
    column = _column_of_doses(ward, facts, course, plan, (found, doses))
    if column.drug.rhythm:  # said at the head of every page
        return column
    told = ((day, often_words(ward, facts, dose, plan)) for day, dose in doses.items())
    often = tuple((day, words) for day, words in told if words)
    return replace(column, drug=_with_often(column.drug, often)) if often else column


def _with_often(drug: RoadmapDrug, often: tuple[tuple[int, str], ...]) -> RoadmapDrug:
    """How often a day: in each cell without a dose, and in the head where no rule of the dose says it."""
    words = dict.fromkeys(said for _, said in often)
    rule = drug.rule_words or "; ".join(words)
    return replace(drug, often=often, rule_words=rule)


def _column_of_doses(
    ward: Ward,
    facts: InfantFacts,
    course: Course,
    plan: DrugPlan,
    known: tuple[DoseInForce, Mapping[int, ProjectedDose]],
) -> Column:
    """The column of a drug that is not on a sheet of its own: dose, or why none stands there."""
    found, doses = known
    if facts.start_of(course.key) is None:
        words = NOT_OPENED if found.words else NOT_PUBLIC
        open_facts = () if found.words else (_not_known(found),)
        return Column(_drug(ward, plan, doses, words, _rule(plan, found)), plan, missing=open_facts)
    if _decided(ward, facts, course, plan):
        return Column(_drug(ward, plan, doses, DECIDED, DECIDED_WHERE), plan)
    works = {day: worked_dose(ward, facts, dose) for day, dose in doses.items()}
    trouble = weight_trouble(ward, facts, ward.now())
    missing = _missing(works, trouble)
    if trouble or not any(map(_stands, works.values())):
        words = NOT_READY if found.words else NOT_PUBLIC
        return Column(_drug(ward, plan, doses, words, _rule(plan, found)), plan, missing=missing)
    return _worked(ward, plan, found, doses, works, missing)


def _decided(ward: Ward, facts: InfantFacts, course: Course, plan: DrugPlan) -> bool:
    """Whether its doses by mouth are decided by a person, from count to count, on their own page."""
    if course.kind != "maintenance" or plan.route == "IT":
        return False
    from bedside.ward.titration_rows import titrations_of

    return any(row.drug == plan.drug for row in titrations_of(ward, facts.infant.id))


def _worked(
    ward: Ward,
    plan: DrugPlan,
    found: DoseInForce,
    doses: Mapping[int, ProjectedDose],
    works: Mapping[int, DoseWorking],
    missing: tuple[str, ...],
) -> Column:
    """A column with a dose on each day on which it stands; the head says it where it is one."""
    said = {day: _amount(working) for day, working in works.items()}
    one = set(said.values())
    first = next(working for working in works.values() if _stands(working))
    rule = _rule(plan, found, first, same=len(one) == 1)
    words = next(iter(one)) if len(one) == 1 else BY_DAY
    by_day = () if len(one) == 1 else tuple(said.items())
    return Column(_drug(ward, plan, doses, words, rule, by_day), plan, not missing, missing)


def _drug(
    ward: Ward,
    plan: DrugPlan,
    doses: Mapping[int, ProjectedDose],
    dose_words: str,
    rule_words: str,
    by_day: tuple[tuple[int, str], ...] = (),
) -> RoadmapDrug:
    if plan.hours is not None:
        rule_words = "; ".join(filter(None, (rule_words, BY_THE_HOUR)))
    return RoadmapDrug(
        drug=ward.drugs.display_name(plan.drug),
        route=plan_route_words(plan, plan.route),
        dose_words=dose_words,
        rule_words=rule_words,
        intrathecal=plan.route == "IT",
        days=tuple(doses),
        by_day=by_day,
        rhythm=weekly_by_mouth(plan, plan.route),
    )


def _stands(working: DoseWorking) -> bool:
    """Whether a dose may be read from paper: worked out, rounded by a rule, confirmed by two."""
    return (
        working.status == "ready"
        and working.prepared is not None
        and working.change_percent is not None
        and working.confirmed
    )


def _amount(working: DoseWorking) -> str:
    if working.prepared is None or not _stands(working):
        return NOT_READY
    times = working.doses_per_day
    often = "" if times in (None, 1) else f", {_often(times)}"
    return f"{write_amount(working.prepared)}{often}"


def _often(times: int | None) -> str:
    """How often a day; its number never stands at the end of a line beside the dose."""
    return f"{times}{NO_BREAK_SPACE}times a day"


def _rule(
    plan: DrugPlan, found: DoseInForce, working: DoseWorking | None = None, *, same: bool = True
) -> str:
    """The rule of the dose in few words: "10 mg per m², 3 times a day, age factor 2/3 (site value)"."""
    if not found.words:
        return ""
    rate = found.rate
    parts = ["fixed by age" if rate is None else plan_rate_words(plan, rate)]
    if found.doses_per_day not in (None, 1):
        parts.append(_often(found.doses_per_day))
    if working is not None and same and working.age_factor != "none":
        parts.append(f"age factor {working.age_factor}")
    elif found.age_rule is not None:
        parts.append("times age factor")
    whose = "site value" if found.evidence == "site" else "stated"
    return f"{', '.join(parts)} ({whose})"


def _not_known(found: DoseInForce) -> str:
    facts = ", ".join(one.fact for one in found.missing) or "the dose"
    return f"Missing: {facts}. Two people of this site enter it: {ENTER}."


def _missing(works: Mapping[int, DoseWorking], trouble: str) -> tuple[str, ...]:
    """Why no dose stands in a column, each reason with its days where it does not hold on all."""
    if trouble:
        return (trouble,)
    days: dict[str, list[int]] = {}
    for day, working in works.items():
        for why in _whys(working):
            days.setdefault(why.removeprefix(f"Day {day} is "), []).append(day)
    return tuple(
        why
        if len(of_days) == len(works) and not why.startswith(_OF_TAPER)
        else f"Day {', '.join(map(str, of_days))}: {why}"
        for why, of_days in days.items()
    )


def _whys(working: DoseWorking) -> tuple[str, ...]:
    if working.status == "blocked":
        return working.blocked_by
    whys = []
    if working.prepared is not None and working.change_percent is None:
        whys.append(
            f"Not rounded: the rounding step of this drug is not entered. Two people enter its "
            f"formulary: {ENTER}."
        )
    if not working.confirmed:
        whys.append(
            "Not confirmed: numbers of this course or its formulary are not in. Two people "
            f"complete them: {ENTER}."
        )
    return tuple(whys)


def _rests_on(ward: Ward, facts: InfantFacts) -> str:
    """The weight, its day and the body surface: "6.2 kg of 22-Nov-2026, 0.329 m²"."""
    weight = facts.weight(ward.now())
    if weight is None:
        return "no weight"
    on: date = ward.local(weight.measured_at).date()
    said = f"{write_weight(BodyWeight(weight.weight_g))} of {write_date(on)}"
    surface = surface_of(ward, facts, weight)
    return said if surface is None else f"{said}, {write_number(half_up(surface.m2, 3))} m²"
