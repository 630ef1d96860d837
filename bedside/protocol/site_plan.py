"""Fills a protocol with what the site entered: days, routes and start rules that are not public.

The site's days are scheduled like stated ones from then on and say that they are the site's. A
site that contradicts what a public source states is refused: two people have to settle which holds.
Where a route is not public, the route under which the site entered days or a dose is the route.
"""

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from bedside.protocol.dose_in_force import dose_contradictions, route_in_force
from bedside.protocol.drugs import display_name, route_words
from bedside.protocol.model import Course, DrugPlan, Protocol
from bedside.protocol.origin import Origin
from bedside.protocol.site_values import LaterCycles, SiteValues
from bedside.protocol.start_model import StartRule
from bedside.protocol.start_rules import rule_words
from bedside.protocol.taper import joined, with_taper_days
from bedside.protocol.therapy_end import end_words
from bedside.protocol.unnamed import named_plans
from bedside.units.refusal import Refused


class Clash(Struct, frozen=True):
    """A site value that contradicts what a public source states; two people settle which holds.

    ``drug`` is "" where it is the course's start rule or its length. Until it is settled no dose of
    that drug is worked out in that course, and a start rule that clashes opens nothing.
    """

    course: str
    what: Literal["start", "length", "days", "dose", "cycles", "therapy", "hours"]
    drug: str
    words: str


def filled_plan(protocol: Protocol, site: SiteValues) -> tuple[Protocol, tuple[Clash, ...]]:
    """The protocol with every site value in it that contradicts nothing, and those that do.

    Where a value clashes the public one stays, so that the plan can still be read; the caller
    says the clash and uses neither.
    """
    if site.protocol != protocol.key:
        return protocol, ()
    clashes = [*_lengths(protocol, site)]
    protocol = _ended(protocol, site, clashes)
    if not _fills(site):
        return protocol, tuple(clashes)
    courses = tuple(_course(course, site, clashes) for course in protocol.courses)
    doses = [
        Clash(course.key, "dose", plan.drug, f"{course.title}: {words}")
        for course in protocol.courses
        for plan in named_plans(course, site)
        for words in dose_contradictions(plan, course, site)
    ]
    return replace(protocol, courses=courses), (*clashes, *doses)


def _lengths(protocol: Protocol, site: SiteValues) -> Iterator[Clash]:
    for course in protocol.courses:
        own, stated = site.lengths.get(course.key), course.length_days
        if own is not None and stated not in (None, own):
            entered = f"this site entered a length of {own} days"
        elif site.denies(course, "length"):
            entered = "this site's copy states no length"
        else:
            continue
        words = (
            f"{course.title}: {entered}, the public source states {stated}: two people settle "
            "which holds."
        )
        yield Clash(course.key, "length", "", words)


def with_site_values(protocol: Protocol, site: SiteValues) -> Protocol:
    """Return the protocol with the site's days, routes and start rules in it.

    Args:
        protocol: the protocol.
        site: the site's values; those of another protocol change nothing.

    Raises:
        Refused: the site's days or start rule contradict what a public source states.
    """
    if site.protocol != protocol.key or not (_fills(site) or site.therapy):
        return protocol
    clashes = [clash for clash in _lengths(protocol, site) if site.denied]
    protocol = _ended(protocol, site, clashes)
    courses = tuple(_course(course, site, clashes) for course in protocol.courses)
    if clashes:
        raise Refused(*(clash.words for clash in clashes))
    return replace(protocol, courses=courses)


def _fills(site: SiteValues) -> bool:
    """Whether the site entered anything that stands in a course."""
    entered = (
        site.days,
        site.cycle_days,
        site.later_cycles,
        site.hours,
        site.doses,
        site.starts,
        site.denied,
    )
    return any(entered)


def _ended(protocol: Protocol, site: SiteValues, clashes: list[Clash]) -> Protocol:
    """The protocol with the site's end of therapy, where no source states one."""
    last, own, stated = protocol.courses[-1], site.therapy, protocol.therapy
    denied = site.denies(last, "therapy")
    if (own is None and not denied) or own == stated:
        return protocol
    if stated is not None:
        titles = {course.key: course.title for course in protocol.courses}
        entered = (
            "'s copy does not state it" if own is None else f" entered {end_words(own, titles)}"
        )
        words = (
            f"End of therapy: this site{entered}, the public source states "
            f"{protocol.therapy_words}: two people settle which holds."
        )
        clashes.append(Clash(last.key, "therapy", "", words))
        return protocol
    return replace(protocol, therapy=own, therapy_origin=_entered(site))


def _in_cycles(course: Course, site: SiteValues, clashes: list[Clash]) -> Course:
    """The course with the site's later cycles, where no source states any."""
    own, denied = site.later_cycles.get(course.key), site.denies(course, "cycles")
    stated = stated_cycles(course)
    if (own is None and not denied) or own == stated:
        return course
    if stated is not None:
        entered = "'s copy states none" if own is None else f" entered {_cycle_words(own)}"
        words = (
            f"{course.title}, later cycles: this site{entered}, the public source states "
            f"{_cycle_words(stated)}: two people settle which hold."
        )
        clashes.append(Clash(course.key, "cycles", "", words))
    if stated is not None or own is None:
        return course
    drugs = tuple(_with_cycles(plan, course, own, site) for plan in course.drugs)
    even = (own.from_day - 1) % own.every_days == 0
    return replace(
        course,
        drugs=drugs,
        cycle_days=own.every_days,
        cycle_from=1 if even else own.from_day,
        cycle_origin=_entered(site),
    )


def _with_cycles(plan: DrugPlan, course: Course, own: LaterCycles, site: SiteValues) -> DrugPlan:
    """One drug with the course's cycles; without where the copy states no day of them for it."""
    route = route_in_force(plan, course, site)
    if site.cycle_days.get((course.key, plan.drug, route)) == ():
        return plan
    days = replace(
        plan.days,
        repeat_from=own.from_day,
        repeat_every=own.every_days,
        repeat_origin=replace(
            _entered(site),
            note=f"the days of the cycles from day {own.from_day} on are not entered",
        ),
    )
    return replace(plan, days=days)


def stated_cycles(course: Course) -> LaterCycles | None:
    """The later cycles that the protocol file states; None where it states none."""
    for plan in course.drugs:
        if plan.days.repeat_from is not None and plan.days.repeat_every is not None:
            return LaterCycles(plan.days.repeat_from, plan.days.repeat_every)
    return None


def _cycle_words(cycles: LaterCycles) -> str:
    return f"cycles of {cycles.every_days} days from day {cycles.from_day} on"


def _course(course: Course, site: SiteValues, clashes: list[Clash]) -> Course:
    course = _in_cycles(course, site, clashes)
    drugs = tuple(_plan(plan, course, site, clashes) for plan in named_plans(course, site))
    course = course if drugs == course.drugs else replace(course, drugs=drugs)
    rule = site.start_rule_for(site.protocol, course.key)
    public = course.start_rule or StartRule((), ())
    stated = public.of_the_start()
    if stated is not None and site.denies(course, "start"):
        words = (
            f"This site's copy does not state the whole start rule of {course.title}, the public "
            f"source states {rule_words(stated)}: two people settle which holds."
        )
        clashes.append(Clash(course.key, "start", "", words))
        return course
    if rule is None:
        return course
    if stated is not None and adds_only(stated, rule):
        return _with_more(course, public, stated, rule)
    if stated is not None and stated != rule:
        words = (
            f"This site entered another start rule for {course.title}, {rule_words(rule)}, than "
            f"the public source states, {rule_words(stated)}: two people settle which holds."
        )
        clashes.append(Clash(course.key, "start", "", words))
    if stated is not None:
        return course
    words = "The site's own start rule."
    if public.has_conditions:
        words = "The site's own start rule, and what is public of this course beside it."
    return replace(
        course,
        start_rule=public.with_start(rule),
        start_words=words,
        start_origin=_entered(site),
    )


def adds_only(stated: StartRule, rule: StartRule) -> bool:
    """Whether a site's rule holds all that is stated, count for count, and adds conditions only."""
    counts = (
        {(one.measure, one.at_least_per_ul) for one in each.measures} for each in (stated, rule)
    )
    one, other = counts
    return one == other and _conditions(stated) < _conditions(rule)


def _conditions(rule: StartRule) -> set[tuple[str, ...]]:
    limits = ((one.analyte, one.sign, str(one.figure), str(one.times_uln)) for one in rule.results)
    return {*limits, *((part.key,) for part in rule.confirmations)}


def _with_more(course: Course, public: StartRule, stated: StartRule, rule: StartRule) -> Course:
    """The course with its stated rule, and the site's further conditions beside it."""
    limits = {(one.analyte, one.sign) for one in stated.results}
    asked = {part.key for part in stated.confirmations}
    more = replace(
        public,
        confirmations=(
            *public.confirmations,
            *(part for part in rule.confirmations if part.key not in asked),
        ),
        results=(
            *public.results,
            *(one for one in rule.results if (one.analyte, one.sign) not in limits),
        ),
    )
    words = f"{course.start_words} This site adds conditions of its own."
    return replace(course, start_rule=more, start_words=words)


def _plan(plan: DrugPlan, course: Course, site: SiteValues, clashes: list[Clash]) -> DrugPlan:
    route = route_in_force(plan, course, site)
    days = site.days_for(site.protocol, (course.key, plan.drug, route)) or site.days_for(
        site.protocol, (course.key, plan.drug, plan.route)
    )
    if route != plan.route:
        plan = replace(plan, route=route, given_origin=_entered(site))
    plan = _at_hours(_cycles(plan, course, site, clashes), course, site, clashes)
    own = site.dose_for(site.protocol, (course.key, plan.drug, route))
    plan = replace(plan, days=with_taper_days(plan.days, plan, own))
    if days and own is not None:
        days = joined(days, own.taper_days)
    stated = plan.days.scheduled
    if site.denies(course, "days", plan.drug, plan.route):
        words = (
            f"{course.title}, {display_name(plan.drug)} {route_words(route)}: this site's copy "
            f"states no days, the public source states {_listed(stated)}: two people settle which hold."
        )
        clashes.append(Clash(course.key, "days", plan.drug, words))
        return plan
    if not days:
        return _from_day_1(plan, site)
    allowed = {*stated, *plan.days.disputed}
    if stated and (not set(stated) <= set(days) or not set(days) <= allowed):
        words = (
            f"{course.title}, {display_name(plan.drug)} {route_words(route)}: this site entered "
            f"days {_listed(days)}, the public source states {_listed(stated)}: two people settle which holds."
        )
        clashes.append(Clash(course.key, "days", plan.drug, words))
        return plan
    filled = replace(
        plan.days, scheduled=days, origin=_entered(site), disputed=(), readings=(), words=""
    )
    return replace(plan, days=filled)


def _from_day_1(plan: DrugPlan, site: SiteValues) -> DrugPlan:
    """The plan whose cycles run from day 1 on: the first of them are its course days, no day is open."""
    days = plan.days
    if days.scheduled or days.disputed or not days.repeat_days or days.repeat_from != 1:
        return plan
    later = 1 + (days.repeat_every or 0)
    first = replace(
        days, scheduled=days.repeat_days, origin=_entered(site), words="", repeat_from=later
    )
    return replace(plan, days=first)


def _cycles(plan: DrugPlan, course: Course, site: SiteValues, clashes: list[Clash]) -> DrugPlan:
    """The plan with the site's days of each later cycle, where the sources leave them open."""
    own = site.cycle_days.get((course.key, plan.drug, plan.route), ())
    stated = plan.days.repeat_days
    denied = site.denies(course, "cycle-days", plan.drug, plan.route)
    if not (own or denied) or plan.days.repeat_every is None or own == stated:
        return plan
    if stated:
        entered = "'s copy states no days" if denied else f" entered days {_listed(own)}"
        words = (
            f"{course.title}, {display_name(plan.drug)} {route_words(plan.route)}: this site"
            f"{entered} of each later cycle, the public source states "
            f"{_listed(stated)}: two people settle which holds."
        )
        clashes.append(Clash(course.key, "days", plan.drug, words))
        return plan
    return replace(plan, days=replace(plan.days, repeat_days=own, repeat_origin=_entered(site)))


def _at_hours(plan: DrugPlan, course: Course, site: SiteValues, clashes: list[Clash]) -> DrugPlan:
    """The plan with the site's hours after another drug, where no source states them."""
    stated, own = plan.hours, site.hours.get((course.key, plan.drug, plan.route))
    denied = site.denies(course, "hours", plan.drug, plan.route)
    if stated is None or (own is None and not denied):
        return plan
    hours = None if own is None else replace(own, after=stated.after, origin=_entered(site))
    if stated.first is None:
        return plan if hours is None else replace(plan, hours=hours)
    if hours is None or replace(hours, origin=stated.origin) != stated:
        said = (
            "this site's copy states none" if hours is None else f"this site entered {hours.words}"
        )
        words = (
            f"{course.title}, {display_name(plan.drug)}: {said}, the public source states "
            f"{stated.words}: two people settle which hold."
        )
        clashes.append(Clash(course.key, "hours", plan.drug, words))
    return plan


def _entered(site: SiteValues) -> Origin:
    return Origin("site", (), f"site value, {site.edition}", f"site value, {site.edition}")


def _listed(days: tuple[int, ...]) -> str:
    return ", ".join(str(day) for day in days)
