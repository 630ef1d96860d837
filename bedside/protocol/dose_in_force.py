"""Which dose holds for one drug: the stated one, or the site's own where nothing is public.

Never a related protocol's dose. A site value that contradicts something publicly stated does not
win and does not lose: it blocks, until two people settle which holds.
"""

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from bedside.protocol.continuous_words import plan_rate_words
from bedside.protocol.drugs import ROUTE_NOT_PUBLIC, display_name, route_words
from bedside.protocol.missing import Missing, missing_value
from bedside.protocol.model import AgeFactor, AgeRule, Course, Days, DrugPlan, Evidence, Origin
from bedside.protocol.site_values import AgeDose, SiteDose, SiteValues, TaperStep
from bedside.protocol.taper import (
    joined,
    step_on,
    taper_fault,
    taper_words,
    with_taper_days,
)
from bedside.protocol.unnamed import missing_name, why_unnamed
from bedside.units.quantities import DoseRate, DrugAmount
from bedside.units.writer import write_amount

_PARTS = {
    "dose": "dose",
    "times": "number of doses a day",
    "most": "cap",
    "age-factors": "age factors",
}


class DoseInForce(Struct, frozen=True):
    """The dose that holds, or what stands in its way.

    ``rate`` and ``by_age`` are never both set; neither is set where no dose is known.
    """

    rate: DoseRate | None
    evidence: Evidence
    source_words: str = ""
    words: str = ""  # as the first step says it
    by_age: tuple[AgeDose, ...] = ()
    age_rule: AgeRule | None = None
    most: DrugAmount | None = None
    doses_per_day: int | None = None
    blocked: tuple[str, ...] = ()
    missing: tuple[Missing, ...] = ()
    above_public: bool = False  # said and confirmed by two people of the site
    taper: str = ""  # in words, where the drug has one or may have one


def dose_in_force(
    plan: DrugPlan, course: Course, site: SiteValues, day: int | None = None
) -> DoseInForce:
    """Find the dose of a drug in a course.

    Args:
        plan: the drug in its course.
        course: the course.
        site: the site's values.
        day: the course day, on which a step of a taper may hold; None for what holds outside one.
    """
    route = route_in_force(plan, course, site)
    own = site.dose_for(course.protocol, (course.key, plan.drug, route))
    fault = "" if day is None else taper_fault(plan, own, course.title, day)
    step = None if day is None or fault else step_on(own, day)
    if step is not None and own is not None:
        return _of_step(plan, course, site, own, step)
    found = replace(_of_course(plan, course, site, own), taper=taper_words(plan, own))
    if not fault:
        return found
    settle = missing_value(f"the taper of {drug_by_route(plan)} in {course.title}", "taper of dose")
    also = found.blocked if plan.taper is not None and not plan.taper.days else ()
    asked = found.missing if also else ()
    return DoseInForce(
        None, "absent", blocked=(*also, fault), missing=(*asked, settle), taper=found.taper
    )


def _of_step(
    plan: DrugPlan, course: Course, site: SiteValues, own: SiteDose, step: TaperStep
) -> DoseInForce:
    """The dose of a day of a taper: the site's, with the cap and the age factors of the drug."""
    site_words = f"site value, {site.edition}"
    blocked = (*dose_contradictions(plan, course, site), *_unsettled(plan, course, own))
    rate = plan_rate_words(plan, step.rate)
    return DoseInForce(
        rate=step.rate,
        evidence="site",
        source_words=site_words,
        words=f"{rate}, a step of the taper ({site_words})",
        age_rule=_age_rule(plan, own, site_words),
        most=own.most,
        doses_per_day=step.times,
        blocked=blocked,
        missing=tuple(_settle(plan, course) for _ in blocked[:1]),
        above_public=own.above_public,
        taper=taper_words(plan, own),
    )


def _of_course(
    plan: DrugPlan, course: Course, site: SiteValues, own: SiteDose | None
) -> DoseInForce:
    """The one dose that holds on every day outside a taper."""
    if plan.may_be:
        missing = (missing_name(course),)
        return DoseInForce(None, "absent", blocked=(why_unnamed(plan, course),), missing=missing)
    public = plan.dose.rate
    if public is None and (own is None or not own.has_dose):
        return _not_public(plan, course)
    site_words = f"site value, {site.edition}"
    blocked = dose_contradictions(plan, course, site)
    if public is None and own is not None:
        blocked += _unsettled(plan, course, own)
    if public is not None:
        source, evidence = plan.dose.origin.named, plan.dose.origin.evidence
        words = f"{plan_rate_words(plan, public)} (stated: {source})"
    else:
        source, evidence = site_words, "site"
        words = f"{_own_words(plan, own)} ({site_words})"
    return DoseInForce(
        rate=public if public is not None or own is None else own.rate,
        evidence=evidence,
        source_words=source,
        words=words,
        by_age=() if public is not None or own is None else own.by_age,
        age_rule=_age_rule(plan, own, site_words),
        most=None if own is None else own.most,
        doses_per_day=plan.doses_per_day or (None if own is None else own.doses_per_day),
        blocked=blocked,
        missing=tuple(_settle(plan, course) for _ in blocked[:1]),
        above_public=own is not None and own.above_public,
    )


def route_in_force(plan: DrugPlan, course: Course, site: SiteValues) -> str:
    """The route: the protocol's, or the one that this site entered where none is public.

    A route that the course names for another line of the same drug is never taken for this one:
    the intrathecal dose of cytarabine is not its intravenous dose.
    """
    is_open = plan.route == ROUTE_NOT_PUBLIC or plan.other_routes
    if not is_open or site.protocol != course.protocol:
        return plan.route
    taken = {
        other.route
        for other in course.drugs
        if other.drug == plan.drug or plan.drug in other.may_be
    }
    entered = {
        route
        for course_key, drug, route in (*site.doses, *site.days, *site.cycle_days)
        if (course_key, drug) == (course.key, plan.drug)
        and (route in plan.other_routes or route not in taken)
    }
    return entered.pop() if len(entered) == 1 else plan.route


def days_of(plan: DrugPlan, course: Course, site: SiteValues) -> tuple[Days, str]:
    """The days that hold for a drug, and what is wrong with the site's own; "" when nothing is."""
    if site.denies(course, "days", plan.drug, plan.route):
        return plan.days, (
            "This site's copy states no days, the public source states "
            f"{_listed(plan.days.scheduled)}: two people settle which hold."
        )
    key = (course.key, plan.drug, route_in_force(plan, course, site))
    own = site.dose_for(course.protocol, key)
    days, entered = with_taper_days(plan.days, plan, own), site.days_for(course.protocol, key)
    if entered and own is not None:
        entered = joined(entered, own.taper_days)
    return days_in_force(days, entered)


def days_in_force(days: Days, own: tuple[int, ...]) -> tuple[Days, str]:
    """The days that hold, and what is wrong with the site's own; "" when nothing is.

    Args:
        days: the protocol file's days.
        own: the site's course days, empty where it entered none.
    """
    if not own:
        return days, ""
    lost = [day for day in days.scheduled if day not in own]
    extra = [day for day in own if not days.plans(day)]
    open_days = bool(days.disputed) or not days.scheduled or days.repeat_from is not None
    if lost or (extra and not open_days):
        return days, (
            f"This site entered the days {_listed(own)}, the public source states "
            f"{_listed(days.scheduled)}: two people settle which hold."
        )
    origin = Origin("site", (), named="site values")
    goes_on = bool(days.repeat_days)
    return replace(
        days,
        scheduled=own,
        origin=origin,
        disputed=(),
        words="",
        readings=(),
        conflict=None,
        repeat_from=days.repeat_from if goes_on else None,
        repeat_every=days.repeat_every if goes_on else None,
    ), ""


def _listed(days: Sequence[int]) -> str:
    return ", ".join(str(day) for day in days)


def _not_public(plan: DrugPlan, course: Course) -> DoseInForce:
    name = drug_by_route(plan)
    return DoseInForce(
        rate=None,
        evidence=plan.dose.origin.evidence,
        blocked=(
            f"The dose of {name} in {course.title} is not in public sources: "
            "enter it from your protocol.",
        ),
        missing=(missing_value(f"the dose of {name} in {course.title}", "dose"),),
    )


def drug_by_route(plan: DrugPlan) -> str:
    """The drug with its route, as "cytarabine intravenous"."""
    if plan.route == ROUTE_NOT_PUBLIC:
        return display_name(plan.drug)
    return f"{display_name(plan.drug)} {route_words(plan.route)}"


def _settle(plan: DrugPlan, course: Course) -> Missing:
    fact = f"which dose of {drug_by_route(plan)} in {course.title} holds"
    return missing_value(fact, "dose")


def _own_words(plan: DrugPlan, own: SiteDose | None) -> str:
    if own is None or own.rate is not None:
        return "" if own is None or own.rate is None else plan_rate_words(plan, own.rate)
    bands = ", ".join(
        f"{write_amount(band.amount)} from {band.from_month} months" for band in own.by_age
    )
    return f"fixed by age: {bands}"


def dose_contradictions(plan: DrugPlan, course: Course, site: SiteValues) -> tuple[str, ...]:
    """How the site's own dose of a drug contradicts the public one, in words; empty if nowhere."""
    own = site.dose_for(
        course.protocol, (course.key, plan.drug, route_in_force(plan, course, site))
    )
    denied = tuple(_denials(plan, course, site))
    return denied if own is None else (*denied, *_contradictions(plan, own))


def _denials(plan: DrugPlan, course: Course, site: SiteValues) -> Iterator[str]:
    """What a public source states of the dose and the site's copy does not."""
    stated = {
        "dose": "" if plan.dose.rate is None else plan_rate_words(plan, plan.dose.rate),
        "times": "" if plan.doses_per_day is None else f"{plan.doses_per_day} a day",
        "age-factors": "" if plan.age_rule is None else _bands_words(plan.age_rule.bands),
    }
    for what, words in stated.items():
        if words and site.denies(course, what, plan.drug, plan.route):
            yield (
                f"This site's copy states no {_PARTS[what]} of {display_name(plan.drug)}, the "
                f"public source states {words}: two people settle which holds."
            )


def _unsettled(plan: DrugPlan, course: Course, own: SiteDose) -> tuple[str, ...]:
    if not own.unsettled:
        return ()
    parts = " and ".join(_PARTS[part] for part in own.unsettled)
    return (
        f"The {parts} of {drug_by_route(plan)} in {course.title}: not settled at this site, two "
        "people complete their passes first.",
    )


def _contradictions(plan: DrugPlan, own: SiteDose) -> list[str]:
    name = display_name(plan.drug)
    public, rule = plan.dose.rate, plan.age_rule
    faults = []
    if public is not None and own.has_dose and own.rate != public:
        faults.append(
            f"This site entered {_own_words(plan, own)} for {name}, the public source states "
            f"{plan_rate_words(plan, public)}: two people settle which holds."
        )
    if rule is not None and own.age_factors and own.age_factors != rule.bands:
        faults.append(
            f"This site entered the age factors {_bands_words(own.age_factors)} for {name}, the "
            f"public source states {_bands_words(rule.bands)}: two people settle which hold."
        )
    if own.doses_per_day and plan.doses_per_day and own.doses_per_day != plan.doses_per_day:
        faults.append(
            f"This site entered {own.doses_per_day} doses a day for {name}, the public source "
            f"states {plan.doses_per_day}: two people settle which holds."
        )
    return faults


def _bands_words(bands: Sequence[AgeFactor]) -> str:
    return ", ".join(f"{band.factor} from {band.from_month} months" for band in bands)


def _age_rule(plan: DrugPlan, own: SiteDose | None, site_words: str) -> AgeRule | None:
    if plan.age_rule is not None or own is None or not own.age_factors:
        return plan.age_rule
    origin = Origin("site", (), named=site_words)
    return AgeRule(own.age_factors, "day 1 of the course", origin)
