"""Opening a ward on a server, and making one there.

The order, as for a file: the station's own folder is fit and nobody else on this computer has it
open; the server is reached and keeps saves safe; the ward there is of this program's step; its tables
and guards are as they were left; this station may not change records; the station's keys are the
ward's; and the trail still holds what this station last saw of it, so that a server that was put back
to an older state (an old copy, a standby that had fallen behind) is found before anybody works on it.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from bedside.store.audit import Act, read_head
from bedside.store.audit_step import seal_as_it_is
from bedside.store.audit_walk import verify
from bedside.store.bookmark import Bookmark, read_bookmark
from bedside.store.canonical import seal
from bedside.store.folders import make_ward_folder, remove_empty
from bedside.store.key_file import KeyFile
from bedside.store.key_sharing import join_by_server, newer_elsewhere, take_newer_keys
from bedside.store.keys import KeyNeeded, Keys, has_keys
from bedside.store.lock import WardLock
from bedside.store.move_mark import read_mark
from bedside.store.proven import SHORT_TRAIL
from bedside.store.restored_server import was_restored
from bedside.store.schema import SCHEMA
from bedside.store.server_address import ServerAddress, read_address
from bedside.store.server_driver import ServerDriver, connect_server
from bedside.store.server_fault import ServerFault
from bedside.store.server_rights import (
    CLOSED,
    PROGRAM_ROLE,
    check_own_rights,
    check_program_role,
    grant_to_program,
    is_closed,
)
from bedside.store.server_schema import (
    check_server_schema,
    check_step,
    server_digest,
    server_step,
)
from bedside.store.station_copy import StationCopy
from bedside.store.station_store import STATEMENT_MS, LateWard, StationStore
from bedside.store.trail_key import ANCHOR_ACT
from bedside.store.troubles import AuditBroken, Hindered, NotSaved, ServerBehind
from bedside.store.ward_row import PROGRAM
from bedside.store.ways import utc_text
from bedside.units.refusal import Refused

if TYPE_CHECKING:
    from sqlalchemy import Connection

_FIRST_SQL = (
    "SELECT seq, at, who, act, table_name, row_id, operation, content, previous_hash, hash "
    "FROM audit WHERE seq = 1"
)
_ANCHOR_SQL = "SELECT 1 FROM audit WHERE act = ? AND table_name = 'ward' AND operation = 'upgrade'"
_STANDS_SQL = "SELECT 1 FROM audit WHERE seq = ? AND hash = ?"
_INSERT_WARD = (
    'INSERT INTO "ward" ("id", "ward_id", "created_at", "demonstration", "schema_version", '
    '"schema_digest") VALUES (?, ?, ?, ?, ?, ?)'
)
_HELD = "55P03"  # PostgreSQL's own for a table that somebody else holds
AT_WORK = (
    "A station is at work in the ward, so its rules cannot be made anew. Nothing was changed.",
    "Close Bedside at every station, then bring the ward up again.",
)
NO_KEYS = (
    "The ward on the server is sealed with keys, and this station has none.",
    "The ward on the server holds no key file for its stations yet, so put it (ward.keys) into this "
    "station's folder: one lies beside every copy.",
)


def open_station(address: str, folder: Path, *, keys: Keys | None = None) -> StationStore:
    """Open the ward at an address as it is written down; nothing is opened here beside a ward's file.

    Args:
        address: of the ward's server.
        folder: this station's own folder.
        keys: the ward's keys; None for a plain ward.

    Raises:
        Refused: see `open_on_server`; or a ward of this computer's own lies in the folder.
    """
    read = read_address(address)
    mark = read_mark(folder)
    if (folder / "ward.sqlite3").exists() and (mark is None or mark.state != "done"):
        raise Refused(
            f"In {folder} lies a ward of this computer's own, and this station is set to a server.",
            "Nothing was opened, so that nobody writes in the wrong one. Move it to the server "
            "(bedside move --to …), or choose another folder for this station.",
        )
    try:
        return open_on_server(read, folder, keys=keys)
    except ServerFault as fault:
        if not fault.broken:
            raise
        from bedside.store.server_store import AWAY

        raise Hindered("server", *AWAY) from fault  # it went away in the midst of the opening


def open_on_server(
    address: ServerAddress, folder: Path, *, keys: Keys | None = None
) -> StationStore:
    """Open the ward on a server for this station.

    Args:
        address: where it lies, with the station's role.
        folder: this station's own folder.
        keys: the ward's keys; None for a plain ward.

    Raises:
        Refused: there is no ward, or this station's role may change records.
        Hindered: the server was not reached, or its ward is of another Bedside.
        KeyNeeded: the station has a key file, and no keys were given.
        Damaged: the ward does not hold what was recorded in it.
    """
    if keys is None and has_keys(folder):
        raise KeyNeeded(folder)
    made = make_ward_folder(folder)
    lock = WardLock(folder)

    def connect() -> ServerDriver:
        return connect_server(address, STATEMENT_MS)

    ward = LateWard(connect, folder)
    try:
        _join(ward.driver, folder, keys)
        demonstration = _check(ward.driver, folder, keys)
        return _station(ward, lock, folder, keys, demonstration=demonstration)
    except BaseException:
        ward.close()
        lock.release()
        if made and not has_keys(folder):  # a station that has just joined keeps its key file
            remove_empty(folder)
        raise


def keys_elsewhere(address: str, folder: Path) -> KeyFile | None:
    """The key file that the ward was given at another station since this one took its own.

    Args:
        address: of the ward's server, as it is written down.
        folder: this station's own folder.

    Returns:
        It, to be tried; None where there is none, or where the server does not answer.
    """
    try:
        driver = connect_server(read_address(address), STATEMENT_MS)
    except Refused:
        return None
    try:
        return newer_elsewhere(driver, folder)
    except (Refused, ServerFault):
        return None
    finally:
        driver.close()


def open_copy_while_away(
    address: str, folder: Path, at: datetime, *, keys: Keys | None = None
) -> StationStore:
    """Open a station whose server does not answer: its copy is read until the server is back.

    Args:
        address: of the ward's server.
        folder: this station's own folder.
        at: now (aware).
        keys: the ward's keys; None for a plain ward.

    Raises:
        Refused: this station has no copy that can be read.
        KeyNeeded: the station has a key file, and no keys were given.
    """
    read = read_address(address)
    if keys is None and has_keys(folder):
        raise KeyNeeded(folder)
    lock = WardLock(folder)
    copy = StationCopy(folder, keys)
    try:
        copied = copy.store
        if copied is None:
            raise Refused(
                "This station has no copy of the ward that can be read.",
                "Work from the printed downtime sheets until the server answers.",
            )
        ward = LateWard(lambda: connect_server(read, STATEMENT_MS), folder)
        return _station(
            ward, lock, folder, keys, demonstration=copied.demonstration, copy=copy, away=at
        )
    except BaseException:
        copy.close()
        lock.release()
        raise


def _station(
    ward: LateWard,
    lock: WardLock,
    folder: Path,
    keys: Keys | None,
    *,
    demonstration: bool,
    copy: StationCopy | None = None,
    away: datetime | None = None,
) -> StationStore:
    return StationStore(
        ward, lock=lock, bookmark=Bookmark(folder), demonstration=demonstration, keys=keys,
        copy=copy or StationCopy(folder, keys), connect=ward.connect_anew,
        check=lambda driver: _check(driver, folder, keys, again=True), away=away,
    )  # fmt: skip


def make_on_server(
    driver: ServerDriver,
    *,
    now: datetime,
    demonstration: bool = False,
    seal_key: bytes | None = None,
    role: str = PROGRAM_ROLE,
) -> None:
    """Make a new ward in an empty database.

    Args:
        driver: a connection as the ward's owner.
        now: aware.
        demonstration: it is one of invented infants, for ever.
        seal_key: the ward's sealing key, if it is to have keys.
        role: the program's role on that server.

    Raises:
        Refused: the database is not empty, or the program's role is not there.
    """
    at = utc_text(now)

    def finish(inside: ServerDriver) -> None:
        ward = (1, str(uuid4()), at, int(demonstration), SCHEMA, server_digest(inside))
        inside.execute(_INSERT_WARD, ward)
        seal_as_it_is(inside, Act(PROGRAM, "made this ward", at), seal_key)

    make_tables(driver, finish, role)


def make_tables(
    driver: ServerDriver, finish: Callable[[ServerDriver], None], role: str = PROGRAM_ROLE
) -> None:
    """Make the tables of a ward in an empty database, and fill them, in one transaction.

    Args:
        driver: a connection as the ward's owner.
        finish: fills them.
        role: the program's role on that server.

    Raises:
        Refused: the database is not empty, or the program's role is not there.
    """
    from bedside.store.server_upgrade import upgrade_server

    if server_step(driver):
        raise Refused("There is a ward in this database already: nothing was changed.")
    check_program_role(driver, role)

    def fill(_connection: "Connection") -> None:
        grant_to_program(driver, role)
        finish(driver)

    upgrade_server(driver, finish=fill)


def bring_up_on_server(
    driver: ServerDriver,
    *,
    now: datetime,
    seal_key: bytes | None = None,
    role: str = PROGRAM_ROLE,
) -> bool:
    """Bring a ward on a server up to this program's tables; whether there was anything to do.

    Args:
        driver: a connection as the ward's owner; no station may be at work.
        now: aware.
        seal_key: the ward's sealing key, if it has keys.
        role: the program's role on that server.

    Raises:
        Refused: it holds no ward, or a newer one.
        AuditBroken: its record does not hold: it is changed no further.
    """
    from bedside.store.server_renewal import renew_rules, rules_now, rules_of_a_new_ward
    from bedside.store.server_upgrade import upgrade_server

    step = server_step(driver)
    if not step or step > SCHEMA:
        check_step(driver)
    check_program_role(driver, role)
    if is_closed(driver, role):
        raise Refused(*CLOSED)
    if step == SCHEMA:
        check_server_schema(driver)
    rules = rules_of_a_new_ward(driver)
    if step == SCHEMA and rules_now(driver) == rules:
        return False
    verify(driver, None, seal_key)

    def finish(_connection: "Connection") -> None:
        renew_rules(driver, rules)
        grant_to_program(driver, role)
        new = (SCHEMA, server_digest(driver))
        driver.execute("UPDATE ward SET schema_version = ?, schema_digest = ?", new)
        act = Act(PROGRAM, "brought this ward up to date", utc_text(now))
        seal_as_it_is(driver, act, seal_key)

    try:
        upgrade_server(driver, finish=finish)
    except ServerFault as fault:
        if fault.state != _HELD:
            raise
        raise Refused(*AT_WORK) from None
    return True


def _check(driver: ServerDriver, folder: Path, keys: Keys | None, *, again: bool = False) -> bool:
    """Whether all is as it must be before anybody sees the ward; returns if it is a demonstration.

    Args:
        driver: a connection of this station's.
        folder: the station's own.
        keys: the ward's.
        again: the window is open, and the server is back.
    """
    check_step(driver)
    check_own_rights(driver)
    check_server_schema(driver)
    seal_key = None if keys is None else keys.seal
    _check_keys(driver, seal_key)
    seen = read_bookmark(folder)
    stands = seen is None or not seen.seq
    if seen is not None and seen.seq:
        stands = driver.execute(_STANDS_SQL, (seen.seq, seen.seal)).fetchone() is not None
    if not stands and (again or not was_restored(driver, folder, keys)):
        raise ServerBehind
    if not stands:
        seen = None
    if read_head(driver).seq <= SHORT_TRAIL:  # a longer one is walked beside the window
        driver.plain("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        verify(driver, seen.seal if seen is not None and seen.seq else None, seal_key)
        driver.plain("ROLLBACK")
    row = driver.execute("SELECT demonstration FROM ward").fetchone()
    if row is None:
        raise AuditBroken("its own row is missing.")
    if keys is not None and not again:
        with suppress(OSError, Refused):  # what opened the ward here opens it still
            take_newer_keys(driver, folder, keys.seal)
    return bool(row[0])


def _join(driver: ServerDriver, folder: Path, keys: Keys | None) -> None:
    """A new station of a ward with keys takes its key file from the ward, and asks for the passphrase.

    Raises:
        KeyNeeded: it has a key file now.
        NotSaved: this disk did not take it.
    """
    if keys is not None or server_step(driver) != SCHEMA or not _is_keyed(driver):
        return
    try:
        if join_by_server(driver, folder):
            raise KeyNeeded(folder)
    except OSError as error:
        raise NotSaved(f"The ward's key file could not be written to {folder}.") from error


def _check_keys(driver: ServerDriver, seal_key: bytes | None) -> None:
    """A ward that is sealed with keys is not judged without them."""
    if seal_key is None and _is_keyed(driver):
        raise Hindered("key file", *NO_KEYS)


def _is_keyed(driver: ServerDriver) -> bool:
    first = driver.execute(_FIRST_SQL).fetchone()
    keyed = first is not None and seal(first[:-1]) != first[-1]
    return keyed or driver.execute(_ANCHOR_SQL, (ANCHOR_ACT,)).fetchone() is not None
