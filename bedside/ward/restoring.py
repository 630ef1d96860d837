"""Restore: a copy is written out beside the ward, opened and verified, shown, and only then put in place.

Two people name themselves. What happened is recorded in the restored ward itself; the old ward is
kept whole in a folder of its own, whose name is said.
"""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Literal

import msgspec
from msgspec.structs import replace

from bedside.store.copy_folders import CopyNote, check_copy, copies_in, set_aside, stamp
from bedside.store.driver import open_driver, reading_errors
from bedside.store.keys import Keys
from bedside.store.lock import WardLock
from bedside.store.opening import BACKUPS, FILE, open_store
from bedside.store.queries import all_of
from bedside.store.records import Infant, SiteSetting
from bedside.store.restoring import RESTORED, order_restore, prepare
from bedside.store.store import Store
from bedside.store.troubles import Damaged
from bedside.units.dates import write_date_time
from bedside.units.refusal import Refused
from bedside.ward.backup import copy_at
from bedside.ward.copy_keys import PLAIN, CopyKeys, keys_for, take_own_keys
from bedside.ward.people import named, person_key
from bedside.ward.restored_missing import missing_acts
from bedside.ward.restored_reading import Ask, Rows, lost_acts, parted_after, read_lost, rows_after
from bedside.ward.restored_record import keep_restore
from bedside.ward.views.backup import LostFrom, Preview
from bedside.ward.ward import Ward, fixed

RESTORED_THERE = (
    "its ward lies on a server, and a copy is restored into an empty database there. Nothing was changed.",
    "Whoever looks after the server does it: bedside restore --copy NAME --to "
    "postgresql+psycopg://ward_owner@…/… (README, Several workstations on one ward).",
)
Relation = Literal["before", "same", "apart", "unknown"]
_AT_SQL = "SELECT hash FROM audit WHERE seq = ?"


def why_not_here(ward: Ward) -> tuple[str, ...]:
    """Why no copy takes the place of this ward from its window; empty where one may."""
    if not ward.store.shared:
        return ()
    return (f"This is a station: {RESTORED_THERE[0]}", RESTORED_THERE[1])


def preview(ward: Ward, copy_folder: Path) -> Preview:
    """Write a copy out beside the open ward and compare the two.

    Raises:
        Refused: it is damaged (and set aside), or of another ward; the ward stays as it is.
        NotSaved: there is no room for it.
    """
    folder, at = ward.store.folder, ward.wall_clock()  # the zone: a copy may be of the summer
    opened = keys_for(ward.store.keys, copy_folder)
    note, prepared = _prepared(folder, copy_folder, at, opened)
    with ward.store.reading() as connection:
        mine = connection.exec_driver_sql("SELECT ward_id FROM ward").fetchone()
        if mine is not None and mine[0] != note.ward_id:
            raise Refused("This copy is of another ward: nothing was changed.")

        def ask(sql: str, values: tuple[int, ...]) -> Rows:
            return connection.exec_driver_sql(sql, values).fetchall()

        relation, lost = _read(ask, note, prepared, at, opened.keys)
    shown = _shown(note, prepared, at, relation, lost, opened.keys)
    return replace(shown, newest=_is_newest(note, folder, copy_folder))


def preview_closed(
    folder: Path, copy_folder: Path, at: datetime, opened: CopyKeys = PLAIN
) -> Preview:
    """The same for a ward that is closed, or too damaged to be opened.

    Args:
        folder: the ward's folder.
        copy_folder: the folder of the copy.
        at: now (aware).
        opened: what opens an encrypted copy (`bedside.ward.copy_keys.ask_for_keys`).
    """
    lock = WardLock(folder)  # refused while a window has the ward open
    try:
        note, prepared = _prepared(folder, copy_folder, at, opened)
        relation, lost = _compare_closed(folder, note, prepared, at, opened.keys)
    finally:
        lock.release()
    shown = _shown(note, prepared, at, relation, lost, opened.keys)
    return replace(shown, newest=_is_newest(note, folder, copy_folder))


def _is_newest(note: CopyNote, folder: Path, copy_folder: Path) -> bool:
    """Whether no good copy of this ward is newer, here or where the copy lies."""
    notes = [
        other.note
        for place in {folder / BACKUPS, copy_folder.parent}
        for other in copies_in(place)
        if other.note is not None and other.note.ward_id == note.ward_id
    ]
    return all(other.number <= note.number for other in notes)


def confirm(
    prepared: Preview, ward: Ward, at: datetime, *, who: str, second: str, keys: Keys | None = None
) -> None:
    """Record in the restored ward who restores it from what, and every later act that is not in it.

    Args:
        prepared: what both have seen.
        ward: whose protocols, drugs and clock are the program's; its records are not looked at.
        at: now (aware).
        who: the person who restores.
        second: another person, who has read what would be lost.
        keys: of the prepared ward, None where it is plain.

    Raises:
        Refused: they are not two people.
    """
    who, second = named(who), named(second)
    if person_key(who) == person_key(second):
        raise Refused("A restore needs two people: the second name is the first one's.")
    later = len(prepared.lost)
    lost = "1 later act" if later == 1 else f"{later} later acts"
    words = (
        f"copy of {write_date_time(prepared.made_at)} ({prepared.why}), restored by {who}, "
        f"second {second}; {lost} not in it"
    )
    store = open_store(prepared.prepared, now=at, create=False, keys=keys)
    try:
        missing = missing_acts(as_ward(ward, store), prepared, at)
        with store.change(who, RESTORED, at) as change:
            for row in all_of(change.connection, SiteSetting):
                if row.key == "restored":
                    change.void(SiteSetting, row.id, "restored again")
            change.add(SiteSetting, key="restored", value=words)
            keep_restore(change, prepared, missing, (who, second))
    finally:
        store.close()


def as_ward(ward: Ward, store: Store) -> Ward:
    """The copy as a ward that can be read."""
    return replace(
        ward,
        store=store,
        kept_facts={},
        kept_until=0,
        kept_dlt=None,
        kept_waiting={},
        signed_in=None,
        _zone=None,
        _site=None,
        _recorded=("", (), {}),
        _filled={},
    )


def put_in_place(folder: Path, prepared: Path, at: datetime) -> Path:
    """Let a confirmed restore take the closed ward's place at its next opening.

    Returns:
        Where the old ward will lie.

    Raises:
        NotSaved: the disk did not take it; the ward stays as it is.
    """
    lock = WardLock(folder)
    try:
        return order_restore(folder, prepared, at)
    finally:
        lock.release()


def _prepared(
    folder: Path, copy_folder: Path, at: datetime, opened: CopyKeys
) -> tuple[CopyNote, Path]:
    copy = copy_at(copy_folder)
    try:
        note = check_copy(copy)
    except Damaged:
        set_aside(copy)
        raise
    prepared = prepare(copy, folder, at)
    take_own_keys(opened, folder, prepared)
    return note, prepared


def _shown(
    note: CopyNote,
    prepared: Path,
    at: datetime,
    relation: Relation,
    lost: LostFrom,
    keys: Keys | None,
) -> Preview:
    """Open the copy by the real road: its file checked, brought up to date, its trail walked."""
    store = open_store(prepared, now=at, create=False, keys=keys)
    try:
        infants, saved = _infants(store), store.last_saved
    finally:
        store.close()
    return Preview(
        prepared=prepared,
        made_at=_local(note.made_at, at),
        name=stamp(note.made_at),
        why=note.why,
        infants=infants,
        records=note.records,
        last_saved=None if saved is None else _local(saved, at),
        relation=relation,
        lost=lost_acts(lost),
        audit_head=note.head,
        lost_from=lost,
    )


def _infants(store: Store) -> tuple[str, ...]:
    with store.reading() as connection:
        rows = all_of(connection, Infant)
    return tuple(f"{row.family}, {row.given} (bed {row.bed or 'unknown'})" for row in rows)


def _compare_closed(
    folder: Path, note: CopyNote, prepared: Path, at: datetime, keys: Keys | None
) -> tuple[Relation, LostFrom]:
    """What the closed ward holds that the copy does not; "unknown" where it cannot be read."""
    path = folder / FILE
    if not path.exists():
        return "unknown", LostFrom()
    try:
        with closing(_driver(path, keys)) as driver:
            (mine,) = driver.execute("SELECT ward_id FROM ward").fetchone()
            if mine != note.ward_id:
                raise Refused("This copy is of another ward: nothing was changed.")
            return _read(_asking(driver), note, prepared, at, keys)
    except Refused:
        raise
    except reading_errors():
        return "unknown", LostFrom()
    except (msgspec.DecodeError, msgspec.ValidationError, TypeError, ValueError):
        return "unknown", LostFrom()


def _driver(path: Path, keys: Keys | None) -> sqlite3.Connection:
    """Open a ward's file to be read only."""
    log = path.with_name(f"{FILE}-wal")
    pending = log.exists() and log.stat().st_size > 0
    fitting = None if keys is None else keys.fitting(path)
    key = None if fitting is None else fitting.database
    return open_driver(path, "mode=ro" if pending else "mode=ro&immutable=1", key)


def _asking(driver: sqlite3.Connection) -> Ask:
    def ask(sql: str, values: tuple[int, ...]) -> Rows:
        rows: Rows = driver.execute(sql, values).fetchall()
        return rows

    return ask


def _read(
    ask: Ask, note: CopyNote, prepared: Path, at: datetime, keys: Keys | None
) -> tuple[Relation, LostFrom]:
    """How the ward that is replaced stands to the copy, and what it holds beyond it."""
    found = ask(_AT_SQL, (note.seq,))
    if found and found[0][0] == note.head:
        lost = read_lost(ask, note.seq, at)
        return ("before" if lost.rows else "same"), lost
    with closing(_driver(prepared / FILE, keys)) as driver:
        parted = parted_after(ask, _asking(driver), note.seq)
        copied = rows_after(_asking(driver), parted, at)
    return "apart", replace(read_lost(ask, parted, at), copied=copied)


def _local(moment: datetime, like: datetime) -> datetime:
    return fixed(moment.astimezone(like.tzinfo))
