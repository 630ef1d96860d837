"""A ward that was killed and lies where nothing may be written: read with its newest save, or refused in words."""

import shutil
from functools import partial

import pytest

from bedside.store import opening, private_copy
from bedside.store.disk import check_room
from bedside.store.keys import KeyNeeded
from bedside.store.lock import take_lock
from bedside.store.opening import FILE
from bedside.store.private_copy import open_where_full
from bedside.store.troubles import AuditBroken, Damaged, Hindered
from bedside.units.refusal import Refused
from bedside.ward.opening_pages import only_read_page, page_of
from tests.faults.scene import KEYS, NOW, make_ward, number_of, opened, save


@pytest.fixture(scope="module", params=[None, KEYS], ids=["plain", "encrypted"])
def killed(request, tmp_path_factory):
    """A ward as it lies after a kill: its newest save is in the file beside it."""
    above, keys = tmp_path_factory.mktemp("killed"), request.param
    make_ward(above / "ward", saves=5, keys=keys)
    store = opened(above / "ward", keys=keys)
    save(store, 77)
    shutil.copytree(above / "ward", above / "lies", ignore=shutil.ignore_patterns("ward.lock"))
    store.close()
    return above / "lies", keys


@pytest.fixture
def lies(killed, tmp_path, monkeypatch):
    """It lies where nothing may be written."""
    shutil.copytree(killed[0], tmp_path / "ward")
    own = tmp_path / "own"
    own.mkdir()
    monkeypatch.setattr(private_copy, "_IN_MEMORY", str(own))
    monkeypatch.setattr(opening, "is_read_only_medium", lambda at: at == tmp_path / "ward")
    return tmp_path / "ward", killed[1], own


def content(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_its_newest_save_is_shown_and_nothing_is_left_of_the_copy(lies):
    """P5: the kernel mounts a failing disk read-only, and the window is killed."""
    folder, keys, own = lies
    before = content(folder)
    store = opened(folder, keys=keys)
    assert store.read_only
    assert number_of(store) == 6
    store.verify_audit()
    assert store.folder == folder
    assert not list(own.iterdir())
    with pytest.raises(Refused, match="can only be read"):
        save(store, 78)
    store.close()
    assert content(folder) == before
    page = only_read_page(folder, "")
    assert page.go_on
    assert "the newest too" in page.kept


def test_what_a_kill_left_amid_the_opening_goes_at_the_next_one(lies):
    """Not what another program is reading just now."""
    folder, keys, own = lies
    left, busy = own / "bedside-read-left", own / "bedside-read-busy"
    for each in (left, busy):
        each.mkdir()
        (each / FILE).write_bytes(b"a copy")
        (each / "held").touch()
    with take_lock(busy / "held", "read elsewhere"):
        opened(folder, keys=keys).close()
        assert [each.name for each in own.iterdir()] == [busy.name]
    opened(folder, keys=keys).close()
    assert not list(own.iterdir())


def test_a_changed_byte_is_found_before_it_is_shown(lies):
    folder, keys, own = lies
    file = folder / FILE
    changed = bytearray(file.read_bytes())
    for at in range(4096, len(changed), 4096):
        changed[at + 100] ^= 255
    file.write_bytes(changed)
    with pytest.raises((Damaged, AuditBroken)):
        opened(folder, keys=keys)
    assert not list(own.iterdir())


def test_without_room_for_a_copy_the_last_good_one_is_offered(lies, monkeypatch):
    folder, keys, _ = lies
    monkeypatch.setattr(private_copy, "LEAST_FREE_BYTES", 2**60)
    with pytest.raises(Hindered, match="not closed") as refused:
        opened(folder, keys=keys)
    assert page_of(refused.value, folder).copy


def test_an_encrypted_one_asks_for_its_key_first(lies):
    folder, keys, own = lies
    if keys is None:
        return
    (folder / "ward.keys").write_bytes(b"{}")
    with pytest.raises(KeyNeeded):
        opened(folder)
    assert not list(own.iterdir())


@pytest.fixture
def full(killed, tmp_path, monkeypatch):
    """It lies on a disk without room for a save."""
    shutil.copytree(killed[0], tmp_path / "ward")
    monkeypatch.setattr(opening, "check_room", partial(check_room, least=1 << 60))
    own = tmp_path / "own"
    own.mkdir()
    monkeypatch.setattr(private_copy, "_IN_MEMORY", str(own))
    return tmp_path / "ward", killed[1]


def test_a_ward_on_a_full_disk_can_be_read_and_nobody_records_meanwhile(full, monkeypatch):
    folder, keys = full
    before = content(folder)
    with pytest.raises(Hindered, match="MB are free") as caught:
        opened(folder, keys=keys)
    page = page_of(caught.value, folder)
    assert page.again and page.go_on == "&Open it to read"
    assert any("nothing is recorded" in line for line in page.todo)
    monkeypatch.setattr(opening, "check_room", lambda _: None)  # room was made, for the copy's too
    store = open_where_full(folder, keys, NOW)
    assert store.read_only and store.folder == folder and number_of(store) == 6
    with pytest.raises(Hindered, match="open already"):
        opened(folder, keys=keys)
    store.close()
    assert {**content(folder), "ward.lock": b""} == {**before, "ward.lock": b""}
    opened(folder, keys=keys).close()


def test_a_full_disk_with_a_restore_before_its_last_step_is_not_read(full):
    (full[0] / opening.ORDER).write_text("{}")
    page = page_of(Hindered("disk full", "Only 31 MB are free."), full[0])
    assert page.again and not page.go_on
