"""Opening a ward: in the right order, one window at a time, and every trouble said in a sentence."""

import hashlib
import shutil
import sqlite3
import stat
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

import pytest

from bedside.store import schema
from bedside.store import upgrade as upgrading
from bedside.store.bookmark import NAME as BOOKMARK
from bedside.store.opening import FILE, open_store
from bedside.store.records import BloodCount, Infant, Measurement
from bedside.store.running import NAME as RUNNING
from bedside.store.troubles import AuditBroken, Damaged, NotSaved
from bedside.units.refusal import Refused
from tests.store.samples import NOW, add, contents, new_store, raw, tamper

HERE = Path(__file__).resolve().parents[2]
OPENER = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from bedside.store.opening import open_store
from bedside.units.refusal import Refused
try:
    store = open_store(Path(sys.argv[1]), now=datetime(2026, 11, 20, tzinfo=UTC), create=False)
except Refused as refusal:
    print("refused:", refusal, flush=True)
else:
    print("open", flush=True)
    time.sleep(float(sys.argv[2]))
"""


def another_window(folder, stay="0"):
    return subprocess.Popen(
        [sys.executable, "-c", OPENER, str(folder), stay],
        stdout=subprocess.PIPE,
        text=True,
        cwd=HERE,
    )


def files_of(folder):
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.iterdir()
        if path.is_file() and path.name != "ward.lock"
    }


def make_newer(file):
    driver = sqlite3.connect(file)
    with driver:
        driver.execute("UPDATE alembic_version SET version_num = '9999'")
    driver.close()


# ---- a new ward, and one that is there


def test_a_new_ward_is_for_its_user_alone(folder):
    """H43: nobody else on this computer can read it."""
    store = new_store(folder / "deep" / "down")
    made = folder / "deep" / "down"
    assert stat.S_IMODE(made.stat().st_mode) == 0o700
    for file in made.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file.name
    assert {file.name for file in made.iterdir()} == {
        FILE, f"{FILE}-wal", "ward.lock", BOOKMARK, RUNNING,
    }  # fmt: skip
    store.close()


def test_a_file_that_others_could_read_is_closed_to_them(full_folder):
    (full_folder / FILE).chmod(0o644)
    new_store(full_folder).close()
    assert stat.S_IMODE((full_folder / FILE).stat().st_mode) == 0o600


def test_what_was_recorded_is_there_again(folder):
    store = new_store(folder)
    add(store, Infant)
    kept, head = contents(store), store.audit_head()
    store.close()
    again = new_store(folder, create=False)
    assert contents(again) == kept
    assert again.audit_head() == head
    assert again.last_saved == NOW
    assert not again.read_only
    again.close()


def test_a_demonstration_stays_one(folder):
    store = open_store(folder, now=NOW, create=True, demonstration=True)
    assert store.demonstration
    store.close()
    again = open_store(folder, now=NOW, create=True, demonstration=False)
    assert again.demonstration
    again.close()


def test_an_existing_ward_is_opened_not_made_anew(full_folder):
    store = new_store(full_folder, create=True)
    assert len(contents(store)["Infant"]) == 1
    store.close()


def test_there_is_no_ward_to_open(folder):
    with pytest.raises(Refused, match="no ward in"):
        new_store(folder, create=False)
    assert not folder.exists()


def test_a_naive_clock_is_refused(folder):
    with pytest.raises(ValueError, match="without its offset"):
        open_store(folder, now=datetime(2026, 11, 20), create=True)  # noqa: DTZ001
    assert not folder.exists()


def test_an_up_to_date_ward_is_opened_without_alembic(full_folder):
    """A quarter of a second that the first screen does not have."""
    code = OPENER + "\nprint(sorted(name for name in sys.modules if name.startswith('alembic')))"
    run = subprocess.run(
        [sys.executable, "-c", code, str(full_folder), "0"],
        capture_output=True,
        text=True,
        cwd=HERE,
        check=True,
    )
    assert run.stdout.splitlines() == ["open", "[]"]


def test_a_ward_whose_making_was_cut_off_is_made_again(folder):
    folder.mkdir()
    driver = sqlite3.connect(folder / FILE)
    driver.execute("PRAGMA journal_mode=WAL")
    driver.close()
    with pytest.raises(Refused, match="never finished"):
        new_store(folder, create=False)
    store = new_store(folder)
    add(store, Infant)
    store.close()


def test_an_empty_file_in_place_of_a_ward_is_damage(full_folder):
    """H36: an emptied file is not quietly taken for a new ward."""
    (full_folder / FILE).write_bytes(b"")
    with pytest.raises(Damaged, match="it is empty"):
        new_store(full_folder)


# ---- one window at a time (P8)


def test_a_second_window_is_told_at_once(store, folder):
    """P8: within five seconds, in plain words, and the first window goes on."""
    start = time.monotonic()
    window = another_window(folder)
    said = window.communicate(timeout=30)[0]
    assert said.startswith("refused: This ward is open already")
    add(store, Measurement)
    store.verify_audit()
    begun = time.monotonic()
    with pytest.raises(Refused, match="open already"):
        new_store(folder)
    assert time.monotonic() - begun < 5
    assert time.monotonic() - start < 30


def test_a_killed_window_does_not_keep_the_ward(full_folder):
    """P8: the lock ends with the program, however it ends."""
    window = another_window(full_folder, stay="60")
    assert window.stdout.readline() == "open\n"
    with pytest.raises(Refused, match="open already"):
        new_store(full_folder)
    window.kill()
    window.wait(timeout=10)
    window.stdout.close()
    store = new_store(full_folder)
    add(store, BloodCount, specimen="B-9")
    store.close()


def test_another_program_on_the_file_is_told_apart(full_folder):
    other = sqlite3.connect(full_folder / FILE, isolation_level=None)
    other.execute("PRAGMA locking_mode=EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    try:
        start = time.monotonic()
        with pytest.raises(Refused, match="open already"):
            new_store(full_folder)
        assert time.monotonic() - start < 5
    finally:
        other.close()
    new_store(full_folder).close()


def test_a_closed_ward_can_be_opened_again_at_once(folder):
    for _ in range(5):
        new_store(folder).close()


# ---- what is refused stays as it was (P9)


def test_a_newer_ward_is_refused_byte_for_byte(full_folder):
    """H38, P9: an old program never touches newer records."""
    make_newer(full_folder / FILE)
    before = files_of(full_folder)
    with pytest.raises(Refused, match="newer Bedside") as caught:
        new_store(full_folder)
    assert "Nothing was changed" in str(caught.value)
    assert files_of(full_folder) == before


def test_a_newer_ward_that_was_not_closed_is_refused_byte_for_byte(full_folder, tmp_path):
    """H38: also when its newest saves still lie in the file beside it."""
    code = (
        "import os, sqlite3, sys\n"
        "driver = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "driver.execute('PRAGMA locking_mode=EXCLUSIVE')\n"
        "driver.execute('PRAGMA journal_mode=WAL')\n"
        "driver.execute(\"UPDATE alembic_version SET version_num = '9999'\")\n"
        "os._exit(0)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(full_folder / FILE)], check=True)
    before = files_of(full_folder)
    assert f"{FILE}-wal" in before
    with pytest.raises(Refused, match="newer Bedside"):
        new_store(full_folder)
    assert files_of(full_folder) == before


def test_an_unknown_step_is_damage(full_folder):
    tamper(full_folder / FILE, "UPDATE alembic_version SET version_num = '0000'")
    before = files_of(full_folder)
    with pytest.raises(Damaged, match="which version"):
        new_store(full_folder)
    assert files_of(full_folder) == before


@pytest.mark.parametrize("content", [b"a letter to the ward\n" * 300, b"%PDF-1.7" + bytes(5000)])
def test_another_kind_of_file_is_not_opened(folder, content):
    folder.mkdir()
    (folder / FILE).write_bytes(content)
    before = files_of(folder)
    with pytest.raises(Refused, match="not a Bedside ward"):
        new_store(folder)
    assert files_of(folder) == before


def test_the_file_of_another_program_is_not_opened(folder):
    folder.mkdir()
    driver = sqlite3.connect(folder / FILE)
    driver.execute("CREATE TABLE bookmarks (url TEXT)")
    driver.close()
    before = files_of(folder)
    with pytest.raises(Refused, match="not a Bedside ward"):
        new_store(folder)
    assert files_of(folder) == before


@pytest.mark.parametrize("size", [100, 4096, 20_000])
def test_a_cut_file_is_damage(full_folder, size):
    """H37, P6: the road leads to the last good copy, never to an infant's page."""
    with (full_folder / FILE).open("r+b") as file:
        file.truncate(size)
    with pytest.raises(Damaged, match="last good copy"):
        new_store(full_folder)


@pytest.mark.parametrize("trigger", ["tr_blood_count_keep", "tr_audit_stay", "tr_print_new"])
def test_a_dropped_guard_is_found(full_folder, trigger):
    """P11: without its triggers the file would let rows be changed."""
    driver = sqlite3.connect(full_folder / FILE)
    driver.execute(f"DROP TRIGGER {trigger}")
    driver.close()
    with pytest.raises(Damaged, match="rules that guard them"):
        new_store(full_folder)


# ---- the end of the record is not lost unseen (P6)


def test_a_lost_write_ahead_file_is_found(full_folder):
    """P6, H36: SQLite would go back to older values without a word."""
    store = new_store(full_folder)
    add(store, Measurement, measured_at=NOW.replace(hour=11), weight_g=7000)
    shutil.copytree(full_folder, full_folder.with_name("crashed"))
    store.close()
    crashed = full_folder.with_name("crashed")
    (crashed / f"{FILE}-wal").unlink()
    with pytest.raises(AuditBroken, match="missing from its end"):
        new_store(crashed)


def test_an_older_copy_put_in_place_is_found(full_folder):
    """P11: putting back yesterday's file does not make today's doses unsaid."""
    older = (full_folder / FILE).read_bytes()
    store = new_store(full_folder)
    add(store, Measurement, measured_at=NOW.replace(hour=11), weight_g=7000)
    store.close()
    (full_folder / FILE).write_bytes(older)
    with pytest.raises(AuditBroken, match="empty folder"):
        new_store(full_folder)


def test_a_copy_in_a_folder_of_its_own_opens(full_folder, tmp_path):
    (tmp_path / "copy").mkdir()
    shutil.copy(full_folder / FILE, tmp_path / "copy" / FILE)
    new_store(tmp_path / "copy", create=False).close()


@pytest.mark.parametrize("spoilt", [b"", b"nothing", bytes(120), "ü".encode("latin-1")])
def test_a_spoilt_bookmark_stops_nobody(full_folder, spoilt):
    (full_folder / BOOKMARK).write_bytes(spoilt)
    store = new_store(full_folder)
    add(store, Measurement, measured_at=NOW.replace(hour=12))
    store.close()
    new_store(full_folder).close()


def test_a_bookmark_that_is_behind_stops_nobody(full_folder):
    """After a power cut the bookmark may be older than the record."""
    older = (full_folder / BOOKMARK).read_bytes()
    store = new_store(full_folder)
    add(store, Measurement, measured_at=NOW.replace(hour=12))
    store.close()
    (full_folder / BOOKMARK).write_bytes(older)
    new_store(full_folder).close()
    assert (full_folder / BOOKMARK).read_bytes() != older


# ---- damage while the ward is open


@pytest.mark.skipif(sys.platform == "win32", reason="the open file cannot be written to there")
def test_a_page_spoilt_under_an_open_ward_is_never_shown(full_store, full_file):
    """H37: the reading stops with plain words; no other value is shown in its place."""
    with full_file.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (full_file.stat().st_size - 4096))
    raw(full_store, "PRAGMA shrink_memory")
    with pytest.raises(Damaged, match="cannot be read any more"):
        contents(full_store)
    with pytest.raises((Damaged, NotSaved)):
        add(full_store, Measurement, measured_at=NOW.replace(hour=15))


@pytest.fixture
def full_file(folder):
    return folder / FILE


# ---- a try that fails


def test_an_opening_that_fails_leaves_no_folder(folder, monkeypatch):
    monkeypatch.setattr(schema, "SCHEMA", "0001")

    def broken(*_, **__):
        raise RuntimeError("a step is broken")

    monkeypatch.setattr(upgrading, "upgrade", broken)
    with pytest.raises(Refused, match="could not be brought up to date"):
        new_store(folder)
    assert not folder.exists()


def test_a_disk_that_fails_during_a_step_is_told_apart(folder, monkeypatch):
    def full(*_, **__):
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorname = "SQLITE_FULL"
        raise error

    monkeypatch.setattr(upgrading, "upgrade", full)
    with pytest.raises(Refused, match="Check that it has room"):
        new_store(folder)


def test_a_damaged_ward_is_not_locked_by_the_try(full_folder):
    file = full_folder / FILE
    sound = file.read_bytes()
    file.write_bytes(sound[:3000] + bytes(6000) + sound[9000:])
    with pytest.raises(Refused):
        new_store(full_folder)
    file.write_bytes(sound)
    store = new_store(full_folder)
    assert raw(store, "SELECT count(*) FROM infant") == [(1,)]
    store.close()
