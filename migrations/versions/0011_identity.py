"""Corrected identities of infants: one table more.

A step stands for itself: it imports nothing of Bedside, so that it does the same for ever. Rows are
struck out once at most, never changed and never erased.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TABLE = "identity"
KEPT = (
    "id", "recorded_at", "recorded_by", "infant_id", "family", "given", "sex", "born",
    "gestation_days", "hospital_number", "bed", "allergies", "line", "reason",
)  # fmt: skip
WHOLE = ("infant_id", "gestation_days")
ABSENT = ("gestation_days", "voided_at", "voided_by", "void_reason")


def upgrade() -> None:
    """Make the table, its indexes and its guards."""
    names = (*KEPT[1:], "voided_at", "voided_by", "void_reason")
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        *(
            sa.Column(name, sa.Integer() if name in WHOLE else sa.Text(), nullable=name in ABSENT)
            for name in names
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.ForeignKeyConstraint(
            ["infant_id"], ["infant.id"], name=op.f(f"fk_{TABLE}_infant_id_infant")
        ),
        *(
            sa.CheckConstraint(condition, name=op.f(f"ck_{TABLE}_{name}"))
            for name, condition in CHECKS
        ),
        sqlite_strict=True,
    )
    op.create_index(op.f(f"ix_{TABLE}_infant_id"), TABLE, ["infant_id"])
    op.create_index(
        op.f(f"uq_{TABLE}_once"),
        TABLE,
        ["infant_id"],
        unique=True,
        sqlite_where=sa.text("voided_at IS NULL"),
    )
    _guard(KEPT)


def downgrade() -> None:
    """Take the table away; only tests of the steps do this."""
    op.drop_table(TABLE)


def _guard(kept: Sequence[str]) -> None:
    """Nothing is erased or replaced; a row changes once at most: it is struck out."""
    changed = " OR ".join(f'NEW."{name}" IS NOT OLD."{name}"' for name in kept)
    once = "OLD.voided_at IS NOT NULL OR NEW.voided_at IS NULL"
    _refuse("keep", "UPDATE", "a record is struck out, never changed", f"{once} OR {changed}")
    _refuse("stay", "DELETE", "a record is struck out, never erased")
    there = f'EXISTS (SELECT 1 FROM "{TABLE}" WHERE id = NEW.id) OR NEW.voided_at IS NOT NULL'
    _refuse("new", "INSERT", "a record is struck out, never replaced", there)


def _refuse(name: str, event: str, words: str, when: str = "1") -> None:
    op.execute(
        f'CREATE TRIGGER tr_{TABLE}_{name} BEFORE {event} ON "{TABLE}" WHEN {when} '
        f"BEGIN SELECT RAISE(ABORT, 'Bedside: {words}'); END"
    )


def _utc(name: str) -> tuple[str, str]:
    seconds = f"substr({name}, 1, 19)"
    return f"{name}_utc", (
        f"{name} IS NULL OR ({seconds} IS strftime('%Y-%m-%dT%H:%M:%S', {seconds}, '+0 days') "
        f"AND substr({name}, 20) GLOB '.{'[0-9]' * 6}+00\\:00')"
    )


CHECKS = (
    _utc("recorded_at"),
    ("recorded_by_written", "trim(recorded_by) <> ''"),
    _utc("voided_at"),
    (
        "void_whole",
        "(voided_at IS NULL) = (voided_by IS NULL) AND (voided_at IS NULL) = (void_reason IS NULL)",
    ),
    (
        "void_written",
        "voided_at IS NULL OR (trim(voided_by) <> '' AND trim(void_reason) <> '')",
    ),
    ("family_written", "trim(family) <> ''"),
    ("hospital_number_written", "trim(hospital_number) <> ''"),
    ("reason_written", "trim(reason) <> ''"),
    ("sex_choice", "sex IN ('f', 'm')"),
    ("born_day", "born IS NULL OR born IS date(born, '+0 days')"),
    ("gestation_days_bounds", "gestation_days BETWEEN 140 AND 330"),
)
