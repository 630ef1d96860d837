"""How far the ward's record reaches on the server, asked beside the window, so that lists follow by themselves.

A station asks each second for the newest row of the trail: one look into an index, some twenty
microseconds of the server's; forty stations together ask as much as one save a second costs.

Rejected: LISTEN and NOTIFY. A NOTIFY inside a save takes a lock of the whole database cluster while the save
is made durable, so the wards of a hospital would wait for one another, and a station must ask anyway after
each break of the network for what it has missed.

Where the station watches its server (`bedside.store.station_watch`), the same question is asked by that watch on
its connection: a station has two connections, one for what is worked on and one for what is asked beside it.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from threading import Event, Thread

from msgspec import Struct

from bedside.store.audit import Head
from bedside.store.server_driver import ServerDriver
from bedside.store.server_fault import ServerFault
from bedside.units.refusal import Refused

ASK_S = 0.8
_PAUSES = (1.0, 2.0, 4.0)
_NEWEST = (
    "SELECT seq, hash, at, "
    "to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US+00:00') "
    "FROM audit ORDER BY seq DESC LIMIT 1"
)


class Heard(Struct, frozen=True):
    """How far the trail reaches on the server, and when.

    Attributes:
        head: the newest row.
        at: when that was saved, as the store writes times.
        server_now: the server's own clock as it answered, in UTC.
    """

    head: Head
    at: str
    server_now: datetime


def ask_newest(driver: ServerDriver) -> Heard | None:
    """Ask a connection for the newest row of the trail; None on an empty one.

    Raises:
        ServerFault: the connection broke.
    """
    row = driver.plain(_NEWEST).fetchone()
    if row is None:
        return None
    return Heard(Head(row[0], row[1]), row[2], datetime.fromisoformat(row[3]))


class Follower:
    """Asks beside the window; made by `ServerStore.follow`.

    Args:
        connect: makes a connection of its own.
    """

    def __init__(self, connect: Callable[[], ServerDriver]) -> None:
        self._connect = connect
        self._ended = Event()
        self.heard: Heard | None = None
        self._thread = Thread(target=self._run, name="following", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ask no more."""
        self._ended.set()
        self._thread.join(ASK_S)  # one that waits for a server that is gone ends with the program

    def _run(self) -> None:
        driver: ServerDriver | None = None
        in_vain = 0
        pause = 0.0
        while not self._ended.wait(pause):
            try:
                driver = driver or self._connect()
                self.heard = ask_newest(driver) or self.heard
                in_vain, pause = 0, ASK_S
            except (Refused, ServerFault):
                _hang_up(driver)
                driver = None
                pause = _PAUSES[min(in_vain, len(_PAUSES) - 1)]
                in_vain += 1
        _hang_up(driver)


def _hang_up(driver: ServerDriver | None) -> None:
    if driver is not None:
        with suppress(Exception):  # it is gone in any case
            driver.close()
