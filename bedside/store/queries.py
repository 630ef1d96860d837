"""Reading records back: all of a kind, those of one infant, or one by its number."""

from datetime import datetime
from typing import TypeVar, cast

from bedside.store.records import STANDING, Record
from bedside.store.shapes import shape_of
from bedside.store.ward_file import Reader
from bedside.units.refusal import Refused

R = TypeVar("R", bound=Record)


def all_of(connection: Reader, record_type: type[R], *, include_void: bool = False) -> list[R]:
    """Every record of a kind, in the order in which they were recorded.

    Args:
        connection: from `Store.reading`, or a change's own.
        record_type: the kind of record.
        include_void: also those struck out.
    """
    shape = shape_of(record_type)
    sql = shape.select_sql if include_void else shape.select_standing_sql
    return shape.records(connection.exec_driver_sql(sql).fetchall())


def of_infant(
    connection: Reader,
    record_type: type[R],
    infant_id: int,
    *,
    include_void: bool = False,
) -> list[R]:
    """The records of a kind about one infant, in the order in which they were recorded.

    Raises:
        TypeError: records of this kind are not about an infant.
    """
    shape = shape_of(record_type)
    sql = shape.select_infant_sql if include_void else shape.select_infant_standing_sql
    if not sql:
        raise TypeError(f"a {shape.table} is not about an infant")
    return shape.records(connection.exec_driver_sql(sql, (infant_id,)).fetchall())


def newest_of_infant(
    connection: Reader, record_type: type[R], infant_id: int, most: int
) -> list[R]:
    """The records of an infant that were taken last, newest first.

    Args:
        connection: from `Store.reading`, or a change's own.
        record_type: a kind of record that is taken at a time.
        infant_id: the infant's number.
        most: how many at most.

    Raises:
        TypeError: records of this kind are not taken at a time from an infant.
    """
    shape = shape_of(record_type)
    if not shape.select_infant_newest_sql:
        raise TypeError(f"a {shape.table} is not taken from an infant at a time")
    rows = connection.exec_driver_sql(shape.select_infant_newest_sql, (infant_id, most))
    return shape.records(rows.fetchall())


def one(connection: Reader, record_type: type[R], id: int) -> R:  # noqa: A002 (its column)
    """One record by its number, struck out or not.

    Raises:
        Refused: there is none with this number.
    """
    shape = shape_of(record_type)
    rows = connection.exec_driver_sql(shape.select_one_sql, (id,)).fetchall()
    if not rows:
        raise Refused(f"There is no {shape.table.replace('_', ' ')} with number {id}.")
    return shape.records(rows)[0]


def all_of_then(connection: Reader, record_type: type[R], moment: datetime | None) -> list[R]:
    """Every record of a kind as on record at a moment, what was struck out since included.

    Args:
        connection: from `Store.reading`.
        record_type: the kind of record.
        moment: aware; None reads what stands now.
    """
    if moment is None:
        return all_of(connection, record_type)
    return [row for row in all_of(connection, record_type, include_void=True) if stood(row, moment)]


def stood(row: Record, moment: datetime) -> bool:
    """Whether a record was made and not yet struck out at a moment."""
    return row.recorded_at <= moment and (row.voided_at is None or row.voided_at > moment)


def standing(connection: Reader, record_type: type[R]) -> tuple[int, int]:
    """How many records of a kind stand, and the newest one's number (0 for none).

    Rows are only ever added and struck out, so two equal answers mean that nothing of this kind
    changed in between; far cheaper than reading them.
    """
    shape = shape_of(record_type)
    sql = f'SELECT count(*), coalesce(max(id), 0) FROM "{shape.table}" WHERE {STANDING}'  # noqa: S608 (own names)
    count, newest = connection.exec_driver_sql(sql).fetchall()[0]
    return cast(int, count), cast(int, newest)
