"""A station's own copy of its ward on a server: a whole ward file, brought up to date again and again.

What it is for: backups are copies of it (the server is then asked for what is new, not for the whole
ward each time), and it is what a nurse reads when the server does not answer. It lies in the station's
folder, encrypted with the ward's own key where the ward has one, and nothing is ever recorded in it.

How it stays the same as the server's: the trail tells each row that was added or struck out, in order.
So what is new is read from one state of the server, laid in row by row in the trail's own order, under
the same guards, and verified against the trail's seals before it is kept: a row that does not agree is
never in the copy. Where the tables themselves were brought up to date the copy is made anew.

A server whose trail no longer holds what the copy holds was put back to an older state. The copy is
then left as it is: it may be the last place where those saves are.
"""

import os
import shutil
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock

import msgspec
from msgspec import Struct

from bedside.store.at_rest import is_as_left, read_rest, write_rest
from bedside.store.audit import APPEND_SQL, COLUMNS, Head, read_last_saved
from bedside.store.audit_recent import opening_proof, verify_some
from bedside.store.audit_walk import AuditRow, Proof, verify
from bedside.store.catalogue import columns_of
from bedside.store.driver import driver_errors, reading_errors
from bedside.store.engine import SettingRefused, connect
from bedside.store.folders import make_folder
from bedside.store.keys import Keys
from bedside.store.laid_file import ONE_STATE, make_file
from bedside.store.opening import FILE
from bedside.store.records import VOID_COLUMNS
from bedside.store.schema import SCHEMA
from bedside.store.server_driver import ServerDriver
from bedside.store.shapes import insert_sql, listed
from bedside.store.store import Store
from bedside.store.troubles import Damaged, NotSaved, ServerBehind, not_saved
from bedside.store.ward_file import WardFile

FOLDER = "station-copy"
NOTE = "copy.asof"
EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
BATCH = 1000  # rows of the trail that are laid in at a time
_SINCE_SQL = f"SELECT {listed(COLUMNS)} FROM audit WHERE seq > ? ORDER BY seq LIMIT ?"  # noqa: S608 (own names only)
_STANDS_SQL = "SELECT 1 FROM audit WHERE seq = ? AND hash = ?"
_CHANGED_SQL = "SELECT 1 FROM audit WHERE seq > ? AND operation = 'upgrade' LIMIT 1"
_VOIDS = ", ".join(f'"{name}" = ?' for name in VOID_COLUMNS)


class AsOf(Struct, frozen=True):
    """When the copy was the same as the server's ward, as the station's clock showed it."""

    at: datetime
    seq: int


class CopyStore(Store):
    """The copy as a ward that can only be read.

    Args:
        file: its open file.
        demonstration: the ward holds invented infants.
        keys: the ward's.
    """

    def __init__(self, file: WardFile, *, demonstration: bool, keys: Keys | None) -> None:
        super().__init__(file, lock=None, bookmark=None, demonstration=demonstration, keys=keys)
        self._proof: Proof | None = opening_proof(file.driver, self._head)

    @property
    def head(self) -> Head:
        """How far it holds the trail."""
        return self._head

    def take_in(self, server: ServerDriver) -> None:
        """Lay in what the server's trail tells since this copy's end, and verify it.

        Args:
            server: inside one reading of one state.

        Raises:
            AuditBroken: what the server gave does not agree with its trail; nothing of it is kept.
            NotSaved: this disk did not take it.
        """
        with self._turn:
            while rows := server.execute(_SINCE_SQL, (self._head.seq, BATCH)).fetchall():
                self._take_some(server, [tuple(row) for row in rows])

    def _take_some(self, server: ServerDriver, rows: Sequence[AuditRow]) -> None:
        mine = self._driver()
        proof = self._proof or opening_proof(mine, self._head)
        found = _rows_told_of(server, rows)
        try:
            mine.execute("BEGIN IMMEDIATE")
            try:
                for row in rows:
                    _lay(mine, row, found)
                    mine.execute(APPEND_SQL, row)
                proof = verify_some(mine, proof, self.seal_key, len(rows))
                if proof.head != Head(rows[-1][0], rows[-1][9]):
                    raise NotSaved("The station's copy does not end where the server's trail does.")
                mine.execute("COMMIT")
            finally:
                if mine.in_transaction:
                    mine.execute("ROLLBACK")
        except driver_errors() as error:
            raise not_saved(error, self.folder) from error
        self._proof, self._head = proof, proof.head
        last = read_last_saved(mine)
        self._last_saved = None if last is None else datetime.fromisoformat(last)

    def close(self) -> None:
        """Close it, and note how it was left, so that the next opening need not walk the trail."""
        with self._turn:
            if not self.closed:
                path = self._file.path
                super().close()
                write_rest(path, self._head, self.seal_key)


class StationCopy:
    """The copy in a station's folder, from the first time on that the server was reached.

    Args:
        station: the station's own folder, which this program alone has open.
        keys: the ward's keys; None for a plain ward.
    """

    def __init__(self, station: Path, keys: Keys | None) -> None:
        self.folder = station / FOLDER
        self._keys = keys
        self._store: CopyStore | None = None
        self._asof: AsOf | None = None
        self.turn = RLock()  # held while it is brought up to date, or copied

    @property
    def as_of(self) -> datetime | None:
        """When it was last the same as the server's ward; None where there is no copy."""
        return None if self._asof is None else self._asof.at

    @property
    def store(self) -> CopyStore | None:
        """The copy, open and proved; None where there is none that can be read."""
        if self._store is None:
            with self.turn:
                self._open_once()
        return self._store

    def _open_once(self) -> None:
        if self._store is None:
            self._store = self._open()
            self._asof = None if self._store is None else _read_note(self.folder)

    def catch_up(self, server: ServerDriver, at: datetime | None) -> CopyStore:
        """Make the copy the same as the server's ward is now.

        Args:
            server: a connection with no transaction open, which nobody else uses meanwhile.
            at: now (aware); None takes the server's clock.

        Raises:
            Damaged: the server no longer holds what the copy holds; the copy stays as it is.
            AuditBroken: the server's rows do not agree with its trail; the copy stays as it was.
            NotSaved: this disk did not take it.
            ServerFault: the connection broke.
        """
        with self.turn:
            return self._caught_up(server, at)

    def _caught_up(self, server: ServerDriver, at: datetime | None) -> CopyStore:
        copy = self.store
        server.plain(ONE_STATE)
        try:
            anew = copy is None or _was_changed(server, copy.head)
            if copy is not None and not anew:
                copy.take_in(server)
        finally:
            if not server.lost and server.in_transaction:
                server.plain("ROLLBACK")
        if copy is None or anew:
            copy = self._made_anew(server)
        if at is None:
            (at,) = server.plain("SELECT now()").fetchone() or (EARLIEST,)
        self._asof = AsOf(at.astimezone(UTC), copy.head.seq)
        _write_note(self.folder, self._asof)
        return copy

    def close(self) -> None:
        """Close it."""
        with self.turn:
            if self._store is not None:
                self._store.close()
                self._store = None

    def _made_anew(self, server: ServerDriver) -> CopyStore:
        """Lay the whole ward into a new file, and put it in the old one's place when it is proved."""
        self.close()
        path = self.folder / FILE
        making = path.with_name(f".{FILE}.making")
        try:
            make_folder(self.folder)
            for left in self.folder.glob(f"{making.name}*"):
                left.unlink()
            make_file(server, making, None, self._keys)
            for left in self.folder.glob(f"{FILE}-*"):
                left.unlink()
            making.replace(path)
        except driver_errors() as error:
            raise not_saved(error, self.folder) from error
        except OSError as error:
            raise NotSaved(f"The station's copy could not be written to {self.folder}.") from error
        self._store = self._opened(path)
        return self._store

    def _open(self) -> CopyStore | None:
        """Open the copy that lies there; one that does not hold is put aside."""
        path = self.folder / FILE
        if not path.exists():
            return None
        seal_key = None if self._keys is None else self._keys.seal
        as_left = is_as_left(path, read_rest(path, seal_key), seal_key)
        unreadable: tuple[type[Exception], ...] = (SettingRefused, Damaged, *reading_errors())
        try:
            store = self._opened(path)
        except unreadable:
            self._take_away()
            return None
        try:
            driver = store._driver()
            step = driver.execute("SELECT version_num FROM alembic_version").fetchone()
            if step == (SCHEMA,):
                if not as_left:
                    verify(driver, None, seal_key)
                return store
        except unreadable:
            pass
        store.close()
        self._take_away()
        return None

    def _opened(self, path: Path) -> CopyStore:
        file = WardFile(connect(path, None if self._keys is None else self._keys.database))
        try:
            row = file.driver.execute("SELECT demonstration FROM ward").fetchone()
            return CopyStore(file, demonstration=bool(row and row[0]), keys=self._keys)
        except BaseException:
            file.close()
            raise

    def _take_away(self) -> None:
        """Put a copy aside that cannot be used; a new one is made when the server is there."""
        aside = self.folder.with_name(f"{FOLDER}.aside")
        with suppress(OSError):
            shutil.rmtree(aside, ignore_errors=True)
            self.folder.rename(aside)


def has_station_copy(station: Path) -> bool:
    """Whether a station has a copy of its ward to be read while the server is away."""
    return (station / FOLDER / FILE).exists()


def copy_as_of(station: Path) -> datetime | None:
    """When a station's copy was last the same as the server's ward; None where that is not known."""
    note = _read_note(station / FOLDER)
    return None if note is None else note.at


def _was_changed(server: ServerDriver, mine: Head) -> bool:
    """Whether the tables were brought up to date since; the server still holds what the copy holds.

    Raises:
        Damaged: it does not.
    """
    if server.execute(_STANDS_SQL, (mine.seq, mine.seal)).fetchone() is None:
        raise ServerBehind
    return server.execute(_CHANGED_SQL, (mine.seq,)).fetchone() is not None


Told = dict[tuple[str, int], dict[str, str | int | None]]


def _rows_told_of(server: ServerDriver, rows: Sequence[AuditRow]) -> Told:
    """Each record that some rows of the trail tell of, as it is on the server in this state."""
    wanted: dict[str, set[int]] = {}
    for row in rows:
        wanted.setdefault(row[4], set()).add(int(row[5]))
    found: Told = {}
    for table, numbers in wanted.items():
        names = columns_of(server, table)
        among = ", ".join(str(number) for number in sorted(numbers))
        sql = f'SELECT {listed(names)} FROM "{table}" WHERE "id" IN ({among})'  # noqa: S608 (own names, whole numbers)
        for values in server.execute(sql).fetchall():
            record = dict(zip(names, values, strict=True))
            found[table, int(record["id"])] = record
    return found


def _lay(mine: object, row: AuditRow, found: Told) -> None:
    """Do what one row of the trail tells: add a record, or strike one out."""
    _, _, _, _, table, number, operation, *_ = row
    record = found.get((table, number))
    if record is None:
        return  # the verifying that follows misses it
    if operation == "add":
        born = {name: None if name in VOID_COLUMNS else value for name, value in record.items()}
        mine.execute(insert_sql(table, tuple(born)), tuple(born.values()))  # type: ignore[attr-defined]  # a driver
        return
    struck = (*(record[name] for name in VOID_COLUMNS), number)
    mine.execute(f'UPDATE "{table}" SET {_VOIDS} WHERE "id" = ?', struck)  # type: ignore[attr-defined]  # a driver  # noqa: S608 (own names)


def _read_note(folder: Path) -> AsOf | None:
    with suppress(OSError, msgspec.DecodeError):
        return msgspec.json.decode((folder / NOTE).read_bytes(), type=AsOf)
    return None


def _write_note(folder: Path, asof: AsOf) -> None:
    part = folder / f".{NOTE}.part"
    with suppress(OSError):
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(msgspec.json.encode(asof))
        part.replace(folder / NOTE)
