"""A copy of the ward that can be trusted: made by SQLite itself, checked, and only then named.

A ward's file is never copied like a plain file while it is open: the newest saves may still lie in
the file beside it.
"""

import os
import sqlite3
import sys
from contextlib import closing, suppress
from pathlib import Path

from msgspec import Struct

from bedside.store.audit import read_head, verify
from bedside.store.disk import check_local
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
        return copy_verified(driver, target)


def copy_verified(source: sqlite3.Connection, target: Path) -> BackupCopy:
    """Copy an open ward's file; see `backup`.

    Args:
        source: the open file.
        target: the file to make.
    """
    if target.exists():
        raise Refused(f"There is a file {target} already: a backup never overwrites one.")
    if not target.parent.is_dir():
        raise Refused(f"There is no folder {target.parent}: make it first, or choose another.")
    check_local(target.parent)
    unproved = target.with_name(f".{target.name}.unproved")
    try:
        _copy(source, unproved)
        proved = _prove(source, unproved, target)
        unproved.replace(target)
        flush_folder(target.parent)
    except sqlite3.Error as error:
        raise not_saved(error) from error
    except OSError as error:
        raise NotSaved(f"The backup could not be written to {target.parent}.") from error
    finally:
        with suppress(OSError):
            unproved.unlink(missing_ok=True)
    return proved


def _copy(source: sqlite3.Connection, target: Path) -> None:
    target.unlink(missing_ok=True)
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with closing(open_copy(target)) as copy:
        source.backup(copy)
        # one plain file that needs no companion: a ward's file has a write-ahead file beside it
        copy.execute("PRAGMA journal_mode=DELETE").fetchall()
    with target.open("rb+") as file:
        os.fsync(file.fileno())


def _prove(source: sqlite3.Connection, copied: Path, target: Path) -> BackupCopy:
    """Read the copy back from its medium and compare it with the ward.

    Raises:
        NotSaved: it is not the same.
    """
    with closing(open_copy(copied, read_only=True)) as copy:
        sound = copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        counts = _counts(copy)
        same = counts == _counts(source)
        head = read_head(copy)
        if not sound or not same or head != read_head(source):
            raise NotSaved("The copy is not the same as the ward: try another medium.")
        verify(copy, head.seal)
    return BackupCopy(target, sum(counts.values()), head.seal)


def open_copy(path: Path, *, read_only: bool = False, log: bool = False) -> sqlite3.Connection:
    """Open a copy's file; the one place that does, for an encrypted one is given its key here.

    Args:
        path: the file; it must exist.
        read_only: nothing in it or beside it is changed.
        log: a log lies beside it that is read, too, as it is; only with ``read_only``.
    """
    mode = "mode=rw" if not read_only else "mode=ro" if log else "mode=ro&immutable=1"
    uri = f"{path.absolute().as_uri()}?{mode}"
    return sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)


def _counts(driver: sqlite3.Connection) -> dict[str, int]:
    names = [str(row[0]) for row in driver.execute(_TABLES_SQL).fetchall()]
    return {
        name: driver.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608 (own names only)
        for name in names
    }


def flush_folder(folder: Path) -> None:
    """Make the new name itself durable (not needed, nor possible, on Windows)."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
