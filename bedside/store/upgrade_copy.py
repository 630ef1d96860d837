"""The copy of a ward that is made before its tables are changed: listed, checked and thinned like any other."""

import os
import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from bedside.store.audit import read_head
from bedside.store.backup import copy_verified
from bedside.store.copies import LARGE_BYTES, NOT_THE_SAME, counts
from bedside.store.copy_folders import (
    IN_PARTS,
    MAKING,
    CopyNote,
    copies_in,
    digest_of,
    highest_number,
    name_copy,
    stamp,
    thin,
    write_note,
)
from bedside.store.engine import connect_read_only
from bedside.store.folders import make_folder
from bedside.store.key_file import copy_key_file
from bedside.store.keys import NAME, Keys, has_keys
from bedside.store.lived_in import UPGRADE
from bedside.store.opening import BACKUPS, FILE
from bedside.store.parts import PartsWrong, digest_over
from bedside.store.troubles import NotSaved
from bedside.store.whole_copy import copy_whole
from bedside.store.workbooks import lay_workbooks_beside


def copy_before_upgrade(
    driver: sqlite3.Connection, folder: Path, at: datetime, step: str, keys: Keys | None
) -> None:
    """Make and prove a copy of a ward of an older step; none where the last one is the same.

    Args:
        driver: the ward's open file, as the older Bedside left it.
        folder: the ward's folder.
        at: now (aware).
        step: the step that its tables are of.
        keys: the ward's keys, None for a plain ward.

    Raises:
        NotSaved: the disk did not take it; nothing of it is left.
        Refused: the ward's key file cannot be read.
    """
    above = folder / BACKUPS
    make_folder(above)
    head = read_head(driver)
    last = next((copy.note for copy in copies_in(above) if copy.note is not None), None)
    if last is not None and (last.schema, last.head) == (step, head.seal):
        return
    making = above / f"{MAKING}{os.getpid()}-{stamp(at)}"
    try:
        making.mkdir(mode=0o700)
        digest = _lay(driver, folder / FILE, making / FILE, keys)
        if has_keys(folder):
            copy_key_file(folder, making / NAME)
        lay_workbooks_beside(folder, making)
        note = _note(driver, making, above, at, step, digest)
        write_note(making, note)
        name_copy(making, above / stamp(at))
    except OSError as error:
        raise NotSaved(f"The copy could not be written to {above}.") from error
    finally:
        shutil.rmtree(making, ignore_errors=True)
    thin(above, at)


def _lay(driver: sqlite3.Connection, path: Path, target: Path, keys: Keys | None) -> str:
    """Lay the proved copy of the ward's file; its digest."""
    key, seal_key = (None, None) if keys is None else (keys.database, keys.seal)
    if path.stat().st_size > LARGE_BYTES:
        return _lay_large(driver, path, target, key)
    copy_verified(driver, target, key, seal_key)
    return digest_of(target)


def _lay_large(driver: sqlite3.Connection, path: Path, target: Path, key: bytes | None) -> str:
    """Copy a large file byte for byte.

    Its whole record was verified a moment ago and nobody else has it open: a copy that comes back
    from its medium as the very same bytes need not be walked once more.
    """
    busy, beside, moved = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy or beside != moved:
        raise NotSaved("The ward's newest saves could not be taken along: try again.")
    try:
        parts = copy_whole(path, target)
    except PartsWrong as wrong:
        raise NotSaved(NOT_THE_SAME) from wrong
    with closing(connect_read_only(target, key)) as copy:
        sound = copy.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        if not sound or read_head(copy) != read_head(driver) or counts(copy) != counts(driver):
            raise NotSaved(NOT_THE_SAME)
    return IN_PARTS + digest_over(parts)


def _note(
    driver: sqlite3.Connection, making: Path, above: Path, at: datetime, step: str, digest: str
) -> CopyNote:
    counted, head = counts(driver), read_head(driver)
    ward_id, demonstration = driver.execute("SELECT ward_id, demonstration FROM ward").fetchone()
    last = driver.execute("SELECT at FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
    return CopyNote(
        number=highest_number(above) + 1,
        made_at=at,
        why=UPGRADE,
        schema=step,
        ward_id=ward_id,
        demonstration=bool(demonstration),
        records=sum(counted.values()),
        infants=counted.get("infant", 0),
        seq=head.seq,
        head=head.seal,
        last_saved=last[0] if last else "",
        files={
            FILE: digest,
            **{
                path.name: digest_of(path) for path in sorted(making.iterdir()) if path.name != FILE
            },
        },
    )
