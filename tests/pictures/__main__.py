"""Draws the reference pictures anew: ``python -m tests.pictures``; look at them before they are kept."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_SCALE_FACTOR"] = "1"

from PySide6.QtWidgets import QApplication

from bedside.app import make_demonstration_ward, open_ward
from bedside.desktop.page_door import every_door
from bedside.desktop.session import Session
from bedside.desktop.start import dress, make_application
from bedside.desktop.window import BedsideWindow
from bedside.ward.demonstration import MovableClock
from tests.desktop.conftest import MORNING, NURSE
from tests.pictures.comparing import FOLDER, MOST, halved, keep, plain_differences
from tests.pictures.pages import LOOKS, pages, settle, wear


def draw(folder: Path) -> dict[str, int]:
    """Draw all; keep what differs plainly from what is kept, and say in how many places."""
    clock = MovableClock(MORNING)
    make_demonstration_ward(folder / "ward", clock).store.close()
    ward = open_ward(folder / "ward", clock, create=False)
    application, look = make_application(["bedside"])
    QApplication.setCursorFlashTime(0)
    window = BedsideWindow(ward, look, Session(NURSE, folder / "crashes", clock), every_door())
    dress(application, look)
    window.show()
    changed, seen = {}, set()
    for name in LOOKS:
        wear(window, name)
        for page, widget in pages(window):
            settle()
            picture, path = halved(widget.grab().toImage()), FOLDER / f"{page}-{name}.png"
            seen.add(path)
            places = _places(picture, path)
            if places > MOST:
                keep(picture, path)
                changed[path.stem] = places
    for path in set(FOLDER.glob("*.png")) - seen:
        path.unlink()
        changed[f"{path.stem}: no longer drawn"] = 0
    window.close()
    ward.store.close()
    return changed


def _places(picture: object, path: Path) -> int:
    from PIL import Image

    return plain_differences(Image.open(path), picture) if path.exists() else sys.maxsize


if __name__ == "__main__":
    place = Path(tempfile.mkdtemp())
    try:
        for name, places in sorted(draw(place).items()):
            words = name if places in (0, sys.maxsize) else f"{name}: {places} places differ"
            sys.stdout.write(f"{words}\n")
    finally:
        shutil.rmtree(place, ignore_errors=True)
