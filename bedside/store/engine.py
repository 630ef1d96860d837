"""How the ward's file is opened: one connection, with every safety setting set and read back.

Why each setting is as it is: in write-ahead mode with `synchronous=FULL` a save that was reported
survives a power cut (with NORMAL about half did not); an exclusive lock keeps a second program out
and sidesteps a fault of older SQLite libraries when two connections write; `recursive_triggers`
makes "insert or replace" meet the triggers that forbid erasing; `BEGIN IMMEDIATE` takes the writing
lock at once, so a save never fails half-way for want of it. A setting that cannot be read back as
it was set stops the opening: it is never assumed.

With a key the file is opened by SQLCipher, a driver of the same interface (`bedside.store.driver`),
and every setting holds there, too.
"""

import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, cast

from bedside.store.driver import open_driver

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

LEAST_SQLITE = (3, 37, 2)  # STRICT tables
BUSY_TIMEOUT_MS = 5000
APPLICATION_ID = 0x42656473  # "Beds": how a ward's file is told from another SQLite file

_SETTINGS: tuple[tuple[str, str, str | int], ...] = (
    # the lock comes first: it must be chosen before the file is read for the first time
    ("locking_mode", "EXCLUSIVE", "exclusive"),
    ("journal_mode", "WAL", "wal"),
    ("synchronous", "FULL", 2),
    ("recursive_triggers", "ON", 1),
    ("trusted_schema", "OFF", 0),
    ("cell_size_check", "ON", 1),
    ("mmap_size", "0", 0),
    ("secure_delete", "ON", 1),
    ("journal_size_limit", "4194304", 4194304),
    ("busy_timeout", str(BUSY_TIMEOUT_MS), BUSY_TIMEOUT_MS),
)


class SettingRefused(RuntimeError):
    """SQLite did not take a safety setting: this library must not be used for a ward."""


def connect(
    path: Path, key: bytes | None = None, *, foreign_keys: bool = True
) -> sqlite3.Connection:
    """Open the ward's file for this program alone.

    Args:
        path: the file; it must exist.
        key: the file's key, 32 bytes; None for a plain file.
        foreign_keys: off only while a migration rebuilds tables.

    Raises:
        SettingRefused: a setting could not be read back as it was set.
        sqlite3.Error: (or SQLCipher's) the file is in use by another program, or is no ward, or
            the key is another one's.
    """
    driver = open_driver(path, "mode=rw", key)
    try:
        for name, value, expected in _SETTINGS:
            set_and_read_back(driver, name, value, expected)
        set_foreign_keys(driver, foreign_keys)
        _set_python_3_12_settings(driver)
    except BaseException:
        driver.close()
        raise
    return driver


def connect_read_only(path: Path, key: bytes | None = None) -> sqlite3.Connection:
    """Open the ward's file on a medium that cannot be written; nothing beside it is made."""
    driver = open_driver(path, "mode=ro&immutable=1", key)
    try:
        set_and_read_back(driver, "trusted_schema", "OFF", 0)
        set_and_read_back(driver, "cell_size_check", "ON", 1)
        set_and_read_back(driver, "mmap_size", "0", 0)
    except BaseException:
        driver.close()
        raise
    return driver


def connect_copy(path: Path, key: bytes | None = None) -> sqlite3.Connection:
    """Open a new, empty file that becomes a copy of a ward, with the key that the copy gets."""
    return open_driver(path, "mode=rw", key)


def set_foreign_keys(driver: sqlite3.Connection, on: bool) -> None:
    """Switch the checking of references; inside a transaction SQLite ignores this silently."""
    set_and_read_back(driver, "foreign_keys", "ON" if on else "OFF", int(on))


def set_and_read_back(
    driver: sqlite3.Connection, name: str, value: str, expected: str | int
) -> None:
    """Set one PRAGMA and assert that it holds.

    Raises:
        SettingRefused: it reads back as something else.
    """
    driver.execute(f"PRAGMA {name}={value}").fetchall()
    row = driver.execute(f"PRAGMA {name}").fetchone()
    found = None if row is None else row[0]
    if found != expected and not (name == "mmap_size" and found is None):
        raise SettingRefused(f"SQLite setting {name}: asked for {expected}, it says {found}")


def ward_engine(
    creator: Callable[[], sqlite3.Connection], module: ModuleType = sqlite3
) -> "Engine":
    """An SQLAlchemy engine with exactly one connection, which the creator opens.

    Args:
        creator: gives the connection.
        module: the database module that it belongs to (`bedside.store.driver.module_of`); its
            errors are the ones that SQLAlchemy knows.

    A transaction begins with BEGIN IMMEDIATE. SQLAlchemy is imported here, not before: reading
    does not need it (`bedside.store.ward_file`).
    """
    from sqlalchemy import create_engine, event
    from sqlalchemy.pool import QueuePool

    engine = create_engine(
        "sqlite://",
        creator=creator,
        module=module,
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
        pool_reset_on_return=None,
        hide_parameters=True,  # no infant's name in an error's text (hazard H43)
    )
    event.listen(engine, "begin", _begin)
    return engine


def driver_of(connection: "Connection") -> sqlite3.Connection:
    """The connection of sqlite3, or of SQLCipher, under an SQLAlchemy one."""
    driver = connection.connection.driver_connection
    if driver is None:
        raise TypeError("the ward's file is closed")
    return cast(sqlite3.Connection, driver)


def _begin(connection: "Connection") -> None:
    driver_of(connection).execute("BEGIN IMMEDIATE")  # SQLAlchemy's own way takes as long as a row


def _set_python_3_12_settings(driver: sqlite3.Connection) -> None:
    """Defensive mode, and no double-quoted texts: only Python 3.12 and later can set them.

    On 3.11 a misspelt column name in double quotes would come back as a text; so no SQL of ours
    uses double quotes for anything but names that SQLAlchemy quoted. SQLCipher's module cannot set
    them on any Python.
    """
    if sys.version_info >= (3, 12) and isinstance(driver, sqlite3.Connection):
        wanted = (
            (sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True),
            (sqlite3.SQLITE_DBCONFIG_DQS_DDL, False),
            (sqlite3.SQLITE_DBCONFIG_DQS_DML, False),
        )
        for option, on in wanted:
            driver.setconfig(option, on)
            if driver.getconfig(option) is not on:
                raise SettingRefused(f"SQLite configuration {option} was not taken")
