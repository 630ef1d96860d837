"""Expected falls of the neutrophils, and a site's own definition of fever: two tables more.

A step stands for itself: it imports nothing of Bedside, so that it does the same for ever. Rows are
struck out once at most, never changed and never erased.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

# columns of each table: name, whole number or text, may be absent
COLUMNS = {
    "fall_expected": (
        ("infant_id", "whole"), ("answer", "text"), ("below_per_ul", "whole"),
        ("within_hours", "whole?"),
    ),
    "fever_rule": (
        ("title", "text"), ("edition", "text"), ("source", "text"), ("dated", "text"),
        ("content", "text"), ("digest", "text"), ("first_person", "text"),
        ("second_person", "text"),
    ),
}  # fmt: skip
BEFORE = (("recorded_at", "text"), ("recorded_by", "text"))
AFTER = (("voided_at", "text?"), ("voided_by", "text?"), ("void_reason", "text?"))
ONCE = {
    "fall_expected": ("infant_id", ""),
    "fever_rule": ("title", " AND second_person <> ''"),
}


def upgrade() -> None:
    """Make the tables, their indexes and their guards."""
    for table, own in COLUMNS.items():
        op.create_table(
            table,
            sa.Column("id", sa.Integer(), nullable=False),
            *(
                sa.Column(
                    name,
                    sa.Integer() if kind.startswith("whole") else sa.Text(),
                    nullable=kind.endswith("?"),
                )
                for name, kind in (*BEFORE, *own, *AFTER)
            ),
            sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
            *_references(table),
            *(
                sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))
                for name, condition in (*COMMON, *CHECKS[table])
            ),
            sqlite_strict=True,
        )
        if table == "fall_expected":
            op.create_index(op.f(f"ix_{table}_infant_id"), table, ["infant_id"])
        among, more = ONCE[table]
        op.create_index(
            op.f(f"uq_{table}_once"),
            table,
            [among],
            unique=True,
            sqlite_where=sa.text(f"voided_at IS NULL{more}"),
        )
        _guard(table, ("id", *(name for name, _ in (*BEFORE, *own))))


def downgrade() -> None:
    """Take the tables away; only tests of the steps do this."""
    for table in reversed(COLUMNS):
        op.drop_table(table)


def _references(table: str) -> list[sa.Constraint]:
    if table != "fall_expected":
        return []
    name = op.f(f"fk_{table}_infant_id_infant")
    return [sa.ForeignKeyConstraint(["infant_id"], ["infant.id"], name=name)]


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
_HEX = "0123456789abcdef"
CHECKS = {
    "fall_expected": (
        ("answer_choice", "answer IN ('yes', 'no', 'not known')"),
        ("below_per_ul_bounds", "below_per_ul BETWEEN 1 AND 10000"),
        ("within_hours_bounds", "within_hours BETWEEN 1 AND 168"),
    ),
    "fever_rule": (
        ("title_written", "trim(title) <> ''"),
        ("edition_written", "trim(edition) <> ''"),
        ("source_written", "trim(source) <> ''"),
        ("dated_day", "dated IS NULL OR dated IS date(dated, '+0 days')"),
        ("content_written", "trim(content) <> ''"),
        ("digest_digest", f"length(digest) = 64 AND digest NOT GLOB '*[^{_HEX}]*'"),
        ("first_person_written", "trim(first_person) <> ''"),
        ("two_people", "first_person <> second_person"),
    ),
}
