"""Bringing a ward's tables on a server up to this program's, by the very steps of a ward's file.

Only the owner's role does this (`bedside.store.server_rights`), never a station's. All steps are one
transaction: a step that fails leaves the server as it was.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

from bedside.store.server_driver import ServerDriver
from bedside.store.upgrade import UpgradeFailed, take_steps

if TYPE_CHECKING:
    from sqlalchemy import Connection

_TABLES_SQL = (
    "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
    "WHERE c.relkind = 'r' AND n.nspname = current_schema() AND c.relname <> 'alembic_version' "
    "ORDER BY c.relname"
)
Finish = Callable[["Connection"], None] | None


def upgrade_server(driver: ServerDriver, *, to: str = "head", finish: Finish = None) -> None:
    """Take every step up to a version.

    Args:
        driver: a connection as the ward's owner, with no transaction open.
        to: the version; "head" is the newest.
        finish: what else belongs in the same transaction.
    """
    with around(driver) as connection:
        take_steps("upgrade", connection, to, finish, None)


def downgrade_server(driver: ServerDriver, *, to: str) -> None:
    """Take the steps back down to a version; for tests of the steps themselves."""
    with around(driver) as connection:
        take_steps("downgrade", connection, to, None, None)


@contextmanager
def one_server_transaction(connection: "Connection", finish: Finish = None) -> Iterator[None]:
    """Everything in the block is one transaction; no table comes out with other rows than it had.

    Raises:
        UpgradeFailed: a table lost or gained rows.
    """
    from bedside.store.server_steps import steps_on_server

    driver: Any = connection.connection.driver_connection
    with steps_on_server(connection):
        before = _row_counts(driver)
        yield
        after = _row_counts(driver)
        changed = sorted(name for name in before if name in after and before[name] != after[name])
        if changed:
            raise UpgradeFailed(f"the step changed the number of rows of {', '.join(changed)}")
        if finish is not None:
            finish(connection)


def _row_counts(driver: Any) -> dict[str, int]:
    names = [str(row[0]) for row in driver.execute(_TABLES_SQL).fetchall()]
    return {
        name: driver.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608 (own names only)
        for name in names
    }


@contextmanager
def around(driver: ServerDriver) -> Iterator["Connection"]:
    """SQLAlchemy's connection around one that is open, for Alembic; it begins and ends transactions."""
    from sqlalchemy import create_engine
    from sqlalchemy.pool import StaticPool

    engine = create_engine(
        "postgresql+psycopg://",
        creator=lambda: cast(Any, driver.connection),
        poolclass=StaticPool,
        hide_parameters=True,
    )
    driver.connection.autocommit = False
    connection = engine.connect()
    try:
        yield connection
    finally:
        if not driver.lost:
            driver.connection.rollback()
            driver.connection.autocommit = True
        connection.detach()  # the driver stays open
