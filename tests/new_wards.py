"""New wards of tests: their tables are made by the real steps once, and then as these made them.

Taking every step of the tables' history costs a third of a second, and some thousand tests begin
with a new ward. So the first one of a test run is made by the steps; what they made is noted, and
for the others laid into their file as it is, page by page, by SQLite's own way of copying (into an
encrypted file, statement by statement); the ward's own row follows in one transaction, as always. The
tests of the steps themselves always take them, and `tests/store/test_new_wards.py` holds both
against each other, statement by statement and row by row.
"""

import atexit
import os
import sqlite3
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import pytest

from bedside.store import upgrade as room
from bedside.store.engine import driver_of

ALWAYS_BY_STEPS = tuple(
    f"tests/store/test_{name}.py"
    for name in (
        "count_columns", "new_wards", "opening_step", "papers_step", "plan_step", "reprint_step",
        "risk_bounds_step", "upgrade",
    )
)  # fmt: skip
_KINDS = ("table", "index", "view", "trigger")


class Made(NamedTuple):
    """What the steps made of an empty file."""

    application_id: int
    statements: tuple[str, ...]
    rows: tuple[tuple[str, tuple[tuple[object, ...], ...]], ...]


def made_in(driver: sqlite3.Connection) -> Made:
    """Note tables, indexes, triggers and rows of a file."""
    found = driver.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL "
        "AND name NOT LIKE 'sqlite^_%' ESCAPE '^' ORDER BY rowid"
    ).fetchall()
    found.sort(key=lambda row: _KINDS.index(row[0]))
    tables = [str(name) for kind, name, _ in found if kind == "table"]
    rows = ((name, tuple(driver.execute(f'SELECT * FROM "{name}"'))) for name in tables)  # noqa: S608 (names of our own tables)
    return Made(
        driver.execute("PRAGMA application_id").fetchone()[0],
        tuple(str(sql) for *_, sql in found),
        tuple((name, kept) for name, kept in rows if kept),
    )


def make_again(driver: sqlite3.Connection, made: Made) -> None:
    """Make the same in an empty file, statement by statement."""
    driver.execute(f"PRAGMA application_id = {made.application_id}")
    rows = dict(made.rows)
    for sql in made.statements:
        driver.execute(sql)
    for name, kept in rows.items():
        marks = ", ".join("?" * len(kept[0]))
        driver.executemany(f'INSERT INTO "{name}" VALUES ({marks})', kept)  # noqa: S608 (as above)


def make_new_wards_quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let new wards be made as the steps made the first one."""
    by_steps = room.upgrade
    noted: list[Made] = []

    @cache
    def laid_out() -> sqlite3.Connection:
        """What was noted, in memory, to be copied page by page."""
        made = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        atexit.register(made.close)
        make_again(made, noted[0])
        return made

    def upgrade(connection, *, finish: Callable | None = None, **asked: object) -> None:
        driver = driver_of(connection)
        empty = driver.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
        test = os.environ.get("PYTEST_CURRENT_TEST", "")
        if asked or not empty or finish is None or test.startswith(ALWAYS_BY_STEPS):
            by_steps(connection, finish=finish, **asked)
        elif noted and isinstance(driver, sqlite3.Connection):
            laid_out().backup(driver)
            with room.one_transaction(connection, finish):
                pass
        elif noted:
            with room.one_transaction(connection, finish):
                make_again(driver, noted[0])
        else:

            def note_and_finish(open_one) -> None:
                noted.append(made_in(driver))
                finish(open_one)

            by_steps(connection, finish=note_and_finish)

    monkeypatch.setattr(room, "upgrade", upgrade)
