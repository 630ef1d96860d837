"""Which results still stand: a grade that came from a result since struck out must say so."""

from typing import cast

from bedside.store.laboratory_records import LabResult
from bedside.store.records import STANDING, BloodCount, Record
from bedside.store.shapes import shape_of
from bedside.store.ward_file import Reader

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
