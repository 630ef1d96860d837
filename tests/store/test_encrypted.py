"""An encrypted ward: every setting and every guard of a plain one, and nothing readable on the disk."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from bedside.store import opening
from bedside.store.backup import backup
from bedside.store.driver import module_for, open_driver
from bedside.store.engine import connect, connect_read_only
from bedside.store.keys import KeyNeeded, Keys, looks_encrypted, mark_in, mark_of
from bedside.store.opening import FILE, open_store
from bedside.store.queries import all_of
from bedside.store.records import Infant, Measurement
from bedside.store.troubles import Damaged, NotSaved
from bedside.units.refusal import Refused
from tests.store.samples import ACT, NOW, WHO, add, raw
from tests.store.test_settings import EXPECTED

KEYS = Keys(bytes(range(32)), bytes(range(32, 64)))
CANARY = "CANARYBIRD"


def opened(folder: Path, keys: Keys | None = KEYS, *, create: bool = False):
    return open_store(folder, now=NOW, create=create, keys=keys)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("encrypted") / "ward"
    store = opened(folder, create=True)
    add(store, Infant, family=CANARY)
    store.close()
    return folder


@pytest.fixture
def folder(made, tmp_path):
    shutil.copytree(made, tmp_path / "ward")
    return tmp_path / "ward"


@pytest.fixture
def store(folder):
    opened_store = opened(folder)
    yield opened_store
    opened_store.close()


@pytest.mark.parametrize(("name", "value"), EXPECTED.items())
def test_every_setting_of_a_plain_ward_holds(store, name, value):
    assert raw(store, f"PRAGMA {name}") == [(value,)]


def test_what_was_recorded_is_there_again(store):
    with store.reading() as reading:
        assert [row.family for row in all_of(reading, Infant)] == [CANARY]
    assert store.key == KEYS.database


def test_nothing_of_it_can_be_read_on_the_disk(folder):
    """H43: neither in the ward's file nor in the one beside it while it is open."""
    store = opened(folder)
    add(store, Measurement, infant_id=1)
    with store.change(WHO, f"wrote {CANARY}", NOW) as change:
        change.void(Measurement, 1, reason=f"{CANARY} again")
    files = list(folder.iterdir())
    assert folder / f"{FILE}-wal" in files
    for file in files:
        content = file.read_bytes()
        for secret in (CANARY.encode(), KEYS.database, KEYS.database.hex().encode()):
            assert secret not in content, file.name
    store.close()


def test_python_s_own_sqlite_cannot_read_it(folder):
    other = sqlite3.connect(folder / FILE)
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        other.execute("SELECT * FROM infant")
    other.close()


def test_the_key_of_another_ward_is_told_from_damage(folder):
    before = (folder / FILE).read_bytes()
    with pytest.raises(Refused, match="another ward's") as caught:
        opened(folder, Keys(bytes(32), KEYS.seal))
    assert not isinstance(caught.value, Damaged)
    assert (folder / FILE).read_bytes() == before


def test_a_key_file_without_its_key_asks_for_it(folder):
    (folder / "ward.keys").write_text("{}")
    with pytest.raises(KeyNeeded) as caught:
        opened(folder, None)
    assert caught.value.folder == folder


def test_a_missing_key_file_is_named(folder):
    """Without it nothing opens the ward: say so, instead of "another kind of file"."""
    with pytest.raises(Refused, match=r"key file \(ward\.keys\) is missing"):
        opened(folder, None)


def test_a_broken_page_is_damage(folder):
    content = bytearray((folder / FILE).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / FILE).write_bytes(content)
    with pytest.raises(Damaged, match="seal of one of its encrypted pages"):
        opened(folder)


def test_its_copy_has_the_same_key(store, tmp_path):
    made = backup(store, tmp_path / "copy.sqlite3")
    assert made.records > 1
    assert mark_in(made.path) == mark_of(KEYS.database)
    driver = connect_read_only(made.path, KEYS.database)
    assert driver.execute("SELECT family FROM infant").fetchall() == [(CANARY,)]
    driver.close()


def test_an_older_ward_is_brought_up_behind_an_encrypted_copy(folder, monkeypatch):
    """What is put aside before the tables are changed is encrypted, too."""
    monkeypatch.setattr(opening, "SCHEMA", "9998")
    monkeypatch.setattr("bedside.store.schema.SCHEMA", "9998")
    store = opened(folder)
    store.close()
    (copied,) = (folder / "backups").iterdir()
    assert mark_in(copied / FILE) == mark_of(KEYS.database)


def test_a_row_that_breaks_a_rule_is_refused_in_the_same_words(store):
    add(store, Measurement, infant_id=1)
    with pytest.raises(Refused, match="already weighed at this very time"):
        add(store, Measurement, infant_id=1)
    assert len(raw(store, "SELECT id FROM measurement")) == 1


def test_a_disk_that_is_full_is_said_in_the_same_words(store):
    pages = raw(store, "PRAGMA page_count")[0][0]
    raw(store, f"PRAGMA max_page_count={pages}")
    with pytest.raises(NotSaved, match="disk is full"):
        _fill(store)
    raw(store, "PRAGMA max_page_count=1000000")
    add(store, Measurement, infant_id=1)


def _fill(store):
    with store.change(WHO, ACT, NOW) as change:
        for number in range(400):
            change.add(
                Infant, family="X" * 100, given="Y", sex="f", born=NOW.date(), gestation_days=273,
                hospital_number=f"N {number}", bed="1", allergies="none known", line="",
            )  # fmt: skip


def test_it_is_read_on_a_medium_that_cannot_be_written(folder, monkeypatch):
    monkeypatch.setattr(opening, "is_read_only_medium", lambda _: True)
    store = opened(folder)
    assert store.read_only
    with store.reading() as reading:
        assert [row.family for row in all_of(reading, Infant)] == [CANARY]
    with pytest.raises(Refused, match="can only be read"):
        add(store, Measurement, infant_id=1)
    store.close()


def test_the_driver_in_use_is_judged(folder, monkeypatch):
    """SQLCipher brings an SQLite of its own, newer than Python's."""
    monkeypatch.setattr(opening, "LEAST_SQLITE", module_for(KEYS.database).sqlite_version_info)
    opened(folder).close()
    monkeypatch.setattr(opening, "LEAST_SQLITE", (99, 0, 0))
    with pytest.raises(Refused, match="too old"):
        opened(folder)


def test_a_key_of_another_length_is_never_used(folder):
    with pytest.raises(ValueError, match="32 bytes"):
        open_driver(folder / FILE, "mode=rw", b"short")


def test_a_failing_connection_says_no_key(folder, capfd):
    """SQLCipher's own log, which would go to standard error, is off."""
    wrong = bytes([7] * 32)
    with pytest.raises(Exception, match="not a database") as caught:
        connect(folder / FILE, wrong)
    assert wrong.hex() not in str(caught.value)
    out, err = capfd.readouterr()
    assert (out, err) == ("", "")


def test_keys_never_show_themselves():
    assert repr(KEYS) == str(KEYS) == f"{KEYS}" == "Keys(…)"
    assert KEYS.database.hex() not in repr([KEYS])


def test_an_older_copy_is_opened_with_the_key_it_was_made_with(folder):
    newer = Keys(bytes([9] * 32), KEYS.seal, (KEYS.database,))
    found = newer.fitting(folder / FILE)
    assert found is not None and found.database == KEYS.database
    assert Keys(bytes(32), b"").fitting(folder / FILE) is None


def test_what_looks_encrypted(folder, tmp_path):
    plain, short = tmp_path / "plain.sqlite3", tmp_path / "short"
    driver = sqlite3.connect(plain)
    driver.execute("CREATE TABLE t (a)")
    driver.close()
    short.write_bytes(b"abc")
    spoilt = bytearray(plain.read_bytes())
    spoilt[2] ^= 1
    plain.write_bytes(spoilt)
    assert looks_encrypted(folder / FILE)
    assert not looks_encrypted(plain)  # a plain file whose first letters are spoilt
    assert not looks_encrypted(short)
    assert not looks_encrypted(tmp_path / "none")
