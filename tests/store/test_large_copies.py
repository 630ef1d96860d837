"""Copies of a large ward: the whole file once, then what changed since, each proved and whole by itself."""

import shutil
from datetime import timedelta
from hashlib import sha256

import pytest
from msgspec import structs

from bedside.store import copies, large_copies, parts, standstill, whole_copy
from bedside.store.audit_walk import Proof
from bedside.store.copies import make_copy
from bedside.store.copy_folders import NOTE, carry, check_copy, copies_in, thin, write_note
from bedside.store.keys import Keys
from bedside.store.opening import BACKUPS, FILE
from bedside.store.parts import BASE, PAGES, PARTS
from bedside.store.restoring import prepare
from bedside.store.standstill import still
from bedside.store.store import Store
from bedside.store.troubles import AuditBroken, Damaged, NotSaved
from tests.faults.scene import KEYS, NOW, findings, make_ward, number_of, opened, save
from tests.spoilt_medium import spoil_whole_copy

KEYED = Keys(None, bytes(range(32)))
SOON = timedelta(minutes=5)


@pytest.fixture(autouse=True)
def _small_is_large(monkeypatch):
    monkeypatch.setattr(copies, "LARGE_BYTES", 0)
    monkeypatch.setattr(parts, "PART_BYTES", 4096)
    monkeypatch.setattr(whole_copy, "_FLUSHED", 7 * 4096)  # so a small ward has many stretches, too
    monkeypatch.setattr(parts, "_STRETCH", 5 * 4096)
    monkeypatch.setattr(large_copies, "_MOST_CHANGED", 1)


@pytest.fixture(params=[None, KEYED, KEYS], ids=["plain", "keyed", "encrypted"])
def keys(request):
    return request.param


@pytest.fixture(scope="module")
def bases(tmp_path_factory):
    """A closed ward for each kind of key: made once, copied for each test."""
    made = {}

    def base(keys):
        if id(keys) not in made:
            made[id(keys)] = tmp_path_factory.mktemp("bases") / "ward"
            make_ward(made[id(keys)], 30, keys)
        return made[id(keys)]

    return base


@pytest.fixture
def ward(tmp_path, keys, bases):
    shutil.copytree(bases(keys), tmp_path / "ward")
    store = opened(tmp_path / "ward", keys=keys)
    yield store
    store.close()


def both(store):
    """A whole copy, a save, and a copy of what changed."""
    whole = make_copy(store, NOW, "whole")
    save(store, 100)
    return whole, make_copy(store, NOW + SOON, "changed")


def flipped(file, at=0.5):
    content = bytearray(file.read_bytes())
    content[int(len(content) * at)] ^= 1
    file.write_bytes(content)


def restored(copy, folder, keys):
    """How many saves a copy holds when it is restored, and that each agrees with the trail."""
    prepared = prepare(copy, folder, NOW)
    store = opened(prepared, keys=keys)
    store.verify_audit(copy.note.head)
    held = number_of(store)
    assert findings(store, set(range(1, held + 1)))[:2] == (0, 0)
    assert store.audit_head() == copy.note.head
    store.close()
    shutil.rmtree(prepared)
    return held


def test_a_copy_of_what_changed_is_restored_as_the_whole_it_was(ward, keys, tmp_path):
    """P7: equal content, from a whole copy and from one that lies on it."""
    whole, changed = both(ward)
    assert whole.note.base is None and set(whole.note.files) == {FILE, PARTS}
    assert changed.note.base.number == whole.note.number
    assert set(changed.note.files) == {BASE, PARTS, PAGES}
    assert (changed.folder / BASE).samefile(whole.folder / FILE)
    assert (changed.folder / PAGES).stat().st_size < whole.size / 2
    assert (restored(whole, tmp_path, keys), restored(changed, tmp_path, keys)) == (30, 31)
    assert changed.note.records == whole.note.records + 2
    save(ward, 101)
    third = make_copy(ward, NOW + 2 * SOON, "changed again")
    assert third.note.base == changed.note.base
    assert restored(third, tmp_path, keys) == 32


def test_no_copy_needs_another_to_be_there(ward, keys, tmp_path):
    """P7: the whole copy may be thinned or lost: what lies on it holds it itself."""
    whole, changed = both(ward)
    shutil.rmtree(whole.folder)
    check_copy(changed)
    assert restored(changed, tmp_path, keys) == 31
    save(ward, 101)
    assert restored(make_copy(ward, NOW + 2 * SOON, "next"), tmp_path, keys) == 32
    thin(ward.folder / BACKUPS, NOW + timedelta(days=400))
    (left,) = copies_in(ward.folder / BACKUPS)
    assert restored(left, tmp_path, keys) == 32


@pytest.mark.parametrize("name", [BASE, PARTS, PAGES])
def test_a_changed_byte_in_any_file_is_found(ward, name):
    _, changed = both(ward)
    flipped(changed.folder / name)
    with pytest.raises(Damaged, match="not as it was"):
        check_copy(changed)


@pytest.mark.parametrize("at", [0, 0.5, 0.9999])
def test_a_changed_byte_in_a_whole_copy_is_found(ward, at):
    whole = make_copy(ward, NOW, "whole")
    assert check_copy(whole).files[FILE].startswith("parts:")
    flipped(whole.folder / FILE, at)
    with pytest.raises(Damaged, match="not as it was"):
        check_copy(whole)


def test_a_whole_copy_is_what_the_ward_was_byte_for_byte(ward):
    with still(ward, None) as held:
        content = held.path.read_bytes()
    copied = make_copy(ward, NOW, "whole").folder
    assert (copied / FILE).read_bytes() == content
    assert len((copied / PARTS).read_bytes()) == 32 * -(-len(content) // 4096)


def test_a_copy_noted_with_one_digest_over_all_is_read_on(ward, keys, tmp_path):
    """So did the Bedside of before; what is copied on top of it keeps that digest."""
    whole = make_copy(ward, NOW, "whole")
    digest = sha256((whole.folder / FILE).read_bytes()).hexdigest()
    note = structs.replace(whole.note, files={**whole.note.files, FILE: digest})
    (whole.folder / NOTE).unlink()
    write_note(whole.folder, note)
    save(ward, 100)
    changed = make_copy(ward, NOW + SOON, "changed")
    assert check_copy(changed).files[BASE] == digest
    assert restored(changed, tmp_path, keys) == 31
    flipped(changed.folder / BASE)
    with pytest.raises(Damaged, match="not as it was"):
        check_copy(changed)


@pytest.mark.parametrize("name", [BASE, PAGES])
def test_what_does_not_make_the_whole_is_never_restored(ward, tmp_path, monkeypatch, name):
    """Even where a file was changed after it had been checked."""
    _, changed = both(ward)
    monkeypatch.setattr("bedside.store.restoring.check_copy", lambda copy: copy.note)
    with (changed.folder / PAGES).open("rb") as pages:
        numbers = parts._head(pages).numbers
    kept = next(number for number in range(1000) if number not in numbers)
    file = changed.folder / name
    content = bytearray(file.read_bytes())
    content[kept * 4096 + 77 if name == BASE else -1] ^= 1
    file.write_bytes(content)
    with pytest.raises(Damaged, match="not as it was"):
        prepare(changed, tmp_path, NOW)
    assert not list(tmp_path.glob("restoring-*"))


def test_a_list_of_changes_that_cannot_be_read_restores_nothing(ward, tmp_path, monkeypatch):
    _, changed = both(ward)
    monkeypatch.setattr("bedside.store.restoring.check_copy", lambda copy: copy.note)
    (changed.folder / PAGES).write_bytes(bytes(7) + b"\5nojson")
    with pytest.raises(Damaged, match="not as it was"):
        prepare(changed, tmp_path, NOW)


def test_a_whole_copy_is_made_once_a_day_and_where_nothing_fits(ward, monkeypatch):
    _, changed = both(ward)
    assert changed.note.base is not None
    for at in (NOW + timedelta(hours=24), NOW - timedelta(hours=1)):
        assert make_copy(ward, at, "another day").note.base is None
    at = NOW + timedelta(hours=24) + SOON
    assert make_copy(ward, at, "on yesterday's").note.base is None  # the last one is dated before
    assert make_copy(ward, at + SOON, "on the last").note.base is not None
    for number in range(40):
        save(ward, 200 + number)
    monkeypatch.setattr(large_copies, "_MOST_CHANGED", 20)
    assert make_copy(ward, at + 2 * SOON, "too much of it is new").note.base is None
    monkeypatch.setattr(large_copies, "_MOST_CHANGED", 1)
    last = copies_in(ward.folder / BACKUPS)[0]
    (last.folder / PARTS).write_bytes(b"spoilt")
    assert make_copy(ward, at + 3 * SOON, "its digests are spoilt").note.base is None


def test_whoever_waits_gets_what_changed_until_the_whole_one_is_two_days_old(ward):
    make_copy(ward, NOW, "whole")
    for hours, whole in ((30, False), (47, False), (48, True), (72, False)):
        copy = make_copy(ward, NOW + timedelta(hours=hours), "closing", soon=True)
        assert (copy.note.base is None) is whole
    assert make_copy(ward, NOW + timedelta(hours=73), "5 minutes").note.base is None


def test_a_disk_without_second_names_gets_whole_copies(ward, tmp_path, monkeypatch):
    def no_links(*_: object) -> None:
        raise OSError("this disk has none")

    _, changed = both(ward)
    with monkeypatch.context() as patched:
        patched.setattr("os.link", no_links)
        assert make_copy(ward, NOW + 2 * SOON, "whole").note.base is None
        (tmp_path / "medium").mkdir()
        carried = carry(changed, tmp_path / "medium")  # written out whole there
    check_copy(carried)
    assert not (carried.folder / BASE).samefile(changed.folder / BASE)


def test_a_second_medium_gets_the_whole_copy_once(ward, keys, tmp_path):
    medium = tmp_path / "medium"
    medium.mkdir()
    whole, changed = both(ward)
    first, second = carry(whole, medium), carry(changed, medium)
    assert (second.folder / BASE).samefile(first.folder / FILE)
    check_copy(second)
    shutil.rmtree(first.folder)
    assert restored(second, tmp_path, keys) == 31


def test_a_ward_put_back_to_an_earlier_state_begins_with_a_whole_copy(ward, keys, tmp_path):
    """A copy of another line is never taken for what changed before."""
    _, changed = both(ward)
    other = tmp_path / "other"
    make_ward(other, 33, keys)
    shutil.copytree(ward.folder / BACKUPS, other / BACKUPS)
    store = opened(other, keys=keys)
    copy = make_copy(store, NOW + 2 * SOON, "of another ward")
    assert copy.note.base is None
    assert copy.note.number == changed.note.number + 1
    store.close()


def unguarded(store):
    """The ward's own connection, without the rules that guard measurements."""
    driver = store._file.driver
    sql = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'measurement'"
    for (name,) in driver.execute(sql).fetchall():
        driver.execute(f"DROP TRIGGER {name}")
    return driver


def test_damage_is_not_copied(ward):
    """P6, P11: a record that was changed since the last copy makes no copy, and is not forgotten."""
    both(ward)
    save(ward, 101)
    unguarded(ward).execute("UPDATE measurement SET weight_g = weight_g + 1 WHERE id = 32")
    with pytest.raises(AuditBroken, match="was changed outside"):
        make_copy(ward, NOW + 2 * SOON, "damaged")
    assert ward.broken is not None
    assert len(list((ward.folder / BACKUPS).iterdir())) == 2


def test_a_dropped_record_is_not_copied(ward):
    both(ward)
    unguarded(ward).execute("DELETE FROM measurement WHERE id = 2")
    with pytest.raises(AuditBroken, match="fewer of measurement"):
        make_copy(ward, NOW + 2 * SOON, "damaged")


def test_a_dropped_record_is_not_copied_whole(ward):
    """The tables are counted while the whole file is written: the copy is worth nothing all the same."""
    make_copy(ward, NOW, "whole")
    driver = unguarded(ward)
    driver.execute("DELETE FROM measurement WHERE id = 2")
    with pytest.raises((AuditBroken, NotSaved)):
        make_copy(ward, NOW + timedelta(days=1), "damaged")
    assert len(list((ward.folder / BACKUPS).iterdir())) == 1


def test_the_medium_that_gives_back_something_else(ward, monkeypatch):
    make_copy(ward, NOW, "whole")
    save(ward, 100)
    usual = large_copies.digest_of
    monkeypatch.setattr(
        large_copies, "digest_of",
        lambda path, **how: "other" if how else usual(path),
    )  # fmt: skip
    for place in (5000, -1):
        spoil_whole_copy(monkeypatch, place)
        with pytest.raises(NotSaved, match="not the same"):
            make_copy(ward, NOW + SOON, "wrong")
        assert len(list((ward.folder / BACKUPS).iterdir())) == 1
        monkeypatch.setattr(large_copies, "_WHOLE_EVERY", timedelta(0))  # then a whole one


def test_a_kill_after_a_copy_costs_no_walk_at_the_next_start(ward, keys, tmp_path, monkeypatch):
    """The copy moved the newest saves into the file: that state is noted, too."""
    make_copy(ward, NOW, "whole")
    save(ward, 100)
    make_copy(ward, NOW + SOON, "changed")
    shutil.copytree(ward.folder, tmp_path / "killed")
    monkeypatch.setattr("bedside.store.opening.verify", lambda *_: pytest.fail("walked"))
    again = opened(tmp_path / "killed", keys=keys)
    assert number_of(again) == 31
    again.close()


# ---- the file that is held still


def test_saves_go_on_beside_a_file_that_is_held_still(ward):
    path = ward.folder / FILE
    with still(ward, None) as held:
        before = path.read_bytes()
        for number in range(400):  # far beyond the point where SQLite would empty its log
            save(ward, 500 + number)
        assert path.read_bytes() == before
        assert held.head.seal != ward.audit_head()
    with ward.at_rest() as driver:
        assert driver.execute("PRAGMA wal_autocheckpoint").fetchone() == (1000,)
    save(ward, 1000)
    assert path.read_bytes() != before
    assert number_of(ward) == 431


def merged(store):
    with store.at_rest() as driver:
        driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def closed(store):
    store.close()


@pytest.mark.parametrize("act", [merged, closed])
def test_a_file_that_changed_all_the_same_is_no_copy(ward, act):
    held = still(ward, None)
    held.__enter__()
    save(ward, 500)
    act(ward)
    with pytest.raises(NotSaved, match="changed while it was copied"):
        held.__exit__(None, None, None)


def test_what_is_proved_is_proved_up_to_the_very_state_that_is_copied(ward, monkeypatch):
    """Saves that come in while tables are counted are verified, too, before the file is still."""
    with still(ward, None) as held:
        head = held.head
    with ward.reading() as reader:
        counted = copies.counts(reader._driver)  # as a copy's note keeps them
    usual, late = standstill.verify_counts, []

    def meanwhile(store: Store, proof: Proof) -> Proof:
        found = usual(store, proof)
        late.append(save(ward, 600))
        return found

    monkeypatch.setattr(standstill, "verify_counts", meanwhile)
    with standstill.still(ward, Proof(head, counted)) as held:
        assert held.proof.head == held.head
        assert held.proof.counts["measurement"] == 31


def test_the_page_that_sqlite_locks_is_never_read(tmp_path, monkeypatch):
    """At one gigabyte: some systems refuse to read it while a ward is open; it holds nothing."""
    monkeypatch.setattr(parts, "LOCK_AT", 3 * 4096)
    path = tmp_path / "file"
    path.write_bytes(bytes([7]) * (10 * 4096 + 5))
    found = b"".join(bytes(block) for block in parts.blocks_of(path))
    assert found == bytes([7]) * 3 * 4096 + bytes(4096) + bytes([7]) * (6 * 4096 + 5)
