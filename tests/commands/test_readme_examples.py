"""The README's examples on the demonstration ward: pasted one after another, each is answered."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bedside.cli import main

README = Path(__file__).parents[2] / "README.md"


def examples() -> str:
    """The indented lines that make the demonstration ward and work on it, as they stand."""
    _, first, after = README.read_text("utf-8").partition("    bedside demo --ward ./demo-ward")
    block = (first + after).partition("\n\n")[0].replace("\\\n", " ").replace("|\n", "| ")
    return "\n".join(line.strip() for line in block.splitlines() if "demo-ward" in line)


@pytest.mark.skipif(shutil.which("bash") is None, reason="the examples are lines of a shell")
def test_the_examples_are_answered_one_after_another(tmp_path: Path) -> None:
    """On a ward made anew: the label's vial waits for a quarter of an hour only."""
    program = f'bedside() {{ "{sys.executable}" -m bedside "$@"; }}\n'
    asked = examples()
    assert all(f"bedside {name} " in asked for name in ("demo", "sheet", "verify", "label"))
    ran = subprocess.run(
        ["bash", "-euc", program + asked],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(README.parent)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stderr == ""
    assert "VALID" in ran.stdout
    assert all((tmp_path / f"{name}.pdf").exists() for name in ("sheet", "label", "transfer"))


def shown(first: str) -> list[list[str]]:
    """The words of each command line of the README that begins so, as a shell would part them."""
    lines = README.read_text("utf-8").replace("\\\n", " ").splitlines()
    return [shlex.split(line)[1:] for line in lines if line.startswith(f"    bedside {first} ")]


@pytest.mark.parametrize("words", [*shown("calc"), *shown("protocol")], ids=" ".join)
def test_what_needs_no_ward_is_answered_too(words, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(words) == 0
    said = capsys.readouterr()
    assert said.out and not said.err


@pytest.mark.parametrize(
    "command",
    sorted(set(re.findall(r"`bedside ([a-z][a-z -]*?)(?= [A-Z-]|`)", README.read_text("utf-8")))),
)
def test_every_command_that_is_named_has_its_help(command, capsys):
    assert main([*command.split(), "--help"]) == 0
    assert f"bedside {command}" in capsys.readouterr().out
