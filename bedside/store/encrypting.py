"""Encrypting a ward that was made plain: a new file, held against the old one field by field.

The order is such that the program may be ended at any moment and either the old ward opens, as it
was, or the new one: the encrypted ward is made and proved in a folder of its own beside the plain
one, with its own key file; then one order is written (`bedside.store.restoring`), which every opening
finishes. The plain ward is kept whole in a folder whose name is said, until somebody has it removed.
How the history stays proved is told in `bedside.store.trail_key`.

Decision: SQLCipher writes the new file out (`sqlcipher_export`); SQLite's own copying cannot change
between a plain and an encrypted file.
"""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from itertools import zip_longest
from pathlib import Path
from secrets import token_bytes
from time import perf_counter_ns

from msgspec import Struct

from bedside.store.audit import APPEND_SQL, Act, Head, next_row, read_head
from bedside.store.audit_walk import verify
from bedside.store.bookmark import read_bookmark
from bedside.store.canonical import row_writer
from bedside.store.copy_folders import flush_file, stamp
from bedside.store.driver import driver_errors
from bedside.store.engine import connect, connect_copy, connect_read_only
from bedside.store.folders import flush_folder
from bedside.store.key_file import write_key_file
from bedside.store.key_ring import Ring
from bedside.store.key_wrap import Held, keys_of, new_key_file
from bedside.store.keys import KeyNeeded, Keys, has_keys
from bedside.store.lock import WardLock
from bedside.store.opening import FILE, ORDER, open_store
from bedside.store.passphrase import Slowness, calibrate, check_new
from bedside.store.restoring import finish_restore, order_restore
from bedside.store.schema import SCHEMA, look_at, schema_digest
from bedside.store.sealed_drafts import NAME as DRAFTS
from bedside.store.shapes import listed
from bedside.store.trail_key import ANCHOR_ACT
from bedside.store.troubles import NotSaved, not_saved
from bedside.store.ways import utc_text
from bedside.units.refusal import Refused

Told = Callable[[str], None]
_FREE_FACTOR = 3  # the plain file, the new one, and room to work
_TABLES_SQL = (
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite^_%' ESCAPE '^' "
    "ORDER BY name"
)


class Encrypted(Struct, frozen=True):
    """What encrypting gives: the keys, the code for the recovery sheet, and where the old ward is."""

    keys: Keys
    recovery_code: str
    aside: Path

    def __repr__(self) -> str:
        """Say nothing."""
        return "Encrypted(…)"


def encrypt_ward(
    folder: Path,
    passphrase: str,
    *,
    who: str,
    now: datetime,
    keys: Keys | None = None,
    slowness: Slowness | None = None,
    ring: Ring | None = None,
    tell: Told = lambda _: None,
) -> Encrypted:
    """Encrypt a closed plain ward.

    Args:
        folder: the ward's folder.
        passphrase: the ward's passphrase from now on, at least five words.
        who: who does it, for the audit row that brings the keys.
        now: aware.
        keys: of a plain ward with a key file (its disk was stated to be encrypted); its trail is
            sealed with them already. None for a ward without.
        slowness: None measures this workstation.
        ring: the system's keyring, or None.
        tell: told what is being done, in words.

    Returns:
        The keys, the recovery code, and the folder in which the plain ward is kept.

    Raises:
        Refused: it is encrypted, open, of another step, or the passphrase is too short.
        Damaged: its records and its trail do not agree; it stays as it was.
        NotSaved: the disk did not take it; the plain ward is as it was.
    """
    used = check_new(passphrase)
    _refuse_unfit(folder, keys)
    lock = WardLock(folder)
    target = folder / f"restoring-{stamp(now)}"
    try:
        _clear(folder)
        held = Held(token_bytes(32), token_bytes(32) if keys is None else keys.seal)
        target.mkdir(mode=0o700)
        tell("The plain ward is verified…")
        head = _settle(folder, None if keys is None else keys.seal)
        tell("The encrypted file is written…")
        _write(folder / FILE, target / FILE, held, Act(who, ANCHOR_ACT, utc_text(now)), keys, head)
        figures = slowness or calibrate(perf_counter_ns)
        content, code, _ = new_key_file(used, held, "", figures, ring)
        write_key_file(target, content)
        new = keys_of(held, target / FILE)
        tell("The encrypted ward is opened, and every record verified…")
        open_store(target, now=now, create=False, keys=new).close()
        return Encrypted(new, code, _put_in_place(folder, target, now))
    except driver_errors() as error:
        raise not_saved(error) from error
    except OSError as error:
        raise NotSaved("The disk did not take the encrypted ward. The plain one holds.") from error
    finally:
        if not (folder / ORDER).exists():
            _clear(folder)
        lock.release()


def _refuse_unfit(folder: Path, keys: Keys | None) -> None:
    file = folder / FILE
    if not file.exists():
        raise Refused(f"There is no ward in {folder}. Nothing was changed.")
    if keys is None and has_keys(folder):
        raise KeyNeeded(folder)
    if keys is not None and keys.database is not None:
        raise Refused("This ward is encrypted already. Its key is changed, not made anew.")
    if (folder / ORDER).exists():
        raise Refused("A restore of this ward is not finished: open it once, then encrypt it.")
    size = file.stat().st_size
    if shutil.disk_usage(folder).free < _FREE_FACTOR * size:
        raise Refused(
            f"The disk has too little room: {_FREE_FACTOR * size // 1_000_000} MB are needed. "
            "Nothing was changed."
        )


def _put_in_place(folder: Path, made: Path, now: datetime) -> Path:
    """Put the encrypted ward in the plain one's place; the folder in which the plain one is kept."""
    aside = order_restore(folder, made, now)
    finish_restore(folder)
    (folder / DRAFTS).unlink(missing_ok=True)  # of the plain ward: it could be read
    return aside


def _clear(folder: Path) -> None:
    for left in folder.glob("restoring-*"):
        shutil.rmtree(left, ignore_errors=True)


def _settle(folder: Path, seal_key: bytes | None) -> Head:
    """Verify the plain ward, and bring everything of it into its one file."""
    path = folder / FILE
    if look_at(path).step != SCHEMA:
        raise Refused("This ward is of an older Bedside: open it once, then encrypt it.")
    marked = read_bookmark(folder)
    with closing(connect(path)) as driver:
        head = verify(driver, None if marked is None else marked.seal, seal_key)
        driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    wal = path.with_name(f"{path.name}-wal")
    if wal.exists() and wal.stat().st_size:
        raise NotSaved("The ward's newest saves could not be taken along. Nothing was changed.")
    return head


def _write(plain: Path, target: Path, held: Held, act: Act, keys: Keys | None, head: Head) -> None:
    """Write the encrypted file, prove it equal, and add the row that brings the keys."""
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with closing(connect_copy(target, held.database)) as driver:
        for setting in ("synchronous=OFF", "journal_mode=MEMORY"):
            driver.execute(f"PRAGMA {setting}").fetchall()  # nobody opens it before it was flushed
        driver.execute(
            "ATTACH DATABASE ? AS plain KEY ''",
            # nothing lies beside it (`_settle`), and nothing is to be made there
            (f"{plain.absolute().as_uri()}?mode=ro&immutable=1",),
        ).fetchall()
        sqlcipher_export(driver)
        for name in ("application_id", "user_version"):
            (value,) = driver.execute(f"PRAGMA plain.{name}").fetchone()
            driver.execute(f"PRAGMA main.{name}={int(value)}").fetchall()
        driver.execute("DETACH DATABASE plain").fetchall()
        with closing(connect_read_only(plain)) as before:
            _hold_against(before, driver)
        if keys is None:
            _anchor(driver, act, head, held.seal)
        if driver.execute("PRAGMA cipher_integrity_check").fetchone() is not None:
            raise NotSaved("The encrypted file is not sound: look after this disk.")
        if driver.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            raise NotSaved("The encrypted file is not sound: look after this disk.")
        verify(driver, head.seal, held.seal)
    flush_file(target)
    flush_folder(target.parent)


def sqlcipher_export(driver: sqlite3.Connection) -> None:
    """Write every table, row, index and rule of the attached plain file into the encrypted one."""
    driver.execute("SELECT sqlcipher_export('main', 'plain')").fetchall()


def _hold_against(before: sqlite3.Connection, after: sqlite3.Connection) -> None:
    """Compare every field of every table, and the tables and rules themselves.

    Raises:
        NotSaved: something differs.
    """
    same = schema_digest(before) == schema_digest(after)
    for (table,) in before.execute(_TABLES_SQL).fetchall() if same else ():
        sql = f'SELECT * FROM "{table}" ORDER BY rowid'  # noqa: S608 (own names only)
        rows = zip_longest(before.execute(sql), after.execute(sql))
        same = same and all(one == other for one, other in rows)
    if not same or read_head(before) != read_head(after):
        raise NotSaved(
            "The encrypted file does not hold the same as the ward: nothing was changed."
        )


def _anchor(driver: sqlite3.Connection, act: Act, head: Head, seal_key: bytes) -> None:
    """Write the first keyed row: it holds the ward's own row as it is, and the newest plain seal."""
    names = [str(row[1]) for row in driver.execute('PRAGMA table_info("ward")')]
    row = driver.execute(f"SELECT {listed(names)} FROM ward").fetchone()  # noqa: S608 (own names only)
    content = row_writer(names)(row)
    number = row[names.index("id")]
    values, _ = next_row(head, act, "ward", number, "upgrade", content, seal_key)
    driver.execute("BEGIN IMMEDIATE")
    driver.execute(APPEND_SQL, values)
    driver.execute("COMMIT")
