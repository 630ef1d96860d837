"""Scrolls a page or form whose height follows its width, so that wrapped lines are never cut off.

In large text the whole page scrolls (`bedside.desktop.page_room`): a part of it takes all its height
then, so that there are never two scroll bars side by side.
"""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QLayout, QScrollArea, QWidget

from bedside.desktop.focus_ring import FocusRing

ROOM = "room"  # marks what scrolls a whole page
_WATCHED = "focus is kept in sight"  # marks the application
_AROUND = 24  # pixels that are seen above and below a field that has the keyboard


def keep_focus_in_sight() -> None:
    """From now on a field that gets the keyboard is scrolled to, by whatever key: Tab or Alt and a letter."""
    application = QApplication.instance()
    if isinstance(application, QApplication) and not application.property(_WATCHED):
        application.setProperty(_WATCHED, True)
        application.focusChanged.connect(_focus_changed)


def _focus_changed(before: QWidget | None, now: QWidget | None) -> None:
    """Scroll to it; under a pressed mouse button, and where a window only comes back, nothing moves."""
    if before is None or now is None or before.window() is not now.window():
        return
    if QApplication.mouseButtons() == Qt.MouseButton.NoButton and now.isVisible():
        bring_into_sight(now)


def bring_into_sight(field: QWidget) -> None:
    """Scroll whatever it stands in as far as it takes to see it; where it is seen, nothing moves."""
    # a page in the middle of being shown still has the height of its last lines
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
    above = field.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            _bring(above, field)
        above = None if above.isWindow() else above.parentWidget()


def row_into_sight(table: QAbstractItemView, row: QRect) -> None:
    """Scroll the room of a page as far as it takes to see a row of a table that does not scroll itself."""
    above = table.parentWidget()
    while above is not None:
        inside = above.widget() if isinstance(above, QScrollArea) else None
        if isinstance(above, QScrollArea) and above.property(ROOM) and inside is not None:
            at = table.viewport().mapTo(inside, row.center())
            above.ensureVisible(at.x(), at.y(), 0, row.height() // 2 + _AROUND)
        above = None if above.isWindow() else above.parentWidget()


def begin_at_top(page: QWidget) -> None:
    """Scroll the room of a page to its top, wherever on it the keyboard is: its answer stands there."""
    above = page.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea) and above.property(ROOM):
            above.verticalScrollBar().setValue(0)
        above = None if above.isWindow() else above.parentWidget()


def _bring(area: QScrollArea, field: QWidget) -> None:
    """Scroll up or down as far as it takes; of what is higher than the area its upper part is seen."""
    inside = area.widget()
    if inside is None or not inside.isAncestorOf(field):
        return
    bar, high = area.verticalScrollBar(), area.viewport().height()
    top = field.mapTo(inside, QPoint(0, 0)).y() - _AROUND
    needed = field.height() + 2 * _AROUND
    under = top + (needed if needed <= high else high * 3 // 4)
    if top < bar.value():
        bar.setValue(top)
    elif under > bar.value() + high:
        bar.setValue(under - high)


class TallArea(QScrollArea):
    """A scroll area that knows how high its inside must be at its own width.

    Args:
        inside: the page or form.
        name: its accessible name.
        grows_to: the area itself asks to be as high as its inside, up to so many pixels; 0: not.
        no_higher: it takes no room above that, either: it belongs to what stands beside it.
        tab_stop: it can be scrolled by keys; False where every line of it has a field.
    """

    def __init__(
        self,
        inside: QWidget,
        name: str,
        *,
        grows_to: int = 0,
        no_higher: bool = False,
        tab_stop: bool = True,
    ) -> None:
        super().__init__()
        keep_focus_in_sight()
        self._inside, self._no_higher = inside, no_higher
        self._grows_to, self._tab_stop = grows_to, tab_stop
        self._laid_out = False  # by measuring, and Qt will say so once
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(name)
        FocusRing(self)
        inside.installEventFilter(self)
        self.verticalScrollBar().rangeChanged.connect(self._range_changed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Measure anew when the inside was laid out anew."""
        if event.type() == QEvent.Type.LayoutRequest:
            own, self._laid_out = self._laid_out, False
            if not own or not self._as_measured():
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

    def inside_high(self) -> int:
        """How high its inside must be, in pixels, as it was measured last."""
        return self._inside.minimumHeight()

    def stay(self) -> None:
        """Keep the height it has now, whatever comes into it: nothing below it moves any more."""
        self.grow_to(0)
        self.setFixedHeight(self.height())

    def _range_changed(self, least: int, most: int) -> None:
        """Be a tab stop while there is something to scroll, so that keys alone suffice."""
        scrolls = self._tab_stop and most > least
        policy = Qt.FocusPolicy.TabFocus if scrolls else Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(policy)

    def _measure(self) -> None:
        layout = self._inside.layout()
        if layout is None:
            return
        layout.activate()
        needed = self._needed(layout)
        self._inside.setMinimumHeight(needed)
        if (
            self._no_higher and self._inside.height() == needed
        ):  # as high as before: Qt would leave its lines where they were
            self._laid_out = True
            layout.invalidate()
            layout.setGeometry(self._inside.rect())
        most = needed if self._in_room() else self._grows_to
        if most:
            self._take_height(min(needed, most))
            if self._no_higher:
                as_needed = Qt.ScrollBarPolicy.ScrollBarAsNeeded
                never = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
                # with a scroll bar there would be more lines, and with more lines a scroll bar
                self.setVerticalScrollBarPolicy(as_needed if needed > most else never)

    def _as_measured(self) -> bool:
        """Whether what measuring itself set going changed nothing: it would come back for ever."""
        layout = self._inside.layout()
        return layout is None or self._needed(layout) == self._inside.minimumHeight()

    def _take_height(self, high: int) -> None:
        """Ask for so many pixels; asked for twice in one measuring, Qt would lay out without end."""
        if self._no_higher:
            self.setFixedHeight(high)
        else:
            self.setMinimumHeight(high)

    def _needed(self, layout: QLayout) -> int:
        """How high the inside must be, in pixels."""
        if self._no_higher and not self._in_room():
            whole = layout.totalHeightForWidth(self.maximumViewportSize().width())
            if 0 <= whole <= self._grows_to:  # without the scroll bar that may still be there
                return whole
        needed = layout.totalHeightForWidth(self.viewport().width())
        # below 0 nothing inside wraps its lines
        return needed if needed >= 0 else layout.totalSizeHint().height()

    def _in_room(self) -> bool:
        """Whether all around it scrolls already."""
        above: QWidget | None = self
        while above is not None and not above.property(ROOM):
            # a dialog stands over a page that scrolls, and not in it
            above = None if above.isWindow() else above.parentWidget()
        return above is not None
