"""Another key for the ward's file: proved before it counts, and cut off at any step without harm."""

import shutil

import pytest

from bedside.store import rekey
from bedside.store.backup import backup
from bedside.store.engine import connect_read_only
from bedside.store.key_doors import (
    WrongKey,
    change_passphrase,
    make_keys,
    open_by_passphrase,
    open_by_recovery_code,
)
from bedside.store.keys import mark_in, mark_of
from bedside.store.opening import FILE, open_store
from bedside.store.passphrase import FLOOR
from bedside.store.queries import all_of
from bedside.store.records import Infant
from bedside.store.rekey import change_keys
from bedside.store.troubles import NotSaved
from bedside.units.refusal import Refused
from tests.store.samples import NOW, add
from tests.store.test_keys import LATER, OTHER, WORDS, Ring

CANARY = "CANARYBIRD"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("rekey") / "ward"
    new = make_keys(folder, WORDS, slowness=FLOOR)
    store = open_store(folder, now=NOW, create=True, keys=new.keys)
    add(store, Infant, family=CANARY)
    store.close()
    return folder, new


@pytest.fixture
def folder(made, tmp_path):
    shutil.copytree(made[0], tmp_path / "ward")
    return tmp_path / "ward"


def names_of(folder, passphrase):
    store = open_store(
        folder, now=NOW, create=False, keys=open_by_passphrase(folder, passphrase, LATER)
    )
    with store.reading() as reading:
        found = [row.family for row in all_of(reading, Infant)]
    store.close()
    return found


def left(folder):
    return sorted(file.name for file in folder.iterdir() if "rekeyed" in file.name)


def test_everything_is_there_under_a_new_key(made, folder):
    before = (folder / FILE).read_bytes()
    ring = Ring()
    new = change_keys(folder, WORDS, OTHER, NOW, slowness=FLOOR, ring=ring)
    assert names_of(folder, OTHER) == [CANARY]
    assert mark_in(folder / FILE) == mark_of(new.keys.database)
    assert new.keys.database != made[1].keys.database
    assert new.keys.seal == made[1].keys.seal  # the trail stays sealed by the same key
    assert (folder / FILE).read_bytes()[16:] != before[16:]
    assert left(folder) == []
    assert open_by_recovery_code(folder, new.recovery_code, NOW) == new.keys


def test_the_old_ways_in_open_nothing_more(made, folder):
    change_keys(folder, WORDS, OTHER, NOW, slowness=FLOOR)
    with pytest.raises(WrongKey):
        open_by_passphrase(folder, WORDS, NOW)
    with pytest.raises(WrongKey):
        open_by_recovery_code(folder, made[1].recovery_code, LATER)


def test_the_key_before_it_reads_no_page_of_the_new_file(made, folder):
    change_keys(folder, WORDS, OTHER, NOW, slowness=FLOOR)
    driver = connect_read_only(folder / FILE, made[1].keys.database)
    with pytest.raises(Exception, match="not a database"):
        driver.execute("SELECT * FROM infant").fetchall()
    driver.close()


def test_an_older_backup_is_opened_still(made, folder, tmp_path):
    store = open_store(folder, now=NOW, create=False, keys=made[1].keys)
    copied = backup(store, tmp_path / "before.sqlite3").path
    store.close()
    new = change_keys(folder, WORDS, OTHER, NOW, slowness=FLOOR)
    assert new.keys.fitting(copied).database == made[1].keys.database
    kept = open_by_passphrase(folder, OTHER, NOW)
    driver = connect_read_only(copied, kept.fitting(copied).database)
    assert driver.execute("SELECT family FROM infant").fetchall() == [(CANARY,)]
    driver.close()


def test_an_older_backup_put_back_in_the_wards_place_opens(made, folder, tmp_path):
    (tmp_path / "kept").write_bytes((folder / FILE).read_bytes())
    change_keys(folder, WORDS, OTHER, NOW, slowness=FLOOR)
    shutil.copy(tmp_path / "kept", folder / FILE)
    assert names_of(folder, OTHER) == [CANARY]
    assert open_by_passphrase(folder, OTHER, NOW).database == made[1].keys.database


def test_where_no_ward_is_there_is_nothing_to_change(tmp_path):
    with pytest.raises(Refused, match="There is no ward"):
        change_keys(tmp_path / "none", WORDS, OTHER, NOW, slowness=FLOOR)
    make_keys(tmp_path / "made", WORDS, slowness=FLOOR)
    with pytest.raises(Refused, match="There is no ward"):
        change_keys(tmp_path / "made", WORDS, OTHER, NOW, slowness=FLOOR)
    with pytest.raises(Refused, match="no ward with a key file"):
        change_passphrase(tmp_path, WORDS, OTHER, NOW, slowness=FLOOR)


def test_a_backup_has_the_key_file_beside_it(made, folder, tmp_path):
    store = open_store(folder, now=NOW, create=False, keys=made[1].keys)
    backup(store, tmp_path / "copy.sqlite3")
    store.close()
    again = tmp_path / "again"
    again.mkdir()
    shutil.copy(tmp_path / "copy.sqlite3", again / FILE)
    shutil.copy(tmp_path / "copy.sqlite3.keys", again / "ward.keys")
    assert names_of(again, WORDS) == [CANARY]


def test_a_backup_without_its_key_file_is_no_backup(made, folder, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("bedside.store.key_file.copy_key_file", full)
    store = open_store(folder, now=NOW, create=False, keys=made[1].keys)
    with pytest.raises(NotSaved, match="could not be written"):
        backup(store, tmp_path / "copy.sqlite3")
    store.close()
    assert not list(tmp_path.glob("copy*"))


class CutOff(BaseException):
    """The program ends here."""


@pytest.mark.parametrize(
    ("name", "turn", "done", "passphrase"),
    [
        ("write_key_file", 1, False, WORDS),
        ("write_key_file", 1, True, WORDS),
        ("copy_verified", 1, False, WORDS),
        ("copy_verified", 1, True, WORDS),
        ("flush_folder", 1, False, WORDS),
        ("write_key_file", 2, False, WORDS),
        ("write_key_file", 2, True, OTHER),
    ],
)
def test_cut_off_at_any_step_the_ward_opens(folder, monkeypatch, name, turn, done, passphrase):
    """What is left behind is cleared by the next change, and nothing needs a person's help."""
    true, times = getattr(rekey, name), []

    def cut(*words, **more):
        times.append(1)
        if len(times) == turn and not done:
            raise CutOff
        result = true(*words, **more)
        if len(times) == turn:
            raise CutOff
        return result

    monkeypatch.setattr(rekey, name, cut)
    monkeypatch.setattr(rekey, "clear_left_over", lambda _: None)  # the dead clear nothing
    with pytest.raises(CutOff):
        change_keys(folder, WORDS, OTHER, NOW, slowness=FLOOR)
    monkeypatch.undo()
    assert names_of(folder, passphrase) == [CANARY]
    new = change_keys(folder, passphrase, OTHER, LATER, slowness=FLOOR)
    assert names_of(folder, OTHER) == [CANARY]
    assert left(folder) == []
    assert new.keys.fitting(folder / FILE) is not None


def test_a_wrong_passphrase_changes_nothing(folder):
    before = (folder / FILE).read_bytes()
    with pytest.raises(WrongKey):
        change_keys(folder, OTHER, OTHER, NOW, slowness=FLOOR)
    assert (folder / FILE).read_bytes() == before


def test_an_open_ward_is_not_changed(made, folder):
    store = open_store(folder, now=NOW, create=False, keys=made[1].keys)
    with pytest.raises(Refused, match="open already"):
        change_keys(folder, WORDS, OTHER, NOW, slowness=FLOOR)
    store.close()


def test_a_disk_that_refuses_leaves_the_old_key(folder, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(rekey, "flush_folder", full)
    monkeypatch.setattr(rekey, "copy_verified", full)
    with pytest.raises(NotSaved, match="The old one holds"):
        change_keys(folder, WORDS, OTHER, NOW, slowness=FLOOR)
    assert names_of(folder, WORDS) == [CANARY]


def test_damage_is_found_before_anything_is_changed(folder):
    content = bytearray((folder / FILE).read_bytes())
    content[len(content) // 2] ^= 4
    (folder / FILE).write_bytes(content)
    with pytest.raises(Refused, match="damaged"):
        change_keys(folder, WORDS, OTHER, NOW, slowness=FLOOR)
    assert (folder / FILE).read_bytes() == bytes(content)


def test_a_plain_ward_has_no_key_to_change(tmp_path):
    folder = tmp_path / "plain"
    new = make_keys(folder, WORDS, stated="T. Okafor, IT", slowness=FLOOR)
    open_store(folder, now=NOW, create=True, keys=new.keys).close()
    with pytest.raises(Refused, match="has no key to change"):
        change_keys(folder, WORDS, OTHER, NOW, slowness=FLOOR)


def test_a_file_that_sqlite_refuses_is_said(folder, monkeypatch):
    import sqlite3

    def broken(*_):
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(rekey, "copy_verified", broken)
    with pytest.raises(NotSaved):
        change_keys(folder, WORDS, OTHER, NOW, slowness=FLOOR)


def test_saves_that_cannot_be_taken_along_stop_it(folder, monkeypatch):
    monkeypatch.setattr(rekey, "closing", lambda driver: _Held(driver, folder))
    with pytest.raises(NotSaved, match="newest saves"):
        change_keys(folder, WORDS, OTHER, NOW, slowness=FLOOR)


class _Held:
    """Closes a connection and leaves a write-ahead file behind, as another program might."""

    def __init__(self, driver, folder):
        self._driver, self._folder = driver, folder

    def __enter__(self):
        return self._driver

    def __exit__(self, *_):
        self._driver.close()
        (self._folder / f"{FILE}-wal").write_bytes(b"still here")
