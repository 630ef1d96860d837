"""How the steps in this folder are run: on the store's own connection, in one transaction.

`bedside.store.upgrade` hands the connection over. Without one, `alembic -x ward=FOLDER revision`
lets a developer write the next step against a ward; wards are brought up by opening them.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from alembic import context
from sqlalchemy import Connection

from bedside.store.engine import connect, ward_engine
from bedside.store.tables import AUDIT
from bedside.store.upgrade import one_transaction

Finish = Callable[[Connection], None] | None


def run(connection: Connection) -> None:
    """Take the steps; whatever fails, nothing of them is kept."""
    with _transaction(connection, context.config.attributes.get("finish")):
        context.configure(
            connection=connection,
            target_metadata=AUDIT.metadata,
            render_as_batch=True,
            transactional_ddl=True,
            transaction_per_migration=False,
        )
        with context.begin_transaction():
            context.run_migrations()


def _transaction(connection: Connection, finish: Finish) -> AbstractContextManager[None]:
    if connection.dialect.name == "sqlite":
        return one_transaction(connection, finish)
    from bedside.store.server_upgrade import one_server_transaction

    return one_server_transaction(connection, finish)


def run_for_a_developer() -> None:
    """Open the ward named on the command line and take the steps on it."""
    folder = Path(context.get_x_argument(as_dictionary=True)["ward"])
    engine = ward_engine(lambda: connect(folder / "ward.sqlite3"))
    with engine.connect() as connection:
        run(connection)
    engine.dispose()


given = context.config.attributes.get("connection")
if given is None:
    run_for_a_developer()
else:
    run(given)
