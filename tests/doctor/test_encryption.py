"""What the doctor says of a ward's encryption, without opening it."""

import json

import pytest

from bedside.doctor.encryption import encryption
from bedside.doctor.ward_store import ward_state
from bedside.store.key_doors import make_keys
from bedside.store.keys import NAME, SPARE
from bedside.store.opening import open_store
from bedside.store.passphrase import FLOOR
from tests.faults.scene import NOW

WORDS = "heron lantern gravel sixteen plum"


class Ring:
    """A keyring in memory."""

    kept = ""

    def get_password(self, *_):
        return self.kept

    def set_password(self, service, username, password):
        self.kept = password


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "ward"


def made(folder, **more):
    new = make_keys(folder, WORDS, slowness=FLOOR, **more)
    open_store(folder, now=NOW, create=True, keys=new.keys).close()


def test_no_ward_is_fit(folder):
    assert encryption(folder).verdict == "fit"


def test_a_plain_ward_is_worth_a_look(folder):
    open_store(folder, now=NOW, create=True).close()
    found = encryption(folder)
    assert (found.verdict, "not encrypted" in found.sentence) == ("look", True)


def test_an_encrypted_ward_is_fit_and_left_alone(folder):
    made(folder)
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    found = encryption(folder)
    assert (found.verdict, "encrypted, and its key file is whole" in found.sentence) == (
        "fit",
        True,
    )
    state, last = ward_state(folder)
    assert (state.verdict, last) == ("fit", None)
    assert "when its passphrase opens it" in state.sentence
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


def test_a_keyring_that_is_to_open_it_is_named(folder, monkeypatch):
    made(folder, ring=Ring())
    monkeypatch.setattr("bedside.store.key_ring._look", lambda: (None, "The keyring is away."))
    assert encryption(folder).sentence.endswith("keyring is to open it, too: The keyring is away.")


def test_a_stated_disk_encryption_is_said_with_who(folder):
    made(folder, stated="disk encryption stated by T. Okafor, IT, on 20-Nov-2026")
    found = encryption(folder)
    assert found.verdict == "look"
    assert "T. Okafor" in found.sentence
    assert "whole" in ward_state(folder)[0].sentence  # a plain file is looked through as ever


def test_a_missing_key_file_is_not_fit(folder):
    made(folder)
    for name in (NAME, SPARE):
        (folder / name).unlink()
    found = encryption(folder)
    assert (found.verdict, "is missing" in found.sentence) == ("not fit", True)


def test_a_damaged_key_file_is_not_fit(folder):
    made(folder)
    for name in (NAME, SPARE):
        (folder / name).write_text(json.dumps({"what": "no"}))
    found = encryption(folder)
    assert (found.verdict, "is damaged" in found.sentence) == ("not fit", True)
