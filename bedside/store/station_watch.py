"""Beside a station's window: is the server there, and what is new for the station's copy?

Two small questions go to the server each second, on a connection of its own: may this station record, and
how far does the trail reach. An answer that does not come within two and a half seconds is none. So whoever works is told within five seconds, also by
a network that swallows everything, and also when nobody touches a key. From then on the server is
tried again and again, with growing pauses; when it answers, everything is checked and goes on.

What other stations save is heard here, too (`bedside.store.server_following`), so a station has two connections.
Only while its copy is far behind, as at the very first start, is a third one asked: laying in a whole ward takes
longer than lists may wait.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING

from bedside.store.cutting import TimedDriver, cut_after
from bedside.store.server_fault import ServerFault
from bedside.store.server_following import ASK_S, Follower, Heard, ask_newest
from bedside.store.server_rights import CLOSED, is_closed
from bedside.store.troubles import AuditBroken, Hindered, NotSaved
from bedside.units.refusal import Refused

if TYPE_CHECKING:
    from bedside.store.station_store import StationStore

PAUSE_S, ANSWER_MS = ASK_S, 2500
FAR_BEHIND = 1000  # rows of the trail that a copy lays in within a moment
COPY_S = 20.0  # how old the copy becomes at the most while the server is there
_PAUSES = (1.0, 2.0, 4.0, 8.0, 15.0)  # after so many tries in vain


class StationWatch:
    """Watches one station's server in a thread of its own.

    Args:
        store: the station's.
        clock: gives now, aware.
    """

    def __init__(self, store: "StationStore", clock: Callable[[], datetime]) -> None:
        self._store, self._clock = store, clock
        self._driver: TimedDriver | None = None
        self._ended = Event()
        self._thread = Thread(target=self._run, name="server", daemon=True)
        self._copy_due_at = monotonic()
        self._in_vain = 0
        self._own: Heard | None = None
        self._beside: Follower | None = None  # while the copy is far behind
        self.clock_apart: timedelta | None = None  # how far the server's clock is ahead of ours

    @property
    def heard(self) -> Heard | None:
        """How far the trail reaches on the server, as it was last asked."""
        beside = self._beside
        return (None if beside is None else beside.heard) or self._own

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def now(self) -> datetime:
        """Now, as the ward's clock shows it."""
        return self._clock()

    def stop(self) -> None:
        """End, and wait for what is being done."""
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        pause = 0.0
        while not self._ended.wait(pause):
            try:
                self._look()
                pause, self._in_vain = PAUSE_S, 0
            except (Refused, ServerFault) as trouble:
                self._missed(trouble)
                pause = _PAUSES[min(self._in_vain, len(_PAUSES)) - 1]
        self._hang_up()

    def _look(self) -> None:
        """One question; what hangs on its answer.

        Raises:
            Refused: the server is not there, or not as it was.
            ServerFault: it did not answer in time.
        """
        if self._driver is None or self._driver.lost:
            self._driver = self._store.connected()
        with cut_after(self._driver, ANSWER_MS):
            closed = is_closed(self._driver)
            asked_at = self._clock()
            heard = ask_newest(self._driver)
            if heard is not None:
                self.clock_apart = heard.server_now - asked_at
            self._own = heard or self._own
        if closed:
            raise Refused(*CLOSED)
        if self._store.away is not None:
            self._store.come_back(self._driver)
        self._copy(self._driver)

    def _copy(self, driver: TimedDriver) -> None:
        """Bring the copy up to date: soon after a save of this station, else now and then."""
        due = monotonic() >= self._copy_due_at
        if not (due or self._store.saved_since_copy):
            return
        if not self._store.copy.turn.acquire(blocking=False):
            return  # a backup is being made of it
        try:
            with self._heard_meanwhile():
                self._store.copy.catch_up(driver, self._clock())
        except AuditBroken as broken:
            self._store.broken = broken
        except NotSaved:
            pass  # the copies' own page says what is wrong with this disk
        finally:
            self._store.copy.turn.release()
        self._store.take_newer_keys(driver)
        self._copy_due_at = monotonic() + COPY_S

    @contextmanager
    def _heard_meanwhile(self) -> Iterator[None]:
        """What others save is heard while the copy is made, or lays in much."""
        copied = self._store.copy.store
        reached = 0 if self._own is None else self._own.head.seq
        if copied is not None and reached - copied.head.seq <= FAR_BEHIND:
            yield
            return
        self._beside = Follower(self._store.connected)
        try:
            yield
        finally:
            beside, self._beside = self._beside, None
            self._own = beside.heard or self._own
            beside.stop()

    def _missed(self, trouble: Refused | ServerFault) -> None:
        self._in_vain += 1
        self._hang_up()
        said = ""
        only_away = isinstance(trouble, Hindered) and trouble.cause in {"away", "full"}
        if isinstance(trouble, Refused) and not only_away:
            said = " ".join(trouble.reasons)
        self._store.go_away(self._clock(), said)

    def _hang_up(self) -> None:
        if self._driver is not None:
            with suppress(Exception):  # it is gone in any case
                self._driver.close()
            self._driver = None
