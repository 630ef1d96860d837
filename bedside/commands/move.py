"""`bedside move`: a closed ward goes from its file to a server, and every field of it is compared.

As for a change of keys an administrator does it together with any second person; the trail names both.
"""

import argparse
from contextlib import closing
from pathlib import Path
from typing import TextIO

from bedside.app import open_ward, system_clock, ward_folder
from bedside.commands.answers import as_json
from bedside.commands.ward_encrypting import both_named
from bedside.commands.ward_keys import ask_in_terminal
from bedside.store.keys import Keys, has_keys
from bedside.store.move_mark import read_mark
from bedside.store.server_address import ServerAddress, is_address, read_address
from bedside.store.troubles import NotSaved
from bedside.units.refusal import Refused
from bedside.ward.backup import back_up
from bedside.ward.shared_files import share_files

_TO = "postgresql+psycopg://ward_owner@ward-db.hospital.example/ward7"


def run(args: argparse.Namespace, out: TextIO) -> int:
    """Move the ward, take a begun move back, or bring a moved ward's tables up to this program's."""
    if args.server:
        from bedside.commands.move_back import run as move_back

        return move_back(args, out)
    if not is_address(args.to):
        raise Refused(f"A ward is moved to a server: write its address like {_TO}.")
    address, folder = read_address(args.to), ward_folder(args.ward)
    if args.bring_up:
        return _bring_up(args, folder, address, out)
    if args.give_up:
        return _give_up(folder, address, out)
    return _move(args, folder, address, out)


def _move(args: argparse.Namespace, folder: Path, address: ServerAddress, out: TextIO) -> int:
    from bedside.store.move_to_server import move_to_server

    who, keys = _who_and_keys(args, folder)
    lines = 0 if args.json else 1

    def said(table: str) -> None:
        if lines:
            print(f"  {table.replace('_', ' ')}", file=out, flush=True)

    try:
        moved = move_to_server(
            folder, address, who=who, now=system_clock()(), keys=keys,
            role=args.program_role, said=said,
        )  # fmt: skip
    except NotSaved as error:
        raise Refused(
            f"Nothing was moved. {error.words}", "The ward lies in its file as before."
        ) from error
    if args.json:
        print(
            as_json({"to": address.shown, "rows": moved.head.seq, "head": moved.head.seal}),
            file=out,
        )
        return 0
    print(
        f"The ward lies in {address.shown} now: every field was compared, the whole trail", file=out
    )
    print("walked. What lies in its folder is its state until now, kept as it was.", file=out)
    print(
        "Set each station to it: BEDSIDE_STORE, or the file ward.server in its folder, with",
        file=out,
    )
    print(f"that station's own role. Newest seal: {moved.head.seal[:12]}.", file=out)
    if keys is not None:
        print("A new station asks for the ward passphrase, or the recovery code, once.", file=out)
    return 0


def _who_and_keys(args: argparse.Namespace, folder: Path) -> tuple[str, Keys | None]:
    """Who moves it, each by the own passphrase, and the ward's keys; a copy is made before."""
    mark = read_mark(folder)
    if mark is not None and mark.state == "done":
        raise Refused(f"This ward was moved already: it lies in {mark.to}.")
    begun = mark is not None
    ward = open_ward(folder, system_clock(), create=False, ask=ask_in_terminal, moving=True)
    try:
        first, second = both_named(ward, args)
        if not begun:
            back_up(ward, "before it is moved to a server")
        share_files(ward, first)
        return (f"{first} and {second}" if second else first), ward.store.keys
    except NotSaved as error:
        raise Refused(f"Nothing was moved. {error.words}") from error
    finally:
        ward.store.close()


def _give_up(folder: Path, address: ServerAddress, out: TextIO) -> int:
    from bedside.store.move_to_server import give_up_move

    ward = open_ward(folder, system_clock(), create=False, ask=ask_in_terminal, moving=True)
    keys = ward.store.keys
    ward.store.close()
    give_up_move(folder, address, now=system_clock()(), keys=keys)
    print("The move was taken back: the ward lies in its file, as before.", file=out)
    return 0


def _bring_up(args: argparse.Namespace, folder: Path, address: ServerAddress, out: TextIO) -> int:
    from bedside.store.server_driver import connect_server
    from bedside.store.server_opening import bring_up_on_server
    from bedside.ward.unlocking import Unlocking

    keys: Keys | None = None
    if has_keys(folder):
        lock = Unlocking(folder, system_clock())
        ask_in_terminal(lock)
        keys = lock.keys
    with closing(connect_server(address)) as driver:
        done = bring_up_on_server(
            driver, now=system_clock()(), role=args.program_role,
            seal_key=None if keys is None else keys.seal,
        )  # fmt: skip
    what = "was brought up to this Bedside" if done else "is of this Bedside already"
    print(f"The ward in {address.shown} {what}.", file=out)
    return 0
