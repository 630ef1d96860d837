"""Rules, guards and functions of a ward on a server as this Bedside would make them anew.

A step says which tables there are; how a rule of a table is said to PostgreSQL (`bedside.store.server_conditions`)
may be said better by a later Bedside of the same step. A ward that was made before would keep the older
words for good. So whoever brings a ward up has it held against a new one: that is made by the very steps in
a schema of its own, read, and rolled back in the same transaction. What differs is made anew, whole or not at all.

PostgreSQL's own words for both are compared, of the same server on the same day: they differ from one version
to the next, which is why nothing is kept of them. Every row is judged by a rule that is made anew.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from bedside.store.server_driver import ServerDriver
from bedside.store.server_fault import ServerFault
from bedside.store.server_upgrade import around
from bedside.store.upgrade import take_steps
from bedside.units.refusal import Refused

if TYPE_CHECKING:
    from sqlalchemy import Connection

_NO_RIGHT = "42501"
_HERE = "@schema@"
_FROM = "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = current_schema() "
_UNQUALIFIED = "replace({0}, ' ON ' || quote_ident(n.nspname) || '.', ' ON ')"
_FUNCTIONS_SQL = (
    "SELECT p.proname || '(' "  # noqa: S608 (own words only)
    "|| pg_get_function_identity_arguments(p.oid) || ')', replace(replace("
    "pg_get_functiondef(p.oid), 'FUNCTION ' || quote_ident(n.nspname) || '.', 'FUNCTION '), "
    f"'SET search_path TO ' || quote_literal(n.nspname), 'SET search_path TO {_HERE}') "
    "FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace AND n.nspname = current_schema() "
    "WHERE p.proname LIKE 'bedside\\_%' OR p.proname LIKE 'tr\\_%'"
)
_RULES_SQL = (
    "SELECT c.relname, k.conname, pg_get_constraintdef(k.oid) "
    f"{_FROM} JOIN pg_constraint k ON k.conrelid = c.oid WHERE k.contype = 'c'"
)
_INDEXES_SQL = (
    "SELECT c.relname, x.relname, "  # noqa: S608 (own words only)
    f"{_UNQUALIFIED.format('pg_get_indexdef(x.oid)')} {_FROM} "
    "JOIN pg_index i ON i.indrelid = c.oid JOIN pg_class x ON x.oid = i.indexrelid "
    "WHERE NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = x.oid)"
)
_GUARDS_SQL = (
    f"SELECT c.relname, t.tgname, {_UNQUALIFIED.format('pg_get_triggerdef(t.oid)')} {_FROM} "
    "JOIN pg_trigger t ON t.tgrelid = c.oid WHERE NOT t.tgisinternal"
)
Named = dict[tuple[str, str], str]  # what is said of each rule, by its table and its name


class Rules(Struct, frozen=True):
    """What holds the tables of a ward, in PostgreSQL's own words.

    Attributes:
        functions: by their signature.
        checks: the rules of the tables.
        indexes: those that no key makes by itself.
        guards: the triggers.
    """

    functions: dict[str, str]
    checks: Named
    indexes: Named
    guards: Named


class _Told(Exception):
    """A new ward was looked at, and goes again."""


def rules_now(driver: ServerDriver) -> Rules:
    """The rules of the ward in the connection's own schema."""
    functions = driver.plain(_FUNCTIONS_SQL).fetchall()
    named = (
        {(table, name): said for table, name, said in driver.plain(sql).fetchall()}
        for sql in (_RULES_SQL, _INDEXES_SQL, _GUARDS_SQL)
    )
    return Rules(dict(functions), *named)


def rules_of_a_new_ward(driver: ServerDriver) -> Rules:
    """The rules that this Bedside gives a new ward on this very server; nothing of it stays there.

    Args:
        driver: a connection as the ward's owner, with no transaction open.

    Raises:
        Refused: the owner may not make anything in this database.
    """
    found: list[Rules] = []

    def look(_connection: "Connection") -> None:
        found.append(rules_now(driver))
        raise _Told

    fresh = f"bedside_fresh_{driver.connection.info.backend_pid}"
    try:
        with around(driver) as connection:
            driver.plain(f"CREATE SCHEMA {fresh}")
            driver.plain(f"SET LOCAL search_path = {fresh}")
            take_steps("upgrade", connection, "head", look, None)
    except _Told:
        return found[0]
    except ServerFault as fault:
        if fault.state != _NO_RIGHT:
            raise
        raise Refused(
            "The owner's role may not make a schema in the ward's database, and without one it is not "
            "seen whether the ward's rules are this Bedside's. Nothing was changed.",
            "Whoever looks after the server gives it the right (GRANT CREATE ON DATABASE … TO …).",
        ) from None
    raise AssertionError("a new ward was not looked at")  # pragma: no cover


def renew_rules(driver: ServerDriver, new: Rules) -> bool:
    """Make every rule, guard and function anew that is not as in a new ward; whether there was any.

    Args:
        driver: a connection as the ward's owner, inside a transaction.
        new: from `rules_of_a_new_ward`.

    Raises:
        ServerFault: a row breaks a rule, or a station holds a table; the transaction is to be given up.
    """
    old = rules_now(driver)
    changed = {
        name for name in {*old.functions, *new.functions} if old.functions.get(name) != new.functions.get(name)
    }  # fmt: skip
    names = frozenset(name.partition("(")[0] for name in changed)
    kinds = [
        (kind, _differing(getattr(old, kind), getattr(new, kind), names))
        for kind in ("guards", "indexes", "checks")
    ]
    if not changed and not any(keys for _, keys in kinds):
        return False
    for kind, keys in kinds:
        for sql in _dropping(kind, [key for key in keys if key in getattr(old, kind)]):
            driver.plain(sql)
    for name in changed & old.functions.keys():
        driver.plain(f"DROP FUNCTION {name}")
    ((schema,),) = driver.plain("SELECT quote_literal(current_schema())").fetchall()
    for name in changed & new.functions.keys():
        driver.plain(new.functions[name].replace(_HERE, schema))
    for kind, keys in reversed(kinds):
        said: Named = getattr(new, kind)
        for sql in _making(kind, {key: said[key] for key in keys if key in said}):
            driver.plain(sql)
    return True


def _differing(old: Named, new: Named, functions: frozenset[str]) -> list[tuple[str, str]]:
    """What is not said alike in both, or rests on a function that changes."""
    return sorted(
        key
        for key in {*old, *new}
        if old.get(key) != new.get(key) or any(f"{name}(" in old[key] for name in functions)
    )


def _dropping(kind: str, keys: list[tuple[str, str]]) -> Iterator[str]:
    for table, name in keys:
        if kind == "guards":
            yield f'DROP TRIGGER "{name}" ON "{table}"'
        elif kind == "indexes":
            yield f'DROP INDEX "{name}"'
        else:
            yield f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"'


def _making(kind: str, said: Named) -> Iterator[str]:
    if kind != "checks":
        yield from said.values()
        return
    tables: dict[str, list[str]] = {}
    for (table, name), words in said.items():
        tables.setdefault(table, []).append(f'ADD CONSTRAINT "{name}" {words}')
    for table, added in tables.items():  # in one statement: every row is read once
        yield f'ALTER TABLE "{table}" {", ".join(added)}'
