"""A backup: proved before it is named, whole, and openable in an empty folder."""

import shutil
import sqlite3
import stat
import sys

import pytest

from bedside.store import backup as backing_up
from bedside.store.backup import backup
from bedside.store.opening import FILE
from bedside.store.records import BloodCount, Measurement
from bedside.store.troubles import NotSaved
from bedside.units.refusal import Refused
from tests.store.samples import ACT, NOW, WHO, add, contents, new_store, raw, row_of


def opened_copy(path, folder):
    folder.mkdir()
    shutil.copy(path, folder / FILE)
    return new_store(folder, create=False)


def test_a_backup_holds_everything(full_store, tmp_path):
    """P7: put back into an empty folder, it is the same ward."""
    copy = backup(full_store, tmp_path / "copy.sqlite3")
    assert copy.path == tmp_path / "copy.sqlite3"
    assert copy.audit_head == full_store.audit_head()
    restored = opened_copy(copy.path, tmp_path / "restored")
    assert contents(restored) == contents(full_store)
    restored.verify_audit(full_store.audit_head())
    restored.close()


def test_a_backup_holds_the_newest_save(full_store, tmp_path):
    """The newest saves may still lie in the file beside the ward's own."""
    add(full_store, Measurement, measured_at=NOW.replace(hour=13), weight_g=7123)
    copy = backup(full_store, tmp_path / "copy.sqlite3")
    restored = opened_copy(copy.path, tmp_path / "restored")
    assert contents(restored)["Measurement"][-1].weight_g == 7123
    restored.close()


def test_a_backup_is_one_file_for_its_user_alone(full_store, tmp_path):
    there = tmp_path / "medium"
    there.mkdir()
    backup(full_store, there / "copy.sqlite3")
    (file,) = there.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    driver = sqlite3.connect(file)
    assert driver.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert driver.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    driver.close()
    assert [path.name for path in there.iterdir()] == ["copy.sqlite3"]


def test_the_ward_goes_on_after_a_backup(full_store, tmp_path):
    backup(full_store, tmp_path / "copy.sqlite3")
    add(full_store, Measurement, measured_at=NOW.replace(hour=14))
    backup(full_store, tmp_path / "second.sqlite3")
    assert raw(full_store, "PRAGMA journal_mode") == [("wal",)]
    full_store.verify_audit()


def test_nothing_is_overwritten(full_store, tmp_path):
    target = tmp_path / "copy.sqlite3"
    target.write_text("the only copy of something else")
    with pytest.raises(Refused, match="never overwrites"):
        backup(full_store, target)
    assert target.read_text() == "the only copy of something else"


def test_a_missing_folder_is_said(full_store, tmp_path):
    with pytest.raises(Refused, match="no folder"):
        backup(full_store, tmp_path / "stick" / "copy.sqlite3")


def test_a_backup_waits_for_no_change_of_its_own(full_store, tmp_path):
    """Asked for in the middle of a change it would copy half of it: it says no."""
    with full_store.change(WHO, ACT, NOW) as change:
        change.add(BloodCount, **row_of(BloodCount))
        with pytest.raises(RuntimeError, match="inside a change"):
            backup(full_store, tmp_path / "copy.sqlite3")
    assert not (tmp_path / "copy.sqlite3").exists()


def test_a_copy_that_is_not_the_same_is_not_named(full_store, tmp_path, monkeypatch):
    """P7: a medium that swallows a row is found before anybody relies on the copy."""

    def lossy(source, target, key):
        copy = sqlite3.connect(target, isolation_level=None)
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        copy.execute("DROP TRIGGER tr_measurement_stay")
        copy.execute("DELETE FROM measurement")
        copy.close()

    monkeypatch.setattr(backing_up, "_copy", lossy)
    with pytest.raises(NotSaved, match="not the same"):
        backup(full_store, tmp_path / "copy.sqlite3")
    assert [path for path in tmp_path.iterdir() if "copy" in path.name] == []


def test_a_copy_with_a_changed_value_is_not_named(full_store, tmp_path, monkeypatch):
    """P7: the copy's own trail is recomputed, not only its rows counted."""

    def flipping(source, target, key):
        copy = sqlite3.connect(target, isolation_level=None)
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        copy.execute("DROP TRIGGER tr_measurement_keep")
        copy.execute("UPDATE measurement SET weight_g = weight_g + 64")
        copy.close()

    monkeypatch.setattr(backing_up, "_copy", flipping)
    with pytest.raises(Refused, match="changed outside Bedside"):
        backup(full_store, tmp_path / "copy.sqlite3")
    assert [path for path in tmp_path.iterdir() if "copy" in path.name] == []


def test_a_network_drive_is_no_place_for_a_backup(full_store, tmp_path, monkeypatch):
    from bedside.store import disk

    monkeypatch.setattr(disk, "kind_of_mount", lambda *_: "cifs")
    with pytest.raises(Refused, match="network drive"):
        backup(full_store, tmp_path / "copy.sqlite3")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX limit")
def test_a_medium_that_is_too_small_is_said(full_store, tmp_path):
    """P7: a backup that did not fit is no backup, and nothing of it is left."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
    try:
        with pytest.raises(NotSaved, match=r"did not take|disk is full|could not be written"):
            backup(full_store, tmp_path / "copy.sqlite3")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert [path for path in tmp_path.iterdir() if "copy" in path.name] == []
    backup(full_store, tmp_path / "copy.sqlite3")


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX file rules")
def test_a_medium_that_goes_away_is_said(full_store, tmp_path, monkeypatch):
    def gone(_folder):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(backing_up, "flush_folder", gone)
    with pytest.raises(NotSaved, match="could not be written"):
        backup(full_store, tmp_path / "copy.sqlite3")
