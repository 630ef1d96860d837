"""A ward on a server moved into the file of one workstation, for good.

Two wards that both live are never to be: so the server's is closed first, and kept closed. Its owner
takes the right to record away from the stations and keeps that; then the ward is laid into a file and
proved, field by field; only then does the workstation have it. Stopped in between (a full disk, a
killed program) the ward on the server takes no records and the same command goes on, or opens it again.
"""

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from bedside.store.audit import Head
from bedside.store.catalogue import tables_of
from bedside.store.folders import flush_folder, make_ward_folder
from bedside.store.key_file import copy_key_file
from bedside.store.keys import NAME, Keys, has_keys
from bedside.store.laid_file import Said
from bedside.store.move_to_server import lay_into_file
from bedside.store.opening import FILE
from bedside.store.server_driver import ServerDriver
from bedside.store.server_rights import (
    PROGRAM_ROLE,
    check_program_role,
    grant_to_program,
    is_closed,
    quoted,
)
from bedside.store.server_schema import check_step
from bedside.store.server_store import TURN
from bedside.store.troubles import NotSaved
from bedside.units.refusal import Refused

_TURN_SQL = f"SELECT pg_advisory_xact_lock({TURN}, hashtext(current_schema()))"


class MovedBack(Struct, frozen=True):
    """What a move came to: the trail's end in the file, and where it lies."""

    head: Head
    folder: Path


def move_from_server(
    driver: ServerDriver,
    folder: Path,
    *,
    who: str,
    now: datetime,
    keys: Keys | None = None,
    keys_in: Path | None = None,
    role: str = PROGRAM_ROLE,
    said: Said = lambda _words: None,
) -> MovedBack:
    """Close a ward on a server to its stations, and lay it into a workstation's folder.

    Args:
        driver: a connection as the ward's owner, with no transaction open.
        folder: a folder without a ward.
        who: who does it, for the trail.
        now: aware.
        keys: the ward's keys; None for a plain ward.
        keys_in: the folder of a station in which the ward's key file lies.
        role: the program's role on that server.
        said: told of each table that is done.

    Raises:
        Refused: there is a ward in the folder already, or none on the server.
        NotSaved: what came there is not the same; the ward on the server goes on as before.
    """
    check_step(driver)
    check_program_role(driver, role)
    if (folder / FILE).exists():
        raise Refused(f"There is a ward in {folder} already: choose an empty folder.")
    make_ward_folder(folder)
    was_closed = is_closed(driver, role)
    if not was_closed:
        close_to_stations(driver, role)
    try:
        if keys_in is not None and has_keys(keys_in):
            _carry_keys(keys_in, folder)
        head = lay_into_file(driver, folder, who=who, now=now, keys=keys, said=said)
    except BaseException:
        with suppress(OSError):
            (folder / NAME).unlink(missing_ok=True)
        if not was_closed and not driver.lost and not (folder / FILE).exists():
            open_to_stations(driver, role)
        raise
    flush_folder(folder)
    return MovedBack(head, folder)


def close_to_stations(driver: ServerDriver, role: str = PROGRAM_ROLE) -> None:
    """Take the right to record away from every station; a save that is being kept is waited for.

    Args:
        driver: a connection as the ward's owner.
        role: the program's role.
    """
    driver.plain("BEGIN")
    try:
        driver.plain(_TURN_SQL)
        for table in ("audit", *tables_of(driver)):
            driver.plain(f'REVOKE ALL ON "{table}" FROM PUBLIC, {quoted(role)}')
            driver.plain(f'GRANT SELECT ON "{table}" TO {quoted(role)}')
        driver.plain("COMMIT")
    finally:
        if not driver.lost and driver.in_transaction:
            driver.plain("ROLLBACK")


def open_to_stations(driver: ServerDriver, role: str = PROGRAM_ROLE) -> None:
    """Give the stations back what they need: nobody moved the ward after all."""
    driver.plain("BEGIN")
    try:
        grant_to_program(driver, role)
        driver.plain("COMMIT")
    finally:
        if not driver.lost and driver.in_transaction:
            driver.plain("ROLLBACK")


def _carry_keys(station: Path, folder: Path) -> None:
    try:
        copy_key_file(station, folder / NAME)
    except OSError as error:
        raise NotSaved(f"The ward's key file could not be written to {folder}.") from error


def give_up_move_back(driver: ServerDriver, folder: Path, role: str = PROGRAM_ROLE) -> None:
    """Open a closed ward to its stations again; only where it did not come into the folder.

    Raises:
        Refused: it was not closed, or a ward lies in the folder: two would live.
    """
    check_step(driver)
    if not is_closed(driver, role):
        raise Refused("No move of this ward was begun: nothing was changed.")
    if (folder / FILE).exists():
        raise Refused(
            f"There is a ward in {folder}: it may be this one, moved. Nothing was changed.",
            "Two living wards would each get a part of what happens.",
        )
    open_to_stations(driver, role)
