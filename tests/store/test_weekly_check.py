"""A large encrypted ward: SQLite checks all its pages once a week, their own seals what changed since."""

import os
import shutil
from datetime import timedelta

import pytest
from msgspec import structs

from bedside.store import copies, large_copies, parts
from bedside.store.copies import WARD_WRONG, make_copy
from bedside.store.copy_folders import NOTE, check_copy, copies_in, write_note
from bedside.store.driver import open_driver
from bedside.store.move_mark import NAME as MOVED
from bedside.store.move_mark import MoveMark, take_away, write_mark
from bedside.store.opening import BACKUPS, FILE
from bedside.store.page_seals import PageSeals
from bedside.store.restoring import prepare
from bedside.store.troubles import AuditBroken, NotSaved
from tests.faults.scene import KEYS, NOW, findings, make_ward, number_of, opened, save
from tests.spoilt_medium import spoil_whole_copy

DAY = timedelta(hours=24)
SAVES = 30


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    folder = tmp_path_factory.mktemp("base") / "ward"
    make_ward(folder, SAVES, KEYS)
    return folder


@pytest.fixture
def checks(monkeypatch):
    """How often SQLite checked all pages."""
    usual, made = large_copies._is_sound, []

    def counted(path, key):
        made.append(path)
        return usual(path, key)

    monkeypatch.setattr(large_copies, "_is_sound", counted)
    return made


@pytest.fixture
def ward(base, tmp_path, monkeypatch):
    monkeypatch.setattr(copies, "LARGE_BYTES", 0)
    monkeypatch.setattr(parts, "PART_BYTES", 4096)
    shutil.copytree(base, tmp_path / "ward")
    store = opened(tmp_path / "ward", keys=KEYS)
    yield store
    store.close()


def whole(store, after):
    copy = make_copy(store, NOW + after, "whole")
    assert copy.note.base is None
    return copy


def spoil(store, page):
    """One bit of the ward's own file, on the disk, while the ward is open."""
    descriptor = os.open(
        store.folder / FILE, os.O_RDWR
    )  # left open: closing it takes SQLite's lock
    found = os.pread(descriptor, 1, page * 4096 + 700)
    os.pwrite(descriptor, bytes([found[0] ^ 4]), page * 4096 + 700)
    return descriptor


def untouched_page(store):
    """A page that no save since the last copy has written."""
    before = parts.digests_of(copies_in(store.folder / BACKUPS)[0].file)
    with large_copies.still(store, None) as held:
        now = parts.digests_of(held.path)
    changed = parts.changed_parts(before, now)
    return next(page for page in range(12, len(now) // 32) if page not in changed)


def test_all_pages_are_checked_by_sqlite_once_a_week(ward, checks, tmp_path):
    """P7: the copies between hold the ward as well, and are restored by the real road."""
    first = whole(ward, timedelta(0))
    assert (first.note.checked_at, len(checks)) == (NOW, 1)
    for day in range(1, 7):
        save(ward, 100 + day)
        daily = whole(ward, day * DAY)
        assert (daily.note.checked_at, len(checks)) == (NOW, 1)
    prepared = prepare(daily, tmp_path, NOW)
    store = opened(prepared, keys=KEYS)
    assert number_of(store) == SAVES + 6
    assert findings(store, set(range(1, SAVES + 7)))[:2] == (0, 0)
    store.close()
    changed = make_copy(ward, NOW + 6 * DAY + timedelta(hours=1), "changed")
    assert changed.note.base is not None and changed.note.checked_at == NOW
    assert whole(ward, 7 * DAY).note.checked_at == NOW + 7 * DAY and len(checks) == 2
    assert whole(ward, 6 * DAY).note.checked_at == NOW + 6 * DAY, "the clock was set back"


def test_whoever_waits_leaves_the_check_to_the_next_copy(ward, checks):
    whole(ward, timedelta(0))
    waited = make_copy(ward, NOW + 8 * DAY, "closing", soon=True)
    assert (waited.note.base, waited.note.checked_at, len(checks)) == (None, NOW, 1)
    assert make_copy(ward, NOW + 14 * DAY, "closing", soon=True).note.checked_at == NOW + 14 * DAY


def test_a_copy_of_the_bedside_of_before_was_checked_when_it_was_whole(ward, checks):
    first = whole(ward, timedelta(0))
    (first.folder / NOTE).unlink()
    write_note(first.folder, structs.replace(first.note, checked_at=None))
    assert whole(ward, DAY).note.checked_at == NOW and len(checks) == 1


@pytest.mark.parametrize("after", [timedelta(minutes=5), DAY], ids=["changed", "whole"])
def test_a_bit_that_flips_in_the_open_wards_file_is_not_copied(ward, after):
    """P6, H37: in a page that nobody has read or written since: its seal tells, no record does."""
    whole(ward, timedelta(0))
    save(ward, 100)
    page = untouched_page(ward)
    descriptor = spoil(ward, page)
    with pytest.raises(NotSaved) as said:
        make_copy(ward, NOW + after, "damaged")
    assert said.value.words == WARD_WRONG
    assert len(list((ward.folder / BACKUPS).iterdir())) == 1
    ward.close()
    os.close(descriptor)
    assert not (ward.folder / "ward.rest").exists(), "the next opening checks every page"


def test_every_file_of_a_large_copy_is_this_users_alone(ward):
    """H43: the digests of its parts, too."""
    copies_made = [whole(ward, timedelta(0))]
    save(ward, 100)
    copies_made.append(make_copy(ward, NOW + timedelta(minutes=5), "changed"))
    files = [file for copy in copies_made for file in copy.folder.iterdir()]
    assert {oct(file.stat().st_mode & 0o777) for file in files} == {"0o600"}
    assert {"ward.parts", "ward.pages"} <= {file.name for file in files}
    write_mark(ward.folder, MoveMark("the server", "", "begun"))
    assert (ward.folder / MOVED).stat().st_mode & 0o777 == 0o600
    take_away(ward.folder)


def test_a_record_changed_since_the_last_copy_is_not_copied_whole(ward):
    whole(ward, timedelta(0))
    save(ward, 100)
    driver = ward._file.driver
    sql = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'measurement'"
    for (name,) in driver.execute(sql).fetchall():
        driver.execute(f"DROP TRIGGER {name}")
    driver.execute("UPDATE measurement SET weight_g = weight_g + 1 WHERE id = ?", (SAVES + 1,))
    with pytest.raises(AuditBroken, match="was changed outside"):
        whole(ward, DAY)


def test_a_daily_copy_that_its_medium_gives_back_otherwise_does_not_count(ward, monkeypatch):
    first = whole(ward, timedelta(0))
    spoil_whole_copy(monkeypatch, 5000)
    with pytest.raises(NotSaved, match="not the same"):
        whole(ward, DAY)
    assert [copy.name for copy in copies_in(ward.folder / BACKUPS)] == [first.name]
    check_copy(first)


def test_a_seal_belongs_to_its_page_its_place_and_its_key(base, tmp_path):
    """Held against SQLCipher's own words for the same file."""
    content = (base / FILE).read_bytes()
    pages = [content[at : at + 4096] for at in range(0, len(content), 4096)]
    last = len(pages) - 1
    spoilt = bytearray(pages[last])
    spoilt[3000] ^= 1
    cases = {
        "as it is": pages,
        "a bit of the last": [*pages[:-1], bytes(spoilt)],
        "two exchanged": [*pages[:2], pages[3], pages[2], *pages[4:]],
        "one full of noughts": [*pages[:5], bytes(4096), *pages[6:]],
    }
    for words, made in cases.items():
        file = tmp_path / "file"
        file.write_bytes(b"".join(made))
        driver = open_driver(file, "mode=ro&immutable=1", KEYS.database)
        theirs = driver.execute("PRAGMA cipher_integrity_check").fetchone() is None
        driver.close()
        ours = PageSeals(KEYS.database).hold_in(file, range(-(-len(content) // parts.PART_BYTES)))
        assert ours == theirs == (words == "as it is"), words
    (tmp_path / "file").write_bytes(content)
    assert not PageSeals(bytes(32)).hold_in(tmp_path / "file", [0]), "another key's"
    assert not PageSeals(KEYS.database).hold(memoryview(pages[2][:-7]), 0), "cut off"
    assert PageSeals(None).hold_in(tmp_path / "file", [0]), "a plain file has none"


def test_the_page_that_sqlite_locks_has_no_seal(monkeypatch, base):
    monkeypatch.setattr("bedside.store.page_seals.LOCK_AT", 3 * 4096)
    content = bytearray((base / FILE).read_bytes())
    content[3 * 4096 : 4 * 4096] = bytes(4096)
    assert PageSeals(KEYS.database).hold(memoryview(content), 0)
