"""Step 0015: the table that is tied to the infant loses no row and no guard."""

import sqlite3

import pytest
from alembic.script import ScriptDirectory

from bedside.places import place
from bedside.store.engine import driver_of
from bedside.store.upgrade import downgrade, upgrade
from tests.store.test_upgrade import connected, guards_of, rows_of


def test_what_doses_rested_on_is_kept_when_its_table_is_tied_to_the_infant(full_folder):
    """Step 0015 makes `dose_basis` anew, with every row and every guard, there and back."""
    before, guards = rows_of(full_folder), guards_of(full_folder)
    assert before["dose_basis"]
    step_before = ScriptDirectory(str(place("migrations"))).get_revision("0015").down_revision
    with connected(full_folder) as connection:
        downgrade(connection, to=step_before)
        driver = driver_of(connection)
        assert len(driver.execute("SELECT id FROM dose_basis").fetchall()) == 1
        with pytest.raises(sqlite3.DatabaseError, match="never erased"):
            driver.execute("DELETE FROM dose_basis")
        upgrade(connection)
    assert rows_of(full_folder)["dose_basis"] == before["dose_basis"]
    assert guards_of(full_folder) == guards
