"""What a restore lost: three tables more, written into a copy before it takes the ward's place.

A step stands for itself: it imports nothing of Bedside, so that it does the same for ever. Rows are
struck out once at most, never changed and never erased.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

WHEN_WHO = ("recorded_at", "recorded_by")
VOID = ("voided_at", "voided_by", "void_reason")
OWN = {
    "ward_restore": ("copy_at", "copy_why", "first", "second", "reading"),
    "restored_act": (
        "restore_id", "infant_id", "infant", "done_at", "done_by", "act", "words", "kind",
        "course_key", "course_day", "drug", "route", "due_on", "content",
    ),
    "restored_settling": ("act_id", "infant_id", "outcome", "reason", "name", "role"),
}  # fmt: skip
WHOLE = ("restore_id", "infant_id", "act_id", "course_day")
ABSENT = {
    "ward_restore": VOID,
    "restored_act": ("infant_id", "course_day", "due_on", *VOID),
    "restored_settling": ("infant_id", *VOID),
}
REFERENCES = {
    "ward_restore": (),
    "restored_act": (("restore_id", "ward_restore"), ("infant_id", "infant")),
    "restored_settling": (("act_id", "restored_act"), ("infant_id", "infant")),
}


def upgrade() -> None:
    """Make the tables, their indexes and their guards."""
    for table, own in OWN.items():
        _make(table, own)
        _guard(table, ("id", *WHEN_WHO, *own))
        if "infant_id" in own:
            op.create_index(op.f(f"ix_{table}_infant_id"), table, ["infant_id"])
    op.create_index(
        op.f("uq_restored_settling_once"),
        "restored_settling",
        ["act_id"],
        unique=True,
        sqlite_where=sa.text("voided_at IS NULL"),
    )


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
    "ward_restore": (
        _utc("copy_at"),
        _written("first"),
        _written("second"),
        ("reading_choice", "reading IN ('read', 'not read')"),
    ),
    "restored_act": (
        _utc("done_at"),
        _written("act"),
        (
            "kind_choice",
            "kind IN ('dose', 'maybe given', 'unknown', 'bearing', 'order', 'record', 'ward')",
        ),
        ("course_day_bounds", "course_day BETWEEN 1 AND 9999"),
        ("due_on_day", "due_on IS NULL OR due_on IS date(due_on, '+0 days')"),
        (
            "dose_named",
            "kind NOT IN ('dose', 'maybe given') OR (trim(course_key) <> '' AND "
            "course_day IS NOT NULL AND trim(drug) <> '' AND trim(route) <> '' AND "
            "due_on IS NOT NULL)",
        ),
    ),
    "restored_settling": (
        ("outcome_choice", "outcome IN ('entered again', 'not so')"),
        ("said_why", "outcome <> 'not so' OR trim(reason) <> ''"),
        _written("name"),
        _written("role"),
    ),
}
