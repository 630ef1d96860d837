"""Lines of text in several weights and colours, broken at words so that nothing is ever cut off."""

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from bedside.desktop.direction import turns
from bedside.desktop.look import Look
from bedside.desktop.marks import paint_dlt, paint_mark
from bedside.desktop.painting import fill
from bedside.desktop.spoken import spoken_words
from bedside.ward.views.marks import DltState, Mark

Box = Literal["", "dotted", "filled", "underlined"]
_PAD = 4.0  # inside a box, left and right


class Run(Struct, frozen=True):
    """A few words in one font and colour.

    Args:
        text: the words.
        size: a font size of the tokens.
        weight: a weight of the tokens.
        colour: a colour of the tokens.
        box: "dotted" for a site value, "filled" for the word INTRATHECAL, "underlined".
    """

    text: str
    size: str = "body_strong_banner"
    weight: str = "text"
    colour: str = "ink"
    box: Box = ""


_SPACE = Run("\u2002", "caption")  # between a headline and what stands behind it


class Line(Struct, frozen=True):
    """One line: a mark (or the DLT period's line) at its head, then runs set in by ``indent``.

    Where ``runs_on``, it may stand on the last of several lines of the one before, if it fits whole.
    """

    runs: tuple[Run, ...]
    indent: float = 0.0
    mark: Mark = "none"
    dlt: DltState | None = None
    runs_on: bool = False


class Typesetter:
    """Measures, breaks and draws runs in one look."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self._fonts: dict[tuple[str, str], tuple[QFont, QFontMetricsF]] = {}

    def width(self, run: Run) -> float:
        """Return how wide a run is, its box included."""
        wide = self._metrics(run).horizontalAdvance(run.text)
        return wide + 2 * _PAD if run.box in ("dotted", "filled") else wide

    def broken(self, line: Line, width: float) -> list[Line]:
        """Break a line at words so that it fits a width; the lines after it keep its indent."""
        room = width - line.indent
        if sum(self.width(run) for run in line.runs) <= room:
            return [line]
        lines: list[list[Run]] = [[]]
        used = 0.0
        for piece in (part for run in line.runs for part in self._pieces(run, room)):
            wide = self.width(replace(piece, text=piece.text.rstrip()))
            if lines[-1] and used + wide > room:
                lines.append([])
                used = 0.0
            lines[-1].append(piece)
            used += self.width(piece)
        first, *rest = lines
        return [
            replace(line, runs=tuple(first)),
            *(Line(tuple(runs), line.indent) for runs in rest),
        ]

    def set(self, lines: Sequence[Line], width: float) -> list[Line]:
        """Break each line so that it fits a width; one that runs on takes the room the last one left."""
        found: list[Line] = []
        before = 0  # of how many lines the last one is
        for line in lines:
            broken = self.broken(line, width)
            if line.runs_on and before > 1 and len(broken) == 1:
                runs = (*found[-1].runs, _SPACE, *line.runs)
                if sum(map(self.width, runs)) <= width - line.indent:
                    found[-1] = replace(found[-1], runs=runs)
                    continue
            found += broken
            before = len(broken)
        return found

    def whole(self, run: Run, room: float, sizes: Sequence[str]) -> Run:
        """Return a run that is never broken: in the first size that fits, else cut with an ellipsis.

        Args:
            run: the words.
            room: the width in pixels.
            sizes: font sizes of the tokens, the best first.
        """
        for size in sizes:
            sized = replace(run, size=size)
            if self.width(sized) <= room:
                return sized
        last = replace(run, size=sizes[-1])
        cut = self._metrics(last).elidedText(run.text, Qt.TextElideMode.ElideRight, room)
        return replace(last, text=cut)

    def paint(self, painter: QPainter, line: Line, left: float, top: float, high: float) -> None:
        """Draw a line that fits; ``high`` is the height of a line in pixels."""
        if line.mark != "none":
            paint_mark(painter, line.mark, QRectF(left, top + (high - 16) / 2, 16, 16), self.look)
        if line.dlt is not None:
            paint_dlt(painter, line.dlt, QRectF(left, top + (high - 16) / 2, 20, 16), self.look)
        x = left + line.indent
        for run in line.runs:
            x += self._paint_run(painter, run, x, top, high)

    def _paint_run(self, painter: QPainter, run: Run, x: float, top: float, high: float) -> float:
        font, metrics = self._font(run), self._metrics(run)
        wide = self.width(run)
        base = top + (high - metrics.height()) / 2 + metrics.ascent()
        painter.setFont(font)
        if run.box in ("dotted", "filled"):
            box = QRectF(x, top + 1.5, wide, high - 4).toRect().toRectF()
            self._paint_box(painter, run, box)
            painter.drawText(QPointF(x + _PAD, base), run.text)
            return wide
        painter.setPen(self.look.colour(run.colour))
        painter.drawText(QPointF(x, base), run.text)
        if run.box == "underlined":
            painter.setPen(QPen(self.look.colour("hold"), 2))
            below = base + metrics.descent() + 0.5
            painter.drawLine(QPointF(x, below), QPointF(x + wide, below))
        return wide

    def _paint_box(self, painter: QPainter, run: Run, box: QRectF) -> None:
        if run.box == "filled":
            fill(painter, box, self.look.colour(run.colour))
            painter.setPen(self.look.colour("on_fill"))
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self.look.colour("edge"), 1, Qt.PenStyle.DotLine))
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.setPen(self.look.colour(run.colour))

    def _pieces(self, run: Run, room: float) -> list[Run]:
        """Part a run at its blanks; a box stays whole, a word wider than the room is parted."""
        if run.box in ("dotted", "filled"):
            return [run]
        words = spoken_words(run.text)
        if turns(run.text) and self._metrics(run).horizontalAdvance(run.text) <= room:
            return [run]  # parted, words that run from the right would stand in the wrong order
        pieces: list[str] = []
        for word in words[:-1]:
            *parts, last = self._narrow(run, word, room)
            pieces += [*parts, type(word)(f"{last} ")]
        pieces += self._narrow(run, words[-1], room)
        return [replace(run, text=text) for text in pieces if text]

    def _narrow(self, run: Run, word: str, room: float) -> list[str]:
        metrics = self._metrics(run)
        if metrics.horizontalAdvance(word) <= room:
            return [word]
        kind = type(word)  # pieces of a translated word are not translated again
        parts = [kind()]
        for letter in word:
            if parts[-1] and metrics.horizontalAdvance(parts[-1] + letter) > room:
                parts.append(kind())
            parts[-1] += letter
        return parts

    def _font(self, run: Run) -> QFont:
        return self._both(run)[0]

    def _metrics(self, run: Run) -> QFontMetricsF:
        return self._both(run)[1]

    def _both(self, run: Run) -> tuple[QFont, QFontMetricsF]:
        key = (run.size, run.weight)
        if key not in self._fonts:
            font = self.look.font(*key)
            self._fonts[key] = (font, QFontMetricsF(font))
        return self._fonts[key]
