"""The calendar of a whole treatment for a person: a table of courses, then each day on its own line.

No run of days is ever drawn together with a dash: each date stands on its own (hazard H18).
"""

from collections.abc import Sequence
from datetime import date

from bedside.commands.answers import aligned
from bedside.commands.dose_words import DEMONSTRATION
from bedside.commands.waits import course_waits, days_wait, end_waits, grouped_in_words
from bedside.protocol.drugs import display_name, drug_names, route_words
from bedside.protocol.model import Protocol
from bedside.protocol.path import Path
from bedside.protocol.schedule import ProjectedCourse, ProjectedDose, Projection
from bedside.protocol.separation import separation_conflicts
from bedside.protocol.therapy_end import DIAGNOSIS
from bedside.units.dates import write_date, write_weekday_date

HEAD = ("course", "first plan", "starts", "basis", "rests on")


def schedule_in_words(
    protocol: Protocol,
    projection: Projection,
    path: Path,
    cautions: Sequence[str] = (),
    *,
    demonstration: bool,
) -> tuple[str, ...]:
    """Return the calendar: what to check, courses, then their days, then what is left open."""
    end = projection.end_of_therapy
    lines = [DEMONSTRATION] if demonstration else []
    rule = f" ({protocol.therapy_words}{lacking(protocol, end)})"
    lines += [f"{protocol.title}, end of therapy {shown(end)}{rule}", *last_day(end), ""]
    lines += [*(f"CHECK: {words}" for words in cautions), *([""] if cautions else [])]
    lines += path_in_words(protocol, path)
    lines += aligned([HEAD, *(row(course) for course in projection.courses)])
    for course in projection.courses:
        lines += ["", course.title, *days_in_words(course)]
    lines += open_in_words(protocol, projection)
    lines += grouped_in_words(course_waits(protocol, path, projection))
    lines += grouped_in_words(end_waits(protocol, projection))
    lines += together_in_words(projection)
    return tuple(lines)


def last_day(end: date | None) -> list[str]:
    """Return whether the end of therapy has doses itself: planned so, and stated by no source."""
    if end is None:
        return []
    return [
        f"Doses by mouth are planned up to and on {write_date(end)}; whether that day itself has one, no "
        "public source says."
    ]


def lacking(protocol: Protocol, end: date | None) -> str:
    """Return which option the end of therapy is worked out from, where it was left out."""
    counts = protocol.therapy is not None and protocol.therapy.since == DIAGNOSIS
    return "; the day of diagnosis is missing: add --diagnosed" if counts and end is None else ""


def path_in_words(protocol: Protocol, path: Path) -> list[str]:
    """Return the arm, what is to be asked, and the courses left out with why."""
    lines = [f"Arm {path.arm_title}"] if path.arm_title else []
    lines += [path.ask[0].upper() + path.ask[1:] + "."] if path.ask else []
    lines += path.notes
    lines += [f"{protocol.course(key).title}: {why}" for key, why in path.left_out.items()]
    return [*lines, ""] if lines else []


def together_in_words(projection: Projection) -> list[str]:
    """Return each day on which a vinca alkaloid and an intrathecal drug stand together."""
    doses = [dose for course in projection.courses for dose in course.doses]
    found = separation_conflicts(doses, drug_names())
    if not found:
        return []
    lines = [f"  {write_weekday_date(item.on)}: {item.words}" for item in found]
    return ["", "SEPARATE THEM: vinca and intrathecal on one day", *lines]


def row(course: ProjectedCourse) -> tuple[str, ...]:
    """Return one course as a row of the table."""
    return (
        course.title,
        shown(course.planned_start),
        shown(course.start),
        course.basis or "not known",
        course.certainty,
    )


def shown(day: date | None) -> str:
    """Return a day in words, or that it is not known."""
    return "not known" if day is None else write_date(day)


def days_in_words(course: ProjectedCourse) -> tuple[str, ...]:
    """Return each dosing day of a course with its drugs."""
    days: dict[int, list[ProjectedDose]] = {}
    for dose in course.doses:
        days.setdefault(dose.course_day, []).append(dose)
    if not days:
        return ("  no dosing day planned",)
    table = [
        (f"  day {day}", write_weekday_date(doses[0].on), ", ".join(named(dose) for dose in doses))
        for day, doses in days.items()
    ]
    return aligned(table)


def named(dose: ProjectedDose) -> str:
    """Return a drug with its route in words."""
    return f"{display_name(dose.drug)} {route_words(dose.route)}"


_IS_OPEN = "whether it is given here is open"


def open_in_words(protocol: Protocol, projection: Projection) -> list[str]:
    """Return what the sources leave open, each with its reason."""
    if not projection.unscheduled:
        return []
    lines = ["", "Not planned, because the sources leave it open:"]
    for key, drug, route, words in projection.unscheduled:
        title = protocol.course(key).title
        lines.append(f"  {title}, {display_name(drug)} {route_words(route)}: {words}")
    _, drug, route, _ = projection.unscheduled[0]
    wait = days_wait(drug, route, title)
    needed = "the days of each"
    if any(_IS_OPEN in words for _, _, _, words in projection.unscheduled):
        needed = "the days of each; where it is open, first whether it is given at all"
    return [*lines, f"Needed: {needed}. Who: {wait.who}. Where: {wait.where}."]
