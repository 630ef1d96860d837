"""One station's turn at the ward: a change on a server, from taking the turn to keeping it.

A row that is refused leaves the change as it was before it, as on a ward's file; PostgreSQL alone gives
up the whole change. So what the change has written so far is kept in mind, and written again after a
refusal, when anything more is asked of the change: only if nobody else has saved since, else what the
change was judged on may hold no more, and nothing of it is kept.

A save of one record waits for the server twice, and each further record once: each wait is a way through the
ward's network. The turn is taken with the change's first row or reading, in the same packet: nothing that
was read or written in the change comes before the turn, and nobody waits for one who only thinks. A row
of the trail is not waited for by itself: it travels with whatever comes next, the last one with the COMMIT.
Nobody asks what it answered but whether it was taken; a server that refuses it runs nothing that came
with it, the COMMIT least of all (`bedside.store.server_batch`).

Rejected: a savepoint round each row, which was the half of what a save cost, for the sake of a refusal
that hardly ever comes and after which a change hardly ever goes on.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from bedside.store.audit import APPEND_SQL, EMPTY, Head
from bedside.store.canonical import Stored
from bedside.store.server_batch import NAMES_WRONG, Statement
from bedside.store.server_driver import Answer, ServerDriver
from bedside.store.server_fault import ServerFault

if TYPE_CHECKING:
    from psycopg.pq.abc import PGresult

KEPT_MS = (
    3000  # the longest that the COMMIT is waited for: of a standby that is away it waits for ever
)
ANSWERED_MS = (
    7000  # the same of any other packet; a turn is waited for five seconds (`lock_timeout`)
)
_END = "SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1"
OVERTAKEN = "40001"  # PostgreSQL's own for a change that others' saves have overtaken


class _Taken(Answer):
    """Of a row that was added or struck out.

    Args:
        answer: the server's; None of a row of the trail, which travels with what comes next.
    """

    def __init__(self, answer: "PGresult | None") -> None:
        self._answer = answer

    @property
    def lastrowid(self) -> int | None:
        """The number of the row that was added; None where none was."""
        number = self._answer.get_value(0, 0) if self._answer and self._answer.ntuples else None
        return None if number is None else int(number)


class ServerTurn:
    """A change on its way; made by `ServerStore`, read and written through like a connection.

    Args:
        driver: the station's connection, with nothing open on it.
        begin: begins a transaction, then takes the ward's turn.
        seen: told where the trail ends, once the turn is taken.
    """

    on_server = True

    def __init__(
        self, driver: ServerDriver, begin: Sequence[str], seen: Callable[[Head], None]
    ) -> None:
        self._driver, self._seen = driver, seen
        self._begin: list[Statement] = [(sql, ()) for sql in (*begin, _END)]
        self._written: list[Statement] = []
        self._waiting: list[Statement] = []  # of the trail: not sent yet
        self.known_columns: dict[str, list[str]] = {}  # no table changes within a change
        self._end: Head | None = None  # of the trail as the turn was taken
        self._refused = False
        self.lost_in_keeping = False  # then nobody can say whether it was kept

    @property
    def end(self) -> Head:
        """Where the trail ended as the turn was taken; takes it now if nothing was asked yet.

        Raises:
            ServerFault: it waited too long for its turn, or the connection broke.
        """
        if self._end is None:
            self._note_turn(*self._taking(self._begin))
        return EMPTY if self._end is None else self._end

    def exec_driver_sql(self, sql: str, values: tuple[Stored, ...] = (), /) -> Answer:
        """Run one statement of the store's.

        Raises:
            ServerFault: the server refused it, or the connection broke.
        """
        if sql == APPEND_SQL:
            self._waiting.append((sql, values))
            return _Taken(None)
        self._mend()
        try:
            if not sql.startswith(("INSERT", "UPDATE")):
                if self._end is None or self._waiting:
                    self._send(())
                return Answer(self._driver.execute(sql, values))
            taken = _Taken(self._send(((sql, values),)))
        except ServerFault:
            self._refused = True
            raise
        self._written.append((sql, values))
        return taken

    execute = exec_driver_sql

    @property
    def in_transaction(self) -> bool:
        """Whether the change is still open; one that has asked nothing yet is."""
        return self._end is None or self._driver.in_transaction

    def keep(self) -> None:
        """Keep the change; it is on the server's disk when this returns.

        Raises:
            ServerFault: it was not kept, or (where the connection is lost) nobody can say.
        """
        self._mend()
        if self._end is None:
            return  # nothing was asked, and nothing is to be kept
        try:
            said = self._send((("COMMIT", ()),))
        except ServerFault:
            self.lost_in_keeping = self._driver.lost
            raise
        if (
            said is None or said.command_status != b"COMMIT"
        ):  # so it answers where it gave the change up
            raise ServerFault(OVERTAKEN)

    def undo(self) -> None:
        """Give up what was not kept."""
        with suppress(ServerFault):
            if not self._driver.lost and self._driver.in_transaction:
                self._driver.plain("ROLLBACK")

    def _send(self, statements: tuple[Statement, ...]) -> "PGresult | None":
        """Run statements in one packet: before them what waits of the trail, before the first the turn."""
        waiting, self._waiting = self._waiting, []
        self._written += waiting
        begin = self._begin if self._end is None else []
        sent = (*begin, *waiting, *statements)
        found, fault = self._taking(sent) if begin else self._together(sent)
        if begin:
            self._note_turn(found, fault)
        if fault is not None and not _is_kept(found):
            raise fault
        return found[-1] if found else None

    def _taking(
        self, statements: Sequence[Statement]
    ) -> "tuple[list[PGresult], ServerFault | None]":
        """The packet that takes the turn: sent once more where only what was prepared is gone.

        Nothing was read or written before it, and what it did itself is undone: nothing can come twice.
        """
        found, fault = self._together(statements)
        if fault is not None and fault.state in NAMES_WRONG:
            self.undo()
            found, fault = self._together(statements)
        return found, fault

    def _together(
        self, statements: Sequence[Statement]
    ) -> "tuple[list[PGresult], ServerFault | None]":
        """Send a packet; where no answer comes in time, hang up."""
        keeps = bool(statements) and statements[-1][0] == "COMMIT"
        return self._driver.together(statements, KEPT_MS if keeps else ANSWERED_MS)

    def _note_turn(self, found: "list[PGresult]", fault: ServerFault | None) -> None:
        if len(found) < len(self._begin):
            self.undo()  # it waited too long for its turn, inside a transaction
            raise fault or ServerFault("")
        end = found[len(self._begin) - 1]
        self._end = EMPTY
        if end.ntuples:
            seq, sealed = end.get_value(0, 0) or b"", end.get_value(0, 1) or b""
            self._end = Head(int(seq), sealed.decode())
        self._seen(self._end)

    def _mend(self) -> None:
        """After a refusal: the change as it was before the row that was refused."""
        if not self._refused:
            return
        self.undo()
        before = self._end
        if before is not None:
            try:
                self._note_turn(*self._taking(self._begin))
                overtaken = self._end != before
            finally:
                self._end = before
            if overtaken:
                self.undo()
                raise ServerFault(OVERTAKEN)
        self._refused = False
        _, fault = self._together(self._written)
        if fault is not None:
            self._refused = True
            raise fault


def _is_kept(found: "list[PGresult]") -> bool:
    """Whether the COMMIT was answered, whatever broke behind it."""
    return bool(found) and found[-1].command_status == b"COMMIT"
