"""In a ward with keys the seals are keyed: who can write the file, but lacks the key, is found out."""

import hashlib
import hmac
import json
import sqlite3
from contextlib import closing

import pytest

from bedside.store.at_rest import NAME as NOTE
from bedside.store.backup import backup
from bedside.store.bookmark import NAME as BOOKMARK
from bedside.store.keys import Keys
from bedside.store.opening import FILE, open_store
from bedside.store.records import Infant, Measurement
from bedside.store.troubles import AuditBroken
from tests.store.samples import NOW, add, raw

# the file is plain (its disk is encrypted as a whole), so that the test can forge like a thief
KEYS = Keys(None, bytes(range(32)))
COLUMNS = "seq, at, who, act, table_name, row_id, operation, content, previous_hash, hash"


def opened(folder, keys=KEYS, *, create=False):
    return open_store(folder, now=NOW, create=create, keys=keys)


@pytest.fixture
def folder(tmp_path):
    store = opened(tmp_path / "ward", create=True)
    add(store, Infant)
    add(store, Measurement, weight_g=6200)
    store.close()
    return tmp_path / "ward"


def sealed_by(key):
    def write(text):
        if key is None:
            return hashlib.sha256(text).hexdigest()
        return hmac.new(key, text, hashlib.sha256).hexdigest()

    return write


def forge(folder, seal):
    """Make the weight twice as heavy and write the whole trail anew around it."""
    with closing(sqlite3.connect(folder / FILE)) as driver:
        for (name,) in driver.execute(
            "SELECT name FROM sqlite_master WHERE type='trigger'"
        ).fetchall():
            driver.execute(f'DROP TRIGGER "{name}"')
        driver.execute("UPDATE measurement SET weight_g = 12400")
        rows = driver.execute(f"SELECT {COLUMNS} FROM audit ORDER BY seq").fetchall()  # noqa: S608
        previous = "0" * 64
        for row in rows:
            link = list(row[:-1])
            link[7] = link[7].replace('"weight_g":6200', '"weight_g":12400')
            link[8] = previous
            previous = seal(json.dumps(link, ensure_ascii=False, separators=(",", ":")).encode())
            driver.execute(
                "UPDATE audit SET content = ?, previous_hash = ?, hash = ? WHERE seq = ?",
                (link[7], link[8], previous, link[0]),
            )
        driver.commit()
    for name in (NOTE, BOOKMARK):
        (folder / name).unlink()


def test_every_seal_is_the_hmac_of_its_row(folder):
    """The rule a second time: HMAC-SHA256 under the ward's key over the row as JSON."""
    store = opened(folder)
    rows = raw(store, f"SELECT {COLUMNS} FROM audit ORDER BY seq")  # noqa: S608
    store.close()
    assert len(rows) >= 3
    for *link, sealed in rows:
        text = json.dumps(link, ensure_ascii=False, separators=(",", ":"))
        assert sealed_by(KEYS.seal)(text.encode()) == sealed


@pytest.mark.parametrize("key", [None, bytes(32)], ids=["no key", "another key"])
def test_a_trail_written_anew_without_the_key_is_found(folder, monkeypatch, key):
    """P11: the tables' guards are dropped and the chain hangs together again, and yet it is found."""
    monkeypatch.setattr("bedside.store.opening.check_schema", lambda _: None)  # seals alone decide
    forge(folder, sealed_by(key))
    with pytest.raises(AuditBroken, match="row 1 of the audit trail is not as it was written"):
        opened(folder)


def test_the_forgery_itself_is_a_good_one(folder, monkeypatch):
    """With the key it would have passed: so the test above finds the missing key and nothing else."""
    monkeypatch.setattr("bedside.store.opening.check_schema", lambda _: None)
    forge(folder, sealed_by(KEYS.seal))
    store = opened(folder)
    assert raw(store, "SELECT weight_g FROM measurement") == [(12400,)]
    store.close()


def test_the_wrong_key_opens_no_trail(folder):
    (folder / NOTE).unlink()
    with pytest.raises(AuditBroken):
        opened(folder, Keys(None, bytes(32)))


def test_a_backup_is_proved_with_the_key(folder, tmp_path):
    store = opened(folder)
    made = backup(store, tmp_path / "copy.sqlite3")
    assert made.audit_head == store.audit_head()
    store.verify_audit(made.audit_head)
    store.close()
