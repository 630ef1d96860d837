"""The words of `bedside protocol`: list, check, show, review, diff."""

import argparse
from collections.abc import Callable

from bedside.commands.asked_everywhere import add_json
from bedside.commands.parser import Once, StrictParser

WHICH = "a protocol's name (bedside protocol list) or a protocol file"


def add_protocol(commands: "argparse._SubParsersAction[StrictParser]") -> None:
    """Add `protocol` to the program's commands."""
    protocol = commands.add_parser(
        "protocol",
        help="list, check, show, print or compare the written protocols",
        description="The written protocols: what they say, whether a file is sound, what differs.",
        example="bedside protocol show aall15p1",
    )
    actions = protocol.add_subparsers(
        dest="action", metavar="ACTION", parser_class=StrictParser, required=True
    )
    for name, help_words, example, fill in _ACTIONS:
        action = actions.add_parser(
            name,
            help=help_words,
            description=help_words[0].upper() + help_words[1:] + ".",
            example=example,
        )
        fill(action)


def _nothing(parser: StrictParser) -> None:
    add_json(parser)


def _check(parser: StrictParser) -> None:
    parser.add_argument("file", metavar="FILE", help=WHICH)
    add_json(parser)


def _show(parser: StrictParser) -> None:
    parser.add_argument("name", metavar="NAME", help=WHICH)
    add_json(parser)


def _review(parser: StrictParser) -> None:
    parser.add_argument("name", metavar="NAME", help=WHICH)
    parser.add_argument(
        "-o", "--output", metavar="FILE", required=True, action=Once, help="the PDF"
    )
    parser.add_argument(
        "--ward",
        metavar="DIR",
        action=Once,
        help="the book of this ward: with its number, code and audit head, to be asked later",
    )
    _by(parser)


def _diff(parser: StrictParser) -> None:
    parser.add_argument("a", metavar="A", help=f"the earlier edition: {WHICH}")
    parser.add_argument("b", metavar="B", help="the later edition, or another protocol")
    parser.add_argument(
        "--ward",
        metavar="DIR",
        action=Once,
        help="also say for which infants of this ward a change matters (two editions only)",
    )
    _by(parser)
    add_json(parser)


def _by(parser: StrictParser) -> None:
    parser.add_argument(
        "--by",
        metavar="NAME",
        action=Once,
        help="with --ward: who reads it; refused during an own blind pass of a related protocol",
    )


_ACTIONS: tuple[tuple[str, str, str, Callable[[StrictParser], None]], ...] = (
    ("list", "list the protocols of this program", "bedside protocol list", _nothing),
    (
        "check",
        "examine a protocol file: faults, notes and totals per drug (exit 2 with a fault)",
        "bedside protocol check ./aall15p1.toml",
        _check,
    ),
    (
        "show",
        "print every course of a protocol in words",
        "bedside protocol show aall15p1",
        _show,
    ),
    (
        "review",
        "print the review book of a protocol as PDF, with room for two initials a row",
        "bedside protocol review aall15p1 -o review.pdf",
        _review,
    ),
    (
        "diff",
        "say in words what differs between two editions, or between two protocols",
        "bedside protocol diff interfant06 aall15p1",
        _diff,
    ),
)
