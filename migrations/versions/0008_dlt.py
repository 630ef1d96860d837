"""The DLT evaluation: decisions, infants not evaluable, and the site's own rule.

A step stands for itself: it imports nothing of Bedside, so that it does the same for ever. Rows are
struck out once at most, never changed and never erased.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

VOID = ("voided_at", "voided_by", "void_reason")
OWN: dict[str, tuple[str, ...]] = {
    "dlt_decision": (
        "infant_id", "toxicity_id", "verdict", "physician", "reason", "facts", "proposal", "rule",
    ),
    "dlt_not_evaluable": ("infant_id", "physician", "reason"),
    "dlt_rule_file": (
        "protocol_key", "file_name", "content", "digest", "first_person", "second_person",
        "confirmed_on",
    ),
}  # fmt: skip
WHOLE = {"infant_id", "toxicity_id"}
ONCE = {
    "dlt_decision": ("infant_id", "toxicity_id", "verdict", "physician", "reason", "facts"),
    "dlt_not_evaluable": ("infant_id",),
    "dlt_rule_file": ("protocol_key",),
}


def upgrade() -> None:
    """Make the tables, their indexes and their guards."""
    for table, own in OWN.items():
        _make(table, own)


def downgrade() -> None:
    """Take the tables away; only tests of the steps do this."""
    for table in reversed(OWN):
        op.drop_table(table)


def _make(table: str, own: Sequence[str]) -> None:
    names = ("recorded_at", "recorded_by", *own, *VOID)
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        *(
            sa.Column(name, sa.Integer() if name in WHOLE else sa.Text(), nullable=name in VOID)
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
    if "infant_id" in own:
        op.create_index(op.f(f"ix_{table}_infant_id"), table, ["infant_id"])
    op.create_index(
        op.f(f"uq_{table}_once"),
        table,
        list(ONCE[table]),
        unique=True,
        sqlite_where=sa.text("voided_at IS NULL"),
    )
    _guard(table, ("id", "recorded_at", "recorded_by", *own))


def _references(table: str, own: Sequence[str]) -> list[sa.Constraint]:
    found: list[sa.Constraint] = []
    if "infant_id" in own:
        name = op.f(f"fk_{table}_infant_id_infant")
        found.append(sa.ForeignKeyConstraint(["infant_id"], ["infant.id"], name=name))
    if "toxicity_id" in own:
        name = op.f(f"fk_{table}_toxicity_id_infant_id_toxicity")
        there = ["toxicity.id", "toxicity.infant_id"]
        found.append(sa.ForeignKeyConstraint(["toxicity_id", "infant_id"], there, name=name))
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


def _written(name: str) -> tuple[str, str]:
    return f"{name}_written", f"trim({name}) <> ''"


def _digest(name: str) -> tuple[str, str]:
    return f"{name}_digest", f"length({name}) = 64 AND {name} NOT GLOB '*[^0123456789abcdef]*'"


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
CHECKS: dict[str, tuple[tuple[str, str], ...]] = {
    "dlt_decision": (
        ("verdict_choice", "verdict IN ('counts', 'does not count')"),
        _written("physician"),
        _written("reason"),
        _digest("facts"),
    ),
    "dlt_not_evaluable": (_written("physician"), _written("reason")),
    "dlt_rule_file": (
        _written("protocol_key"),
        _written("content"),
        _digest("digest"),
        _written("first_person"),
        _written("second_person"),
        ("two_people", "first_person <> second_person"),
        (
            "confirmed_on_day",
            "confirmed_on IS NULL OR confirmed_on IS date(confirmed_on, '+0 days')",
        ),
    ),
}
