"""Commands that write or print, in a ward with people: name, passphrase and role, as on the screen."""

import io
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from bedside.app import open_ward, system_clock
from bedside.cli import main
from bedside.store.people_records import SecretTry
from bedside.store.queries import all_of
from bedside.store.records import Print
from bedside.ward import people_acts
from bedside.ward.people_acts import add_person
from tests.ward.peopled import BERG, KELLER, OKONJO, SECRETS, cheap, enter, new, peopled, second_of
from tests.ward.wards import Bench

ADMIN = "Tom Okafor"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A closed plain ward with one infant ready for EPI #1, and four people."""
    bench = Bench(tmp_path / "ward")
    bench.ready_for_epi_1()
    peopled(bench.ward)
    enter(bench.ward, KELLER)
    with cheap():
        add_person(
            bench.ward,
            new(ADMIN, "administrator"),
            who=bench.ward.signed_in.who,
            second=second_of(bench.ward),
        )
    bench.ward.store.close()
    return tmp_path / "ward"


@pytest.fixture
def typed(monkeypatch):
    def lines(*said: str) -> None:
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in said)))

    return lines


def roadmap(folder: Path, target: Path, *by: str) -> int:
    words = ["--infant", "T 001", "--course", "consolidation", "-o", str(target), *by]
    return main(["roadmap", "--ward", str(folder), *words])


def records(folder: Path, kind: type) -> list:
    ward = open_ward(folder, system_clock(), create=False)
    try:
        with ward.store.reading() as connection:
            return all_of(connection, kind)
    finally:
        ward.store.close()


def test_a_nurse_prints_by_her_passphrase(folder, typed, tmp_path, capsys) -> None:
    typed(SECRETS[BERG])
    assert roadmap(folder, tmp_path / "r.pdf", "--by", "erika berg, RN") == 0
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF")
    (printed,) = records(folder, Print)
    assert printed.recorded_by == f"{BERG}, nurse"
    assert SECRETS[BERG] not in capsys.readouterr().out


def test_a_wrong_one_is_counted_and_nothing_is_printed(folder, typed, tmp_path, capsys) -> None:
    typed("the wrong words altogether")
    assert roadmap(folder, tmp_path / "r.pdf", "--by", BERG) == 2
    said = capsys.readouterr()
    assert "not the passphrase" in said.err and said.err.count("\n") == 1 and said.out == ""
    tries = records(folder, SecretTry)
    assert tries[-1].outcome == "wrong" and tries[-1].purpose == "sign in"
    assert not (tmp_path / "r.pdf").exists() and records(folder, Print) == []
    # the counter is the screen's: the right one is refused until the wait is over
    typed(SECRETS[BERG])
    code = roadmap(folder, tmp_path / "r.pdf", "--by", BERG)
    assert code == 0 or "Wait" in capsys.readouterr().err


def test_the_role_is_asked_for_before_the_passphrase(folder, typed, tmp_path, capsys) -> None:
    typed()
    assert roadmap(folder, tmp_path / "r.pdf", "--by", ADMIN) == 2
    assert "to print papers is for" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("by", "says"),
    [
        ((), "name yourself with --by"),
        (("--by", "N. Obody"), "nobody named N. Obody"),
        (("--by", BERG), "one a line. Nothing was done"),
    ],
)
def test_nobody_to_ask_is_said_in_one_line(folder, typed, tmp_path, capsys, by, says) -> None:
    typed()
    assert roadmap(folder, tmp_path / "r.pdf", *by) == 2
    said = capsys.readouterr()
    assert says in said.err and said.err.count("\n") == 1 and said.out == ""


def test_downtime_asks_and_says_who_printed(folder, typed, tmp_path, capsys) -> None:
    from pypdf import PdfReader

    words = ["downtime", "--ward", str(folder), "-o", str(tmp_path / "d.pdf")]
    typed()
    assert main(words) == 2
    assert "--by" in capsys.readouterr().err
    typed(SECRETS[BERG])
    assert main([*words, "--by", BERG]) == 0
    text = "".join(page.extract_text() for page in PdfReader(tmp_path / "d.pdf").pages)
    assert f"{BERG}, nurse" in text


def test_a_pharmacist_commissions_and_a_nurse_does_not(folder, typed, capsys) -> None:
    enters = ["commission", "enter", "--ward", str(folder), "--protocol", "aall15p1"]
    enters += ["--number", "induction/length", "--value", "33 days"]
    typed(SECRETS[BERG])
    assert main([*enters, "--by", BERG]) == 2
    assert "is for physician or pharmacist" in capsys.readouterr().err
    typed(SECRETS[KELLER])
    assert main([*enters, "--by", KELLER]) == 0
    assert f"Recorded for {KELLER}, pharmacist" in capsys.readouterr().out


def test_both_who_sign_a_file_show_their_passphrases(folder, typed, tmp_path, capsys) -> None:
    export = ["commission", "export", "--ward", str(folder), "--protocol", "aall15p1"]
    export += ["-o", str(tmp_path / "site.toml"), "--by", KELLER, "--and"]
    typed(SECRETS[KELLER], "not the words of Ada")
    assert main([*export, OKONJO]) == 2
    assert "not the passphrase" in capsys.readouterr().err
    typed(SECRETS[KELLER])
    assert main([*export, KELLER]) == 2
    assert "second person is needed" in capsys.readouterr().err
    assert not (tmp_path / "site.toml").exists()


def test_a_workbook_is_loaded_by_who_may(folder, typed, tmp_path, capsys) -> None:
    load = ["ctcae", "load", str(tmp_path / "none.xlsx"), "--ward", str(folder), "--by"]
    typed(SECRETS[BERG])
    assert main([*load, BERG]) == 2
    assert "is for physician or pharmacist" in capsys.readouterr().err
    typed(SECRETS[KELLER])
    assert main([*load, KELLER]) == 2  # signed in, and told that the file is not there
    assert "cannot be read" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of the system is needed")
def test_a_real_terminal_asks_and_shows_nothing(folder, tmp_path) -> None:
    """Getpass on a pseudo-terminal: prompts are there, the passphrase is not echoed."""
    mine, its = pty.openpty()
    words = [sys.executable, "-m", "bedside", "roadmap", "--ward", str(folder), "--infant", "T 001"]
    words += ["--course", "consolidation", "-o", str(tmp_path / "r.pdf")]
    program = subprocess.Popen(
        words, stdin=its, stdout=its, stderr=its, start_new_session=True, close_fds=True
    )
    os.close(its)
    shown = b""

    def until(wanted: bytes) -> None:
        nonlocal shown
        while wanted not in shown:
            shown += os.read(mine, 4096)

    until(b"Your name: ")
    os.write(mine, BERG.encode() + b"\n")
    until(b"Passphrase of " + BERG.encode())
    os.write(mine, SECRETS[BERG].encode() + b"\n")
    until(b"copy 1")
    assert program.wait(30) == 0
    os.close(mine)
    assert SECRETS[BERG].encode() not in shown
    assert people_acts.ADMINISTRATOR.encode() not in shown
