"""`calc schedule`: all courses and every dosing day, from the starts known so far.

``--start`` is day 1 of Induction in the first plan; ``--actual COURSE=D`` says on which day a
course really began, and everything after it moves. With any ``--actual`` the first course counts
as begun on ``--start`` too, unless an ``--actual`` of its own says otherwise. Where a course's length is not public, the
next start is "not before" and says so in ``certainty``; a site's own lengths come with
``--site-values``. Arm, risk group, gene and transplant decide on the courses; what they leave open is
undated and says what to ask. What the sources leave open is never planned: it stands under ``unscheduled``.
"""

import argparse
from collections.abc import Mapping
from datetime import date
from functools import partial

from bedside.commands.answers import Answer
from bedside.commands.books import Books
from bedside.commands.options import read_choice, read_option
from bedside.commands.parser import EachOnce, Once
from bedside.commands.protocols import (
    cited,
    find_course,
    find_protocol,
    find_site_values,
    site_sources,
)
from bedside.commands.schedule_words import last_day, schedule_in_words
from bedside.commands.waits import in_json, schedule_waits
from bedside.protocol.drugs import drug_names
from bedside.protocol.model import Protocol
from bedside.protocol.path import Path, find_arm, path_of
from bedside.protocol.schedule import (
    ProjectedCourse,
    Projection,
    ScheduleFacts,
    path_facts,
    project,
)
from bedside.protocol.schedule_checks import overlaps
from bedside.protocol.separation import separation_conflicts
from bedside.protocol.site_plan import with_site_values
from bedside.protocol.site_values import SiteValues
from bedside.units.dates import read_date
from bedside.units.refusal import Refused

KMT2A = ("rearranged", "germline", "not-evaluable", "unknown")
OPTIONS_EXAMPLE = "--protocol aall15p1 --start 2026-09-01 --actual epi-1=2026-10-14"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options: protocol, start, arm, risk, gene, transplant, actual starts, site values."""
    parser.add_argument("--protocol", metavar="P", required=True, action=Once, help="as aall15p1")
    parser.add_argument(
        "--start",
        metavar="D",
        required=True,
        action=Once,
        help="day 1 of Induction in the first plan",
    )
    parser.add_argument(
        "--arm", metavar="A", action=Once, help="as allocated elsewhere: IB or ADE/MAE"
    )
    parser.add_argument(
        "--risk", metavar="G", action=Once, help="where the protocol's courses differ by risk group"
    )
    parser.add_argument("--kmt2a", metavar="K", action=Once, help="the KMT2A result, where known")
    parser.add_argument(
        "--transplant", metavar="yes|no", action=Once, help="whether a transplant was done"
    )
    parser.add_argument(
        "--actual",
        metavar="COURSE=D",
        action=EachOnce,
        help="day 1 of a course that has begun, as epi-1=2026-10-14; may be repeated",
    )
    parser.add_argument(
        "--diagnosed",
        metavar="D",
        action=Once,
        help="the day of diagnosis, where the end of therapy counts from it",
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
    facts = ScheduleFacts(
        start,
        actual,
        site.lengths_for(protocol.key),
        arm="" if args.arm is None else read_option("--arm", partial(arm_key, protocol), args.arm),
        group=risk or "",
        kmt2a=read_kmt2a(args.kmt2a),
        transplanted=read_transplant(protocol, args.transplant),
        diagnosed_on=read_diagnosed(args.diagnosed, start),
    )
    protocol = with_site_values(protocol, site)
    path = path_of(protocol, path_facts(facts))
    projection = project(protocol, facts)
    cautions = overlaps(protocol, actual, facts.lengths)
    values = {
        "protocol": protocol.key,
        "start": start.isoformat(),
        "arm": path.arm or None,
        "arm_title": path.arm_title or None,
        "risk": risk,
        "path": path_in_json(path),
        "courses": [course_in_json(protocol, course) for course in projection.courses],
        **end_in_json(protocol, projection.end_of_therapy),
        "unscheduled": unscheduled(projection),
        "conflicts": conflicts(projection),
        "cautions": list(cautions),
        "demonstration": site.demonstration,
        "waits_for": in_json(schedule_waits(protocol, path, projection)),
    }
    words = partial(
        schedule_in_words, protocol, projection, path, cautions, demonstration=site.demonstration
    )
    return Answer(values, words, sources_of(protocol, site))


def end_in_json(protocol: Protocol, end: date | None) -> dict[str, str | None]:
    """Return when therapy ends, by which rule, and whether that day has doses itself."""
    return {
        "end_of_therapy": iso(end),
        "end_of_therapy_rule": protocol.therapy_words,
        "end_of_therapy_day": " ".join(last_day(end)),
    }


def arm_key(protocol: Protocol, typed: str) -> str:
    """Return the key of the arm that was typed, by its key or its title."""
    return find_arm(protocol, typed).key


def read_kmt2a(typed: str | None) -> str:
    """Return the KMT2A result; "unknown" where it was left out."""
    return "unknown" if typed is None else read_choice("--kmt2a", typed, KMT2A)


def read_diagnosed(typed: str | None, start: date) -> date | None:
    """Return the day of diagnosis; None where it was left out.

    Raises:
        Refused: it cannot be read, or lies after day 1 of Induction.
    """
    if typed is None:
        return None
    day = read_option("--diagnosed", read_date, typed)
    if day > start:
        raise Refused(
            f"--diagnosed {day.isoformat()} lies after --start {start.isoformat()}: correct one."
        )
    return day


def read_transplant(protocol: Protocol, typed: str | None) -> bool | None:
    """Return whether the infant was transplanted; None where it was left out.

    Raises:
        Refused: the protocol has no public transplant rule, or the answer is neither yes nor no.
    """
    if typed is None:
        return None
    if protocol.strata.transplant is None:
        raise Refused(
            f"--transplant: {protocol.title} has no public transplant rule: leave out --transplant."
        )
    return read_choice("--transplant", typed, ("yes", "no")) == "yes"


def path_in_json(path: Path) -> dict[str, object]:
    """Return the path: its courses, what is left out or not certain, and what to ask."""
    return {
        "courses": list(path.courses),
        "left_out": dict(path.left_out),
        "not_certain": {**path.rests_on_arm, **path.rests_on_transplant},
        "ask": path.ask,
        "notes": list(path.notes),
    }


def conflicts(projection: Projection) -> list[dict[str, object]]:
    """Return each day with a vinca alkaloid beside an intrathecal drug."""
    doses = [dose for course in projection.courses for dose in course.doses]
    return [
        {
            "date": found.on.isoformat(),
            "course": found.course_key,
            "course_day": found.course_day,
            "drugs": [*found.vinca, *found.intrathecal],
            "words": found.words,
        }
        for found in separation_conflicts(doses, drug_names())
    ]


def read_risk(protocol: Protocol, typed: str | None) -> str | None:
    """Return the risk group, which decides on the courses together with the arm.

    Raises:
        Refused: the protocol has no risk groups, or none of that name.
    """
    if typed is None:
        return None
    if protocol.strata.risk is None:
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
    return (*named, *site_sources(site))
