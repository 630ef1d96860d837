"""The closed ward: opened without walking its trail only when it is the very file that was closed."""

import shutil
import stat
from datetime import timedelta

import pytest

from bedside.store import opening
from bedside.store.at_rest import NAME, AtRest, is_as_left, read_rest, write_rest
from bedside.store.audit import Head
from bedside.store.audit_walk import verify as walk
from bedside.store.bookmark import NAME as BOOKMARK
from bedside.store.opening import FILE
from bedside.store.records import Measurement
from bedside.store.running import NAME as RUNNING
from bedside.store.troubles import AuditBroken, Damaged
from tests.store.samples import NOW, add, new_store, tamper

HEAD = Head(7, "a" * 64)
LATER = NOW + timedelta(hours=5)


@pytest.fixture
def walks(monkeypatch):
    """Each walk through a whole trail that an opening made."""
    made = []

    def noted(driver, expected_head=None, key=None):
        made.append(expected_head)
        return walk(driver, expected_head, key)

    monkeypatch.setattr(opening, "verify", noted)
    return made


@pytest.fixture
def closed(wards, folder):
    """A closed ward with a row of each kind."""
    shutil.copytree(wards / "full", folder)
    return folder


def test_a_ward_that_is_as_it_was_closed_is_not_walked_again(closed, walks):
    new_store(closed, create=False).close()
    assert walks == []


def test_what_is_saved_moves_the_note_along(closed, walks):
    before = read_rest(closed / FILE)
    store = new_store(closed, create=False)
    add(store, Measurement, measured_at=LATER)
    head = store.audit_head()
    store.close()
    after = read_rest(closed / FILE)
    assert after.head.seq == before.head.seq + 1
    assert after.head.seal == head
    assert after.digest != before.digest
    new_store(closed, create=False).close()
    assert walks == []


def test_one_changed_byte_is_walked_and_found(closed, walks):
    """P6, P11: the note only spares work; it never lets a change pass."""
    tamper(closed / FILE, "UPDATE measurement SET weight_g = weight_g + 1 WHERE id = 1")
    with pytest.raises((AuditBroken, Damaged)):
        new_store(closed, create=False)
    assert len(walks) == 1


def test_a_ward_that_was_not_closed_is_walked(closed, folder, walks):
    """Its newest saves lie beside the file without a note: that is how a power cut leaves it."""
    store = new_store(closed, create=False)
    add(store, Measurement, measured_at=LATER)
    crashed = folder.with_name("crashed")
    shutil.copytree(closed, crashed)
    store.close()
    (crashed / RUNNING).unlink()
    again = new_store(crashed, create=False)
    assert len(walks) == 1
    assert again.audit_head() == store.audit_head()
    again.close()
    new_store(crashed, create=False).close()
    assert len(walks) == 1


def test_an_older_ward_put_back_under_a_newer_bookmark_is_refused(closed, folder):
    """P11: file and note are of one closing, and still not the newest."""
    older = folder.with_name("older")
    shutil.copytree(closed, older)
    store = new_store(closed, create=False)
    add(store, Measurement, measured_at=LATER)
    store.close()
    for name in (FILE, NAME):
        shutil.copy(older / name, closed / name)
    with pytest.raises(AuditBroken, match="older copy"):
        new_store(closed, create=False)


@pytest.mark.parametrize("spoilt", [b"", b"nonsense", b"\xff\xfe", None])
def test_without_a_note_that_holds_the_trail_is_walked(closed, walks, spoilt):
    if spoilt is None:
        (closed / NAME).unlink()
    else:
        (closed / NAME).write_bytes(spoilt)
    new_store(closed, create=False).close()
    assert len(walks) == 1
    assert read_rest(closed / FILE) is not None


def test_every_flipped_bit_of_the_note_is_seen(closed):
    line = (closed / NAME).read_bytes()
    for bit in range(len(line) * 8):
        changed = bytearray(line)
        changed[bit // 8] ^= 1 << bit % 8
        (closed / NAME).write_bytes(changed)
        assert read_rest(closed / FILE) is None, bit


def test_without_a_bookmark_the_trail_is_walked(closed, walks):
    (closed / BOOKMARK).unlink()
    new_store(closed, create=False).close()
    assert len(walks) == 1


def test_the_note_is_for_this_user_alone(closed):
    assert stat.S_IMODE((closed / NAME).stat().st_mode) == 0o600


def test_a_note_under_a_key_holds_for_that_key_alone(tmp_path):
    file = tmp_path / FILE
    file.write_bytes(b"a ward")
    write_rest(file, HEAD, b"k" * 32)
    note = read_rest(file, b"k" * 32)
    assert note is not None
    assert (note.head, note.size) == (HEAD, 6)
    assert read_rest(file, b"j" * 32) is None
    assert read_rest(file) is None


def test_a_file_with_saves_beside_it_gets_no_note(tmp_path):
    file = tmp_path / FILE
    file.write_bytes(b"a ward")
    write_rest(file, HEAD)
    note = read_rest(file)
    assert is_as_left(file, note)
    (tmp_path / f"{FILE}-wal").write_bytes(b"a save")
    assert not is_as_left(file, note)
    write_rest(file, HEAD)
    assert not (tmp_path / NAME).exists()


def test_a_file_that_cannot_be_read_is_not_as_it_was_left(tmp_path):
    assert not is_as_left(tmp_path / FILE, AtRest(HEAD, 6, "0" * 64))
    assert not is_as_left(tmp_path / FILE, None)
