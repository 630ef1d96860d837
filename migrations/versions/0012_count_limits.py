"""Blood counts as they were typed, with the laboratory's own limits: the table gets more columns.

The table is made anew and every row copied as it stands; what older rows never said stays absent.
A step stands for itself: it imports nothing of Bedside, so that it does the same for ever. Rows are
struck out once at most, never changed and never erased.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

TABLE, BEFORE = "blood_count", "blood_count_before"
PERCENTS = tuple(
    f"{name}_percent"
    for name in ("neutrophils", "bands", "lymphocytes", "monocytes", "other", "blasts")
)
CELLS = ("wbc", "anc", "platelets")
HAEMOGLOBIN = "haemoglobin_tenths_g_per_l"
OLD = (
    "recorded_at", "recorded_by", "infant_id", "taken_at", "specimen", "wbc_state", "wbc_per_ul",
    *PERCENTS, "anc_state", "anc_per_ul", "anc_source", "platelets_state", "platelets_per_ul",
    "haemoglobin_state", HAEMOGLOBIN, "unusual_reason",
)  # fmt: skip
NEW = (
    "laboratory",
    *(
        f"{name}_{part}"
        for name in (*CELLS, "haemoglobin")
        for part in ("typed", "unit", "comparator", "reason", "low", "high")
    ),
)
VOID = ("voided_at", "voided_by", "void_reason")
WHOLE = ("infant_id", HAEMOGLOBIN, *(f"{name}_per_ul" for name in CELLS))
ABSENT = {*PERCENTS, *NEW, *VOID, HAEMOGLOBIN, *(f"{name}_per_ul" for name in CELLS)}
UNITS = dict.fromkeys(CELLS, ("10*9/L", "10*3/uL", "/uL")) | {
    "haemoglobin": ("g/L", "g/dL", "mmol/L")
}
STATES = ("done", "not done", "pending", "unusable")
Check = tuple[str, str]


def upgrade() -> None:
    """Make the table with its new columns, and copy every row."""
    _rebuild((*OLD, *NEW), [*_old_checks(), *_new_checks()])


def downgrade() -> None:
    """Take the columns away; only tests of the steps do this."""
    _rebuild(OLD, list(_old_checks()))


def _rebuild(own: Sequence[str], checks: Sequence[Check]) -> None:
    op.rename_table(TABLE, BEFORE)
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        *(
            sa.Column(name, sa.Integer() if name in WHOLE else sa.Text(), nullable=name in ABSENT)
            for name in (*own, *VOID)
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.ForeignKeyConstraint(
            ["infant_id"], ["infant.id"], name=op.f(f"fk_{TABLE}_infant_id_infant")
        ),
        *(
            sa.CheckConstraint(condition, name=op.f(f"ck_{TABLE}_{name}"))
            for name, condition in checks
        ),
        sqlite_strict=True,
    )
    copied = ", ".join(("id", *OLD, *VOID))
    op.execute(f'INSERT INTO "{TABLE}" ({copied}) SELECT {copied} FROM "{BEFORE}"')
    op.drop_table(BEFORE)  # with its indexes and guards, whose names come again below
    op.create_index(op.f(f"ix_{TABLE}_infant_id"), TABLE, ["infant_id"])
    op.create_index(
        op.f(f"uq_{TABLE}_once"),
        TABLE,
        ["infant_id", "taken_at", "specimen"],
        unique=True,
        sqlite_where=sa.text("voided_at IS NULL"),
    )
    _guard(("id", *own))


def _guard(kept: Sequence[str]) -> None:
    """Nothing is erased or replaced; a row changes once at most: it is struck out."""
    changed = " OR ".join(f'NEW."{name}" IS NOT OLD."{name}"' for name in kept)
    once = "OLD.voided_at IS NOT NULL OR NEW.voided_at IS NULL"
    _refuse("keep", "UPDATE", "a record is struck out, never changed", f"{once} OR {changed}")
    _refuse("stay", "DELETE", "a record is struck out, never erased")
    there = f'EXISTS (SELECT 1 FROM "{TABLE}" WHERE id = NEW.id) OR NEW.voided_at IS NOT NULL'
    _refuse("new", "INSERT", "a record is struck out, never replaced", there)


def _refuse(name: str, event: str, words: str, when: str = "1") -> None:
    op.execute(
        f'CREATE TRIGGER tr_{TABLE}_{name} BEFORE {event} ON "{TABLE}" WHEN {when} '
        f"BEGIN SELECT RAISE(ABORT, 'Bedside: {words}'); END"
    )


def _old_checks() -> list[Check]:
    return [
        _utc("recorded_at"),
        ("recorded_by_written", "trim(recorded_by) <> ''"),
        _utc("voided_at"),
        (
            "void_whole",
            "(voided_at IS NULL) = (voided_by IS NULL) "
            "AND (voided_at IS NULL) = (void_reason IS NULL)",
        ),
        (
            "void_written",
            "voided_at IS NULL OR (trim(voided_by) <> '' AND trim(void_reason) <> '')",
        ),
        _utc("taken_at"),
        *(_percent(name) for name in PERCENTS),
        *(_choice(f"{name}_state", STATES) for name in (*CELLS, "haemoglobin")),
        _choice("anc_source", ("worked out", "analyser", "")),
        ("anc_source_when_done", "(anc_state = 'done') = (anc_source <> '')"),
        *((f"{name}_per_ul_bounds", f"{name}_per_ul BETWEEN 0 AND 10000000") for name in CELLS),
        *(_when_done(f"{name}_state", f"{name}_per_ul") for name in CELLS),
        (f"{HAEMOGLOBIN}_bounds", f"{HAEMOGLOBIN} BETWEEN 0 AND 4000"),
        _when_done("haemoglobin_state", HAEMOGLOBIN),
    ]


def _new_checks() -> list[Check]:
    return [check for name in (*CELLS, "haemoglobin") for check in _entered(name)]


def _entered(name: str) -> list[Check]:
    """What was typed, its unit and the laboratory's limits; nothing is asked of what is absent."""
    typed, unit, reason = f"{name}_typed", f"{name}_unit", f"{name}_reason"
    comparator, low, high = f"{name}_comparator", f"{name}_low", f"{name}_high"
    return [
        (
            f"{typed}_number",
            f"{typed} IS NULL OR ({typed} NOT GLOB '*[^0-9.,]*' AND {typed} GLOB '[0-9]*' "
            f"AND {unit} IS NOT NULL AND {name}_state = 'done')",
        ),
        _choice(unit, UNITS[name]),
        (
            f"{comparator}_choice",
            f"{comparator} IS NULL OR ({comparator} IN ('<', '>') AND {name}_state = 'done')",
        ),
        (
            f"{reason}_written",
            f"{reason} IS NULL OR (trim({reason}) <> '' AND {name}_state <> 'done')",
        ),
        _exact(low),
        _exact(high),
        (
            f"{name}_limits_unit",
            f"({low} IS NULL AND {high} IS NULL) OR {unit} IS NOT NULL",
        ),
    ]


def _choice(name: str, choices: Sequence[str]) -> Check:
    return f"{name}_choice", f"{name} IN ({', '.join(repr(choice) for choice in choices)})"


def _utc(name: str) -> Check:
    seconds = f"substr({name}, 1, 19)"
    return f"{name}_utc", (
        f"{name} IS NULL OR ({seconds} IS strftime('%Y-%m-%dT%H:%M:%S', {seconds}, '+0 days') "
        f"AND substr({name}, 20) GLOB '.{'[0-9]' * 6}+00\\:00')"
    )


def _exact(name: str) -> Check:
    return f"{name}_exact", f"{name} IS NULL OR ({_plain_number(name)})"


def _percent(name: str) -> Check:
    top = f"({name} = '100' OR CAST({name} AS REAL) < 100)"
    return f"{name}_percent", f"{name} IS NULL OR ({_plain_number(name)} AND {top})"


def _plain_number(name: str) -> str:
    return (
        f"{name} NOT GLOB '*[^0-9.]*' AND {name} GLOB '[0-9]*' "
        f"AND {name} NOT GLOB '0[0-9]*' AND {name} NOT GLOB '*.*.*' "
        f"AND {name} NOT GLOB '*.' AND {name} NOT GLOB '*.*0' "
        f"AND length({name}) <= 12"
    )


def _when_done(state: str, value: str) -> Check:
    return f"{value}_when_done", f"({state} = 'done') = ({value} IS NOT NULL)"
