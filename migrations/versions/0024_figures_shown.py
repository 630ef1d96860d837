"""Who saw the figures of a dose while its blind second check waited.

A step stands for itself: it imports nothing of Bedside, so that it does the same for ever. Rows are
struck out once at most, never changed and never erased.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

WHEN_WHO = ("recorded_at", "recorded_by")
VOID = ("voided_at", "voided_by", "void_reason")
OWN = {"figures_shown": ("infant_id", "course_key", "course_day", "drug", "route")}
WHOLE = ("infant_id", "course_day")
ABSENT = {"figures_shown": VOID}
REFERENCES = {"figures_shown": (("infant_id", "infant"),)}


def upgrade() -> None:
    """Make the tables, their indexes and their guards."""
    for table, own in OWN.items():
        _make(table, own)
        _guard(table, ("id", *WHEN_WHO, *own))
    op.create_index(op.f("ix_figures_shown_infant_id"), "figures_shown", ["infant_id"])


def downgrade() -> None:
    """Take the tables away; only tests of the steps do this."""
    for table in reversed(OWN):
        op.drop_table(table)


def _make(table: str, own: Sequence[str]) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        *(
            sa.Column(
                name, sa.Integer() if name in WHOLE else sa.Text(), nullable=name in ABSENT[table]
            )
            for name in (*WHEN_WHO, *own, *VOID)
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        *(
            sa.ForeignKeyConstraint([name], [f"{to}.id"], name=op.f(f"fk_{table}_{name}_{to}"))
            for name, to in REFERENCES[table]
        ),
        *(
            sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))
            for name, condition in (*COMMON, *CHECKS[table])
        ),
        sqlite_strict=True,
    )


def _guard(table: str, kept: Sequence[str]) -> None:
    """Nothing is erased or replaced; a row changes once at most: it is struck out."""
    changed = " OR ".join(f'NEW."{name}" IS NOT OLD."{name}"' for name in kept)
    once = "OLD.voided_at IS NOT NULL OR NEW.voided_at IS NULL"
    never = "a record is struck out, never"
    _refuse(table, "keep", "UPDATE", f"{never} changed", f"{once} OR {changed}")
    _refuse(table, "stay", "DELETE", f"{never} erased")
    there = f'EXISTS (SELECT 1 FROM "{table}" WHERE id = NEW.id) OR NEW.voided_at IS NOT NULL'
    _refuse(table, "new", "INSERT", f"{never} replaced", there)


def _refuse(table: str, name: str, event: str, words: str, when: str = "1") -> None:
    op.execute(
        f'CREATE TRIGGER tr_{table}_{name} BEFORE {event} ON "{table}" WHEN {when} '
        f"BEGIN SELECT RAISE(ABORT, 'Bedside: {words}'); END"
    )


def _utc(name: str) -> tuple[str, str]:
    seconds = f"substr({name}, 1, 19)"
    return f"{name}_utc", (
        f"{name} IS NULL OR ({seconds} IS strftime('%Y-%m-%dT%H:%M:%S', {seconds}, '+0 days') "
        f"AND substr({name}, 20) GLOB '.{'[0-9]' * 6}+00\\:00')"
    )


def _written(name: str) -> tuple[str, str]:
    return f"{name}_written", f"trim({name}) <> ''"


COMMON = (
    _utc("recorded_at"),
    _written("recorded_by"),
    _utc("voided_at"),
    (
        "void_whole",
        "(voided_at IS NULL) = (voided_by IS NULL) AND (voided_at IS NULL) = (void_reason IS NULL)",
    ),
    (
        "void_written",
        "voided_at IS NULL OR (trim(voided_by) <> '' AND trim(void_reason) <> '')",
    ),
)
CHECKS = {
    "figures_shown": (
        _written("course_key"),
        ("course_day_bounds", "course_day BETWEEN 1 AND 9999"),
        _written("drug"),
        _written("route"),
    ),
}
