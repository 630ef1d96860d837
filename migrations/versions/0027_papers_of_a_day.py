"""Papers of one administration: the table of printed papers gets its course day, route and drug.

The table is made anew and every row copied as it stands; what older rows never said stays absent.
A step stands for itself: it imports nothing of Bedside, so that it does the same for ever. Rows are
struck out once at most, never changed and never erased.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

TABLE, BEFORE = "print", "print_before"
OLD = (
    "recorded_at", "recorded_by", "infant_id", "kind", "course_key", "sheet_number", "copy", "code",
    "facts", "facts_digest", "audit_head", "valid_until", "file_name", "file_digest",
)  # fmt: skip
NEW = ("course_day", "route", "drug")
VOID = ("voided_at", "voided_by", "void_reason")
WHOLE = ("infant_id", "copy", "course_day")
ABSENT = {*NEW, *VOID}
OLD_KINDS, KINDS = (
    ("dosing-sheet", "roadmap"),
    ("dosing-sheet", "roadmap", "day-sheet", "label"),
)
Check = tuple[str, str]
ADMINISTRATION: Check = (
    "administration",
    "(kind IN ('day-sheet', 'label')) = (course_day IS NOT NULL) "
    "AND (course_day IS NULL) = (route IS NULL) AND (drug IS NULL OR route IS NOT NULL)",
)


def upgrade() -> None:
    """Make the table with its new columns, and copy every row."""
    _rebuild((*OLD, *NEW), [*_checks(KINDS), ADMINISTRATION])


def downgrade() -> None:
    """Take the columns away; only tests of the steps do this."""
    _rebuild(OLD, _checks(OLD_KINDS))


def _rebuild(own: Sequence[str], checks: Sequence[Check]) -> None:
    op.rename_table(TABLE, BEFORE)
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        *(
            sa.Column(name, sa.Integer() if name in WHOLE else sa.Text(), nullable=name in ABSENT)
            for name in (*own, *VOID)
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.ForeignKeyConstraint(
            ["infant_id"], ["infant.id"], name=op.f(f"fk_{TABLE}_infant_id_infant")
        ),
        *(
            sa.CheckConstraint(condition, name=op.f(f"ck_{TABLE}_{name}"))
            for name, condition in checks
        ),
        sqlite_strict=True,
    )
    copied = ", ".join(f'"{name}"' for name in ("id", *OLD, *VOID))
    op.execute(f'INSERT INTO "{TABLE}" ({copied}) SELECT {copied} FROM "{BEFORE}"')
    op.drop_table(BEFORE)  # with its indexes and guards, whose names come again below
    op.create_index(op.f(f"ix_{TABLE}_infant_id"), TABLE, ["infant_id"])
    op.create_index(
        op.f(f"uq_{TABLE}_once"),
        TABLE,
        ["sheet_number", "copy"],
        unique=True,
        sqlite_where=sa.text("voided_at IS NULL"),
    )
    _guard(("id", *own))


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


def _checks(kinds: Sequence[str]) -> list[Check]:
    listed = ", ".join(repr(kind) for kind in kinds)
    return [
        _utc("recorded_at"),
        ("recorded_by_written", "trim(recorded_by) <> ''"),
        _utc("voided_at"),
        (
            "void_whole",
            "(voided_at IS NULL) = (voided_by IS NULL) "
            "AND (voided_at IS NULL) = (void_reason IS NULL)",
        ),
        (
            "void_written",
            "voided_at IS NULL OR (trim(voided_by) <> '' AND trim(void_reason) <> '')",
        ),
        ("kind_choice", f"kind IN ({listed})"),
        ("sheet_number_written", "trim(sheet_number) <> ''"),
        ("copy_bounds", "copy BETWEEN 1 AND 9999"),
        (
            "audit_head_digest",
            "length(audit_head) = 64 AND audit_head NOT GLOB '*[^0123456789abcdef]*'",
        ),
        _utc("valid_until"),
    ]


def _utc(name: str) -> Check:
    seconds = f"substr({name}, 1, 19)"
    return f"{name}_utc", (
        f"{name} IS NULL OR ({seconds} IS strftime('%Y-%m-%dT%H:%M:%S', {seconds}, '+0 days') "
        f"AND substr({name}, 20) GLOB '.{'[0-9]' * 6}+00\\:00')"
    )
