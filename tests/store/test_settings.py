"""The safety settings of the file's one connection: set, read back, and never assumed."""

import sqlite3
import subprocess
import sys

import pytest
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bedside.store.engine import (
    SettingRefused,
    connect,
    driver_of,
    set_and_read_back,
    ward_engine,
)
from bedside.store.opening import FILE
from tests.store.samples import ACT, NOW, WHO, raw

EXPECTED = {
    "locking_mode": "exclusive",
    "journal_mode": "wal",
    "synchronous": 2,  # FULL: a save that was reported survives a power cut (finding 4)
    "foreign_keys": 1,
    "recursive_triggers": 1,
    "busy_timeout": 5000,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "secure_delete": 1,
    "query_only": 0,
}


@pytest.mark.parametrize(("name", "value"), EXPECTED.items())
def test_a_setting_holds_on_the_connection(store, name, value):
    assert raw(store, f"PRAGMA {name}") == [(value,)]


def test_the_file_is_not_mapped_into_memory(store):
    assert raw(store, "PRAGMA mmap_size") in ([], [(0,)])


def test_settings_hold_after_a_change_and_a_reading(store):
    with store.change(WHO, ACT, NOW):
        pass
    with store.reading():
        pass
    assert raw(store, "PRAGMA foreign_keys") == [(1,)]
    assert raw(store, "PRAGMA query_only") == [(0,)]


def test_a_setting_that_does_not_hold_stops_the_opening():
    """A memory database cannot have a write-ahead log: asked for, it says "memory"."""
    driver = sqlite3.connect(":memory:", isolation_level=None)
    try:
        with pytest.raises(SettingRefused, match="journal_mode: asked for wal"):
            set_and_read_back(driver, "journal_mode", "WAL", "wal")
    finally:
        driver.close()


def test_reference_checks_cannot_be_switched_inside_a_transaction(store):
    with store.change(WHO, ACT, NOW), pytest.raises(SettingRefused, match="foreign_keys"):
        set_and_read_back(store._driver(), "foreign_keys", "OFF", 0)


def test_a_change_holds_the_writing_lock_from_its_first_moment(store):
    """Finding 7: BEGIN IMMEDIATE, so that no save fails half-way for want of the lock."""
    seen = []
    with store._connected() as connection:
        driver_of(connection).set_trace_callback(seen.append)
    with store.change(WHO, ACT, NOW):
        pass
    assert "BEGIN IMMEDIATE" in seen


def test_there_is_one_connection_and_no_second(store):
    """Finding 12: older SQLite libraries can spoil a file with two writing connections."""
    engine = ward_engine(lambda: pytest.fail("a second connection was opened"))
    assert engine.pool.size() == 1
    assert engine.pool._max_overflow == 0
    store._engine.pool._timeout = 0.1
    with store._connected(), pytest.raises(PoolTimeout), store._engine.connect():
        pytest.fail("a second connection was handed out")


def test_another_program_cannot_read_the_file_meanwhile(folder, store):
    """The file's own exclusive lock stands behind the ward's lock."""
    other = sqlite3.connect(folder / FILE, timeout=0.1)
    try:
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("SELECT * FROM infant").fetchall()
    finally:
        other.close()


def test_a_missing_file_is_not_made_by_opening_it(tmp_path):
    with pytest.raises(sqlite3.OperationalError):
        connect(tmp_path / "none.sqlite3")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.version_info < (3, 12), reason="only Python 3.12 can set these")
def test_a_misspelt_column_is_an_error_not_a_text(store):
    with pytest.raises(sqlite3.OperationalError, match="no such column"):
        raw(store, 'SELECT "no_such_column" FROM infant')


def test_no_name_stands_in_the_text_of_a_database_error(store):
    """H43: an error that ends in a crash file carries no infant's name."""
    from sqlalchemy.exc import DBAPIError

    sql = "SELECT nothing FROM infant WHERE family = ?"
    with pytest.raises(sqlite3.Error) as caught, store.reading() as reading:
        reading.exec_driver_sql(sql, ("TESTLING",))
    assert "TESTLING" not in str(caught.value)
    with store._connected() as connection, pytest.raises(DBAPIError) as wrapped:
        connection.exec_driver_sql(sql, ("TESTLING",))
    assert "TESTLING" not in str(wrapped.value)


def test_a_ward_is_opened_and_read_without_sqlalchemy(folder, store):
    """The first screen waits for no library that it does not use."""
    store.close()
    script = (
        "import sys; from pathlib import Path; from datetime import UTC, datetime;"
        "from bedside.store.opening import open_store;"
        "from bedside.store.queries import all_of; from bedside.store.records import Infant;"
        f"store = open_store(Path({str(folder)!r}), now=datetime.now(UTC), create=False)\n"
        "with store.reading() as reading: print(len(all_of(reading, Infant)))\n"
        "assert 'sqlalchemy' not in sys.modules and 'alembic' not in sys.modules"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False
    )
    assert ran.returncode == 0, ran.stderr
