"""Which version of the tables a ward on a server has, and whether anybody changed them since.

The digest is made over what PostgreSQL says of tables, columns, rules, indexes and guards, and over
the guards' own words. The text of rules and indexes is left out of it: PostgreSQL writes it out anew
in words that may differ from one of its versions to the next, and a hospital brings its server up to
date without asking Bedside. Only the owner's role can change any of it.
"""

import hashlib
from typing import Any

from bedside.store.schema import SCHEMA
from bedside.store.server_driver import ServerDriver
from bedside.store.troubles import Damaged, Hindered
from bedside.units.refusal import Refused

_FROM = "pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = current_schema()"
_DIGESTED = tuple(
    f"SELECT {sql}".replace("/c/", _FROM)
    for sql in (
        "c.relname, a.attname, a.attnum, format_type(a.atttypid, a.atttypmod), a.attnotnull, "
        "coalesce(l.collname, '') FROM /c/ JOIN pg_attribute a ON a.attrelid = c.oid "
        "LEFT JOIN pg_collation l ON l.oid = a.attcollation WHERE c.relkind IN ('r', 'p') "
        'AND a.attnum > 0 AND NOT a.attisdropped ORDER BY c.relname COLLATE "C", a.attnum',
        "c.relname, k.conname, k.contype::text, k.conkey::text, k.convalidated FROM /c/ "
        "JOIN pg_constraint k ON c.oid = k.conrelid WHERE k.contype <> 'n' "
        'ORDER BY c.relname COLLATE "C", k.conname COLLATE "C"',
        "c.relname, x.relname, i.indkey::text, i.indisunique, i.indpred IS NOT NULL, i.indisvalid "
        "FROM /c/ JOIN pg_index i ON c.oid = i.indrelid JOIN pg_class x ON x.oid = i.indexrelid "
        'ORDER BY c.relname COLLATE "C", x.relname COLLATE "C"',
        "c.relname, t.tgname, t.tgtype, t.tgenabled::text, p.prosrc, p.proconfig::text FROM /c/ "
        "JOIN pg_trigger t ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid "
        'WHERE NOT t.tgisinternal ORDER BY c.relname COLLATE "C", t.tgname COLLATE "C"',
        "p.proname, p.prosrc FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
        "AND n.nspname = current_schema() WHERE p.proname LIKE 'bedside%' "
        'ORDER BY p.proname COLLATE "C"',
    )
)
_HAS_STEP_SQL = "SELECT 1 FROM /c/ WHERE c.relname = 'alembic_version'".replace("/c/", _FROM)
_ANY_SQL = "SELECT count(*) FROM /c/ WHERE c.relkind IN ('r', 'p', 'v')".replace("/c/", _FROM)


def server_step(driver: ServerDriver) -> str:
    """The step of a ward's tables on a server; "" where there is no ward.

    Raises:
        Refused: the database holds something else.
    """
    if driver.plain(_HAS_STEP_SQL).fetchone() is None:
        if driver.plain(_ANY_SQL).fetchone() != (0,):
            raise Refused(
                "The database holds something that is not a Bedside ward: nothing was changed.",
                "Give the ward a database of its own, and an empty one.",
            )
        return ""
    steps = driver.plain("SELECT version_num FROM alembic_version").fetchall()
    return str(steps[0][0]) if len(steps) == 1 else ""


def check_step(driver: ServerDriver) -> None:
    """The tables are of this program's step.

    Raises:
        Refused: there is no ward.
        Hindered: it belongs to a newer or an older Bedside.
    """
    step = server_step(driver)
    if not step:
        raise Refused(
            "There is no ward on this server yet. Nothing was made.",
            "Move this workstation's ward there (bedside move --to …), or make one.",
        )
    if step > SCHEMA:
        raise Hindered(
            "newer",
            f"This ward belongs to a newer Bedside (its step {step}, this program's {SCHEMA}).",
            "Nothing was changed. Start the newer Bedside, or bring this one up to date.",
        )
    if step < SCHEMA:
        raise Hindered(
            "server",
            f"The ward on the server is of an older Bedside (its step {step}, this program's {SCHEMA}).",
            "Nothing was changed. Whoever looks after the server brings it up to date, all stations "
            "together.",
            cause="older",
        )


def server_digest(driver: ServerDriver) -> str:
    """The SHA-256 of every table, column, rule, index and guard, as the server tells of them."""
    told: list[Any] = [[tuple(row) for row in driver.plain(sql).fetchall()] for sql in _DIGESTED]
    return hashlib.sha256(repr(told).encode()).hexdigest()


def check_server_schema(driver: ServerDriver) -> None:
    """Compare the tables and guards with those that the last step left.

    Raises:
        Damaged: a table, an index or a guard was changed or dropped outside Bedside.
    """
    row = driver.execute("SELECT schema_version, schema_digest FROM ward").fetchone()
    if row != (SCHEMA, server_digest(driver)):
        raise Damaged("its tables, or the rules that guard them, were changed outside Bedside.")
