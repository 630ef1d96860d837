"""Beside a station's window: is the server there, and what is new for the station's copy?

A question goes to the server every second and a half, on a connection of its own; an answer that does
not come within two and a half seconds is none. So whoever works is told within five seconds, also by
a network that swallows everything, and also when nobody touches a key. From then on the server is
tried again and again, with growing pauses; when it answers, everything is checked and goes on.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING

from bedside.store.cutting import TimedDriver, cut_after
from bedside.store.server_fault import ServerFault
from bedside.store.server_rights import CLOSED, is_closed
from bedside.store.troubles import AuditBroken, Hindered, NotSaved
from bedside.units.refusal import Refused

if TYPE_CHECKING:
    from bedside.store.station_store import StationStore

PAUSE_S, ANSWER_MS = 1.5, 2500
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
            self._store.copy.catch_up(driver, self._clock())
        except AuditBroken as broken:
            self._store.broken = broken
        except NotSaved:
            pass  # the copies' own page says what is wrong with this disk
        finally:
            self._store.copy.turn.release()
        self._copy_due_at = monotonic() + COPY_S

    def _missed(self, trouble: Refused | ServerFault) -> None:
        self._in_vain += 1
        self._hang_up()
        said = ""
        if isinstance(trouble, Refused) and not isinstance(trouble, Hindered):
            said = " ".join(trouble.reasons)
        self._store.go_away(self._clock(), said)

    def _hang_up(self) -> None:
        if self._driver is not None:
            with suppress(Exception):  # it is gone in any case
                self._driver.close()
            self._driver = None
