"""A workstation's ward moved to a server, and a ward on a server laid into a file.

Resumable: a mark in the workstation's folder is written before the server keeps anything. If the
program ends in between, the next try looks at the server: if it has nothing, the move begins anew; if
it has the ward, with a trail that goes on from this very file, only the mark is left to be finished.
"""

from datetime import datetime
from pathlib import Path

from msgspec import Struct

from bedside.store.audit import Act, Head, read_head
from bedside.store.catalogue import Driver
from bedside.store.folders import make_ward_folder
from bedside.store.keys import Keys
from bedside.store.laid_file import Said, make_file
from bedside.store.lock import WardLock
from bedside.store.move_mark import MoveMark, read_mark, take_away, write_mark
from bedside.store.moving import lay_over
from bedside.store.opening import FILE, open_store
from bedside.store.server_address import ServerAddress
from bedside.store.server_driver import ServerDriver, connect_server
from bedside.store.server_opening import make_tables
from bedside.store.server_rights import PROGRAM_ROLE
from bedside.store.server_schema import check_step, server_digest, server_step
from bedside.store.store import Store
from bedside.store.ways import utc_text
from bedside.units.refusal import Refused

MOVED, COPIED = "moved this ward to a server", "laid this ward into a file"
_AT_SQL = "SELECT seq, hash FROM audit WHERE seq <= ? ORDER BY seq DESC LIMIT 1"
_WARD_SQL = "SELECT ward_id FROM ward"


class Moved(Struct, frozen=True):
    """What a move came to: the trail's end in its new place, and whether it was done before."""

    head: Head
    already: bool


def move_to_server(
    folder: Path,
    address: ServerAddress,
    *,
    who: str,
    now: datetime,
    keys: Keys | None = None,
    role: str = PROGRAM_ROLE,
    said: Said = lambda _words: None,
) -> Moved:
    """Move the closed ward of a folder to a server.

    Args:
        folder: the ward's folder.
        address: of an empty database, with the role of its owner.
        who: who moves it, for the trail.
        now: aware.
        keys: the ward's keys; None for a plain ward.
        role: the program's role on that server.
        said: told of each table that is done.

    Raises:
        Refused: it is open, the database is not empty, or it holds another ward.
        NotSaved: what came there is not the same; nothing is kept there.
        Damaged: the ward's own record does not hold.
    """
    mark = read_mark(folder)
    if mark is not None and mark.state == "done":
        raise Refused(f"This ward was moved already: it lies in {mark.to}.")
    driver = connect_server(address)
    try:
        store = open_store(folder, now=now, create=False, keys=keys, moving=True)
        try:
            if server_step(driver):
                return _finish(store, driver, folder, address)
            return _move(store, driver, folder, address, Act(who, MOVED, utc_text(now)), role, said)
        finally:
            store.close()
    finally:
        driver.close()


def give_up_move(
    folder: Path, address: ServerAddress, *, now: datetime, keys: Keys | None = None
) -> None:
    """Take a begun move back; only where the server shows that it has kept nothing.

    Raises:
        Refused: no move was begun, or the server has the ward.
        Hindered: the server is not reached, so nobody can know.
    """
    mark = read_mark(folder)
    if mark is None or mark.state == "done":
        raise Refused("No move of this ward was begun: nothing was changed.")
    driver = connect_server(address)
    try:
        if mark.to != address.shown or server_step(driver):
            raise Refused(
                f"The ward was being moved to {mark.to}, and may lie there: nothing was changed.",
                "Give the command bedside move --to … once more: it finishes the move.",
            )
    finally:
        driver.close()
    open_store(folder, now=now, create=False, keys=keys, moving=True).close()
    take_away(folder)


def lay_into_file(
    driver: ServerDriver,
    folder: Path,
    *,
    who: str,
    now: datetime,
    keys: Keys | None = None,
    said: Said = lambda _words: None,
) -> Head:
    """Lay a ward from a server into a new folder, as a ward of one workstation.

    Args:
        driver: a connection that may read everything, with no transaction open.
        folder: a folder without a ward.
        who: who does it, for the trail.
        now: aware.
        keys: the ward's keys; None for a plain ward.
        said: told of each table that is done.

    Returns:
        The end of the trail in the file.

    Raises:
        Refused: there is a ward in the folder already.
        NotSaved: what came there is not the same; nothing is left of it.
    """
    check_step(driver)
    make_ward_folder(folder)
    path = folder / FILE
    lock = WardLock(folder)
    try:
        if path.exists():
            raise Refused(f"There is a ward in {folder} already: choose an empty folder.")
        making = path.with_name(f".{FILE}.unproved")
        making.unlink(missing_ok=True)
        head = make_file(driver, making, Act(who, COPIED, utc_text(now)), keys, said)
        making.replace(path)
    finally:
        lock.release()
    return head


def _move(
    store: Store,
    driver: ServerDriver,
    folder: Path,
    address: ServerAddress,
    act: Act,
    role: str,
    said: Said,
) -> Moved:
    found: list[Head] = []
    with store.at_rest() as source:
        write_mark(folder, MoveMark(address.shown, read_head(source).seal, "begun"))

        def fill(inside: ServerDriver) -> None:
            found.append(
                lay_over(
                    source, inside, digest=lambda: server_digest(inside), act=act,
                    seal_key=store.seal_key, said=said,
                )
            )  # fmt: skip

        try:
            make_tables(driver, fill, role)
        except BaseException:
            if not driver.lost and not server_step(driver):
                take_away(folder)  # the server has kept nothing, and says so
            raise
    write_mark(folder, MoveMark(address.shown, store.audit_head(), "done"))
    return Moved(found[0], already=False)


def _finish(store: Store, driver: ServerDriver, folder: Path, address: ServerAddress) -> Moved:
    """The server has a ward: it must be this one, moved from this very state of the file."""
    check_step(driver)
    with store.at_rest() as source:
        mine, head = _ward_id(source), read_head(source)
    there = driver.execute(_AT_SQL, (head.seq,)).fetchone()
    mark = read_mark(folder)
    same = _ward_id(driver) == mine and there is not None and Head(*there) == head
    if mark is None or not same or read_head(driver).seq <= head.seq:
        raise Refused(
            "There is a ward in this database already, and it is not this one moved: nothing was "
            "changed.",
            "Give this ward an empty database of its own.",
        )
    write_mark(folder, MoveMark(address.shown, head.seal, "done"))
    return Moved(read_head(driver), already=True)


def _ward_id(driver: Driver) -> str:
    row = driver.execute(_WARD_SQL).fetchone()
    return "" if row is None else str(row[0])
