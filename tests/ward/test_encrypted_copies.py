"""Copies of an encrypted ward: encrypted, with their key file; restored, tried out, and read by its keys."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bedside.app import assemble, open_ward
from bedside.rescue import open_copy, take_restored
from bedside.store import copy_folders
from bedside.store.at_rest import NAME as REST
from bedside.store.encrypting import encrypt_ward
from bedside.store.key_doors import change_passphrase, make_keys, open_by_passphrase
from bedside.store.key_file import read_key_file
from bedside.store.keys import NAME, SPARE, KeyNeeded, Keys, looks_encrypted
from bedside.store.opening import BACKUPS, FILE, ORDER, open_store, open_to_read
from bedside.store.passphrase import FLOOR
from bedside.store.rekey import change_keys
from bedside.units.refusal import Refused
from bedside.ward.backup import back_up, back_up_newer
from bedside.ward.copy_keys import CopyKeys, ask_for_keys, keys_for
from bedside.ward.demonstration_today import MovableClock as Clock
from bedside.ward.drill import drill
from bedside.ward.emergency import copy_to_read
from bedside.ward.people_acts import add_person
from bedside.ward.restore_signing import Signing, signing_of
from bedside.ward.restoring import preview, preview_closed, put_in_place
from bedside.ward.site import save_site, site_form
from bedside.ward.unlocking import Unlocking
from bedside.ward.ward import Ward
from tests.ward.peopled import BERG, KELLER, OKONJO, SECRETS, cheap, enter, new, peopled, second_of

WORDS = "heron lantern gravel sixteen plum"
OTHER = "anvil pepper comet drawer violin"
NAME_THEN, NAME_NOW = "Ward 4 North", "Ward 9"
BY_NAME = ("E. Berg, RN", "M. Keller, physician")


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime(2026, 11, 20, 9, 42, tzinfo=UTC))


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    return make_keys(tmp_path / "ward", WORDS, slowness=FLOOR).keys


@pytest.fixture
def ward(tmp_path: Path, keys: Keys, clock: Clock):
    """An encrypted ward with one copy, and something newer."""
    made = open_ward(tmp_path / "ward", clock, create=True, keys=keys)
    rename(made, NAME_THEN)
    back_up(made, "a")
    clock.now += timedelta(minutes=1)
    rename(made, NAME_NOW)
    yield made
    made.store.close()


def rename(ward: Ward, name: str) -> None:
    from msgspec.structs import replace

    save_site(ward, replace(site_form(ward), ward_name=name), who="E. Berg, RN")


def copy_of(folder: Path) -> Path:
    (copy,) = (folder / BACKUPS).iterdir()
    return copy


def by(passphrase: str):
    """Somebody who types a passphrase; ``asked`` says for which folder."""

    def ask(lock: Unlocking) -> None:
        ask.asked.append(lock.folder)
        lock.by_passphrase(passphrase)

    ask.asked = []
    return ask


def spoil(folder: Path) -> None:
    content = bytearray((folder / FILE).read_bytes())
    for place in range(0, len(content), 4096):
        content[place + 100] ^= 255
    (folder / FILE).write_bytes(content)


# ---- made


def test_a_copy_is_encrypted_and_brings_its_key_file(ward: Ward, clock: Clock) -> None:
    """H42: what lies on a stick that was lost says nothing without the passphrase."""
    copy = copy_of(ward.folder)
    assert sorted(path.name for path in copy.iterdir()) == ["copy.json", NAME, FILE]
    assert looks_encrypted(copy / FILE)
    assert NAME_THEN.encode() not in (copy / FILE).read_bytes()
    assert read_key_file(copy) == read_key_file(ward.folder)
    files = json.loads((copy / "copy.json").read_bytes())["files"]
    assert sorted(files) == [NAME, FILE]
    found = open_by_passphrase(copy, WORDS, clock())
    store = open_to_read(copy, found)
    assert assemble(store, clock).site.ward_name == NAME_THEN
    store.close()
    with pytest.raises(KeyNeeded):
        open_to_read(copy)


def test_without_its_key_file_no_copy_is_made(ward: Ward) -> None:
    """A copy that nothing could open is none."""
    for name in (NAME, SPARE):
        (ward.folder / name).unlink(missing_ok=True)
    (ward.folder / NAME).write_text("{}")
    with pytest.raises(Refused, match="key file"):
        back_up(ward, "b")
    assert copy_of(ward.folder).is_dir()


def test_a_flipped_bit_in_an_encrypted_copy_is_found(ward: Ward, clock: Clock) -> None:
    copy = copy_of(ward.folder)
    content = bytearray((copy / FILE).read_bytes())
    content[len(content) // 2] ^= 1
    (copy / FILE).write_bytes(content)
    found = drill(ward.folder, clock(), ward, lambda: "1")
    assert not found.ok and "CANNOT BE RESTORED" in found.lines[0]


# ---- tried out and restored


def test_the_drill_opens_it_by_the_wards_keys(ward: Ward, clock: Clock) -> None:
    found = drill(ward.folder, clock(), ward, lambda: "1")
    assert found.ok and found.newer == 2
    keys = ward.store.keys
    ward.store.close()
    assert drill(ward.folder, clock(), None, lambda: "1", None, keys).ok
    assert not drill(ward.folder, clock(), None, lambda: "1").ok


def test_a_restored_ward_is_opened_by_the_same_passphrase(ward: Ward, clock: Clock) -> None:
    """It has no note of how it was left: its trail is walked, once."""
    seen = preview(ward, copy_of(ward.folder))
    assert seen.relation == "before" and len(seen.lost) == 1
    signing_of(ward, seen).sign_by_name(*BY_NAME)
    ward.store.close()
    put_in_place(ward.folder, seen.prepared, clock())
    assert not (seen.prepared / REST).exists()
    restored = take_restored_now(ward, clock)
    assert (ward.folder / SPARE).read_bytes() == (ward.folder / NAME).read_bytes()
    assert restored.site.ward_name == NAME_THEN
    restored.store.verify_audit()
    restored.store.close()
    assert (ward.folder / REST).exists()
    (aside,) = ward.folder.glob("replaced-*")
    old = open_store(
        aside, now=clock(), create=False, keys=open_by_passphrase(aside, WORDS, clock())
    )
    assert assemble(old, clock).site.ward_name == NAME_NOW
    old.close()


def take_restored_now(ward: Ward, clock: Clock) -> Ward:
    found = open_by_passphrase(ward.folder, WORDS, clock())
    return open_ward(ward.folder, clock, create=False, keys=found)


def test_a_copy_from_before_a_change_of_key_is_restored_under_todays_passphrase(
    ward: Ward, clock: Clock
) -> None:
    ward.store.close()
    new = change_keys(ward.folder, WORDS, OTHER, clock(), slowness=FLOOR).keys
    ward = open_ward(ward.folder, clock, create=False, keys=new)
    assert keys_for(new, copy_of(ward.folder)).keys.database != new.database
    seen = preview(ward, copy_of(ward.folder))
    signing_of(ward, seen).sign_by_name(*BY_NAME)
    ward.store.close()
    restored = take_restored(ward, seen.prepared)
    assert restored.site.ward_name == NAME_THEN
    newest = back_up_newer(restored, "b")
    restored.store.close()
    assert newest is None, "a copy was made after the restore"
    assert not (ward.folder / ORDER).exists()
    today = open_by_passphrase(ward.folder, OTHER, clock())
    for copy in (ward.folder / BACKUPS).iterdir():
        assert today.fitting(copy / FILE) is not None
    with pytest.raises(Refused, match="not this ward's passphrase"):
        open_by_passphrase(ward.folder, WORDS, clock())


def test_a_copy_of_another_ward_is_refused_by_its_key(
    ward: Ward, tmp_path: Path, clock: Clock
) -> None:
    other = make_keys(tmp_path / "other", OTHER, slowness=FLOOR).keys
    with pytest.raises(Refused, match="do not belong to this ward"):
        keys_for(other, copy_of(ward.folder))
    with pytest.raises(Refused, match="do not belong to this ward"):
        keys_for(None, copy_of(ward.folder))
    assert keys_for(other, tmp_path) == CopyKeys(None, own=False)


# ---- closed, or damaged


def test_a_damaged_ward_is_restored_by_its_passphrase(ward: Ward, clock: Clock) -> None:
    """H44: what would be lost cannot be told, everything else is as ever."""
    ward.store.close()
    spoil(ward.folder)
    line = copy_to_read(ward.folder)
    assert line is not None
    ask = by(WORDS)
    opened = ask_for_keys(ward.folder, line.folder, clock, ask)
    assert opened is not None and opened.own and ask.asked == [ward.folder]
    seen = preview_closed(ward.folder, line.folder, clock(), opened)
    assert seen.relation == "unknown"
    reader = open_to_read(seen.prepared, opened.keys)
    Signing(seen, assemble(reader, clock), opened.keys, clock).sign_by_name(*BY_NAME)
    reader.close()
    put_in_place(ward.folder, seen.prepared, clock())
    restored = open_ward(ward.folder, clock, create=False, keys=opened.keys)
    assert restored.site.ward_name == NAME_THEN
    restored.store.close()


def test_a_closed_ward_is_compared_with_its_copy(ward: Ward, keys: Keys, clock: Clock) -> None:
    ward.store.close()
    copy = copy_of(ward.folder)
    seen = preview_closed(ward.folder, copy, clock(), CopyKeys(keys, own=True))
    assert seen.relation == "before" and len(seen.lost) == 1


def test_without_the_wards_key_file_the_copys_own_opens_it(ward: Ward, clock: Clock) -> None:
    """The passphrase is then the one of the day the copy was made."""
    ward.store.close()
    change_passphrase(ward.folder, WORDS, OTHER, clock(), slowness=FLOOR)
    for name in (NAME, SPARE):
        (ward.folder / name).write_text("spoilt")
    copy = copy_of(ward.folder)
    ask = by(WORDS)
    opened = ask_for_keys(ward.folder, copy, clock, ask)
    assert opened is not None and not opened.own and ask.asked == [copy]
    copied = open_copy(copy, clock, opened.keys)
    assert copied.emergency.startswith("EMERGENCY COPY") and copied.read_only
    assert copied.site.ward_name == NAME_THEN
    copied.store.close()
    for name in (NAME, SPARE):
        (copy / name).write_text("spoilt")
    with pytest.raises(Refused, match="key file"):
        ask_for_keys(ward.folder, copy, clock, ask)


def test_keys_that_are_known_are_not_asked_for(ward: Ward, keys: Keys, clock: Clock) -> None:
    ask = by(WORDS)
    assert ask_for_keys(ward.folder, copy_of(ward.folder), clock, ask, keys) is not None
    assert ask.asked == []
    assert ask_for_keys(ward.folder, copy_of(ward.folder), clock, lambda _: None) is None


def test_either_opens_a_ward(tmp_path: Path, clock: Clock) -> None:
    made = make_keys(tmp_path / "ward", WORDS, slowness=FLOOR)
    for typed in (WORDS, made.recovery_code):
        lock = Unlocking(tmp_path / "ward", clock)
        lock.by_either(typed)
        assert lock.keys == made.keys


def test_a_plain_copy_takes_the_old_key_file_out_of_the_way(
    tmp_path: Path, ward: Ward, clock: Clock
) -> None:
    """A ward that cannot be read any more, and a copy of a plain one: no old key is left behind."""
    plain = open_ward(tmp_path / "plain", clock, create=True)
    rename(plain, "Plain")
    back_up(plain, "a")
    plain.store.close()
    ward.store.close()
    spoil(ward.folder)
    seen = preview_closed(ward.folder, copy_of(tmp_path / "plain"), clock())
    put_in_place(ward.folder, seen.prepared, clock())
    restored = open_ward(ward.folder, clock, create=False)
    assert restored.site.ward_name == "Plain"
    restored.store.close()
    (aside,) = ward.folder.glob("replaced-*")
    assert not (ward.folder / NAME).exists() and (aside / NAME).exists()


def test_an_encrypted_copy_is_carried_with_its_key_file(ward: Ward, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    (copy,) = copy_folders.copies_in(ward.folder / BACKUPS)
    carried = copy_folders.carry(copy, tmp_path / "stick")
    assert (carried.folder / NAME).read_bytes() == (copy.folder / NAME).read_bytes()


# ---- two people


def test_two_people_of_the_ward_sign_by_their_secrets(ward: Ward, clock: Clock) -> None:
    """P7: not one person twice, not by a wrong secret, not by a typed name."""
    ids = peopled(ward)
    enter(ward, KELLER)
    first, second = (ids[KELLER], SECRETS[KELLER]), (ids[BERG], SECRETS[BERG])
    seen = preview(ward, copy_of(ward.folder))
    assert [act.act for act in seen.lost][:1] == [f"added {OKONJO}, with {BERG}"]
    signing = signing_of(ward, seen)
    with pytest.raises(Refused, match="two people"):
        signing.sign_by_secret(first, first)
    with pytest.raises(Refused, match="not the passphrase"):
        signing.sign_by_secret(first, (ids[BERG], "a wrong one"))
    with pytest.raises(Refused, match="own passphrases"):
        signing.sign_by_name(*BY_NAME)
    assert not signing.becomes_plain
    clock.now += timedelta(minutes=2)
    signing.sign_by_secret(first, second)
    ward.store.close()
    restored = take_restored(ward, seen.prepared)
    with restored.store.reading() as reading:
        (said,) = reading.exec_driver_sql(
            "SELECT value FROM site_setting WHERE key = 'restored'"
        ).fetchall()
    assert f"restored by {KELLER}, pharmacist, second {BERG}, nurse" in said[0]
    restored.store.close()


def test_a_restore_is_begun_by_a_role_that_may(ward: Ward, clock: Clock) -> None:
    """Data in roles.toml: a trial coordinator is the second person, never the first."""
    ids = peopled(ward)
    enter(ward, KELLER)
    with cheap():
        number = add_person(
            ward, new("Cora Lind", "coordinator"), who=ward.signed_in.who, second=second_of(ward)
        )
    cora = (number, new("Cora Lind", "coordinator").passphrase)
    nurse = (ids[BERG], SECRETS[BERG])
    signing = signing_of(ward, preview(ward, copy_of(ward.folder)))
    with pytest.raises(Refused, match="to put a copy in the ward's place is for"):
        signing.sign_by_secret((number, "not even asked for"), nurse)
    signing.sign_by_secret(nurse, cora)  # at night, without an administrator


def test_an_older_copy_than_the_last_good_one_needs_more_than_two_nurses(
    ward: Ward, clock: Clock
) -> None:
    ids = peopled(ward)
    enter(ward, KELLER)
    with cheap():
        number = add_person(
            ward, new("Nora Ness", "nurse"), who=ward.signed_in.who, second=second_of(ward)
        )
    older = copy_of(ward.folder)
    clock.now += timedelta(minutes=1)
    newer = back_up(ward, "by hand")
    seen = preview(ward, older)
    assert not seen.newest and preview(ward, older.with_name(newer.name)).newest
    nora = (number, new("Nora Ness", "nurse").passphrase)
    nurse = (ids[BERG], SECRETS[BERG])
    signing = signing_of(ward, preview(ward, older))
    with pytest.raises(Refused, match=r"newer good copy .* physician, pharmacist or administrator"):
        signing.sign_by_secret(nurse, nora)
    signing.sign_by_secret(nurse, (ids[KELLER], SECRETS[KELLER]))


def test_a_copy_from_before_the_encryption_says_that_the_ward_becomes_plain(
    tmp_path: Path, clock: Clock
) -> None:
    plain = open_ward(tmp_path / "ward", clock, create=True)
    rename(plain, "Plain")
    back_up(plain, "by hand")
    plain.store.close()
    made = encrypt_ward(
        tmp_path / "ward", "anvil pepper comet drawer violin", who="K", now=clock(), slowness=FLOOR
    )
    opened = open_ward(tmp_path / "ward", clock, create=False, keys=made.keys)
    seen = preview(opened, copy_of(opened.folder))
    assert (seen.relation, signing_of(opened, seen).becomes_plain) == ("before", True)
    opened.store.close()
