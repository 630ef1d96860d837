"""PySide's own helpers are compiled once, taken only whole, and still do their work."""

import os
import subprocess
import sys

import pytest

# Which of PySide's helpers Python compiled, and whether a wrong call is still explained.
CHILD = """
import sys
compiled = []
def watch(event, told):
    if event == "compile" and str(told[1]).startswith("shibokensupport/"):
        compiled.append(told[1])
sys.addaudithook(watch)
from bedside.desktop.plain_import import import_plainly
import_plainly()
from PySide6.QtCore import QPoint
try:
    QPoint().setX("a")
except TypeError as error:
    print("Supported signatures" in str(error))
print(len([name for name in compiled if "pyi_generator" not in name]))
"""


@pytest.fixture
def started(tmp_path):
    """Starts a process whose bytecode lies in a folder of its own; returns what was compiled."""

    def start(**settings: str) -> int:
        kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        done = subprocess.run(
            [sys.executable, "-c", CHILD],
            env={**kept, "PYTHONPYCACHEPREFIX": str(tmp_path), **settings},
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        explained, compiled = done.stdout.split()
        assert explained == "True", "a wrong call is not explained any more"
        return int(compiled)

    return start


def kept_file(folder):
    return next(iter(folder.rglob("qt_support*.qt")), None)


def test_a_second_start_compiles_none_of_it(started, tmp_path):
    assert started() > 5, "PySide compiles nothing any more: drop the module"
    assert kept_file(tmp_path) is not None
    assert started() == 0


@pytest.mark.parametrize("at", [0, 5, 40, -1])
def test_what_is_not_whole_is_not_taken(started, tmp_path, at):
    started()
    file = kept_file(tmp_path)
    whole = bytearray(file.read_bytes())
    whole[at] ^= 1
    file.write_bytes(whole)
    assert started() > 5
    assert started() == 0, "it was not kept anew"


def test_nothing_is_kept_where_python_keeps_no_bytecode(started, tmp_path):
    assert started(PYTHONDONTWRITEBYTECODE="1") > 5
    assert kept_file(tmp_path) is None
