"""The open file of one ward: its one connection, read directly, changed through SQLAlchemy.

Decision: statements go straight to the driver (sqlite3, or SQLCipher's of the same interface), and
SQLAlchemy is loaded at the first change, around the same connection, which it begins and commits. It
takes longer to load than the whole first screen may, and a third of the memory, and the ward list needs
none of it; and each statement that goes through it waits as long again as for SQLite.
"""

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from bedside.store.driver import module_of
from bedside.store.engine import ward_engine
from bedside.store.held_open import hold_open, let_go

if TYPE_CHECKING:
    from sqlalchemy import Engine


class Rows(Protocol):
    """What a query found."""

    def fetchall(self) -> Sequence[Sequence[object]]:
        """Every row."""

    def fetchone(self) -> Sequence[object] | None:
        """The next row."""


class Reader(Protocol):
    """What records are read through: a reading, or the connection of a change."""

    def exec_driver_sql(self, sql: str, values: tuple[str | int | None, ...] = (), /) -> Rows:
        """Run one query as it stands."""


class Done(Rows, Protocol):
    """What a statement found, or added."""

    @property
    def lastrowid(self) -> int | None:
        """The number of the row that was added."""


class Writer(Protocol):
    """What a change reads and writes through."""

    def exec_driver_sql(self, sql: str, values: tuple[str | int | None, ...] = (), /) -> Done:
        """Run one statement as it stands."""


class Reading:
    """One reading or one change, open on the ward's connection; the same words as SQLAlchemy's.

    Args:
        driver: the connection, inside a transaction; of a reading it may only read.
    """

    def __init__(self, driver: sqlite3.Connection) -> None:
        self._driver = driver

    def exec_driver_sql(
        self, sql: str, values: tuple[str | int | None, ...] = (), /
    ) -> sqlite3.Cursor:
        """Run one query as it stands."""
        return self._driver.execute(sql, values)


class WardFile:
    """The file and its one connection, until closed.

    Args:
        driver: the connection, with every safety setting set and read back.
        of: the ward's own folder, where the file is a copy of it for this program alone.
    """

    def __init__(self, driver: sqlite3.Connection, of: Path | None = None) -> None:
        self.driver, self._of = driver, of
        (_, _, path), *_others = driver.execute("PRAGMA database_list").fetchall()
        self.path = Path(path)  # known also after the ward was closed
        self._held = hold_open(self.path)
        self._engine: Engine | None = None

    @property
    def engine(self) -> "Engine":
        """SQLAlchemy's engine around the one connection, made when it is first needed."""
        if self._engine is None:
            self._engine = ward_engine(lambda: self.driver, module_of(self.driver))
        return self._engine

    @property
    def folder(self) -> Path:
        """The ward's folder, in which the file lies or from which it was copied."""
        return self._of or self.path.parent

    def close(self) -> None:
        """Close the connection."""
        if self._engine is not None:
            self._engine.dispose()
        self.driver.close()
        let_go(self._held)
