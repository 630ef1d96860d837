"""What the doctor says of copies, people and the second medium, without opening the ward."""

from datetime import timedelta

import pytest

from bedside.app import open_ward
from bedside.doctor.copies import copies
from bedside.doctor.people import people, second_medium
from bedside.store import key_ring
from bedside.store.encrypting import encrypt_ward
from bedside.store.key_doors import make_keys
from bedside.store.opening import BACKUPS
from bedside.store.passphrase import FLOOR
from bedside.ward.backup import back_up, backup_settings
from bedside.ward.backup_settings import BackupSettings, save_backup_settings
from bedside.ward.people_acts import add_person
from tests.faults.scene import NOW
from tests.store.test_keys import WORDS, Ring
from tests.ward.peopled import KELLER, cheap, enter, new, peopled, second_of


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "ward"


def opened(folder, **options):
    return open_ward(folder, lambda: NOW, create=True, **options)


def said(finding):
    return f"{finding.verdict}: {finding.sentence}"


def test_no_ward_is_no_trouble(folder):
    found = [copies(folder, NOW), people(folder), second_medium(folder)]
    assert {said(one) for one in found} == {"fit: There is no ward yet."}


def test_copies_by_their_age_and_state(folder):
    ward = opened(folder)
    assert "look: There is no good copy" in said(copies(folder, NOW))
    back_up(ward, "by hand")
    ward.store.close()
    assert said(copies(folder, NOW)).startswith("fit: 1 good copies; the last was made on 20-Nov")
    assert "30 hours old" in said(copies(folder, NOW + timedelta(hours=30)))
    assert "9 days old" in said(copies(folder, NOW + timedelta(days=9)))
    (made,) = (folder / BACKUPS).iterdir()
    (made / "copy.json").rename(made / "gone")
    assert "no good copy" in said(copies(folder, NOW))


def test_what_was_verified_of_a_copy_and_when(folder, monkeypatch):
    """P7: each is read back before it counts; of a large ward all pages are looked at once a week."""
    ward = opened(folder)
    back_up(ward, "by hand")
    small = said(copies(folder, NOW))
    monkeypatch.setattr("bedside.store.copies.LARGE_BYTES", 0)
    ward.clock = lambda: NOW + timedelta(minutes=6)
    back_up(ward, "by hand")
    ward.store.close()
    large = said(copies(folder, NOW + timedelta(minutes=7)))
    assert all(
        "read back and held against the record before it counted." in one for one in (small, large)
    )
    assert "SQLite" not in small
    assert large.endswith(" SQLite last checked all its pages on 20-Nov-2026.")


def test_a_damaged_and_a_readable_copy_are_told(folder):
    ward = opened(folder)
    back_up(ward, "by hand")
    ward.store.close()
    keys = encrypt_ward(folder, WORDS, who="K", now=NOW, slowness=FLOOR).keys
    ward = opened(folder, keys=keys)
    back_up(ward, "by hand")
    ward.store.close()
    found = said(copies(folder, NOW))
    assert found.startswith("look: 2 good") and "2 lie readable" in found
    (folder / BACKUPS / "20261120T104200Z").rename(folder / BACKUPS / "damaged-20261120T104200Z")
    assert "1 cannot be read or is damaged" in said(copies(folder, NOW))


def test_people_and_their_administrators(folder):
    ward = opened(folder)
    ward.store.close()
    assert "look: The ward has no people" in said(people(folder))
    ward = opened(folder)
    peopled(ward)
    assert "open in a window" in said(people(folder))
    ward.store.close()
    assert "look: 3 people may sign in, 1 of them as administrator" in said(people(folder))
    ward = opened(folder)
    enter(ward, KELLER)
    with cheap():
        add_person(
            ward, new("Tom Okafor", "administrator"), who=ward.signed_in.who, second=second_of(ward)
        )
    ward.store.close()
    assert said(people(folder)) == "fit: 4 people may sign in, 2 of them as administrator."


def test_a_demonstration_has_none(folder):
    opened(folder, demonstration=True).store.close()
    assert "fit: This is a demonstration" in said(people(folder))


def test_the_second_medium(folder, tmp_path, monkeypatch):
    ward = opened(folder)
    ward.store.close()
    assert "look: None is set" in said(second_medium(folder))
    medium = tmp_path / "stick"
    medium.mkdir()
    ward = opened(folder)
    save_backup_settings(ward, BackupSettings(second_medium=str(medium)), who="K. Ell")
    assert backup_settings(ward).second_medium == str(medium)
    ward.store.close()
    assert "lies on the ward's own disk" in said(second_medium(folder))
    medium.rename(tmp_path / "pulled out")
    assert "It is missing" in said(second_medium(folder))


def test_an_encrypted_ward_is_read_only_by_its_keyring(folder, monkeypatch):
    ring = Ring()
    monkeypatch.setattr(key_ring, "system_ring", lambda: ring)
    keys = make_keys(folder, WORDS, slowness=FLOOR, ring=ring).keys
    ward = opened(folder, keys=keys)
    peopled(ward)
    ward.store.close()
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    assert "3 people may sign in" in said(people(folder))
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before
    ring.kept.clear()
    assert "by its passphrase only" in said(people(folder))


def test_a_file_that_cannot_be_read_is_said(folder):
    folder.mkdir()
    (folder / "ward.sqlite3").write_bytes(b"no ward at all, but long enough to be looked at" * 9)
    assert said(people(folder)).startswith("look: It cannot be read")
