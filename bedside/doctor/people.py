"""Has the ward its people, with a second administrator, and does it copy itself to a second medium?

Both stand in the ward's file: of an encrypted one they are read where this workstation's keyring
opens it, and else said to be on the window's own pages.
"""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from bedside.doctor.finding import Finding, fit, look
from bedside.units.counted import so_many

if TYPE_CHECKING:
    import sqlite3

    from bedside.store.keys import Keys

PEOPLE = "people"
MEDIUM = "second medium"
_PEOPLE_SQL = "SELECT count(*) FROM ward_person WHERE voided_at IS NULL"
_HEADS_SQL = (
    "SELECT count(DISTINCT person_id) FROM person_role "
    "WHERE role = 'administrator' AND voided_at IS NULL"
)
_MEDIUM_SQL = "SELECT value FROM site_setting WHERE key = 'second_medium' AND voided_at IS NULL"
_WARD_SQL = "SELECT ward_id, demonstration FROM ward"


def people(folder: Path) -> Finding:
    """Who may sign in."""
    return _read(folder, PEOPLE, "People (F3)", _people)


def second_medium(folder: Path) -> Finding:
    """Whether a second medium is set, and there."""
    return _read(folder, MEDIUM, "Backup (F11)", lambda driver: _medium(driver, folder))


def _people(driver: "sqlite3.Connection") -> Finding:
    (count,) = driver.execute(_PEOPLE_SQL).fetchone()
    (heads,) = driver.execute(_HEADS_SQL).fetchone()
    _, demonstration = driver.execute(_WARD_SQL).fetchone()
    if demonstration:
        return fit(PEOPLE, "This is a demonstration: names are typed freely in it.")
    if not count:
        return look(
            PEOPLE, "The ward has no people: anybody at this screen reads it. Page People (F3)."
        )
    words = f"{so_many(count, 'person', 'people')} may sign in, {heads} of them as administrator."
    if heads < 2:
        return look(
            PEOPLE, f"{words} If that passphrase is forgotten nobody can help: make a second."
        )
    return fit(PEOPLE, words)


def _medium(driver: "sqlite3.Connection", folder: Path) -> Finding:
    row = driver.execute(_MEDIUM_SQL).fetchone()
    if row is None or not row[0]:
        return look(
            MEDIUM,
            "None is set: if this disk fails, its copies are gone with it. Page Backup (F11).",
        )
    ward_id, _ = driver.execute(_WARD_SQL).fetchone()
    own = Path(row[0]) / f"bedside-{str(ward_id)[:8]}" / "copies"
    if not own.is_dir():
        return look(MEDIUM, f"It is missing ({row[0]}): plug it in. Copies go to this disk only.")
    if own.stat().st_dev == folder.stat().st_dev:
        return look(MEDIUM, f"{row[0]} lies on the ward's own disk: if it fails, both are gone.")
    return fit(MEDIUM, f"Copies go to {row[0]}, too, and are read back from there.")


def _read(
    folder: Path, name: str, page: str, look_in: Callable[["sqlite3.Connection"], Finding]
) -> Finding:
    """Read the closed ward without changing it, where that can be done."""
    from bedside.store.driver import driver_errors
    from bedside.store.engine import connect_read_only
    from bedside.store.keys import has_keys
    from bedside.store.lock import NAME, WardLock
    from bedside.store.opening import FILE
    from bedside.units.refusal import Refused

    file = folder / FILE
    if not file.exists():
        return fit(name, "There is no ward yet.")
    keys = _by_keyring(folder) if has_keys(folder) else None
    if has_keys(folder) and keys is None:
        return fit(name, f"The ward opens by its passphrase only; its page {page} says it.")
    try:
        lock = WardLock(folder) if (folder / NAME).exists() else None
    except (Refused, OSError):
        return fit(name, f"The ward is open in a window now: its page {page} says it.")
    try:
        with closing(connect_read_only(file, None if keys is None else keys.database)) as driver:
            return look_in(driver)
    except driver_errors():
        return look(name, f"It cannot be read from the file as it lies there; see page {page}.")
    finally:
        if lock is not None:
            lock.release()


def _by_keyring(folder: Path) -> "Keys | None":
    """The keys as the keyring gives them; nothing is healed or counted."""
    from bedside.store.key_file import WrongSecret, open_up, read_key_file
    from bedside.store.key_ring import kept_key, system_ring
    from bedside.store.key_wrap import held_in, keys_of
    from bedside.store.opening import FILE
    from bedside.units.refusal import Refused

    try:
        content = read_key_file(folder)
        key = kept_key(system_ring(), content.ward) if content.keyring is not None else None
        if key is None or content.keyring is None:
            return None
        master = open_up(key, content.keyring, content.bound("keyring"))
        return keys_of(held_in(content, master), folder / FILE)
    except (Refused, WrongSecret):
        return None
