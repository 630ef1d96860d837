"""The smallest screen that Bedside is made for, for programs that draw without one.

Qt's own screen off screen is 800 by 800: forms are made to fit that, and no ward has such a screen.
"""

import atexit
import json
import os
import shutil
import tempfile
from pathlib import Path

WIDE, HIGH = 1366, 768
_SCREEN = {
    "name": "one", "x": 0, "y": 0, "width": WIDE, "height": HIGH,
    "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1,
}  # fmt: skip


def small_screen(folder: Path | None = None) -> str:
    """Write what describes the screen into a folder, and return what ``QT_QPA_PLATFORM`` is to be.

    Args:
        folder: is there, and stays as long as Qt runs; None: one of its own.
    """
    if folder is None:
        folder = Path(tempfile.mkdtemp(prefix="bedside-screen-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
    described = folder / "screen.json"
    described.write_text(json.dumps({"screens": [_SCREEN]}), "utf-8")
    return f"offscreen:configfile={os.fspath(described)}"
