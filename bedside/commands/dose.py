"""`calc dose`: every drug of one course day, with each step of the arithmetic, ready or blocked.

Nothing is left out: a drug whose dose is not public, or whose day the sources dispute, is listed
as blocked with the reason. A drug whose days no source names stands under ``left_open``. The
weight is taken as of today: how old a weight may be is the ward's to check, not this command's.
"""

import argparse
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from bedside.clinical.age import Age, age_on
from bedside.clinical.body_size import body_surface
from bedside.commands.answers import Answer
from bedside.commands.books import Books
from bedside.commands.course_day import DayPlan, check_in_course, open_words, plan_of_day
from bedside.commands.dose_words import answer_in_words, plain, working_in_json
from bedside.commands.options import either, read_if_given, read_option
from bedside.commands.parser import Once
from bedside.commands.plain import brief
from bedside.commands.protocols import (
    cited,
    find_course,
    find_protocol,
    find_site_values,
    parts_note,
    site_sources,
)
from bedside.commands.size_notes import notes_for_age
from bedside.commands.sizes import read_infant_length, read_infant_weight
from bedside.commands.waits import days_wait, in_json
from bedside.protocol.doses import DoseWorking, Modification, work_dose
from bedside.protocol.drugs import display_name
from bedside.protocol.hours_on_days import hours_of_plan
from bedside.protocol.missing import Missing
from bedside.protocol.model import Course, DrugPlan, Protocol
from bedside.protocol.modification import modification_faults
from bedside.protocol.site_plan import with_site_values
from bedside.protocol.site_values import SiteValues
from bedside.units.dates import read_date, write_date
from bedside.units.quantities import BodyLength, BodySurface, BodyWeight
from bedside.units.quantity_reader import read_percent
from bedside.units.reader import read_whole
from bedside.units.refusal import Refused
from bedside.units.rounding import half_up

OPTIONS_EXAMPLE = (
    "--protocol aall15p1 --course epi-1 --day 1 --birth 2026-05-01 --course-day-1 2026-11-20 "
    "--weight '6.2 kg'"
)
MOST_YEARS = 4  # [judgement] under 1 year at diagnosis and 2 years of therapy, with delays


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add --protocol, --course, --day, the infant's dates and sizes, and --site-values."""
    needed = partial(parser.add_argument, required=True, action=Once)
    needed("--protocol", metavar="P", help="as aall15p1")
    needed("--course", metavar="C", help="as epi-1")
    needed("--day", metavar="N", help="course day, as the protocol counts it")
    needed("--birth", metavar="D", help="date of birth")
    needed("--course-day-1", metavar="D", help="date of day 1 of the course")
    needed("--weight", metavar="Q", help="as '6.2 kg'")
    parser.add_argument(
        "--length", metavar="Q", action=Once, help="as '63 cm', for doses per square metre"
    )
    parser.add_argument(
        "--site-values", metavar="FILE", action=Once, help="the site's own values (TOML)"
    )
    given = partial(parser.add_argument, action=Once)
    given("--diagnosed", metavar="D", help="day of diagnosis, where the site takes the age on it")
    given("--drug", metavar="DRUG", help="the one drug that --percent is for, as cytarabine")
    given("--percent", metavar="Q", help="'75 %%' of the protocol dose, by a physician's decision")
    given("--reason", metavar="TEXT", help="why the dose is changed, as 'after mucositis'")
    given("--decided-by", metavar="NAME", help="who decided it")


class Asked(Struct, frozen=True):
    """What was asked, read and checked."""

    protocol: Protocol
    course: Course
    day: int
    birth: date
    day_1: date
    weight: BodyWeight
    surface: BodySurface | None
    site: SiteValues
    diagnosed_on: date | None = None
    modification: Modification | None = None
    modified_drug: str = ""
    length: BodyLength | None = None

    @property
    def on(self) -> date:
        """The date of the course day."""
        return self.day_1 + timedelta(days=self.day - 1)

    @property
    def age(self) -> Age:
        """The age on the course day."""
        return age_on(self.birth, self.on)


def answer(args: argparse.Namespace, books: Books) -> Answer:
    """Answer every drug of the course day.

    Raises:
        Refused: an option cannot be read, the day is outside the course, the dates cannot be.
    """
    asked = read_asked(args, books)
    day_plan = plan_of_day(asked.course, asked.day, asked.site)
    check_modified(asked, day_plan)
    workings = [work(asked, plan, day_plan) for plan in day_plan.plans]
    values = {
        "protocol": asked.protocol.key,
        "course": asked.course.key,
        "day": asked.day,
        "date": asked.on.isoformat(),
        "age": asked.age.text,
        "age_completed_months_on_day_1": age_on(asked.birth, asked.day_1).completed_months,
        "weight": f"{plain(asked.weight.kg)} kg",
        "bsa_m2": None if asked.surface is None else str(half_up(asked.surface.m2, 4)),
        "bsa_formula": None if asked.surface is None else asked.site.bsa_formula,
        "age_anchor": asked.site.age_anchor,
        "doses": [working_in_json(working) for working in workings],
        "left_open": left_open(day_plan, asked.course),
        "waits_for": in_json(waits(day_plan, asked.course, workings)),
        "demonstration": asked.site.demonstration,
        "notes": [
            *parts_note(asked.protocol, args.course),
            *notes_for_age(books, asked.age.days, asked.weight, asked.length),
        ],
        "words": summary(asked, day_plan),
    }
    words = partial(answer_in_words, asked, values, workings)
    return Answer(values, words, sources_of(asked, day_plan))


def read_asked(args: argparse.Namespace, books: Books) -> Asked:
    """Read and check every option.

    Raises:
        Refused: with the option and what would be right.
    """
    protocol = find_protocol(args.protocol, books)
    protocol = with_site_values(protocol, find_site_values(args.site_values, protocol, books))
    course = find_course(protocol, args.course)
    site = find_site_values(args.site_values, protocol, books)
    day = read_option("--day", read_whole, args.day)
    check_in_course(protocol, course, day, site)
    birth = read_option("--birth", read_date, args.birth)
    day_1 = read_option("--course-day-1", read_date, args.course_day_1)
    check_dates(birth, day_1)
    weight = read_option("--weight", read_infant_weight, args.weight)
    length = read_if_given("--length", read_infant_length, args.length)
    surface = None if length is None else body_surface(weight, length, site.bsa_formula)
    modification = read_modification(args)
    diagnosed = read_if_given("--diagnosed", read_date, args.diagnosed)
    return Asked(
        protocol,
        course,
        day,
        birth,
        day_1,
        weight,
        surface,
        site,
        diagnosed,
        modification,
        args.drug or "",
        length,
    )


def read_modification(args: argparse.Namespace) -> Modification | None:
    """Read a physician's reduction; None where the dose is not changed.

    Raises:
        Refused: a part of it is missing, or the share cannot be read or used.
    """
    named = {
        "--drug": args.drug,
        "--percent": args.percent,
        "--reason": args.reason,
        "--decided-by": args.decided_by,
    }
    if all(part is None for part in named.values()):
        return None
    lacking = [option for option, part in named.items() if part is None]
    if lacking:
        raise Refused(
            f"{lacking[0]}: a changed dose needs its drug, share, reason and who decided: write "
            "--drug cytarabine --percent '75 %' --reason 'after mucositis' --decided-by 'Dr A. Name'."
        )
    share = read_option("--percent", read_percent, args.percent)
    found = Modification(share, args.reason, args.decided_by)
    faults = modification_faults(found)
    if faults:
        raise Refused(*faults)
    return found


def line_of(plan: DrugPlan, day_plan: DayPlan) -> str:
    """Return how a change names its drug: by the route, too, where the day has it by two."""
    twice = [other for other in day_plan.plans if other.drug == plan.drug]
    return plan.drug if len(twice) == 1 else f"{plan.drug} {plan.route}"


def check_modified(asked: Asked, day_plan: DayPlan) -> None:
    """Refuse a change of a drug that this day does not have: it would change nothing, unseen."""
    due = [line_of(plan, day_plan) for plan in day_plan.plans]
    if asked.modified_drug and asked.modified_drug not in due:
        raise Refused(
            f"--drug: “{brief(asked.modified_drug)}” is not due on day {asked.day} of "
            f"{asked.course.title}: write {either(due) if due else 'no change on this day'}."
        )


def check_dates(birth: date, day_1: date) -> None:
    """Refuse a course before birth, and a child who is no infant of these protocols (H26)."""
    if day_1 < birth:
        raise Refused(
            f"--course-day-1: {write_date(day_1)} is before the birth on {write_date(birth)}: "
            "look at both dates again."
        )
    years = age_on(birth, day_1).completed_years
    if years >= MOST_YEARS:
        raise Refused(
            f"--birth: born {write_date(birth)} the child is {years} years old on day 1, "
            f"{write_date(day_1)}; these protocols begin under 1 year: look at both years again."
        )


def work(asked: Asked, plan: DrugPlan, day_plan: DayPlan) -> DoseWorking:
    """Work out one drug of the day, as the screen and the sheet do."""
    changed = line_of(plan, day_plan) == asked.modified_drug
    worked = work_dose(
        plan,
        asked.course,
        birth=asked.birth,
        course_day_1=asked.day_1,
        on=asked.on,
        weight=asked.weight,
        surface=asked.surface,
        site=asked.site,
        diagnosed_on=asked.diagnosed_on,
        modification=asked.modification if changed else None,
    )
    if plan.hours is None:
        return worked
    words = plan.hours.words
    clashes = tuple(f"Hours and days: {said}" for said in hours_of_plan(asked.course, plan))
    return replace(
        worked,
        steps=(*worked.steps, f"Hours: {words[:1].lower()}{words[1:]}."),
        cautions=(*worked.cautions, *clashes),
    )


def left_open(day_plan: DayPlan, course: Course) -> list[dict[str, object]]:
    """Return the drugs that may be due because no source names their days, and who knows them."""
    return [
        {
            "drug": plan.drug,
            "route": plan.route,
            "words": open_words(plan),
            "missing": in_json([days_wait(plan.drug, plan.route, course.title)]),
        }
        for plan in day_plan.left_open
    ]


def waits(day_plan: DayPlan, course: Course, workings: Sequence[DoseWorking]) -> Iterator[Missing]:
    """Return all that the day waits for: the days of what is left open, then each dose's facts."""
    for plan in day_plan.left_open:
        yield days_wait(plan.drug, plan.route, course.title)
    for working in workings:
        yield from working.missing


def summary(asked: Asked, day_plan: DayPlan) -> str:
    """Say in one sentence what the day holds."""
    where = f"day {asked.day} of {asked.course.title}"
    if day_plan.plans:
        names = dict.fromkeys(display_name(plan.drug) for plan in day_plan.plans)
        return f"On {where}: {', '.join(names)}."
    if day_plan.left_open:
        return f"Nothing is planned on {where}; what the sources leave open stands apart."
    return f"Nothing is scheduled on {where}."


def sources_of(asked: Asked, day_plan: DayPlan) -> tuple[str, ...]:
    """Return the edition, the sources of days and doses, and the site's values where used."""
    origins = [origin for plan in day_plan.plans for origin in (plan.days.origin, plan.dose.origin)]
    named = cited(asked.protocol, *(key for origin in origins for key in origin.sources))
    return (*named, *site_sources(asked.site))
