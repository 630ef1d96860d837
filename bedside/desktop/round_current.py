"""The line of the round that keys act on: it is marked, in sight, and stays where it is when all is read again."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from bedside.desktop.round_row import RoundLine
from bedside.desktop.tall_area import TallArea

_TURNS = 3  # a line tells its height to the form, the form to the area, the area shows its bar
_AROUND = 20  # pixels of its neighbours that stay in sight with a line


class CurrentLine(QObject):
    """Follows the keyboard through the lines of a round.

    Args:
        area: where the lines scroll.
        lines: the lines now, from above.
    """

    def __init__(self, area: TallArea, lines: Callable[[], Sequence[RoundLine]]) -> None:
        super().__init__(area)
        self._area, self._lines = area, lines
        self._name, self._at, self._top = "", -1, 0  # where the keyboard was last
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_changed)

    def line(self) -> RoundLine | None:
        """The line that has the keyboard, itself or in a field of it; None: it is elsewhere."""
        # asked of the window, not of the lines: those have no focus while another window is in front
        holder: QWidget | None = self._area.window().focusWidget()
        if holder is None:
            return None
        found = (one for one in self._lines() if one is holder or one.isAncestorOf(holder))
        return next(found, None)

    def go_to(self, line: RoundLine) -> None:
        """Give a line the keyboard, and show it."""
        line.setFocus(Qt.FocusReason.TabFocusReason)
        self.mark()

    def go_back(self) -> RoundLine | None:
        """Give the keyboard to the line that had it last, or to the first; None where there is none."""
        line = self._last_one() or next(iter(self._lines()), None)
        if line is not None:
            self._settle()
            self.go_to(line)
        return line

    def mark(self) -> None:
        """Show which line is the current one, and bring it in sight."""
        current = self.line()
        for at, one in enumerate(self._lines()):
            one.show_current(one is current)
            if one is current:
                self._name, self._at = one.name, at
        if current is not None:
            self._show(current)

    def _show(self, line: RoundLine) -> None:
        """In sight in the round, and in the room that scrolls a page in large text; never to the side."""
        room = line.parentWidget()
        while room is not None:
            if isinstance(room, QScrollArea):
                side = room.horizontalScrollBar().value()
                room.ensureWidgetVisible(line, 0, _AROUND)
                room.horizontalScrollBar().setValue(side)
            room = room.parentWidget()

    def remember(self) -> bool:
        """Keep where the current line stands before all is made anew; False where none is current."""
        current = self.line()
        if current is not None:
            self.mark()
            self._top = self._place(current)
        return current is not None

    def restore(self) -> None:
        """Give the keyboard back to the same line, at the same place of the screen."""
        line = self._last_one()
        if line is None:
            return
        self._settle()
        bar = self._area.verticalScrollBar()
        bar.setValue(bar.value() + self._place(line) - self._top)
        self.go_to(line)
        QTimer.singleShot(0, self, self.mark)  # once more when every line has its last height

    def forget(self) -> None:
        """Another infant's round begins, at its top."""
        self._name, self._at = "", -1
        self._area.verticalScrollBar().setValue(0)

    def _last_one(self) -> RoundLine | None:
        """The line of that name; where it is gone, the one that stands in its place."""
        every = self._lines()
        found = next((one for one in every if one.name == self._name), None)
        if found is None and every and self._at >= 0:
            return every[min(self._at, len(every) - 1)]
        return found

    def _place(self, line: RoundLine) -> int:
        return line.mapTo(self._area.viewport(), line.rect().topLeft()).y()

    def _settle(self) -> None:
        """Lay the new lines out at once, as the next turns would: their places are asked for next."""
        for _ in range(_TURNS):
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)

    def _focus_changed(self, old: QWidget | None, now: QWidget | None) -> None:
        """Another window in front changes nothing here: the line is the same when this one is back."""
        if now is not None and now.window() is self._area.window() and self._area.isVisible():
            self.mark()
