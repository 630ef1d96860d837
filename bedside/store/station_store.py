"""A ward on a server as one station has it: live while the server answers, read from its copy else.

The station's copy (`bedside.store.station_copy`) is a whole ward. So when the server does not answer
nothing of the window changes but three things: what is read comes from the copy, nothing is recorded,
and both are said, with the copy's age. When the server is back it is checked as at an opening (the
same ward, the trail still holding all that this station has seen), and only then worked on again.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import datetime, timedelta
from time import monotonic
from typing import TYPE_CHECKING

from msgspec import Struct

from bedside.store.bookmark import Bookmark
from bedside.store.cutting import TimedDriver, cut
from bedside.store.keys import Keys
from bedside.store.lock import WardLock
from bedside.store.server_driver import ServerDriver
from bedside.store.server_fault import ServerFault
from bedside.store.server_store import AWAY, ServerStore, ServerWard
from bedside.store.station_copy import CopyStore, StationCopy
from bedside.store.store import Store
from bedside.store.troubles import Hindered, NotSaved
from bedside.store.ward_file import Reader
from bedside.units.refusal import Refused

if TYPE_CHECKING:
    from pathlib import Path

    from bedside.store.change import Change
    from bedside.store.server_following import Heard
    from bedside.store.station_watch import StationWatch

SILENT_S = 2.0  # a line that took so long to break did not break long ago
STATEMENT_MS = 4000  # a question to the server that takes longer is given up
NOT_NOW = (
    "The ward's server does not answer: nothing can be recorded now.",
    "What you typed stays here. Record it when the line at the top is gone; until then write it on "
    "paper, too.",
)


class Away(Struct, frozen=True):
    """The server does not answer.

    Attributes:
        since: when that was noticed.
        as_of: when the copy that is read was the same as the ward; None where there is no copy.
        trouble: why a server that answers again is not worked on yet; "" while it does not answer.
    """

    since: datetime
    as_of: datetime | None
    trouble: str = ""


class LateWard(ServerWard):
    """A connection that is made at its first use, not before.

    Args:
        connect: makes a connection with every setting read back.
        folder: the station's own.
    """

    def __init__(self, connect: Callable[[], ServerDriver], folder: "Path") -> None:
        self._connect = connect
        self._made: ServerDriver | None = None
        self.folder = folder

    @property
    def driver(self) -> ServerDriver:
        """The connection.

        Raises:
            Hindered: the server is not reached.
        """
        if self._made is None or self._made.lost:
            self._made = self._connect()
        return self._made

    @property
    def lost(self) -> bool:
        """Whether the connection that was last worked on is gone."""
        return self._made is None or self._made.lost

    def connect_anew(self) -> ServerDriver:
        """One more connection.

        Raises:
            Hindered: the server is not reached.
        """
        return self._connect()

    def cut(self) -> None:
        """Hang up at once: whoever waits on it is told."""
        if self._made is not None:
            cut(self._made)

    def close(self) -> None:
        """Hang up."""
        if self._made is not None:
            self._made.close()


class StationStore(ServerStore):
    """A ward on a server, open for one station; made by `bedside.store.server_opening`.

    Args:
        ward: the connection.
        lock: on the station's own folder.
        bookmark: the station's own.
        demonstration: the ward holds invented infants.
        keys: the ward's.
        copy: the station's own copy.
        connect: makes further connections, for what is done beside the window.
        check: all that an opening checks, on a connection.
        away: the server was not reached: it begins with the copy, noticed at this moment.
    """

    def __init__(
        self,
        ward: LateWard,
        *,
        lock: WardLock,
        bookmark: Bookmark,
        demonstration: bool,
        keys: Keys | None,
        copy: StationCopy,
        connect: Callable[[], ServerDriver],
        check: Callable[[ServerDriver], object],
        away: datetime | None = None,
    ) -> None:
        self.away: Away | None = None
        self.copy = copy
        self._late, self._connect_anew, self._check = ward, connect, check
        self._copied: CopyStore | None = None
        self._watch: StationWatch | None = None
        if away is not None:
            self._copied, self.away = copy.store, Away(away, copy.as_of)
        super().__init__(ward, lock=lock, bookmark=bookmark, demonstration=demonstration, keys=keys)
        self.read_only = self.away is not None

    def watch(self, clock: Callable[[], datetime]) -> bool:
        """From now on notice by itself when the server goes away, and keep the copy up to date.

        Args:
            clock: gives now, aware: the copy's age is told by it.
        """
        from bedside.store.station_watch import StationWatch

        if self._watch is None:
            self._watch = StationWatch(self, clock)
            self._watch.start()
            if self._follower is not None:
                self._follower.stop()
                self._follower = None
        return True

    def follow(self) -> bool:
        """As a server's store does: the watch asks, or a follower on a line that is cut where it swallows."""
        if self._watch is None and self._follower is None:
            from bedside.store.server_following import Follower

            self._follower = Follower(self.connected)
        return True

    def _heard(self) -> "Heard | None":
        return super()._heard() if self._watch is None else self._watch.heard

    @property
    def clock_apart(self) -> timedelta | None:
        """How far the server's clock is ahead of this station's, as it was last asked; None: not asked."""
        return None if self._watch is None else self._watch.clock_apart

    @property
    def saved_since_copy(self) -> bool:
        """Whether this station saved something that is not in its copy yet."""
        copied = self.copy.store
        return copied is None or copied.head.seq < self._head.seq

    def connected(self) -> TimedDriver:
        """One more connection, on which no question is waited for any longer than it should.

        Raises:
            Hindered: the server is not reached.
        """
        return TimedDriver(self._connect_anew(), STATEMENT_MS)

    def take_newer_keys(self, driver: ServerDriver) -> None:
        """Take over a new passphrase or recovery code of another station; what is open stays open."""
        from bedside.store.key_sharing import take_newer_keys

        if self.keys is not None:
            with suppress(OSError, Refused):  # what opens the ward here opens it still
                take_newer_keys(driver, self.folder, self.keys.seal)

    def go_away(self, at: datetime, trouble: str = "") -> None:
        """The server does not answer: read from the copy, and end what waits on the connection."""
        self._late.cut()
        copied = self.copy.store
        since = at if self.away is None else self.away.since
        self.read_only = True
        self.away = Away(since, self.copy.as_of, trouble)
        self._copied = copied

    def come_back(self, driver: ServerDriver) -> None:
        """The server answers again: check it as at an opening, then work on it.

        Raises:
            Damaged: it does not hold what this station has seen.
            Hindered: it went away again.
        """
        self._check(driver)
        before = self.away, self._copied
        self.read_only = False
        self._copied = self.away = None
        try:
            self._note_head()
        except BaseException:
            self.away, self._copied = before
            self.read_only = True
            raise

    @contextmanager
    def change(self, who: str, act: str, at: datetime) -> Iterator["Change"]:
        """As a store's; refused while the server is away.

        Raises:
            Refused: the server does not answer.
        """
        if self.away is not None:
            raise Refused(*NOT_NOW)
        with super().change(who, act, at) as change:
            yield change

    @contextmanager
    def to_copy(self, at: datetime | None = None) -> Iterator[Store]:
        """The station's copy, the same as the server's ward now: what backups are copies of.

        Raises:
            Hindered: the server does not answer.
            NotSaved: this disk did not take what is new.
        """
        with self.copy.turn:
            try:
                with closing(self.connected()) as driver:
                    copied = self.copy.catch_up(driver, at)
            except ServerFault as fault:
                if not fault.broken:
                    raise NotSaved(
                        "The server did not give what a copy needs: try again."
                    ) from fault
                raise Hindered("server", *AWAY) from fault
            yield copied

    @contextmanager
    def at_rest(self) -> Iterator[sqlite3.Connection]:
        """The station's copy while nobody reads or changes it: for copying it as a whole."""
        with self.to_copy() as copied, copied.at_rest() as driver:
            yield driver

    def audit_head(self) -> str:
        """The newest seal of what is shown."""
        copied = self._copied
        return super().audit_head() if copied is None else copied.audit_head()

    @property
    def last_saved(self) -> datetime | None:
        """When the last record of what is shown was saved, in UTC."""
        copied = self._copied
        return super().last_saved if copied is None else copied.last_saved

    def verify_audit(self, expected_head: str | None = None) -> None:
        """As a store's, of what is shown."""
        copied = self._copied
        if copied is None:
            super().verify_audit(expected_head)
        else:
            copied.verify_audit(expected_head)

    def verify_for_paper(
        self, infant_id: int | None, go_on: Callable[[], bool] = lambda: True
    ) -> None:
        """As a store's, of what is shown."""
        copied = self._copied
        if copied is None:
            super().verify_for_paper(infant_id, go_on)
        else:
            copied.verify_for_paper(infant_id, go_on)

    def verify_in_steps(self, go_on: Callable[[], bool] = lambda: True) -> None:
        """As a store's, of what is shown."""
        copied = self._copied
        if copied is None:
            super().verify_in_steps(go_on)
        else:
            copied.verify_in_steps(go_on)

    @contextmanager
    def proving(self) -> Iterator[sqlite3.Connection]:
        """As a store's, of what is shown."""
        copied = self._copied
        with super().proving() if copied is None else copied.proving() as driver:
            yield driver

    def close(self) -> None:
        """Let go of the ward, and close the copy."""
        if self._watch is not None:
            self._watch.stop()
            self._watch = None
        super().close()
        self.copy.close()

    @contextmanager
    def _reading(self) -> Iterator[Reader]:
        with ExitStack() as live:
            reader = self._live(live)
            if reader is not None:
                yield reader
                return
        copied = self._copied
        if copied is None:
            raise Hindered("server", *AWAY)
        with copied.reading() as reader:
            self._active = reader
            try:
                yield reader
            except ServerFault as fault:  # of a walk that began before the server went away
                raise Hindered("server", *AWAY) from fault
            finally:
                self._active = None

    def _live(self, live: ExitStack) -> Reader | None:
        """A reading of the server; None where it is away, or found to be away just now."""
        begun = monotonic()
        for last in (False, True):
            if self.away is not None and self._copied is not None:
                return None
            try:
                return live.enter_context(super()._reading())
            except Hindered:  # the first one may have met a line that broke long ago
                silent = monotonic() - begun >= SILENT_S
                if (last or silent) and (self._watch is None or self.copy.store is None):
                    raise
                if silent:  # once is long enough for who waits at the window
                    break
        if self._watch is not None:
            self.go_away(self._watch.now())
        return None

    def _note_head(self) -> None:
        """How far this station has seen the trail; while the server is away that stays as it was."""
        if self._copied is None:
            super()._note_head()
        else:
            self._head, self._last_saved = self._copied.head, self._copied.last_saved
