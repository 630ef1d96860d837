"""The numbers of when: the hours of a rescue, the later cycles of Maintenance, the end of therapy."""

from collections.abc import Iterator

from msgspec.structs import replace

from bedside.protocol.drugs import display_name
from bedside.protocol.hours import HourRule
from bedside.protocol.model import Course, DrugPlan, Protocol
from bedside.protocol.number_shape import Number, with_public
from bedside.protocol.site_plan import stated_cycles
from bedside.protocol.therapy_end import DIAGNOSIS
from bedside.protocol.typed_number import plain

_CYCLES, _END = "Later cycles", "End of therapy"


def goes_on(plan: DrugPlan, course: Course) -> bool:
    """Whether the days of each later cycle are asked for a drug.

    Where no source states cycles of Maintenance, the site's copy may have them for any drug.
    """
    if plan.days.repeat_every is not None:
        return True
    return course.kind == "maintenance" and stated_cycles(course) is None


def hour_numbers(
    hours: HourRule,
) -> Iterator[tuple[tuple[str, str, str], tuple[str, ...]]]:
    """At which hours a drug is given after another one: what is asked, and what is public of it."""
    name = display_name(hours.after)
    first = () if hours.first is None else (f"{hours.first} hours",)
    every = () if hours.every is None else (f"{hours.every} hours",)
    until = () if hours.until is None else (f"{plain(hours.until)} µmol/L",)
    yield ("hours-first", f"Hour of the first dose, from the start of {name}", "hours"), first
    yield ("hours-every", "Hours from one dose to the next", "hours"), every
    yield ("hours-until", f"No more once {name} is below", "level"), until


def course_cycles(course: Course) -> Iterator[Number]:
    """From which day a course goes on in cycles, and how long each is."""
    stated = stated_cycles(course)
    asked = (
        ("cycles-from", "Course day on which the later cycles begin", "course day"),
        ("cycles-length", "Days of each later cycle", "length"),
    )
    public = ("", "") if stated is None else (f"{stated.from_day} day", f"{stated.every_days} days")
    for (what, words, kind), text in zip(asked, public, strict=True):
        number = Number(f"{course.key}/{what}", _CYCLES, words, kind, course.key)
        yield with_public(number, course.cycle_origin, (text,) if text else ())


def therapy_numbers(protocol: Protocol) -> Iterator[Number]:
    """How long therapy lasts, and from which day that counts."""
    last, end, origin = protocol.courses[-1], protocol.therapy, protocol.therapy_origin
    anchors = {DIAGNOSIS: "the day of diagnosis"}
    anchors |= {course.key: f"day 1 of {course.title}" for course in protocol.courses}
    length = Number(f"{last.key}/therapy-length", _END, "Therapy lasts", "therapy", last.key)
    since = Number(
        f"{last.key}/therapy-from", _END, "Counted from", "answer", last.key, choices=anchors
    )
    if end is not None:
        length = with_public(length, origin, (f"{end.length} {end.unit}",))
        since = with_public(since, origin, (end.since,))
    else:
        known = tuple(filter(None, (origin.note,)))
        length = replace(length, related=known, source=origin.named)
    yield from (length, since)
