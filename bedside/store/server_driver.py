"""One connection to a ward on a server, with every safety setting set and read back.

It has the few words of SQLite's own connection that the store uses (`execute`, `in_transaction`,
`close`), so that the trail is walked, records are read and papers verified by the same code on both
engines. psycopg is loaded here, and here only, and only where a server is set.

Why each setting is as it is: `synchronous_commit` so that a save that was reported survives a power
cut of the server, `fsync` and `full_page_writes` for the same (a server that says otherwise is not
used); the timeouts so that a station that has gone away never holds up the others for long, and none
waits at a bedside for ever; UTF-8 so that each letter is kept as typed.
"""

import logging
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, cast

from bedside.store.canonical import Stored
from bedside.store.server_address import ServerAddress
from bedside.store.server_batch import Batches, Statement
from bedside.store.server_fault import ServerFault, fault_of
from bedside.store.server_sql import as_on_server
from bedside.units.refusal import Refused

if TYPE_CHECKING:
    from psycopg import Connection, Cursor
    from psycopg.pq.abc import PGresult

CONNECT_S = 5
LEAST_SERVER = 130000  # PostgreSQL 13, the oldest that is still looked after
_SESSION = (
    ("timezone", "UTC"),
    ("synchronous_commit", "on"),
    ("lock_timeout", "5s"),  # how long a save waits for another station's
    ("idle_in_transaction_session_timeout", "10s"),  # a station that went away lets go by then
    ("default_transaction_isolation", "read committed"),
)
_OWN_SERVER = (
    ("fsync", ("on",)),
    ("full_page_writes", ("on",)),
    ("server_encoding", ("UTF8",)),
    ("client_encoding", ("UTF8",)),
    ("standard_conforming_strings", ("on",)),
    ("synchronous_commit", ("on", "remote_apply")),
)
_KEEPALIVE: dict[str, int] = {
    "keepalives_idle": 3, "keepalives_interval": 1, "keepalives_count": 2, "tcp_user_timeout": 5000,
}  # fmt: skip
NO_LIBRARY = (
    "This Bedside has no part for a ward on a server.",
    'Whoever looks after it installs it: pip install "bedside[server]".',
)


class Answer:
    """What a statement gave back, in the words of SQLite's cursor.

    Args:
        cursor: psycopg's.
    """

    def __init__(self, cursor: "Cursor[Any]") -> None:
        self._cursor = cursor

    @property
    def lastrowid(self) -> int | None:
        """The number of the row that was added; None where none was."""
        row = self._cursor.fetchone() if self._cursor.description else None
        return None if row is None else int(row[0])

    def fetchone(self) -> Any:
        """The next row; None after the last."""
        return self._cursor.fetchone()

    def fetchall(self) -> list[Any]:
        """Every row that is left."""
        return list(self._cursor.fetchall())

    def __iter__(self) -> Iterator[Any]:
        """Row by row."""
        return iter(self._cursor)


class ServerDriver:
    """A connection of psycopg with the words of SQLite's.

    Args:
        connection: in autocommit: a transaction begins where the store says so.
    """

    on_server = True

    def __init__(self, connection: "Connection[Any]") -> None:
        from psycopg import Error

        self.connection = connection
        self.known_columns: dict[str, list[str]] | None = None  # of each table, within a reading
        self._errors = (Error,)
        self._batches = Batches(connection)

    def execute(self, sql: str, values: Sequence[Stored] = ()) -> "Cursor[Any]":
        """Run one statement of the store's.

        Raises:
            ServerFault: the server refused it, or the connection broke.
        """
        try:
            return self.connection.execute(cast(Any, as_on_server(sql)), tuple(values))
        except self._errors as error:
            raise fault_of(error) from None

    def exec_driver_sql(self, sql: str, values: Sequence[Stored] = (), /) -> "Answer":
        """The same, by the name that records are read and changed through."""
        return Answer(self.execute(sql, values))

    def plain(self, sql: str) -> "Cursor[Any]":
        """Run a statement that is PostgreSQL's already, without values.

        Raises:
            ServerFault: as above.
        """
        try:
            return self.connection.execute(cast(Any, sql))
        except self._errors as error:
            raise fault_of(error) from None

    def lay_in(self, sql: str, rows: Iterable[Sequence[Stored]]) -> None:
        """Lay many rows in with one COPY.

        Raises:
            ServerFault: the server refused one of them, or the connection broke.
        """
        try:
            with self.connection.cursor() as cursor, cursor.copy(cast(Any, sql)) as copy:
                for row in rows:
                    copy.write_row(row)
        except self._errors as error:
            raise fault_of(error) from None

    def together(
        self, statements: Sequence[Statement], within_ms: int
    ) -> "tuple[list[PGresult], ServerFault | None]":
        """Run several statements in one packet; after one that is refused none is run.

        Args:
            statements: the store's, with their values.
            within_ms: after so many milliseconds without an answer the connection is cut.

        Returns:
            The answers of those that were run, and what went wrong with the next one.
        """
        return self._batches.send(statements, within_ms)

    def last_of(self, sql: str) -> Any:
        """Run several statements in one packet; the first row of the last one's answer.

        Raises:
            ServerFault: as above.
        """
        found = self.plain(sql)
        while found.nextset():
            pass
        return found.fetchone()

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open, failed ones included."""
        from psycopg.pq import TransactionStatus

        return self.connection.info.transaction_status not in {
            TransactionStatus.IDLE,
            TransactionStatus.UNKNOWN,
        }

    @property
    def lost(self) -> bool:
        """Whether the connection is gone."""
        return bool(self.connection.closed or self.connection.broken)

    def close(self) -> None:
        """Hang up."""
        self.connection.close()


def connect_server(address: ServerAddress, silent_ms: int | None = None) -> ServerDriver:
    """Connect a station to a ward's database.

    Args:
        address: of the database, with the role.
        silent_ms: after so many milliseconds in which nothing of an answer comes the connection is cut;
            None: the longest work is waited for.

    Raises:
        Refused: psycopg is missing, or the server does not keep saves safe.
        Hindered: the server was not reached, or did not take this station.
    """
    psycopg = _library()
    from bedside.store.server_waiting import TimedConnection

    words: dict[str, Any] = {"connect_timeout": CONNECT_S, **_KEEPALIVE, **address.words()}
    try:
        connection = TimedConnection.connect(**words, autocommit=True)
    except psycopg.Error as error:
        from bedside.store.server_reaching import not_reached

        raise not_reached(address, error) from None  # its text names roles, files and addresses
    # what psycopg prepares by itself it wipes with DEALLOCATE ALL, and ours (`server_batch`) with it
    connection.prepare_threshold = None
    driver = ServerDriver(connection)
    try:
        _set_and_read_back(driver)
    except BaseException:
        driver.close()
        raise
    connection.silent_ms = silent_ms
    return driver


def _library() -> Any:
    try:
        import psycopg
    except ImportError:
        raise Refused(*NO_LIBRARY) from None
    # its own log names hosts and roles; what went wrong is said by what is raised
    logging.getLogger("psycopg").setLevel(logging.CRITICAL)
    return psycopg


def _set_and_read_back(driver: ServerDriver) -> None:
    if driver.connection.info.server_version < LEAST_SERVER:
        raise Refused(
            "The database server is too old for Bedside: it needs PostgreSQL 13 or newer."
        )
    for name, value in _SESSION:
        driver.plain(f"SET {name} = '{value}'")
    for name, allowed in _OWN_SERVER:
        row = driver.plain(f"SHOW {name}").fetchone()
        if row is None or row[0] not in allowed:
            raise Refused(
                f"The database server does not keep saves safe: its setting {name} is not "
                f"{' or '.join(allowed)}. Nothing was opened.",
                "Whoever looks after the server sets it.",
            )
