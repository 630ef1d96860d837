"""`bedside ward passphrase|recovery-code|change-key|keyring` in a ward with people: as on the screen, by two."""

import io
import sys

import pytest

from bedside.app import open_ward, system_clock
from bedside.cli import main
from bedside.store import key_doors, rekey
from bedside.store.key_doors import is_passphrase, open_by_passphrase
from bedside.store.passphrase import FLOOR
from bedside.store.queries import all_of
from bedside.store.records import SiteSetting
from bedside.ward.key_acts import SETTING
from tests.commands.test_ward_keys import OTHER, WORDS, Ring
from tests.ward.peopled import BERG, KELLER, SECRETS, peopled

BOTH = ("--by", KELLER, "--and-by", BERG)
SHOWN = (SECRETS[KELLER], SECRETS[BERG])


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    monkeypatch.setattr(key_doors, "calibrate", lambda _: FLOOR)
    monkeypatch.setattr(rekey, "calibrate", lambda _: FLOOR)


@pytest.fixture
def typed(monkeypatch):
    def lines(*said):
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in said)))

    return lines


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "ward"


@pytest.fixture
def made(folder, typed, capsys):
    """A ward made by the command, closed."""
    typed(WORDS, WORDS)
    assert ward("make", folder) == 0
    capsys.readouterr()


@pytest.fixture
def staffed(folder, made):
    """An encrypted ward with its people, closed."""
    keys = open_by_passphrase(folder, WORDS, system_clock()())
    ward = open_ward(folder, system_clock(), create=False, keys=keys)
    peopled(ward)
    ward.store.close()
    return folder


def ward(act, folder, *words):
    return main(["ward", act, "--ward", str(folder), *words])


def recorded(folder, secret=WORDS):
    keys = open_by_passphrase(folder, secret, system_clock()())
    opened = open_ward(folder, system_clock(), create=False, keys=keys)
    with opened.store.reading() as connection:
        found = [row.value for row in all_of(connection, SiteSetting) if row.key == SETTING]
    opened.store.close()
    return found


@pytest.mark.parametrize(
    ("by", "shown", "says"),
    [
        ((), (), "name yourself with --by"),
        (("--by", BERG), (), "is for administrator"),
        (("--by", KELLER), SHOWN[:1], "--and-by"),
        (("--by", KELLER, "--and-by", KELLER), SHOWN[:1], "this is the first one"),
        (BOTH, ("not her passphrase at all",), "not the passphrase"),
    ],
)
@pytest.mark.parametrize("act", ["passphrase", "recovery-code", "change-key", "keyring"])
def test_the_wards_passphrase_alone_changes_nothing(
    staffed, typed, capsys, monkeypatch, act, by, shown, says
):
    monkeypatch.setattr("bedside.commands.ward_keys.system_ring", Ring)
    before = {path.name: path.read_bytes() for path in staffed.glob("ward.keys*")}
    typed(WORDS, *shown, OTHER, OTHER)
    assert ward(act, staffed, *by) == 2
    assert says in capsys.readouterr().err
    assert is_passphrase(staffed, WORDS) and not is_passphrase(staffed, OTHER)
    after = {path.name: path.read_bytes() for path in staffed.glob("ward.keys*")}
    assert after == before


def test_two_people_give_the_ward_another_passphrase(staffed, typed, capsys):
    typed(WORDS, *SHOWN, OTHER, OTHER)
    assert ward("passphrase", staffed, *BOTH) == 0
    assert not is_passphrase(staffed, WORDS)
    (said,) = recorded(staffed, OTHER)
    assert said.startswith("new ward passphrase; Mara Keller") and BERG in said


def test_two_people_make_another_code_and_another_key(staffed, typed, capsys):
    typed(WORDS, *SHOWN)
    assert ward("recovery-code", staffed, *BOTH) == 0
    assert "Recovery code: " in capsys.readouterr().out
    assert recorded(staffed)[0].startswith("new recovery code; ")
    before = (staffed / "ward.sqlite3").read_bytes()
    typed(WORDS, *SHOWN, OTHER, OTHER)
    assert ward("change-key", staffed, *BOTH) == 0
    assert (staffed / "ward.sqlite3").read_bytes()[:64] != before[:64]
    assert recorded(staffed, OTHER)[0].startswith("a new key was ordered; ")


def test_the_keyring_is_let_in_and_out_by_two(staffed, typed, capsys, monkeypatch):
    ring = Ring()
    monkeypatch.setattr("bedside.commands.ward_keys.system_ring", lambda: ring)
    typed(WORDS, *SHOWN)
    assert ward("keyring", staffed, *BOTH) == 0
    assert ring.kept and recorded(staffed)[0].startswith("opens by this workstation")
    typed(WORDS, *SHOWN)
    assert ward("keyring", staffed, "--off", *BOTH) == 0
    assert not ring.kept and recorded(staffed)[0].startswith("no longer opens")


def test_without_people_a_name_is_kept_where_one_is_given(folder, made, typed, capsys):
    typed(WORDS, OTHER, OTHER)
    assert ward("passphrase", folder, "--by", "T. Okafor, IT") == 0
    assert recorded(folder, OTHER) == ["new ward passphrase; T. Okafor, IT"]


def test_copies_that_older_keys_open_are_listed_and_removed_by_two(staffed, typed, capsys):
    """As on the page of keys: by two, and never the last good copy."""

    def back_up():
        typed(WORDS if is_passphrase(staffed, WORDS) else OTHER)
        assert main(["backup", "--ward", str(staffed)]) == 0

    def remove(*words, shown=()):
        capsys.readouterr()
        typed(OTHER, *shown)
        code = ward("remove-old-copies", staffed, *words)
        said = capsys.readouterr()
        return code, said.out, said.err

    back_up()
    (old,) = (staffed / "backups").iterdir()
    typed(WORDS, *SHOWN, OTHER, OTHER)
    assert ward("passphrase", staffed, *BOTH) == 0
    assert "remove-old-copies" in capsys.readouterr().out
    assert main(["restore", "--ward", str(staffed)]) == 0
    listed = capsys.readouterr().out
    assert "OLDER KEYS open it" in listed and "bedside ward remove-old-copies" in listed
    assert remove()[:2] == (0, f"older keys open: {old}\n")
    for words, shown, says in (
        ((), (), "name yourself with --by"),
        (("--by", BERG), (), "is for administrator"),
        (("--by", KELLER), SHOWN[:1], "--and-by"),
        (BOTH, SHOWN, "Back up now"),
    ):
        code, _, err = remove("--yes", *words, shown=shown)
        assert (code, says in err) == (2, True), err
    assert old.is_dir(), "the last good copy never goes"
    back_up()
    assert remove("--yes", *BOTH, shown=SHOWN)[:2] == (
        0,
        "Removed: 1. A disk may hold them for a while yet.\n",
    )
    (new,) = (staffed / "backups").iterdir()
    assert new != old
    assert recorded(staffed, OTHER)[0].startswith("removed 1 copy that older keys open; Mara")
    assert remove("--yes")[:2] == (0, "No copy of this ward is opened by older keys.\n")
