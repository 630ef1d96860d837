"""The open ward on a server: the same store for everybody who uses it, shared by many stations.

How the trail stays one chain with many writers. The first that a change asks of the server is the ward's
turn: a lock of PostgreSQL's that ends with the transaction by itself (`pg_advisory_xact_lock`). Then it
reads the end of the trail, adds its rows, each sealed over the one before, and commits. Nobody else's change of this
ward happens in between, so the chain never forks, numbers follow the order of the trail, and what a
change judged before it wrote (not yet ordered, not yet given, the second of two people) still holds
when it is kept: exactly what a ward's own file promises with BEGIN IMMEDIATE, on which every rule of
the ward rests. Were the turn ever passed over, the trail's own number is the table's key, and its
guard holds each row against the one before: the second writer is refused, not both kept.

Why it is no bottleneck. The turn lasts for one save, some milliseconds: a person's work is never
inside it, and reading takes no turn at all. A ward with forty stations saves a few times a second at
the most; one turn lets through more than a hundred a second, and each ward has its own, so a hundred
wards do not meet. A station that vanishes in the midst of a save loses its turn within ten seconds
(the server ends it); one that waits for longer than five is told that nothing was saved.

Rejected: a chain for each station (what came first is then no longer in the trail, and a row cut from
the end of one is not missed by the others); sealing after the fact by one process (a save would be
reported before it is sealed); a row with the chain's head, locked and updated (the same turn, and one
more row to be written, kept in step and granted to stations); serialisable transactions without a
turn (a save that was right is refused by chance, and the nurse must do it again).

What a break of the network in the midst of keeping leaves open is settled, not guessed: the station
connects anew, takes the turn (so whatever was still being kept has ended), and looks for its seal. A
COMMIT that does not return is given up after some seconds (a standby that is waited for may be away while
the server answers everything else), and settled alike; where it is still being kept, that is what is said.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar, cast

from bedside.store.audit import EMPTY, Head, read_head, read_last_saved
from bedside.store.bookmark import Bookmark
from bedside.store.cutting import cut_after
from bedside.store.keys import Keys
from bedside.store.lock import WardLock
from bedside.store.meanwhile import MEANWHILE_SQL
from bedside.store.server_driver import ServerDriver
from bedside.store.server_fault import ServerFault
from bedside.store.server_judging import Judging
from bedside.store.server_turn import ServerTurn
from bedside.store.store import Store
from bedside.store.troubles import AuditBroken, Hindered, NotKnown, NotSaved, Twice
from bedside.store.ward_file import Reader, WardFile, Writer
from bedside.store.ways import utc_text

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from bedside.store.change import Change
    from bedside.store.server_following import Follower, Heard

TURN = 0x42656473  # "Beds", with the ward's own schema: one turn for each ward of a database
# Each row of a table that is added is judged by its rules (54 of a set of counts): planning it anew each
# time, as PostgreSQL does by itself, was a third of a save.
_BEGIN = (
    "BEGIN",
    "SELECT set_config('plan_cache_mode', 'force_generic_plan', true), "
    f"pg_advisory_xact_lock({TURN}, hashtext(current_schema()))",
)
_END = "SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1"
_READ = f"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; {_END}"
_STANDS_SQL = "SELECT 1 FROM audit WHERE seq = ? AND hash = ?"
Value = TypeVar("Value")
AWAY = (
    "The ward's server does not answer.",
    "What was saved before is safe there. Try again in a moment; if it stays so, call whoever looks "
    "after the server.",
)
SETTLED_MS = 4500  # after so long whoever saves is told, whatever is known then
_LEAST_MS = 1000  # for looking whether a save is there
_NOT_KNOWN = (
    "The ward's server did not say in time whether this was saved: it may be recorded. When the server "
    "answers, look whether this is recorded before you record it again."
)


class ServerWard:
    """A connection to a ward's database, made anew when it broke; in the place of a ward's file.

    Args:
        connect: makes a connection with every setting read back.
        folder: the station's own folder, for its bookmark and drafts.
    """

    def __init__(self, connect: Callable[[], ServerDriver], folder: Path) -> None:
        self._connect = connect
        self._driver = connect()
        self.folder = folder

    @property
    def driver(self) -> ServerDriver:
        """The connection.

        Raises:
            Hindered: it broke, and the server is not reached.
        """
        if self._driver.lost:
            self._driver = self._connect()
        return self._driver

    @property
    def lost(self) -> bool:
        """Whether the connection that was last worked on is gone."""
        return self._driver.lost

    def connect(self) -> ServerDriver:
        """One more connection, for what is asked beside the window.

        Raises:
            Hindered: the server is not reached.
        """
        return self._connect()

    def close(self) -> None:
        """Hang up."""
        self._driver.close()


class ServerStore(Store):
    """A ward on a server, open for one station: the half of `bedside.store.station_store` that lies there.

    Args:
        ward: the connection.
        lock: on the station's own folder.
        bookmark: the station's own: how far it has seen the trail reach.
        demonstration: the ward holds invented infants.
        keys: what keys the seals; None for a plain ward.
    """

    shared = True

    def __init__(
        self,
        ward: ServerWard,
        *,
        lock: WardLock,
        bookmark: Bookmark,
        demonstration: bool,
        keys: Keys | None = None,
    ) -> None:
        self._ward = ward
        self._known = EMPTY
        self._seen: Head | None = None  # of the trail, in the reading that is open
        self._judging = Judging()
        self._follower: Follower | None = None
        self._shown = 0
        super().__init__(
            cast(WardFile, ward),
            lock=lock, bookmark=bookmark, demonstration=demonstration, keys=keys,
        )  # fmt: skip

    def audit_head(self) -> str:
        """The newest seal of the trail, whichever station's save it is: print it on papers."""
        with self.reading() as reader:
            return self._seen.seal if self._seen is not None else read_head(cast(Any, reader)).seal

    @property
    def known_head(self) -> Head:
        """The end of the trail as this station last saw it, by any reading, save or look at the server."""
        return self._known

    def follow(self) -> bool:
        """From now on ask beside the window what other stations save; `followed` tells it."""
        if self._follower is None:
            from bedside.store.server_following import Follower

            self._follower = Follower(self._ward.connect)
        return True

    def followed(self) -> bool:
        """Take up what other stations have saved; whether there is anything new to be shown."""
        heard = self._heard()
        if heard is not None and heard.head.seq >= self._known.seq:
            self._known = heard.head  # a reading may have come as far before, and knows no time
            self._last_saved = datetime.fromisoformat(heard.at)
        return self._known.seq > self._shown

    def _heard(self) -> "Heard | None":
        """What was last asked beside the window."""
        return None if self._follower is None else self._follower.heard

    def show_known(self, seq: int) -> None:
        """Everything up to this row of the trail is being shown."""
        self._shown = seq

    @contextmanager
    def one_state(self) -> Iterator[None]:
        """Everything that is read in this block is of one state, and asked for in one transaction."""
        with self.reading():
            yield

    def judge(self, act: Callable[[], Value], opened: int | None = None) -> Value:
        """Judge and record; see `bedside.store.server_judging`.

        Raises:
            Conflict: another station recorded the same since the form was opened.
            Overtaken: others were quicker each time.
        """
        try:
            return self._judging.judge(act, lambda: self._known.seq, opened)
        except Twice as twice:
            if opened is not None:
                with self.reading() as reader:
                    end = (opened, self._known.seq)
                    found = reader.exec_driver_sql(MEANWHILE_SQL, end).fetchall()
                self._judging.check_twice(twice, opened, found)
            raise

    def close(self) -> None:
        """Let go of the ward; the other stations go on."""
        with self._turn:
            if self.closed:
                return
            if self._active is not None:
                raise RuntimeError("a ward is not closed inside a change or a reading")
            self.closed = True
            if self._follower is not None:
                self._follower.stop()
            self._ward.close()
            if self._bookmark is not None:
                self._bookmark.close()
            if self._lock is not None:
                self._lock.release()

    def _driver(self) -> sqlite3.Connection:
        if self.closed:
            raise RuntimeError("this ward is closed")
        return cast(sqlite3.Connection, self._ward.driver)

    @contextmanager
    def _reading(self) -> Iterator[Reader]:
        self._driver()
        driver = self._ward.driver
        self._active = cast(Reader, driver)
        try:
            driver.known_columns = {}  # no table changes within a reading
            self._seen = self._know(driver.last_of(_READ))
            yield cast(Reader, driver)
        except ServerFault as fault:
            if not fault.broken:
                raise
            raise Hindered("server", *AWAY) from fault
        finally:
            self._active = self._seen = driver.known_columns = None
            _roll_back(driver)

    def _know(self, row: Any) -> Head:
        """Note how far the trail reaches."""
        self._known = EMPTY if row is None else Head(*row)
        return self._known

    @contextmanager
    def _connected(self) -> Iterator["Connection"]:
        self._driver()
        yield cast("Connection", self._ward.driver)

    @contextmanager
    def _writing(self) -> Iterator["Connection"]:
        """A turn at the ward, rolled back unless it was committed inside the block."""
        from bedside.store.server_refusals import not_saved_on_server

        turn = None
        try:
            self._driver()
            turn = ServerTurn(self._ward.driver, _BEGIN, self._note_end)
            yield cast("Connection", turn)
        except Hindered as away:
            raise NotSaved(" ".join(away.reasons)) from away
        except ServerFault as error:
            raise not_saved_on_server(error) from error
        finally:
            if turn is not None:
                turn.undo()

    def _through(self, connection: "Connection") -> Writer:
        return cast(ServerTurn, connection)

    def _trail_end(self, connection: "Connection") -> Head:
        """Where the trail ends as a change begins: another station may have saved meanwhile."""
        return cast(ServerTurn, connection).end

    def _note_end(self, end: Head) -> None:
        """A turn was taken: so far the trail reaches."""
        self._known = end

    def _keep(self, connection: "Connection", change: "Change", at: datetime) -> None:
        if change.failed is not None:
            raise change.failed
        turn = cast(ServerTurn, connection)
        if not turn.in_transaction:
            if self._ward.lost:
                raise ServerFault("")
            raise RuntimeError("the change was ended inside its own block")
        self._judging.check(turn, change.rows)
        begun = monotonic()
        try:
            turn.keep()
        except ServerFault as error:
            if not turn.lost_in_keeping:
                raise
            left = SETTLED_MS - int((monotonic() - begun) * 1000)
            self._settle(change.head, error, max(left, _LEAST_MS))
        if change.rows:
            self._judging.kept(turn.end.seq + 1, change.head.seq, change.rows)
            if turn.end.seq == self._shown:
                self._shown = change.head.seq  # whoever saves here sees it without being told
            self._head = self._known = change.head
            self._last_saved = datetime.fromisoformat(utc_text(at))
            if self._bookmark is not None:
                self._bookmark.set(change.head)

    def _settle(self, head: Head, error: Exception, within_ms: int) -> None:
        """After a break in the midst of keeping: whether the save is there.

        Raises:
            NotKnown: it is being kept still, or the server does not answer.
            NotSaved: it is not there.
        """
        begin, turn = _BEGIN[0], "; ".join(_BEGIN[1:])
        try:
            driver = self._ward.driver
            with cut_after(driver, within_ms + _LEAST_MS), _let_go(driver):
                driver.plain(f"{begin}; SET LOCAL lock_timeout = {within_ms}; {turn}")
                kept = driver.execute(_STANDS_SQL, (head.seq, head.seal)).fetchone()
        except (Hindered, ServerFault) as again:
            raise NotKnown(_NOT_KNOWN) from again
        if kept is None:
            raise NotSaved(
                "The connection to the ward's server broke. Nothing of this was kept: save again."
            ) from error

    def _end_expected(self) -> Head:
        """Where the trail must end: at this reading's own end, and on its way stands what we know."""
        driver = self._ward.driver
        end = read_head(driver)
        known = self._head
        if known.seq and driver.execute(_STANDS_SQL, (known.seq, known.seal)).fetchone() is None:
            raise AuditBroken("saves that this station has seen are missing from the server.")
        return end

    def _note_head(self) -> None:
        with self.reading():
            self._head = read_head(self._ward.driver)
            last = read_last_saved(self._ward.driver)
        self._last_saved = None if last is None else datetime.fromisoformat(last)
        if self._bookmark is not None:
            self._bookmark.set(self._head)


@contextmanager
def _let_go(driver: ServerDriver) -> Iterator[None]:
    """Whatever happens in the block, nothing stays open on the connection."""
    try:
        yield
    finally:
        _roll_back(driver)


def _roll_back(driver: ServerDriver) -> None:
    with suppress(ServerFault):
        if not driver.lost and driver.in_transaction:
            driver.plain("ROLLBACK")
