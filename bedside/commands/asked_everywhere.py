"""Options that mean the same at every command: the ward's folder, and an answer for a program."""

from bedside.commands.parser import Once, StrictParser


def add_ward_folder(parser: StrictParser) -> None:
    """Add --ward."""
    parser.add_argument(
        "--ward", metavar="DIR", action=Once, help="the ward's folder (default: this workstation's)"
    )


def add_json(parser: StrictParser) -> None:
    """Add --json."""
    parser.add_argument("--json", action="store_true", help="print one JSON object")
