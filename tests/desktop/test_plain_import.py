"""After Qt is loaded, what is imported is not read a second time as text."""

import builtins
import subprocess
import sys

from bedside.desktop.plain_import import import_plainly

CHILD = """
import linecache
from bedside.desktop.plain_import import import_plainly
{first}
import bedside.desktop.window
print(sum("bedside" in name for name in linecache.cache))
"""


def sources_read(first: str) -> int:
    """How many of Bedside's sources a fresh start has read as text."""
    done = subprocess.run(
        [sys.executable, "-c", CHILD.format(first=first)],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return int(done.stdout)


def test_no_source_is_read_for_what_is_imported_after_qt():
    """PySide's own import reads and keeps the source of each module that comes after it."""
    assert sources_read("import PySide6.QtCore") > 20, (
        "PySide reads nothing any more: drop the module"
    )
    assert sources_read("import_plainly()") <= 1  # this module itself came before


def test_a_second_time_nothing_is_changed(monkeypatch):
    monkeypatch.setattr(builtins, "__import__", builtins.__import__)  # put back at the end
    import_plainly()
    once = builtins.__import__
    import_plainly()
    assert builtins.__import__ is once
