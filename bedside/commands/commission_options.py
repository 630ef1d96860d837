"""The words of `bedside commission`: what each of its actions takes."""

import argparse
from collections.abc import Callable

from bedside.commands.asked_everywhere import add_json, add_ward_folder
from bedside.commands.parser import Once, StrictParser

ENTER = (
    "bedside commission enter --ward ./ward --protocol aall15p1 "
    "--number induction/length --value '33 days' --by 'M. Keller, pharmacist'"
)
_NEEDED = {
    "--protocol": ("P", "aall15p1, interfant06 …, or site for formulary and settings"),
    "--group": ("GROUP", "a course, dlt, maintenance-rule, settings or formulary/DRUG"),
    "--number": ("NUMBER", "as commission numbers lists it"),
    "--value": ("TEXT", "what your controlled copy says, with its unit, or 'not stated'"),
    "--reason": ("TEXT", "why"),
    "--by": (
        "NAME",
        "your name and role, for instance 'M. Keller, pharmacist'; in a ward with people your "
        "passphrase is asked for, too",
    ),
    "--and": ("NAME", "the second person who signs or confirms, by the own passphrase likewise"),
    "--output": ("FILE", "the signed file"),
    "--file": ("FILE", "a signed file of site values to read in, as the first person"),
    "--letters": ("LETTERS", "the file's twelve letters, retyped by the second person"),
}
OF_A_FILE = (
    "export",
    "import",
)  # a signed file is of one protocol; both are commands of their own, too
_ACTIONS: tuple[tuple[str, str, tuple[str, ...], tuple[str, ...], str], ...] = (
    (
        "status",
        "say how many numbers of each course are commissioned",
        (),
        ("--protocol",),
        "bedside commission status --ward ./ward --protocol aall15p1",
    ),
    (
        "numbers",
        "list the numbers of a course that are to be typed, without any value",
        ("--protocol", "--group"),
        (),
        "bedside commission numbers --ward ./ward --protocol aall15p1 --group induction",
    ),
    (
        "enter",
        "record what one person's controlled copy says for one number",
        ("--protocol", "--number", "--value", "--by"),
        (),
        ENTER,
    ),
    (
        "finish",
        "complete a person's pass; after the second, what agrees is recorded",
        ("--protocol", "--group", "--by"),
        (),
        "bedside commission finish --ward ./ward --protocol aall15p1 --group induction "
        "--by 'M. Keller, pharmacist'",
    ),
    (
        "compare",
        "show both completed passes beside the public and the related values",
        ("--protocol", "--group", "--by"),
        (),
        "bedside commission compare --ward ./ward --protocol aall15p1 --group induction "
        "--by 'M. Keller, pharmacist'",
    ),
    (
        "again",
        "ask both people to type what they disagree on again, or one number",
        ("--protocol", "--group", "--by"),
        ("--number",),
        "bedside commission again --ward ./ward --protocol aall15p1 --group induction "
        "--by 'M. Keller, pharmacist'",
    ),
    (
        "accept",
        "record a value on which both agree against the public sources, with the reason",
        ("--protocol", "--number", "--reason", "--by", "--and"),
        (),
        "bedside commission accept --ward ./ward --protocol aall15p1 --number epi-1/length "
        "--reason 'amendment 4 changed the length' --by 'M. Keller, pharmacist' "
        "--and 'A. Okonjo, physician'",
    ),
    (
        "withdraw",
        "take a recorded value back, so that both type it again",
        ("--protocol", "--number", "--reason", "--by"),
        (),
        "bedside commission withdraw --ward ./ward --protocol aall15p1 --number induction/length "
        "--reason 'read from the old edition' --by 'M. Keller, pharmacist'",
    ),
    (
        "give-up",
        "strike a person's own pass out, with the reason, so that the protocol opens again",
        ("--protocol", "--group", "--reason", "--by"),
        (),
        "bedside commission give-up --ward ./ward --protocol aall15p1 --group induction "
        "--reason 'begun by mistake' --by 'M. Keller, pharmacist'",
    ),
    (
        "export",
        "write what is commissioned into one signed file",
        ("--protocol", "--by", "--and", "--output"),
        (),
        "bedside commission export --ward ./ward --protocol aall15p1 "
        "--by 'M. Keller, pharmacist' --and 'A. Okonjo, physician' -o site.toml",
    ),
    (
        "import",
        "read a signed file in as the first person, or confirm it as the second",
        ("--by",),
        ("--file", "--protocol", "--letters", "--reason"),
        "bedside commission import --ward ./ward --protocol aall15p1 "
        "--letters '7QK2 M0XZ 41RT' --by 'A. Okonjo, physician'",
    ),
    (
        "drop",
        "drop a file that waits for its second person, with the reason; nothing of it is taken",
        ("--protocol", "--reason", "--by"),
        (),
        "bedside commission drop --ward ./ward --protocol aall15p1 "
        "--reason 'the wrong file' --by 'A. Okonjo, physician'",
    ),
)


def add_commission(commands: "argparse._SubParsersAction[StrictParser]") -> None:
    """Add `commission` with its actions to the program's commands."""
    commission = commands.add_parser(
        "commission",
        help="make the numbers of a protocol this site's own, by two people",
        description=(
            "Two people, each with the controlled copy and without the other, type every number.\n"
            "Neither sees the other's entries before both passes are complete; then they are\n"
            "compared with each other and with the public sources, and what agrees is recorded."
        ),
        example=ENTER,
    )
    actions = commission.add_subparsers(
        dest="action", metavar="ACTION", required=True, parser_class=StrictParser
    )
    for name, words, needed, more, example in _ACTIONS:
        actions.add_parser(
            name,
            help=words,
            description=words[0].upper() + words[1:] + ".",
            example=example,
            fill=_filler(name, needed, more),
        )
        if name in OF_A_FILE:
            _add_by_itself(commands, name, example)


def _add_by_itself(
    commands: "argparse._SubParsersAction[StrictParser]", name: str, example: str
) -> None:
    """`bedside export` is `bedside commission export`: scripts may ask for either."""
    _, words, needed, more, _ = next(action for action in _ACTIONS if action[0] == name)
    alone = commands.add_parser(
        name,
        help=f"{words} (commissioned values)",
        description=f"{words[0].upper()}{words[1:]}: as `bedside commission {name}`.",
        example=example.replace("bedside commission ", "bedside "),
        fill=_filler(name, needed, more),
    )
    alone.set_defaults(action=name)


def _filler(
    name: str, needed: tuple[str, ...], more: tuple[str, ...]
) -> Callable[[StrictParser], None]:
    """What adds an action's options, once it is asked for."""

    def fill(action: StrictParser) -> None:
        add_ward_folder(action)
        for option in (*needed, *more):
            metavar, meaning = _NEEDED[option]
            if option == "--protocol" and name in OF_A_FILE:
                meaning = "aall15p1, interfant06 …; the site's own values go with each of them"
            action.add_argument(
                *(("-o", option) if option == "--output" else (option,)),
                metavar=metavar,
                required=option in needed and option != "--by",
                action=Once,
                help=meaning,
                dest="and_who" if option == "--and" else option.removeprefix("--"),
            )
        if name in ("status", "compare"):
            add_json(action)

    return fill
