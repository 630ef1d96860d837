"""Whether two pictures show the same: a moved or missing part is found, a speck of a font is not.

Both are halved and softened before they are compared, so that the edge of a letter that stands a
fraction of a pixel elsewhere counts for little; what is left are places that differ plainly.
"""

from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage

FOLDER = Path(__file__).parent / "kept"
COLOURS = 128  # of a kept picture: small, and no tone of the tokens is lost
SOFT = 1.6  # pixels of the halved picture
PLAIN = 26  # of 255 by which a softened place differs plainly
MOST = 40  # so many places may: a blink of a cursor, a hairline; a label has hundreds


def halved(image: QImage) -> Image.Image:
    """A drawn picture at half its size."""
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "BMP")
    from io import BytesIO

    whole = Image.open(BytesIO(held.data())).convert("RGB")
    return whole.resize((whole.width // 2, whole.height // 2), Image.Resampling.BOX)


def keep(image: Image.Image, path: Path) -> None:
    """Write a picture as a reference."""
    path.parent.mkdir(exist_ok=True)
    kept = image.quantize(COLOURS, kmeans=2, dither=Image.Dither.NONE)
    kept.save(path, optimize=True)


def plain_differences(one: Image.Image, other: Image.Image) -> int:
    """In how many places two pictures differ plainly; all of them where they differ in size."""
    if one.size != other.size:
        return one.width * one.height
    first, second = (_soft(image) for image in (one, other))
    return int((np.abs(first - second).max(axis=2) > PLAIN).sum())


def _soft(image: Image.Image) -> np.ndarray:
    blurred = image.convert("RGB").filter(ImageFilter.GaussianBlur(SOFT))
    return np.asarray(blurred, dtype=np.int16)
