"""`calc bsa`: the body surface area from weight and length, by a named formula."""

import argparse
from functools import partial

from bedside.clinical.body_size import DEFAULT_FORMULA, FORMULAS, body_surface
from bedside.commands.answers import Answer, aligned, exact, with_notes_first
from bedside.commands.books import Books
from bedside.commands.options import read_choice, read_option
from bedside.commands.parser import Once
from bedside.commands.size_notes import notes_for_length
from bedside.commands.sizes import notes_for_no_infant
from bedside.units.quantity_reader import read_length, read_weight
from bedside.units.rounding import half_up
from bedside.units.writer import write_length, write_weight

OPTIONS_EXAMPLE = "--weight '6.2 kg' --length '63 cm'"
PLACES = 4
CITED = {
    "mosteller": "Mosteller, N Engl J Med 1987;317:1098",
    "haycock": "Haycock and others, J Pediatr 1978;93:62",
    "dubois": "Du Bois and Du Bois, Arch Intern Med 1916;17:863",
    "boyd": "Boyd, University of Minnesota Press 1935",
}


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add --weight, --length and --formula."""
    parser.add_argument("--weight", metavar="Q", required=True, action=Once, help="as '6.2 kg'")
    parser.add_argument("--length", metavar="Q", required=True, action=Once, help="as '63 cm'")
    parser.add_argument(
        "--formula",
        metavar="NAME",
        action=Once,
        help=f"{', '.join(FORMULAS)}; {DEFAULT_FORMULA} if left out",
    )


def answer(args: argparse.Namespace, books: Books) -> Answer:
    """Answer the surface in square metres, four decimals, half up.

    A body that no infant has is answered (published figures of adults are checked by it), and said
    so before the answer.

    Raises:
        Refused: a quantity cannot be read, or the formula is not known.
    """
    weight = read_option("--weight", read_weight, args.weight)
    length = read_option("--length", read_length, args.length)
    formula = DEFAULT_FORMULA
    if args.formula is not None:
        formula = read_choice("--formula", args.formula, FORMULAS)
    surface = exact(half_up(body_surface(weight, length, formula).m2, PLACES))
    rows = (
        ("weight", write_weight(weight)),
        ("length", write_length(length)),
        ("formula", formula),
        ("body surface", f"{surface} m²"),
    )
    notes = notes_for_no_infant(weight, length) or notes_for_length(books, weight, length)
    values = {"bsa_m2": surface, "formula": formula, "notes": list(notes)}
    return Answer(values, partial(with_notes_first, notes, aligned(rows)), (CITED[formula],))
