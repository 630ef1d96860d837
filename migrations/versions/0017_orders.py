"""Orders of doses, and signatures: two tables more.

A step stands for itself: it imports nothing of Bedside, so that it does the same for ever. Rows are
struck out once at most, never changed and never erased.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

WHEN_WHO = ("recorded_at", "recorded_by")
VOID = ("voided_at", "voided_by", "void_reason")
OWN = {
    "dose_order": (
        "infant_id", "course_key", "course_day", "drug", "route", "due_on", "amount", "unit",
        "doses_per_day", "measurement_id", "rule", "share", "steps", "protocol_edition",
        "protocol_digest", "values_digest", "family", "given", "born", "hospital_number",
    ),
    "signature": (
        "infant_id", "table_name", "row_id", "audit_seq", "seal", "meaning", "person_id", "name",
        "role", "signed_at",
    ),
}  # fmt: skip
WHOLE = (
    "infant_id", "course_day", "doses_per_day", "measurement_id", "row_id", "audit_seq", "person_id",
)  # fmt: skip
ABSENT = ("measurement_id", "person_id", *VOID)
ONCE = {
    "dose_order": ["infant_id", "course_key", "course_day", "drug", "route"],
    "signature": ["infant_id", "table_name", "row_id", "meaning", "name"],
}
REFERENCES = {
    "dose_order": (
        (("infant_id",), "infant", ("id",)),
        (("measurement_id", "infant_id"), "measurement", ("id", "infant_id")),
    ),
    "signature": (
        (("infant_id",), "infant", ("id",)),
        (("person_id",), "ward_person", ("id",)),
    ),
}


def upgrade() -> None:
    """Make the tables, their indexes and their guards."""
    for table, own in OWN.items():
        _make(table, own)
        _guard(table, ("id", *WHEN_WHO, *own))
    op.create_index(op.f("ix_signature_row"), "signature", ["table_name", "row_id"])


def downgrade() -> None:
    """Take the tables away; only tests of the steps do this."""
    for table in reversed(OWN):
        op.drop_table(table)


def _make(table: str, own: Sequence[str]) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        *(
            sa.Column(name, sa.Integer() if name in WHOLE else sa.Text(), nullable=name in ABSENT)
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


def _day(name: str) -> tuple[str, str]:
    return f"{name}_day", f"{name} IS NULL OR {name} IS date({name}, '+0 days')"


def _written(name: str) -> tuple[str, str]:
    return f"{name}_written", f"trim({name}) <> ''"


def _digest(name: str) -> tuple[str, str]:
    return (
        f"{name}_digest",
        f"length({name}) = 64 AND {name} NOT GLOB '*[^0123456789abcdef]*'",
    )


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
    "dose_order": (
        _written("course_key"),
        ("course_day_bounds", "course_day BETWEEN 1 AND 9999"),
        _written("drug"),
        _written("route"),
        _day("due_on"),
        (
            "amount_bounds",
            "amount NOT GLOB '*[^0-9.]*' AND amount GLOB '[0-9]*' AND CAST(amount AS REAL) > 0",
        ),
        ("unit_choice", "unit IN ('mg', 'micrograms', 'units')"),
        ("doses_per_day_bounds", "doses_per_day BETWEEN 1 AND 24"),
        _written("rule"),
        (
            "share_percent",
            "share IS NULL OR (share NOT GLOB '*[^0-9.]*' AND share GLOB '[0-9]*' "
            "AND share NOT GLOB '0[0-9]*' AND share NOT GLOB '*.*.*' "
            "AND share NOT GLOB '*.' AND share NOT GLOB '*.*0' "
            "AND length(share) <= 12 AND (share = '100' OR CAST(share AS REAL) < 100))",
        ),
        _written("steps"),
        _digest("values_digest"),
        _day("born"),
        _written("hospital_number"),
    ),
    "signature": (
        _written("table_name"),
        ("row_id_bounds", "row_id BETWEEN 1 AND 9007199254740992"),
        ("audit_seq_bounds", "audit_seq BETWEEN 1 AND 9007199254740992"),
        _digest("seal"),
        (
            "meaning_choice",
            "meaning IN ('prescribed', 'verified', 'released', 'checked', 'given', 'not given')",
        ),
        _written("name"),
        _written("role"),
        _utc("signed_at"),
    ),
}
