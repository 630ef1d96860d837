"""`bedside ward encrypt` and `remove-plain`, through the front door."""

import io
import sys
from pathlib import Path

import pytest

from bedside.app import open_ward, system_clock
from bedside.cli import main
from bedside.store import encrypting, key_doors
from bedside.store.key_doors import open_by_passphrase
from bedside.store.keys import PLAIN_MARK, has_keys, mark_in
from bedside.store.opening import FILE
from bedside.store.passphrase import FLOOR
from bedside.store.queries import all_of
from bedside.store.records import Infant
from tests.ward.peopled import BERG, KELLER, SECRETS, peopled
from tests.ward.wards import Bench

WORDS = "heron lantern gravel sixteen plum"


@pytest.fixture
def typed(monkeypatch):
    for module in (key_doors, encrypting):
        monkeypatch.setattr(module, "calibrate", lambda _: FLOOR)

    def lines(*said: str) -> None:
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in said)))

    return lines


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    bench = Bench(tmp_path / "ward")
    bench.ready_for_epi_1()
    bench.ward.store.close()
    return tmp_path / "ward"


def ward(act: str, folder: Path, *words: str) -> int:
    return main(["ward", act, "--ward", str(folder), *words])


def families(folder: Path) -> list[str]:
    keys = open_by_passphrase(folder, WORDS, system_clock()())
    opened = open_ward(folder, system_clock(), create=False, keys=keys)
    with opened.store.reading() as connection:
        found = [row.family for row in all_of(connection, Infant)]
    opened.store.close()
    return found


def test_a_ward_without_people(folder: Path, typed, capsys) -> None:
    typed(WORDS, WORDS)
    assert ward("encrypt", folder) == 2
    assert "--by" in capsys.readouterr().err
    typed(WORDS, WORDS)
    assert ward("encrypt", folder, "--by", "M. Keller, pharmacist") == 0
    out = capsys.readouterr().out
    assert "every field was compared" in out and "Recovery code: " in out
    assert mark_in(folder / FILE) != PLAIN_MARK and families(folder) == ["MUSTER"]
    typed(WORDS)
    assert ward("encrypt", folder, "--by", "M. Keller, pharmacist") == 2
    assert "encrypted already" in capsys.readouterr().err


def test_what_is_readable_is_listed_and_then_removed(folder: Path, typed, capsys) -> None:
    typed(WORDS, WORDS)
    assert ward("encrypt", folder, "--by", "M. Keller, pharmacist") == 0
    capsys.readouterr()
    typed(WORDS)
    assert ward("remove-plain", folder) == 0
    listed = capsys.readouterr().out.splitlines()
    assert len(listed) == 2 and "replaced-" in listed[0] and "backups" in listed[1]
    typed(WORDS)
    assert ward("remove-plain", folder, "--yes", "--by", "M. Keller, pharmacist") == 0
    capsys.readouterr()
    plain = [path for path in folder.rglob(FILE) if mark_in(path) == PLAIN_MARK]
    assert plain == [] and len(list(folder.rglob(FILE))) == 2  # the ward and its new copy
    assert families(folder) == ["MUSTER"]
    typed(WORDS)
    assert ward("remove-plain", folder) == 0
    assert "Nothing of this ward" in capsys.readouterr().out


def test_in_a_ward_with_people_an_administrator_and_another(folder: Path, typed, capsys) -> None:
    opened = open_ward(folder, system_clock(), create=False)
    peopled(opened)
    opened.store.close()
    for by, secrets, says in (
        ((BERG,), (), "is for administrator"),
        ((KELLER,), (SECRETS[KELLER],), "--and-by"),
        ((KELLER, "--and-by", BERG), (SECRETS[KELLER], "wrong words altogether"), "not the pass"),
    ):
        typed(*secrets, WORDS, WORDS)
        assert ward("encrypt", folder, "--by", *by) == 2
        assert says in capsys.readouterr().err
        assert not has_keys(folder) and mark_in(folder / FILE) == PLAIN_MARK
    import time

    time.sleep(1.1)  # the wait after the wrong one
    typed(SECRETS[KELLER], SECRETS[BERG], WORDS, WORDS)
    assert ward("encrypt", folder, "--by", KELLER, "--and-by", BERG) == 0
    assert families(folder) == ["MUSTER"]


def test_a_plain_ward_keeps_its_plain_copies(folder: Path, typed, capsys) -> None:
    assert ward("remove-plain", folder, "--yes", "--by", "M. Keller") == 2
    assert "Encrypt it first" in capsys.readouterr().err


def test_the_keyring_is_left(folder: Path, typed, capsys) -> None:
    typed(WORDS, WORDS)
    assert ward("encrypt", folder, "--by", "M. Keller, pharmacist") == 0
    typed(WORDS)
    assert ward("keyring", folder, "--off") == 0
    assert "opens the ward no more" in capsys.readouterr().out
