"""A copy of a ward made while work goes on: in steps, proved, and named only then.

Between two steps whoever wants to save or read has the ward to herself; a save waits for one step
at the longest, some milliseconds. What the copy shows is the ward at its last step. A large ward is
copied in another way (`bedside.store.large_copies`).
"""

import os
import shutil
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime
from pathlib import Path

from bedside.store.audit import Head, read_head
from bedside.store.copy_folders import (
    MAKING,
    Copy,
    CopyNote,
    Laid,
    clear,
    digest_of,
    flush_file,
    highest_number,
    name_copy,
    stamp,
    write_note,
)
from bedside.store.driver import driver_errors, is_encrypted, reading_errors
from bedside.store.engine import connect_copy, connect_read_only
from bedside.store.folders import make_folder
from bedside.store.key_file import copy_key_file
from bedside.store.keys import NAME, has_keys
from bedside.store.opening import BACKUPS, FILE
from bedside.store.plain_proof import proves_plain
from bedside.store.schema import FULL_CHECK_BYTES, SCHEMA
from bedside.store.store import Store
from bedside.store.troubles import AuditBroken, NotSaved, not_saved
from bedside.store.workbooks import lay_workbooks_beside

_STEP_PAGES = 512  # 2 MB: some milliseconds, the longest that a save waits for a copy
_FLUSH_STEPS = 4
_PAUSE_S = 0.001
_DONE = 101  # SQLite's word for the last step
LARGE_BYTES = FULL_CHECK_BYTES
WARD_WRONG = (
    "No copy was made: the ward's own file is damaged on this disk, not the copy. Write down what was "
    "recorded just now, close Bedside and start it again: it offers the last good copy."
)
NOT_THE_SAME = "The copy is not the same as the ward: look after this disk."


def make_copy(store: Store, at: datetime, why: str, *, after: int = 0, soon: bool = False) -> Copy:
    """Make and prove a copy of an open ward in its own folder.

    Safe in a thread of its own: saves and readings go on between the steps.

    Args:
        store: the open ward.
        at: now (aware).
        why: what made it due, in words.
        after: the highest number of a copy elsewhere, on a second medium.
        soon: somebody waits for it; see `bedside.store.large_copies.lay_large`.

    Raises:
        NotSaved: the disk did not take it, or it did not prove equal; nothing of it is left.
        Refused: the ward's key file cannot be read, so that nothing would open the copy.
    """
    above = store.folder / BACKUPS
    making = above / f"{MAKING}{os.getpid()}-{stamp(at)}"
    try:
        make_folder(above)
        clear(above)
        making.mkdir(mode=0o700)
        if has_keys(store.folder):
            copy_key_file(store.folder, making / NAME)  # without it nothing opens the copy
        lay_workbooks_beside(store.folder, making)
        number = max(highest_number(above), after) + 1
        with store.to_copy(at) as source:
            laid = _lay(source, making, at, soon=soon)
            note = _noted(source, making, laid, number, at, why)
        write_note(making, note)
        return name_copy(making, above / stamp(at))
    except driver_errors() as error:
        raise not_saved(error) from error
    except OSError as error:
        raise NotSaved(f"The copy could not be written to {above}.") from error
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _copy_in_steps(store: Store, target: Path) -> Head:
    """Copy page by page; return the head of the trail at the moment that the copy shows."""
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    heads: list[Head] = []
    turn = store.at_rest()
    source = turn.__enter__()
    held, steps = True, 0

    def between(status: int, _left: int, _all: int) -> None:
        nonlocal turn, held, steps
        if status == _DONE:
            heads.append(read_head(source))
            turn.__exit__(None, None, None)
            held = False
            return
        turn.__exit__(None, None, None)
        held = False
        steps += 1
        if steps % _FLUSH_STEPS == 0:
            flush_file(target)  # little by little: a save's own flush never waits for a whole copy
        time.sleep(_PAUSE_S)
        turn = store.at_rest()
        turn.__enter__()
        held = True

    try:
        with closing(connect_copy(target, store.key)) as copy:
            for setting in ("synchronous=OFF", "journal_mode=OFF", "locking_mode=EXCLUSIVE"):
                copy.execute(f"PRAGMA {setting}").fetchall()  # flushed by us; unnamed until proved
            source.backup(copy, pages=_STEP_PAGES, progress=between, sleep=_PAUSE_S)
            # one plain file that needs no companion: a ward's file has a write-ahead file beside it
            copy.execute("PRAGMA journal_mode=DELETE").fetchall()
    finally:
        if held:
            turn.__exit__(None, None, None)
    flush_file(target)
    return heads[-1]


def _lay(store: Store, making: Path, at: datetime, *, soon: bool) -> Laid:
    """Lay the proved copy of the ward's own file into its folder."""
    if (store.folder / FILE).stat().st_size > LARGE_BYTES:
        from bedside.store.large_copies import lay_large

        return lay_large(store, making, at, soon=soon)
    wrong: tuple[type[Exception], ...] = (NotSaved, *driver_errors())
    try:
        head = _copy_in_steps(store, making / FILE)
        return _prove(store, making / FILE, head)
    except wrong as error:
        name = getattr(error, "sqlite_errorname", "") or "SQLITE_CORRUPT"
        if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")) and _is_ward_wrong(store):
            raise NotSaved(WARD_WRONG) from error
        raise


def _is_ward_wrong(store: Store) -> bool:
    """Whether the fault lies in the ward's own file, as it is read now, and not in the copy."""
    broken: tuple[type[Exception], ...] = (AuditBroken, *reading_errors())
    try:
        store.verify_in_steps()
    except broken:
        return True
    return False


def _prove(store: Store, copied: Path, head: Head) -> Laid:
    """Read the copy back and hold it against the ward's trail; of a plain one each page or each record.

    Raises:
        NotSaved: it is not the same.
    """
    with (
        ThreadPoolExecutor(1) as beside,
        closing(connect_read_only(copied, store.key)) as copy,
    ):
        digest = beside.submit(digest_of, copied)
        sound = _is_sound(copy)
        counted, rows = counts(copy), rows_of_trail(copy)
        held = sound and proves_plain(store, copied, head, whole=False)
        if not held or read_head(copy) != head or counted != rows:
            raise NotSaved(NOT_THE_SAME)
    return Laid(head, counted, {FILE: digest.result()}, None)


def _noted(store: Store, making: Path, laid: Laid, number: int, at: datetime, why: str) -> CopyNote:
    """The note of a copy that was laid and proved."""
    with store.reading() as reader:
        row = reader.exec_driver_sql("SELECT ward_id, demonstration FROM ward").fetchone()
        sql = "SELECT at FROM audit WHERE seq = ?"
        last = reader.exec_driver_sql(sql, (laid.head.seq,)).fetchone()
    if row is None:
        raise NotSaved(NOT_THE_SAME)
    beside = sorted(path.name for path in making.iterdir() if path.name not in laid.files)
    return CopyNote(
        number=number,
        made_at=at,
        why=why,
        schema=SCHEMA,
        ward_id=str(row[0]),
        demonstration=bool(row[1]),
        records=sum(laid.counts.values()),
        infants=laid.counts.get("infant", 0),
        seq=laid.head.seq,
        head=laid.head.seal,
        last_saved=str(last[0]) if last else "",
        files={**laid.files, **{name: digest_of(making / name) for name in beside}},
        counts=laid.counts,
        base=laid.base,
        checked_at=laid.checked_at,
    )


def _is_sound(copy: sqlite3.Connection) -> bool:
    """SQLite's own check; of an encrypted file the seal of every page, too."""
    if is_encrypted(copy) and copy.execute("PRAGMA cipher_integrity_check").fetchone() is not None:
        return False
    return copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def counts(driver: sqlite3.Connection) -> dict[str, int]:
    """How many rows each table of records has; empty ones are left out."""
    names = driver.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite^_%' "
        "ESCAPE '^' AND name NOT IN ('alembic_version', 'audit')"
    ).fetchall()
    found = {
        name: int(driver.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0])  # noqa: S608 (own names only)
        for (name,) in names
    }
    return {name: many for name, many in found.items() if many}


def rows_of_trail(driver: sqlite3.Connection) -> dict[str, int]:
    """How many rows of each table the audit trail tells of: rows are never removed.

    Read off the trail's index alone: each row is told of from its addition on.
    """
    sql = "SELECT table_name, count(DISTINCT row_id) FROM audit GROUP BY table_name"
    return {name: int(many) for name, many in driver.execute(sql)}
