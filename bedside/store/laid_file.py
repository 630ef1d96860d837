"""A ward of a server laid into a new file, whole and proved, or nothing of it."""

from collections.abc import Callable
from pathlib import Path

from bedside.store.audit import Act, Head
from bedside.store.engine import connect, driver_of
from bedside.store.folders import make_ward_file
from bedside.store.keys import Keys
from bedside.store.moving import lay_over
from bedside.store.schema import schema_digest
from bedside.store.server_driver import ServerDriver
from bedside.store.upgrade import upgrade

Said = Callable[[str], None]
# a copy proves what it has laid while the server waits: longer than a change may
ONE_STATE = (
    "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; "
    "SET LOCAL idle_in_transaction_session_timeout = '30min'"
)


def make_file(
    driver: ServerDriver,
    path: Path,
    act: Act | None,
    keys: Keys | None,
    said: Said = lambda _words: None,
) -> Head:
    """Lay the ward into a new file, from one state of the server, and prove it field by field.

    Args:
        driver: a connection that may read everything, with no transaction open.
        path: the file to make.
        act: what its trail says of it; None for a copy (`bedside.store.moving.lay_over`).
        keys: the ward's keys; None for a plain ward.
        said: told of each table that is done.

    Returns:
        The end of the trail in the file.

    Raises:
        NotSaved: what came there is not the same; nothing is left of it.
        AuditBroken: the trail on the server does not hold.
    """
    from bedside.store.ward_file import WardFile

    key, seal_key = (None, None) if keys is None else (keys.database, keys.seal)
    make_ward_file(path)
    found: list[Head] = []
    try:
        file = WardFile(connect(path, key))
        try:
            driver.plain(ONE_STATE)

            def fill(connection: object) -> None:
                target = driver_of(connection)  # type: ignore[arg-type]  # Alembic's own
                found.append(
                    lay_over(
                        driver, target, digest=lambda: schema_digest(target), act=act,
                        seal_key=seal_key, said=said,
                    )
                )  # fmt: skip

            with file.engine.connect() as connection:
                upgrade(connection, finish=fill)
        finally:
            file.close()
            if not driver.lost and driver.in_transaction:
                driver.plain("ROLLBACK")
    except BaseException:
        for left in path.parent.glob(f"{path.name}*"):
            left.unlink()
        raise
    return found[0]
