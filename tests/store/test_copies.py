"""Copies made while work goes on: proved, named only then, found damaged by one bit, carried, thinned."""

import sqlite3
import stat
import sys
from datetime import timedelta
from threading import Thread

import pytest

from bedside.store import copies as making
from bedside.store import copy_folders
from bedside.store.copies import make_copy
from bedside.store.copy_folders import (
    carry,
    check_copy,
    copies_in,
    highest_number,
    set_aside,
    thin,
)
from bedside.store.opening import BACKUPS, FILE, open_to_read
from bedside.store.records import Measurement
from bedside.store.troubles import Damaged, NotSaved
from tests.store.samples import NOW, add, contents


def names(above):
    return sorted(path.name for path in above.iterdir())


def test_a_copy_is_a_folder_that_opens_as_a_ward(full_store):
    """P7: it holds everything, is for its user alone, and says what it holds."""
    copy = make_copy(full_store, NOW, "by hand")
    assert copy.folder.parent == full_store.folder / BACKUPS
    assert copy.note.head == full_store.audit_head()
    assert copy.note.why == "by hand"
    for path in copy.folder.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    read = open_to_read(copy.folder)
    assert read.read_only
    assert contents(read) == contents(full_store)
    read.close()
    assert check_copy(copy) == copy.note


def test_saves_go_on_while_a_copy_is_made(full_store, monkeypatch):
    """A save between two steps is in the copy or after it, never half in it, and is never lost."""
    monkeypatch.setattr(making, "_STEP_PAGES", 2)
    made = []
    thread = Thread(target=lambda: made.append(make_copy(full_store, NOW, "20 saves")))
    thread.start()
    saves = 0
    while thread.is_alive():
        saves += 1
        add(full_store, Measurement, measured_at=NOW + timedelta(minutes=saves))
    thread.join()
    full_store.verify_audit(made[0].note.head)
    assert check_copy(made[0]).seq > 0
    read = open_to_read(made[0].folder)
    read.verify_audit()
    read.close()


def test_copies_are_numbered_whatever_the_clock_says(full_store, tmp_path):
    """H45: the last copy is the one made last."""
    first = make_copy(full_store, NOW, "by hand")
    second = make_copy(full_store, NOW - timedelta(days=400), "by hand")
    third = make_copy(full_store, NOW - timedelta(days=400), "by hand", after=7)
    assert (first.note.number, second.note.number, third.note.number) == (1, 2, 8)
    assert third.name == f"{second.name}-2"
    above = full_store.folder / BACKUPS
    assert [copy.name for copy in copies_in(above)] == [third.name, second.name, first.name]
    assert highest_number(above, tmp_path) == 8


def test_a_copy_that_is_not_the_same_is_not_named(full_store, monkeypatch):
    """P7: a disk that swallows a row is found before anybody relies on the copy."""
    real = making._copy_in_steps

    def lossy(store, target):
        head = real(store, target)
        copy = sqlite3.connect(target, isolation_level=None)
        copy.execute("DROP TRIGGER tr_measurement_stay")
        copy.execute("DELETE FROM measurement")
        copy.close()
        return head

    monkeypatch.setattr(making, "_copy_in_steps", lossy)
    with pytest.raises(NotSaved, match="not the same"):
        make_copy(full_store, NOW, "by hand")
    assert names(full_store.folder / BACKUPS) == []


def test_one_spoilt_bit_is_found_and_set_aside(full_store):
    """P6, P7: such a copy never counts as good again, and is not deleted."""
    good, spoilt = make_copy(full_store, NOW, "a"), make_copy(full_store, NOW, "b")
    file = spoilt.folder / FILE
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 4
    file.write_bytes(content)
    with pytest.raises(Damaged, match="not as it was"):
        check_copy(spoilt)
    set_aside(spoilt)
    left = copies_in(full_store.folder / BACKUPS)
    assert [(copy.name, copy.note is None) for copy in left] == [
        (good.name, False),
        (f"damaged-{spoilt.name}", True),
    ]
    with pytest.raises(Damaged, match="does not say"):
        check_copy(left[1])


@pytest.mark.parametrize("lost", ["copy.json", FILE])
def test_half_a_copy_is_none(full_store, lost):
    copy = make_copy(full_store, NOW, "a")
    (copy.folder / lost).unlink()
    (found,) = copies_in(full_store.folder / BACKUPS)
    with pytest.raises(Damaged):
        check_copy(found)


def test_a_copy_on_a_second_medium_is_read_back(full_store, tmp_path, monkeypatch):
    medium = tmp_path / "stick"
    medium.mkdir()
    copy = make_copy(full_store, NOW, "a")
    there = carry(copy, medium)
    assert check_copy(there) == copy.note
    real = copy_folders.digest_of
    monkeypatch.setattr(copy_folders, "digest_of", lambda path, **more: real(path, **more)[::-1])
    with pytest.raises(NotSaved, match="gives back something else"):
        carry(copy, medium)
    assert names(medium) == [copy.name]


def test_a_medium_that_is_gone_is_said(full_store, tmp_path):
    copy = make_copy(full_store, NOW, "a")
    with pytest.raises(NotSaved, match="could not be written"):
        carry(copy, tmp_path / "unplugged")


def test_what_an_interrupted_copy_left_is_cleared(full_store):
    above = full_store.folder / BACKUPS
    (above / ".making-1-x").mkdir(parents=True)
    (above / ".making-1-x" / FILE).write_bytes(b"half")
    (above / ".going-y").mkdir()
    make_copy(full_store, NOW, "a")
    assert len(names(above)) == 1


def test_thinning_removes_whole_copies_and_nothing_else(full_store):
    above = full_store.folder / BACKUPS
    for days in range(40, 0, -1):
        make_copy(full_store, NOW - timedelta(days=days), "a")
    (above / "before-0012-from-0011.sqlite3").write_bytes(b"an upgrade's")
    damaged = copies_in(above)[-1]
    set_aside(damaged)
    assert thin(above, NOW) > 0
    left = [copy for copy in copies_in(above) if copy.note is not None]
    assert 16 <= len(left) <= 24
    assert left[0].note.number == 40
    assert (above / f"damaged-{damaged.name}").is_dir()
    assert (above / "before-0012-from-0011.sqlite3").exists()


def test_a_full_medium_keeps_fewer_copies(full_store, monkeypatch):
    """With room for few copies more, those of the last two hours stay, and the days before."""
    above = full_store.folder / BACKUPS
    for hours in range(12, 0, -1):
        make_copy(full_store, NOW - timedelta(hours=hours), "a")
    assert thin(above, NOW) == 0
    monkeypatch.setattr(
        copy_folders.shutil, "disk_usage", lambda _path: type("Use", (), {"free": 1})()
    )
    assert thin(above, NOW) > 6
    assert copies_in(above)[0].note.number == 12


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX limit")
def test_a_disk_that_takes_no_copy_is_said_and_keeps_nothing_of_it(full_store):
    """P4, P7: with room again the next copy is made, and the ward has gone on."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
    try:
        with pytest.raises(NotSaved):
            make_copy(full_store, NOW, "a")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert names(full_store.folder / BACKUPS) == []
    add(full_store, Measurement, measured_at=NOW + timedelta(minutes=1))
    make_copy(full_store, NOW, "a")
