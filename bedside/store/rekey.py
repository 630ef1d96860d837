"""Changing what a ward's file is encrypted with: a new file, proved equal, in the place of the old one.

For when a passphrase, a recovery sheet or a key file may have been seen by somebody who should not.
The order is such that the program may be ended at any moment and the ward opens: first the key file
holds both keys (with the ways in as they were), then the new file is made and proved beside the old
one, then it takes the old one's place in one step, and last the key file gets its new ways in. Which
of the two keys fits is told by the file's own first bytes (`bedside.store.keys`).

Decision: SQLCipher's own `PRAGMA rekey` was rejected: it rewrites the pages in place, and a copy can
be proved before it counts. The old key stays in the key file: older backups were made with it.
"""

from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from secrets import token_bytes
from time import perf_counter_ns

from bedside.store.backup import copy_verified
from bedside.store.driver import driver_errors
from bedside.store.engine import connect
from bedside.store.folders import flush_folder
from bedside.store.key_doors import (
    FILE,
    NewKeys,
    changing_keys,
    opened_by_passphrase,
)
from bedside.store.key_file import with_keys, write_key_file
from bedside.store.key_ring import Ring, forget_key
from bedside.store.key_wrap import Held, held_text, keys_of, new_key_file
from bedside.store.lock import WardLock
from bedside.store.passphrase import Slowness, calibrate, check_new
from bedside.store.schema import look_at
from bedside.store.troubles import NotSaved, not_saved
from bedside.units.refusal import Refused

PART = ".ward.sqlite3.rekeyed"
_PLAIN = (
    "This ward's file is not encrypted (the encryption of the whole disk was stated for it), so "
    "it has no key to change. Change its passphrase instead."
)


def change_keys(
    folder: Path,
    typed: str,
    new: str,
    now: datetime,
    *,
    slowness: Slowness | None = None,
    ring: Ring | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> NewKeys:
    """Encrypt a closed ward anew, with new keys to its file and new ways in.

    Args:
        folder: the ward's folder.
        typed: the passphrase until now.
        new: the passphrase from now on; the same one may be kept.
        now: aware, for the wait after a wrong try.
        slowness: None measures this workstation.
        ring: the system's keyring, or None.
        tell: told what is being done, in words.

    Returns:
        The new keys, and the recovery code for a new sheet; the old sheet opens nothing more.

    Raises:
        Refused: the passphrase is wrong, the ward is open, or its file is not encrypted.
        NotSaved: the disk did not take it; the ward is as it was, with its old passphrase.
    """
    used = check_new(new)
    if not (folder / FILE).exists():
        raise Refused(f"There is no ward in {folder}. Nothing was changed.")
    lock = WardLock(folder)
    try:
        with changing_keys(folder):
            figures = slowness or calibrate(perf_counter_ns)
            return _change(folder, typed, used, now, figures, ring, tell)
    except driver_errors() as error:
        raise not_saved(error) from error
    except OSError as error:
        raise NotSaved("The disk did not take the ward's new file. The old one holds.") from error
    finally:
        clear_left_over(folder)
        lock.release()


def clear_left_over(folder: Path) -> None:
    """Remove what a change that was cut off left behind; only with the ward's lock held."""
    with suppress(OSError):
        for left in list(folder.glob(f"*{PART}*")):  # with what SQLite laid beside it
            left.unlink(missing_ok=True)


def _change(
    folder: Path,
    typed: str,
    used: str,
    now: datetime,
    slowness: Slowness,
    ring: Ring | None,
    tell: Callable[[str], None],
) -> NewKeys:
    tell("The passphrase is checked…")
    opened = opened_by_passphrase(folder, typed, now)
    file = folder / FILE
    keys = keys_of(opened.held, file)
    if keys.database is None:
        raise Refused(_PLAIN)
    clear_left_over(folder)
    coming = token_bytes(32)
    both = Held(keys.database, keys.seal, coming, keys.retired)
    write_key_file(folder, with_keys(opened.content, opened.master, held_text(both)))
    tell("The ward is written with its new key, and every record verified…")
    _swap(folder, keys.database, coming, keys.seal)
    tell("The new key is put into place…")
    held = Held(coming, keys.seal, None, (*keys.retired, keys.database))
    content, code, _ = new_key_file(used, held, "", slowness, ring)
    write_key_file(folder, content)
    forget_key(ring, opened.content.ward)
    return NewKeys(keys_of(held, file), code)


def _swap(folder: Path, key: bytes, coming: bytes, seal_key: bytes) -> None:
    """Make the new file, prove it, and put it in the place of the old one."""
    file, part = folder / FILE, folder / PART
    look_at(file, key=key)
    with closing(connect(file, key)) as driver:
        copy_verified(driver, part, coming, seal_key)
        # nothing of the old file may lie beside the new one; its closing takes the emptied log away
        # (to change the kind of log would write in the old file, where a power cut could spoil it)
        driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    wal = file.with_name(f"{file.name}-wal")
    if wal.exists() and wal.stat().st_size:
        raise NotSaved("The ward's newest saves could not be taken along. The old key holds.")
    wal.unlink(missing_ok=True)
    part.replace(file)
    flush_folder(folder)
