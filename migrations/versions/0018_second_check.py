"""The blind second check, and doses given with planned, given and recorded times: three tables more.

A step stands for itself: it imports nothing of Bedside, so that it does the same for ever. Rows are
struck out once at most, never changed and never erased.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

WHEN_WHO = ("recorded_at", "recorded_by")
VOID = ("voided_at", "voided_by", "void_reason")
COUNTED = (
    "try_number", "weight_g", "dose", "unit", "volume_ul", "name", "role", "person_id",
    "counted_at",
)  # fmt: skip
OWN = {
    "first_count": ("infant_id", "order_id", *COUNTED),
    "second_check": ("infant_id", "order_id", "first_id", *COUNTED, "outcome"),
    "dose_giving": (
        "infant_id", "course_key", "course_day", "drug", "route", "planned_on", "given_at",
        "order_id", "check_id", "paper_first", "paper_second", "paper_reason",
    ),
}  # fmt: skip
WHOLE = (
    "infant_id", "order_id", "first_id", "check_id", "try_number", "weight_g", "volume_ul",
    "person_id", "course_day",
)  # fmt: skip
ABSENT = {
    "first_count": ("person_id", *VOID),
    "second_check": ("person_id", *VOID),
    "dose_giving": ("order_id", "check_id", *VOID),
}
ONCE = {
    "first_count": ["infant_id", "order_id", "try_number"],
    "second_check": ["infant_id", "first_id"],
    "dose_giving": ["infant_id", "course_key", "course_day", "drug", "route"],
}
INFANT = (("infant_id",), "infant", ("id",))
PERSON = (("person_id",), "ward_person", ("id",))
REFERENCES = {
    "first_count": (INFANT, (("order_id", "infant_id"), "dose_order", ("id", "infant_id")), PERSON),
    "second_check": (
        INFANT,
        (("order_id", "infant_id"), "dose_order", ("id", "infant_id")),
        PERSON,
        (("first_id", "infant_id"), "first_count", ("id", "infant_id")),
    ),
    "dose_giving": (
        INFANT,
        (("order_id", "infant_id"), "dose_order", ("id", "infant_id")),
        (("check_id", "infant_id"), "second_check", ("id", "infant_id")),
    ),
}
OWNERS = ("dose_order", "first_count", "second_check")


def upgrade() -> None:
    """Make the tables, their indexes and their guards."""
    op.create_index(_owner("dose_order"), "dose_order", ["id", "infant_id"], unique=True)
    for table, own in OWN.items():
        _make(table, own)
        if table in OWNERS:
            op.create_index(_owner(table), table, ["id", "infant_id"], unique=True)
        _guard(table, ("id", *WHEN_WHO, *own))


def downgrade() -> None:
    """Take the tables away; only tests of the steps do this."""
    for table in reversed(OWN):
        op.drop_table(table)
    op.drop_index(_owner("dose_order"), "dose_order")


def _owner(table: str) -> str:
    return str(op.f(f"uq_{table}_id_infant_id"))


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
COUNTS = (
    ("try_number_bounds", "try_number BETWEEN 1 AND 99"),
    ("weight_g_bounds", "weight_g BETWEEN 1 AND 999999"),
    (
        "dose_exact",
        "dose IS NULL OR (dose NOT GLOB '*[^0-9.]*' AND dose GLOB '[0-9]*' "
        "AND dose NOT GLOB '0[0-9]*' AND dose NOT GLOB '*.*.*' "
        "AND dose NOT GLOB '*.' AND dose NOT GLOB '*.*0' AND length(dose) <= 12)",
    ),
    ("dose_said", "CAST(dose AS REAL) > 0"),
    ("unit_choice", "unit IN ('mg', 'micrograms', 'units')"),
    ("volume_ul_bounds", "volume_ul BETWEEN 1 AND 99999999"),
    ("name_written", "trim(name) <> ''"),
    ("role_written", "trim(role) <> ''"),
    _utc("counted_at"),
)
CHECKS = {
    "first_count": COUNTS,
    "second_check": (
        *COUNTS,
        ("outcome_choice", "outcome IN ('matched', 'differs', 'not as ordered')"),
    ),
    "dose_giving": (
        ("course_key_written", "trim(course_key) <> ''"),
        ("course_day_bounds", "course_day BETWEEN 1 AND 9999"),
        ("drug_written", "trim(drug) <> ''"),
        ("route_written", "trim(route) <> ''"),
        ("planned_on_day", "planned_on IS NULL OR planned_on IS date(planned_on, '+0 days')"),
        _utc("given_at"),
        (
            "checked_or_paper",
            "(check_id IS NULL) = (order_id IS NULL) "
            "AND (check_id IS NULL) = (trim(paper_first) <> '') "
            "AND (check_id IS NULL) = (trim(paper_second) <> '') "
            "AND (check_id IS NULL) = (trim(paper_reason) <> '')",
        ),
    ),
}
