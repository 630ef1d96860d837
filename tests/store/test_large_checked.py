"""SQLite's own check of a large ward, made beside its copying: it counts, and costs the ward no lock."""

import subprocess
import sys

import pytest

from bedside.store import copies, large_copies
from bedside.store.copies import make_copy
from bedside.store.copy_folders import copies_in
from bedside.store.opening import BACKUPS, FILE
from bedside.store.troubles import NotSaved
from tests.faults.scene import KEYS, NOW, make_ward, opened, save


@pytest.fixture(params=[None, KEYS], ids=["plain", "encrypted"])
def keys(request):
    return request.param


@pytest.fixture
def ward(tmp_path, keys, monkeypatch):
    monkeypatch.setattr(copies, "LARGE_BYTES", 0)
    make_ward(tmp_path / "ward", 5, keys)
    store = opened(tmp_path / "ward", keys=keys)
    yield store
    store.close()


def test_the_wards_own_lock_outlives_the_check_beside_the_copying(ward, keys):
    """SQLite's check reads the ward's open file: another program must still be kept out of it."""
    key = None if keys is None or keys.database is None else keys.database.hex()
    script = (
        "import sys; from pathlib import Path; from bedside.store.engine import connect\n"
        "try: connect(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]) or None)\n"
        "except Exception as error: print(error)\n"
    )
    make_copy(ward, NOW, "whole")
    words = [sys.executable, "-c", script, str(ward.folder / FILE), key or ""]
    assert "locked" in subprocess.run(words, capture_output=True, text=True, check=True).stdout
    save(ward, 200)


def test_a_ward_that_sqlite_finds_unsound_is_not_copied(ward, monkeypatch):
    """What its check says counts, although it is worked out beside the copying."""
    monkeypatch.setattr(large_copies, "_is_sound", lambda path, key: False)
    with pytest.raises(NotSaved):
        make_copy(ward, NOW, "whole")
    assert copies_in(ward.folder / BACKUPS) == []
