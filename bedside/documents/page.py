"""A sheet of paper being drawn: places measured in millimetres from its upper left corner.

Only `Words` (checked for glyphs) can be put on it, as plain strings: a name such as ``<b>open`` prints
as typed, because nothing here reads markup. Every string placed is noted with its page and place, so
that a test can prove that none leaves the page or covers another.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import Literal

from msgspec import Struct

from bedside.documents.fonts import Face, typeface
from bedside.documents.words import BLACK, MM, Colour, Words, blank

HAIR = 0.4  # points: rows to read
THIN = 0.6  # boxes to write in
FIRM = 1.4  # blocks
HEAVY = 2.2  # the one box that must be found
TINT: Colour = (0.933, 0.933, 0.933)
HAIR_GREY: Colour = (0.45, 0.45, 0.45)
Point = tuple[float, float]


def _pair(numbers: Point) -> str:
    return f"{numbers[0]} {numbers[1]}"


class Format(Struct, frozen=True):
    """A4 in one of its two ways, with the edges of its text, in millimetres."""

    width: float
    height: float
    left: float
    right: float

    @property
    def room(self) -> float:
        """The width of the text."""
        return self.right - self.left


PORTRAIT = Format(210, 297, 16, 200)  # 16 on the left: punch holes
LANDSCAPE = Format(297, 210, 10, 287)


class Placed(Struct, frozen=True):
    """Words as placed: page from 1, left end of the baseline in millimetres."""

    page: int
    words: Words
    x: float
    y: float
    reads: int = 0  # degrees: 90 up the page, -90 down it
    beneath: bool = False  # an outline that the page's own words may cover


class Particulars(Struct, frozen=True):
    """What the file says about itself."""

    title: str
    author: str
    subject: str
    keywords: str
    program: str


class Paper:
    """One document, page by page.

    Args:
        form: portrait or landscape A4.
        particulars: title and the like, for the file's own description.
    """

    def __init__(self, form: Format, particulars: Particulars) -> None:
        from reportlab import rl_config
        from reportlab.pdfgen.canvas import Canvas

        rl_config.useA85 = 0  # plain compressed streams: a quarter smaller, and quicker to write
        self.form = form
        self.page = 1
        self.placed: list[Placed] = []
        for face in Face:
            typeface(face)
        self._file = BytesIO()
        self._canvas: Canvas = Canvas(
            self._file,
            pagesize=(form.width * MM, form.height * MM),
            pageCompression=1,
            invariant=1,
            initialFontName=Face.PLAIN.value,
            initialFontSize=9,
            lang="en-GB",
        )
        self._describe(particulars)
        self._forget()

    def _describe(self, particulars: Particulars) -> None:
        self._canvas.setTitle(particulars.title)
        self._canvas.setAuthor(particulars.author)
        self._canvas.setSubject(particulars.subject)
        self._canvas.setKeywords(particulars.keywords)
        self._canvas.setCreator(particulars.program)
        self._canvas.setProducer(particulars.program)
        self._canvas.setViewerPreference("DisplayDocTitle", "true")

    def _forget(self) -> None:
        """A new page (or a restored state) begins with nothing set."""
        self._set_font: tuple[Face, float] | None = None
        self._set_ink: Colour | None = None
        self._set_pen: tuple[float, Colour, tuple[float, ...]] | None = None

    def next_page(self) -> None:
        """Close this page and begin another."""
        self._canvas.showPage()
        self._forget()
        self.page += 1

    def finish(self) -> bytes:
        """Close the document and return it."""
        self._canvas.save()
        return self._file.getvalue()

    def _ink(self, colour: Colour) -> None:
        if colour != self._set_ink:
            self._canvas.setFillColorRGB(*colour)
            self._set_ink = colour

    def _font(self, face: Face, size: float) -> None:
        if (face, size) != self._set_font:
            self._canvas.setFont(face.value, size)
            self._set_font = (face, size)

    def _pen(self, weight: float, colour: Colour, dashes: tuple[float, ...]) -> None:
        wanted = (weight, colour, dashes)
        if wanted == self._set_pen:
            return
        before = self._set_pen or (None, None, ())
        if weight != before[0]:
            self._canvas.setLineWidth(weight)
        if colour != before[1]:
            self._canvas.setStrokeColorRGB(*colour)
        if dashes != before[2]:
            self._canvas.setDash(list(dashes))
        self._set_pen = wanted

    def _at(self, x: float, y: float) -> Point:
        return round(x * MM, 2), round((self.form.height - y) * MM, 2)

    def put(
        self,
        line: Words,
        x: float,
        y: float,
        align: Literal["left", "right", "centre"] = "left",
    ) -> float:
        """Draw words with their baseline at y and return where they end (x, in millimetres)."""
        if align != "left":
            x -= line.width if align == "right" else line.width / 2
        self._font(line.style.face, line.style.size)
        self._ink(line.style.colour)
        self._canvas.drawString(*self._at(x, y), line.text)
        self.placed.append(Placed(self.page, line, x, y))
        return x + line.width

    def put_lines(self, lines: Sequence[Words], x: float, y: float, leading: float) -> float:
        """Draw lines below one another and return the last baseline."""
        for at, line in enumerate(lines):
            self.put(line, x, y + at * leading)
        return y + max(0, len(lines) - 1) * leading

    def put_row(self, line: Sequence[Words], x: float, y: float) -> float:
        """Draw words of several styles on one baseline, a blank between; return their end."""
        for each in line:
            x = self.put(each, x, y) + blank(each.style)
        return x

    @contextmanager
    def _turned(self, x: float, y: float, degrees: float) -> Iterator[None]:
        self._canvas.saveState()
        self._canvas.translate(*self._at(x, y))
        self._canvas.rotate(degrees)
        yield
        self._canvas.restoreState()
        self._forget()

    def put_turned(self, line: Words, x: float, y: float, degrees: Literal[-90, 90]) -> None:
        """Draw words reading down (-90) or up (90) the page from a point on their baseline."""
        with self._turned(x, y, degrees):
            self._font(line.style.face, line.style.size)
            self._ink(line.style.colour)
            self._canvas.drawString(0, 0, line.text)
        self.placed.append(Placed(self.page, line, x, y, reads=degrees))

    def outline(self, line: Words, x: float, y: float, degrees: float, colour: Colour) -> None:
        """Draw words as an outline only, centred on a point, for others to be drawn over."""
        with self._turned(x, y, degrees):
            self._font(line.style.face, line.style.size)
            self._pen(1.2, colour, ())  # broad and pale: a fine dark line reads as a sign
            self._canvas.drawString(-line.width * MM / 2, -line.style.size / 3, line.text, mode=1)
        self.placed.append(Placed(self.page, line, x, y, beneath=True))

    def rule(
        self,
        start: Point,
        end: Point,
        weight: float = THIN,
        colour: Colour = BLACK,
        dashes: tuple[float, ...] = (),
    ) -> None:
        """Draw a straight line; the weight in points."""
        self._pen(weight, colour, dashes)
        self._shape([f"{_pair(self._at(*start))} m", f"{_pair(self._at(*end))} l"], stroke=True)

    def box(
        self,
        corner: Point,
        size: Point,
        weight: float = THIN,
        fill: Colour | None = None,
        dashes: tuple[float, ...] = (),
    ) -> None:
        """Draw a box by its upper left corner and its size; weight 0 leaves out the edge."""
        if fill is not None:
            self._ink(fill)
        if weight:
            self._pen(weight, BLACK, dashes)
        lower_left = self._at(corner[0], corner[1] + size[1])
        extent = round(size[0] * MM, 2), round(size[1] * MM, 2)
        outline = [f"{_pair(lower_left)} {_pair(extent)} re"]
        self._shape(outline, stroke=weight > 0, fill=fill is not None)

    def _shape(self, steps: list[str], *, stroke: bool = False, fill: bool = False) -> None:
        """Draw a path from its steps; written here, as the canvas takes long over each number."""
        from reportlab.pdfgen.pathobject import PDFPathObject

        self._canvas.drawPath(PDFPathObject(["n", *steps]), stroke=int(stroke), fill=int(fill))

    def polygon(
        self, points: Sequence[Point], fill: Colour | None = BLACK, weight: float = 0
    ) -> None:
        """Draw a closed shape."""
        if fill is not None:
            self._ink(fill)
        if weight:
            self._pen(weight, BLACK, ())
        self._shape([*self._steps(points), "h"], stroke=weight > 0, fill=fill is not None)

    def stroke(self, points: Sequence[Point], weight: float, colour: Colour = BLACK) -> None:
        """Draw an open line through points."""
        self._pen(weight, colour, ())
        self._shape(self._steps(points), stroke=True)

    def _steps(self, points: Sequence[Point]) -> list[str]:
        places = [_pair(self._at(*point)) for point in points]
        return [f"{places[0]} m", *(f"{place} l" for place in places[1:])]

    def disc(
        self,
        centre: Point,
        radius: float,
        fill: Colour | None = BLACK,
        weight: float = 0,
        dashes: tuple[float, ...] = (),
    ) -> None:
        """Draw a disc or a ring."""
        if fill is not None:
            self._ink(fill)
        if weight:
            self._pen(weight, BLACK, dashes)
        self._canvas.circle(
            *self._at(*centre),
            round(radius * MM, 2),
            stroke=1 if weight else 0,
            fill=0 if fill is None else 1,
        )

    def squares(self, corner: Point, module: float, runs: Sequence[tuple[int, int, int]]) -> None:
        """Fill runs of squares as one path: (column, row, length) in modules from a corner."""
        self._canvas.saveState()
        self._canvas.translate(*self._at(*corner))
        self._canvas.scale(module * MM, -module * MM)
        self._ink(BLACK)
        self._shape([f"{x} {y} {length} 1 re" for x, y, length in runs], fill=True)
        self._canvas.restoreState()
        self._forget()
