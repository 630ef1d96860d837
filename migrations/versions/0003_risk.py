"""The tables of risk, arm and residual disease: measured facts, allocation, MRD results.

A step stands for itself: it imports nothing of Bedside, so that it does the same for ever. Every
constraint is named; no row can be erased or changed, only struck out once.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

Check = tuple[str, str]  # short name, condition
AnyColumn = sa.Column[Any]
Reference = tuple[str, str]  # column, table

TABLES = ("risk_fact", "arm_allocation", "mrd_level")
OF_INFANT = (("infant_id", "infant"),)
COUNTS = "'white-cells', 'day8-blasts'"


def upgrade() -> None:
    """Make the tables, indexes and triggers."""
    _clinical(
        "risk_fact",
        "infant_id:whole kind per_ul:whole? word on_day",
        [
            _choice("kind", "white-cells", "day8-blasts", "partner", "transplant"),
            ("counted", f"(kind IN ({COUNTS})) = (per_ul IS NOT NULL)"),
            ("worded", "(per_ul IS NULL) = (trim(word) <> '')"),
            _bounds("per_ul", 0, 10_000_000),
            _day("on_day"),
        ],
        once=("infant_id", "kind"),
        references=OF_INFANT,
    )
    _clinical(
        "arm_allocation",
        "infant_id:whole arm allocated_on allocated_by",
        [_written("arm"), _day("allocated_on"), _written("allocated_by")],
        once=("infant_id",),
        references=OF_INFANT,
    )
    _clinical(
        "mrd_level",
        "infant_id:whole point taken_on state per_billion:whole? method sees_per_billion:whole?",
        [
            _written("point"),
            _day("taken_on"),
            _choice("state", "level", "below", "negative"),
            ("levelled", "(state = 'negative') = (per_billion IS NULL)"),
            _bounds("per_billion", 1, 1_000_000_000),
            _written("method"),
            _bounds("sees_per_billion", 1, 1_000_000_000),
        ],
        once=("infant_id", "point"),
        references=OF_INFANT,
    )


def downgrade() -> None:
    """Take them away; only tests of the steps do this."""
    for table in reversed(TABLES):
        op.drop_table(table)


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
    op.create_index(op.f(f"ix_{table}_infant_id"), table, ["infant_id"])
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


def _choice(name: str, *choices: str) -> Check:
    return f"{name}_choice", f"{name} IN ({', '.join(repr(choice) for choice in choices)})"


def _day(name: str) -> Check:
    return f"{name}_day", f"{name} IS NULL OR {name} IS date({name}, '+0 days')"
