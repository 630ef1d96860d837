"""Step 0028: the table of printed papers takes more kinds and loses no row, index or guard."""

import sqlite3

import pytest
from alembic.script import ScriptDirectory

from bedside.places import place
from bedside.store.engine import driver_of
from bedside.store.print_table import PAPER_KINDS
from bedside.store.upgrade import downgrade, upgrade
from tests.store.test_upgrade import connected, guards_of, rows_of

COLUMNS = """infant_id, course_key, code, facts, facts_digest, audit_head, valid_until, file_name,
file_digest, recorded_at, recorded_by"""


def copied(driver, kind, number):
    driver.execute(
        f"INSERT INTO print (kind, sheet_number, copy, {COLUMNS}) "  # noqa: S608
        f"SELECT ?, ?, 1, {COLUMNS} FROM print LIMIT 1",
        (kind, number),
    )


def test_papers_are_kept_when_more_kinds_come(full_folder):
    """There and back: what was printed stands, and a new kind is refused before the step only."""
    before, guards = rows_of(full_folder), guards_of(full_folder)
    assert before["print"]
    step_before = ScriptDirectory(str(place("migrations"))).get_revision("0028").down_revision
    with connected(full_folder) as connection:
        downgrade(connection, to=step_before)
        driver = driver_of(connection)
        with pytest.raises(sqlite3.IntegrityError, match="kind"):
            copied(driver, "whole-treatment", "X-1")
        driver.rollback()
        upgrade(connection)
    assert rows_of(full_folder)["print"] == before["print"]
    assert guards_of(full_folder) == guards
    with connected(full_folder) as connection:
        driver = driver_of(connection)
        for number, kind in enumerate(set(PAPER_KINDS) - {"day-sheet", "label"}):
            copied(driver, kind, f"X-{number}")
        with pytest.raises(sqlite3.IntegrityError, match="kind"):
            copied(driver, "poster", "X-99")
        driver.rollback()
        with pytest.raises(sqlite3.DatabaseError, match="never erased"):
            driver.execute("DELETE FROM print")
