"""Bringing a ward's tables up to this program's, step by step, wholly or not at all.

Alembic is imported here and nowhere else, and only when there is a step to take.

Why so much care around it: by itself Alembic commits each half of a step on SQLite, and rebuilding
a table with reference checks on can erase the rows that refer to it. So all steps run in one
transaction begun by us, with the checks off before it begins and made by hand before it ends, and
no table may come out with another number of rows than it went in with.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from bedside.places import place
from bedside.store.driver import driver_errors
from bedside.store.engine import driver_of, set_foreign_keys

if TYPE_CHECKING:
    from sqlalchemy import Connection

_TABLES_SQL = (
    "SELECT name FROM sqlite_master WHERE type = 'table' "
    "AND name NOT LIKE 'sqlite^_%' ESCAPE '^' AND name <> 'alembic_version'"
)


class UpgradeFailed(Exception):
    """A step would have lost or orphaned rows; everything was rolled back."""


def upgrade(
    connection: "Connection",
    *,
    to: str = "head",
    finish: Callable[["Connection"], None] | None = None,
    steps: Path | None = None,
) -> None:
    """Take every step up to a version, in one transaction.

    Args:
        connection: the store's connection, with no transaction open.
        to: the version; "head" is the newest.
        finish: what else belongs in the same transaction, e.g. writing the ward's own row.
        steps: the folder of the steps, the program's own when None.
    """
    take_steps("upgrade", connection, to, finish, steps)


def downgrade(connection: "Connection", *, to: str, steps: Path | None = None) -> None:
    """Take the steps back down to a version; for tests of the steps themselves."""
    take_steps("downgrade", connection, to, None, steps)


@contextmanager
def one_transaction(
    connection: "Connection", finish: Callable[["Connection"], None] | None = None
) -> Iterator[None]:
    """Everything in the block is one transaction without reference checks, checked at its end.

    Args:
        connection: the store's connection, with no transaction open.
        finish: what the store itself writes after the steps, in the same transaction.

    Raises:
        UpgradeFailed: a reference leads nowhere, or a table lost or gained rows.
    """
    driver = driver_of(connection)
    set_foreign_keys(driver, False)
    try:
        with connection.begin():
            before = _row_counts(driver)
            yield
            _check_counts(before, _row_counts(driver))
            if finish is not None:
                finish(connection)
            _check_references(driver)
    finally:
        if driver.in_transaction:
            with suppress(*driver_errors()):
                driver.execute("ROLLBACK")
        set_foreign_keys(driver, True)


def take_steps(
    way: str,
    connection: "Connection",
    to: str,
    finish: Callable[["Connection"], None] | None,
    steps: Path | None,
) -> None:
    """Let Alembic take the steps; `migrations/env.py` puts them into one transaction.

    Args:
        way: "upgrade" or "downgrade".
        connection: with no transaction open.
        to: the version.
        finish: what else belongs in the same transaction.
        steps: the folder of the steps, the program's own when None.
    """
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(steps or place("migrations")).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    config.attributes["finish"] = finish
    getattr(command, way)(config, to)


def _row_counts(driver: sqlite3.Connection) -> dict[str, int]:
    names = [str(row[0]) for row in driver.execute(_TABLES_SQL)]
    return {
        name: driver.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608 (own names only)
        for name in names
    }


def _check_references(driver: sqlite3.Connection) -> None:
    if driver.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise UpgradeFailed("after the step a row refers to one that is not there")


def _check_counts(before: dict[str, int], after: dict[str, int]) -> None:
    changed = sorted(name for name in before if name in after and before[name] != after[name])
    if changed:
        raise UpgradeFailed(f"the step changed the number of rows of {', '.join(changed)}")
