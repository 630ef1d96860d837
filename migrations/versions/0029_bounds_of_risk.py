"""White cells at diagnosis may be a bound: ">400" is kept with its sign, never as the number 400.

The sign stands in the word of the fact, which a count has left empty until now; every row, index and
guard of the table is carried over as it stands.
A step stands for itself: it imports nothing of Bedside, so that it does the same for ever. Rows are
struck out once at most, never changed and never erased.
"""

from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

TABLE, BEFORE = "risk_fact", "risk_fact_before"
RULE = "ck_risk_fact_worded"
EXACT = "(per_ul IS NULL) = (trim(word) <> '')"
BOUNDED = "CASE WHEN per_ul IS NULL THEN trim(word) <> '' ELSE word IN ('', '<', '>') END"


def upgrade() -> None:
    """Let a count carry its sign."""
    _rebuild(EXACT, BOUNDED)


def downgrade() -> None:
    """Take the sign away again; refused where a row has one, which would become another number."""
    signed = "SELECT count(*) FROM risk_fact WHERE per_ul IS NOT NULL AND word <> ''"
    if op.get_bind().exec_driver_sql(signed).scalar():
        raise RuntimeError(
            "a count with a sign is on record: without it, it would be another number"
        )
    _rebuild(BOUNDED, EXACT)


def _told(kind: str) -> list[str]:
    """How the table, its indexes or its guards were made."""
    rows = op.get_bind().exec_driver_sql(
        "SELECT sql FROM sqlite_master WHERE type = ? AND tbl_name = ? AND sql IS NOT NULL ORDER BY name",
        (kind, TABLE),
    )
    return [str(row[0]) for row in rows]


def _on_server() -> bool:
    """PostgreSQL changes a rule in place, where SQLite makes the table anew."""
    return op.get_bind().dialect.name == "postgresql"


def _rebuild(before: str, after: str) -> None:
    if _on_server():
        op.drop_constraint(op.f(RULE), TABLE, type_="check")
        op.create_check_constraint(op.f(RULE), TABLE, after)
        return
    run = op.get_bind().exec_driver_sql
    made = _told("table")[0]
    if before not in made:
        raise RuntimeError("the table of risk facts is not as the step before left it")
    made = made.replace(before, after)
    again = [*_told("index"), *_told("trigger")]
    columns = [f'"{row[1]}"' for row in run(f'PRAGMA table_info("{TABLE}")')]
    copied = ", ".join(columns)
    run(f'ALTER TABLE "{TABLE}" RENAME TO "{BEFORE}"')
    run(made)
    run(f'INSERT INTO "{TABLE}" ({copied}) SELECT {copied} FROM "{BEFORE}"')
    run(f'DROP TABLE "{BEFORE}"')  # with its indexes and guards, whose names come again below
    for sql in again:
        run(sql)
