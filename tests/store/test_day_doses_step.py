"""Step 0032: doses of a day come into the tables; no row, index or guard is lost there and back."""

import sqlite3

import pytest

from bedside.store.engine import driver_of
from bedside.store.upgrade import downgrade, upgrade
from tests.store.test_upgrade import connected, guards_of, rows_of

COLUMNS = "recorded_at, recorded_by, infant_id, course_key, course_day, due_on, route, note"
ANEW = f"""INSERT INTO dose_record ({COLUMNS}, drug, state, hour, turn)
SELECT {COLUMNS}, 'leucovorin', 'given', ?, ? FROM dose_record LIMIT 1"""  # noqa: S608


def test_doses_of_a_day_come_and_no_record_is_lost(full_folder):
    """There and back with data; once for the day, once for an hour, once for a number."""
    before, guards = rows_of(full_folder), guards_of(full_folder)
    tables = ("dose_record", "dose_giving", "dose_basis")
    assert all(before[table] for table in tables)
    with connected(full_folder) as connection:
        downgrade(connection, to="0031")
        with pytest.raises(sqlite3.OperationalError, match="hour"):
            driver_of(connection).execute(ANEW, (48, None))
        driver_of(connection).rollback()
        upgrade(connection)
    after = rows_of(full_folder)
    assert all(after[table] == before[table] for table in tables)
    assert guards_of(full_folder) == guards
    with connected(full_folder) as connection:
        driver = driver_of(connection)
        for of in ((None, None), (48, None), (54, None), (None, 1), (None, 2)):
            driver.execute(ANEW, of)
            driver.commit()
            with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
                driver.execute(ANEW, of)
            driver.rollback()
        for of, rule in (((48, 1), "hour_or_turn"), ((0, None), "hour_b"), ((None, 25), "turn_b")):
            with pytest.raises(sqlite3.IntegrityError, match=rule):
                driver.execute(ANEW, of)
            driver.rollback()
        with pytest.raises(sqlite3.DatabaseError, match="never changed"):
            driver.execute("UPDATE dose_record SET hour = 60 WHERE hour = 54")
        driver.rollback()
    with (
        connected(full_folder) as connection,
        pytest.raises(RuntimeError, match="would be lost"),
    ):
        downgrade(connection, to="0031")
