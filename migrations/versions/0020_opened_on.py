"""What a course was opened on is kept with its opening, line by line: one table more.

A step stands for itself: it imports nothing of Bedside, so that it does the same for ever. Rows are
struck out once at most, never changed and never erased. Openings of before have no lines: nothing
is put in afterwards that nobody is known to have seen.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

TABLE = "opened_on"
WHEN_WHO = ("recorded_at", "recorded_by")
VOID = ("voided_at", "voided_by", "void_reason")
OWN = (
    "infant_id", "start_id", "place", "measure", "needed", "seen", "unit", "seen_at", "source",
    "result", "main", "site_value", "of_table", "of_row",
)  # fmt: skip
WHOLE = ("infant_id", "start_id", "place", "main", "site_value", "of_row")
ABSENT = ("seen_at", "of_row", *VOID)
OWNER = "uq_course_start_id_infant_id"
REFERENCES = (
    (("infant_id",), "infant", ("id",)),
    (("start_id", "infant_id"), "course_start", ("id", "infant_id")),
)


def upgrade() -> None:
    """Make the table, its indexes and its guards."""
    op.create_index(op.f(OWNER), "course_start", ["id", "infant_id"], unique=True)
    _make()
    _guard(("id", *WHEN_WHO, *OWN))


def downgrade() -> None:
    """Take the table away; only tests of the steps do this."""
    op.drop_table(TABLE)
    op.drop_index(op.f(OWNER), "course_start")


def _make() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        *(
            sa.Column(name, sa.Integer() if name in WHOLE else sa.Text(), nullable=name in ABSENT)
            for name in (*WHEN_WHO, *OWN, *VOID)
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        *(
            sa.ForeignKeyConstraint(
                list(names),
                [f"{to}.{name}" for name in theirs],
                name=op.f(f"fk_{TABLE}_{'_'.join(names)}_{to}"),
            )
            for names, to, theirs in REFERENCES
        ),
        *(
            sa.CheckConstraint(condition, name=op.f(f"ck_{TABLE}_{name}"))
            for name, condition in (*COMMON, *CHECKS)
        ),
        sqlite_strict=True,
    )
    op.create_index(op.f(f"ix_{TABLE}_infant_id"), TABLE, ["infant_id"])
    op.create_index(
        op.f(f"uq_{TABLE}_once"),
        TABLE,
        ["start_id", "place"],
        unique=True,
        sqlite_where=sa.text("voided_at IS NULL"),
    )


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
    ("place_bounds", "place BETWEEN 1 AND 99"),
    _written("measure"),
    _utc("seen_at"),
    ("result_choice", "result IN ('met', 'not met', 'unknown')"),
    ("main_bool", "main IN (0, 1)"),
    ("site_value_bool", "site_value IN (0, 1)"),
    ("of_table_choice", "of_table IN ('blood_count', 'start_answer', 'measurement', '')"),
    ("of_row_named", "(of_table = '') = (of_row IS NULL)"),
)
