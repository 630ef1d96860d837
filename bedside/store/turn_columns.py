"""The columns by which a record is of one of several doses of a day: an hour, or a number; none: the day."""

from sqlalchemy import Column, Index, text
from sqlalchemy.schema import SchemaItem

from bedside.store.columns import once, whole
from bedside.store.records import STANDING
from bedside.store.rules import rule, within

WHOLE_DAY = "hour IS NULL AND turn IS NULL"
DOSE = ("infant_id", "course_key", "course_day", "drug", "route")
LONGEST_HOURS = 30 * 24  # as `bedside.protocol.hours`


def of_the_day() -> tuple[SchemaItem, ...]:
    """The two columns, at most one of them filled."""
    columns: tuple[Column[int], ...] = tuple(
        whole(name, optional=True) for name in ("hour", "turn")
    )
    return (
        *columns,
        within("hour", 1, LONGEST_HOURS, "A dose is given at an hour of the next thirty days."),
        within("turn", 1, 24, "The doses of a day are counted from 1."),
        rule("hour_or_turn", "hour IS NULL OR turn IS NULL", "It is of an hour, or of a number."),
    )


def once_of_the_day(table: str, among: str = "") -> tuple[Index, ...]:
    """At most one standing row for a whole day, for each hour, and for each number of a day."""
    also = f" AND {among}" if among else ""
    condition = text(f"{STANDING}{also}")  # a row without the hour collides with none here
    day = once(table, *DOSE, among=" AND ".join(filter(None, (among, WHOLE_DAY))))
    return (
        day,
        *(
            Index(f"uq_{table}_{name}", *DOSE, name, unique=True, sqlite_where=condition)
            for name in ("hour", "turn")
        ),
    )
