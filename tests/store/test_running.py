"""The note of an open ward: a start after a kill walks the trail only where something differs."""

import shutil
from datetime import timedelta

import pytest

from bedside.store import opening
from bedside.store.bookmark import NAME as BOOKMARK
from bedside.store.keys import Keys
from bedside.store.opening import FILE
from bedside.store.records import Measurement
from bedside.store.running import NAME, is_wal_as_left, read_running
from bedside.units.refusal import Refused
from tests.faults.scene import NOW, WHO, make_ward, number_of, opened, save

KEYED = Keys(None, bytes(range(32)))


@pytest.fixture
def walks(monkeypatch):
    """How often an opening walked the trail."""
    counted = []
    walk = opening.verify
    monkeypatch.setattr(opening, "verify", lambda *given: (counted.append(1), walk(*given))[1])
    return counted


@pytest.fixture(params=[None, KEYED], ids=["plain", "keyed"])
def keys(request):
    return request.param


def killed(folder, target, keys=None, saves=3, first=0):
    """A copy of a ward as a kill leaves it: its newest saves in the write-ahead file."""
    store = opened(folder, keys=keys)
    for number in range(first, first + saves):
        save(store, number)
    shutil.copytree(folder, target)
    store.close()
    return target


@pytest.fixture
def left(tmp_path, keys):
    make_ward(tmp_path / "ward", saves=2, keys=keys)
    return killed(tmp_path / "ward", tmp_path / "killed", keys, first=2)


def test_a_killed_ward_that_is_as_it_was_left_is_not_walked(left, keys, walks):
    store = opened(left, keys=keys)
    assert walks == []
    assert number_of(store) == 5
    store.verify_audit(store.audit_head())
    store.close()
    assert not (left / NAME).exists()
    opened(left, keys=keys).close()
    assert walks == []


def test_a_second_kill_is_no_other_case(left, keys, walks, tmp_path):
    again = killed(left, tmp_path / "again", keys, first=5)
    store = opened(again, keys=keys)
    assert walks == []
    assert number_of(store) == 8
    store.close()


def test_after_the_write_ahead_file_was_moved_into_the_ward_the_note_is_made_anew(tmp_path, walks):
    make_ward(tmp_path / "ward")
    target = killed(tmp_path / "ward", tmp_path / "killed", saves=160)  # beyond a thousand pages
    walks.clear()
    store = opened(target)
    assert walks == []
    assert number_of(store) == 160
    store.close()


@pytest.mark.parametrize("name", [FILE, f"{FILE}-wal", NAME, BOOKMARK])
def test_a_changed_byte_anywhere_costs_a_walk_and_is_never_believed(left, keys, walks, name):
    file = left / name
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    try:
        store = opened(left, keys=keys)
    except Refused:
        return
    assert walks
    store.verify_audit()
    store.close()


def test_a_save_that_the_note_does_not_know_costs_a_walk(tmp_path, walks):
    make_ward(tmp_path / "ward")
    store = opened(tmp_path / "ward")
    save(store, 1)
    note = (tmp_path / "ward" / NAME).read_bytes()
    save(store, 2)
    shutil.copytree(tmp_path / "ward", tmp_path / "killed")
    store.close()
    (tmp_path / "killed" / NAME).write_bytes(note)
    walks.clear()
    again = opened(tmp_path / "killed")
    assert walks
    assert number_of(again) == 2
    again.close()


def test_a_write_ahead_file_that_goes_on_is_not_as_left(left, keys):
    rest = read_running(left / FILE, None if keys is None else keys.seal)
    seal = None if keys is None else keys.seal
    assert is_wal_as_left(left / FILE, rest, seal)
    wal = left / f"{FILE}-wal"
    content = wal.read_bytes()
    wal.write_bytes(content + content[32 : 32 + 24 + 4096])  # one page more, with the same salt
    assert not is_wal_as_left(left / FILE, rest, seal)
    wal.write_bytes(content[:-1])
    assert not is_wal_as_left(left / FILE, rest, seal)


def test_a_note_sealed_with_another_key_is_none(left, keys):
    assert read_running(left / FILE, bytes(32)) is None
    if keys is not None:
        assert read_running(left / FILE) is None


def test_a_large_ward_s_digest_is_made_in_a_thread(tmp_path, monkeypatch, walks):
    monkeypatch.setattr("bedside.store.running._SMALL", 0)
    make_ward(tmp_path / "ward", saves=2)
    (tmp_path / "ward" / "ward.rest").unlink()
    walks.clear()
    store = opened(tmp_path / "ward")
    assert walks == [1]
    for _ in range(200):
        if store._running._thread is None or not store._running._thread.is_alive():
            break
        store._running._thread.join()
    save(store, 7)
    shutil.copytree(tmp_path / "ward", tmp_path / "killed")
    store.close()
    again = opened(tmp_path / "killed")
    assert walks == [1]
    again.close()


def test_the_ward_of_a_broken_record_takes_no_save_and_leaves_no_note(tmp_path):
    """What a verification of this run has found is not forgotten when the ward is closed."""
    import sqlite3

    from bedside.store.troubles import AuditBroken

    make_ward(tmp_path / "ward", saves=2)
    store = opened(tmp_path / "ward")
    driver = store._file.driver
    driver.execute("DROP TRIGGER tr_measurement_keep")
    driver.execute("UPDATE measurement SET weight_g = weight_g + 1 WHERE id = 1")
    with pytest.raises(AuditBroken, match="measurement number 1 was changed"):
        store.verify_for_paper(1)
    for act in (lambda: save(store, 9), lambda: store.at_rest().__enter__()):
        with pytest.raises(AuditBroken):
            act()
    store.close()
    with pytest.raises(Refused, match="changed outside"):
        opened(tmp_path / "ward")
    assert sqlite3  # the change was made through the program's own connection, as it holds the lock


def test_what_is_new_and_what_a_paper_stands_on_is_verified_after_the_first_whole_proof(
    tmp_path, monkeypatch
):
    """In a large ward: infant, new rows and counts are held against the trail without a walk."""
    from bedside.store.troubles import AuditBroken

    monkeypatch.setattr("bedside.store.proven.SHORT_TRAIL", 0)
    make_ward(tmp_path / "ward", saves=3)
    store = opened(tmp_path / "ward")
    store.verify_for_paper(1)
    save(store, 3)
    store.verify_for_paper(1)
    driver = store._file.driver
    for statement, finding in (
        ("UPDATE measurement SET weight_g = weight_g + 1 WHERE id = 2", "measurement number 2"),
        ("DELETE FROM blood_count WHERE id = 1", "fewer of blood count"),
        ("UPDATE audit SET who = 'x' WHERE seq = (SELECT max(seq) FROM audit)", "not as it was"),
        ("DELETE FROM audit WHERE seq = 3", "are missing"),
        ("DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)", "missing from its end"),
        ("INSERT INTO site_setting SELECT 1, recorded_at, recorded_by, 'x', 'y', NULL, NULL, NULL "
         "FROM infant", "more of site setting"),
        ("UPDATE audit SET content = replace(content, '5000', '5001') WHERE row_id = 1 "
         "AND table_name = 'measurement'", "not as it was written|was changed"),
    ):  # fmt: skip
        driver.execute("BEGIN")
        for (name,) in driver.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            driver.execute(f"DROP TRIGGER {name}")
        assert driver.execute(statement).rowcount, statement
        proof = store._proof
        with pytest.raises(AuditBroken, match=finding):
            _verify(store, proof)
        driver.execute("ROLLBACK")
    _verify(store, store._proof)
    at = NOW + timedelta(days=1)
    with store.change(WHO, "recorded a weight", at) as change:
        change.add(
            Measurement, infant_id=1, measured_at=at, weight_g=5100, length_mm=None,
            unusual_reason="",
        )  # fmt: skip
    store.verify_for_paper(1)
    store.close()


def _verify(store, proof):
    from bedside.store.audit_recent import verify_recent

    return verify_recent(store._file.driver, proof, store._head, store.seal_key, 1)
