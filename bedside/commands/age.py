"""`calc age`: how old an infant is on a day, as the banner and the dosing rules count it."""

import argparse
from functools import partial

from bedside.clinical.age import age_on
from bedside.commands.answers import Answer, aligned
from bedside.commands.books import Books
from bedside.commands.options import read_option
from bedside.commands.parser import Once
from bedside.units.dates import read_date, write_date

OPTIONS_EXAMPLE = "--birth 2026-05-01 --on 2026-11-20"
RULE = "completed calendar months, chronological age, never corrected for early birth"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add --birth and --on."""
    parser.add_argument("--birth", metavar="D", required=True, action=Once, help="date of birth")
    parser.add_argument("--on", metavar="D", required=True, action=Once, help="the day asked for")


def answer(args: argparse.Namespace, books: Books) -> Answer:
    """Answer the age in days, months and years and as banner text.

    Raises:
        Refused: a date cannot be read, or the day lies before the birth.
    """
    birth = read_option("--birth", read_date, args.birth)
    on = read_option("--on", read_date, args.on)
    age = age_on(birth, on)
    rows = (
        ("born", write_date(birth)),
        ("on", write_date(on)),
        ("age", age.text),
        ("days", str(age.days)),
        ("completed months", str(age.completed_months)),
        ("completed years", str(age.completed_years)),
    )
    values = {
        "days": age.days,
        "completed_months": age.completed_months,
        "completed_years": age.completed_years,
        "text": age.text,
    }
    return Answer(values, partial(aligned, rows), (RULE,))
