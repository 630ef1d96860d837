"""The `bedside calc` command: every judgement of the screen, asked for one at a time or by table.

`calc` never opens a ward's store. It ends with 0 when it has answered and with 2 when it has
refused; a refusal prints nothing on standard output and one line on standard error. With
``--lines`` the table as a whole is answered (0) even when single lines of it are refused.

Decision: each calculation is a module of its own, loaded when it is asked for; `calc age` starts
without the protocol reader, and nothing here ever loads Qt, SQLAlchemy or ReportLab.
"""

import argparse
import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import BinaryIO, Protocol, TextIO, cast

from bedside.commands.answers import Answer, as_json, as_words, complain, let_go, write
from bedside.commands.books import Books
from bedside.commands.lines import answer_lines, opened
from bedside.commands.parser import LineParser, Once, StrictParser
from bedside.units.refusal import Refused

ANSWERED = 0
REFUSED = 2

CALCULATIONS = {
    "age": "age on a day, in days and completed calendar months",
    "bsa": "body surface area from weight and length",
    "zscore": "WHO weight and length z-scores, birth to 24 months",
    "anc": "absolute neutrophil count from a differential",
    "grade": "CTCAE grade of a laboratory value, exactly at the edges, with its rule",
    "risk": "risk group by the protocol's rule, with its reasons and what is missing",
    "gate": "may this course start? open, closed or unknown, rule by rule",
    "dose": "each drug of one course day, with every step of the arithmetic",
    "schedule": "all courses and dosing days from the starts known so far",
    "dlt": "the DLT period: its state, each toxicity with its verdict and the rule",
    "infusion": "azacitidine's vial clock: latest start and finish by",
    "maintenance": "doses by mouth in Maintenance: what a rule proposes from the counts",
    "fever": "febrile neutropenia by the site's definition and CTCAE's, and the antibiotic clock",
    "phoenix": "Phoenix 2024 points by organ system, with what was not measured",
}


class Calculation(Protocol):
    """What each calculation's module offers."""

    OPTIONS_EXAMPLE: str

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the calculation's own options."""

    def answer(self, args: argparse.Namespace, books: Books) -> Answer:
        """Answer, or raise Refused."""


def add_calc(subparsers: "argparse._SubParsersAction[StrictParser]") -> None:
    """Add `calc` to the program's commands.

    Args:
        subparsers: what ``add_subparsers()`` of a `StrictParser` returned.
    """
    calc = subparsers.add_parser(
        "calc",
        help="one calculation, without a screen and without the ward's records",
        description=(
            "One calculation, from the same code as the screen. Never opens the ward's records.\n"
            "Quantities are number, space, unit in quotation marks: '6.2 kg', '68 cm', '480 /uL'."
        ),
        example="bedside calc age --birth 2026-05-01 --on 2026-11-20",
    )
    calc.add_argument(
        "--lines",
        metavar="FILE",
        action=Once,
        help="answer a table: one calc command a line without the word calc (- reads standard "
        "input), one JSON object a line; an empty line or a # comment is answered {}",
    )
    add_calculations(calc, calc.prog + " ")


def add_calculations(parser: StrictParser, before: str) -> None:
    """Add each calculation's name; its options follow when it is asked for."""
    names = parser.add_subparsers(dest="calculation", metavar="CALCULATION")
    for name, help_words in CALCULATIONS.items():
        names.add_parser(
            name,
            prog=before + name,
            help=help_words,
            description=help_words[0].upper() + help_words[1:] + ".",
            fill=partial(fill_calculation, name),
        )


def fill_calculation(name: str, parser: StrictParser) -> None:
    """Add the options of one calculation, and ``--json``."""
    calculation = find_calculation(name)
    calculation.add_options(parser)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.show_example(f"{parser.prog} {calculation.OPTIONS_EXAMPLE}")


def find_calculation(name: str) -> Calculation:
    """Load the module of one calculation."""
    return cast(Calculation, importlib.import_module(f"bedside.commands.{name}"))


def run_calc(
    args: argparse.Namespace,
    out: TextIO | None,
    err: TextIO | None,
    stdin: BinaryIO | None = None,
) -> int:
    """Answer `bedside calc …`.

    Args:
        args: as parsed by a parser that `add_calc` filled.
        out: for answers; None when the program was started with it closed.
        err: for the one line of a refusal; likewise.
        stdin: read by ``--lines -``; the program's own standard input when not given.

    Returns:
        0 when answered, 2 when refused. A reader who goes away early is no fault: 0.
    """
    try:
        if args.lines is not None:
            answer_table(args, out, standard_input() if stdin is None else stdin)
        else:
            write(out, text_of(args))
    except Refused as refusal:
        named = f" {args.calculation}" if args.calculation else ""
        complain(err, f"bedside calc{named}: {refusal}")
        return REFUSED
    except BrokenPipeError:
        let_go(out)
    except OSError as fault:
        let_go(out)
        complain(err, f"bedside calc: reading or writing failed ({fault.strerror}): try again.")
        return REFUSED
    return ANSWERED


def standard_input() -> BinaryIO | None:
    """Return the program's own standard input as bytes; None where it was started without one."""
    own: TextIO | None = sys.stdin
    return None if own is None else own.buffer


def answer_table(args: argparse.Namespace, out: TextIO | None, stdin: BinaryIO | None) -> None:
    """Answer each line of the table that ``--lines`` names."""
    if args.calculation is not None:
        raise Refused(
            f"--lines reads its commands from the table: leave out “{args.calculation}” here."
        )
    parser = LineParser(prog="calc")
    add_calculations(parser, "")
    books = Books()

    def reply(words: list[str]) -> Answer:
        return answer_one(parser.parse_args(words), books)

    with opened(args.lines, stdin) as table:
        answer_lines(table, reply, out)


def answer_one(args: argparse.Namespace, books: Books) -> Answer:
    """Answer one calculation.

    Raises:
        Refused: with what is wrong; also when the program itself failed, which it says.
    """
    if args.calculation is None:
        raise Refused(f"Say what to calculate: {', '.join(CALCULATIONS)}.")
    with own_faults_said():
        return find_calculation(args.calculation).answer(args, books)


def text_of(args: argparse.Namespace) -> str:
    """Return the whole text that one command prints, so that it prints all of it or nothing."""
    answer = answer_one(args, Books())
    with own_faults_said():
        return as_json(answer.values) if args.json else as_words(answer)


@contextmanager
def own_faults_said() -> Iterator[None]:
    """Turn a fault of the program into one sentence that says whose fault it is.

    Raises:
        Refused: instead of any other exception.
    """
    try:
        yield
    except Refused:
        raise
    except FileNotFoundError as fault:
        raise Refused(str(fault)) from fault  # an incomplete installation, said so by the finder
    except Exception as fault:
        raise Refused(
            f"This is a fault of Bedside itself ({type(fault).__name__}), not of what was typed; "
            "nothing was calculated. Please report the command."
        ) from fault
