"""The toxicity log in full: judgement, attribution, source of each grade, rounds, and proposals.

A step stands for itself: it imports nothing of Bedside, so that it does the same for ever. Rows are
struck out once at most, never changed and never erased. The older tables stay as they are: their
rows are sealed in the audit trail as they were written.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

VOID = ("voided_at", "voided_by", "void_reason")
OWN: dict[str, tuple[str, ...]] = {
    "toxicity_detail": (
        "infant_id", "toxicity_id", "term_key", "expected", "serious", "serious_why", "action",
        "course_key", "course_day", "comment",
    ),
    "toxicity_attribution": ("infant_id", "toxicity_id", "kind", "cause", "step"),
    "toxicity_grade_source": (
        "infant_id", "toxicity_id", "grade_id", "ctcae", "origin", "at", "result", "measured", "rule",
    ),
    "toxicity_round": ("infant_id", "began_at", "ended_at", "ctcae"),
    "toxicity_round_answer": (
        "infant_id", "round_id", "toxicity_id", "term", "answer", "grade", "reason",
    ),
    "toxicity_proposal": (
        "infant_id", "term_key", "result", "taken_at", "answer", "grade", "measured", "rule", "reason",
        "answered",
    ),
}  # fmt: skip
WHOLE = {"infant_id", "toxicity_id", "grade_id", "round_id", "course_day", "grade"}
ABSENT = {
    "toxicity_detail": {"course_day"},
    "toxicity_grade_source": {"at"},
    "toxicity_round_answer": {"toxicity_id", "grade"},
    "toxicity_proposal": {"grade"},
}
ONCE = {
    "toxicity_detail": ("infant_id", "toxicity_id"),
    "toxicity_attribution": ("infant_id", "toxicity_id", "kind", "cause"),
    "toxicity_grade_source": ("infant_id", "grade_id"),
    "toxicity_proposal": ("infant_id", "term_key", "result"),
}
PARENT = {"toxicity_id": "toxicity", "round_id": "toxicity_round"}


def upgrade() -> None:
    """Make the tables, their indexes and their guards."""
    for table, own in OWN.items():
        _make(table, own)


def downgrade() -> None:
    """Take the tables away; only tests of the steps do this."""
    for table in reversed(OWN):
        op.drop_table(table)


def _make(table: str, own: Sequence[str]) -> None:
    absent = ABSENT.get(table, set()) | set(VOID)
    names = ("recorded_at", "recorded_by", *own, *VOID)
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        *(
            sa.Column(name, sa.Integer() if name in WHOLE else sa.Text(), nullable=name in absent)
            for name in names
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        *_references(table, own),
        *(
            sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))
            for name, condition in (*COMMON, *CHECKS[table])
        ),
        sqlite_strict=True,
    )
    op.create_index(op.f(f"ix_{table}_infant_id"), table, ["infant_id"])
    if table in ONCE:
        op.create_index(
            op.f(f"uq_{table}_once"),
            table,
            list(ONCE[table]),
            unique=True,
            sqlite_where=sa.text("voided_at IS NULL"),
        )
    _guard(table, ("id", "recorded_at", "recorded_by", *own))


def _references(table: str, own: Sequence[str]) -> list[sa.Constraint]:
    found: list[sa.Constraint] = [
        sa.ForeignKeyConstraint(
            ["infant_id"], ["infant.id"], name=op.f(f"fk_{table}_infant_id_infant")
        )
    ]
    for column, parent in PARENT.items():
        if column in own:
            name = op.f(f"fk_{table}_{column}_infant_id_{parent}")
            there = [f"{parent}.id", f"{parent}.infant_id"]
            found.append(sa.ForeignKeyConstraint([column, "infant_id"], there, name=name))
    if "grade_id" in own:
        name = op.f(f"fk_{table}_grade_id_toxicity_grade")
        found.append(sa.ForeignKeyConstraint(["grade_id"], ["toxicity_grade.id"], name=name))
    if table == "toxicity_round":
        found.append(sa.UniqueConstraint("id", "infant_id", name=op.f(f"uq_{table}_id_infant_id")))
    return found


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
VERSION = ("ctcae_choice", "ctcae IN ('4.03', '5.0', '6.0')")
GRADE = ("grade_bounds", "grade BETWEEN 0 AND 5")
REASONED = ("refusal_reasoned", "answer <> 'refused' OR trim(reason) <> ''")
CHECKS: dict[str, tuple[tuple[str, str], ...]] = {
    "toxicity_detail": (
        ("expected_choice", "expected IN ('yes', 'no', 'not assessed')"),
        ("serious_choice", "serious IN ('yes', 'no', 'not assessed')"),
        ("serious_reasoned", "serious <> 'yes' OR trim(serious_why) <> ''"),
        ("course_day_bounds", "course_day BETWEEN 1 AND 9999"),
    ),
    "toxicity_attribution": (
        ("kind_choice", "kind IN ('drug', 'course', 'other')"),
        ("cause_written", "trim(cause) <> ''"),
        (
            "step_choice",
            "step IN ('unrelated', 'unlikely', 'possible', 'probable', 'definite', 'not assessed')",
        ),
    ),
    "toxicity_grade_source": (
        VERSION,
        ("origin_choice", "origin IN ('by hand', 'round', 'laboratory')"),
        _utc("at"),
    ),
    "toxicity_round": (
        _utc("began_at"),
        _utc("ended_at"),
        ("round_order", "ended_at >= began_at"),
        VERSION,
    ),
    "toxicity_round_answer": (
        ("term_written", "trim(term) <> ''"),
        (
            "answer_choice",
            "answer IN ('better', 'same', 'worse', 'gone', 'accepted', 'refused', 'not assessed')",
        ),
        REASONED,
        GRADE,
    ),
    "toxicity_proposal": (
        ("term_key_written", "trim(term_key) <> ''"),
        ("result_written", "trim(result) <> ''"),
        _utc("taken_at"),
        ("answer_choice", "answer IN ('accepted', 'refused')"),
        REASONED,
        GRADE,
    ),
}
