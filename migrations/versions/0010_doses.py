"""Reduced doses, and what a dose given rested on: two tables more.

A step stands for itself: it imports nothing of Bedside, so that it does the same for ever. Rows are
struck out once at most, never changed and never erased.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

WHEN_WHO = ("recorded_at", "recorded_by")
VOID = ("voided_at", "voided_by", "void_reason")
OWN = {
    "dose_reduction": (
        "infant_id", "course_key", "drug", "from_day", "until_day", "percent", "of_what", "share",
        "reason", "ordered_by",
    ),
    "dose_basis": (
        "infant_id", "dose_id", "amount", "unit", "worked", "share", "protocol_edition",
        "protocol_digest", "values_digest", "reason",
    ),
}  # fmt: skip
WHOLE = ("infant_id", "from_day", "until_day", "dose_id")
ABSENT = ("until_day", "amount", "worked", *VOID)
ONCE = {
    "dose_reduction": ["infant_id", "course_key", "drug", "from_day"],
    "dose_basis": ["infant_id", "dose_id"],
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
    references = [("infant_id", "infant")]
    if "dose_id" in own:
        references.append(("dose_id", "dose_record"))
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        *(
            sa.Column(name, sa.Integer() if name in WHOLE else sa.Text(), nullable=name in ABSENT)
            for name in (*WHEN_WHO, *own, *VOID)
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        *(
            sa.ForeignKeyConstraint([name], [f"{to}.id"], name=op.f(f"fk_{table}_{name}_{to}"))
            for name, to in references
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
    _refuse(
        table, "keep", "UPDATE", "a record is struck out, never changed", f"{once} OR {changed}"
    )
    _refuse(table, "stay", "DELETE", "a record is struck out, never erased")
    there = f'EXISTS (SELECT 1 FROM "{table}" WHERE id = NEW.id) OR NEW.voided_at IS NOT NULL'
    _refuse(table, "new", "INSERT", "a record is struck out, never replaced", there)


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


def _percent(name: str) -> tuple[str, str]:
    return f"{name}_percent", (
        f"{name} IS NULL OR ({name} NOT GLOB '*[^0-9.]*' AND {name} GLOB '[0-9]*' "
        f"AND {name} NOT GLOB '0[0-9]*' AND {name} NOT GLOB '*.*.*' "
        f"AND {name} NOT GLOB '*.' AND {name} NOT GLOB '*.*0' "
        f"AND length({name}) <= 12 AND ({name} = '100' OR CAST({name} AS REAL) < 100))"
    )


def _said(name: str) -> tuple[str, str]:
    return f"{name}_said", f"{name} IS NOT NULL AND CAST({name} AS REAL) > 0"


def _amount(name: str) -> tuple[str, str]:
    return f"{name}_bounds", (
        f"{name} IS NULL OR ({name} NOT GLOB '*[^0-9.]*' AND {name} GLOB '[0-9]*' "
        f"AND length({name}) <= 40 AND CAST({name} AS REAL) > 0)"
    )


COMMON = (
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
)
CHECKS = {
    "dose_reduction": (
        ("course_key_written", "trim(course_key) <> ''"),
        ("from_day_bounds", "from_day BETWEEN 1 AND 9999"),
        ("reduction_order", "until_day >= from_day"),
        _percent("percent"),
        _said("percent"),
        ("of_what_choice", "of_what IN ('standard', 'last')"),
        _percent("share"),
        _said("share"),
        ("reason_written", "trim(reason) <> ''"),
        ("ordered_by_written", "trim(ordered_by) <> ''"),
    ),
    "dose_basis": (
        _amount("amount"),
        ("unit_choice", "unit IN ('mg', 'micrograms', 'units', '')"),
        ("amount_with_unit", "(amount IS NULL) = (unit = '')"),
        _amount("worked"),
        _percent("share"),
        _said("share"),
        (
            "values_digest_digest",
            "length(values_digest) = 64 AND values_digest NOT GLOB '*[^0123456789abcdef]*'",
        ),
    ),
}
