"""The smallest screen that Bedside is made for, for programs that draw without one.

Qt's own screen off screen is 800 by 800: forms are made to fit that, and no ward has such a screen.
"""

import atexit
import shutil
import tempfile
from pathlib import Path

from bedside.commands.shot_screen import SMALLEST, screen_of

WIDE, HIGH = SMALLEST


def small_screen(folder: Path | None = None) -> str:
    """Write what describes the screen into a folder, and return what ``QT_QPA_PLATFORM`` is to be.

    Args:
        folder: is there, and stays as long as Qt runs; None: one of its own.
    """
    if folder is None:
        folder = Path(tempfile.mkdtemp(prefix="bedside-screen-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return screen_of(SMALLEST, folder)
