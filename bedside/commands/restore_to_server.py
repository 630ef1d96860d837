"""`bedside restore --copy NAME --to SERVER`: a copy becomes the ward in an empty database of a server.

As everywhere it is written out beside, opened and verified, two people say so, and what later acts it
does not hold is recorded in it; then it is moved to the server as any ward is, field by field.
"""

import argparse
import shutil
from pathlib import Path
from typing import TextIO

from bedside.app import open_ward, system_clock
from bedside.commands.answers import as_json
from bedside.commands.backup import keys_of_copy, sign
from bedside.store.server_address import read_address
from bedside.store.troubles import NotSaved
from bedside.units.counted import so_many
from bedside.units.dates import write_date_time
from bedside.units.refusal import Refused
from bedside.ward.copy_keys import CopyKeys
from bedside.ward.restoring import preview, preview_closed
from bedside.ward.views.backup import Preview


def run(args: argparse.Namespace, folder: Path, copy: Path, out: TextIO) -> int:
    """Restore a copy into an empty database.

    Args:
        args: of the command.
        folder: of the ward or the station whose copy it is.
        copy: the copy's folder.
        out: where to print.

    Raises:
        Refused: the database is not empty, or nobody signed; nothing is kept there.
    """
    from bedside.store.move_to_server import move_to_server

    address, clock = read_address(args.to), system_clock()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    opened = keys_of_copy(folder, copy)
    prepared: Path | None = None
    try:
        seen = _seen(folder, copy, opened)
        prepared = seen.prepared
        sign(seen, opened.keys, args.by, args.and_by)
        moved = move_to_server(
            prepared, address, who=f"{args.by} and {args.and_by}", now=clock(), keys=opened.keys,
            role=args.program_role,
        )  # fmt: skip
    except NotSaved as error:
        raise Refused(f"Nothing was restored. {error.words}") from error
    finally:
        if prepared is not None:
            shutil.rmtree(prepared, ignore_errors=True)
    return _said(args, seen, address.shown, moved.head.seal, out)


def _said(args: argparse.Namespace, seen: Preview, shown: str, head: str, out: TextIO) -> int:
    if args.json:
        lost = len(seen.lost)
        print(as_json({"restored": seen.name, "to": shown, "lost": lost,
                       "head": head}), file=out)  # fmt: skip
        return 0
    print(f"Restored from the copy of {write_date_time(seen.made_at)} into {shown}.", file=out)
    print(f"It holds {so_many(len(seen.infants), 'infant')}: {'; '.join(seen.infants)}.", file=out)
    if seen.relation == "unknown":
        print("What was recorded after it cannot be told: the old ward cannot be read.", file=out)
    elif seen.lost:
        print(f"Later acts that are not in it: {len(seen.lost)}.", file=out)
    print(
        "Set each station to it (BEDSIDE_STORE, or the file ward.server), and close the old",
        file=out,
    )
    print(
        "database to everybody: two living wards would each get a part of what happens.", file=out
    )
    return 0


def _seen(folder: Path, copy: Path, opened: CopyKeys) -> Preview:
    """Hold the copy against the ward as it is, where that can still be read."""
    clock = system_clock()
    try:
        ward = open_ward(folder, clock, create=False, keys=opened.keys)
    except Refused:
        return preview_closed(folder, copy, clock(), opened)
    try:
        return preview(ward, copy)
    finally:
        ward.store.close()
