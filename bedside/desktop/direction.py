"""Which way the screen is written and read: that of its language, never that of the workstation.

Decision: every language that ships is written from left to right, so the window is, too, also where the
workstation speaks Arabic or asks Qt to turn windows round. A turned window would set the figures and
signs of an English sentence in another order ("88 per µL" read backwards is another count). And whatever
the language, time runs from left to right on everything that draws it.
"""

from unicodedata import bidirectional

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintDevice, QPainter
from PySide6.QtWidgets import QApplication, QWidget

_AGAINST = frozenset(
    {"R", "AL", "RLE", "RLO", "RLI"}
)  # Unicode's names of what runs from the right
_ISOLATE, _END, _FORWARD = "\u2068", "\u2069", "\u200e"


def apart(name: str) -> str:
    """Return a name that keeps to itself: written from the right, it turns no figure beside it round.

    Without it the age after an Arabic name would stand before it, and its digits in the name (Unicode
    Standard Annex 9, isolates). A name in letters that run from the left comes back as it is.
    """
    return f"{_ISOLATE}{name}{_END}" if turns(name) else name


def forward(words: str) -> str:
    """Return words that begin at the left though a name in them may be written from the right."""
    return f"{_FORWARD}{words}" if turns(words) else words


def named(family: str, given: str) -> str:
    """Return family and given name as they stand on a line, each keeping to itself."""
    return forward(f"{apart(family)}, {apart(given)}")


def bare(words: str) -> str:
    """Return words without the signs that `apart` and `forward` add."""
    return "".join(sign for sign in words if sign not in _ISOLATE + _END + _FORWARD)


def turns(text: str) -> bool:
    """Return whether some of a text runs from the right."""
    return not text.isascii() and any(bidirectional(sign) in _AGAINST for sign in text)


def face_as_language(application: QApplication) -> None:
    """Let every window read the way its language does; a language from right to left says so here."""
    application.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def keep_time_forward(drawing: QWidget) -> None:
    """Let time run from left to right on a drawing, and its figures stand before their units."""
    drawing.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def time_painter(ground: QPaintDevice) -> QPainter:
    """A painter whose words begin at the left: Qt's own goes by the application, not by what it paints on."""
    painter = QPainter(ground)
    painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    return painter
