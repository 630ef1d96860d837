"""The tabs over the pages of an infant."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QTabBar,
)

from bedside.desktop.look import Look


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
        accent, quiet, ink = (look.colour(name).name() for name in ("accent", "quiet", "ink"))
        self.setStyleSheet(
            f"QTabBar {{ background: transparent; }}"
            f"QTabBar::tab {{ color: {quiet}; padding: 8px 13px 7px 13px; border: 0;"
            f" border-bottom: 3px solid transparent; background: transparent; }}"
            f"QTabBar::tab:selected {{ color: {ink}; border-bottom-color: {accent}; }}"
            f"QTabBar::tab:focus {{ border: 2px solid {accent}; border-bottom: 3px solid {accent};"
            f" padding: 6px 11px 7px 11px; }}"
        )
        for title in titles:
            self.addTab(title)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the wheel pass by."""
        event.ignore()
