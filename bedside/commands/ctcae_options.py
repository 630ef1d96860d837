"""The words of `bedside ctcae`: load the official workbook, say what is loaded, find a term."""

import argparse

from bedside.commands.asked_everywhere import add_ward_folder
from bedside.commands.parser import Once, StrictParser

LOAD = "bedside ctcae load ./CTCAE_v5.0.xlsx --ward ./ward --by 'M. Keller, pharmacist'"


def add_ctcae(commands: "argparse._SubParsersAction[StrictParser]") -> None:
    """Add `ctcae` with its three actions to the program's commands."""
    ctcae = commands.add_parser(
        "ctcae",
        help="load the official NCI workbook of toxicity terms, or look a term up",
        description="The toxicity terms that this ward can log, and what each grade asks for.",
        example=LOAD,
    )
    actions = ctcae.add_subparsers(
        dest="action", metavar="ACTION", required=True, parser_class=StrictParser
    )
    load = actions.add_parser(
        "load",
        help="take the NCI workbook (CTCAE 5.0 or 6.0, xlsx as it is) into the ward",
        description="Takes the NCI workbook into the ward's folder, with its digest.",
        example=LOAD,
    )
    load.add_argument("file", metavar="FILE", help="the workbook as the NCI gives it out")
    load.add_argument(
        "--by",
        metavar="NAME",
        action=Once,
        help="who loads it; in a ward with people the passphrase is asked",
    )
    add_ward_folder(load)
    status = actions.add_parser(
        "status",
        help="say which workbooks are loaded",
        description="Says which workbooks are loaded, and whether their files are whole.",
        example="bedside ctcae status --ward ./ward",
    )
    add_ward_folder(status)
    find = actions.add_parser(
        "find",
        help="find terms by part of a word, with what each grade asks for",
        description="Finds terms by part of a word; official wording where a workbook is loaded.",
        example="bedside ctcae find mucos --ctcae 5.0 --ward ./ward",
    )
    find.add_argument("text", metavar="TEXT", help="part of a word")
    find.add_argument("--ctcae", metavar="V", action=Once, help="4.03, 5.0 or 6.0; 5.0 if left out")
    add_ward_folder(find)
