"""The front door of the command line: `bedside`, its commands, and what each prints and returns.

Exit 0: done or answered. Exit 2: refused, nothing done, one line on standard error that says what,
why and what would be right. Exit 1: this workstation is not fit (`bedside doctor`).

Decision: the ward's own window is opened without reading what every other command needs; a nurse
waits for the first screen, and nobody waits for `calc --help`.
"""

import gc
import os
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from bedside import __version__
from bedside.machine_zone import MACHINE
from bedside.units.refusal import Refused

if TYPE_CHECKING:
    import argparse

    from bedside.commands.parser import StrictParser
    from bedside.ward.ward import Ward

REFUSED = 2
_WINDOW_WORDS = ("--ward", "--by")


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    typed = list(sys.argv[1:]) if words is None else list(words)
    window = window_words(typed)
    if window is not None:
        return open_window(window.get("--ward"), window.get("--by") or "")
    try:
        args = build_parser().parse_args(typed)
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else REFUSED
    try:
        code = run(args, sys.stdout, sys.stderr)
        if sys.stdout:  # a program may be started with its stream closed
            sys.stdout.flush()
        return code
    except BrokenPipeError:
        # who reads has seen enough (`| head`): done, and nothing is left to be flushed at the end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Refused as refusal:
        from bedside.commands.answers import complain

        complain(sys.stderr, f"bedside: {' '.join(refusal.reasons)}")
        return REFUSED


def window_words(words: Sequence[str]) -> dict[str, str] | None:
    """The window's own options, where nothing else was typed; None leaves it to the full parser."""
    names, values = words[::2], words[1::2]
    plain = all(value and not value.startswith("-") for value in values)
    if len(names) != len(values) or not plain or not set(names) <= set(_WINDOW_WORDS):
        return None
    return dict(zip(names, values, strict=True)) if len(set(names)) == len(names) else None


def open_window(folder: str | None, who: str) -> int:
    """Open the ward on this workstation; a refusal has its page where there is a screen."""
    gc.disable()  # until the first paint: nothing of a start is garbage
    from bedside.app import run_desktop, ward_folder

    try:
        ward = _opened(ward_folder(folder))
        return REFUSED if ward is None else run_desktop(ward, who=who)
    except Refused as refusal:
        from bedside.commands.answers import complain

        complain(sys.stderr, f"bedside: {' '.join(refusal.reasons)}")
        return REFUSED
    finally:
        gc.enable()


def _opened(folder: Path) -> "Ward | None":
    """The ward in a folder, made first where there is none; None where the person left."""
    from bedside import app

    clock = app.system_clock()
    if not has_display():
        return app.open_ward(folder, clock, create=True, meanwhile=app.load_desktop)
    if app.has_ward(folder) or app.server_of_station(folder) is not None:
        return app.open_on_screen(folder, clock)  # of a new station the folder is empty
    from bedside.first_start import first_start, place_is_fit

    if not place_is_fit(folder, clock):
        return None
    keys = first_start(folder, clock)
    there = keys is not None or app.has_ward(folder)  # made now, or put back from a second medium
    return app.open_on_screen(folder, clock, keys) if there else None


def has_display() -> bool:
    """Whether a window could be shown."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def build_parser() -> "StrictParser":
    """The words that `bedside` understands."""
    from bedside.commands.calc import add_calc
    from bedside.commands.front_parser import FrontParser
    from bedside.commands.parser import StrictParser
    from bedside.commands.protocol_options import add_protocol
    from bedside.commands.ward_options import add_ward_commands

    parser = FrontParser(
        prog="bedside",
        description=(
            "Bedside: infants with leukaemia on Interfant-06 and AALL15P1.\n"
            "Without a command it opens the ward on this workstation.\n"
            "Decision support, not a licensed medical device: verify against your protocol."
        ),
        example="bedside demo",
    )
    parser.add_argument("--version", action="version", version=f"Bedside {__version__}")
    parser.add_options_before()
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=StrictParser)
    add_calc(commands)
    add_protocol(commands)
    add_ward_commands(commands)
    return parser


def run(args: "argparse.Namespace", out: TextIO, err: TextIO) -> int:
    """Carry out one command that was understood."""
    if args.command == "calc":
        from bedside.commands.calc import run_calc

        return run_calc(args, out, err)
    if args.command == "doctor":
        return run_doctor(args, out)
    if args.command == "protocol":
        from bedside.commands import protocol_commands

        return protocol_commands.run(args, out, err)
    if args.command is None:
        return open_window(args.ward, args.by or "")
    from bedside.commands import ward_commands

    return ward_commands.run(args, out)


def run_doctor(args: "argparse.Namespace", out: TextIO) -> int:
    """Examine this workstation; nothing that could be missing is imported before it says so."""
    from bedside.doctor import run as examine_and_say
    from bedside.store.station import server_of

    now = datetime.now(MACHINE)
    folder = Path(args.ward) if args.ward else default_ward_folder()
    own = None if args.ward else os.environ.get("BEDSIDE_STORE")
    return examine_and_say(
        folder, now, args.json, out, Path(args.site_values) if args.site_values else None,
        own or server_of(folder),
    )  # fmt: skip


def default_ward_folder() -> Path:
    """This workstation's ward folder; found without any library where that library is missing."""
    try:
        from platformdirs import user_data_path
    except ImportError:
        return Path.home() / ".local" / "share" / "bedside" / "ward"
    return user_data_path("bedside") / "ward"
