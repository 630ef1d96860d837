"""A connection that does not wait for ever on a line that takes what is asked and gives nothing back.

A pooler or a half-dead flow acknowledges every byte, so the system's own limits never end such a wait. How
long nothing came is looked at where psycopg waits anyway (each tenth of a second): a watchman's thread for
each question (`bedside.store.cutting`) made a save take twice as long. It is the silence that is timed, not
the whole answer: what is long and still coming is waited for.
"""

from collections.abc import Generator
from time import monotonic_ns
from typing import Any

from psycopg import Connection, OperationalError


class TimedConnection(Connection[Any]):
    """psycopg's connection, cut when it is silent for too long.

    Attributes:
        silent_ms: so many milliseconds without a byte are too long; None: it is waited for without an end.
    """

    silent_ms: int | None = 5000  # while it is being set up

    def wait(self, gen: Generator[Any, Any, Any], *args: Any, **words: Any) -> Any:
        """As psycopg's own.

        Raises:
            OperationalError: nothing came in time; the connection is gone with it.
        """
        if self.silent_ms is not None:
            gen = self._in_time(gen, self.silent_ms * 1_000_000)
        return super().wait(gen, *args, **words)

    def _in_time(self, gen: Generator[Any, Any, Any], silent_ns: int) -> Generator[Any, Any, Any]:
        until = monotonic_ns() + silent_ns
        try:
            wish = next(gen)
            while True:
                if ready := (yield wish):
                    until = monotonic_ns() + silent_ns
                elif monotonic_ns() >= until:
                    self.close()
                    raise OperationalError
                wish = gen.send(ready)
        except StopIteration as done:
            return done.value
