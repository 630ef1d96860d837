"""The audit trail: every save is in it, and whatever is changed outside Bedside is found."""

import hashlib
import json
import random
import shutil
import sqlite3
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.store.canonical import NO_HASH, row_writer, seal
from bedside.store.opening import FILE
from bedside.store.records import BloodCount, Infant, Measurement
from bedside.store.tables import TABLES
from bedside.store.troubles import AuditBroken
from bedside.units.refusal import Refused
from tests.store.samples import ACT, NOW, WHO, add, new_store, raw, row_of, tamper, void

TAMPERINGS = 200
COLUMNS = "seq, at, who, act, table_name, row_id, operation, content, previous_hash, hash"


def trail(store):
    return raw(store, f"SELECT {COLUMNS} FROM audit ORDER BY seq")  # noqa: S608


def test_every_save_has_its_audit_row(store):
    before = len(trail(store))
    with store.change(WHO, "recorded a weight and a count", NOW) as change:
        change.add(Measurement, **row_of(Measurement))
        change.add(BloodCount, **row_of(BloodCount))
        change.void(Infant, 1, "wrong infant")
    rows = trail(store)[before:]
    assert [(row[4], row[5], row[6]) for row in rows] == [
        ("measurement", 1, "add"),
        ("blood_count", 1, "add"),
        ("infant", 1, "void"),
    ]
    assert {row[1:4] for row in rows} == {
        ("2026-11-20T10:42:00.000000+00:00", WHO, "recorded a weight and a count")
    }


def test_a_new_ward_says_when_and_by_what_it_was_made(empty_store):
    (row,) = trail(empty_store)
    assert row[2:7] == ("Bedside", "made this ward", "ward", 1, "add")
    assert row[8] == NO_HASH


def test_the_seals_can_be_recomputed_by_anybody(full_store):
    """The rule in full, written a second time: SHA-256 of the row as JSON, the seal before included."""
    previous = "0" * 64
    for row in trail(full_store):
        *link, sealed = row
        assert link[-1] == previous
        text = json.dumps(link, ensure_ascii=False, separators=(",", ":"))
        assert hashlib.sha256(text.encode()).hexdigest() == sealed
        previous = sealed
    assert full_store.audit_head() == previous


def test_the_content_is_the_row_as_the_file_holds_it(store):
    add(store, Measurement)
    content = json.loads(trail(store)[-1][7])
    assert content["weight_g"] == 6850
    assert content["measured_at"] == "2026-11-20T10:42:00.000000+00:00"
    assert content["voided_at"] is None
    names = [name[1] for name in raw(store, "PRAGMA table_info(measurement)")]
    assert list(content) == sorted(names)


STORED = st.one_of(st.none(), st.integers(), st.text())


@given(st.dictionaries(st.from_regex(r"[a-z][a-z0-9_]*", fullmatch=True), STORED, min_size=2))
def test_a_row_is_written_as_the_standard_library_writes_it(row):
    text = json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert row_writer(list(row))(list(row.values())) == text


def test_every_sign_is_written_as_the_standard_library_writes_it() -> None:
    signs = (chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000)
    write = row_writer(["b", "a"])
    while chunk := "".join(islice(signs, 4096)):
        expected = json.dumps({"a": 1, "b": chunk}, ensure_ascii=False, separators=(",", ":"))
        assert write([chunk, 1]) == expected


@pytest.mark.parametrize("value", [1.5, float("nan"), True, b"x"])
def test_what_no_strict_table_holds_is_not_sealed(value):
    with pytest.raises(TypeError, match="not kept"):
        row_writer(["a", "b"])([value, 1])


def test_a_key_makes_another_seal():
    """The place of a ward's key: with one, nobody without it can make a trail that verifies."""
    link = (1, "a", None)
    assert len({seal(link), seal(link, b"one key"), seal(link, b"another key")}) == 3
    assert seal(link, b"one key") == seal(link, b"one key")


def test_the_head_changes_with_every_save(store):
    heads = {store.audit_head()}
    for n in range(5):
        add(store, BloodCount, specimen=f"B-{n}")
        heads.add(store.audit_head())
    assert len(heads) == 6
    assert all(len(head) == 64 and set(head) <= set("0123456789abcdef") for head in heads)


def test_a_whole_ward_verifies_against_every_head_it_ever_had(store):
    heads = [store.audit_head()]
    for n in range(3):
        add(store, BloodCount, specimen=f"B-{n}")
        heads.append(store.audit_head())
    void(store, BloodCount, 2)
    for head in (*heads, store.audit_head(), None):
        store.verify_audit(head)


def test_a_head_of_another_ward_is_not_taken(full_store, tmp_path):
    other = new_store(tmp_path / "other")
    head = other.audit_head()
    other.close()
    with pytest.raises(AuditBroken, match="missing from its end"):
        full_store.verify_audit(head)


def test_the_order_is_by_number_not_by_clock(store):
    """H45: a clock that jumps back changes no order and breaks no trail."""
    from datetime import timedelta

    for days in (0, -1, 400, -9000):
        add(store, BloodCount, at=NOW + timedelta(days=days), specimen=f"{days}")
    store.verify_audit()
    assert [row[0] for row in trail(store)] == list(range(1, len(trail(store)) + 1))
    assert store.last_saved == NOW + timedelta(days=-9000)


@pytest.mark.parametrize("record_type", TABLES, ids=lambda kind: kind.__name__)
def test_a_changed_value_is_found(full_folder, record_type):
    """H37: a value that changed in the file is never shown as what was recorded."""
    table = TABLES[record_type].name
    tamper(full_folder / FILE, f"UPDATE \"{table}\" SET recorded_by = 'somebody else' WHERE id = 1")  # noqa: S608
    with pytest.raises(Refused, match="was changed outside Bedside"):
        new_store(full_folder)


@pytest.mark.parametrize(
    ("statement", "finding"),
    [
        ("UPDATE measurement SET weight_g = 6851", "measurement number 1 was changed"),
        ("UPDATE blood_count SET anc_per_ul = 500 WHERE id = 2", "blood count number 2"),
        ("UPDATE ward SET demonstration = 1", "ward number 1 was changed"),
        ("UPDATE ward SET ward_id = 'another'", "ward number 1 was changed"),
        ("DELETE FROM toxicity_grade", "toxicity grade number 1 is missing"),
        (
            "INSERT INTO task SELECT 9, recorded_at, recorded_by, infant_id, due_at, text, "
            "site_value, done_at, NULL, NULL, NULL FROM task",
            "a task \\(number 9\\) was added",
        ),
        (
            "UPDATE blood_count SET voided_at = NULL, voided_by = NULL, void_reason = NULL "
            "WHERE id = 1",
            "blood count number 1 was changed",
        ),
        ("DELETE FROM audit WHERE seq = 5", "row 5 of the audit trail"),
        ("DELETE FROM audit WHERE seq = 1", "row 1 of the audit trail"),
        ("UPDATE audit SET who = 'somebody else' WHERE seq = 3", "row 3 of the audit trail"),
        ("UPDATE audit SET at = '2026-11-20T10:43:00.000000+00:00' WHERE seq = 4", "row 4"),
        ("DELETE FROM audit", "is missing|was added|older copy"),
        ("DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)", "was changed|older copy"),
    ],
)
def test_tampering_is_found_and_said(full_folder, statement, finding):
    tamper(full_folder / FILE, statement)
    with pytest.raises(AuditBroken, match=finding) as caught:
        new_store(full_folder)
    assert "Do not work from it" in str(caught.value)


def test_swapped_audit_rows_are_found(full_folder):
    tamper(
        full_folder / FILE,
        "UPDATE audit SET seq = 1000 WHERE seq = 4",
        "UPDATE audit SET seq = 4 WHERE seq = 5",
        "UPDATE audit SET seq = 5 WHERE seq = 1000",
    )
    with pytest.raises(AuditBroken, match="row 4 of the audit trail"):
        new_store(full_folder)


def test_a_record_added_twice_in_the_trail_is_found(store):
    """Two rows of the trail that both say "added" cannot both be true."""
    from bedside.store.audit import Act, next_row, read_head
    from bedside.store.engine import driver_of

    _, at, *_, content, _, _ = trail(store)[-1]
    with store._connected() as connection:
        driver = driver_of(connection)
        row, _ = next_row(read_head(driver), Act(WHO, ACT, at), "infant", 1, "add", content)
        places = ", ".join("?" * len(row))
        driver.execute(f"INSERT INTO audit ({COLUMNS}) VALUES ({places})", row)  # noqa: S608
    with pytest.raises(AuditBroken, match="does not follow"):
        store.verify_audit()


def test_a_cut_end_is_found_with_a_head_from_outside(full_folder):
    """P11: a trail cut at its end still hangs together; a printed head shows what is missing."""
    store = new_store(full_folder, create=False)
    whole, printed = full_folder.with_name("cut"), add_and_print(store)
    store.close()
    shutil.copytree(full_folder, whole)
    (whole / "ward.bookmark").unlink()
    tamper(
        whole / FILE,
        "DELETE FROM measurement WHERE id = 2",
        "DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)",
    )
    cut = new_store(whole, create=False)
    cut.verify_audit()  # nothing from outside: it cannot be seen
    with pytest.raises(AuditBroken, match="missing from its end"):
        cut.verify_audit(printed)
    cut.close()


def add_and_print(store):
    from datetime import timedelta

    add(store, Measurement, measured_at=NOW + timedelta(hours=1))
    return store.audit_head()


def test_two_hundred_random_tamperings_are_found(full_folder, tmp_path):
    """P11: edit, drop, swap, cut; every one is found against the head known from outside."""
    store = new_store(full_folder, create=False)
    head = store.audit_head()
    store.close()
    rng = random.Random(20261120)
    missed = []
    for number in range(TAMPERINGS):
        spoilt = tmp_path / f"{number}"
        shutil.copytree(full_folder, spoilt)
        what = random_tampering(rng, spoilt / FILE)
        if not is_found(spoilt, head):
            missed.append(what)
        shutil.rmtree(spoilt)
    assert missed == []


def is_found(folder, head):
    (folder / "ward.bookmark").unlink()
    try:
        store = new_store(folder, create=False)
    except Refused:
        return True
    try:
        store.verify_audit(head)
    except AuditBroken:
        return True
    else:
        return False
    finally:
        store.close()


def random_tampering(rng, file):
    driver = sqlite3.connect(file, isolation_level=None)
    names = [row[0] for row in driver.execute("SELECT name FROM sqlite_master WHERE type='table'")]
    table = rng.choice([name for name in names if name != "alembic_version"] + ["audit"] * 5)
    columns = [(row[1], row[2]) for row in driver.execute(f'PRAGMA table_info("{table}")')]
    key = columns[0][0]
    rows = [row[0] for row in driver.execute(f'SELECT {key} FROM "{table}"')]  # noqa: S608
    driver.close()
    row, kind = rng.choice(rows), rng.choice(["edit", "edit", "drop", "cut", "swap"])
    if kind == "swap" and len(rows) > 1:
        statements = swap(table, key, *rng.sample(rows, 2))
    elif kind == "cut":
        statements = [f'DELETE FROM "{table}" WHERE {key} >= {row}']  # noqa: S608
    elif kind == "drop" or len(columns) < 2:
        statements = [f'DELETE FROM "{table}" WHERE {key} = {row}']  # noqa: S608
    else:
        column, stored = rng.choice(columns[1:])
        new = (
            f"coalesce({column}, 0) + 1"
            if stored == "INTEGER"
            else f"coalesce({column}, '') || 'x'"
        )
        statements = [f'UPDATE "{table}" SET "{column}" = {new} WHERE {key} = {row}']  # noqa: S608
    tamper(file, *statements)
    return statements


def swap(table, key, one, other):
    change = f'UPDATE "{table}" SET {key} = '  # noqa: S608
    return [
        f"{change}-7 WHERE {key} = {one}",
        f"{change}{one} WHERE {key} = {other}",
        f"{change}{other} WHERE {key} = -7",
    ]
