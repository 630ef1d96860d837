"""`calc zscore`: how an infant's weight and length compare with WHO's growth standards."""

import argparse
from decimal import Decimal
from functools import partial

from bedside.clinical.growth import z_scores
from bedside.commands.answers import Answer, exact
from bedside.commands.books import Books
from bedside.commands.options import read_choice, read_if_given, read_option
from bedside.commands.parser import Once
from bedside.commands.size_notes import growth_tables, notes_for_age, rows_and_notes
from bedside.commands.sizes import read_infant_length, read_infant_weight
from bedside.units.reader import read_whole
from bedside.units.refusal import Refused

OPTIONS_EXAMPLE = "--sex f --age-days 203 --weight '6.2 kg' --length '63 cm'"
SOURCE = "WHO Child Growth Standards 2006, birth to 24 months"
SEXES = {"f": "female", "m": "male"}
TITLES = ("weight for age", "length for age", "weight for length")
NOT_ASKED = "not asked"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add --sex, --age-days, --weight and --length."""
    parser.add_argument("--sex", metavar="f|m", required=True, action=Once, help="f or m")
    parser.add_argument(
        "--age-days", metavar="N", required=True, action=Once, help="completed days since birth"
    )
    parser.add_argument("--weight", metavar="Q", action=Once, help="as '6.2 kg'")
    parser.add_argument("--length", metavar="Q", action=Once, help="lying, as '63 cm'")


def answer(args: argparse.Namespace, books: Books) -> Answer:
    """Answer the z-scores that the given measurements allow, two decimals.

    Raises:
        Refused: a value cannot be read, the age is outside the standards, or nothing was measured.
    """
    sex = read_choice("--sex", args.sex, SEXES)
    days = read_option("--age-days", read_whole, args.age_days)
    weight = read_if_given("--weight", read_infant_weight, args.weight)
    length = read_if_given("--length", read_infant_length, args.length)
    if weight is None and length is None:
        raise Refused("Nothing to compare: give --weight '6.2 kg', --length '63 cm' or both.")
    scores = z_scores(growth_tables(books), "f" if sex == "f" else "m", days, weight, length)
    found = (scores.weight_for_age, scores.length_for_age, scores.weight_for_length)
    rows = [(title, shown(score)) for title, score in zip(TITLES, found, strict=True)]
    keys = [title.replace(" ", "_") + "_z" for title in TITLES]
    values: dict[str, object] = {key: exact(score) for key, score in zip(keys, found, strict=True)}
    notes = notes_for_age(books, days, weight, length, (sex,))
    values["notes"] = list(notes)
    head = (("sex", SEXES[sex]), ("age", f"{days} days"))
    return Answer(values, partial(rows_and_notes, [*head, *rows], notes), (SOURCE,))


def shown(score: Decimal | None) -> str:
    """Return a z-score for a person, with its sign."""
    return NOT_ASKED if score is None else f"{score:+.2f} z"
