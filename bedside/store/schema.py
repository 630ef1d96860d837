"""Which version of the tables a file has, read without changing one byte of it."""

import hashlib
import re
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from bedside.store.at_rest import AtRest, is_as_left
from bedside.store.beside import beside
from bedside.store.bookmark import NAME as BOOKMARK
from bedside.store.driver import open_driver, reading_errors
from bedside.store.engine import APPLICATION_ID
from bedside.store.keys import looks_encrypted
from bedside.store.troubles import Damaged, Hindered, opening_trouble
from bedside.units.refusal import Refused

SCHEMA = "0017"  # the step in `migrations/versions/` that `bedside.store.tables` describes
FULL_CHECK_BYTES = 64 * 1024 * 1024
_STEP = re.compile(r"\d{4}")
KEY_FILE_MISSING = (
    "The ward's key file (ward.keys) is missing, or the ward's file is damaged from its beginning.",
    "Put ward.keys back into the ward's folder: one lies in every copy of it. Without it neither "
    "the passphrase nor the recovery code opens the ward.",
)
_NOT_A_WARD = "is not a Bedside ward: it is another kind of file. Choose another folder."
_SCHEMA_SQL = (
    "SELECT type, name, tbl_name, sql FROM sqlite_master "
    "WHERE name NOT LIKE 'sqlite^_%' ESCAPE '^' ORDER BY type, name"
)


class Look(Struct, frozen=True):
    """What a first look at a file found.

    Attributes:
        step: "" when there are no tables yet.
        as_left: the file is byte for byte what Bedside closed, with every record proved.
    """

    step: str
    as_left: bool = False

    @property
    def empty(self) -> bool:
        """Nothing is in the file yet: its making was interrupted, or has not begun."""
        return not self.step

    @property
    def newer(self) -> bool:
        """A newer Bedside has changed the tables."""
        return self.step > SCHEMA

    @property
    def older(self) -> bool:
        """The tables have to be brought up to this program's."""
        return not self.empty and self.step < SCHEMA


def look_at(
    path: Path,
    meanwhile: Callable[[], None] | None = None,
    rest: AtRest | None = None,
    key: bytes | None = None,
) -> Look:
    """Check a ward's file and read its step; the file and what lies beside it stay as they are.

    Args:
        path: the file.
        meanwhile: done while SQLite checks the file's pages in a thread of its own.
        rest: how the file was left, as far as is known.
        key: the file's key; None for a plain file.

    Raises:
        Damaged: SQLite's own check, or the seal of an encrypted page, finds a fault.
        Refused: the file is not a ward.
    """
    if path.stat().st_size == 0:
        return Look("")
    wal, memory = path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")
    pending = wal.exists() and wal.stat().st_size > 0
    keep_memory = memory.exists()
    mode = "mode=ro" if pending else "mode=ro&immutable=1"
    driver = open_driver(path, mode, key)
    try:
        encrypted = key is not None
        as_left = beside(lambda: _check_file(driver, path, rest, encrypted), meanwhile)
        return Look(_read_step(driver, path), as_left)
    except reading_errors() as error:  # a spoilt text is no UTF-8 any more
        raise _trouble(error, path) from error
    finally:
        driver.close()
        if pending and not keep_memory:
            memory.unlink(missing_ok=True)


def schema_digest(driver: sqlite3.Connection) -> str:
    """The SHA-256 of every table, index and trigger as the file itself spells them."""
    rows = driver.execute(_SCHEMA_SQL).fetchall()
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def check_schema(driver: sqlite3.Connection) -> None:
    """Compare the tables and triggers with those that the last step left.

    Raises:
        Damaged: a table, an index or a trigger was changed or dropped outside Bedside.
    """
    row = driver.execute("SELECT schema_version, schema_digest FROM ward").fetchone()
    if row != (SCHEMA, schema_digest(driver)):
        raise Damaged("its tables, or the rules that guard them, were changed outside Bedside.")


def _check_file(
    driver: sqlite3.Connection, path: Path, rest: AtRest | None, encrypted: bool
) -> bool:
    _check_pages(driver, path.stat().st_size, encrypted)
    return is_as_left(path, rest)


def _check_pages(driver: sqlite3.Connection, size: int, encrypted: bool) -> None:
    """SQLite's own check; the full one, indexes included, while it takes a moment only.

    Of an encrypted file the seal of every page is checked first, also of pages that are not in use.
    """
    if encrypted and driver.execute("PRAGMA cipher_integrity_check").fetchone() is not None:
        raise Damaged("the seal of one of its encrypted pages is broken.")
    driver.execute("PRAGMA cell_size_check=ON")
    check = "integrity_check" if size <= FULL_CHECK_BYTES else "quick_check"
    found = driver.execute(f"PRAGMA {check}(1)").fetchall()
    if found != [("ok",)]:
        raise Damaged("SQLite's own check finds a fault in it.")


def _read_step(driver: sqlite3.Connection, path: Path) -> str:
    tables = {row[0] for row in driver.execute("SELECT name FROM sqlite_master")}
    application = driver.execute("PRAGMA application_id").fetchone()[0]
    if not tables and application == 0:
        return ""
    if application != APPLICATION_ID or "alembic_version" not in tables:
        raise Refused(f"{path.name} {_NOT_A_WARD}")
    steps = driver.execute("SELECT version_num FROM alembic_version").fetchall()
    if len(steps) != 1 or not _STEP.fullmatch(str(steps[0][0])):
        raise Damaged("it does not say which version of Bedside it belongs to.")
    return str(steps[0][0])


def _trouble(error: Exception, path: Path) -> Refused:
    name = getattr(error, "sqlite_errorname", None) or ""
    if name.startswith("SQLITE_NOTADB"):
        if looks_encrypted(path) and path.with_name(BOOKMARK).exists():
            return Hindered("key file", *KEY_FILE_MISSING)
        with suppress(OSError), path.open("rb") as file:
            if not file.read(16).startswith(b"SQLite format"):
                return Refused(f"{path.name} {_NOT_A_WARD}")
    return opening_trouble(error)
