"""Restore: a copy is written out beside the ward, opened and verified, shown, and only then put in place.

Two people name themselves. What happened is recorded in the restored ward itself; the old ward is
kept whole in a folder of its own, whose name is said.
"""

from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Literal

import msgspec

from bedside.store.copy_folders import CopyNote, check_copy, set_aside, stamp
from bedside.store.driver import open_driver, reading_errors
from bedside.store.keys import Keys
from bedside.store.lock import WardLock
from bedside.store.opening import FILE, open_store
from bedside.store.queries import all_of
from bedside.store.records import Infant, SiteSetting
from bedside.store.restoring import order_restore, prepare
from bedside.store.store import Store
from bedside.store.troubles import Damaged
from bedside.units.dates import write_date_time
from bedside.units.refusal import Refused
from bedside.ward.backup import copy_at
from bedside.ward.copy_keys import PLAIN, CopyKeys, keys_for, take_own_keys
from bedside.ward.people import named, person_key
from bedside.ward.views.backup import LostAct, Preview
from bedside.ward.ward import Ward, fixed

Relation = Literal["before", "same", "apart", "unknown"]
_SINCE_SQL = (  # but who signed in, which nobody has to write down again
    "SELECT at, who, act, table_name, row_id, content FROM audit "
    "WHERE seq > ? AND table_name <> 'secret_try' ORDER BY seq DESC"
)
_AT_SQL = "SELECT hash FROM audit WHERE seq = ?"


def preview(ward: Ward, copy_folder: Path) -> Preview:
    """Write a copy out beside the open ward and compare the two.

    Raises:
        Refused: it is damaged (and set aside), or of another ward; the ward stays as it is.
        NotSaved: there is no room for it.
    """
    folder, at = ward.store.folder, ward.now()
    opened = keys_for(ward.store.keys, copy_folder)
    note, prepared = _prepared(folder, copy_folder, at, opened)
    with ward.store.reading() as connection:
        mine = connection.exec_driver_sql("SELECT ward_id FROM ward").fetchone()
        if mine is not None and mine[0] != note.ward_id:
            raise Refused("This copy is of another ward: nothing was changed.")
        row = connection.exec_driver_sql(_AT_SQL, (note.seq,)).fetchone()
        later = connection.exec_driver_sql(_SINCE_SQL, (note.seq,)).fetchall()
        names = {one.id: one.family for one in all_of(connection, Infant, include_void=True)}
    relation, lost = _relation(note, row, later), _lost(later, names, at)
    return _shown(note, prepared, at, relation, lost, opened.keys)


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
        relation, lost = _compare_closed(folder, note, at, opened.keys)
    finally:
        lock.release()
    return _shown(note, prepared, at, relation, lost, opened.keys)


def confirm(
    prepared: Preview, at: datetime, *, who: str, second: str, keys: Keys | None = None
) -> None:
    """Record in the restored ward who restores it from what.

    Args:
        prepared: what both have seen.
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
    words = (
        f"copy of {write_date_time(prepared.made_at)} ({prepared.why}), restored by {who}, "
        f"second {second}; {len(prepared.lost)} later acts not in it"
    )
    store = open_store(prepared.prepared, now=at, create=False, keys=keys)
    try:
        with store.change(who, "restored this ward from a copy", at) as change:
            for row in all_of(change.connection, SiteSetting):
                if row.key == "restored":
                    change.void(SiteSetting, row.id, "restored again")
            change.add(SiteSetting, key="restored", value=words)
    finally:
        store.close()


def put_in_place(folder: Path, prepared: Path, at: datetime) -> Path:
    """Let a confirmed restore take the closed ward's place at its next opening.

    Returns:
        Where the old ward will lie.
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
    lost: tuple[LostAct, ...],
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
        lost=lost,
        audit_head=note.head,
    )


def _infants(store: Store) -> tuple[str, ...]:
    with store.reading() as connection:
        rows = all_of(connection, Infant)
    return tuple(f"{row.family}, {row.given} (bed {row.bed or 'unknown'})" for row in rows)


def _compare_closed(
    folder: Path, note: CopyNote, at: datetime, keys: Keys | None
) -> tuple[Relation, tuple[LostAct, ...]]:
    """What the closed ward holds that the copy does not; "unknown" where it cannot be read."""
    path = folder / FILE
    if not path.exists():
        return "unknown", ()
    log = path.with_name(f"{FILE}-wal")
    pending = log.exists() and log.stat().st_size > 0
    fitting = None if keys is None else keys.fitting(path)
    key = None if fitting is None else fitting.database
    mode = "mode=ro" if pending else "mode=ro&immutable=1"
    try:
        with closing(open_driver(path, mode, key)) as driver:
            (mine,) = driver.execute("SELECT ward_id FROM ward").fetchone()
            row = driver.execute(_AT_SQL, (note.seq,)).fetchone()
            later = driver.execute(_SINCE_SQL, (note.seq,)).fetchall()
            names = dict(driver.execute("SELECT id, family FROM infant").fetchall())
        if mine != note.ward_id:
            raise Refused("This copy is of another ward: nothing was changed.")
        return _relation(note, row, later), _lost(later, names, at)
    except reading_errors():
        return "unknown", ()
    except (msgspec.DecodeError, TypeError):
        return "unknown", ()


def _relation(
    note: CopyNote, row: Sequence[object] | None, later: Sequence[Sequence[object]]
) -> Relation:
    if row is None or row[0] != note.head:
        return "apart"
    return "before" if later else "same"


def _lost(
    later: Sequence[Sequence[object]], names: dict[int, str], at: datetime
) -> tuple[LostAct, ...]:
    """One line for each thing a person did, the newest first."""
    found: dict[LostAct, None] = {}
    for moment, who, act, table, row_id, content in later:
        kept = msgspec.json.decode(str(content), type=dict)
        infant = row_id if table == "infant" else kept.get("infant_id")
        when = _local(datetime.fromisoformat(str(moment)), at)
        name = names.get(infant, "") if isinstance(infant, int) else ""
        found[LostAct(when, str(who), str(act), name)] = None
    return tuple(found)


def _local(moment: datetime, like: datetime) -> datetime:
    return fixed(moment.astimezone(like.tzinfo))
