"""`bedside backup` and `bedside restore`: copies of a ward, restored or tried out without a window."""

import argparse
from contextlib import closing
from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import TextIO

from msgspec import to_builtins

from bedside.app import (
    assemble,
    open_ward,
    run_desktop,
    server_of_station,
    system_clock,
    ward_folder,
)
from bedside.commands.answers import aligned, as_json
from bedside.commands.terminal_sign_in import person_named
from bedside.commands.ward_keys import ask_in_terminal, ask_secret
from bedside.rescue import open_copy, refuse_at_station
from bedside.store.copy_folders import copies_in
from bedside.store.keys import Keys
from bedside.store.opening import BACKUPS, FILE, open_store, open_to_read
from bedside.store.station import server_of
from bedside.store.troubles import NotSaved
from bedside.units.counted import so_many
from bedside.units.dates import write_date_time
from bedside.units.refusal import Refused
from bedside.ward.backup import HERE, back_up, last_copy, lines_of
from bedside.ward.copy_keys import PLAIN, CopyKeys, ask_for_keys
from bedside.ward.drill import drill
from bedside.ward.emergency import copy_to_read
from bedside.ward.restore_signing import Signing
from bedside.ward.restoring import preview_closed, put_in_place
from bedside.ward.views.backup import CopyLine, Preview
from bedside.ward.ward import Ward

FAILED = 1
_MOST_LOST = 20


def run_backup(args: argparse.Namespace, out: TextIO) -> int:
    """Make a copy of a closed ward.

    Raises:
        Refused: the ward is open in a window, or its disk does not take the copy.
    """
    folder = ward_folder(args.ward)
    ward = open_ward(folder, system_clock(), create=False, ask=ask_in_terminal)
    try:
        done = back_up(ward, "by command")
    except NotSaved as error:
        raise Refused(f"No copy was made. {error.words}") from error
    finally:
        ward.store.close()
    if args.json:
        print(as_json(to_builtins(done)), file=out)
        return 0
    print(f"Copy {done.name}: {done.records} records, proved.", file=out)
    if done.second:
        print(f"Second medium: {done.second}", file=out)
    return 0


def run_restore(args: argparse.Namespace, out: TextIO) -> int:
    """List copies, try the newest one out, or put one in the ward's place."""
    folder = ward_folder(args.ward)
    above = Path(args.medium) if args.medium else folder / BACKUPS
    at = system_clock()()
    if args.drill:
        return _drill(args, folder, above if args.medium else None, at, out)
    if args.read_only:
        return _read(args, folder, above if args.medium else None)
    lines = lines_of(above, str(above) if args.medium else HERE, folder=folder)
    if args.copy is None:
        return _list(lines, above, args, out)
    copy = _chosen(lines, args.copy, above)
    who, second = args.by or "", args.and_by or ""
    if not (who.strip() and second.strip()):
        raise Refused(
            "A restore needs two people: name them with --by and --and-by. Nothing was changed."
        )
    if args.to:
        from bedside.commands.restore_to_server import run as restore_to_server

        return restore_to_server(args, folder, copy.folder, out)
    refuse_at_station(folder)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    opened = keys_of_copy(folder, copy.folder)
    try:
        seen = preview_closed(folder, copy.folder, at, opened)
        sign(seen, opened.keys, who, second)
        aside = put_in_place(folder, seen.prepared, at)
    except NotSaved as error:
        raise Refused(f"Nothing was restored. {error.words}") from error
    # the restored ward opens: the order is done
    open_store(folder, now=at, create=False, keys=opened.keys).close()
    return _said(seen, aside, args, out)


def keys_of_copy(folder: Path, copy: Path) -> CopyKeys:
    """What opens a copy; asked for in the terminal where it is encrypted."""
    opened = ask_for_keys(folder, copy, system_clock(), ask_in_terminal)
    if opened is None:
        raise Refused("This copy is encrypted: nothing was changed.")
    return opened


def sign(seen: Preview, keys: Keys | None, who: str, second: str) -> None:
    """Record who restores; in a ward with people both show it by their own passphrases."""
    clock = system_clock()
    with closing(open_to_read(seen.prepared, keys)) as store:
        signing = Signing(seen, assemble(store, clock), keys, clock)
        if not signing.by_people:
            signing.sign_by_name(who, second)
            return
        first, other = (person_named(signing.ward, name) for name in (who, second))
        signing.sign_by_secret(
            *((one.id, ask_secret(f"Passphrase of {one.name}: ")) for one in (first, other))
        )


def _read(args: argparse.Namespace, folder: Path, above: Path | None) -> int:
    """Open the window on a copy, to read and print only."""
    if args.copy in (None, "newest"):
        line = copy_to_read(folder, above)
        if line is None:
            raise Refused(f"There is no good copy in {above or folder / BACKUPS}.")
        chosen = line.folder
    else:
        place = above or folder / BACKUPS
        chosen = _chosen(lines_of(place, str(place)), args.copy, place).folder
    opened = keys_of_copy(folder, chosen)
    return run_desktop(open_copy(chosen, system_clock(), opened.keys), who=args.by or "")


def _drill(
    args: argparse.Namespace, folder: Path, copies: Path | None, at: datetime, out: TextIO
) -> int:
    last = last_copy(copies_in(copies or folder / BACKUPS))
    opened = PLAIN if last is None else keys_of_copy(folder, last.folder)
    keys = opened.keys
    began = perf_counter()
    ward: Ward | None = None
    try:
        station = server_of_station(folder) or server_of(folder)
        fitting = None if keys is None else keys.fitting(folder / FILE)
        ward = open_ward(folder, system_clock(), create=False, keys=keys if station else fitting)
    except Refused:
        ward = None  # open in a window, or damaged: the copy is tried out all the same
    try:
        found = drill(folder, at, ward, lambda: f"{perf_counter() - began:.1f}", copies, keys)
    finally:
        if ward is not None:
            ward.store.close()
    if args.json:
        print(as_json(to_builtins(found)), file=out)
    else:
        for line in found.lines:
            print(line, file=out)
        print(f"{'Drill passed' if found.ok else 'DRILL FAILED'}, {found.seconds} s.", file=out)
    return 0 if found.ok else FAILED


def _list(lines: list[CopyLine], above: Path, args: argparse.Namespace, out: TextIO) -> int:
    if args.json:
        print(as_json({"copies": to_builtins(lines, enc_hook=str)}), file=out)
        return 0
    if not lines:
        raise Refused(f"There is no copy of a ward in {above}. Name another folder with --from.")
    rows = [("COPY", "MADE (UTC)", "RECORDS", "INFANTS", "WHY", "STATE")]
    for line in lines:
        made = "unknown" if line.made_at is None else write_date_time(line.made_at)
        rows.append((line.name, made, str(line.records), str(line.infants), line.why, line.state))
    for text in aligned(rows):
        print(text, file=out)
    if any(line.older_keys for line in lines):
        print("What older keys open is removed by bedside ward remove-old-copies.", file=out)
    return 0


def _chosen(lines: list[CopyLine], wanted: str, above: Path) -> CopyLine:
    for line in lines:
        if line.name == wanted or (wanted == "newest" and line.newest):
            if not line.good:
                raise Refused(
                    f"The copy {line.name} is damaged: choose another. Nothing was changed."
                )
            return line
    known = ", ".join(line.name for line in lines if line.good) or "none"
    raise Refused(f"There is no copy {wanted} in {above}; the good ones are {known}.")


def _said(seen: Preview, aside: Path, args: argparse.Namespace, out: TextIO) -> int:
    if args.json:
        print(
            as_json(
                {
                    "restored": seen.name,
                    "infants": list(seen.infants),
                    "records": seen.records,
                    "relation": seen.relation,
                    "lost": to_builtins(seen.lost),
                    "old_ward": str(aside),
                }
            ),
            file=out,
        )
        return 0
    print(f"Restored from the copy of {write_date_time(seen.made_at)}.", file=out)
    print(f"It holds {so_many(len(seen.infants), 'infant')}: {'; '.join(seen.infants)}.", file=out)
    if seen.relation == "unknown":
        print("What was recorded after it cannot be told: the old ward cannot be read.", file=out)
    elif seen.lost:
        print(f"Later acts that are not in it: {len(seen.lost)}, the newest first:", file=out)
        for act in seen.lost[:_MOST_LOST]:
            about = f", {act.infant}" if act.infant else ""
            print(f"  {write_date_time(act.at)}  {act.act}{about}  ({act.who})", file=out)
        if len(seen.lost) > _MOST_LOST:
            print(f"  and {len(seen.lost) - _MOST_LOST} more", file=out)
    if seen.lost or seen.relation == "unknown":
        print("Bedside lists it, and doses wait, until each line is settled (Ctrl+R).", file=out)
    print(f"The old ward is kept in {aside}.", file=out)
    return 0
