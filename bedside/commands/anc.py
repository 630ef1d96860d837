"""`calc anc`: the absolute neutrophil count, from a differential or counted as such."""

import argparse
from functools import partial

from bedside.clinical.counts import anc_from_absolute, anc_from_differential
from bedside.commands.answers import Answer, aligned, with_notes_first
from bedside.commands.blood_counts import (
    check_possible,
    notes_for_counts,
    read_possible_anc,
    read_possible_white_cells,
)
from bedside.commands.books import Books
from bedside.commands.options import read_if_given, read_option
from bedside.commands.parser import Once
from bedside.units.quantity_reader import read_percent
from bedside.units.writer import write_count

OPTIONS_EXAMPLE = "--wbc '1.4 10^9/L' --neutrophils '32 %' --bands '3 %'"
RULE = "white cells × (neutrophils + bands) in per cent, half up to whole cells per µL"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add --wbc, --neutrophils and --bands."""
    parser.add_argument(
        "--wbc", metavar="Q", required=True, action=Once, help="white cells, as '1.4 10^9/L'"
    )
    parser.add_argument(
        "--neutrophils",
        metavar="Q|%",
        required=True,
        action=Once,
        help="segmented neutrophils as '32 %%' of the white cells, or counted as '480 /uL'",
    )
    parser.add_argument(
        "--bands", metavar="%", action=Once, help="band forms as '3 %%' where counted apart"
    )


def answer(args: argparse.Namespace, books: Books) -> Answer:
    """Answer the ANC in whole cells per microlitre.

    Raises:
        Refused: a value cannot be read or no blood holds it, the shares exceed 100 %, or the ANC the
            white cells.
    """
    white_cells = read_option("--wbc", read_possible_white_cells, args.wbc)
    bands = read_if_given("--bands", read_percent, args.bands)
    if args.neutrophils.rstrip().endswith("%"):
        share = read_option("--neutrophils", read_percent, args.neutrophils)
        working = anc_from_differential(white_cells, share, bands)
    else:
        neutrophils = read_option("--neutrophils", read_possible_anc, args.neutrophils)
        working = anc_from_absolute(white_cells, neutrophils, bands)
    read_option(
        "--wbc with --neutrophils", lambda typed: check_possible(working.anc, typed), args.wbc
    )
    notes = notes_for_counts(
        (("--wbc", white_cells, args.wbc), ("the ANC", working.anc, args.wbc)),
    )
    rows = (
        ("white cells", write_count(white_cells.per_ul)),
        ("ANC", write_count(working.anc.per_ul)),
        ("worked", working.words),
    )
    values = {
        "anc_per_ul": working.anc.per_ul,
        "words": working.words,
        "notes": list(notes),
    }
    return Answer(values, partial(with_notes_first, notes, aligned(rows)), (RULE,))
