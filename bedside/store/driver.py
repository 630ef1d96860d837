"""Which library opens a ward's file: Python's own SQLite, or SQLCipher where there is a key.

Both have the same interface (sqlcipher3 is Python's own module built on SQLCipher), but each has
connections and errors of its own kind; only this module knows both. SQLCipher is loaded when the
first key is used, so a plain ward starts as fast as ever.

Decision: the key is handed over as raw bytes, not as a passphrase, by a statement of its own and
never in an address: SQLAlchemy would keep an address, and show it. The slow derivation from the
passphrase is done once for the key file, with argon2id, not at each connection with SQLCipher's own.
"""

import sqlite3
import sys
from pathlib import Path
from types import ModuleType
from typing import Any, cast

from bedside.store.keys import mark_of

OPENING_TIMEOUT_S = 1
_SQLCIPHER = "sqlcipher3.dbapi2"


def open_driver(path: Path, mode: str, key: bytes | None = None) -> sqlite3.Connection:
    """Open a file that exists; its settings are the caller's affair.

    Args:
        path: the file.
        mode: SQLite's own words for how, e.g. "mode=rw" or "mode=ro&immutable=1".
        key: the file's key, 32 bytes; None opens a plain file.

    Returns:
        A connection of `sqlite3`, or one of SQLCipher, which has the same interface.

    Raises:
        sqlite3.Error: or SQLCipher's like of it (`driver_errors`).
    """
    connection = module_for(key).connect(
        f"{path.absolute().as_uri()}?{mode}",
        uri=True,
        timeout=OPENING_TIMEOUT_S,
        isolation_level=None,
        check_same_thread=False,
    )
    driver = cast(sqlite3.Connection, connection)
    if key is not None:
        _use_key(driver, key)
    return driver


def module_for(key: bytes | None) -> Any:
    """The database module that a key asks for."""
    if key is None:
        return sqlite3
    from sqlcipher3 import dbapi2

    return dbapi2


def module_of(driver: object) -> Any:
    """The database module that a connection belongs to."""
    return sqlite3 if isinstance(driver, sqlite3.Connection) else sys.modules[_SQLCIPHER]


def is_encrypted(driver: object) -> bool:
    """Whether a connection is one of SQLCipher."""
    return module_of(driver) is not sqlite3


def driver_errors() -> tuple[type[Exception], ...]:
    """What a connection raises; SQLCipher's own kind only once SQLCipher is loaded."""
    return _kinds("Error")


def reading_errors() -> tuple[type[Exception], ...]:
    """What reading a spoilt file raises: the driver's errors, or a text that is no UTF-8 any more."""
    return (*driver_errors(), UnicodeError)


def integrity_errors() -> tuple[type[Exception], ...]:
    """What a connection raises when a row breaks a rule of the tables."""
    return _kinds("IntegrityError")


def sqlite_version(key: bytes | None) -> tuple[int, ...]:
    """The version of the SQLite that would open a file; SQLCipher brings its own."""
    return cast(tuple[int, ...], module_for(key).sqlite_version_info)


def _kinds(name: str) -> tuple[type[Exception], ...]:
    loaded: ModuleType | None = sys.modules.get(_SQLCIPHER)
    modules: list[ModuleType] = [sqlite3] if loaded is None else [sqlite3, loaded]
    return tuple(cast(type[Exception], getattr(module, name)) for module in modules)


def _use_key(driver: sqlite3.Connection, key: bytes) -> None:
    """Give the key; neither an error nor SQLCipher's own log may repeat it."""
    if len(key) != 32:
        driver.close()
        raise ValueError("the key of a ward's file has 32 bytes")
    # its log would go to standard error, and to whatever keeps that
    driver.execute("PRAGMA cipher_log_level=NONE").fetchall()
    driver.execute(f"PRAGMA key=\"x'{key.hex()}{mark_of(key).hex()}'\"").fetchall()
