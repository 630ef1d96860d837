"""The words of `bedside backup`, `bedside restore` and `bedside downtime`."""

import argparse

from bedside.commands.asked_everywhere import add_json, add_ward_folder
from bedside.commands.parser import Once, StrictParser

RESTORE = "bedside restore --copy newest --by 'E. Berg, RN' --and-by 'M. Keller, physician'"


def add_backup(commands: "argparse._SubParsersAction[StrictParser]") -> None:
    """Add the commands that copy a ward, restore it, and print the downtime sheets."""
    backup = commands.add_parser(
        "backup",
        help="make a proved copy of the ward, here and on the second medium",
        description=(
            "Makes a copy of the ward, proves it, and thins the older ones.\n"
            "An open window makes copies by itself, and on its page Backup (F11)."
        ),
        example="bedside backup",
    )
    add_ward_folder(backup)
    add_json(backup)
    _add_restore(commands)
    downtime = commands.add_parser(
        "downtime",
        help="print the 72-hour downtime sheets of every infant as one PDF",
        description="Prints what the ward needs for 72 hours without Bedside. No dosing sheet.",
        example="bedside downtime -o downtime.pdf",
    )
    add_ward_folder(downtime)
    downtime.add_argument(
        "-o", "--output", metavar="FILE", required=True, action=Once, help="the PDF"
    )
    downtime.add_argument(
        "--by",
        metavar="NAME",
        action=Once,
        help="who prints; in a ward with people the passphrase is asked",
    )


def add_move(commands: "argparse._SubParsersAction[StrictParser]") -> None:
    """Add the command that moves a ward to a server."""
    move = commands.add_parser(
        "move",
        help="move the ward to a database server that several workstations share",
        description=(
            "Moves the closed ward to an empty PostgreSQL database, as its owner's role. All of it is\n"
            "laid there in one go, read back, compared field by field, and only then kept; stopped\n"
            "before that, nothing is there and the ward lies in its file as before. Give the same\n"
            "command once more to go on. The address never holds a password. With --from it goes the\n"
            "other way, for good: the ward on the server is closed to every station and laid into an\n"
            "empty folder."
        ),
        example="bedside move --to postgresql+psycopg://ward_owner@ward-db.hospital.example/ward7",
    )
    add_ward_folder(move)
    add_json(move)
    move.add_argument(
        "--to",
        metavar="URL|DIR",
        required=True,
        action=Once,
        help="the address of the empty database; with --from the new folder",
    )
    move.add_argument(
        "--from",
        dest="server",
        metavar="URL",
        action=Once,
        help="the ward on a server, as its owner's role: it comes back to one workstation",
    )
    _program_role(move, "")
    move.add_argument("--by", metavar="NAME", action=Once, help="who moves it")
    move.add_argument("--and-by", metavar="NAME", action=Once, help="the second person")
    _move_flags(move)


def _move_flags(move: StrictParser) -> None:
    move.add_argument(
        "--give-up",
        action="store_true",
        help="take a begun move back: the ward is where it was before, and nowhere else",
    )
    move.add_argument(
        "--bring-up",
        action="store_true",
        help="bring the tables of the ward that lies there up to this Bedside",
    )


def _add_restore(commands: "argparse._SubParsersAction[StrictParser]") -> None:
    restore = commands.add_parser(
        "restore",
        help="put a copy in the ward's place, or try that out",
        description=(
            "Without --copy it lists the copies. With --copy it writes that copy out beside the\n"
            "ward, opens and verifies it, says what would be lost, and, with two names, puts it in\n"
            "the ward's place. The old ward is kept aside. With --drill nothing is changed: the\n"
            "newest copy is restored into a scratch folder, verified whole, compared, removed.\n"
            "Exit 1: the drill found no copy that can be restored."
        ),
        example=RESTORE,
    )
    add_ward_folder(restore)
    restore.add_argument(
        "--from",
        dest="medium",
        metavar="DIR",
        action=Once,
        help="a folder of copies elsewhere, e.g. on the second medium",
    )
    restore.add_argument(
        "--copy", metavar="NAME", action=Once, help="a copy from the list, or newest"
    )
    restore.add_argument(
        "--to",
        metavar="URL",
        action=Once,
        help="restore into an empty database on a server, as its owner's role",
    )
    _program_role(restore, "with --to: ")
    restore.add_argument("--by", metavar="NAME", action=Once, help="who restores")
    restore.add_argument("--and-by", metavar="NAME", action=Once, help="the second person")
    restore.add_argument(
        "--read-only",
        action="store_true",
        help="open the window on the copy, to read and print only; nothing is changed",
    )
    restore.add_argument("--drill", action="store_true", help="try the newest copy out")
    add_json(restore)


def _program_role(parser: StrictParser, when: str) -> None:
    parser.add_argument(
        "--program-role",
        metavar="ROLE",
        default="bedside_program",
        help=f"{when}the role to which the stations belong (default: bedside_program)",
    )
