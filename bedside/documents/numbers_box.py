"""Hospital number and study number in a patient box: side by side, or one above the other where one is wide.

Sixteen wide letters pass the entry: no sheet of an infant may then be refused for the width of a box.
"""

from msgspec import Struct

from bedside.documents.fonts import Face
from bedside.documents.page import Paper
from bedside.documents.words import CAPTION, Style, Words, fit, fitting, words

_BOLD = Style(Face.BOLD, 13)
_APART = 3.0  # millimetres between the two
_SMALL = CAPTION.at(7)


class Numbers(Struct, frozen=True):
    """Both numbers made ready; ``second`` is how far right of the first the other begins, 0: below it."""

    hospital: Words
    study: Words
    second: float


def lay_numbers(
    hospital: str,
    study: str,
    rooms: tuple[float, float],
    sizes: tuple[float, float] = (13, 10),
) -> Numbers:
    """Set both numbers.

    Args:
        hospital: the hospital number.
        study: the study number, or that there is none.
        rooms: millimetres for each, side by side.
        sizes: of both, in points.

    Raises:
        Refused: a number cannot be printed, or has no room even on a line of its own.
    """
    first = fitting(hospital, _BOLD.at(sizes[0]), "hospital number", rooms[0], 8)
    second = fitting(study, _BOLD.at(sizes[1]), "study number", rooms[1], 7)
    if first is not None and second is not None:
        return Numbers(first, second, rooms[0] + _APART)
    room = sum(rooms) + _APART
    return Numbers(
        fit(hospital, _BOLD.at(9.5), "hospital number", room, 8),
        fit(study, _BOLD.at(9), "study number", room, 7),
        0,
    )


def draw_numbers(paper: Paper, numbers: Numbers, x: float, top: float) -> None:
    """Draw both from the upper edge of a box that is at least 14 mm high, each under its caption."""
    if numbers.second:
        places = ((0.0, 4.6, 10.2, CAPTION), (numbers.second, 4.6, 10.2, CAPTION))
    else:
        places = ((0.0, 2.9, 6.5, _SMALL), (0.0, 9.5, 13.0, _SMALL))
    named = (("Hospital number", numbers.hospital), ("Study number", numbers.study))
    for (caption, value), (shift, above, base, style) in zip(named, places, strict=True):
        paper.put(words(caption, style), x + shift, top + above)
        paper.put(value, x + shift, top + base)
