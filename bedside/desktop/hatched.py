"""A field that is hidden while somebody counts: hatched, with the word that says so."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from bedside.desktop.look import Look


class Hatched(QWidget):
    """Nothing of what is hidden is in it: it was never given a figure.

    Args:
        words: what it says, e.g. "hidden while you count".
        look: colours and fonts.
        name: what it is called when read out.
        size: width and height in pixels.
    """

    def __init__(self, words: str, look: Look, name: str, size: tuple[int, int]) -> None:
        super().__init__()
        self._words, self._full, self._look = words, look, look.drawn
        self._size = look.enlarged(*size)
        self.setAccessibleName(f"{name}: {words}")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As large as it was asked to be."""
        return self._size

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw hatching, an edge, and the words on a plain ground."""
        look = self._look
        box = self._full.board(self).toRect().adjusted(0, 0, -1, -1)
        with QPainter(self) as painter:
            self._full.enlarge(painter)
            painter.fillRect(box, look.colour("sunk"))
            painter.fillRect(box, QBrush(look.colour("line"), Qt.BrushStyle.FDiagPattern))
            painter.setPen(QPen(look.colour("edge")))
            painter.drawRect(box)
            font = look.font("caption")
            painter.setFont(font)
            wide = painter.fontMetrics().horizontalAdvance(self._words) + 14
            plate = QRect(0, 0, min(wide, box.width() - 4), 20)
            plate.moveCenter(box.center())
            painter.fillRect(plate, look.colour("surface"))
            painter.setPen(QPen(look.colour("ink")))
            painter.drawText(plate, int(Qt.AlignmentFlag.AlignCenter), self._words)
