"""A station's own copy of the ward, and the backups that are made of it."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from secrets import token_bytes

import pytest

from bedside.store.backup import backup
from bedside.store.copies import make_copy
from bedside.store.copy_folders import check_copy
from bedside.store.keys import Keys, mark_in, mark_of
from bedside.store.opening import FILE, open_store, open_to_read
from bedside.store.records import BloodCount, Infant
from bedside.store.restoring import prepare
from bedside.store.server_opening import make_on_server
from bedside.store.station_copy import FOLDER, has_station_copy
from bedside.store.troubles import Damaged
from tests.store.samples import NOW, add, contents, fill, void

LATER = NOW + timedelta(days=1)


def test_a_copy_of_a_ward_on_a_server_is_a_whole_ward_file(station, tmp_path):
    store = station()
    fill(store)
    made = make_copy(store, LATER, "by hand")
    note = check_copy(made)
    assert (note.head, note.infants) == (store.audit_head(), 1)
    with closing(open_to_read(made.folder)) as copy:
        assert contents(copy) == contents(store)
        assert copy.audit_head() == store.audit_head()
    prepared = prepare(made, tmp_path, LATER)
    with closing(open_store(prepared, now=LATER, create=False)) as restored:
        restored.verify_audit(note.head)
        add(restored, BloodCount, at=LATER, taken_at=LATER)
    with closing(open_store(prepared, now=LATER, create=False)) as restored:
        assert len(contents(restored)["BloodCount"]) == 4


def test_the_next_copy_asks_the_server_for_what_is_new_only(station, monkeypatch):
    one, other = station("one"), station("other")
    fill(one)
    make_copy(one, LATER, "by hand")

    def never(*_given):
        raise AssertionError("the whole ward was asked for")

    monkeypatch.setattr("bedside.store.station_copy.make_file", never)
    for hour in range(6, 9):
        add(other, BloodCount, taken_at=NOW + timedelta(hours=hour))
    void(other, BloodCount, 4)
    void(one, BloodCount, 2)
    made = make_copy(one, LATER, "20 saves")
    with closing(open_to_read(made.folder)) as copy:
        assert contents(copy) == contents(other)
        assert copy.audit_head() == other.audit_head()


def test_the_copy_goes_on_in_the_next_run_and_after_a_kill(station, monkeypatch):
    store = station()
    fill(store)
    make_copy(store, LATER, "by hand")
    store.close()
    folder = store.folder
    assert has_station_copy(folder)
    (folder / FOLDER / "ward.rest").unlink()  # as a power cut leaves it: the trail is walked
    store = station()
    add(store, BloodCount, taken_at=LATER)
    monkeypatch.setattr("bedside.store.station_copy.make_file", None)
    made = make_copy(store, LATER, "by hand")
    assert check_copy(made).head == store.audit_head()


def test_a_copy_that_was_changed_is_put_aside_and_made_anew(station):
    store = station()
    fill(store)
    make_copy(store, LATER, "by hand")
    store.close()
    path = store.folder / FOLDER / FILE
    with closing(sqlite3.connect(path)) as driver:
        _drop_guards(driver)
        driver.execute("DELETE FROM blood_count WHERE id = 3")
        driver.commit()
    store = station()
    made = make_copy(store, LATER, "by hand")
    with closing(open_to_read(made.folder)) as copy:
        assert contents(copy) == contents(store)
    assert (store.folder / f"{FOLDER}.aside" / FILE).exists()


def _drop_guards(driver):
    for (name,) in driver.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'blood_count'"
    ).fetchall():
        driver.execute(f'DROP TRIGGER "{name}"')


def test_a_server_put_back_to_an_older_state_never_overwrites_the_copy(station, postgres, ward):
    store = station()
    fill(store)
    make_copy(store, LATER, "by hand")
    head = store.copy.store.head
    gone = f"DELETE FROM audit WHERE seq = {head.seq}"  # noqa: S608 (a number)
    guards = "ALTER TABLE audit {} TRIGGER USER"
    postgres.superuser(f"{guards.format('DISABLE')}; {gone}; {guards.format('ENABLE')}", ward)
    with pytest.raises(Damaged, match="older state"):
        make_copy(store, LATER, "by hand")
    assert store.copy.store.head == head


def test_the_copy_of_a_ward_with_keys_is_encrypted(postgres, connected, database, tmp_path):
    keys = Keys(token_bytes(32), token_bytes(32))
    make_on_server(connected(database), now=NOW, seal_key=keys.seal)
    address, folder = postgres.url(database), tmp_path / "s"
    with closing(open_store(folder, now=NOW, create=False, keys=keys, server=address)) as store:
        fill(store)
        made = make_copy(store, LATER, "by hand")
        add(store, BloodCount, taken_at=LATER)
        with store.to_copy() as copy:
            copy.verify_audit()
    for path in (made.folder / FILE, folder / FOLDER / FILE):
        assert mark_in(path) == mark_of(keys.database)
        assert b"Berg" not in path.read_bytes()
    with closing(open_to_read(made.folder, keys)) as copy:
        copy.verify_audit()
    with closing(open_store(folder, now=NOW, create=False, keys=keys, server=address)) as store:
        assert store.copy.store is not None and store.copy.as_of is not None


def test_one_file_can_be_asked_for_too(station, tmp_path):
    store = station()
    add(store, Infant)
    made = backup(store, tmp_path / "copy.sqlite3")
    assert made.audit_head == store.audit_head()
