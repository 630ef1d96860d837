"""Opening a ward: the lock first, then its file is checked, brought up to date, and only then shown.

The order: the place is fit; nobody else has it open; its key is here; the file is sound; it is not of a newer
Bedside; before its tables are changed a proved copy lies beside it; the change is one transaction;
every record agrees with the audit trail, and the trail reaches as far as the bookmark. Whatever is
wrong is said in one plain sentence, and a file that is refused stays as it was, byte for byte.
"""

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bedside.places import place
from bedside.store.at_rest import AtRest, read_rest, unfinished
from bedside.store.audit import EMPTY
from bedside.store.audit_walk import verify
from bedside.store.bookmark import Bookmark, read_bookmark
from bedside.store.disk import (
    check_local,
    check_room,
    check_writable,
    is_read_only_medium,
)
from bedside.store.driver import reading_errors, sqlite_version
from bedside.store.engine import (
    LEAST_SQLITE,
    SettingRefused,
    connect,
    connect_read_only,
    driver_of,
)
from bedside.store.folders import (
    make_ward_file,
    make_ward_folder,
    nearest_folder,
    remove_empty,
)
from bedside.store.keys import KeyNeeded, Keys, has_keys, mark_in, mark_of
from bedside.store.lived_in import check_bookmark
from bedside.store.lock import WardLock
from bedside.store.page_sums import PageSums
from bedside.store.replaced import is_replaced
from bedside.store.running import RunningNote, read_running
from bedside.store.schema import (
    SCHEMA,
    Look,
    check_schema,
    check_seals,
    is_unmerged,
    look_at,
    take_back_begun,
)
from bedside.store.station import opened_station
from bedside.store.store import Store
from bedside.store.troubles import (
    OPENING_WORDS,
    AuditBroken,
    Damaged,
    Hindered,
    disk_in_words,
    driver_error,
    is_disk_trouble,
    opening_trouble,
)
from bedside.store.ward_file import WardFile
from bedside.store.ways import utc_text
from bedside.units.refusal import Refused

if TYPE_CHECKING:
    from sqlalchemy import Connection

FILE = "ward.sqlite3"
BACKUPS = "backups"
ORDER = "restore.order"  # a copy is to take this ward's place: see `bedside.store.restoring`
NOT_ITS_KEY = (
    "This key does not belong to this ward's file: the key file (ward.keys) is another ward's, or "
    "the ward's file is damaged at its beginning. Nothing was changed.",
    "Put back the ward's own key file: one lies in every copy of the ward. If it stays so, "
    "restore the last good copy.",
)


@disk_in_words(OPENING_WORDS)
def open_store(
    folder: Path,
    *,
    now: datetime,
    create: bool,
    demonstration: bool = False,
    meanwhile: Callable[[], None] | None = None,
    keys: Keys | None = None,
    server: str | None = None,
    moving: bool = False,
) -> Store:
    """Open the ward in a folder, or the one on a server that the folder is a station of.

    Args:
        folder: the ward's folder on a disk of this computer.
        now: aware time, for the ward's first row and the name of a backup.
        create: make a new ward where there is none.
        demonstration: a new ward is one of invented infants; no matter for one that exists.
        meanwhile: done while SQLite checks the file; what it raises leaves the ward closed.
        keys: the ward's keys, from `bedside.store.key_doors`; None for a ward without a key file.
        server: the address of the ward's server; None looks for it in the folder.
        moving: it is opened to be moved to a server: a mark that says so does not stop it.

    Returns:
        The open store; `read_only` where the medium can only be read.

    Raises:
        Refused: it is open already, of a newer Bedside, not a ward, on a full or a network disk.
        KeyNeeded: it has a key file, and no keys were given.
        Damaged: the file does not hold what was recorded in it.
    """
    utc_text(now)
    station = opened_station(folder, server, keys, moving=moving)
    if station is not None:
        return station
    key = None if keys is None else keys.database
    if sqlite_version(key) < LEAST_SQLITE:
        raise Refused(f"This computer's SQLite {sqlite3.sqlite_version} is too old for Bedside.")
    path = folder / FILE
    ordered = (folder / ORDER).exists()
    if not path.exists() and not create and not ordered:
        raise Refused(f"There is no ward in {folder}. Choose another folder, or make a new ward.")
    check_local(nearest_folder(folder))
    if is_read_only_medium(nearest_folder(folder)) or is_replaced(folder):
        return _open_where_read_only(folder, path, keys, now)
    made = make_ward_folder(folder)
    check_writable(folder)
    check_room(folder)
    lock = WardLock(folder)
    try:
        look = _look_locked(folder, path, create, meanwhile, keys, ordered)
        return _open_locked(folder, path, lock, now, look, keys, demonstration=demonstration)
    except BaseException:
        lock.release()
        if made:
            remove_empty(folder)
        raise


def _look_locked(
    folder: Path, path: Path, create: bool,
    meanwhile: Callable[[], None] | None, keys: Keys | None, ordered: bool,
) -> Look:  # fmt: skip
    """The first look at a file that nobody else has open, its keys and what lies beside it."""
    if ordered:
        from bedside.store.restoring import finish_restore

        finish_restore(folder)
    if keys is not None or not has_keys(folder):
        take_back_begun(path, None if keys is None else keys.database)
    _check_keys(folder, path, keys)
    _check_left(folder, path, keys, ordered)
    return _look(folder, path, create, meanwhile, keys)


def _check_left(folder: Path, path: Path, keys: Keys | None, ordered: bool) -> None:
    """Its bookmark lies there, unless it was just put back from a copy; what a change of keys left goes."""
    if not ordered:
        check_bookmark(folder, path)
    if keys is not None:
        from bedside.store.rekey import clear_left_over

        clear_left_over(folder)


@disk_in_words(OPENING_WORDS)
def open_to_read(folder: Path, keys: Keys | None = None, *, of: Path | None = None) -> Store:
    """Open a ward or a copy of one only to be read; nothing in its folder is changed.

    Args:
        folder: where it lies.
        keys: what opens an encrypted one; those of the ward, or of the copy's own key file.
        of: the ward's own folder, where this is a copy for this program alone.

    Raises:
        KeyNeeded: it is encrypted, and no keys were given.
        Refused: it is of an older or newer Bedside, or was not closed.
        Damaged: it does not hold what was recorded in it.
    """
    return _open_read_only(folder, folder / FILE, keys, of)


def _check_keys(folder: Path, path: Path, keys: Keys | None) -> None:
    """Keys where they are needed, and of this very ward."""
    if keys is None:
        if has_keys(folder):
            raise KeyNeeded(folder)
        return
    mark = mark_in(path)
    if mark and keys.database is not None and mark != mark_of(keys.database):
        if is_unmerged(path):  # a power cut may have spoilt what lies whole in the file beside it
            with suppress(Refused):
                look_at(path, key=keys.database)
                return
        raise Hindered("key file", *NOT_ITS_KEY)


def _open_locked(
    folder: Path,
    path: Path,
    lock: WardLock,
    now: datetime,
    look: Look,
    keys: Keys | None,
    *,
    demonstration: bool,
) -> Store:
    key = None if keys is None else keys.database
    make_ward_file(path)
    file: WardFile | None = None
    sums: PageSums | None = None
    try:
        file = WardFile(connect(path, key))
        if key is not None and look.unmerged and not look.as_left:
            check_seals(file.driver)
        _bring_up(file, folder, look, now, demonstration, keys)
        sums = (
            PageSums(path, look.digest) if key is None else None
        )  # before the walk: it proves them
        is_demonstration = _check(file, folder, keys, proved=look.empty or look.as_left)
        bookmark, running = Bookmark(folder), RunningNote(path, _seal_key(keys), look.digest, sums)
    except BaseException as error:
        for each in (sums, file):
            if each is not None:
                each.close()
        if isinstance(error, SettingRefused):
            raise Refused(
                f"The disk of {folder} does not take a setting that keeps saves safe. "
                "Choose a folder on another disk of this computer."
            ) from error
        if driver_error(error) is not None or isinstance(error, UnicodeError):
            raise opening_trouble(error) from error
        raise
    return Store(
        file, lock=lock, bookmark=bookmark, running=running,
        demonstration=is_demonstration, keys=keys,
    )  # fmt: skip


def _open_where_read_only(folder: Path, path: Path, keys: Keys | None, now: datetime) -> Store:
    """Open a ward where nothing may be written; one that was not closed from a copy of all that lies there."""
    if is_unmerged(path) and path.exists() and not is_replaced(folder):
        from bedside.store.private_copy import open_privately

        _check_keys(folder, path, keys)
        found = open_privately(folder, keys, now)
        if found is not None:
            return found
    return _open_read_only(folder, path, keys)


def _open_read_only(folder: Path, path: Path, keys: Keys | None, of: Path | None = None) -> Store:
    """Open a ward on a medium that cannot be written: everything can be seen, nothing recorded."""
    if not path.exists():
        raise Hindered(
            "read-only", f"The folder {folder} can only be read: no ward can be made there."
        )
    if is_unmerged(path) and is_replaced(folder):
        raise Refused(
            f"The ward in {folder} was put aside by a restore before it was closed: it is kept as it "
            "lies, and cannot be shown. Its last copies lie in the ward's own folder, in backups."
        )
    if is_unmerged(path):
        raise Hindered(
            "read-only",
            f"The ward in {folder} was not closed before it came to this read-only place.",
            "Copy the whole folder to a disk of this computer and open it there.",
        )
    _check_keys(folder, path, keys)
    key = None if keys is None else keys.database
    look = look_at(path, rest=_rest(folder, path, keys), key=key, seal_key=_seal_key(keys))
    _refuse_newer(look)
    if look.step != SCHEMA:
        raise Hindered(
            "read-only",
            f"The ward in {folder} is of an older Bedside and can only be read where it lies.",
            "Copy the whole folder to a disk of this computer and open it there.",
        )
    try:
        file = WardFile(connect_read_only(path, key), of)
        is_demonstration = _check(file, folder, keys, proved=look.as_left)
    except reading_errors() as error:
        raise opening_trouble(error) from error
    store = Store(file, lock=None, bookmark=None, demonstration=is_demonstration, keys=keys)
    store.replaced = is_replaced(folder)
    return store


def _look(
    folder: Path,
    path: Path,
    create: bool,
    meanwhile: Callable[[], None] | None,
    keys: Keys | None,
) -> Look:
    if not path.exists():
        return Look("")
    key = None if keys is None else keys.database
    look = look_at(path, meanwhile, _rest(folder, path, keys), key, _seal_key(keys))
    _refuse_newer(look)
    if look.older and not _is_known(look.step):
        raise Damaged("it does not say which version of Bedside it belongs to.")
    if look.empty and not create:
        raise Refused(f"The ward in {folder} was never finished. Make a new one there.")
    if look.empty and read_bookmark(folder) not in (None, EMPTY):
        raise Damaged("it is empty, though saves were made in it.")
    return look


def _refuse_newer(look: Look) -> None:
    if look.newer:
        raise Hindered(
            "newer",
            f"This ward belongs to a newer Bedside (its step {look.step}, this program's {SCHEMA}).",
            "Nothing was changed. Start the newer Bedside, or bring this one up to date.",
        )


def _is_known(step: str) -> bool:
    return any(place("migrations", "versions").glob(f"{step}_*.py"))


def _bring_up(
    file: WardFile,
    folder: Path,
    look: Look,
    now: datetime,
    demonstration: bool,
    keys: Keys | None,
) -> None:
    """Make the tables of a new ward, or take an older one up to this program's."""
    if not (look.empty or look.older):
        return
    from bedside.store.upgrade import upgrade  # a ward that is up to date needs none of it
    from bedside.store.ward_row import write_ward

    at = utc_text(now)

    def finish(connection: "Connection") -> None:
        write_ward(connection, look, at, demonstration, _seal_key(keys))

    with file.engine.connect() as connection:
        if look.older:
            verify(driver_of(connection), _marked(folder), _seal_key(keys))
            _back_up_before(connection, folder, look, at, keys)
        try:
            upgrade(connection, finish=finish)
        except Exception as error:
            if is_disk_trouble(error):
                raise
            raise Refused(
                f"This ward could not be brought up to date (from step {look.step or 'none'} to "
                f"{SCHEMA}). Nothing in it was changed. Call whoever looks after Bedside here."
            ) from error


def _back_up_before(
    connection: "Connection", folder: Path, look: Look, at: str, keys: Keys | None
) -> None:
    from bedside.store.upgrade_copy import copy_before_upgrade

    copy_before_upgrade(driver_of(connection), folder, datetime.fromisoformat(at), look.step, keys)


def _seal_key(keys: Keys | None) -> bytes | None:
    return None if keys is None else keys.seal


def _check(file: WardFile, folder: Path, keys: Keys | None, *, proved: bool) -> bool:
    """Compare every record with the audit trail; return whether the ward is a demonstration."""
    if not proved:
        check_schema(file.driver)
        verify(file.driver, _marked(folder), _seal_key(keys))
    row = file.driver.execute("SELECT demonstration FROM ward").fetchone()
    if row is None:
        raise AuditBroken("its own row is missing.")
    return bool(row[0])


def _rest(folder: Path, path: Path, keys: Keys | None) -> AtRest | None:
    """How the ward was left; nothing that counts unless the bookmark stands at the same save."""
    note = read_running if unfinished(path) else read_rest
    rest = note(path, _seal_key(keys))
    return rest if rest is not None and rest.head == read_bookmark(folder) else None


def _marked(folder: Path) -> str | None:
    marked = read_bookmark(folder)
    return None if marked is None else marked.seal
