"""`bedside backup`, `restore` and `downtime` on an encrypted ward: each asks for its passphrase."""

import io
import shutil
import sys
from pathlib import Path

import pytest

from bedside.app import open_ward, system_clock
from bedside.cli import main
from bedside.store import key_doors
from bedside.store.key_doors import make_keys, open_by_passphrase
from bedside.store.passphrase import FLOOR
from tests.ward.peopled import BERG, KELLER, SECRETS, peopled

WORDS = "heron lantern gravel sixteen plum"


@pytest.fixture
def typed(monkeypatch):
    monkeypatch.setattr(key_doors, "calibrate", lambda _: FLOOR)

    def lines(*said: str) -> None:
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in said)))

    return lines


@pytest.fixture
def ward(tmp_path: Path, typed, capsys) -> Path:
    """An encrypted ward with people, closed, with one copy."""
    folder = tmp_path / "ward"
    keys = make_keys(folder, WORDS, slowness=FLOOR).keys
    made = open_ward(folder, system_clock(), create=True, keys=keys)
    peopled(made)
    made.store.close()
    typed(WORDS)
    assert main(["backup", "--ward", str(folder)]) == 0
    assert "proved" in capsys.readouterr().out
    return folder


def run(ward: Path, *words: str) -> int:
    return main([words[0], "--ward", str(ward), *words[1:]])


def test_nothing_is_done_without_the_passphrase(ward: Path, typed, capsys) -> None:
    before = sorted(path.name for path in (ward / "backups").iterdir())
    for words in (("backup",), ("restore", "--drill"), ("restore", "--read-only")):
        typed()
        assert run(ward, *words) == 2
        assert "passphrase" in capsys.readouterr().err
    assert sorted(path.name for path in (ward / "backups").iterdir()) == before


def test_the_drill_asks_once(ward: Path, typed, capsys) -> None:
    typed(WORDS)
    assert run(ward, "restore", "--drill") == 0
    out = capsys.readouterr().out
    assert "equal to the ward" in out and "Drill passed" in out


def test_two_people_restore_by_their_passphrases(ward: Path, typed, capsys) -> None:
    """P7: the names on the command line say who; the secrets are asked for."""
    two = ("--by", f"{KELLER}, pharmacist", "--and-by", BERG)
    typed(WORDS, SECRETS[KELLER], "not the right one")
    assert run(ward, "restore", "--copy", "newest", *two) == 2
    assert "not the passphrase" in capsys.readouterr().err
    typed(WORDS)
    assert run(ward, "restore", "--copy", "newest", "--by", "N. Obody", "--and-by", BERG) == 2
    assert f"Its people are: Ada Okonjo; {BERG}" in capsys.readouterr().err
    typed(WORDS, SECRETS[KELLER], SECRETS[BERG])
    assert run(ward, "restore", "--copy", "newest", *two) == 0
    assert "Restored from the copy" in capsys.readouterr().out
    keys = open_by_passphrase(ward, WORDS, system_clock()())
    open_ward(ward, system_clock(), create=False, keys=keys).store.close()


def test_a_dead_disk_is_restored_from_a_medium_by_its_recovery_code(
    tmp_path: Path, typed, capsys
) -> None:
    """H36: all that is left is the stick and the sheet in the safe."""
    folder, stick = tmp_path / "ward", tmp_path / "stick"
    made = make_keys(folder, WORDS, slowness=FLOOR)
    open_ward(folder, system_clock(), create=True, keys=made.keys).store.close()
    typed(WORDS)
    assert run(folder, "backup") == 0
    shutil.copytree(folder / "backups", stick)
    shutil.rmtree(folder)
    typed(made.recovery_code)
    two = ("--by", "E. Berg, RN", "--and-by", "M. Keller, physician")
    assert run(folder, "restore", "--from", str(stick), "--copy", "newest", *two) == 0
    keys = open_by_passphrase(folder, WORDS, system_clock()())
    open_ward(folder, system_clock(), create=False, keys=keys).store.close()
    assert "Restored" in capsys.readouterr().out


def test_the_downtime_sheets_ask_for_it_too(ward: Path, typed, tmp_path: Path, capsys) -> None:
    words = ("downtime", "-o", str(tmp_path / "down.pdf"))
    typed()
    assert run(ward, *words) == 2
    assert "Passphrase of the ward" in capsys.readouterr().err
    typed(WORDS, SECRETS[BERG])
    assert run(ward, *words, "--by", BERG) == 2
    assert "no infant on this ward" in capsys.readouterr().err
