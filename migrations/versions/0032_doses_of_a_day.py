"""A dose that is given several times a day has a record for each: of an hour, or of a number that day.

The tables of doses and of givings get both columns, the guards keep them too, and what may stand once
is once for a whole day (as every row until now), once for an hour, once for a number. A matched check
is of one of the doses of a day. Every row, index and guard is carried over as it stands.
A step stands for itself: it imports nothing of Bedside, so that it does the same for ever. Rows are
struck out once at most, never changed and never erased.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

NEW = ("hour", "turn")
DOSE = ("infant_id", "course_key", "course_day", "drug", "route")
KEPT = {
    "dose_record": (
        "id", "recorded_at", "recorded_by", "infant_id", "course_key", "course_day", "due_on", "drug",
        "route", "state", "amount_ug", "measurement_id", "reconstituted_at", "infusion_minutes",
        "started_at", "finished_at", "note",
    ),
    "dose_giving": (
        "id", "recorded_at", "recorded_by", "infant_id", "course_key", "course_day", "drug", "route",
        "planned_on", "given_at", "order_id", "check_id", "paper_first", "paper_second",
        "paper_reason",
    ),
}  # fmt: skip
STANDING = "voided_at IS NULL"
AMONG = {
    "dose_record": f"{STANDING} AND state NOT IN ('vial lost', 'not given')",
    "dose_giving": STANDING,
}
CHECKS = (
    ("hour_bounds", "hour BETWEEN 1 AND 720"),
    ("turn_bounds", "turn BETWEEN 1 AND 24"),
    ("hour_or_turn", "hour IS NULL OR turn IS NULL"),
)
LAST = "\tvoid_reason TEXT, "


def upgrade() -> None:
    """Add the columns, and say anew what may stand once."""
    for table, kept in KEPT.items():
        _drop_once(table)
        if _on_server():
            _add_there(table)
        else:
            _rebuild(table, with_new=True)
        _keep(table, (*kept, *NEW))
        _once(table, f"{AMONG[table]} AND hour IS NULL AND turn IS NULL")
        for name in NEW:
            _unique(table, name, (*DOSE, name), AMONG[table])
    # of the doses of a day alone: no row that stands now can be against it
    condition = f"{STANDING} AND check_id IS NOT NULL AND NOT (hour IS NULL AND turn IS NULL)"
    _unique("dose_giving", "check", ("infant_id", "check_id"), condition)


def downgrade() -> None:
    """Take the columns away; refused where one is filled, of which a day may hold several."""
    for table in KEPT:
        filled = f"SELECT count(*) FROM {table} WHERE hour IS NOT NULL OR turn IS NOT NULL"
        if op.get_bind().exec_driver_sql(filled).scalar():
            raise RuntimeError("doses of several hours of a day are on record: they would be lost")
    op.drop_index(op.f("uq_dose_giving_check"), "dose_giving")
    for table, kept in KEPT.items():
        for name in NEW:
            op.drop_index(op.f(f"uq_{table}_{name}"), table)
        _drop_once(table)
        if _on_server():
            for name, _ in CHECKS:
                op.drop_constraint(op.f(f"ck_{table}_{name}"), table, type_="check")
            for name in NEW:
                op.drop_column(table, name)
        else:
            _rebuild(table, with_new=False)
        _keep(table, kept)
        _once(table, AMONG[table])


def _on_server() -> bool:
    """PostgreSQL changes a table in place, where SQLite makes it anew."""
    return op.get_bind().dialect.name == "postgresql"


def _add_there(table: str) -> None:
    op.execute(f"DROP TRIGGER tr_{table}_keep")
    for name in NEW:
        op.add_column(table, sa.Column(name, sa.BigInteger(), nullable=True))
    for name, condition in CHECKS:
        op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, condition)


def _told(kind: str, table: str) -> list[tuple[str, str]]:
    """How a table, its indexes or its guards were made, by name."""
    rows = op.get_bind().exec_driver_sql(
        "SELECT name, sql FROM sqlite_master WHERE type = ? AND tbl_name = ? AND sql IS NOT NULL "
        "ORDER BY name",
        (kind, table),
    )
    return [(str(name), str(sql)) for name, sql in rows]


def _lines(table: str) -> tuple[str, str]:
    columns = "".join(f"\n\t{name} INTEGER, " for name in NEW)
    rules = "".join(f", \n\tCONSTRAINT ck_{table}_{name} CHECK ({said})" for name, said in CHECKS)
    return columns, rules


def _rebuild(table: str, *, with_new: bool) -> None:
    """Make the table anew under its name; whoever refers to it refers to the new one."""
    run = op.get_bind().exec_driver_sql
    ((_, made),) = _told("table", table)
    columns, rules = _lines(table)
    if with_new:
        again = made.replace(LAST, LAST + columns)
        head, end, tail = again.rpartition("\n)")
        again = f"{head}{rules}{end}{tail}"
    else:
        again = made.replace(columns, "").replace(rules, "")
    if again.count("\thour INTEGER") != with_new or len(again) == len(made):
        raise RuntimeError(f"the table {table} is not as the step before left it")
    others = [sql for _, sql in _told("index", table)]
    others += [sql for name, sql in _told("trigger", table) if name != f"tr_{table}_keep"]
    copied = ", ".join(
        f'"{name}"' for name in (*KEPT[table], "voided_at", "voided_by", "void_reason")
    )
    run("PRAGMA legacy_alter_table = ON")  # others go on referring to the table's own name
    run(f'ALTER TABLE "{table}" RENAME TO "{table}_before"')
    run("PRAGMA legacy_alter_table = OFF")
    run(again)
    run(f'INSERT INTO "{table}" ({copied}) SELECT {copied} FROM "{table}_before"')
    run(f'DROP TABLE "{table}_before"')  # with its indexes and guards, whose names come again
    for sql in others:
        run(sql)


def _keep(table: str, kept: Sequence[str]) -> None:
    """A row changes once at most: it is struck out."""
    if _on_server() and "hour" not in kept:
        op.execute(f"DROP TRIGGER tr_{table}_keep")
    changed = " OR ".join(f'NEW."{name}" IS NOT OLD."{name}"' for name in kept)
    once = "OLD.voided_at IS NOT NULL OR NEW.voided_at IS NULL"
    op.execute(
        f'CREATE TRIGGER tr_{table}_keep BEFORE UPDATE ON "{table}" WHEN {once} OR {changed} '
        "BEGIN SELECT RAISE(ABORT, 'Bedside: a record is struck out, never changed'); END"
    )


def _drop_once(table: str) -> None:
    op.drop_index(op.f(f"uq_{table}_once"), table)


def _once(table: str, condition: str) -> None:
    _unique(table, "once", DOSE, condition)


def _unique(table: str, name: str, columns: Sequence[str], condition: str) -> None:
    op.create_index(
        op.f(f"uq_{table}_{name}"),
        table,
        list(columns),
        unique=True,
        sqlite_where=sa.text(condition),
    )
