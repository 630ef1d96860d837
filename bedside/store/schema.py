"""Which version of the tables a file has, read without changing one byte of it."""

import hashlib
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
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

SCHEMA = "0032"  # the step in `migrations/versions/` that `bedside.store.tables` describes
FULL_CHECK_BYTES = 64 * 1024 * 1024
_JOURNAL = bytes.fromhex("d9d505f920a163d7")  # how a rollback journal begins that is in use
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
        as_left: the file is byte for byte what Bedside left, with every record proved.
        unmerged: saves lie beside the file that are not in it yet: it was not closed.
        digest: the SHA-256 of a file that is as it was left.
    """

    step: str
    as_left: bool = False
    unmerged: bool = False
    digest: str | None = None

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
    seal_key: bytes | None = None,
) -> Look:
    """Check a ward's file and read its step; the file and what lies beside it stay as they are.

    Args:
        path: the file.
        meanwhile: done while SQLite checks the file's pages in a thread of its own.
        rest: how the file was left, as far as is known.
        key: the file's key; None for a plain file.
        seal_key: the ward's sealing key, if it has keys.

    Raises:
        Damaged: SQLite's own check, or the seal of an encrypted page, finds a fault.
        Refused: the file is not a ward.
    """
    if path.stat().st_size == 0:
        return Look("")
    memory = path.with_name(f"{path.name}-shm")
    pending = is_unmerged(path)
    keep_memory = memory.exists()
    mode = "mode=ro" if pending else "mode=ro&immutable=1"
    try:
        with closing(open_driver(path, mode, key)) as driver:
            sealed = key is not None and not pending  # else `check_seals`, once they are merged
            as_left = beside(lambda: _check_file(driver, path, rest, sealed, seal_key), meanwhile)
            digest = rest.digest if as_left and rest is not None else None
            return Look(_read_step(driver, path), as_left, pending, digest)
    except reading_errors() as error:  # a spoilt text is no UTF-8 any more
        raise _trouble(error, path) from error
    finally:
        if pending and not keep_memory:
            memory.unlink(missing_ok=True)


def is_unmerged(path: Path) -> bool:
    """Whether something lies beside a ward's file that is not in it yet: it was not closed."""
    wal = path.with_name(f"{path.name}-wal")
    return (wal.exists() and wal.stat().st_size > 0) or _is_begun(path)


def take_back_begun(path: Path, key: bytes | None = None) -> None:
    """Let SQLite take back a write into the file itself that was cut off.

    Saves never write there; only the first opening of a copy that took a ward's place does, when it
    becomes a file with a log beside it. Until it is taken back the file may hold half a page.

    Args:
        path: the file; nobody else may have it open.
        key: the file's key.
    """
    if not _is_begun(path):
        return
    # what is wrong with it is said by the look that follows
    with suppress(*reading_errors()), closing(open_driver(path, "mode=rw", key)) as driver:
        driver.execute("SELECT count(*) FROM sqlite_master").fetchone()


def _is_begun(path: Path) -> bool:
    """Whether the file's rollback journal has a beginning, and so something to take back."""
    try:
        with path.with_name(f"{path.name}-journal").open("rb") as journal:
            return journal.read(len(_JOURNAL)) == _JOURNAL
    except OSError:
        return False


def check_seals(driver: sqlite3.Connection) -> None:
    """Check the seal of every page of an encrypted ward that was not closed.

    The saves beside the file are taken into it first: a power cut in the midst of that leaves torn
    pages in the file, each of which still lies whole beside it.

    Args:
        driver: the open file, which may be written.

    Raises:
        Damaged: a seal is broken.
        sqlite3.Error: (or SQLCipher's) the disk did not take it.
    """
    driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    _check_each_seal(driver)


def schema_digest(driver: sqlite3.Connection) -> str:
    """The SHA-256 of every table, index and trigger as the file itself spells them."""
    rows = driver.execute(_SCHEMA_SQL).fetchall()
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def check_schema(driver: sqlite3.Connection) -> None:
    """Compare the tables and triggers with those that the last step left.

    The ward's own row says how they are made. In a copy of a ward on a server it says it of the
    server's tables, under the trail's seal; this file's are then held against freshly made ones.

    Raises:
        Damaged: a table, an index or a trigger was changed or dropped outside Bedside.
    """
    row = driver.execute("SELECT schema_version, schema_digest FROM ward").fetchone()
    found = schema_digest(driver)
    if row == (SCHEMA, found):
        return
    if row is not None and row[0] == SCHEMA:
        from bedside.store.fresh_tables import fresh_digest  # for a copy from a server alone

        if found == fresh_digest():
            return
    raise Damaged("its tables, or the rules that guard them, were changed outside Bedside.")


def _check_file(
    driver: sqlite3.Connection,
    path: Path,
    rest: AtRest | None,
    sealed: bool,
    seal_key: bytes | None,
) -> bool:
    """Compare the file with the note on how it was left, and check its pages.

    A large file that is byte for byte as it was left is not checked page by page: it was written
    by SQLite itself since its last check. The record is then verified beside the window.
    """
    as_left = is_as_left(path, rest, seal_key)
    size = path.stat().st_size
    if not (as_left and size > FULL_CHECK_BYTES):
        _check_pages(driver, size, sealed)
    return as_left


def _check_each_seal(driver: sqlite3.Connection) -> None:
    if driver.execute("PRAGMA cipher_integrity_check").fetchone() is not None:
        raise Damaged("the seal of one of its encrypted pages is broken.")


def _check_pages(driver: sqlite3.Connection, size: int, sealed: bool) -> None:
    """SQLite's own check; the full one, indexes included, while it takes a moment only.

    Of an encrypted file the seal of every page is checked first, also of pages that are not in use.
    """
    if sealed:
        _check_each_seal(driver)
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
