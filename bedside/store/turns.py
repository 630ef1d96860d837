"""How a turn at the store begins and ends: who does what, what is undone, what an error means."""

from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from bedside.store.audit import Act
from bedside.store.engine import driver_of
from bedside.store.troubles import Damaged
from bedside.store.ways import utc_text, words_text
from bedside.units.refusal import Refused

if TYPE_CHECKING:
    from sqlalchemy import Connection


def act_of(who: str, act: str, at: datetime) -> Act:
    """Who does what when, as the trail keeps it.

    Raises:
        Refused: nobody is named.
    """
    name, doing = words_text(who), words_text(act)
    if not name.strip():
        raise Refused("Who is doing this? Choose your name first.")
    if not doing.strip():
        raise ValueError("an act needs its name")
    return Act(name, doing, utc_text(at))


def roll_back(connection: "Connection") -> None:
    """Undo what was not committed; after a full disk SQLite has done so itself already."""
    transaction = connection.get_transaction()
    if transaction is not None and transaction.is_active:
        from sqlalchemy.exc import DBAPIError

        with suppress(DBAPIError):
            transaction.rollback()
    driver = driver_of(connection)
    if driver.in_transaction:
        driver.execute("ROLLBACK")


def unreadable(error: Exception) -> Exception:
    """The error as the ward is told of it, where the file itself cannot be read any more."""
    name = getattr(error, "sqlite_errorname", None) or ""
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_IOERR")):
        return Damaged("it cannot be read any more.")
    return error
