"""Holds the site's values against the protocol they were entered for: courses, drugs, routes, days.

A value under a misspelt course would never be used, and nobody would notice: it is refused instead.
"""

from bedside.protocol.drugs import ROUTE_NOT_PUBLIC
from bedside.protocol.model import Course, Protocol
from bedside.protocol.site_values import DoseKey, SiteValues, SiteValuesError
from bedside.protocol.therapy_end import DIAGNOSIS
from bedside.protocol.toml_table import Faults
from bedside.protocol.unnamed import asked_plans


def check_site_values(values: SiteValues, protocol: Protocol, file: str) -> None:
    """Refuse values that do not fit their protocol.

    Raises:
        SiteValuesError: with every fault, each with file, place and what is right.
    """
    faults = Faults(file)
    check_against(values, protocol, faults)
    if faults.found:
        raise SiteValuesError(*faults.found)


def check_against(values: SiteValues, protocol: Protocol, faults: Faults) -> None:
    """Note every entry that does not fit the protocol."""
    if values.protocol != protocol.key:
        faults.add("protocol", f"these are values for {values.protocol}, not for {protocol.key}.")
        return
    courses = {course.key: course for course in protocol.courses}
    for key in values.later_cycles:
        _known_course(key, f"later-cycles {key}", courses, faults)
    for key in values.lengths:
        _known_course(key, f"lengths > {key}", courses, faults)
    for key in values.starts:
        _known_course(key, f"start {key}", courses, faults)
    for key in values.confirmed_courses or ():
        _known_course(key, "confirmed > courses", courses, faults)
    _therapy_known(values, courses, faults)
    _denied(values, courses, faults)
    _doses(values, courses, faults)
    for dose_key, days in values.days.items():
        course = _known_plan(dose_key, "days", courses, faults)
        if course is not None:
            _days_inside(dose_key, days, course, values, faults)
    _hours_known(values, courses, faults)
    for dose_key, days in values.cycle_days.items():
        course = _known_plan(dose_key, "cycle", courses, faults)
        if course is not None:
            _cycle_inside(dose_key, days, course, values, faults)


def _hours_known(values: SiteValues, courses: dict[str, Course], faults: Faults) -> None:
    for dose_key in values.hours:
        course = _known_plan(dose_key, "hours", courses, faults)
        if course is not None and not any(
            plan.hours is not None for plan in course.drugs if plan.drug == dose_key[1]
        ):
            faults.add(f"hours {dose_key[1]}", "the protocol counts no hours of it: leave it out.")


def _therapy_known(values: SiteValues, courses: dict[str, Course], faults: Faults) -> None:
    anchors = (DIAGNOSIS, *courses)
    if values.therapy is not None and values.therapy.since not in anchors:
        words = f"no day to count from: write {', '.join(anchors)}."
        faults.add("therapy > from", f"{values.therapy.since!r} is {words}")


def _doses(values: SiteValues, courses: dict[str, Course], faults: Faults) -> None:
    for key, dose in values.doses.items():
        course = _known_plan(key, "dose", courses, faults)
        if course is not None and (dose.taper or dose.no_taper):
            _taper_known(key, course, faults)
            _days_inside(key, dose.taper_days, course, values, faults)


def _denied(values: SiteValues, courses: dict[str, Course], faults: Faults) -> None:
    for course_key, what, drug, route in values.denied:
        if drug:
            _known_plan((course_key, drug, route), f"not-stated {what}", courses, faults)
        else:
            _known_course(course_key, f"not-stated {what} {course_key}", courses, faults)


def _known_course(
    key: str, place: str, courses: dict[str, Course], faults: Faults
) -> Course | None:
    if key not in courses:
        faults.add(place, f"{key!r} is no course of the protocol: write {', '.join(courses)}.")
    return courses.get(key)


def _known_plan(
    key: DoseKey, kind: str, courses: dict[str, Course], faults: Faults
) -> Course | None:
    course_key, drug, route = key
    place = f"{kind} {drug} {route} in {course_key}"
    course = _known_course(course_key, place, courses, faults)
    if course is None:
        return None
    unnamed = next((plan for plan in course.drugs if plan.may_be and plan.drug == drug), None)
    if unnamed is not None:
        listed = ", ".join(unnamed.may_be)
        faults.add(place, f"{drug} names no drug: write each drug of your copy, of {listed}.")
        return None
    plans = [plan for plan in asked_plans(course) if plan.drug == drug]
    routes = [plan.route for plan in plans]
    others = [more for plan in plans for more in plan.other_routes]
    if route in (*routes, *others) or ROUTE_NOT_PUBLIC in routes:
        return course  # where the route is not public, the site's own entry names it
    if routes:
        written = " or ".join(f'"{known}"' for known in routes)
        faults.add(place, f"the protocol has {drug} there by another route: write {written}.")
    else:
        faults.add(place, f"{drug} is not given in {course.title}: correct course or drug.")
    return None


def _taper_known(key: DoseKey, course: Course, faults: Faults) -> None:
    """A taper only where the protocol file asks for one: nowhere else would its steps be looked at."""
    if not any(plan.taper is not None for plan in course.drugs if plan.drug == key[1]):
        faults.add(
            f"dose {key[1]} {key[2]} in {course.key}",
            f"the protocol names no taper of {key[1]} in {course.title}: leave taper out.",
        )


def _days_inside(
    key: DoseKey, days: tuple[int, ...], course: Course, values: SiteValues, faults: Faults
) -> None:
    length = course.length_days or values.lengths.get(course.key)
    beyond = [day for day in days if length is not None and day > length]
    if beyond and course.kind != "maintenance":
        faults.add(
            f"days {key[1]} {key[2]} in {course.key}",
            f"day {beyond[0]} lies after the last day of the course, {length}.",
        )


def _cycle_inside(
    key: DoseKey, days: tuple[int, ...], course: Course, values: SiteValues, faults: Faults
) -> None:
    """Days of a later cycle lie inside a cycle, and no course day stands where the cycles do."""
    place = f"cycle {key[1]} {key[2]} in {course.key}"
    plans = [plan for plan in course.drugs if plan.drug == key[1] and plan.route == key[2]]
    own = values.later_cycles.get(course.key)
    repeats = [
        (plan.days.repeat_every, plan.days.repeat_from or 0)
        for plan in plans
        if plan.days.repeat_every is not None
    ]
    repeats = repeats or ([] if own is None else [(own.every_days, own.from_day)])
    if not repeats:
        faults.add(
            place, "no later cycles of this drug are known: write [[later-cycles]], or [[days]]."
        )
    for every, since in repeats:
        outside = [day for day in days if day > every]
        if outside:
            faults.add(place, f"day {outside[0]} lies outside a cycle of {every} days.")
        twice = [day for day in values.days.get(key, ()) if day >= since]
        if twice:
            faults.add(
                place, f"course day {twice[0]} is planned twice: the cycles begin on day {since}."
            )
