"""Infusions broken off, what was decided on the rest, and continuous infusions: three tables more.

A step stands for itself: it imports nothing of Bedside, so that it does the same for ever. Rows are
struck out once at most, never changed and never erased.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

WHEN_WHO = ("recorded_at", "recorded_by")
VOID = ("voided_at", "voided_by", "void_reason")
OWN = {
    "infusion_part": ("infant_id", "dose_id", "went_in", "amount", "unit", "how"),
    "rest_decision": ("infant_id", "dose_id", "decision", "amount", "unit", "reason"),
    "infusion_event": ("infant_id", "course_key", "drug", "route", "event", "at", "note"),
}
WHOLE = ("infant_id", "dose_id")
ABSENT = {
    "infusion_part": ("amount", *VOID),
    "rest_decision": ("amount", *VOID),
    "infusion_event": VOID,
}
ONCE = {
    "infusion_part": ["infant_id", "dose_id"],
    "rest_decision": ["infant_id", "dose_id"],
    "infusion_event": ["infant_id", "course_key", "drug", "route", "at"],
}
INFANT = (("infant_id",), "infant", ("id",))
DOSE = (("dose_id", "infant_id"), "dose_record", ("id", "infant_id"))
REFERENCES = {
    "infusion_part": (INFANT, DOSE),
    "rest_decision": (INFANT, DOSE),
    "infusion_event": (INFANT,),
}


def upgrade() -> None:
    """Make the tables, their indexes and their guards."""
    for table, own in OWN.items():
        _make(table, own)
        _guard(table, ("id", *WHEN_WHO, *own))


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
            sa.ForeignKeyConstraint(
                list(names),
                [f"{to}.{name}" for name in theirs],
                name=op.f(f"fk_{table}_{'_'.join(names)}_{to}"),
            )
            for names, to, theirs in REFERENCES[table]
        ),
        *(
            sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))
            for name, condition in (*COMMON, *CHECKS[table])
        ),
        sqlite_strict=True,
    )
    op.create_index(op.f(f"ix_{table}_infant_id"), table, ["infant_id"])
    op.create_index(
        op.f(f"uq_{table}_once"),
        table,
        ONCE[table],
        unique=True,
        sqlite_where=sa.text("voided_at IS NULL"),
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
AMOUNT = (
    (
        "amount_bounds",
        "amount IS NULL OR (amount NOT GLOB '*[^0-9.]*' AND amount GLOB '[0-9]*' "
        "AND length(amount) <= 40 AND CAST(amount AS REAL) > 0)",
    ),
    ("unit_choice", "unit IN ('mg', '')"),
    ("amount_with_unit", "(amount IS NULL) = (unit = '')"),
)
CHECKS = {
    "infusion_part": (
        ("went_in_choice", "went_in IN ('part', 'nothing', 'not known')"),
        ("part_said", "(went_in = 'part') = (amount IS NOT NULL)"),
        *AMOUNT,
    ),
    "rest_decision": (
        ("decision_choice", "decision IN ('rest', 'whole', 'nothing')"),
        ("rest_said", "(decision = 'rest') = (amount IS NOT NULL)"),
        *AMOUNT,
        _written("reason"),
    ),
    "infusion_event": (
        _written("course_key"),
        _written("drug"),
        _written("route"),
        ("event_choice", "event IN ('started', 'bag changed', 'paused', 'resumed', 'ended')"),
        _utc("at"),
        ("pause_reasoned", "event <> 'paused' OR trim(note) <> ''"),
    ),
}
