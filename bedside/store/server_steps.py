"""The same steps on a server: what each step says of SQLite's tables is said to PostgreSQL.

The steps in `migrations/versions/` are not written twice. They run as they are, through Alembic, and
each statement is turned over here on its way: columns become texts and 64-bit whole numbers, rules
are said in PostgreSQL's words (`bedside.store.server_conditions`), a guard becomes a trigger with its
function, and a table that is made anew lets go of its old names first. What is not known is refused
and the whole upgrade rolled back; PostgreSQL takes all steps in one transaction by itself.

Decision: a second set of steps was rejected (two histories drift apart), and so was letting the tables
be made from `bedside.store.tables` (the ward's own history would not be what made it).
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import event
from sqlalchemy.dialects.postgresql.base import PGDDLCompiler
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.schema import CreateIndex

from bedside.store.server_conditions import FUNCTIONS, condition_on_server

if TYPE_CHECKING:
    from sqlalchemy import Connection

_COLUMN = re.compile(
    r"^(\t\"?\w+\"?|ALTER TABLE \S+ ADD COLUMN \S+) (SERIAL|INTEGER|TEXT)\b", re.MULTILINE
)
_TYPES = {"SERIAL": "BIGINT", "INTEGER": "BIGINT", "TEXT": 'TEXT COLLATE "C"'}
_TRIGGER = re.compile(
    r"CREATE TRIGGER (\w+) BEFORE (UPDATE|DELETE|INSERT) ON \"?(\w+)\"? WHEN (.+) "
    r"BEGIN SELECT RAISE\(ABORT, '([^']*)'\); END",
    re.DOTALL,
)
_DROP_TRIGGER = re.compile(r"DROP TRIGGER (\w+)")
_RENAME = re.compile(r"ALTER TABLE \"?(\w+)\"? RENAME TO \"?(\w+)\"?")
_DROP_TABLE = re.compile(r"\s*DROP TABLE \"?(\w+)\"?")
_DEFINES = re.compile(r"\s*(CREATE|ALTER|DROP|INSERT|UPDATE|PRAGMA)\b")
_NOTHING = "SELECT 1"
_INDEXES_SQL = (
    "SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
    "WHERE i.indrelid = '\"{0}\"'::regclass"
)
_REFERRING_SQL = (
    "SELECT r.relname, c.conname, pg_get_constraintdef(c.oid) FROM pg_constraint c "
    "JOIN pg_class r ON r.oid = c.conrelid WHERE c.contype = 'f' "
    "AND c.confrelid = '\"{0}\"'::regclass AND c.conrelid <> c.confrelid"
)
_TRIGGER_OF_SQL = (
    "SELECT r.relname FROM pg_trigger t JOIN pg_class r ON r.oid = t.tgrelid "
    "JOIN pg_namespace n ON n.oid = r.relnamespace "
    "WHERE t.tgname = '{0}' AND n.nspname = current_schema()"
)


class Step:
    """Turns over the statements of the steps of one upgrade.

    Args:
        run: runs a statement of PostgreSQL's own, and gives its rows.
    """

    def __init__(self, run: Callable[[str], list[Any]]) -> None:
        self._run = run
        # a guard looks at the ward's own tables, whatever temporary ones a station makes beside them
        ((self._schema,),) = run("SELECT quote_ident(current_schema())")
        self._referring: list[tuple[str, str, str]] = []  # to a table that is being made anew
        self._renamed = ""

    def turn(self, sql: str) -> str:
        """One statement as PostgreSQL takes it; what else belongs to it is done at once.

        Raises:
            NotSaidSo: it holds a word that is not known.
        """
        if _DEFINES.match(sql) is None:
            return sql
        if sql.startswith("PRAGMA application_id"):
            return _NOTHING  # how a file is told from others; a database has its tables
        for found, turned in (
            (_TRIGGER.fullmatch(sql), self._guard),
            (_DROP_TRIGGER.fullmatch(sql), self._unguard),
            (_RENAME.fullmatch(sql), self._rename),
            (_DROP_TABLE.fullmatch(sql), self._drop),
        ):
            if found is not None:
                return turned(found)
        return condition_on_server(_COLUMN.sub(lambda one: f"{one[1]} {_TYPES[one[2]]}", sql))

    def _guard(self, found: re.Match[str]) -> str:
        name, when, table, condition, words = found.groups()
        refused = "TRUE" if condition == "1" else condition_on_server(condition)
        self._run(
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql "
            f"SET search_path = {self._schema}, pg_temp AS $guard$ BEGIN IF {refused} THEN RAISE EXCEPTION "
            f"'{words}' USING ERRCODE = '23000'; END IF; "
            f"RETURN {'OLD' if when == 'DELETE' else 'NEW'}; END $guard$"
        )
        if when == "DELETE":  # PostgreSQL has a second way to empty a table
            self._run(
                f'CREATE TRIGGER {name}_whole BEFORE TRUNCATE ON "{table}" '
                f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
            )
        return (
            f'CREATE TRIGGER {name} BEFORE {when} ON "{table}" '
            f"FOR EACH ROW EXECUTE FUNCTION {name}()"
        )

    def _unguard(self, found: re.Match[str]) -> str:
        name = found[1]
        ((table,),) = self._run(_TRIGGER_OF_SQL.format(name))
        self._run(f'DROP TRIGGER IF EXISTS {name}_whole ON "{table}"')
        self._run(f'DROP TRIGGER {name} ON "{table}"')
        return f"DROP FUNCTION {name}()"

    def _rename(self, found: re.Match[str]) -> str:
        """A table gives way to a new one of its name: its indexes too, and who refers to it waits."""
        table, to = found.groups()
        self._renamed = to
        self._referring = [tuple(row) for row in self._run(_REFERRING_SQL.format(table))]
        for other, name, _ in self._referring:
            self._run(f'ALTER TABLE "{other}" DROP CONSTRAINT "{name}"')
        for (index,) in self._run(_INDEXES_SQL.format(table)):
            self._run(f'ALTER INDEX "{index}" RENAME TO "{index[:55]}_before"')
        return found[0]

    def _drop(self, found: re.Match[str]) -> str:
        if found[1] == self._renamed:
            self._run(f'DROP TABLE "{found[1]}"')
            for other, name, definition in self._referring:
                self._run(f'ALTER TABLE "{other}" ADD CONSTRAINT "{name}" {definition}')
            self._renamed, self._referring = "", []
            return _NOTHING
        return found[0]


@contextmanager
def steps_on_server(connection: "Connection") -> Iterator[None]:
    """Within the block the steps' statements are turned over; one transaction, kept at its end.

    Args:
        connection: of an engine around a server's connection, with no transaction open.
    """
    driver: Any = connection.connection.driver_connection

    def run(sql: str) -> list[Any]:
        done = driver.execute(sql)
        return list(done.fetchall()) if done.description else []

    step = Step(run)

    def turn(
        _on: "Connection", _cursor: object, sql: str, values: object, _context: object, _many: bool
    ) -> tuple[str, object]:
        turned = step.turn(sql.replace("%%", "%")) if _DEFINES.match(sql) else None
        return (sql if turned is None else turned.replace("%", "%%")), values

    event.listen(connection, "before_cursor_execute", turn, retval=True)
    try:
        with connection.begin():
            for name, gives, words in FUNCTIONS:
                run(
                    f"CREATE OR REPLACE FUNCTION {name}(text) RETURNS {gives} IMMUTABLE "
                    f"PARALLEL SAFE LANGUAGE plpgsql AS $is$ BEGIN RETURN {words}; END $is$"
                )
            yield
            _forget_functions(run)
    finally:
        event.remove(connection, "before_cursor_execute", turn)


def _forget_functions(run: Callable[[str], list[Any]]) -> None:
    """The guards of tables that are gone leave no function behind."""
    left = run(
        "SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
        "WHERE n.nspname = current_schema() AND p.proname LIKE 'tr\\_%' "
        "AND NOT EXISTS (SELECT 1 FROM pg_trigger t WHERE t.tgfoid = p.oid)"
    )
    for (name,) in left:
        run(f"DROP FUNCTION {name}()")


@compiles(CreateIndex, "postgresql")  # type: ignore[no-untyped-call,untyped-decorator,unused-ignore]  # SQLAlchemy's
def _index_with_its_condition(made: CreateIndex, compiler: PGDDLCompiler, **words: Any) -> str:
    """The steps say an index's condition in SQLite's word for it; it holds here, too."""
    where = made.element.dialect_options["sqlite"]["where"]
    if where is not None:
        made.element.dialect_options["postgresql"]["where"] = where
    return str(compiler.visit_create_index(made, **words))  # type: ignore[no-untyped-call]  # as above
