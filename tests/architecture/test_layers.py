"""The layers hold, and the contract that says so bites: a wrong import planted in a copy is found."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT

LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"

# Each: the module that oversteps, the line planted in it, words of the contract that is broken.
WRONG = (
    ("bedside/units/rounding.py", "import bedside.clinical.age", "one way"),
    ("bedside/clinical/age.py", "import bedside.protocol.model", "one way"),
    ("bedside/protocol/doses.py", "import bedside.store.records", "one way"),
    ("bedside/store/records.py", "import bedside.protocol.model", "judges nothing"),
    ("bedside/store/records.py", "import bedside.ward.ward", "one way"),
    ("bedside/ward/board.py", "import bedside.desktop.page", "one way"),
    ("bedside/ward/board.py", "import PySide6.QtCore", "neither screen nor paper"),
    ("bedside/ward/board.py", "import reportlab.lib", "neither screen nor paper"),
    ("bedside/documents/sheet.py", "import bedside.ward.ward", "finished values"),
    ("bedside/documents/sheet.py", "import PySide6.QtCore", "finished values"),
    ("bedside/desktop/page.py", "import bedside.store.store", "the desktop asks the ward"),
    ("bedside/desktop/page.py", "import bedside.protocol.model", "the desktop asks the ward"),
    ("bedside/desktop/page.py", "import bedside.clinical.age", "the desktop asks the ward"),
    ("bedside/desktop/page.py", "import sqlalchemy", "the desktop asks the ward"),
    ("bedside/desktop/page.py", "import reportlab.lib", "the desktop asks the ward"),
    ("bedside/clinical/age.py", "import sqlite3, sqlalchemy", "know no database"),
    ("bedside/clinical/age.py", "import pint", "only door to pint"),
    ("bedside/desktop/page.py", "import bedside.cli", "one way"),
)


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Check the contracts of a checkout."""
    return subprocess.run(
        [
            sys.executable,
            "-c",
            f"import sys; sys.path.insert(0, '.'); sys.argv[1:] = ['--no-cache']; {LINT}",
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    """A copy of the package to spoil."""
    folder = tmp_path_factory.mktemp("house")
    shutil.copytree(
        ROOT / "bedside", folder / "bedside", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def test_the_layers_hold():
    ran = lint(ROOT)
    assert ran.returncode == 0, ran.stdout


def test_every_wrong_import_is_found(copy):
    """All are planted at once: each must appear in the report of its contract."""
    for file, line, _ in WRONG:
        with (copy / file).open("a", encoding="utf-8") as module:
            module.write(f"\n{line}\n")
    ran = lint(copy)
    assert ran.returncode != 0
    broken = ran.stdout.split("Broken contracts")[-1]
    for file, line, contract in WRONG:
        source = file.removesuffix(".py").replace("/", ".")
        target = line.split()[-1]
        top = target if target.startswith("bedside") else target.split(".")[0]
        assert contract in broken
        assert f"{source} -> {top}" in broken, f"{line} in {file} was not found"


def test_a_room_that_nobody_declared_is_found(copy):
    room = copy / "bedside" / "attic"
    room.mkdir()
    (room / "__init__.py").write_text('"""A room."""\n', encoding="utf-8")
    ran = lint(copy)
    assert ran.returncode != 0
    assert "attic" in ran.stdout + ran.stderr
    shutil.rmtree(room)
