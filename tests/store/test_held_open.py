"""An open ward keeps SQLite's lock, whatever Bedside itself reads of its file meanwhile."""

import os
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bedside.store.at_rest import digest_of_file
from bedside.store.held_open import hold_open, let_go, read_beside
from bedside.store.keys import looks_encrypted
from bedside.store.opening import open_store
from bedside.store.parts import blocks_of, digests_of
from bedside.store.store import Store
from tests.store.samples import fill

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
OTHER = """
import sqlite3, sys
other = sqlite3.connect(sys.argv[1], timeout=0)
try:
    other.execute("CREATE TABLE smuggled (it)")
    print("written")
except sqlite3.OperationalError as error:
    print(error)
"""


def another_program(file: Path) -> str:
    """What a program of its own is told that wants to write into the ward's file."""
    words = [sys.executable, "-c", OTHER, str(file)]
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip()


@pytest.fixture
def ward(tmp_path: Path):
    store = open_store(tmp_path / "ward", now=NOW, create=True)
    fill(store)
    yield store
    store.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps locks by handle")
@pytest.mark.parametrize(
    "read",
    [
        digest_of_file,
        looks_encrypted,
        digests_of,
        lambda file: [bytes(block) for block in blocks_of(file)],
    ],
    ids=["digest", "encrypted?", "parts", "blocks"],
)
def test_reading_the_open_file_leaves_the_lock(ward: Store, read) -> None:
    """Without the one descriptor another program's table stood in the ward."""
    file = ward.folder / "ward.sqlite3"
    assert another_program(file) == "database is locked"
    assert read(file) is not None
    assert another_program(file) == "database is locked"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps locks by handle")
def test_saves_with_their_notes_and_digests_leave_the_lock(ward: Store) -> None:
    file = ward.folder / "ward.sqlite3"
    for turn in range(130):  # the write-ahead file is merged in between, and the note made anew
        with ward.change("Bench", "recorded a task", NOW + timedelta(minutes=turn)) as change:
            from bedside.store.records import Task
            from tests.store.samples import ROWS

            change.add(Task, **{**ROWS[Task], "due_at": NOW + timedelta(minutes=turn)})
    assert another_program(file) == "database is locked"


def test_what_is_held_open_is_let_go_with_the_ward(tmp_path: Path) -> None:
    before = len(list(Path("/proc/self/fd").iterdir())) if sys.platform == "linux" else 0
    store = open_store(tmp_path / "ward", now=NOW, create=True)
    store.close()
    if sys.platform == "linux":
        assert len(list(Path("/proc/self/fd").iterdir())) == before
    assert "written" in another_program(tmp_path / "ward" / "ward.sqlite3")


def test_bytes_read_beside_are_the_file_s_own(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(bytes(range(256)) * 300)
    held, again = hold_open(file), hold_open(file)
    with read_beside(file) as first, read_beside(file) as second:
        first.seek(10)
        assert (first.read(3), second.read(3)) == (b"\x0a\x0b\x0c", b"\x00\x01\x02")
        assert first.read(2) == b"\x0d\x0e" and first.readable()
        with pytest.raises(ValueError, match="beginning"):
            first.seek(0, os.SEEK_END)
    assert digest_of_file(file) == digest_of_file(file.rename(tmp_path / "other"))
    let_go(held)
    with read_beside(tmp_path / "other") as still:
        assert still.read(1) == b"\x00"
    let_go(again)
    let_go(again)
    with read_beside(tmp_path / "other") as plain:
        assert plain.fileno() > 0


def test_sqlite_itself_refuses_while_the_ward_is_open(ward: Store) -> None:
    """The same from a connection of its own: the lock is SQLite's, not only Bedside's own file."""
    other = sqlite3.connect(ward.folder / "ward.sqlite3", timeout=0)
    with pytest.raises(sqlite3.OperationalError):
        other.execute("CREATE TABLE smuggled (it)")
    other.close()
