"""A copy of the ward that can be trusted: made by SQLite itself, checked, and only then named.

A ward's file is never copied like a plain file while it is open: the newest saves may still lie in
the file beside it.
"""

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from msgspec import Struct

from bedside.store.audit import read_head
from bedside.store.audit_walk import verify
from bedside.store.disk import check_local
from bedside.store.driver import driver_errors
from bedside.store.engine import connect_copy, connect_read_only
from bedside.store.folders import flush_folder
from bedside.store.keys import has_keys
from bedside.store.store import Store
from bedside.store.troubles import NotSaved, not_saved
from bedside.units.refusal import Refused

_TABLES_SQL = (
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite^_%' ESCAPE '^'"
)


class BackupCopy(Struct, frozen=True):
    """A finished backup: where it lies, how many records it holds, and the seal of its trail."""

    path: Path
    records: int
    audit_head: str


def backup(store: Store, target: Path) -> BackupCopy:
    """Copy the open ward to a new file and prove the copy.

    Args:
        store: the open ward.
        target: the file to make; its folder must exist, the file must not.

    Raises:
        Refused: the target exists, or lies where no backup may lie.
        NotSaved: the medium did not take it, or the copy did not prove equal; nothing is left.
    """
    with store.at_rest() as driver:
        made = copy_verified(driver, target, store.key, store.seal_key)
    if has_keys(store.folder):
        copy_keys_beside(store.folder, target)
    return made


def copy_keys_beside(folder: Path, target: Path) -> None:
    """Lay a copy of the ward's key file beside a copy of the ward: without it nothing opens that.

    Raises:
        NotSaved: the medium did not take it; the copy of the ward is no backup.
    """
    from bedside.store.key_file import copy_key_file

    try:
        copy_key_file(folder, target.with_name(f"{target.name}.keys"))
    except OSError as error:
        with suppress(OSError):
            target.unlink()
        raise NotSaved(f"The backup could not be written to {target.parent}.") from error


def copy_verified(
    source: sqlite3.Connection,
    target: Path,
    key: bytes | None = None,
    seal_key: bytes | None = None,
) -> BackupCopy:
    """Copy an open ward's file; see `backup`.

    Args:
        source: the open file.
        target: the file to make.
        key: what the copy is encrypted with: the ward's own key, or the one it is about to get;
            None for the copy of a plain ward.
        seal_key: what its audit trail is sealed with, if the ward has keys.
    """
    if target.exists():
        raise Refused(f"There is a file {target} already: a backup never overwrites one.")
    if not target.parent.is_dir():
        raise Refused(f"There is no folder {target.parent}: make it first, or choose another.")
    check_local(target.parent)
    unproved = target.with_name(f".{target.name}.unproved")
    try:
        _copy(source, unproved, key)
        proved = _prove(source, unproved, target, key, seal_key)
        unproved.replace(target)
        flush_folder(target.parent)
    except driver_errors() as error:
        raise not_saved(error) from error
    except OSError as error:
        raise NotSaved(f"The backup could not be written to {target.parent}.") from error
    finally:
        with suppress(OSError):
            unproved.unlink(missing_ok=True)
    return proved


def _copy(source: sqlite3.Connection, target: Path, key: bytes | None) -> None:
    target.unlink(missing_ok=True)
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with closing(connect_copy(target, key)) as copy:
        source.backup(copy)
        # one plain file that needs no companion: a ward's file has a write-ahead file beside it
        copy.execute("PRAGMA journal_mode=DELETE").fetchall()
    with target.open("rb+") as file:
        os.fsync(file.fileno())


def _prove(
    source: sqlite3.Connection,
    copied: Path,
    target: Path,
    key: bytes | None,
    seal_key: bytes | None,
) -> BackupCopy:
    """Read the copy back from its medium and compare it with the ward.

    Raises:
        NotSaved: it is not the same.
    """
    with closing(connect_read_only(copied, key)) as copy:
        sealed = key is None or copy.execute("PRAGMA cipher_integrity_check").fetchone() is None
        sound = sealed and copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        counts = _counts(copy)
        same = counts == _counts(source)
        head = read_head(copy)
        if not sound or not same or head != read_head(source):
            raise NotSaved("The copy is not the same as the ward: try another medium.")
        verify(copy, head.seal, seal_key)
    return BackupCopy(target, sum(counts.values()), head.seal)


def _counts(driver: sqlite3.Connection) -> dict[str, int]:
    names = [str(row[0]) for row in driver.execute(_TABLES_SQL).fetchall()]
    return {
        name: driver.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608 (own names only)
        for name in names
    }
