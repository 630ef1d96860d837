"""Doses of one drug shifted, protocol files kept per edition, and a dose's basis tied to its infant.

A step stands for itself: it imports nothing of Bedside, so that it does the same for ever. Rows are
struck out once at most, never changed and never erased; the rebuilt table keeps every one of them.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

WHEN_WHO = ("recorded_at", "recorded_by")
VOID = ("voided_at", "voided_by", "void_reason")
OWN = {
    "dose_shift": ("infant_id", "course_key", "drug", "route", "from_day", "by_days", "reason"),
    "protocol_edition": ("protocol_key", "edition", "protocol_digest", "content", "below"),
    "dose_basis": (
        "infant_id", "dose_id", "amount", "unit", "worked", "share", "protocol_edition",
        "protocol_digest", "values_digest", "reason",
    ),
}  # fmt: skip
WHOLE = ("infant_id", "from_day", "by_days", "dose_id")
ABSENT = ("amount", "worked", "below", *VOID)
ONCE = {
    "dose_shift": ["infant_id", "course_key", "drug", "route", "from_day"],
    "protocol_edition": ["protocol_digest"],
    "dose_basis": ["infant_id", "dose_id"],
}
OWNER = "uq_dose_record_id_infant_id"
OLD_REFERENCE = (["dose_id"], ["dose_record.id"], "fk_dose_basis_dose_id_dose_record")
NEW_REFERENCE = (
    ["dose_id", "infant_id"],
    ["dose_record.id", "dose_record.infant_id"],
    "fk_dose_basis_dose_id_infant_id_dose_record",
)
Reference = tuple[list[str], list[str], str]


def upgrade() -> None:
    """Make the new tables; tie what a dose rested on to the dose and its infant together."""
    for table in ("dose_shift", "protocol_edition"):
        _make(table)
    op.create_index(op.f(OWNER), "dose_record", ["id", "infant_id"], unique=True)
    _rebuild_basis(NEW_REFERENCE)


def downgrade() -> None:
    """Take the tables away and the tie back; only tests of the steps do this."""
    _rebuild_basis(OLD_REFERENCE)
    op.drop_index(op.f(OWNER), "dose_record")
    for table in ("protocol_edition", "dose_shift"):
        op.drop_table(table)


def _rebuild_basis(reference: Reference) -> None:
    """Make the table anew under its own name, with every row that it had."""
    names = ", ".join(f'"{name}"' for name in ("id", *WHEN_WHO, *OWN["dose_basis"], *VOID))
    for guard in ("keep", "stay", "new"):
        op.execute(f"DROP TRIGGER tr_dose_basis_{guard}")
    for index in ("ix_dose_basis_infant_id", "uq_dose_basis_once"):
        op.drop_index(op.f(index), "dose_basis")
    op.rename_table("dose_basis", "dose_basis_before")
    _make("dose_basis", reference, guarded=False)
    op.execute(
        f"INSERT INTO dose_basis ({names}) SELECT {names} FROM dose_basis_before ORDER BY id"
    )
    op.drop_table("dose_basis_before")
    _guard("dose_basis", ("id", *WHEN_WHO, *OWN["dose_basis"]))


def _make(table: str, reference: Reference | None = None, *, guarded: bool = True) -> None:
    own = OWN[table]
    references: list[Reference] = []
    if "infant_id" in own:
        references.append((["infant_id"], ["infant.id"], f"fk_{table}_infant_id_infant"))
    if reference is not None:
        references.append(reference)
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        *(
            sa.Column(name, sa.Integer() if name in WHOLE else sa.Text(), nullable=name in ABSENT)
            for name in (*WHEN_WHO, *own, *VOID)
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        *(
            sa.ForeignKeyConstraint(columns, to, name=op.f(name))
            for columns, to, name in references
        ),
        *(
            sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))
            for name, condition in (*COMMON, *CHECKS[table])
        ),
        sqlite_strict=True,
    )
    if "infant_id" in own:
        op.create_index(op.f(f"ix_{table}_infant_id"), table, ["infant_id"])
    op.create_index(
        op.f(f"uq_{table}_once"),
        table,
        ONCE[table],
        unique=True,
        sqlite_where=sa.text("voided_at IS NULL"),
    )
    if guarded:
        _guard(table, ("id", *WHEN_WHO, *own))


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


def _digest(name: str) -> tuple[str, str]:
    return f"{name}_digest", f"length({name}) = 64 AND {name} NOT GLOB '*[^0123456789abcdef]*'"


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
    "dose_shift": (
        ("course_key_written", "trim(course_key) <> ''"),
        ("drug_written", "trim(drug) <> ''"),
        ("route_written", "trim(route) <> ''"),
        ("from_day_bounds", "from_day BETWEEN 1 AND 9999"),
        ("by_days_bounds", "by_days BETWEEN 1 AND 365"),
        ("reason_written", "trim(reason) <> ''"),
    ),
    "protocol_edition": (
        ("protocol_key_written", "trim(protocol_key) <> ''"),
        ("edition_written", "trim(edition) <> ''"),
        _digest("protocol_digest"),
        ("content_written", "trim(content) <> ''"),
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
