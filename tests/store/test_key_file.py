"""The key file on the disk: damaged, cut, missing, another ward's, of a newer Bedside, changed by hand."""

import json
import shutil

import pytest

from bedside.store import key_file
from bedside.store.key_doors import (
    WrongKey,
    make_keys,
    open_by_passphrase,
)
from bedside.store.keys import NAME, SPARE
from bedside.store.opening import open_store
from bedside.store.passphrase import FLOOR
from bedside.units.refusal import Refused
from tests.store.samples import NOW
from tests.store.test_keys import LATER, OTHER, WORDS


@pytest.fixture
def made(folder):
    return make_keys(folder, WORDS, slowness=FLOOR)


# ---- the file itself: damaged, missing, another ward's


def facts_of(folder, name=NAME):
    return json.loads((folder / name).read_text())


def test_every_flipped_bit_of_the_key_file_is_healed_from_its_spare(folder, made):
    whole = (folder / NAME).read_bytes()
    for place in range(0, len(whole), 7):
        spoilt = bytearray(whole)
        spoilt[place] ^= 1 << (place % 8)
        (folder / NAME).write_bytes(spoilt)
        assert key_file.read_key_file(folder) == key_file._read(folder / SPARE)
    assert open_by_passphrase(folder, WORDS, NOW) == made.keys
    assert (folder / NAME).read_bytes() == whole


@pytest.mark.parametrize("size", [0, 10, 700])
def test_a_cut_key_file_without_a_spare_is_said(folder, made, size):
    (folder / SPARE).unlink()
    (folder / NAME).write_bytes((folder / NAME).read_bytes()[:size])
    with pytest.raises(
        Refused, match=r"key file \(ward\.keys\) is damaged.* in every copy of the ward"
    ):
        open_by_passphrase(folder, WORDS, NOW)


def test_a_lost_key_file_is_there_again_from_its_spare(folder, made):
    (folder / NAME).unlink()
    assert open_by_passphrase(folder, WORDS, NOW) == made.keys
    assert (folder / NAME).read_bytes() == (folder / SPARE).read_bytes()


@pytest.mark.parametrize(
    "content", ["[]", '"text"', '{"what": "another"}', '{"what": "Bedside ward keys"}']
)
def test_another_file_in_its_place_is_not_believed(folder, made, content):
    (folder / SPARE).unlink()
    (folder / NAME).write_text(content)
    with pytest.raises(Refused, match="is damaged"):
        key_file.read_key_file(folder)


def test_a_newer_key_file_is_refused_and_left(folder, made):
    facts = facts_of(folder) | {"version": 2}
    (folder / NAME).write_text(json.dumps(facts))
    with pytest.raises(Refused, match="newer Bedside"):
        open_by_passphrase(folder, WORDS, NOW)
    assert facts_of(folder)["version"] == 2


def rewritten(folder, change):
    """Change facts of a key file as somebody would who also mends its check."""
    facts = facts_of(folder)
    facts.pop("check")
    change(facts)
    facts["check"] = key_file._check(facts)
    for name in (NAME, SPARE):
        (folder / name).write_text(json.dumps(facts))


@pytest.mark.parametrize(
    "change",
    [
        lambda facts: facts.update(encrypted=False),
        lambda facts: facts.update(stated="nobody"),
        lambda facts: facts.update(ward="0" * 32),
        lambda facts: facts["passphrase"].update(salt="00" * 16),
        lambda facts: facts["passphrase"]["slowness"].update(passes=3),
        lambda facts: facts["passphrase"]["slowness"].update(memory_kib=1),
        lambda facts: facts["passphrase"].update(sealed=facts["recovery"]["sealed"]),
        lambda facts: facts["passphrase"].update(slowness=None),
        lambda facts: facts["keys"].update(text="zz"),
    ],
)
def test_a_key_file_changed_by_hand_opens_nothing(folder, made, change):
    rewritten(folder, change)
    with pytest.raises(WrongKey):
        open_by_passphrase(folder, WORDS, NOW)


def test_the_key_file_of_another_ward_does_not_fit(folder, tmp_path, made):
    open_store(folder, now=NOW, create=True, keys=made.keys).close()
    make_keys(tmp_path / "other", OTHER, slowness=FLOOR)
    for name in (NAME, SPARE):
        shutil.copy(tmp_path / "other" / name, folder / name)
    with pytest.raises(WrongKey):
        open_by_passphrase(folder, WORDS, NOW)
    others = open_by_passphrase(folder, OTHER, LATER)
    with pytest.raises(Refused, match="another ward's"):
        open_store(folder, now=NOW, create=False, keys=others)
