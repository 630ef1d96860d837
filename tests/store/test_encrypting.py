"""A plain ward is encrypted: nothing is lost, its history stays proved, and it may be cut off at any step."""

import shutil

import pytest

from bedside.store import encrypting, restoring
from bedside.store.audit_walk import verify
from bedside.store.encrypting import encrypt_ward
from bedside.store.engine import connect, connect_read_only
from bedside.store.key_doors import make_keys, open_by_passphrase, open_by_recovery_code
from bedside.store.keys import PLAIN_MARK, KeyNeeded, has_keys, mark_in, mark_of
from bedside.store.lock import WardLock
from bedside.store.opening import FILE, open_store
from bedside.store.passphrase import FLOOR
from bedside.store.records import Infant
from bedside.store.trail_key import ANCHOR_ACT, keyed_from
from bedside.store.troubles import AuditBroken, NotSaved
from bedside.units.refusal import Refused
from tests.store.samples import NOW, add, contents, fill, new_store
from tests.store.test_keys import LATER, OTHER, WORDS

WHO = "M. Keller, pharmacist"
CANARY = b"CANARYBIRD"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A plain ward with one row of each kind; its contents, its head and its trail."""
    folder = tmp_path_factory.mktemp("plain") / "ward"
    store = new_store(folder)
    fill(store)
    add(store, Infant, family=CANARY.decode(), hospital_number="C 1")
    held, head = contents(store), store.audit_head()
    trail = store._file.driver.execute("SELECT * FROM audit ORDER BY seq").fetchall()
    store.close()
    return folder, held, head, trail


@pytest.fixture
def folder(made, tmp_path):
    shutil.copytree(made[0], tmp_path / "ward")
    return tmp_path / "ward"


def encrypt(folder, **options):
    return encrypt_ward(folder, WORDS, who=WHO, now=LATER, slowness=FLOOR, **options)


def opened(folder, passphrase=WORDS):
    keys = open_by_passphrase(folder, passphrase, LATER)
    return open_store(folder, now=LATER, create=False, keys=keys)


def edit(folder, keys, *statements):
    """Change an encrypted ward's file behind Bedside's back, its own rules lifted."""
    driver = connect(folder / FILE, keys.database)
    rules = driver.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in rules:
        driver.execute(f'DROP TRIGGER "{name}"')
    for sql, *values in statements:
        driver.execute(sql, values)
    for _, sql in rules:
        driver.execute(sql)
    driver.close()


def test_everything_is_there_and_nothing_of_it_can_be_read(made, folder):
    assert CANARY in (folder / FILE).read_bytes()  # the search is not blind
    done = encrypt(folder)
    store = opened(folder)
    assert contents(store) == made[1]
    trail = store._file.driver.execute("SELECT * FROM audit ORDER BY seq").fetchall()
    assert trail[:-1] == made[3]  # who did what when, and every seal of the history
    assert trail[-1][2:4] == (WHO, ANCHOR_ACT) and trail[-1][8] == made[2]
    store.verify_audit(made[2])  # a seal on a paper printed before stands in the trail still
    add(store, Infant, family="LATER", hospital_number="C 2")
    store.verify_audit()
    store.close()
    assert mark_in(folder / FILE) == mark_of(done.keys.database)
    assert CANARY not in b"".join(f.read_bytes() for f in folder.iterdir() if f.is_file())
    assert open_by_recovery_code(folder, done.recovery_code, LATER) == done.keys


def test_the_plain_ward_is_kept_whole(made, folder):
    done = encrypt(folder)
    assert mark_in(done.aside / FILE) == PLAIN_MARK and not has_keys(done.aside)
    store = open_store(done.aside, now=LATER, create=False)
    assert (contents(store), store.audit_head()) == (made[1], made[2])
    store.close()
    assert [path.name for path in folder.glob("restoring-*")] == []


def test_files_are_for_this_user_alone(folder):
    encrypt(folder)
    opened(folder).close()
    for path in folder.iterdir():
        assert path.stat().st_mode & 0o077 == 0, path.name


@pytest.mark.parametrize(
    "statement",
    [
        ("UPDATE audit SET who = 'somebody else' WHERE seq = 3",),
        ("UPDATE audit SET at = '2026-01-01T00:00:00.000000+00:00' WHERE seq = 3",),
        ("DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)",),
        ("UPDATE audit SET act = 'something else' WHERE seq = (SELECT max(seq) FROM audit)",),
        ("UPDATE infant SET family = 'OTHER' WHERE id = 1",),
    ],
)
def test_a_change_of_the_history_is_found(folder, statement):
    keys = encrypt(folder).keys
    edit(folder, keys, statement)
    with closing_read(folder, keys) as driver, pytest.raises(AuditBroken):
        verify(driver, None, keys.seal)


def test_a_history_sealed_anew_without_the_key_is_found(made, folder):
    """Whoever has the file open but not the key writes the plain chain anew, as it would verify."""
    from bedside.store.canonical import seal

    keys = encrypt(folder).keys
    last, statements = "0" * 64, []
    for row in made[3]:
        link = [*row[:2], "somebody else", *row[3:8], last]
        last = seal(link)
        statements.append(
            ("UPDATE audit SET who = ?, previous_hash = ?, hash = ? WHERE seq = ?",
             "somebody else", link[8], last, row[0])
        )  # fmt: skip
    edit(folder, keys, *statements)
    with closing_read(folder, keys) as driver, pytest.raises(AuditBroken):
        verify(driver, None, keys.seal)
    edit(folder, keys, ("DELETE FROM audit WHERE act = ?", ANCHOR_ACT))
    with closing_read(folder, keys) as driver:
        verify(driver, None, None)  # as a plain chain it holds …
        with pytest.raises(AuditBroken, match="row 1 "):
            verify(driver, None, keys.seal)  # … but this ward has a key


def test_a_row_without_the_key_after_the_keys_came_is_found(folder):
    from bedside.store.audit import APPEND_SQL, Act, next_row, read_head

    keys = encrypt(folder).keys
    with closing_read(folder, keys) as driver:
        head = read_head(driver)
        (content,) = driver.execute(
            "SELECT content FROM audit WHERE table_name = 'infant' AND row_id = 1"
        ).fetchone()
    act = Act("somebody", ANCHOR_ACT, "2026-11-20T10:42:00.000000+00:00")
    row, _ = next_row(head, act, "infant", 1, "upgrade", content)
    edit(folder, keys, (APPEND_SQL, *row))
    with closing_read(folder, keys) as driver, pytest.raises(AuditBroken):
        verify(driver, None, keys.seal)


def closing_read(folder, keys):
    from contextlib import closing

    return closing(connect_read_only(folder / FILE, keys.database))


def test_a_ward_made_with_keys_has_every_row_keyed(folder, tmp_path):
    keys = make_keys(tmp_path / "keyed", WORDS, slowness=FLOOR).keys
    store = open_store(tmp_path / "keyed", now=NOW, create=True, keys=keys)
    assert keyed_from(store._file.driver, keys.seal) == 1
    store.close()
    done = encrypt(folder)
    with closing_read(folder, done.keys) as driver:
        assert keyed_from(driver, done.keys.seal) > 1
        assert keyed_from(driver, b"another key of thirty-two bytes.") == 1
        assert keyed_from(driver, None) == 1


def test_a_ward_whose_disk_was_stated_to_be_encrypted(tmp_path):
    folder = tmp_path / "stated"
    keys = make_keys(folder, OTHER, stated="T. Okafor, IT", slowness=FLOOR).keys
    store = open_store(folder, now=NOW, create=True, keys=keys)
    add(store, Infant, family=CANARY.decode())
    held = contents(store)
    store.close()
    with pytest.raises(KeyNeeded):
        encrypt(folder)
    done = encrypt(folder, keys=keys)
    assert done.keys.seal == keys.seal
    store = opened(folder)
    assert contents(store) == held
    assert keyed_from(store._file.driver, keys.seal) == 1  # no row more was needed
    store.close()
    with pytest.raises(Refused, match="encrypted already"):
        encrypt(folder, keys=done.keys)


def test_what_cannot_be_encrypted_is_said_and_stays(folder, tmp_path, monkeypatch):
    before = (folder / FILE).read_bytes()
    with pytest.raises(Refused, match="There is no ward"):
        encrypt(tmp_path / "none")
    with pytest.raises(Refused, match="at least 5 words"):
        encrypt_ward(folder, "too short", who=WHO, now=LATER, slowness=FLOOR)
    lock = WardLock(folder)
    with pytest.raises(Refused, match="open already"):
        encrypt(folder)
    lock.release()
    monkeypatch.setattr(encrypting, "_FREE_FACTOR", 10**12)
    with pytest.raises(Refused, match="too little room"):
        encrypt(folder)
    (folder / "restore.order").touch()
    with pytest.raises(Refused, match="not finished"):
        encrypt(folder)
    (folder / "restore.order").unlink()
    assert (folder / FILE).read_bytes() == before and not has_keys(folder)


def test_a_field_that_differs_stops_it(folder, monkeypatch):
    true = encrypting.sqlcipher_export

    def spoilt(driver):
        true(driver)
        driver.execute("DROP TRIGGER IF EXISTS infant_no_delete")
        driver.execute("UPDATE alembic_version SET version_num = '0001'")

    monkeypatch.setattr(encrypting, "sqlcipher_export", spoilt)
    before = (folder / FILE).read_bytes()
    with pytest.raises(NotSaved, match="does not hold the same"):
        encrypt(folder)
    assert (folder / FILE).read_bytes() == before
    assert list(folder.glob("restoring-*")) == [] and not has_keys(folder)


class CutOff(BaseException):
    """The program ends here."""


@pytest.mark.parametrize(
    ("module", "name", "done"),
    [
        (encrypting, "_settle", False),
        (encrypting, "_write", False),
        (encrypting, "write_key_file", False),
        (encrypting, "order_restore", False),
        (encrypting, "finish_restore", True),
        (restoring, "_exchange", True),
    ],
)
def test_cut_off_before_any_step_one_of_the_two_opens(
    made, folder, monkeypatch, module, name, done
):
    def cut(*_, **__):
        raise CutOff

    monkeypatch.setattr(module, name, cut)
    monkeypatch.setattr(encrypting, "_clear", lambda _: None)  # a kill clears nothing away
    with pytest.raises(CutOff):
        encrypt(folder)
    monkeypatch.undo()
    if done:
        with pytest.raises(KeyNeeded):
            open_store(folder, now=LATER, create=False)
        store = opened(folder)
    else:
        store = open_store(folder, now=LATER, create=False)
    assert contents(store) == made[1]
    store.close()
    if not done:
        encrypt(folder)
        opened(folder).close()


def test_a_disk_that_refuses_leaves_the_plain_ward(made, folder, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(encrypting, "flush_file", full)
    with pytest.raises(NotSaved, match="plain one holds"):
        encrypt(folder)
    store = open_store(folder, now=LATER, create=False)
    assert contents(store) == made[1]
    store.close()
