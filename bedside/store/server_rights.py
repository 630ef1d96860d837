"""What a station may do on the server, and what only the ward's owner may: held by PostgreSQL itself.

Two roles. The owner makes and changes tables (`bedside move`, an upgrade) and is used for nothing
else. Stations belong to the program's role: it may read everything, add rows, and strike a row out
once; it may change no other column, erase nothing, empty nothing, and neither make nor drop a table,
a guard or a function. So a record cannot be changed or erased by a station even with the program
left aside: first the grants refuse it, then the guards of the tables, and then the trail shows it.

Striking out is an UPDATE of three columns; it is granted for these three alone (PostgreSQL's grants
go by column). A function with the owner's rights was rejected for it: one more thing to be trusted.

A station that was given more than this is not let in: it is asked of the server at each opening, and
so a hospital's slip (a station with the owner's password) is found on the first day.
"""

from bedside.store.catalogue import tables_of
from bedside.store.records import VOID_COLUMNS
from bedside.store.server_driver import ServerDriver
from bedside.units.refusal import Refused

PROGRAM_ROLE = "bedside_program"
_EXISTS_SQL = "SELECT 1 FROM pg_roles WHERE rolname = ?"
_TOO_MUCH_SQL = (
    "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
    "WHERE c.relkind IN ('r', 'p') AND n.nspname = current_schema() AND ("
    "has_table_privilege(c.oid, 'UPDATE') OR has_table_privilege(c.oid, 'DELETE') "
    "OR has_table_privilege(c.oid, 'TRUNCATE') OR has_table_privilege(c.oid, 'TRIGGER') "
    "OR pg_has_role(c.relowner, 'MEMBER') OR EXISTS (SELECT 1 FROM pg_attribute a "
    "WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped "
    "AND a.attname NOT IN ('voided_at', 'voided_by', 'void_reason') "
    "AND has_column_privilege(c.oid, a.attnum, 'UPDATE'))) LIMIT 1"
)
_RECORDS_SQL = "SELECT has_table_privilege('audit', 'INSERT')"
_ROLE_RECORDS_SQL = "SELECT has_table_privilege(?, 'audit', 'INSERT')"
CLOSED = (
    "The ward on the server takes no records: it was moved to one workstation, or is being moved.",
    "Whoever looks after the server says where it is. If nobody moved it, this station's role is not "
    "in the program's role.",
)
_MAY_MAKE_SQL = "SELECT has_schema_privilege(current_schema(), 'CREATE')"


def check_program_role(driver: ServerDriver, role: str) -> None:
    """The role to which the stations belong is there.

    Raises:
        Refused: it is not.
    """
    if driver.execute(_EXISTS_SQL, (role,)).fetchone() is None:
        raise Refused(
            f"The server has no role {role}, to which the stations belong. Nothing was changed.",
            f"Whoever looks after the server makes it (CREATE ROLE {role} NOLOGIN) and puts each "
            "station's role into it.",
        )


def grant_to_program(driver: ServerDriver, role: str = PROGRAM_ROLE) -> None:
    """Give the program's role what a station needs, and take everything else from everybody.

    Args:
        driver: a connection as the ward's owner, in the transaction that made or changed the tables.
        role: the program's role, to which the stations belong; it exists.
    """
    named = quoted(role)
    (schema,) = driver.plain("SELECT quote_ident(current_schema())").fetchone() or ("public",)
    driver.plain(f"GRANT USAGE ON SCHEMA {schema} TO {named}")
    for table in ("alembic_version", "audit", *tables_of(driver)):
        driver.plain(f'REVOKE ALL ON "{table}" FROM PUBLIC, {named}')
        rights = "SELECT" if table in {"alembic_version", "ward"} else "SELECT, INSERT"
        driver.plain(f'GRANT {rights} ON "{table}" TO {named}')
        if table not in {"alembic_version", "audit", "ward"}:
            listed = ", ".join(f'"{name}"' for name in VOID_COLUMNS)
            driver.plain(f'GRANT UPDATE ({listed}) ON "{table}" TO {named}')


def quoted(role: str) -> str:
    """A role's name as it stands in a statement."""
    return '"' + role.replace('"', '""') + '"'


def is_closed(driver: ServerDriver, role: str | None = None) -> bool:
    """Whether the stations may record nothing: the ward was moved to a workstation.

    Args:
        driver: a connection.
        role: the program's role; None asks of the role that is connected.
    """
    if role is None:
        return driver.plain(_RECORDS_SQL).fetchone() != (True,)
    return driver.execute(_ROLE_RECORDS_SQL, (role,)).fetchone() != (True,)


def check_own_rights(driver: ServerDriver) -> None:
    """A station may record, and may not change what is recorded.

    Raises:
        Refused: its role may change or erase records, or the tables themselves; or the ward was
            closed to all stations.
    """
    if is_closed(driver):
        raise Refused(*CLOSED)
    row = driver.plain(_TOO_MUCH_SQL).fetchone()
    made = driver.plain(_MAY_MAKE_SQL).fetchone()
    if row is None and made == (False,):
        return
    raise Refused(
        "This station's role on the server may change or erase records: the ward was not opened.",
        "A station uses a role of its own that belongs to the program's role and to no other. "
        "Whoever looks after the server sets it in the station's address.",
    )
