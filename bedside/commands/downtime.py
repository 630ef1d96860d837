"""`bedside downtime`: the 72-hour sheets of every infant as one PDF."""

import argparse
from pathlib import Path
from typing import TextIO

from bedside.app import open_ward, open_while_away, system_clock, ward_folder
from bedside.store.station_copy import has_station_copy
from bedside.store.troubles import Hindered
from bedside.ward.downtime_sheets import print_downtime
from bedside.ward.unlocking import Unlocking


def run(args: argparse.Namespace, out: TextIO) -> int:
    """Print the downtime sheets of a closed ward; of a station's copy while its server is away."""
    from bedside.commands.terminal_sign_in import who_prints
    from bedside.commands.ward_keys import ask_in_terminal

    folder, clock = ward_folder(args.ward), system_clock()
    asked: list[Unlocking] = []

    def ask(lock: Unlocking) -> None:
        ask_in_terminal(lock)
        asked.append(lock)  # it is asked for once, whether the server answers or not

    try:
        ward = open_ward(folder, clock, create=False, ask=ask)
    except Hindered as away:
        if away.kind != "server" or not has_station_copy(folder):
            raise
        ward = open_while_away(folder, clock, asked[-1].keys if asked else None, ask)
    try:
        target = Path(args.output)
        print_downtime(ward, target, who=who_prints(ward, args.by))
    finally:
        ward.store.close()
    print(f"The downtime sheets are in {target}.", file=out)
    if ward.emergency:
        print(f"The ward's server does not answer: they are of the {ward.emergency}.", file=out)
    return 0
