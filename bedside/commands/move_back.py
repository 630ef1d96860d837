"""`bedside move --from SERVER --to FOLDER`: a ward on a server comes back to one workstation, for good."""

import argparse
from contextlib import closing
from pathlib import Path
from typing import TextIO

from bedside.app import has_ward, open_ward, server_of_station, system_clock, ward_folder
from bedside.commands.answers import as_json
from bedside.commands.ward_encrypting import both_named
from bedside.commands.ward_keys import ask_in_terminal
from bedside.store.keys import Keys, has_keys
from bedside.store.server_address import is_address, read_address
from bedside.store.station import server_of
from bedside.store.troubles import NotSaved
from bedside.units.refusal import Refused
from bedside.ward.backup import back_up


def run(args: argparse.Namespace, out: TextIO) -> int:
    """Bring the ward back, or open it to its stations again where that was begun and is given up."""
    from bedside.store.server_driver import connect_server

    if is_address(args.to):
        raise Refused("With --from a ward comes into a folder: write --to and an empty folder.")
    station, target = ward_folder(args.ward), Path(args.to)
    with closing(connect_server(read_address(args.server))) as driver:
        if args.give_up:
            return _give_up(args, target, driver, out)
        from bedside.store.move_from_server import move_from_server
        from bedside.store.server_rights import is_closed

        # begun already: the two have shown that it is they, and no station opens it any more
        begun = is_closed(driver, args.program_role)
        who, keys = _keys_alone(args, station) if begun else _who_and_keys(args, station)
        try:
            moved = move_from_server(
                driver, target, who=who, now=system_clock()(), keys=keys, keys_in=station,
                role=args.program_role,
            )  # fmt: skip
        except NotSaved as error:
            raise Refused(
                f"Nothing was moved. {error.words}", "The ward lies on the server as before."
            ) from error
    if args.json:
        print(
            as_json({"to": str(target), "rows": moved.head.seq, "head": moved.head.seal}), file=out
        )
        return 0
    print(f"The ward lies in {target} now: every field was compared, the whole trail", file=out)
    print(
        "walked. What lies on the server is its state until now; no station records in it", file=out
    )
    print(
        "any more. Take BEDSIDE_STORE, or the file ward.server, away from each station.", file=out
    )
    return 0


def _who_and_keys(args: argparse.Namespace, station: Path) -> tuple[str, Keys | None]:
    """Who does it, each by the own passphrase, at a station of the ward; a copy is made before."""
    if server_of_station(station) is None and server_of(station) is None and not has_ward(station):
        raise Refused(
            f"There is no station of that ward in {station}: nothing was moved.",
            "Give this command at a station, or name its folder with --ward.",
        )
    ward = open_ward(station, system_clock(), create=False, ask=ask_in_terminal)
    try:
        if not ward.store.shared:
            raise Refused(
                f"The ward in {station} lies on no server: nothing was moved.",
                "Name the folder of a station of that ward with --ward.",
            )
        first, second = both_named(ward, args)
        back_up(ward, "before it is moved to a workstation")
        return (f"{first} and {second}" if second else first), ward.store.keys
    except NotSaved as error:
        raise Refused(f"Nothing was moved. {error.words}") from error
    finally:
        ward.store.close()


def _keys_alone(args: argparse.Namespace, station: Path) -> tuple[str, Keys | None]:
    from bedside.ward.people import named
    from bedside.ward.unlocking import Unlocking

    who = (
        " and ".join(named(name) for name in (args.by or "", args.and_by or "") if name)
        or "Bedside"
    )
    if not has_keys(station):
        return who, None
    lock = Unlocking(station, system_clock())
    ask_in_terminal(lock)
    return who, lock.keys


def _give_up(args: argparse.Namespace, target: Path, driver: object, out: TextIO) -> int:
    from bedside.store.move_from_server import give_up_move_back

    give_up_move_back(driver, target, args.program_role)  # type: ignore[arg-type]  # a driver of the server
    print("The move was taken back: the stations record in the ward on the server again.", file=out)
    return 0
