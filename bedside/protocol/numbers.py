"""Every number of a protocol that a site takes from its controlled copy, course by course.

The list is worked out from the protocol's own courses and drugs, whatever they are, so that a new
course or drug is asked for without anybody thinking of it. Each number carries what is public of
it; those who type see none of that (`bedside.ward.commissioning` hands out the words only).
"""

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from bedside.protocol.day_dose import day_doses, related_words
from bedside.protocol.drugs import (
    INTRATHECAL,
    ROUTE_NOT_PUBLIC,
    display_name,
    route_atoms,
    route_words,
)
from bedside.protocol.end_numbers import course_cycles, goes_on, hour_numbers, therapy_numbers
from bedside.protocol.model import Course, DrugPlan, Protocol
from bedside.protocol.number_shape import Number, NumberGroup, with_public
from bedside.protocol.rule_numbers import dlt_group, maintenance_group
from bedside.protocol.site_numbers import formulary_groups, settings_group
from bedside.protocol.taper import taper_words
from bedside.protocol.typed_conditions import Conditions, Limit
from bedside.protocol.typed_doses import rate_text
from bedside.protocol.unnamed import asked_plans

EACH_DOSE = "Dose each time it is given (per dose, not per day)"
SITE = "site"  # the scope of what holds for every protocol: formulary and settings


class Inventory(Struct, frozen=True):
    """All numbers of one scope: a protocol in one edition, or the site itself (edition "1")."""

    scope: str
    edition: str
    title: str
    groups: tuple[NumberGroup, ...]
    digest: str = ""  # of the protocol files that it was listed from

    def group(self, key: str) -> NumberGroup:
        """The group with this key; raises KeyError when there is none."""
        return {group.key: group for group in self.groups}[key]

    def group_of(self, number_id: str) -> NumberGroup:
        """The group that a number belongs to; raises KeyError when there is no such number."""
        for group in self.groups:
            if any(number.id == number_id for number in group.numbers):
                return group
        raise KeyError(number_id)

    def number(self, number_id: str) -> Number:
        """The number with this id; raises KeyError when there is none."""
        group = self.group_of(number_id)
        return next(number for number in group.numbers if number.id == number_id)


def protocol_inventory(protocol: Protocol) -> Inventory:
    """The numbers of a protocol: its courses in order, then its DLT and maintenance rules."""
    groups = [
        NumberGroup(course.key, course.title, _unique(_course(protocol, course, at)))
        for at, course in enumerate(protocol.courses)
    ]
    rules = (dlt_group(protocol), maintenance_group(protocol))
    groups += [group for group in rules if group is not None]
    return Inventory(protocol.key, protocol.edition, protocol.title, tuple(groups))


def site_inventory(protocols: Iterable[Protocol]) -> Inventory:
    """The numbers of the site itself: its settings, and the formulary of every drug in use."""
    courses = [course for protocol in protocols for course in protocol.courses]
    plans = [plan for course in courses for plan in asked_plans(course)]
    by_mouth = {plan.drug for plan in plans if _by_mouth(plan)}
    drugs = {plan.drug for plan in plans}
    groups = (settings_group(), *formulary_groups(sorted(drugs), by_mouth))
    return Inventory(SITE, "1", "This site", groups)


def _by_mouth(plan: DrugPlan) -> bool:
    """Whether a drug may come as tablets: by its own route, or by that of a related protocol."""
    routes = (plan.route, *(related.route for related in plan.related_days))
    return any("PO" in route_atoms(route) for route in routes if route)


def _course(protocol: Protocol, course: Course, at: int) -> Iterator[Number]:
    for plan in asked_plans(course):
        yield from _drug(course, plan)
    yield from _whole_course(course, last=at == len(protocol.courses) - 1)
    if course.kind == "maintenance":
        yield from course_cycles(course)
    if at == len(protocol.courses) - 1:
        yield from therapy_numbers(protocol)
    if at > 0 and not course.follows_directly:
        yield from _start(course)


def _whole_course(course: Course, *, last: bool) -> Iterator[Number]:
    if last:
        return
    length = course.length_days
    yield with_public(
        Number(
            f"{course.key}/length",
            "The course",
            "Days from its day 1 to day 1 of the next course",
            "length",
            course.key,
        ),
        course.length_origin,
        () if length is None else (f"{length} days",),
    )


def _start(course: Course) -> Iterator[Number]:
    rule = course.start_rule
    measures = {} if rule is None else {part.measure: part for part in rule.measures}
    asked = (
        ("anc", "Neutrophils (ANC) at least, to start the course", "anc"),
        ("platelets", "Platelets at least, to start the course", "platelets"),
    )
    for measure, words, kind in asked:
        number = Number(f"{course.key}/start/{measure}", "Start rule", words, kind, course.key)
        found = measures.get("anc" if measure == "anc" else "platelets")
        if found is not None:
            number = with_public(number, found.origin, (f"{found.at_least_per_ul} /µL",))
        yield number
    number = Number(
        f"{course.key}/start/toxicity-resolved",
        "Start rule",
        "Must a person confirm that toxicities have resolved?",
        "answer",
        course.key,
    )
    confirmed = {} if rule is None else {part.key: part.origin for part in rule.confirmations}
    origin = confirmed.get("toxicity-resolved")
    yield number if origin is None else with_public(number, origin, ("yes",))
    yield _conditions(course)


def _conditions(course: Course) -> Number:
    """What else must be met before a course: limits of results, questions to a person."""
    number = Number(
        f"{course.key}/start/others",
        "Start rule",
        "Other conditions: laboratory results and questions to a person",
        "conditions",
        course.key,
    )
    rule = None if course.start_rule is None else course.start_rule.of_the_start()
    if rule is None:
        return number
    limits = [Limit(one.analyte, one.sign, one.figure, one.times_uln) for one in rule.results]
    asked = [part for part in rule.confirmations if part.key != "toxicity-resolved"]
    found = Conditions(tuple(limits), tuple(part.words.casefold() for part in asked))
    origins = [*(one.origin for one in rule.results), *(part.origin for part in asked)]
    return with_public(number, origins[0], (found.text,)) if origins else number


def _drug(course: Course, plan: DrugPlan) -> Iterator[Number]:
    def asked(what: str, words: str, kind: str) -> Number:
        return Number(
            f"{course.key}/{what}/{plan.drug}/{_slug(plan.route)}",
            drug_words(plan),
            words,
            kind,
            course.key,
            plan.drug,
            plan.route,
        )

    if plan.route == ROUTE_NOT_PUBLIC:
        yield asked("route", "How it is given", "route")
    elif plan.other_routes:
        number = asked("route", "How it is given", "route")
        yield replace(
            number,
            evidence="conflict",
            public=(plan.route, *plan.other_routes),
            source=plan.given_origin.named,
        )
    yield _days(asked("days", "Course days on which it is given", "days"), plan)
    if goes_on(plan, course):
        yield _cycle(asked("cycle-days", "Days of each later cycle", "cycle days"), plan)
    each = "Dose of each day, running over 24 hours (per day)" if plan.continuous else EACH_DOSE
    yield _dose(asked("dose", each, "dose"), plan)
    if plan.taper is not None:
        taper = asked("taper", "Taper: one dose of each of its days, and how often a day", "taper")
        known = plan.taper.words or taper_words(plan)
        yield replace(taper, related=(known,), source=plan.taper.origin.named)
    if plan.route != INTRATHECAL:
        number = asked("times", "Times a day", "times")
        times = plan.doses_per_day
        yield with_public(number, plan.given_origin, () if times is None else (f"{times} times",))
    if plan.hours is not None:
        hours = hour_numbers(plan.hours)
        yield from (with_public(asked(*what), plan.hours.origin, public) for what, public in hours)
    yield asked("most", "Most of one dose (cap)", "amount")
    yield _factors(asked("age-factors", "Factors by age", "factors"), plan)


def drug_words(plan: DrugPlan) -> str:
    """A drug with its route in words: "DAUNOrubicin, intravenous"."""
    if plan.route == ROUTE_NOT_PUBLIC:
        return f"{display_name(plan.drug)}, route not public"
    if plan.one_of:
        return f"{display_name(plan.drug)}, {route_words(plan.route)}, if your copy has it here (else: not stated)"
    return f"{display_name(plan.drug)}, {route_words(plan.route)}"


def _days(number: Number, plan: DrugPlan) -> Number:
    days = plan.days
    related = tuple(
        f"days {number.read(_listed(found.days)).shown}: {found.words}"
        for found in plan.related_days
    )
    readings = [
        sorted({*days.scheduled, *reading.days}) for reading in days.readings if reading.days
    ]
    if days.disputed:
        # one reading alone stands against the days that are planned meanwhile
        if len(readings) < 2:
            readings = [
                list(days.scheduled),
                *(readings or [sorted({*days.scheduled, *days.disputed})]),
            ]
        public = tuple(_listed(one) for one in readings if one)
        return replace(
            number, evidence="conflict", public=public, related=related, source=days.origin.named
        )
    public = (_listed(days.scheduled),) if days.scheduled else ()
    return replace(with_public(number, days.origin, public), related=related)


def _cycle(number: Number, plan: DrugPlan) -> Number:
    days = plan.days
    origin = days.origin if days.repeat_origin is None else days.repeat_origin
    return with_public(number, origin, (_listed(days.repeat_days),) if days.repeat_days else ())


def _dose(number: Number, plan: DrugPlan) -> Number:
    rate = plan.dose.rate
    public = () if rate is None else (rate_text(rate),)
    return replace(
        with_public(number, plan.dose.origin, public),
        related=tuple(related_words(plan)),
        day_doses=day_doses(plan),
        times=plan.doses_per_day,
    )


def _factors(number: Number, plan: DrugPlan) -> Number:
    rule = plan.age_rule
    if rule is None:
        return number
    bands = "; ".join(f"from {band.from_month} months {band.factor}" for band in rule.bands)
    return with_public(number, rule.origin, (bands,))


def _listed(days: Sequence[int]) -> str:
    return ", ".join(str(day) for day in days)


def _slug(route: str) -> str:
    return route.lower().replace(",", "").replace(" ", "-")


def _unique(numbers: Iterable[Number]) -> tuple[Number, ...]:
    """Give a second plan of the same drug by the same route an id of its own."""
    seen: dict[str, int] = {}
    unique = []
    for number in numbers:
        seen[number.id] = count = seen.get(number.id, 0) + 1
        unique.append(number if count == 1 else replace(number, id=f"{number.id}/{count}"))
    return tuple(unique)
