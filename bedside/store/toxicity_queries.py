"""Which results still stand, and which came or were struck out since a moment."""

from datetime import datetime
from typing import cast

from bedside.store.laboratory_records import LabResult
from bedside.store.queries import of_infant
from bedside.store.records import STANDING, BloodCount, Record
from bedside.store.shapes import shape_of
from bedside.store.toxicity_records import AT_LEAST, ToxicityProposal
from bedside.store.ward_file import Reader
from bedside.store.ways import utc_text

RESULT_KINDS: dict[str, type[Record]] = {"blood_count": BloodCount, "lab_result": LabResult}


def standing_results(connection: Reader, infant_id: int) -> frozenset[str]:
    """The results of an infant that were not struck out, as "blood_count:12".

    Args:
        connection: from `Store.reading`.
        infant_id: the infant.
    """
    found = set()
    for name, kind in RESULT_KINDS.items():
        sql = f'SELECT id FROM "{shape_of(kind).table}" WHERE infant_id = ? AND {STANDING}'  # noqa: S608 (own names)
        rows = connection.exec_driver_sql(sql, (infant_id,)).fetchall()
        found |= {f"{name}:{cast(int, row[0])}" for row in rows}
    return frozenset(found)


def struck_results(connection: Reader, infant_id: int) -> dict[str, datetime]:
    """The results of an infant that were struck out, as "blood_count:12", each with when (UTC).

    Args:
        connection: from `Store.reading`.
        infant_id: the infant.
    """
    return {
        f"{name}:{row.id}": row.voided_at
        for name, kind in RESULT_KINDS.items()
        for row in of_infant(connection, kind, infant_id, include_void=True)
        if row.voided_at is not None
    }


def at_least_results(connection: Reader, infant_id: int) -> frozenset[tuple[str, str]]:
    """Term and result of every grade that a person accepted as "at least", no more being certain.

    Args:
        connection: from `Store.reading`.
        infant_id: the infant.
    """
    sql = (
        f'SELECT term_key, result FROM "{shape_of(ToxicityProposal).table}" '  # noqa: S608 (own names)
        f"WHERE infant_id = ? AND {STANDING} AND answer = 'accepted' AND answered LIKE ?"
    )
    rows = connection.exec_driver_sql(sql, (infant_id, f"%{AT_LEAST}%")).fetchall()
    return frozenset((str(row[0]), str(row[1])) for row in rows)


def results_since(connection: Reader, infant_id: int, moment: datetime | None) -> tuple[int, int]:
    """How many results of an infant were recorded, and how many struck out, since a moment.

    Args:
        connection: from `Store.reading`.
        infant_id: the infant.
        moment: aware; None counts every result recorded, and none struck out.
    """
    since = "" if moment is None else utc_text(moment)
    recorded = corrected = 0
    for kind in RESULT_KINDS.values():
        sql = (
            f"SELECT count(*) FILTER (WHERE {STANDING} AND recorded_at > ?), "  # noqa: S608 (own names)
            f"count(*) FILTER (WHERE voided_at > ? AND recorded_at <= ?) "
            f'FROM "{shape_of(kind).table}" WHERE infant_id = ?'
        )
        values = (since, since, since, infant_id)
        row = connection.exec_driver_sql(sql, values).fetchall()[0]
        recorded += cast(int, row[0])
        corrected += cast(int, row[1])
    return recorded, corrected
