"""On what screen the demonstration's pictures are drawn, where no window opens: the one asked for.

Qt's own screen off screen is 800 by 800 pixels: forms are made to fit that, and no ward has such a screen.
"""

import json
import re
from pathlib import Path
from typing import Final

from bedside.units.refusal import Refused

SMALLEST: Final = (1366, 768)  # the smallest screen that Bedside is made for
_LARGEST = (7680, 4320)
_SIZE = re.compile(r"([1-9][0-9]{2,3})[x×]([1-9][0-9]{2,3})", re.ASCII)


def size_asked(typed: str | None) -> tuple[int, int]:
    """Return width and height in pixels of a screen as typed, e.g. "1920x1080"; None: the smallest.

    Raises:
        Refused: it is no size, or smaller than the smallest screen Bedside is made for, or larger than
            any screen.
    """
    if typed is None:
        return SMALLEST
    found = _SIZE.fullmatch(typed.strip().lower())
    size = (int(found[1]), int(found[2])) if found else (0, 0)
    fits = (
        low <= pixels <= high for low, pixels, high in zip(SMALLEST, size, _LARGEST, strict=True)
    )
    if not all(fits):
        raise Refused(
            f"--size takes width and height of a screen in pixels, from {SMALLEST[0]}x{SMALLEST[1]} to "
            f"{_LARGEST[0]}x{_LARGEST[1]}, for instance 1920x1080, not {typed}."
        )
    return size


def screen_of(size: tuple[int, int], folder: Path) -> str:
    """Write what describes a screen, and return what ``QT_QPA_PLATFORM`` is to be before Qt is loaded.

    Args:
        size: width and height in pixels.
        folder: is there, and stays as long as Qt runs.
    """
    wide, high = size
    screen = {
        "name": "one", "x": 0, "y": 0, "width": wide, "height": high,
        "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1,
    }  # fmt: skip
    described = folder / "screen.json"
    described.write_text(json.dumps({"screens": [screen]}), "utf-8")
    return f"offscreen:configfile={described}"
