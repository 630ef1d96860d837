"""The doctor on the ward: it looks, changes nothing, and says what a person should do."""

import hashlib
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bedside.doctor import ward_store
from bedside.store.lock import WardLock
from bedside.store.opening import open_store
from bedside.store.records import Infant

NOW = datetime(2026, 11, 20, 10, 42, tzinfo=UTC)


@pytest.fixture
def ward(tmp_path: Path) -> Path:
    """A ward with one infant, closed."""
    folder = tmp_path / "ward"
    store = open_store(folder, now=NOW, create=True)
    with store.change("E. Berg, RN", "enrolled an infant", NOW) as change:
        change.add(
            Infant, family="TESTLING", given="Ida", sex="f", born=NOW.date() - timedelta(days=90),
            gestation_days=None, hospital_number="T 1", bed="1", allergies="not recorded", line="",
        )  # fmt: skip
    store.close()
    return folder


def everything_in(folder: Path) -> dict[str, str]:
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.iterdir()}


def test_no_ward_yet_is_fit(tmp_path):
    finding, last = ward_store.ward_state(tmp_path / "none")
    assert (finding.verdict, last) == ("fit", None)
    assert not (tmp_path / "none").exists()


def test_a_whole_ward_is_fit_and_tells_its_last_record(ward):
    finding, last = ward_store.ward_state(ward)
    assert (finding.verdict, last) == ("fit", NOW)
    assert "whole" in finding.sentence


def test_looking_changes_nothing(ward):
    before = everything_in(ward)
    ward_store.ward_state(ward)
    ward_store.ward_place(ward)
    assert everything_in(ward) == before


def test_a_ward_can_be_opened_after_the_look(ward):
    ward_store.ward_state(ward)
    open_store(ward, now=NOW, create=False).close()


def test_an_open_ward_is_fit_and_left_alone(ward):
    store = open_store(ward, now=NOW, create=False)
    try:
        finding, last = ward_store.ward_state(ward)
    finally:
        store.close()
    assert (finding.verdict, last) == ("fit", None)
    assert "another window" in finding.sentence


def test_the_lock_is_let_go(ward):
    ward_store.ward_state(ward)
    WardLock(ward).release()


def test_a_damaged_ward_is_not_fit(ward):
    """H37: damage is found before it is used."""
    file = ward / ward_store.FILE
    content = bytearray(file.read_bytes())
    content[5000:9000] = bytes(4000)
    file.write_bytes(content)
    finding, _ = ward_store.ward_state(ward)
    assert finding.verdict == "not fit"
    assert "damaged" in finding.sentence


def test_a_newer_ward_is_not_fit(ward):
    """H38: an old program does not touch newer records."""
    driver = sqlite3.connect(ward / ward_store.FILE)
    with driver:
        driver.execute("UPDATE alembic_version SET version_num = '9998'")
    driver.close()
    finding, _ = ward_store.ward_state(ward)
    assert finding.verdict == "not fit"
    assert "newer Bedside" in finding.sentence


def test_an_older_ward_is_worth_a_look(ward):
    driver = sqlite3.connect(ward / ward_store.FILE)
    with driver:
        driver.execute("UPDATE alembic_version SET version_num = '0000'")
    driver.close()
    finding, last = ward_store.ward_state(ward)
    assert (finding.verdict, last) == ("look", NOW)


def test_an_empty_file_is_fit(tmp_path):
    (tmp_path / ward_store.FILE).touch()
    assert ward_store.ward_state(tmp_path)[0].verdict == "fit"


def test_another_file_is_not_fit(tmp_path):
    (tmp_path / ward_store.FILE).write_text("a letter, not a ward\n" * 100)
    assert ward_store.ward_state(tmp_path)[0].verdict == "not fit"


def test_a_folder_on_a_network_drive_is_not_fit(tmp_path, monkeypatch):
    """P22: locks on a network drive cannot be trusted."""
    from bedside.store import disk

    monkeypatch.setattr(disk, "kind_of_mount", lambda *_: "nfs4")
    finding = ward_store.ward_place(tmp_path)
    assert finding.verdict == "not fit"
    assert "network drive (nfs4)" in finding.sentence


def test_a_file_in_the_folders_place_is_not_fit(tmp_path):
    (tmp_path / "ward").write_text("")
    assert ward_store.ward_place(tmp_path / "ward").verdict == "not fit"


def test_a_folder_that_cannot_be_written_is_not_fit(tmp_path, monkeypatch):
    def refused(**_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(ward_store.tempfile, "TemporaryFile", refused)
    finding = ward_store.ward_place(tmp_path)
    assert finding.verdict == "not fit"
    assert "Permission denied" in finding.sentence


def test_a_new_folder_is_judged_by_the_one_above(tmp_path):
    finding = ward_store.ward_place(tmp_path / "a" / "b")
    assert finding.verdict == "fit"
    assert not (tmp_path / "a").exists()
