"""Scrolls a page or form whose height follows its width, so that wrapped lines are never cut off."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class TallArea(QScrollArea):
    """A scroll area that knows how high its inside must be at its own width.

    Args:
        inside: the page or form.
        name: its accessible name.
        grows_to: the area itself asks to be as high as its inside, up to so many pixels; 0: not.
        no_higher: it takes no room above that, either: it belongs to what stands beside it.
    """

    def __init__(
        self, inside: QWidget, name: str, *, grows_to: int = 0, no_higher: bool = False
    ) -> None:
        super().__init__()
        self._inside, self._no_higher = inside, no_higher
        self._grows_to = grows_to
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(name)
        inside.installEventFilter(self)
        self.verticalScrollBar().rangeChanged.connect(self._range_changed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Measure anew when the inside was laid out anew."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._measure()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure anew for another width."""
        super().resizeEvent(event)
        self._measure()

    def grow_to(self, most: int) -> None:
        """Ask for another height at most."""
        if most != self._grows_to:
            self._grows_to = most
            self._measure()

    def _range_changed(self, least: int, most: int) -> None:
        """Be a tab stop while there is something to scroll, so that keys alone suffice."""
        policy = Qt.FocusPolicy.TabFocus if most > least else Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(policy)

    def _measure(self) -> None:
        layout = self._inside.layout()
        if layout is None:
            return
        layout.activate()
        needed = layout.totalHeightForWidth(self.viewport().width())
        if needed < 0:  # nothing inside wraps its lines
            needed = layout.totalSizeHint().height()
        self._inside.setMinimumHeight(needed)
        if self._grows_to:
            self.setMinimumHeight(min(needed, self._grows_to))
            if self._no_higher:
                self.setMaximumHeight(self.minimumHeight())
