"""Step 0020: openings of before stay as they are, and nothing is made up for them."""

import sqlite3

import pytest
from alembic.script import ScriptDirectory

from bedside.places import place
from bedside.store.engine import driver_of
from bedside.store.upgrade import downgrade, upgrade
from tests.store.test_upgrade import connected, guards_of, rows_of


def test_an_opening_of_before_has_no_lines_and_later_ones_are_guarded(full_folder):
    before, guards = rows_of(full_folder), guards_of(full_folder)
    assert before["course_start"] and before["opened_on"]
    step_before = ScriptDirectory(str(place("migrations"))).get_revision("0020").down_revision
    with connected(full_folder) as connection:
        downgrade(connection, to=step_before)
        upgrade(connection)
        driver = driver_of(connection)
        assert driver.execute("SELECT id FROM opened_on").fetchall() == []
    assert rows_of(full_folder)["course_start"] == before["course_start"]
    assert guards_of(full_folder) == guards


def test_a_line_is_of_the_infant_whose_course_was_opened_and_is_never_changed(full_folder):
    with connected(full_folder) as connection:
        driver = driver_of(connection)
        with pytest.raises(sqlite3.DatabaseError, match="never changed"):
            driver.execute("UPDATE opened_on SET seen = '9000'")
        with pytest.raises(sqlite3.DatabaseError, match="never erased"):
            driver.execute("DELETE FROM opened_on")
        tied = driver.execute("PRAGMA foreign_key_list(opened_on)").fetchall()
        assert {(row[2], row[3], row[4]) for row in tied} == {
            ("infant", "infant_id", "id"),
            ("course_start", "start_id", "id"),
            ("course_start", "infant_id", "infant_id"),
        }
