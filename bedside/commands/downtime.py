"""`bedside downtime`: the 72-hour sheets of every infant as one PDF."""

import argparse
from pathlib import Path
from typing import TextIO

from bedside.app import open_ward, system_clock, ward_folder
from bedside.ward.downtime_sheets import print_downtime


def run(args: argparse.Namespace, out: TextIO) -> int:
    """Print the downtime sheets of a closed ward."""
    from bedside.commands.terminal_sign_in import who_prints
    from bedside.commands.ward_keys import ask_in_terminal

    ward = open_ward(ward_folder(args.ward), system_clock(), create=False, ask=ask_in_terminal)
    try:
        target = Path(args.output)
        print_downtime(ward, target, who=who_prints(ward, args.by))
    finally:
        ward.store.close()
    print(f"The downtime sheets are in {target}.", file=out)
    return 0
