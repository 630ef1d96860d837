"""A save that a full disk did not take says that the disk is full, and which, whatever SQLite calls it."""

import shutil
import sqlite3
from pathlib import Path
from typing import NamedTuple

import pytest

from bedside.store.troubles import not_saved


class Usage(NamedTuple):
    """As `shutil.disk_usage` answers."""

    total: int
    used: int
    free: int


def trouble(name: str) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("disk")
    error.sqlite_errorname = name
    return error


@pytest.mark.parametrize("name", ["SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_CANTOPEN"])
def test_a_full_disk_is_named_with_its_place(monkeypatch, name: str) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(9, 9, 400_000))
    words = not_saved(trouble(name), Path("ward4")).words
    assert words.startswith("The ward's disk is FULL: 0.4 MB free at ward4.")
    assert "what was typed stands" in words


def test_a_disk_with_room_or_one_that_cannot_be_asked_is_not_called_full(monkeypatch) -> None:
    error = trouble("SQLITE_IOERR_WRITE")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(9, 0, 5_000_000))
    assert "FULL" not in not_saved(error, Path("ward4")).words
    assert "FULL" not in not_saved(error).words
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(9, 9, 0))
    assert "FULL" not in not_saved(trouble("SQLITE_CORRUPT"), Path("ward4")).words

    def gone(_: object) -> Usage:
        raise OSError

    monkeypatch.setattr(shutil, "disk_usage", gone)
    assert "FULL" not in not_saved(error, Path("ward4")).words
