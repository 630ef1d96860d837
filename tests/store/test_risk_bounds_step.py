"""Step 0029: a count of the risk facts may carry its sign, and no row, index or guard is lost."""

import sqlite3

import pytest
from alembic.script import ScriptDirectory

from bedside.places import place
from bedside.store.engine import driver_of
from bedside.store.upgrade import downgrade, upgrade
from tests.store.test_upgrade import connected, guards_of, rows_of

COPIED = """INSERT INTO risk_fact (infant_id, kind, per_ul, word, on_day, recorded_at, recorded_by)
SELECT infant_id, 'day8-blasts', 1000, ?, on_day, recorded_at, recorded_by FROM risk_fact LIMIT 1"""


def test_facts_are_kept_when_a_count_may_be_a_bound(full_folder):
    """There and back: a bound is refused before the step only, and never loses its sign."""
    before, guards = rows_of(full_folder), guards_of(full_folder)
    assert before["risk_fact"]
    step_before = ScriptDirectory(str(place("migrations"))).get_revision("0029").down_revision
    assert step_before == "0028"
    with connected(full_folder) as connection:
        downgrade(connection, to=step_before)
        driver = driver_of(connection)
        with pytest.raises(sqlite3.IntegrityError, match="worded"):
            driver.execute(COPIED, (">",))
        driver.rollback()
        upgrade(connection)
    assert rows_of(full_folder)["risk_fact"] == before["risk_fact"]
    assert guards_of(full_folder) == guards
    with connected(full_folder) as connection:
        driver = driver_of(connection)
        with pytest.raises(sqlite3.IntegrityError, match="worded"):
            driver.execute(COPIED, ("about",))
        driver.rollback()
        driver.execute(COPIED, (">",))
        driver.commit()
    with (
        connected(full_folder) as connection,
        pytest.raises(RuntimeError, match="would be another number"),
    ):
        downgrade(connection, to=step_before)
