"""Parts that stand side by side where there is room, and one below the other where there is not.

In large text a page would else be wider than the window, and what stands at its right out of sight.
"""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from bedside.desktop.look import Look

ROOMY = 1000  # pixels at 100 %: a page in the smallest window has more, one in large text less
_USUAL = 100  # per cent


class Beside(QWidget):
    """Lays out its parts by its own width.

    Args:
        look: how large the text is.
        roomy_from: from so many pixels at 100 % on they stand side by side.
        gap: pixels between them at 100 %.
        by_need: one below the other also where their words, in another language, need more room.
    """

    def __init__(
        self, look: Look, roomy_from: int, gap: int = 16, *, by_need: bool = False
    ) -> None:
        super().__init__()
        self._look, self._roomy_from, self._by_need = look, roomy_from, by_need
        self.row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(look.px(gap))

    @property
    def stacked(self) -> bool:
        """Whether its parts stand one below the other."""
        return self.row.direction() == QBoxLayout.Direction.TopToBottom

    def minimumSizeHint(self) -> QSize:
        """As wide as its widest part: it gives way before the page has to be scrolled sideways."""
        least = super().minimumSizeHint()
        items = (self.row.itemAt(place) for place in range(self.row.count()))
        wide = max((item.minimumSize().width() for item in items if item is not None), default=0)
        return QSize(min(wide, least.width()), least.height())

    def _wide_in_a_row(self) -> int:
        """What the parts need side by side: in another language their words are longer."""
        items = [self.row.itemAt(place) for place in range(self.row.count())]
        wide = [item.minimumSize().width() for item in items if item is not None]
        return sum(wide) + self.row.spacing() * max(0, len(wide) - 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn as soon as the room is too small, or large enough again."""
        super().resizeEvent(event)
        wide = event.size().width()
        roomy = wide >= self._look.px(self._roomy_from)
        if self._by_need:
            roomy = roomy and wide >= self._wide_in_a_row()
        wanted = QBoxLayout.Direction.LeftToRight if roomy else QBoxLayout.Direction.TopToBottom
        if wanted != self.row.direction():
            self.row.setDirection(wanted)
            self.updateGeometry()


def as_wide(part: QWidget, wide: int, look: Look) -> None:
    """Give a part a width of its own at 100 %; in large text it may have the whole width, never less.

    Args:
        part: what stands beside or above something else.
        wide: pixels at 100 %.
        look: how large the text is.
    """
    if look.percent == _USUAL:
        part.setFixedWidth(wide)
    else:
        part.setMinimumWidth(look.px(wide))


class InSight(QStackedWidget):
    """A stack that asks for the room of the part in sight only, not of its widest."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(self.updateGeometry)

    def minimumSizeHint(self) -> QSize:
        """What the part in sight needs."""
        there: QWidget | None = self.currentWidget()
        if there is None:
            return super().minimumSizeHint()
        return there.minimumSizeHint().expandedTo(there.minimumSize())
