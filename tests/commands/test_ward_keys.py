"""`bedside ward`: an encrypted ward from the terminal; no secret is ever a word of the command line."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bedside.app import open_on_screen, open_ward, system_clock
from bedside.cli import main
from bedside.desktop import opening_page, unlock_page
from bedside.store import key_doors, opening, rekey
from bedside.store.key_doors import make_keys, open_by_passphrase
from bedside.store.keys import NAME, KeyNeeded
from bedside.store.lock import WardLock
from bedside.store.passphrase import FLOOR
from bedside.units.refusal import Refused
from bedside.ward.opening_pages import page_of

WORDS = "heron lantern gravel sixteen plum"
OTHER = "anvil pepper comet drawer violin"
ROOT = Path(__file__).resolve().parents[2]


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
    """A ward made by the command, closed; its recovery code."""
    typed(WORDS, WORDS)
    assert main(["ward", "make", "--ward", str(folder)]) == 0
    out = capsys.readouterr().out
    assert "its file is encrypted" in out
    return out.split("Recovery code: ")[1].split()[0]


def test_a_made_ward_asks_for_its_passphrase(folder, made):
    with pytest.raises(KeyNeeded):
        open_ward(folder, system_clock(), create=False)
    keys = open_by_passphrase(folder, WORDS, system_clock()())
    ward = open_ward(folder, system_clock(), create=False, keys=keys)
    assert ward.protection == "Encrypted"
    ward.store.close()


def test_a_disk_that_is_encrypted_is_stated(folder, typed, capsys):
    typed(WORDS, WORDS)
    words = ["ward", "make", "--ward", str(folder), "--disk-encrypted-by", "T. Okafor, IT"]
    assert main(words) == 0
    assert "plain, as its disk is encrypted" in capsys.readouterr().out
    keys = open_by_passphrase(folder, WORDS, system_clock()())
    ward = open_ward(folder, system_clock(), create=False, keys=keys)
    assert ward.protection == "Disk encryption stated by the site"
    ward.store.close()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ((WORDS, OTHER), "not the same"),
        (("too short", "too short"), "at least 5 words"),
        ((), "start it in a terminal"),
    ],
)
def test_no_ward_is_made_with_less(folder, typed, capsys, said, words):
    typed(*said)
    assert main(["ward", "make", "--ward", str(folder)]) == 2
    assert words in capsys.readouterr().err
    assert not folder.exists()


def test_another_passphrase(folder, made, typed, capsys):
    typed(WORDS, OTHER, OTHER)
    assert main(["ward", "passphrase", "--ward", str(folder)]) == 0
    typed(made, WORDS, WORDS)
    assert main(["ward", "passphrase", "--ward", str(folder)]) == 0
    typed(OTHER, OTHER, OTHER)
    assert main(["ward", "passphrase", "--ward", str(folder)]) == 2
    assert "not this ward's passphrase" in capsys.readouterr().err


def test_another_recovery_code(folder, made, typed, capsys):
    typed(WORDS)
    assert main(["ward", "recovery-code", "--ward", str(folder)]) == 0
    assert "Recovery code: " in capsys.readouterr().out


def test_another_key(folder, made, typed, capsys):
    before = (folder / "ward.sqlite3").read_bytes()
    typed(WORDS, OTHER, OTHER)
    assert main(["ward", "change-key", "--ward", str(folder)]) == 0
    said = capsys.readouterr().out
    assert "nothing is lost" in said and "still opens every copy made before" in said
    assert (folder / "ward.sqlite3").read_bytes()[:64] != before[:64]


def test_a_keyring_that_is_not_there_is_said(folder, made, typed, capsys, monkeypatch):
    monkeypatch.setattr("bedside.commands.ward_keys.system_ring", lambda: None)
    assert main(["ward", "keyring", "--ward", str(folder)]) == 2
    assert "The passphrase opens the ward as before" in capsys.readouterr().err


class Ring:
    """A keyring in memory; a broken one keeps nothing."""

    def __init__(self, *, broken=False):
        self.kept, self.broken = {}, broken

    def get_password(self, service, username):
        return self.kept.get(username)

    def set_password(self, service, username, password):
        if not self.broken:
            self.kept[username] = password

    def delete_password(self, service, username):
        self.kept.pop(username)


def test_a_workstation_opens_its_ward_by_its_keyring(folder, made, typed, capsys, monkeypatch):
    ring = Ring()
    monkeypatch.setattr("bedside.commands.ward_keys.system_ring", lambda: ring)
    monkeypatch.setattr("bedside.ward.unlocking.system_ring", lambda: ring)
    typed(WORDS)
    assert main(["ward", "keyring", "--ward", str(folder)]) == 0
    open_ward(folder, system_clock(), create=False).store.close()
    ring.kept.clear()
    with pytest.raises(KeyNeeded):
        open_ward(folder, system_clock(), create=False)


def test_a_keyring_that_keeps_nothing(folder, made, typed, capsys, monkeypatch):
    monkeypatch.setattr("bedside.commands.ward_keys.system_ring", lambda: Ring(broken=True))
    typed(WORDS)
    assert main(["ward", "keyring", "--ward", str(folder)]) == 2
    assert "did not keep it" in capsys.readouterr().err


def test_a_command_on_an_encrypted_ward_asks(folder, made, typed, capsys, tmp_path):
    words = ["sheet", "--ward", str(folder), "--infant", "X", "--by", "E. Berg, RN"]
    words += ["-o", str(tmp_path / "sheet.pdf")]
    typed(WORDS)
    assert main(words) == 2
    assert "No infant on this ward has the hospital number X" in capsys.readouterr().err
    typed(OTHER)
    assert main(words) == 2
    assert "not this ward's passphrase" in capsys.readouterr().err


def test_a_secret_typed_at_a_terminal_is_not_shown(monkeypatch):
    from bedside.commands.ward_keys import ask_secret

    class Terminal(io.StringIO):
        def isatty(self):
            return True

    monkeypatch.setattr(sys, "stdin", Terminal("seen\n"))
    monkeypatch.setattr("getpass.getpass", lambda words: f"hidden after {words}")
    assert ask_secret("Passphrase: ") == "hidden after Passphrase: "

    def ended(_words):
        raise EOFError  # Ctrl+D

    monkeypatch.setattr("getpass.getpass", ended)
    with pytest.raises(Refused, match="Nothing was done"):
        ask_secret("Passphrase: ")


def test_an_encrypted_ward_without_a_screen_is_said_in_one_line(folder, made):
    ran = subprocess.run(
        [sys.executable, "-P", "-m", "bedside", "--ward", str(folder)],
        env={key: value for key, value in os.environ.items() if "DISPLAY" not in key}
        | {"PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert ran.returncode == 2
    assert ran.stderr.count("\n") == 1
    assert "is encrypted. Its passphrase" in ran.stderr


# ---- with a screen: pages, and what is chosen on them


@pytest.fixture
def pages(monkeypatch, qapp):
    """Answers the pages in turn; keeps what they said."""

    class Answers(list):
        shown: list

    answers = Answers()
    answers.shown = []

    def answer(look, page):
        answers.shown.append(page.title)
        act = answers.pop(0)
        return act() if callable(act) else act

    monkeypatch.setattr(opening_page, "ask", answer)
    return answers


def test_the_passphrase_page_opens_the_ward(folder, made, pages, monkeypatch):
    def type_it(look, lock, where):
        assert where == str(folder)
        lock.by_passphrase(WORDS)
        return True

    monkeypatch.setattr(unlock_page, "ask_passphrase", type_it)
    ward = open_on_screen(folder, system_clock())
    assert ward is not None and ward.protection == "Encrypted"
    ward.store.close()
    assert pages.shown == []


def test_closing_the_passphrase_page_closes_bedside(folder, made, pages, monkeypatch):
    monkeypatch.setattr(unlock_page, "ask_passphrase", lambda *_: False)
    assert open_on_screen(folder, system_clock()) is None


def test_a_ward_open_elsewhere_can_be_tried_again(folder, pages):
    folder.mkdir()
    lock = WardLock(folder)
    pages += ["again", lambda: lock.release() or "again"]
    ward = open_on_screen(folder, system_clock())
    assert pages.shown == ["This ward is open already"] * 2
    assert ward is not None
    ward.store.close()


def test_closing_a_page_closes_bedside(folder, pages):
    folder.mkdir()
    lock = WardLock(folder)
    pages += ["close"]
    assert open_on_screen(folder, system_clock()) is None
    lock.release()


@pytest.mark.parametrize(("choice", "is_open"), [("go on", True), ("close", False)])
def test_a_read_only_ward_is_opened_on_purpose(folder, pages, monkeypatch, choice, is_open):
    open_ward(folder, system_clock(), create=True).store.close()
    monkeypatch.setattr(opening, "is_read_only_medium", lambda _: True)
    pages += [choice]
    ward = open_on_screen(folder, system_clock())
    assert pages.shown == ["This ward can only be read here"]
    assert (ward is not None) is is_open
    if ward is not None:
        assert ward.read_only
        ward.store.close()


@pytest.mark.parametrize(("choice", "is_open"), [("go on", True), ("close", False)])
def test_a_clock_behind_the_last_record_asks(folder, pages, choice, is_open):
    from datetime import timedelta

    from bedside.ward.forms import SiteForm
    from bedside.ward.site import save_site

    clock = system_clock()
    ward = open_ward(folder, lambda: clock() + timedelta(days=2), create=True)
    form = SiteForm("North Quay", "Ward 4", "unknown", 7, 48, "mosteller", ".", ())
    save_site(ward, form, who="E. Berg, RN")
    ward.store.close()
    pages += ["again", choice]
    opened = open_on_screen(folder, clock)
    assert pages.shown == ["The clock is behind the last record"] * 2
    assert (opened is not None) is is_open
    if opened is not None:
        opened.store.close()


def test_a_lost_key_file_is_a_page(folder, made, pages, tmp_path):
    for file in (folder / NAME, folder / "ward.keys.spare"):
        file.unlink()
    pages += ["close"]
    assert open_on_screen(folder, system_clock()) is None
    assert pages.shown == ["The ward's key file does not fit"]


def test_keys_of_another_ward_are_a_page(folder, made, tmp_path):
    others = make_keys(tmp_path / "other", OTHER, slowness=FLOOR).keys
    with pytest.raises(opening.Hindered) as caught:
        open_ward(folder, system_clock(), create=False, keys=others)
    assert page_of(caught.value, folder).again
