"""Room for a page in large text: what has no room in the window is scrolled to, never cut."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget

from bedside.desktop.focus_ring import FocusRing
from bedside.desktop.look import Look
from bedside.desktop.tall_area import ROOM, keep_focus_in_sight

_LEAST = (1, 594)  # at 100 %: the room of a page at 1366 × 768, where it names no size of its own


class PageRoom(QScrollArea):
    """Scrolls a page, or a stack of pages of which the one in sight counts.

    Args:
        inside: the page or the stack.
        look: how large the text is; a page scrolls as soon as it has less room than it is drawn for,
            which is its own ``least_size`` (in pixels at 100 %) where it names one.
    """

    def __init__(self, inside: QWidget, look: Look) -> None:
        super().__init__()
        keep_focus_in_sight()
        self._inside, self._look = inside, look
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setProperty(ROOM, True)
        FocusRing(self)
        self.verticalScrollBar().rangeChanged.connect(self._range_changed)
        self.setAccessibleName(inside.accessibleName())
        self.setWidget(inside)
        inside.installEventFilter(self)
        if isinstance(inside, QStackedWidget):
            inside.currentChanged.connect(self._page_changed)

    def minimumSizeHint(self) -> QSize:
        """It gives way in both directions."""
        return QSize(self._look.px(120), self._look.px(80))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Measure anew when something in the page asks for another room."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._measure()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure anew for another width, in which lines wrap otherwise."""
        self._measure()
        super().resizeEvent(event)

    def _page_changed(self) -> None:
        """Another page begins at its top, however far the last one was scrolled."""
        self.verticalScrollBar().setValue(0)
        self._measure()

    def _range_changed(self, least: int, most: int) -> None:
        """Be a tab stop while there is something to scroll, so that keys alone suffice."""
        policy = Qt.FocusPolicy.TabFocus if most > least else Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(policy)

    def _measure(self) -> None:
        """The page in sight is never smaller than its own least size, and than it asks for.

        Nor higher: a stack would ask for as much as its highest page, and leave blank room to scroll.
        """
        there: QWidget | None = self._inside
        while isinstance(there, QStackedWidget):
            there = there.currentWidget()
        if there is None:
            return
        least = there.minimumSizeHint().expandedTo(there.minimumSize())
        asked: tuple[int, int] = getattr(there, "least_size", _LEAST)
        least = least.expandedTo(QSize(*map(self._look.px, asked)))
        seen = self.viewport().size()
        if there.hasHeightForWidth():
            wide = max(seen.width(), least.width())
            least = least.expandedTo(QSize(0, there.heightForWidth(wide)))
        self._inside.setMinimumSize(least)
        self._inside.setMaximumHeight(max(least.height(), seen.height()))


def in_room(inside: QWidget, look: Look) -> QWidget:
    """Return what to lay out in place of a page: in large text a room that scrolls it."""
    return inside if look.percent == 100 else PageRoom(inside, look)
