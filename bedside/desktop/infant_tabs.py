"""The tabs over the pages of an infant."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QTabBar,
    QWidget,
)

from bedside.desktop.look import Look


class TabGround(QWidget):
    """The ground under the tabs, a line at its foot; a style sheet's border would make the tabs lower."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setFixedHeight(look.measure("tabs"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground and line."""
        foot = self.rect()
        with QPainter(self) as painter:
            painter.fillRect(foot, self._look.colour("surface"))
            foot.setTop(foot.bottom())
            painter.fillRect(foot, self._look.colour("line"))


class Tabs(QTabBar):
    """The tabs; a wheel over them changes nothing."""

    def __init__(self, look: Look, titles: Sequence[str]) -> None:
        super().__init__()
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setFont(look.font("body", "medium"))
        self.setAccessibleName(self.tr("Pages of this infant"))
        self._high = look.measure("touch")
        accent, quiet, ink = (look.colour(name).name() for name in ("accent", "quiet", "ink"))
        self.setStyleSheet(
            f"QTabBar {{ background: transparent; }}"
            f"QTabBar::tab {{ color: {quiet}; padding: 0 13px; border: 0;"
            f" border-bottom: 3px solid transparent; background: transparent; }}"
            f"QTabBar::tab:selected {{ color: {ink}; border-bottom-color: {accent}; }}"
            f"QTabBar::tab:focus {{ border: 2px solid {accent}; border-bottom: 3px solid {accent};"
            f" padding: 0 11px 1px 11px; }}"
        )
        for title in titles:
            self.addTab(title)

    def tabSizeHint(self, index: int) -> QSize:
        """As high as a gloved finger needs, whatever the font's own height is."""
        least = super().tabSizeHint(index)
        return least.expandedTo(QSize(0, self._high))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the wheel pass by."""
        event.ignore()
