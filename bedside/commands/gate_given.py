"""What was given on the line to `calc gate`: ages, confirmations, results, and a count a second time."""

import argparse
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Literal, cast

from bedside.clinical.age import age_on
from bedside.clinical.laboratory_typed import read_entry
from bedside.commands.blood_counts import or_bound, read_possible_anc, read_possible_platelets
from bedside.commands.options import either, read_choice, read_if_given, read_option
from bedside.commands.plain import brief
from bedside.protocol.model import Course
from bedside.protocol.result_rule import SeenResult, analyte_of
from bedside.protocol.start_rules import Observed
from bedside.units.bounds import bounded
from bedside.units.dates import read_date, write_date
from bedside.units.refusal import Refused

YES_OR_NO = ("yes", "no")


def read_age(args: argparse.Namespace) -> int | None:
    """Return the age in days on day 1 of the course; None where one of the two dates is not given.

    Raises:
        Refused: a date cannot be read, or day 1 is before the birth.
    """
    birth = read_if_given("--birth", read_date, args.birth)
    day_1 = read_if_given("--course-day-1", read_date, args.course_day_1)
    if birth is None or day_1 is None:
        return None
    if day_1 < birth:
        raise Refused(
            f"--course-day-1: {write_date(day_1)} is before the birth on {write_date(birth)}: "
            "correct one of them."
        )
    return age_on(birth, day_1).days


def read_confirmations(course: Course, given: Mapping[str, str]) -> dict[str, Literal["yes", "no"]]:
    """Return the answers given for the parts that a person answers.

    Raises:
        Refused: the course asks no such thing, or the answer is neither yes nor no.
    """
    rule = course.start_rule
    asked = () if rule is None else tuple(part.key for part in rule.confirmations)
    for key, value in given.items():
        if key not in asked:
            right = f"it asks {either(asked)}" if asked else "it asks nothing to be confirmed"
            raise Refused(f"The start rule of {course.title} does not ask “{brief(key)}”: {right}.")
        read_choice(f"--confirm {key}", value, YES_OR_NO)
    return cast(dict[str, Literal["yes", "no"]], dict(given))


def read_results(
    course: Course, given: Mapping[str, str], ulns: Mapping[str, str]
) -> dict[str, SeenResult]:
    """Return the laboratory results given, by analyte, each in its kept unit.

    Raises:
        Refused: the course asks for no such result, it cannot be read, or a limit stands alone.
    """
    rule = course.start_rule
    asked = () if rule is None else tuple(part.analyte for part in rule.results)
    found = {}
    for key in dict.fromkeys((*given, *ulns)):
        if key not in asked:
            right = f"it asks for {either(asked)}" if asked else "it asks for no result"
            raise Refused(f"The start rule of {course.title} has no “{brief(key)}”: {right}.")
        if key not in given:
            raise Refused(f"--uln {key}: write the result too, with --result {key}=….")
        uln = None if key not in ulns else read_kept(f"--uln {key}", key, ulns[key])[0]
        value, sign = read_kept(f"--result {key}", key, given[key])
        found[key] = SeenResult(bounded(sign, value), uln)
    return found


def read_kept(option: str, key: str, text: str) -> tuple[Decimal, str]:
    """Return a typed result in the kept unit of its analyte, and its sign.

    Raises:
        Refused: it cannot be read.
    """
    number, _, unit = text.strip().partition(" ")
    try:
        taken = analyte_of(key).find(unit)
        entry = read_entry(analyte_of(key), number, taken)
        if entry.value is None:
            raise Refused("write a number with its unit.")
    except Refused as refused:
        raise Refused(*(f"{option}: {reason}" for reason in refused.reasons)) from refused
    return taken.kept(entry.value), entry.comparator


def settled(observed: Observed, again: Mapping[str, str]) -> set[str]:
    """Return the measures whose count was given a second time, and alike.

    Raises:
        Refused: there is no such count on the line, it cannot be read, or the two differ.
    """
    readers: dict[str, Callable[[str], object]] = {
        "anc": or_bound(read_possible_anc),
        "platelets": or_bound(read_possible_platelets),
    }
    for key, text in again.items():
        if key not in readers:
            raise Refused(f"--again: “{brief(key)}” is none of {either(tuple(readers))}.")
        first = getattr(observed, key)
        if first is None:
            raise Refused(f"--again {key}: write the count itself too, with --{key}.")
        if read_option(f"--again {key}", readers[key], text) != first:
            raise Refused(f"--again {key}: it is another count than --{key}: read the slip again.")
    return set(again)
