"""Several statements in one packet: one wait for the ward's network, and the least work for both ends.

A save is a handful of rows, and on a near server most of its time went into asking for each, not into
keeping it. So a change's statements travel together, each prepared once for the connection: the server
neither reads nor plans them again. After one that is refused the server runs none that came with it.
What is prepared may be wiped on the server by others (a pooler's `DISCARD ALL`): a name that it does not know, or
knows already, makes the connection forget all of them and prepare anew with the next packet.

psycopg's own pipeline was rejected for it: its upkeep took as long as the wait that it saved. What is
used here is the library's own layer below (`psycopg.pq`). Values are texts, 64-bit whole numbers and
nothing, and go as such beside the statement, never within it, so the server's log does not hold them.
"""

from collections.abc import Generator, Sequence
from itertools import zip_longest
from time import monotonic_ns
from typing import TYPE_CHECKING, Any

from bedside.store.canonical import Stored
from bedside.store.server_fault import ServerFault, fault_of
from bedside.store.server_sql import as_prepared

if TYPE_CHECKING:
    from psycopg import Connection
    from psycopg.pq.abc import PGconn, PGresult

Statement = tuple[str, Sequence[Stored]]
_NO_SUCH_SIGN = "22021"  # PostgreSQL's own for a sign that no text of its may hold
# a prepared statement that is not there, is there already, or is of tables that were changed since
NAMES_WRONG = frozenset({"26000", "42P05", "0A000"})


class Batches:
    """What one connection sends in packets.

    Args:
        connection: psycopg's.
    """

    def __init__(self, connection: "Connection[Any]") -> None:
        from psycopg import Connection, Error, pq

        self._connection, self._error, self._pq = connection, Error, pq
        self._wait = Connection.wait  # without the connection's own limit: a packet has another
        self._names: dict[str, bytes] = {}  # of what is prepared
        self._named = 0  # so many names were given on this connection: none twice
        self._failed = {pq.ExecStatus.FATAL_ERROR, pq.ExecStatus.PIPELINE_ABORTED}

    def send(
        self, statements: Sequence[Statement], within_ms: int
    ) -> "tuple[list[PGresult], ServerFault | None]":
        """Run statements one after the other.

        The time is looked at where the answer is waited for: a watchman's thread for each packet
        (`bedside.store.cutting`) made a save take twice as long.

        Args:
            statements: the store's, with their values.
            within_ms: where the answers do not come in so many milliseconds, the connection is cut.

        Returns:
            The answers of those that were run, and what went wrong with the next one.
        """
        listed = [
            (as_prepared(sql), [_sent(value) for value in values]) for sql, values in statements
        ]
        answers: list[PGresult] = []
        try:
            with self._connection.lock:
                fault = self._send(listed, answers, monotonic_ns() + within_ms * 1_000_000)
        except self._error as error:  # the connection broke
            return answers, fault_of(error)
        except BaseException:
            self._connection.close()  # in the midst of a packet: nobody can say what is still to come
            raise
        return answers, fault

    def _send(
        self,
        listed: "list[tuple[str, list[bytes | None]]]",
        answers: "list[PGresult]",
        until: int,
    ) -> ServerFault | None:
        pgconn = self._connection.pgconn
        pgconn.enter_pipeline_mode()
        asked: list[str] = []  # what each answer is of: "" of a row, else what was prepared
        anew: dict[str, bytes] = {}
        for sql, values in listed:
            name = self._names.get(sql) or anew.get(sql)
            if name is None:
                name = anew[sql] = b"bedside_%d" % self._named
                self._named += 1
                pgconn.send_prepare(name, sql.encode())
                asked.append(sql)
            pgconn.send_query_prepared(name, values)
            asked.append("")
        pgconn.pipeline_sync()
        found = self._wait(self._connection, self._answers(pgconn, until))
        whole = pgconn.status == self._pq.ConnStatus.OK
        if whole:
            pgconn.exit_pipeline_mode()
        for sql, answer in zip_longest(asked, found):  # behind the last: why the server hung up
            if answer is None:
                break
            if answer.status in self._failed:
                return self._fault(answer)
            if sql:
                self._names[sql] = anew[sql]
            else:
                answers.append(answer)
        return None if whole else ServerFault("")

    def _fault(self, answer: "PGresult") -> ServerFault:
        fault = fault_of(_error_of(answer))
        if fault.state in NAMES_WRONG:
            self._names.clear()
        return fault

    def _in_time(self, ready: int, until: int) -> int:
        """What the connection is ready for; nothing, each tenth of a second in which nothing came.

        Raises:
            OperationalError: the time is over; the connection is gone with it.
        """
        if not ready and monotonic_ns() >= until:
            from psycopg import OperationalError

            self._connection.close()
            raise OperationalError
        return ready

    def _answers(self, pgconn: "PGconn", until: int) -> "Generator[Any, Any, list[PGresult]]":
        """Wait, as `Connection.wait` does it, until every answer has come; gives them."""
        from psycopg.waiting import Wait

        found: list[PGresult] = []
        while pgconn.flush():
            if self._in_time((yield Wait.RW), until) & Wait.R:
                pgconn.consume_input()
        while pgconn.status == self._pq.ConnStatus.OK:
            try:
                while pgconn.is_busy():
                    if self._in_time((yield Wait.R), until):
                        pgconn.consume_input()
            except self._error:
                if any(answer.status in self._failed for answer in found):
                    break  # the server said why before it hung up
                raise
            answer = pgconn.get_result()
            if answer is not None:
                if answer.status == self._pq.ExecStatus.PIPELINE_SYNC:
                    break
                found.append(answer)
        return found


def _error_of(answer: "PGresult") -> Exception:
    from psycopg.errors import error_from_result

    return error_from_result(answer)


def _sent(value: Stored) -> bytes | None:
    """A value as it travels.

    Raises:
        ServerFault: a sign in it would end the text there.
    """
    if value is None:
        return None
    sent = str(value).encode()
    if b"\0" in sent:
        raise ServerFault(_NO_SUCH_SIGN)
    return sent
