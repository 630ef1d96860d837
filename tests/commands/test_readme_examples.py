"""The README's examples on the demonstration ward: pasted one after another, each is answered."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

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
