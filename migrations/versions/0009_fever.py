"""Vital signs, fevers and what was done in them: three tables more.

A step stands for itself: it imports nothing of Bedside, so that it does the same for ever. Rows are
struck out once at most, never changed and never erased.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

# columns of each table: name, whole number or text, may be absent
COLUMNS = {
    "vital_sign": (
        ("infant_id", "whole"), ("taken_at", "text"), ("kind", "text"), ("state", "text"),
        ("value_hundredths", "whole?"), ("word", "text"), ("typed", "text"),
        ("unusual_reason", "text"),
    ),
    "fever_episode": (
        ("infant_id", "whole"), ("first_fever_at", "text"), ("because", "text"),
        ("definition", "text"), ("minutes", "whole"), ("vital_sign_id", "whole?"),
    ),
    "fever_act": (
        ("episode_id", "whole"), ("infant_id", "whole"), ("kind", "text"), ("at", "text"),
        ("words", "text"),
    ),
}  # fmt: skip
BEFORE = (("recorded_at", "text"), ("recorded_by", "text"))
AFTER = (("voided_at", "text?"), ("voided_by", "text?"), ("void_reason", "text?"))
PARENTS = {
    "fever_episode": ("vital_sign_id", "vital_sign"),
    "fever_act": ("episode_id", "fever_episode"),
}
UNIQUE = ("vital_sign", "fever_episode")
ONCE = {
    "vital_sign": (("infant_id", "taken_at", "kind"), ""),
    "fever_episode": (("infant_id", "first_fever_at"), ""),
    "fever_act": (("episode_id",), " AND kind = 'closed'"),
}


def upgrade() -> None:
    """Make the tables, their indexes and their guards."""
    for table, own in COLUMNS.items():
        columns = (*BEFORE, *own, *AFTER)
        op.create_table(
            table,
            sa.Column("id", sa.Integer(), nullable=False),
            *(
                sa.Column(
                    name,
                    sa.Integer() if kind.startswith("whole") else sa.Text(),
                    nullable=kind.endswith("?"),
                )
                for name, kind in columns
            ),
            sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
            *_references(table),
            *(
                sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))
                for name, condition in (*COMMON, *CHECKS[table])
            ),
            sqlite_strict=True,
        )
        op.create_index(op.f(f"ix_{table}_infant_id"), table, ["infant_id"])
        among, more = ONCE[table]
        op.create_index(
            op.f(f"uq_{table}_once"),
            table,
            list(among),
            unique=True,
            sqlite_where=sa.text(f"voided_at IS NULL{more}"),
        )
        _guard(table, ("id", *(name for name, _ in (*BEFORE, *own))))


def downgrade() -> None:
    """Take the tables away; only tests of the steps do this."""
    for table in reversed(COLUMNS):
        op.drop_table(table)


def _references(table: str) -> list[sa.Constraint]:
    found: list[sa.Constraint] = [
        sa.ForeignKeyConstraint(
            ["infant_id"], ["infant.id"], name=op.f(f"fk_{table}_infant_id_infant")
        )
    ]
    if table in PARENTS:
        column, parent = PARENTS[table]
        found.append(
            sa.ForeignKeyConstraint(
                [column, "infant_id"],
                [f"{parent}.id", f"{parent}.infant_id"],
                name=op.f(f"fk_{table}_{column}_infant_id_{parent}"),
            )
        )
    if table in UNIQUE:
        found.append(sa.UniqueConstraint("id", "infant_id", name=op.f(f"uq_{table}_id_infant_id")))
    return found


def _guard(table: str, kept: tuple[str, ...]) -> None:
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
    "vital_sign": (
        _utc("taken_at"),
        (
            "kind_choice",
            "kind IN ('temperature', 'heart-rate', 'breaths', 'systolic', 'diastolic', "
            "'mean-pressure', 'spo2', 'fio2', 'gcs', 'refill', 'urine', 'vasoactives', 'support', "
            "'avpu', 'pupils', 'unwell')",
        ),
        ("state_choice", "state IN ('done', 'not done', 'unusable')"),
        ("value_hundredths_bounds", "value_hundredths BETWEEN 0 AND 100000"),
        ("said_when_done", "(state = 'done') = (value_hundredths IS NOT NULL OR word <> '')"),
        (
            "body_temperature",
            "kind <> 'temperature' OR state <> 'done' OR (value_hundredths IS NOT NULL "
            "AND value_hundredths BETWEEN 2500 AND 4500 "
            "AND word IN ('axillary', 'oral', 'tympanic', 'rectal'))",
        ),
    ),
    "fever_episode": (
        _utc("first_fever_at"),
        ("because_written", "trim(because) <> ''"),
        ("minutes_bounds", "minutes BETWEEN 1 AND 240"),
    ),
    "fever_act": (
        (
            "kind_choice",
            "kind IN ('antibiotics', 'blood culture', 'culture result', 'called', 'closed')",
        ),
        _utc("at"),
        ("words_written", "trim(words) <> ''"),
    ),
}
