"""Plain labels in the sizes and colours of the house."""

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from bedside.desktop.look import Look

_DATE = re.compile(r"\b(\d{2})-([A-Z][^\W\d_]{2})-(\d{4})\b")


def label(
    text: str,
    look: Look,
    size: str = "body",
    weight: str = "text",
    colour: str = "ink",
    *,
    wrap: bool = False,
) -> QLabel:
    """A label with plain text.

    Args:
        text: what it says; never read as markup.
        look: fonts and colours.
        size: a size of the palette, e.g. "caption".
        weight: a weight of the palette, e.g. "strong".
        colour: a colour of the palette, e.g. "quiet".
        wrap: whether long text goes on in the next line.
    """
    made = QLabel(text)
    made.setWordWrap(wrap)
    dress(made, look, size, weight, colour)
    return made


def unbroken(text: str) -> str:
    """Return a text whose dates are never broken at the end of a line."""
    return _DATE.sub("\\1\u2011\\2\u2011\\3", text)


def hint(text: str) -> str:
    """A text as a hint under the pointer; Qt would read one that begins like markup as such (P15)."""
    if "<" not in text:
        return text
    return f"<qt>{text.replace('&', '&amp;').replace('<', '&lt;')}</qt>".replace("\n", "<br>")


def dress(
    made: QLabel, look: Look, size: str = "body", weight: str = "text", colour: str = "ink"
) -> None:
    """Give a label another size, weight and colour; what it says is plain text (P15)."""
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setFont(look.font(size, weight))
    made.setPalette(
        look.ink(colour)
    )  # a sheet of its own would cost each label four times the memory


def give_way(holder: QWidget, first_to_go: Sequence[QWidget], room: int) -> None:
    """Hide whole parts of a row, one after the other, until the rest has room: no word is cut.

    Args:
        holder: the row.
        first_to_go: what may go, least needed first; all of it is shown where there is room.
        room: pixels.
    """
    layout = holder.layout()
    if layout is None:
        return
    for part in first_to_go:
        part.setHidden(False)
    for part in first_to_go:
        row = part.parentWidget()
        within = None if row is None or row is holder else row.layout()
        if row is not None and within is not None:
            within.invalidate()
            row.updateGeometry()
        layout.invalidate()
        layout.activate()  # rows within rows know of it only so
        if layout.totalMinimumSize().width() <= room:
            return
        part.setHidden(True)


def rule(look: Look, colour: str = "line", thick: int = 1, *, upright: bool = False) -> QFrame:
    """A plain line between two parts of a page."""
    line = QFrame()
    line.setFrameShape(QFrame.Shape.NoFrame)
    if upright:
        line.setFixedWidth(thick)
    else:
        line.setFixedHeight(thick)
    line.setPalette(look.ground(colour))
    line.setAutoFillBackground(True)
    return line
