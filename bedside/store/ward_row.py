"""The ward's own row: which ward it is, since when, and of which step its tables are."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy import Connection, insert, update

from bedside.store.audit import Act
from bedside.store.audit_step import seal_as_it_is
from bedside.store.engine import driver_of
from bedside.store.schema import SCHEMA, Look, schema_digest
from bedside.store.tables import WARD

PROGRAM = "Bedside"


def write_ward(
    connection: Connection, look: Look, at: str, demonstration: bool, seal_key: bytes | None
) -> None:
    """Write the ward's own row, with its audit row, in the transaction that made its tables.

    Args:
        connection: the open transaction of the steps.
        look: what was found in the file before.
        at: when, as the store writes times.
        demonstration: a new ward is one of invented infants.
        seal_key: the ward's sealing key, if it has keys.
    """
    driver = driver_of(connection)
    new = {"schema_version": SCHEMA, "schema_digest": schema_digest(driver)}
    if look.empty:
        first = {
            "id": 1,
            "ward_id": str(uuid4()),
            "created_at": datetime.fromisoformat(at),
            "demonstration": demonstration,
        }
        connection.execute(insert(WARD), {**first, **new})
    else:
        connection.execute(update(WARD).values(**new))
    act = "made this ward" if look.empty else "brought this ward up to date"
    seal_as_it_is(driver, Act(PROGRAM, act, at), seal_key)
