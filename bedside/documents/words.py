"""Words ready for paper: checked sign by sign, measured, and fitted to their room or refused.

Everything that is drawn is a `Words`. Text that is too long is set smaller (within the limit given
where it is asked for), then broken into lines, then refused by name: it is never cut.
"""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from bedside.documents.fonts import Face, typeface
from bedside.documents.glyphs import printable
from bedside.units.refusal import Refused

Colour = tuple[float, float, float]
BLACK: Colour = (0, 0, 0)
QUIET: Colour = (0.25, 0.25, 0.25)  # captions: 10 to 1 on white, still readable in a grey copy
WHITE: Colour = (1, 1, 1)
MM = 72 / 25.4  # points in a millimetre
_STEP = 0.25  # points by which a type size is lowered
_LONGEST_WORD = 24  # letters: a longer one was typed without its blanks, no drug has such a name


class Style(Struct, frozen=True):
    """How words are set; the size in points."""

    face: Face
    size: float
    colour: Colour = BLACK

    def at(self, size: float) -> "Style":
        """Return the same style at another size."""
        return replace(self, size=size)


BODY = Style(Face.PLAIN, 9)
STRONG = Style(Face.BOLD, 9)
CAPTION = Style(Face.PLAIN, 8, QUIET)
CODE = Style(Face.CODE, 9)


class Words(Struct, frozen=True):
    """A checked and measured line; the width in millimetres."""

    text: str
    style: Style
    field: str
    width: float


def words(text: str, style: Style, field: str = "paper's own words") -> Words:
    """Check and measure one line.

    Raises:
        Refused: the typeface cannot show it (see `printable`).
    """
    checked = printable(text, field, style.face)
    return Words(checked, style, field, typeface(style.face).width(checked, style.size) / MM)


def blank(style: Style) -> float:
    """Return the width of the blank between two words, in millimetres."""
    return typeface(style.face).width(" ", style.size) / MM


def fit(text: str, style: Style, field: str, room: float, least: float) -> Words:
    """Set one line into its room, smaller where it must be.

    Args:
        text: the line.
        style: how it should look.
        field: what it is, in the ward's words.
        room: millimetres.
        least: the smallest size in points at which it may be printed.

    Raises:
        Refused: it does not fit at the smallest size.
    """
    fitted = fitting(text, style, field, room, least)
    if fitted is None:
        raise too_long(text, field)
    return fitted


def fitting(text: str, style: Style, field: str, room: float, least: float) -> Words | None:
    """Do as `fit` does, but answer None where it does not fit."""
    line = words(text, style, field)
    size = style.size
    while line.width > room and size > least:
        size = max(least, size - _STEP)
        line = words(text, style.at(size), field)
    return line if line.width <= room else None


def wrap(text: str, style: Style, field: str, room: float, most: int) -> tuple[Words, ...]:
    """Break a text between words into at most so many lines.

    A word of more than 24 letters that is wider than the room goes on in the next line.

    Raises:
        Refused: it needs more lines, or a shorter word is wider than the room.
    """
    lines = wrapped(text, style, field, room, most)
    if lines is None:
        lines = wrapped(parted(text, style, field, room), style, field, room, most)
    if lines is None:
        raise too_long(text, field)
    return lines


def parted(text: str, style: Style, field: str, room: float) -> str:
    """Return a text whose endless words are parted into pieces that a line holds; others stay whole.

    Args:
        text: the text, every sign of which prints.
        style: how it will look.
        field: what it is, in the ward's words.
        room: millimetres of a line.
    """
    return " ".join(
        piece
        for word in text.split(" ")
        for piece in (_pieces(word, style, field, room) if len(word) > _LONGEST_WORD else [word])
    )


def _pieces(word: str, style: Style, field: str, room: float) -> list[str]:
    pieces = [""]
    for sign in word:
        if pieces[-1] and words(pieces[-1] + sign, style, field).width > room:
            pieces.append("")
        pieces[-1] += sign
    return pieces


def wrapped(
    text: str, style: Style, field: str, room: float, most: int
) -> tuple[Words, ...] | None:
    """Do as `wrap` does, but answer None where it does not fit."""
    whole = words(text, style, field)
    if whole.width <= room and most > 0:
        return (whole,)
    gap, used = blank(style), 0.0
    lines: list[list[str]] = [[]]
    for part in whole.text.split(" "):
        width = words(part, style, field).width
        if lines[-1] and used + gap + width > room:
            lines.append([])
        used = used + gap + width if lines[-1] else width
        if width > room or len(lines) > most:
            return None
        lines[-1].append(part)
    return tuple(words(" ".join(line), style, field) for line in lines)


def settle(
    text: str, styles: Sequence[tuple[Style, int]], field: str, room: float
) -> tuple[Words, ...]:
    """Take the first way in which a text fits.

    Args:
        text: the text.
        styles: each style to try with the most lines it may take, best first.
        field: what it is, in the ward's words.
        room: millimetres.

    Raises:
        Refused: it fits in none of them.
    """
    for style, most in styles:
        lines = wrapped(text, style, field, room, most)
        if lines is not None:
            return lines
    raise too_long(text, field)


_SHORTER = ", as on the identity band or in the passport"


def too_long(text: str, field: str) -> Refused:
    """Return the refusal of a text that has no room."""
    return Refused(
        f"Not printed: the paper has no room for the {field} ({len(text)} letters), and nothing is "
        f"ever cut. Enter it shorter{_SHORTER if 'name' in field else ''}."
    )


Run = tuple[str, Style]


def wrap_runs(runs: Sequence[Run], field: str, room: float, most: int) -> list[list[Words]]:
    """Break a sentence set in several styles into lines, each a row of words.

    Raises:
        Refused: it needs more lines than ``most``.
    """
    lines: list[list[Words]] = [[]]
    used = 0.0
    for text, style in runs:
        gap = blank(style)
        for part in parted(text, style, field, room).split(" "):
            word = words(part, style, field)
            if lines[-1] and used + gap + word.width > room:
                lines.append([])
                used = 0.0
            if word.width > room or len(lines) > most:
                raise too_long(" ".join(each for each, _ in runs), field)
            used += word.width + (gap if lines[-1] else 0)
            _join(lines[-1], word)
    return lines


def _join(line: list[Words], word: Words) -> None:
    """Add a word to a line, into the last words where the style is the same."""
    if line and line[-1].style == word.style:
        line[-1] = words(f"{line[-1].text} {word.text}", word.style, word.field)
    else:
        line.append(word)
