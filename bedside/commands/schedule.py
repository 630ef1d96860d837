"""`calc schedule`: all courses and every dosing day, from the starts known so far.

``--start`` is day 1 of Induction in the first plan; ``--actual COURSE=D`` says on which day a
course really began, and everything after it moves. With any ``--actual`` the first course counts
as begun on ``--start`` too, unless an ``--actual`` of its own says otherwise. Where a course's length is not public, the
next start is "not before" and says so in ``certainty``; a site's own lengths come with
``--site-values``. What the sources leave open is never planned: it stands under ``unscheduled``.
"""

import argparse
from collections.abc import Mapping
from datetime import date
from functools import partial

from bedside.commands.answers import Answer
from bedside.commands.arms import project_arm, read_arm
from bedside.commands.books import Books
from bedside.commands.options import read_choice, read_option
from bedside.commands.parser import EachOnce, Once
from bedside.commands.protocols import cited, find_course, find_protocol, find_site_values
from bedside.commands.schedule_words import schedule_in_words
from bedside.protocol.model import Protocol
from bedside.protocol.schedule import ProjectedCourse, Projection, ScheduleFacts
from bedside.protocol.site_values import SiteValues
from bedside.units.dates import read_date
from bedside.units.refusal import Refused

OPTIONS_EXAMPLE = "--protocol aall15p1 --start 2026-09-01 --actual epi-1=2026-10-14"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add --protocol, --start, --arm, --risk, --actual and --site-values."""
    parser.add_argument("--protocol", metavar="P", required=True, action=Once, help="as aall15p1")
    parser.add_argument(
        "--start",
        metavar="D",
        required=True,
        action=Once,
        help="day 1 of Induction in the first plan",
    )
    parser.add_argument("--arm", metavar="A", action=Once, help="where the protocol has arms")
    parser.add_argument(
        "--risk", metavar="G", action=Once, help="where the protocol's courses differ by risk group"
    )
    parser.add_argument(
        "--actual",
        metavar="COURSE=D",
        action=EachOnce,
        help="day 1 of a course that has begun, as epi-1=2026-10-14; may be repeated",
    )
    parser.add_argument(
        "--site-values", metavar="FILE", action=Once, help="the site's own course lengths (TOML)"
    )


def answer(args: argparse.Namespace, books: Books) -> Answer:
    """Answer the whole calendar.

    Raises:
        Refused: an option cannot be read, the protocol has no such course, arm or risk group, or
            the actual starts stand in an impossible order.
    """
    protocol = find_protocol(args.protocol, books)
    risk = read_risk(protocol, args.risk)
    site = find_site_values(args.site_values, protocol, books)
    start = read_option("--start", read_date, args.start)
    actual = read_actual(protocol, start, args.actual or {})
    arm = read_arm(protocol, args.arm, actual)
    lengths = site.lengths_for(protocol.key)
    projection = project_arm(protocol, arm, ScheduleFacts(start, actual, lengths))
    values = {
        "protocol": protocol.key,
        "start": start.isoformat(),
        "arm": arm,
        "risk": risk,
        "courses": [course_in_json(protocol, course) for course in projection.courses],
        "end_of_therapy": iso(projection.end_of_therapy),
        "unscheduled": unscheduled(projection),
        "demonstration": site.demonstration,
    }
    words = partial(schedule_in_words, protocol, projection, demonstration=site.demonstration)
    return Answer(values, words, sources_of(protocol, site))


def read_risk(protocol: Protocol, typed: str | None) -> str | None:
    """Return the risk group; it is kept with the answer, the arm alone decides on the courses.

    Raises:
        Refused: the protocol has no risk groups, or none of that name.
    """
    if typed is None:
        return None
    stated = protocol.origins["risk"].evidence == "stated"
    if not stated:
        raise Refused(
            f"--risk: {protocol.title} has no public risk groups, every infant has the same "
            "courses: leave out --risk."
        )
    return read_choice("--risk", typed, protocol.risk_words.split(", "))


def read_actual(protocol: Protocol, start: date, given: Mapping[str, str]) -> dict[str, date]:
    """Return the actual starts by course key.

    Once any course is said to have begun, ``--start`` is the day on which the first one did.

    Raises:
        Refused: the protocol has no such course, or a date cannot be read.
    """
    actual = {protocol.courses[0].key: start} if given else {}
    for key, day in given.items():
        course = find_course(protocol, key)
        actual[course.key] = read_option(f"--actual {course.key}", read_date, day)
    return actual


def course_in_json(protocol: Protocol, projected: ProjectedCourse) -> dict[str, object]:
    """Return one course with the keys of the contract."""
    course = protocol.course(projected.key)
    return {
        "course": projected.key,
        "title": projected.title,
        "phase": projected.phase,
        "planned_start": iso(projected.planned_start),
        "start": iso(projected.start),
        "basis": projected.basis or None,
        "certainty": projected.certainty,
        "end": iso(projected.end),
        "doses": [
            {
                "date": dose.on.isoformat(),
                "course_day": dose.course_day,
                "second_label": course.second_label(dose.course_day),
                "cycle": dose.cycle,
                "cycle_day": dose.cycle_day,
                "drug": dose.drug,
                "route": dose.route,
            }
            for dose in projected.doses
        ],
    }


def unscheduled(projection: Projection) -> list[dict[str, str]]:
    """Return what the sources leave open, each with the reason."""
    return [
        {"course": course, "drug": drug, "route": route, "words": words}
        for course, drug, route, words in projection.unscheduled
    ]


def iso(day: date | None) -> str | None:
    """Return a day in ISO form; None where it is not known."""
    return None if day is None else day.isoformat()


def sources_of(protocol: Protocol, site: SiteValues) -> tuple[str, ...]:
    """Return the edition, the sources of the days, and the site's values where used."""
    origins = [plan.days.origin for course in protocol.courses for plan in course.drugs]
    named = cited(protocol, *(key for origin in origins for key in origin.sources))
    return (*named, f"site values, {site.edition}") if site.edition else named
