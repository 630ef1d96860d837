"""One station's turn at the ward: a change on a server, from taking the turn to keeping it.

A row that is refused leaves the change as it was before it, as on a ward's file; PostgreSQL alone gives
up the whole change. So what the change has written so far is kept in mind, and written again after a
refusal, when anything more is asked of the change: only if nobody else has saved since, else what the
change was judged on may hold no more, and nothing of it is kept.

A row of the trail is not waited for by itself: it travels with whatever comes next, the last one with the
COMMIT. Each wait is a way through the ward's network, and nobody asks what the trail's row answered but
whether it was taken; a server that refuses it runs nothing that came with it, the COMMIT least of all.

Rejected: a savepoint round each row, which was the half of what a save cost, for the sake of a refusal
that hardly ever comes and after which a change hardly ever goes on.
"""

from contextlib import suppress
from typing import TYPE_CHECKING

from bedside.store.audit import APPEND_SQL, EMPTY, Head
from bedside.store.canonical import Stored
from bedside.store.server_driver import Answer, ServerDriver
from bedside.store.server_fault import ServerFault

if TYPE_CHECKING:
    from typing import Any

    from psycopg import Cursor

_END = "SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1"
OVERTAKEN = "40001"  # PostgreSQL's own for a change that others' saves have overtaken


class _Later(Answer):
    """Of a row of the trail, which travels with what comes next."""

    def __init__(self) -> None:
        pass

    @property
    def lastrowid(self) -> None:
        """Nobody asks for it: a row of the trail brings its number."""
        return


class ServerTurn:
    """A change on its way; made by `ServerStore`, read and written through like a connection.

    Args:
        driver: the station's connection, with nothing open on it.
        begin: begins a transaction and takes the ward's turn.
    """

    on_server = True

    def __init__(self, driver: ServerDriver, begin: str) -> None:
        self._driver, self._begin_sql = driver, begin
        self._written: list[tuple[str, tuple[Stored, ...]]] = []
        self._waiting: list[tuple[str, tuple[Stored, ...]]] = []  # of the trail: not sent yet
        self.known_columns: dict[str, list[str]] = {}  # no table changes within a change
        self._refused = False
        self.lost_in_keeping = False  # then nobody can say whether it was kept
        self.end = self._begin()

    def exec_driver_sql(self, sql: str, values: tuple[Stored, ...] = (), /) -> Answer:
        """Run one statement of the store's.

        Raises:
            ServerFault: the server refused it, or the connection broke.
        """
        if sql == APPEND_SQL:
            self._waiting.append((sql, values))
            return _Later()
        self._mend()
        try:
            found = Answer(self._send(sql, values))
        except ServerFault:
            self._refused = True
            raise
        if sql.startswith(("INSERT", "UPDATE")):
            self._written.append((sql, values))
        return found

    execute = exec_driver_sql

    @property
    def in_transaction(self) -> bool:
        """Whether the change is still open."""
        return self._driver.in_transaction

    def keep(self) -> None:
        """Keep the change; it is on the server's disk when this returns.

        Raises:
            ServerFault: it was not kept, or (where the connection is lost) nobody can say.
        """
        self._mend()
        try:
            said = self._send("COMMIT").statusmessage
        except ServerFault:
            self.lost_in_keeping = self._driver.lost
            raise
        if said != "COMMIT":  # PostgreSQL answers so where it gave the change up
            raise ServerFault(OVERTAKEN)

    def undo(self) -> None:
        """Give up what was not kept."""
        with suppress(ServerFault):
            if not self._driver.lost and self._driver.in_transaction:
                self._driver.plain("ROLLBACK")

    def _begin(self) -> Head:
        try:
            end = self._driver.last_of(f"{self._begin_sql}; {_END}")
        except ServerFault:
            self.undo()  # it waited too long for its turn, inside a transaction
            raise
        return EMPTY if end is None else Head(*end)

    def _send(self, sql: str, values: tuple[Stored, ...] = ()) -> "Cursor[Any]":
        """Run a statement, and before it what of the trail waits, in one packet."""
        waiting, self._waiting = self._waiting, []
        self._written += waiting
        if waiting:
            return self._driver.together(*waiting, (sql, values))
        return self._driver.execute(sql, values) if values else self._driver.plain(sql)

    def _mend(self) -> None:
        """After a refusal: the change as it was before the row that was refused."""
        if not self._refused:
            return
        self.undo()
        if self._begin() != self.end:
            self.undo()
            raise ServerFault(OVERTAKEN)
        self._refused = False
        for sql, values in self._written:
            self._driver.execute(sql, values)
