"""The three typefaces of every paper: read once, embedded in each PDF, and asked what they can print.

Decision: DejaVu Sans lies among the program's own files, so that a sheet looks the same on every
workstation. The fonts built into PDF readers were rejected: they lose Łł, ≥ and ⁹ without a word.
ReportLab is loaded when the first paper is drawn, never when the program starts.
"""

from collections.abc import Mapping
from enum import Enum
from functools import cache

from msgspec import Struct

from bedside.places import place


class Face(Enum):
    """A typeface by what it is for; the value is its file's name without the ending."""

    PLAIN = "DejaVuSans"
    BOLD = "DejaVuSans-Bold"
    CODE = "DejaVuSansMono-Bold"


class Typeface(Struct, frozen=True):
    """A loaded typeface: its name in ReportLab and the advance of each sign it has."""

    name: str
    advances: Mapping[int, float]  # code point -> thousandths of the type size

    def has(self, sign: str) -> bool:
        """Say whether the face holds a shape for this sign."""
        return ord(sign) in self.advances

    def width(self, text: str, size: float) -> float:
        """Return the width of a text in points at a type size in points."""
        return sum(map(self.advances.__getitem__, map(ord, text))) * size / 1000


@cache
def typeface(face: Face) -> Typeface:
    """Load a typeface; every later call gives the same one.

    Raises:
        FileNotFoundError: the installation lacks the font file.
    """
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    font = TTFont(face.value, str(place("resources", "fonts", f"{face.value}.ttf")), shapable=False)
    pdfmetrics.registerFont(font)
    widths = font.face.charWidths
    return Typeface(face.value, {sign: widths[sign] for sign in font.face.charToGlyph})
