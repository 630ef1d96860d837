"""The tables of commissioning: passes of two people, their entries, imports, recorded values.

A step stands for itself: it imports nothing of Bedside, so that it does the same for ever. Every
constraint is named; no row can be erased or changed, only struck out once.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

Check = tuple[str, str]  # short name, condition
AnyColumn = sa.Column[Any]
Reference = tuple[str, str]  # column, table

TABLES = (
    "commission_pass",
    "commission_entry",
    "commission_end",
    "commission_import",
    "commission_value",
)


def upgrade() -> None:
    """Make the tables, indexes and triggers of commissioning."""
    _passes()
    _imports()
    _values()


def downgrade() -> None:
    """Take them away; only tests of the steps do this."""
    for table in reversed(TABLES):
        op.drop_table(table)


def _passes() -> None:
    _clinical(
        "commission_pass",
        "scope edition protocol_digest group_key turn:whole person_key",
        [
            _written("scope"),
            _written("edition"),
            _digest("protocol_digest"),
            _written("group_key"),
            _bounds("turn", 1, 2),
            _written("person_key"),
        ],
        once=("scope", "edition", "group_key", "turn"),
    )
    op.create_index(
        "uq_commission_pass_person",
        "commission_pass",
        ["scope", "edition", "group_key", "person_key"],
        unique=True,
        sqlite_where=sa.text("voided_at IS NULL"),
    )
    of_pass = (("pass_id", "commission_pass"),)
    _clinical(
        "commission_entry",
        "pass_id:whole number_id typed canonical",
        [_written("number_id"), _written("canonical")],
        once=("pass_id", "number_id"),
        references=of_pass,
    )
    _clinical("commission_end", "pass_id:whole", [], once=("pass_id",), references=of_pass)


def _imports() -> None:
    _clinical(
        "commission_import",
        "scope edition person_key file_name file_digest content",
        [
            _written("scope"),
            _written("edition"),
            _written("person_key"),
            _digest("file_digest"),
            _written("content"),
        ],
        once=("scope", "edition"),
    )


def _values() -> None:
    entries = "(first_entry_id IS NULL) = (second_entry_id IS NULL)"
    _clinical(
        "commission_value",
        "scope edition protocol_digest group_key number_id canonical public "
        "first_entry_id:whole? second_entry_id:whole? import_id:whole? "
        "first_person first_key first_at second_person second_key second_at reason",
        [
            _written("scope"),
            _written("edition"),
            _digest("protocol_digest"),
            _written("number_id"),
            _written("canonical"),
            _written("first_person"),
            _written("second_person"),
            _utc("first_at"),
            _utc("second_at"),
            ("two_people", "first_key <> second_key"),
            ("whence", f"{entries} AND (import_id IS NULL) = (first_entry_id IS NOT NULL)"),
            ("two_entries", "first_entry_id <> second_entry_id"),
        ],
        once=("scope", "edition", "number_id"),
        references=(
            ("first_entry_id", "commission_entry"),
            ("second_entry_id", "commission_entry"),
            ("import_id", "commission_import"),
        ),
    )


def _clinical(
    table: str,
    own: str,
    checks: Sequence[Check],
    *,
    once: tuple[str, ...],
    references: Sequence[Reference] = (),
) -> None:
    """Make a table: who, when, its own columns, how it is struck out, and its guards."""
    columns = _columns(f"recorded_at recorded_by {own} voided_at? voided_by? void_reason?")
    constraints = [
        sa.ForeignKeyConstraint(
            [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}")
        )
        for column, other in references
    ]
    _table(table, "id", columns, [*_common_checks(), *checks], constraints)
    op.create_index(
        op.f(f"uq_{table}_once"),
        table,
        list(once),
        unique=True,
        sqlite_where=sa.text("voided_at IS NULL"),
    )
    _guard(table, [column.name for column in columns if not column.name.startswith("void")])


def _guard(table: str, kept: Sequence[str]) -> None:
    """Nothing is erased or replaced; a row changes once at most: it is struck out."""
    once = "OLD.voided_at IS NOT NULL OR NEW.voided_at IS NULL"
    _refuse(
        table,
        "keep",
        "UPDATE",
        "a record is struck out, never changed",
        f"{once} OR {_differs(('id', *kept))}",
    )
    _refuse(table, "stay", "DELETE", "a record is struck out, never erased")
    replaced = f'EXISTS (SELECT 1 FROM "{table}" WHERE id = NEW.id) OR NEW.voided_at IS NOT NULL'
    _refuse(table, "new", "INSERT", "a record is struck out, never replaced", replaced)


def _differs(names: Sequence[str]) -> str:
    return " OR ".join(f'NEW."{name}" IS NOT OLD."{name}"' for name in names)


def _refuse(table: str, name: str, event: str, words: str, when: str = "1") -> None:
    op.execute(
        f'CREATE TRIGGER tr_{table}_{name} BEFORE {event} ON "{table}" WHEN {when} '
        f"BEGIN SELECT RAISE(ABORT, 'Bedside: {words}'); END"
    )


def _table(
    table: str,
    key: str,
    columns: list[AnyColumn],
    checks: Sequence[Check],
    constraints: Sequence[sa.Constraint] = (),
) -> None:
    op.create_table(
        table,
        sa.Column(key, sa.Integer(), nullable=False),
        *columns,
        sa.PrimaryKeyConstraint(key, name=op.f(f"pk_{table}")),
        *constraints,
        *(sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}")) for name, rule in checks),
        sqlite_strict=True,
    )


def _common_checks() -> Iterator[Check]:
    yield _utc("recorded_at")
    yield _written("recorded_by")
    yield _utc("voided_at")
    yield (
        "void_whole",
        "(voided_at IS NULL) = (voided_by IS NULL) AND (voided_at IS NULL) = (void_reason IS NULL)",
    )
    yield (
        "void_written",
        "voided_at IS NULL OR (trim(voided_by) <> '' AND trim(void_reason) <> '')",
    )


def _columns(spec: str) -> list[AnyColumn]:
    """Columns from their names: text, or whole numbers; a question mark where one may be absent."""
    columns: list[AnyColumn] = []
    for word in spec.split():
        name, _, kind = word.removesuffix("?").partition(":")
        stored = sa.Integer() if kind == "whole" else sa.Text()
        columns.append(sa.Column(name, stored, nullable=word.endswith("?")))
    return columns


def _written(name: str) -> Check:
    return f"{name}_written", f"trim({name}) <> ''"


def _bounds(name: str, least: int, most: int) -> Check:
    return f"{name}_bounds", f"{name} BETWEEN {least} AND {most}"


def _utc(name: str) -> Check:
    seconds = f"substr({name}, 1, 19)"
    return f"{name}_utc", (
        f"{name} IS NULL OR ({seconds} IS strftime('%Y-%m-%dT%H:%M:%S', {seconds}, '+0 days') "
        f"AND substr({name}, 20) GLOB '.{'[0-9]' * 6}+00\\:00')"
    )


def _digest(name: str) -> Check:
    return f"{name}_digest", f"length({name}) = 64 AND {name} NOT GLOB '*[^0123456789abcdef]*'"
