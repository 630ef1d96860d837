"""Papers of a whole infant are kept, too: whole treatment, transfer summary, reports, chart, form.

The list of kinds that the table of printed papers takes grows by these; every row, index and guard is
carried over as it stands, whatever other kinds the list held before.
A step stands for itself: it imports nothing of Bedside, so that it does the same for ever. Rows are
struck out once at most, never changed and never erased.
"""

import re

from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

TABLE, BEFORE = "print", "print_before"
RULE = "ck_print_kind_choice"
NEW = (
    "whole-treatment",
    "transfer-summary",
    "toxicity-report",
    "dlt-report",
    "maintenance-chart",
    "counts-form",
)
KINDS = re.compile(r"(ck_print_kind_choice\W+CHECK \(kind IN \()([^)]*)")


def upgrade() -> None:
    """Take the new kinds into the list."""
    _list([*_kinds(), *NEW])


def downgrade() -> None:
    """Take them out of the list; only tests of the steps do this."""
    _list([kind for kind in _kinds() if kind not in NEW])


def _on_server() -> bool:
    """PostgreSQL changes a rule in place, where SQLite makes the table anew."""
    return op.get_bind().dialect.name == "postgresql"


def _list(kinds: list[str]) -> None:
    if not _on_server():
        _rebuild(kinds)
        return
    op.drop_constraint(op.f(RULE), TABLE, type_="check")
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    op.create_check_constraint(op.f(RULE), TABLE, f"kind IN ({listed})")


def _kinds() -> list[str]:
    if _on_server():
        asked = (
            "SELECT pg_get_constraintdef(c.oid) FROM pg_constraint c JOIN pg_namespace n "
            "ON n.oid = c.connamespace AND n.nspname = current_schema() "
            f"WHERE c.conname = '{RULE}'"
        )
        return re.findall(r"'([^']*)'", str(op.get_bind().exec_driver_sql(asked).scalar_one()))
    found = KINDS.search(_told("table")[0])
    if found is None:
        raise RuntimeError("the table of printed papers has no list of kinds")
    return re.findall(r"'([^']*)'", found.group(2))


def _told(kind: str) -> list[str]:
    """How the table, its indexes or its guards were made."""
    rows = op.get_bind().exec_driver_sql(
        "SELECT sql FROM sqlite_master WHERE type = ? AND tbl_name = ? AND sql IS NOT NULL ORDER BY name",
        (kind, TABLE),
    )
    return [str(row[0]) for row in rows]


def _rebuild(kinds: list[str]) -> None:
    run = op.get_bind().exec_driver_sql
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    made = KINDS.sub(lambda found: found.group(1) + listed, _told("table")[0])
    after = [*_told("index"), *_told("trigger")]
    columns = [f'"{row[1]}"' for row in run(f'PRAGMA table_info("{TABLE}")')]
    copied = ", ".join(columns)
    run(f'ALTER TABLE "{TABLE}" RENAME TO "{BEFORE}"')
    run(made)
    run(f'INSERT INTO "{TABLE}" ({copied}) SELECT {copied} FROM "{BEFORE}"')
    run(f'DROP TABLE "{BEFORE}"')  # with its indexes and guards, whose names come again below
    for sql in after:
        run(sql)
