"""Ending what waits on a connection that no longer answers.

A network that swallows everything leaves a waiting program waiting for ever: the system's own limits
help only where the other end does not even take what is sent. So each question that has to come back
in time gets a watchman of its own, who hangs up when the time is over; whoever waits is told then.
"""

import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from threading import Timer
from typing import TYPE_CHECKING, Any

from bedside.store.canonical import Stored
from bedside.store.server_driver import ServerDriver

if TYPE_CHECKING:
    from psycopg import Cursor


def cut(driver: ServerDriver) -> None:
    """Hang up at once, from whatever thread; who waits on this connection is told that it broke."""
    with suppress(Exception):  # it is gone already: so it shall be
        held = socket.fromfd(driver.connection.pgconn.socket, socket.AF_INET, socket.SOCK_STREAM)
        try:
            held.shutdown(socket.SHUT_RDWR)
        finally:
            held.close()


@contextmanager
def cut_after(driver: ServerDriver, within_ms: int) -> Iterator[None]:
    """Hang up if the block takes longer than so many milliseconds."""
    watchman = Timer(within_ms / 1000, cut, (driver,))
    watchman.daemon = True
    watchman.start()
    try:
        yield
    finally:
        watchman.cancel()


class TimedDriver(ServerDriver):
    """A connection on which every statement comes back in time, or the connection is cut.

    Args:
        driver: a connection with every setting read back.
        within_ms: the longest that a statement may take, in milliseconds.
    """

    def __init__(self, driver: ServerDriver, within_ms: int) -> None:
        super().__init__(driver.connection)
        self._within_ms = within_ms

    def execute(self, sql: str, values: Sequence[Stored] = ()) -> "Cursor[Any]":
        """As a connection's, in time."""
        with cut_after(self, self._within_ms):
            return super().execute(sql, values)

    def plain(self, sql: str) -> "Cursor[Any]":
        """As a connection's, in time."""
        with cut_after(self, self._within_ms):
            return super().plain(sql)
