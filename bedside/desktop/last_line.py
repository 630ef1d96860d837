"""No slice of a line at the lower edge of what scrolls: over it lies how many more there are.

What lies under it cannot be pressed unseen: a press on it brings that line into sight.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from bedside.desktop.labels import label
from bedside.desktop.look import Look

_BESIDE = 8


class MoreBelow(QObject):
    """Lies over the slice of the last line of a scroll area.

    Args:
        area: what scrolls.
        parts: all that stands in it now, from above: headings, too.
        lines: those of them that are counted.
        look: fonts and colours.
        beside: how far right of the area's edge the words of a line begin, in pixels.
    """

    def __init__(
        self,
        area: QScrollArea,
        parts: Callable[[], Sequence[QWidget]],
        lines: Callable[[], Sequence[QWidget]],
        look: Look,
        *,
        beside: int = _BESIDE,
    ) -> None:
        super().__init__(area)
        self._area, self._parts, self._lines = area, parts, lines
        self.cover = label("", look, "small", colour="quiet")
        self.cover.setParent(area)
        self.cover.setIndent(0)
        self.cover.setObjectName("morebelow")
        ground = look.colour("ground").name()
        self.cover.setStyleSheet(
            f"#morebelow {{ background: {ground}; padding-left: {look.px(beside)}px;"
            f" color: {look.colour('quiet').name()}; }}"
        )
        self.cover.hide()
        self._words_high = look.line_height("small")
        self._soon = QTimer(self)  # when all is laid out
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.settle)
        for watched in (area.viewport(), self.cover):
            watched.installEventFilter(self)
        self.watch_inside()
        area.verticalScrollBar().valueChanged.connect(self.settle)
        area.verticalScrollBar().rangeChanged.connect(self.settle)

    def watch_inside(self) -> None:
        """Follow what stands in the area now: where it is made anew, another widget."""
        inside = self._area.widget()
        if inside is not None:
            inside.installEventFilter(self)
        self._soon.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Settle anew where the room or a line is another one; a press brings the line into sight."""
        if watched is not self.cover:
            if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest, QEvent.Type.Show):
                self._soon.start()
        elif event.type() == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            line = self.cut_line()
            if line is not None:
                self._area.ensureWidgetVisible(line, 0, 0)
            return True
        return False

    def cut_line(self) -> QWidget | None:
        """The part of which only a slice is in sight at the lower edge; None where none is.

        Nor is one cut that has the keyboard, or that is higher than the room.
        """
        room = self._area.viewport()
        at: QWidget | None = room.window().focusWidget()
        for part in self._parts():
            if not room.isAncestorOf(part):  # the inside is just made anew
                return None
            top = self._top(part)
            if 0 < top < room.height() < top + part.height():
                holds = at is not None and (part is at or part.isAncestorOf(at))
                return None if holds else part
        return None

    def settle(self) -> None:
        """Lie over what is cut, or be gone."""
        part = self.cut_line()
        top = 0 if part is None else self._top(part)
        more = sum(part is not None and self._top(line) >= top for line in self._lines())
        self.cover.setVisible(more > 0)
        if not more:
            return
        place = self._area.viewport().geometry()
        place.setTop(place.top() + top)
        self.cover.setGeometry(place)
        high = place.height() >= self._words_high
        self.cover.setText(self.tr("{0} more below").format(more) if high else "")
        self.cover.raise_()

    def _top(self, part: QWidget) -> int:
        return part.mapTo(self._area.viewport(), part.rect().topLeft()).y()
