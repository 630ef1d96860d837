"""Draws the reference pictures anew: ``python -m tests.pictures``; look at them before they are kept.

``python -m tests.pictures papers`` draws the papers alone, ``python -m tests.pictures pages`` the pages.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_SCALE_FACTOR"] = "1"

from PySide6.QtWidgets import QApplication

from bedside.app import open_ward
from bedside.demonstration import make_demonstration_ward
from bedside.desktop.page_door import every_door
from bedside.desktop.session import Session
from bedside.desktop.start import dress_window, make_application
from bedside.desktop.window import BedsideWindow
from bedside.ward.demonstration import MovableClock
from bedside.ward.ward import Ward
from tests.desktop.conftest import MORNING, NURSE
from tests.pictures.comparing import FOLDER, MOST, halved, keep, plain_differences
from tests.pictures.pages import LOOKS, pages, settle, wear
from tests.pictures.papers import keep_changed

BOTH = ("pages", "papers")


def demonstration(folder: Path) -> Ward:
    """The demonstration ward of the fixed morning."""
    clock = MovableClock(MORNING)
    make_demonstration_ward(folder / "ward", clock).store.close()
    return open_ward(folder / "ward", clock, create=False)


def draw(ward: Ward, folder: Path) -> dict[str, int]:
    """Draw all pages; keep what differs plainly from what is kept, and say in how many places."""
    _, look = make_application(["bedside"])
    QApplication.setCursorFlashTime(0)
    window = BedsideWindow(ward, look, Session(NURSE, folder / "crashes", ward.clock), every_door())
    dress_window(window, look)
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
    return changed


def _places(picture: object, path: Path) -> int:
    from PIL import Image

    return plain_differences(Image.open(path), picture) if path.exists() else sys.maxsize


if __name__ == "__main__":
    asked, place = sys.argv[1:] or BOTH, Path(tempfile.mkdtemp())
    ward = demonstration(place)
    try:
        if "pages" in asked:
            for name, places in sorted(draw(ward, place).items()):
                words = name if places in (0, sys.maxsize) else f"{name}: {places} places differ"
                sys.stdout.write(f"{words}\n")
        if "papers" in asked:
            sys.stdout.writelines(f"{line}\n" for line in keep_changed(ward))
    finally:
        ward.store.close()
        shutil.rmtree(place, ignore_errors=True)
