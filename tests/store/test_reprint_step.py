"""Step 0030: a paper printed again keeps its reason; no row, index or guard is lost there and back."""

import sqlite3

import pytest
from alembic.script import ScriptDirectory

from bedside.places import place
from bedside.store.engine import driver_of
from bedside.store.upgrade import downgrade, upgrade
from tests.store.test_papers_step import COLUMNS
from tests.store.test_upgrade import connected, guards_of, rows_of

AGAIN = f"""INSERT INTO print (kind, sheet_number, copy, reprint_reason, {COLUMNS})
SELECT 'roadmap', 'X-1', ?, ?, {COLUMNS} FROM print LIMIT 1"""  # noqa: S608


def test_reasons_come_and_no_paper_is_lost(full_folder):
    """There and back with data; a first copy has no reason, and none is empty."""
    before, guards = rows_of(full_folder), guards_of(full_folder)
    assert before["print"]
    step_before = ScriptDirectory(str(place("migrations"))).get_revision("0030").down_revision
    assert step_before == "0029"
    with connected(full_folder) as connection:
        downgrade(connection, to=step_before)
        with pytest.raises(sqlite3.OperationalError, match="reprint_reason"):
            driver_of(connection).execute(AGAIN, (2, "jammed"))
        driver_of(connection).rollback()
        upgrade(connection)
    assert rows_of(full_folder)["print"] == before["print"]
    assert guards_of(full_folder) == guards
    with connected(full_folder) as connection:
        driver = driver_of(connection)
        for copy, reason in ((1, "jammed"), (2, "  ")):
            with pytest.raises(sqlite3.IntegrityError, match="reprinted"):
                driver.execute(AGAIN, (copy, reason))
            driver.rollback()
        driver.execute(AGAIN, (2, None))  # printed again before anybody was asked
        driver.execute(AGAIN, (3, "jammed"))
        driver.commit()
        with pytest.raises(sqlite3.DatabaseError, match="never changed"):
            driver.execute("UPDATE print SET reprint_reason = 'lost' WHERE copy = 3")
        driver.rollback()
    with (
        connected(full_folder) as connection,
        pytest.raises(RuntimeError, match="would be lost"),
    ):
        downgrade(connection, to=step_before)
