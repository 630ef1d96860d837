"""The open ward: reading from it, and changing it, one change at a time.

Any number of threads may use one store: they take turns, and inside a change the same thread may
read. What a `with store.change(…)` block does is kept wholly when the block ends without an error,
and not at all when an error leaves it; after the block has ended the save has reached the disk.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING

from bedside.store.at_rest import forget_rest, write_rest
from bedside.store.audit import Head, read_head, read_last_saved
from bedside.store.bookmark import Bookmark
from bedside.store.driver import driver_errors
from bedside.store.engine import driver_of
from bedside.store.keys import Keys
from bedside.store.lock import WardLock
from bedside.store.proven import Proven
from bedside.store.troubles import driver_error, not_saved
from bedside.store.turns import act_of, roll_back, unreadable
from bedside.store.ward_file import Reader, Reading, WardFile, Writer
from bedside.store.ways import utc_text
from bedside.units.refusal import Refused

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from bedside.store.change import Change, Guard
    from bedside.store.page_sums import PageSums
    from bedside.store.running import RunningNote

_READ_ONLY = (
    "This ward lies in a place that can only be read: nothing can be recorded in it. "
    "Open it where it may be written."
)


class Store(Proven):
    """A ward's file, open for this program alone; made by `bedside.store.opening.open_store`.

    Args:
        file: the open file with its one connection.
        lock: the ward's lock; None on a read-only medium.
        bookmark: the ward's bookmark; None on a read-only medium.
        running: the note on its two files after each save; None on a read-only medium.
        demonstration: the ward holds invented infants.
        keys: what opened the file and keys its seals; None for a plain ward without a key file.
    """

    def __init__(
        self,
        file: WardFile,
        *,
        lock: WardLock | None,
        bookmark: Bookmark | None,
        running: "RunningNote | None" = None,
        demonstration: bool,
        keys: Keys | None = None,
    ) -> None:
        super().__init__()
        self.keys = keys
        self.demonstration = demonstration
        self.guard: Guard | None = None  # asked before each row, see `bedside.ward.people_guard`
        self.read_only = bookmark is None
        self.replaced = False  # a restore has put it aside: it is no living ward any more
        self._file = file
        self._lock = lock
        self._bookmark = bookmark
        self._running = running
        self._turn = RLock()
        self._active: Reader | None = None
        self.closed = False  # nothing is read or kept any more
        self.unsound = False  # a copy found a page of its file damaged: checked at the next opening
        self._head = Head(0, "")
        self._last_saved: datetime | None = None
        self._connection: Connection | None = None
        self._note_head()
        self._opened = self._head  # the opening proved the trail up to here

    @property
    def folder(self) -> Path:
        """The ward's folder, in which its file lies."""
        return self._file.folder

    @property
    def key(self) -> bytes | None:
        """What the ward's file is encrypted with, and so its copies; None for a plain file."""
        return None if self.keys is None else self.keys.database

    @property
    def clock_apart(self) -> timedelta | None:
        """How far a server's clock is ahead of this computer's; None where no server is asked."""
        return None

    @property
    def last_saved(self) -> datetime | None:
        """When the last record was saved, in UTC; None on an empty ward."""
        return self._last_saved

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """Read: one consistent state for as long as the block lasts; writing in it is refused.

        Raises:
            Damaged: the file cannot be read any more.
        """
        with self._turn:
            if self._active is not None:
                yield self._active
                return
            with self._reading() as connection:
                yield connection

    @contextmanager
    def change(self, who: str, act: str, at: datetime) -> Iterator["Change"]:
        """Change the record: everything done in the block is kept together, or nothing is.

        Args:
            who: the person who does it.
            act: what is done, for the audit trail, e.g. "recorded a blood count".
            at: when (aware).

        Raises:
            Refused: nobody is named, or the ward can only be read.
            NotSaved: the disk did not take it; nothing is kept and the store can be used again.
        """
        from bedside.store.change import Change

        doing = act_of(who, act, at)
        if self.read_only:
            raise Refused(_READ_ONLY)
        self._refuse_broken()
        with self._turn:
            if self._active is not None:
                raise RuntimeError("one change at a time, and not inside a reading")
            with self._writing() as connection:
                end = partial(self._trail_end, connection)
                through = self._through(connection)
                change = Change(through, doing, end, self.seal_key, self.guard, self.folder)
                self._active = through
                try:
                    yield change
                finally:
                    self._active = None
                self._keep(connection, change, at)

    @contextmanager
    def at_rest(self) -> Iterator[sqlite3.Connection]:
        """The file while nothing is being read or changed: for copying it as a whole."""
        with self._turn:
            if self._active is not None:
                raise RuntimeError("not inside a change or a reading")
            self._refuse_broken()
            yield self._driver()

    def audit_head(self) -> str:
        """The newest seal of the audit trail, 64 hexadecimal letters: print it on papers."""
        return self._head.seal

    @property
    def known_head(self) -> Head:
        """The end of the trail as this program knows it: what is kept in memory holds until it moves."""
        return self._head

    def note_state(self) -> None:
        """Note the ward's two files as they lie now, as after a save (`bedside.store.running`)."""
        with self._turn:
            if self._running is not None and not self.closed:
                self._running.saved(self._head)

    def close(self) -> None:
        """Close the ward, so that it can be opened elsewhere; closing twice does no harm."""
        with self._turn:
            if self.closed:
                return
            if self._active is not None:
                raise RuntimeError("a ward is not closed inside a change or a reading")
            self.closed = True
            path = self._file.path
            if self._running is not None:
                self._running.close()
            if self._connection is not None:
                self._connection.close()
            if self._bookmark is not None:
                self._bookmark.close()  # on the disk before the log goes, which excuses a spoilt line
            self._file.close()
            if self._bookmark is not None:
                self._leave(path)
            if self._lock is not None:
                self._lock.release()

    def hold(self, lock: WardLock) -> None:
        """Hold the ward's lock until this is closed: what is only read must not grow old beside a writer."""
        self._lock = lock

    def _leave(self, path: Path) -> None:
        """Note the closed file, or take the note away: then the next opening checks and walks all."""
        digest, sums = None, self.sums
        with suppress(OSError):
            digest = None if sums is None else sums.agreed(closed=True)
        if self.broken is None and not self.unsound and (sums is None or digest is not None):
            write_rest(path, self._head, self.seal_key, digest)
        else:
            forget_rest(path)

    @property
    def sums(self) -> "PageSums | None":
        """What each page of an open plain ward must be; None for an encrypted one, which has seals."""
        return None if self._running is None else self._running.sums

    @contextmanager
    def _reading(self) -> Iterator[Reader]:
        driver = self._driver()
        driver.execute("PRAGMA query_only=ON")
        self._active = reading = Reading(driver)
        try:
            driver.execute("BEGIN")
            yield reading
        except driver_errors() as error:
            raise unreadable(error) from error
        finally:
            self._active = None
            if driver.in_transaction:
                driver.execute("ROLLBACK")  # nothing was written
            driver.execute("PRAGMA query_only=OFF")

    @contextmanager
    def _writing(self) -> Iterator["Connection"]:
        """A writing transaction that is rolled back unless it was committed inside the block."""
        with self._connected() as connection:
            try:
                connection.begin()
                yield connection
            except Exception as error:
                cause = driver_error(error)
                if cause is None:
                    raise
                raise not_saved(cause, self.folder) from error
            finally:
                roll_back(connection)

    def _through(self, connection: "Connection") -> Writer:
        """What a change reads and writes through."""
        return Reading(driver_of(connection))

    @contextmanager
    def _connected(self) -> Iterator["Connection"]:
        """One connection for as long as the ward is open; after a disk failed in its midst a new one."""
        self._driver()
        if self._connection is None:
            self._connection = self._engine.connect()
        try:
            yield self._connection
        finally:
            if self._connection.get_transaction() is not None:
                self._connection.close()
                self._connection = None

    @property
    def _engine(self) -> "Engine":
        return self._file.engine

    def _driver(self) -> sqlite3.Connection:
        if self.closed:
            raise RuntimeError("this ward is closed")
        return self._file.driver

    def _keep(self, connection: "Connection", change: "Change", at: datetime) -> None:
        """Commit; only after it has reached the disk does the store say so."""
        if change.failed is not None:
            raise change.failed
        driver = driver_of(connection)
        if not driver.in_transaction:
            raise RuntimeError("the change was ended inside its own block")
        connection.commit()
        if change.head != self._head:
            self._head = change.head
            self._last_saved = datetime.fromisoformat(utc_text(at))
            if self._bookmark is not None:
                self._bookmark.set(change.head)
            if self._running is not None:
                self._running.saved(change.head)

    def _trail_end(self, _connection: "Connection") -> Head:
        """Where the trail ends as a change begins; nobody else writes to a ward's file."""
        return self._head

    def _note_head(self) -> None:
        with self.reading():
            self._head = read_head(self._file.driver)
            last = read_last_saved(self._file.driver)
        self._last_saved = None if last is None else datetime.fromisoformat(last)
        if self._bookmark is not None:
            self._bookmark.set(self._head)
        if self._running is not None:
            self._running.saved(self._head)
