"""The people of a ward, their roles, their secrets and each try of one: four tables more.

A step stands for itself: it imports nothing of Bedside, so that it does the same for ever. Rows are
struck out once at most, never changed and never erased.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

# columns of each table: name, whole number or text
COLUMNS = {
    "ward_person": (("name", "text"), ("initials", "text"), ("person_key", "text")),
    "person_role": (("person_id", "whole"), ("role", "text")),
    "person_secret": (("person_id", "whole"), ("kind", "text"), ("argon2id", "text")),
    "secret_try": (
        ("person_id", "whole"), ("kind", "text"), ("purpose", "text"), ("outcome", "text"),
    ),
}  # fmt: skip
BEFORE = (("recorded_at", "text"), ("recorded_by", "text"))
AFTER = ("voided_at", "voided_by", "void_reason")
ONCE = {
    "ward_person": ("person_key",),
    "person_role": ("person_id", "role"),
    "person_secret": ("person_id", "kind"),
}


def upgrade() -> None:
    """Make the tables, their indexes and their guards."""
    for table, own in COLUMNS.items():
        columns = (*BEFORE, *own)
        op.create_table(
            table,
            sa.Column("id", sa.Integer(), nullable=False),
            *(
                sa.Column(name, sa.Integer() if kind == "whole" else sa.Text(), nullable=False)
                for name, kind in columns
            ),
            *(sa.Column(name, sa.Text(), nullable=True) for name in AFTER),
            sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
            *_references(table),
            *(
                sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))
                for name, condition in (*COMMON, *CHECKS[table])
            ),
            sqlite_strict=True,
        )
        if table in ONCE:
            op.create_index(
                op.f(f"uq_{table}_once"),
                table,
                list(ONCE[table]),
                unique=True,
                sqlite_where=sa.text("voided_at IS NULL"),
            )
        _guard(table, ("id", *(name for name, _ in columns)))
    op.create_index(op.f("ix_secret_try_person_id"), "secret_try", ["person_id"])


def downgrade() -> None:
    """Take the tables away; only tests of the steps do this."""
    for table in reversed(COLUMNS):
        op.drop_table(table)


def _references(table: str) -> list[sa.Constraint]:
    if table == "ward_person":
        return []
    name = op.f(f"fk_{table}_person_id_ward_person")
    return [sa.ForeignKeyConstraint(["person_id"], ["ward_person.id"], name=name)]


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
KIND = ("kind_choice", "kind IN ('passphrase', 'pin')")
CHECKS = {
    "ward_person": (
        ("name_written", "trim(name) <> ''"),
        ("initials_written", "trim(initials) <> ''"),
        ("person_key_written", "trim(person_key) <> ''"),
    ),
    "person_role": (
        (
            "role_choice",
            "role IN ('nurse', 'pharmacist', 'physician', 'coordinator', 'administrator')",
        ),
    ),
    "person_secret": (
        KIND,
        ("argon2id_text", "argon2id GLOB '$argon2id$v=19$*' AND length(argon2id) <= 200"),
    ),
    "secret_try": (
        KIND,
        ("purpose_choice", "purpose IN ('sign in', 'unlock', 'confirm', 'sign out')"),
        ("outcome_choice", "outcome IN ('right', 'wrong', 'ended')"),
    ),
}
