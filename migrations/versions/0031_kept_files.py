"""The ward's own files, which every station needs: its wrapped keys, the workbooks of toxicity terms.

A step stands for itself: it imports nothing of Bedside, so that it does the same for ever. Rows are
struck out once at most, never changed and never erased.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

WHEN_WHO = ("recorded_at", "recorded_by")
VOID = ("voided_at", "voided_by", "void_reason")
TABLE = "kept_file"
OWN = ("file", "digest", "base64")


def upgrade() -> None:
    """Make the table and its guards."""
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=name in VOID) for name in (*WHEN_WHO, *OWN, *VOID)),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        *(
            sa.CheckConstraint(condition, name=op.f(f"ck_{TABLE}_{name}"))
            for name, condition in (*COMMON, *CHECKS)
        ),
        sqlite_strict=True,
    )
    _guard(("id", *WHEN_WHO, *OWN))


def downgrade() -> None:
    """Take the table away; only tests of the steps do this."""
    op.drop_table(TABLE)


def _guard(kept: Sequence[str]) -> None:
    """Nothing is erased or replaced; a row changes once at most: it is struck out."""
    changed = " OR ".join(f'NEW."{name}" IS NOT OLD."{name}"' for name in kept)
    once = "OLD.voided_at IS NOT NULL OR NEW.voided_at IS NULL"
    never = "a record is struck out, never"
    _refuse("keep", "UPDATE", f"{never} changed", f"{once} OR {changed}")
    _refuse("stay", "DELETE", f"{never} erased")
    there = f'EXISTS (SELECT 1 FROM "{TABLE}" WHERE id = NEW.id) OR NEW.voided_at IS NOT NULL'
    _refuse("new", "INSERT", f"{never} replaced", there)


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
CHECKS = (
    _written("file"),
    ("digest_digest", "length(digest) = 64 AND digest NOT GLOB '*[^0123456789abcdef]*'"),
    _written("base64"),
)
