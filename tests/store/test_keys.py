"""A ward's keys: three ways in, each on its own; what is wrong is said, nothing is given away."""

import stat
from datetime import timedelta

import pytest

from bedside.store import key_doors, key_file, key_ring, recovery_code
from bedside.store.key_doors import (
    WrongKey,
    change_passphrase,
    make_keys,
    open_by_keyring,
    open_by_passphrase,
    open_by_recovery_code,
    use_keyring,
)
from bedside.store.keys import NAME, Keys
from bedside.store.opening import FILE, open_store
from bedside.store.passphrase import FLOOR
from bedside.store.tries import TooSoon, delay_s, wait_s
from bedside.units.refusal import Refused
from tests.store.samples import NOW

WORDS = "heron lantern gravel sixteen plum"
OTHER = "anvil pepper comet drawer violin"
LATER = NOW + timedelta(minutes=5)


class Ring:
    """A keyring in memory."""

    def __init__(self) -> None:
        self.kept = {}

    def get_password(self, service, username):
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        self.kept[service, username] = password

    def delete_password(self, service, username):
        del self.kept[service, username]


class Broken:
    """A keyring that answers every question with an error."""

    def get_password(self, *words):
        raise RuntimeError("the keyring daemon is gone")

    set_password = delete_password = get_password


@pytest.fixture
def made(folder):
    return make_keys(folder, WORDS, slowness=FLOOR)


# ---- the three ways in


def test_each_way_in_gives_the_same_keys(folder):
    ring = Ring()
    new = make_keys(folder, WORDS, slowness=FLOOR, ring=ring)
    assert open_by_passphrase(folder, WORDS, NOW) == new.keys
    assert open_by_recovery_code(folder, new.recovery_code, NOW) == new.keys
    assert open_by_keyring(folder, ring) == new.keys
    assert len(new.keys.database) == len(new.keys.seal) == 32
    assert new.keys.database != new.keys.seal


def test_capitals_and_spaces_make_no_difference(folder, made):
    assert open_by_passphrase(folder, f"  {WORDS.upper()} ".replace(" ", "   "), NOW) == made.keys


def test_accents_typed_in_two_ways_are_one(folder):
    new = make_keys(folder, "caf\u00e9 lantern gravel sixteen plum", slowness=FLOOR)
    assert open_by_passphrase(folder, "cafe\u0301 lantern gravel sixteen plum", NOW) == new.keys


def test_two_wards_share_nothing(folder, tmp_path, made):
    other = make_keys(tmp_path / "other", WORDS, slowness=FLOOR)
    assert {made.keys.database, made.keys.seal}.isdisjoint({other.keys.database, other.keys.seal})
    assert made.recovery_code != other.recovery_code


def test_a_site_that_encrypts_its_disk_says_so(folder):
    words = "disk encryption stated by T. Okafor, IT, on 20-Nov-2026"
    new = make_keys(folder, WORDS, stated=words, slowness=FLOOR)
    assert new.keys.database is None
    open_store(folder, now=NOW, create=True, keys=new.keys).close()
    assert (folder / FILE).read_bytes().startswith(b"SQLite format 3")
    assert open_by_passphrase(folder, WORDS, NOW) == new.keys
    assert key_file.read_key_file(folder).stated == words


# ---- what is on the disk


def test_the_key_file_is_for_its_user_alone_and_says_nothing(folder, made):
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for file in folder.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file.name
        content = file.read_text().casefold()
        for secret in (made.keys.database.hex(), made.keys.seal.hex(), "lantern"):
            assert secret not in content
        assert made.recovery_code[:5].casefold() not in content
    assert not [file for file in folder.iterdir() if file.name.endswith(".part")]


def test_nothing_of_it_shows_itself(made):
    assert repr(made) == "NewKeys(…)"
    assert made.keys.seal.hex() not in str(made.keys)


def test_keys_are_never_made_where_a_ward_is(folder, made):
    open_store(folder, now=NOW, create=True, keys=made.keys).close()
    before = (folder / NAME).read_bytes()
    with pytest.raises(Refused, match="There is a ward"):
        make_keys(folder, OTHER, slowness=FLOOR)
    assert (folder / NAME).read_bytes() == before


# ---- the wrong secret


@pytest.mark.parametrize("typed", ["", "heron", OTHER, f"{WORDS} more"])
def test_a_wrong_passphrase_says_no_more_than_that(folder, made, typed):
    with pytest.raises(WrongKey) as caught:
        open_by_passphrase(folder, typed, NOW)
    assert str(caught.value) == "That is not this ward's passphrase. Nothing was opened."
    assert caught.value.__cause__ is None
    assert caught.value.wait_s == 1


def test_each_wrong_try_waits_longer_also_after_a_new_start(folder, made):
    now, waits = NOW, []
    for _ in range(9):
        with pytest.raises(WrongKey) as caught:
            open_by_passphrase(folder, OTHER, now)
        waits.append(caught.value.wait_s)
        with pytest.raises(TooSoon) as soon:
            open_by_passphrase(folder, WORDS, now + timedelta(seconds=waits[-1] - 0.5))
        assert soon.value.wait_s == 1
        now += timedelta(seconds=waits[-1])
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert open_by_passphrase(folder, WORDS, now) == made.keys
    with pytest.raises(WrongKey) as caught:
        open_by_passphrase(folder, OTHER, now)
    assert caught.value.wait_s == 1


def test_a_clock_put_back_never_waits_longer(folder, made):
    with pytest.raises(WrongKey):
        open_by_passphrase(folder, OTHER, LATER)
    assert wait_s(folder, NOW) == 1
    assert wait_s(folder, LATER + timedelta(seconds=1)) == 0


@pytest.mark.parametrize(
    "spoilt", ["", "{", "[]", '{"wrong": 3}', '{"wrong": 3, "at": "2026-11-20T10:00:00"}']
)
def test_a_spoilt_count_of_tries_stops_nobody(folder, made, spoilt):
    (folder / "ward.tries").write_text(spoilt)
    assert open_by_passphrase(folder, WORDS, NOW) == made.keys
    assert delay_s(0) == 0


def test_a_wrong_recovery_code_waits_too(folder, made):
    with pytest.raises(WrongKey, match="recovery code"):
        open_by_recovery_code(folder, recovery_code.new_code(), NOW)
    with pytest.raises(TooSoon):
        open_by_recovery_code(folder, made.recovery_code, NOW)


# ---- the passphrase


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("one two three four", "at least 5 words"),
        ("", "at least 5 words"),
        ("plum plum plum plum plum", "5 different words"),
        ("a b c d e", "at least 16 letters"),
        ("word " * 100, "at most 400 letters"),
        ("heron lantern gravel sixteen \ud800plum", "cannot be kept"),
    ],
)
def test_a_weak_passphrase_is_refused_with_what_would_be_right(folder, typed, words):
    with pytest.raises(Refused, match=words):
        make_keys(folder, typed, slowness=FLOOR)
    assert not folder.exists()


def test_a_new_passphrase_ends_the_old_one_and_keeps_the_keys(folder, made):
    change_passphrase(folder, WORDS, OTHER, NOW, slowness=FLOOR)
    assert open_by_passphrase(folder, OTHER, NOW) == made.keys
    assert open_by_recovery_code(folder, made.recovery_code, NOW) == made.keys
    with pytest.raises(WrongKey):
        open_by_passphrase(folder, WORDS, NOW)


def test_who_forgot_the_passphrase_makes_a_new_one_by_the_recovery_code(folder, made):
    change_passphrase(folder, made.recovery_code, OTHER, NOW, slowness=FLOOR)
    assert open_by_passphrase(folder, OTHER, NOW) == made.keys


def test_a_wrong_passphrase_changes_nothing(folder, made):
    before = (folder / NAME).read_bytes()
    with pytest.raises(WrongKey):
        change_passphrase(folder, OTHER, OTHER, NOW, slowness=FLOOR)
    assert (folder / NAME).read_bytes() == before


def test_one_change_at_a_time(folder, made):
    with key_doors.changing_keys(folder), pytest.raises(Refused, match="in another window"):
        change_passphrase(folder, WORDS, OTHER, NOW, slowness=FLOOR)


def test_a_change_while_the_ward_is_open(folder, made):
    store = open_store(folder, now=NOW, create=True, keys=made.keys)
    change_passphrase(folder, WORDS, OTHER, NOW, slowness=FLOOR)
    store.close()
    open_store(folder, now=NOW, create=False, keys=open_by_passphrase(folder, OTHER, NOW)).close()


# ---- the system's keyring is never needed


@pytest.mark.parametrize("ring", [None, Broken(), Ring()])
def test_without_a_keyring_the_passphrase_opens(folder, made, ring):
    assert open_by_keyring(folder, ring) is None
    assert open_by_passphrase(folder, WORDS, NOW) == made.keys


def test_a_keyring_that_breaks_at_set_up_is_done_without(folder):
    new = make_keys(folder, WORDS, slowness=FLOOR, ring=Broken())
    assert key_file.read_key_file(folder).keyring is None
    assert open_by_passphrase(folder, WORDS, NOW) == new.keys
    key_ring.forget_key(Broken(), "ward")
    key_ring.forget_key(None, "ward")


def test_a_keyring_can_be_used_later(folder, made):
    ring = Ring()
    assert use_keyring(folder, WORDS, NOW, ring)
    assert open_by_keyring(folder, ring) == made.keys
    assert made.keys.database.hex() not in "".join(ring.kept.values())
    assert not use_keyring(folder, WORDS, NOW, None)
    assert open_by_keyring(folder, ring) is None


@pytest.mark.parametrize("kept", ["", "zz", "00" * 31, "00" * 32])
def test_what_a_keyring_holds_of_another_opens_nothing(folder, kept):
    ring = Ring()
    make_keys(folder, WORDS, slowness=FLOOR, ring=ring)
    ring.kept = dict.fromkeys(ring.kept, kept)
    assert open_by_keyring(folder, ring) is None


def test_a_system_without_a_keyring(monkeypatch):
    import keyring
    from keyring.backends.fail import Keyring as None_

    monkeypatch.setattr(keyring, "get_keyring", None_)
    assert key_ring.system_ring() is None
    assert "no keyring" in key_ring.ring_words()


def test_a_system_whose_keyring_fails(monkeypatch):
    import keyring

    monkeypatch.setattr(keyring, "get_keyring", lambda: 1 / 0)
    assert key_ring.system_ring() is None
    assert "does not answer (ZeroDivisionError)" in key_ring.ring_words()


def test_a_system_with_a_keyring(monkeypatch):
    import keyring

    ring = Ring()
    ring.priority = 5
    monkeypatch.setattr(keyring, "get_keyring", lambda: ring)
    assert key_ring.system_ring() is ring
    assert key_ring.ring_words().endswith("Ring")


def test_keys_hold_together():
    assert Keys(None, bytes(32)) == Keys(None, bytes(32))
