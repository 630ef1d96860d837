"""Where a ward may lie: on a disk of this computer, writable, with room, and for its user alone."""

import os
import shutil
import stat
from pathlib import Path

import pytest

from bedside.store import disk, opening
from bedside.store.lock import WardLock
from bedside.units.refusal import Refused
from tests.store.samples import new_store


def test_a_network_drive_is_refused(folder, monkeypatch):
    """P22: locks on a network drive cannot be trusted."""
    monkeypatch.setattr(disk, "_MOUNTS", folder.parent / "mounts")
    (folder.parent / "mounts").write_text(
        "22 1 0:21 / / rw - ext4 /dev/sda1 rw\n"
        f"40 22 0:45 / {folder.parent.parent} rw,relatime shared:1 - nfs4 server:/export rw\n"
    )
    with pytest.raises(Refused, match="network drive \\(nfs4\\)"):
        new_store(folder)
    assert not folder.exists()


@pytest.mark.parametrize(
    ("kind", "refused"),
    [
        ("nfs", True),
        ("cifs", True),
        ("fuse.sshfs", True),
        ("9p", True),
        ("fuse.gvfsd-fuse", True),  # what a file manager shows of a network
        ("vboxsf", True),
        ("fuseblk", False),
        ("ext4", False),
        ("tmpfs", False),
    ],
)
def test_kinds_of_disk(monkeypatch, tmp_path, kind, refused):
    monkeypatch.setattr(disk, "_MOUNTS", tmp_path / "mounts")
    (tmp_path / "mounts").write_text(f"22 1 0:21 / / rw - {kind} source rw\n")
    assert bool(disk.network_kind(tmp_path)) is refused


def test_the_deepest_mount_counts():
    mounts = (
        "22 1 0:21 / / rw - ext4 /dev/sda1 rw\n"
        "40 22 0:45 / /srv/ward\\040files rw shared:1 master:2 - nfs server:/x rw\n"
        "41 22 0:46 / /srv/ward\\040files/local rw - ext4 /dev/sdb1 rw\n"
        "a broken line\n"
    )
    assert disk.kind_of_mount(mounts, Path("/srv/ward files/a")) == "nfs"
    assert disk.kind_of_mount(mounts, Path("/srv/ward files/local/a")) == "ext4"
    assert disk.kind_of_mount(mounts, Path("/srv/ward")) == "ext4"


@pytest.mark.parametrize("name", ["Übergabe", "病房", "a\tb\\c", "line\u2028two", "\udcff"])
def test_a_mount_is_known_by_any_name(name):
    """The system writes a name as it is, but for a space, a tab, a new line and a backslash."""
    written = name.replace("\\", r"\134").replace("\t", r"\011")
    mounts = (
        f"22 1 0:21 / / rw - ext4 /dev/sda1 rw\n40 22 0:45 / /srv/{written} rw - cifs //s/x rw\n"
    )
    assert disk.kind_of_mount(mounts, Path("/srv") / name / "ward") == "cifs"


def test_a_nearly_full_disk_is_refused(tmp_path):
    free = shutil.disk_usage(tmp_path).free
    with pytest.raises(Refused, match="Free some space first"):
        disk.check_room(tmp_path, least=free * 2)
    disk.check_room(tmp_path, least=1)


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere"
)
def test_a_folder_without_the_right_to_write_is_refused(folder):
    folder.mkdir(mode=0o500)
    with pytest.raises(Refused, match="no right to write"):
        new_store(folder)


def test_a_right_that_is_missing_is_said(folder, monkeypatch):
    folder.mkdir()
    monkeypatch.setattr(disk.os, "access", lambda *_: False)
    with pytest.raises(Refused, match="no right to write"):
        new_store(folder)


def test_one_lock_at_a_time(full_folder):
    """P8: of itself, before SQLite's own lock is ever asked; and it can be taken again."""
    first = WardLock(full_folder)
    with pytest.raises(Refused, match="open already"):
        WardLock(full_folder)
    first.release()
    WardLock(full_folder).release()


def test_a_lock_that_the_disk_does_not_open_is_said(full_folder, monkeypatch):
    """P3: found by the long run of failing calls, in a change of keys."""

    def fails(*_: object) -> int:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("bedside.store.lock.os.open", fails)
    with pytest.raises(Refused, match="lock, so nothing was begun or changed"):
        WardLock(full_folder)


def test_a_file_in_the_folders_place_is_refused(folder):
    folder.write_text("not a folder")
    with pytest.raises(Refused, match="a ward needs a folder"):
        new_store(folder)
    assert folder.read_text() == "not a folder"


def test_a_disk_that_does_not_take_a_safety_setting_is_refused(full_folder, monkeypatch):
    """Finding 4: without a write-ahead log and FULL, a ward is not opened at all."""
    from bedside.store import engine

    wanted = [("journal_mode", "MEMORY", "wal"), *engine._SETTINGS[2:]]
    monkeypatch.setattr(engine, "_SETTINGS", tuple(wanted))
    with pytest.raises(Refused, match="setting that keeps saves safe"):
        new_store(full_folder)
    monkeypatch.undo()
    new_store(full_folder).close()


def test_an_empty_folder_becomes_the_wards_own(folder):
    """H43: also a folder that somebody made with a file manager."""
    folder.mkdir(mode=0o755)
    new_store(folder).close()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_folder_with_other_things_in_it_is_left_as_it_is(folder):
    folder.mkdir(mode=0o755)
    folder.chmod(0o755)
    (folder / "letter.txt").write_text("not ours")
    new_store(folder).close()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o755


def test_an_old_sqlite_is_refused(folder, monkeypatch):
    monkeypatch.setattr(opening, "LEAST_SQLITE", (99, 0, 0))
    with pytest.raises(Refused, match="too old for Bedside"):
        new_store(folder)
    assert not folder.exists()
