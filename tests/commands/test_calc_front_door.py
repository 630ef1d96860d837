"""The command as a program: exit codes, streams, help, other locales, readers who go away."""

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

NAMES = (
    "age", "bsa", "zscore", "anc", "risk", "gate", "dose", "schedule", "dlt", "infusion",
    "maintenance", "grade", "fever", "phoenix",
)  # fmt: skip
AGE = ("age", "--birth", "2026-05-01", "--on", "2026-11-20")
ANC = ("anc", "--wbc", "1.4 10^9/L", "--neutrophils", "32 %")
TOP = Path(__file__).resolve().parents[2]
FULL = Path("/dev/full")


def program(*words: str, **more: Any) -> subprocess.CompletedProcess[bytes]:
    """Run the command as a process of its own."""
    env = {**os.environ, "PYTHONPATH": str(TOP), **more.pop("env", {})}
    return subprocess.run(
        [sys.executable, "-m", "bedside", "calc", *words],
        env=env,
        capture_output=True,
        timeout=60,
        check=False,
        **more,
    )


def test_answered_is_0_and_refused_is_2_with_one_line_on_stderr_only() -> None:
    answered = program(*AGE)
    assert (answered.returncode, answered.stderr) == (0, b"")
    refused = program("bsa", "--weight", "3,5 kg", "--length", "50 cm")
    assert (refused.returncode, refused.stdout) == (2, b"")
    assert refused.stderr.decode().endswith("write 3.5 kg, not 3,5 kg.\n")
    assert refused.stderr.count(b"\n") == 1


@pytest.mark.parametrize("name", NAMES)
def test_help_shows_one_example_that_works(
    calc: Any, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # the only example that names a file of the person's own
    (tmp_path / "history.toml").write_text("[start]\nepi-1 = 2026-10-03\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    shown = calc(name, "--help")
    assert (shown.code, shown.err) == (0, "")
    assert shown.out.count("Example:") == 1
    assert shown.out.isascii()
    example = shown.out.split("Example:")[1].strip()
    words = shlex.split(example)
    assert words[:3] == ["bedside", "calc", name]
    ran = calc(*words[2:], "--json")
    assert (ran.code, ran.err) == (0, "")
    assert isinstance(json.loads(ran.out), dict)


def test_help_lists_every_calculation_and_nothing_that_is_not_there(calc: Any) -> None:
    shown = calc("--help").out
    listed = [line.split()[0] for line in shown.splitlines() if line.startswith("    ")]
    assert set(NAMES) <= set(listed)
    assert not any(word in shown for word in ("grades",))


@pytest.mark.parametrize("name", ["grades", "Age", "ag", ""])
def test_what_is_not_there_is_refused_by_name(calc: Any, name: str) -> None:
    ran = calc(name)
    assert (ran.code, ran.out) == (2, "")
    assert len(ran.err.splitlines()) == 1
    assert repr(name) in ran.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "Say what to calculate: age"),
        (("age",), "--birth, --on"),
        (("age", "--birth", "2026-05-01"), "--on"),
        (("age", "--birth"), "expected one argument"),
        (("age", "--bir", "2026-05-01", "--on", "2026-11-20"), "--bir"),
        ((*AGE, "--jso"), "--jso"),
        ((*AGE, "--on", "2026-11-21"), "--on is given twice"),
        ((*AGE, "more"), "more"),
        ((*AGE, "--mark", ","), "--mark"),
        (("bsa", "--weight", "6.2", "kg", "--length", "63 cm"), "one pair of quotation marks"),
        (("bsa", "--weight", "6" * 300, "--length", "63 cm"), "300 characters"),
    ],
)
def test_a_command_line_that_is_wrong_is_refused_in_one_line(
    calc: Any, words: tuple[str, ...], said: str
) -> None:
    ran = calc(*words)
    assert (ran.code, ran.out) == (2, "")
    assert len(ran.err.splitlines()) == 1
    assert said in ran.err


def test_a_value_may_stand_behind_an_equals_sign(calc: Any) -> None:
    ran = calc("bsa", "--weight=6.2 kg", "--length=63 cm", "--json")
    assert json.loads(ran.out)["bsa_m2"] == "0.3294"


def test_words_name_their_source(calc: Any) -> None:
    assert "Source: " in calc(*AGE).out
    assert "Mosteller" in calc("bsa", "--weight", "6.2 kg", "--length", "63 cm").out


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "utf-8"])
def test_every_terminal_can_show_the_answer(encoding: str) -> None:
    ran = program(*ANC, env={"PYTHONIOENCODING": encoding})
    assert (ran.returncode, ran.stderr) == (0, b"")
    words = ran.stdout.decode(encoding)
    assert "448 per uL" in words or "448 per µL" in words


@pytest.mark.parametrize("locale", ["C", "POSIX", "de_DE.UTF-8", "fr_FR.UTF-8", "ar_EG.UTF-8"])
def test_the_locale_changes_nothing(locale: str) -> None:
    ran = program(*ANC, "--json", env={"LC_ALL": locale, "LANG": locale})
    assert json.loads(ran.stdout)["anc_per_ul"] == 448


def test_arguments_that_are_no_text_are_refused_in_one_line() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "bedside", b"calc", b"age", b"--birth", b"\xff\xfe", b"--on", b"x"],
        env={**os.environ, "PYTHONPATH": str(TOP)},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert ran.stderr.count(b"\n") == 1
    assert b"Traceback" not in ran.stderr


def test_a_reader_who_goes_away_leaves_no_traceback(tmp_path: Path) -> None:
    table = tmp_path / "cases.txt"
    table.write_text("age --birth 2026-05-01 --on 2026-11-20\n" * 20_000, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, "-m", "bedside", "calc", "--lines", str(table)],
        env={**os.environ, "PYTHONPATH": str(TOP)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as child:
        assert child.stdout and child.stderr
        assert json.loads(child.stdout.readline())["days"] == 203
        child.stdout.close()
        assert child.stderr.read() == b""
        assert child.wait(timeout=60) == 0


def test_another_program_can_ask_and_wait() -> None:
    child = subprocess.Popen(
        [sys.executable, "-m", "bedside", "calc", "--lines", "-"],
        env={**os.environ, "PYTHONPATH": str(TOP)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert child.stdin and child.stdout
    for day in range(1, 6):
        child.stdin.write(f"age --birth 2026-01-01 --on 2026-01-{day:02d}\n".encode())
        child.stdin.flush()
        assert json.loads(child.stdout.readline())["days"] == day - 1
    child.stdin.close()
    assert child.wait(timeout=60) == 0
    child.stdout.close()


@pytest.mark.skipif(not FULL.exists(), reason="needs a device that is always full")
def test_an_answer_that_cannot_be_written_is_said_and_is_not_0() -> None:
    with FULL.open("wb") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "bedside", "calc", *AGE],
            env={**os.environ, "PYTHONPATH": str(TOP)},
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    assert ran.returncode == 2
    assert ran.stderr.count(b"\n") == 1
    assert b"Traceback" not in ran.stderr


HEAVY = ("PySide6", "sqlalchemy", "alembic", "reportlab", "pint")


def test_a_small_question_loads_nothing_heavy() -> None:
    probe = (
        "import sys; from bedside.cli import main; code = main(); "
        f"print([name for name in {HEAVY!r} if name in sys.modules], code)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", probe, "calc", *AGE, "--json"],
        env={**os.environ, "PYTHONPATH": str(TOP)},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert ran.stdout.decode().splitlines()[-1] == "[] 0"


def test_a_fault_of_our_own_is_said_to_be_ours_and_leaves_nothing_half_said(
    calc: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bedside.commands import age, anc

    def broken(*facts: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(age, "age_on", broken)
    monkeypatch.setattr(anc, "aligned", broken)  # works out, but cannot be put into words
    for ran in (calc(*AGE), calc(*AGE, "--json"), calc(*ANC)):
        assert (ran.code, ran.out) == (2, "")
        assert "fault of Bedside itself (ZeroDivisionError)" in ran.err
    lines = calc("--lines", "-", stdin=b"age --birth 2026-05-01 --on 2026-11-20\n")
    assert "fault of Bedside itself" in json.loads(lines.out)["error"]


def test_an_incomplete_installation_is_said(calc: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from bedside.commands import protocols

    def missing(*parts: str) -> Path:
        raise FileNotFoundError("Bedside's own file resources/protocols is missing")

    monkeypatch.setattr(protocols, "place", missing)
    ran = calc("gate", "--protocol", "aall15p1", "--course", "epi-1")
    assert (ran.code, ran.out) == (2, "")
    assert "resources/protocols is missing" in ran.err


@pytest.mark.parametrize(
    ("closed", "words"),
    [(">&-", AGE), ("2>&-", ("age",)), ("<&-", ("--lines", "-")), (">&- 2>&-", AGE)],
)
def test_a_closed_stream_is_no_traceback(closed: str, words: tuple[str, ...]) -> None:
    command = shlex.join([sys.executable, "-m", "bedside", "calc", *words])
    ran = subprocess.run(
        ["sh", "-c", f"{command} {closed}"],
        env={**os.environ, "PYTHONPATH": str(TOP)},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert b"Traceback" not in ran.stderr


@pytest.mark.skipif(os.name != "posix", reason="a pipe that is closed early is a matter of POSIX")
def test_who_reads_only_the_head_sees_no_traceback() -> None:
    command = f"'{sys.executable}' -m bedside protocol show aall15p1 | head -1"
    ran = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True)
    assert ran.stdout.startswith("AALL15P1") and ran.stderr == ""
