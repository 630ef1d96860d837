"""Every page looks as it did when it was last looked at: light, dark, and in text of 150 %.

After a wanted change: ``python -m tests.pictures``, look at what it names, and commit it with the change.
"""

import pytest
from PIL import Image, ImageDraw
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from bedside.desktop.start import dress, make_application
from tests.pictures.comparing import FOLDER, MOST, halved, plain_differences
from tests.pictures.pages import LOOKS, pages, settle, wear


@pytest.mark.parametrize("name", LOOKS)
def test_every_page_looks_as_its_kept_picture(window, look, name: str, tmp_path):
    if "Inter" not in QFontDatabase.families():
        pytest.skip("the pictures are drawn in Inter (Debian's fonts-inter), which is not here")
    flash = QApplication.cursorFlashTime()
    QApplication.setCursorFlashTime(0)
    found = []
    try:
        wear(window, name)
        for page, widget in pages(window):
            settle()
            picture = halved(widget.grab().toImage())
            path = FOLDER / f"{page}-{name}.png"
            places = plain_differences(Image.open(path), picture) if path.exists() else -1
            if not 0 <= places <= MOST:
                picture.save(tmp_path / path.name)
                found.append(f"{path.stem}: {places} places differ; drawn: {tmp_path / path.name}")
    finally:
        QApplication.setCursorFlashTime(flash)
        window.hide()
        application, _ = make_application(["bedside"])
        dress(application, look)
    assert found == [], "look at them; if they are as wanted: python -m tests.pictures"


def test_no_picture_is_kept_of_what_is_not_drawn():
    """Each look has the same pages, and the whole set stays small."""
    kept = sorted(path.stem for path in FOLDER.glob("*.png"))
    of_look = {
        name: {stem.removesuffix(f"-{name}") for stem in kept if stem.endswith(f"-{name}")}
        for name in LOOKS
    }
    assert of_look["light"] == of_look["dark"] == of_look["large"]
    assert len(of_look["light"]) >= 20
    assert sum(path.stat().st_size for path in FOLDER.glob("*.png")) < 6_000_000


def test_the_measure_finds_what_has_moved_or_is_missing_and_no_speck():
    kept = Image.open(FOLDER / "bed-2-where-are-we-light.png").convert("RGB")
    assert plain_differences(kept, kept) == 0
    speckled = kept.copy()
    for at in range(12):
        speckled.putpixel((40 + at * 50, 60 + at * 20), (120, 120, 120))
    assert plain_differences(kept, speckled) <= MOST
    moved = kept.copy()
    button = kept.crop((497, 80, 626, 97))  # "Record counts" in the halved picture
    moved.paste(button, (497, 84))
    assert plain_differences(kept, moved) > MOST
    gone = kept.copy()
    ImageDraw.Draw(gone).rectangle((419, 80, 491, 97), fill=kept.getpixel((400, 150)))
    assert plain_differences(kept, gone) > MOST, "Record weight"
    assert plain_differences(kept, kept.resize((600, 300))) > MOST
