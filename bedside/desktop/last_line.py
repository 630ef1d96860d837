"""No slice of a line at the lower edge of what scrolls: over it lies how many more there are.

What lies under it cannot be pressed unseen: a press on it brings that line into sight.
"""

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractScrollArea, QScrollArea, QWidget

from bedside.desktop.labels import label
from bedside.desktop.look import Look

_BESIDE = 8
_BETWEEN = 6  # pixels between two lines, where nothing stands


class MoreBelow(QObject):
    """Lies over the slice of the last line of a scroll area.

    Args:
        area: what scrolls.
        parts: all that stands in it now, from above: headings, too.
        lines: those of them that are counted; None: there is more below, and nobody counts what.
        look: fonts and colours.
        beside: how far right of the area's edge the words of a line begin, in pixels.
        beyond: how far below the area it may reach for its words, where nothing stands, in pixels.
    """

    def __init__(
        self,
        area: QScrollArea,
        parts: Callable[[], Sequence[QWidget]],
        lines: Callable[[], Sequence[QWidget]] | None,
        look: Look,
        *,
        beside: int = _BESIDE,
        beyond: int = 0,
    ) -> None:
        super().__init__(area)
        self._area, self._parts, self._lines, self._beyond = area, parts, lines, beyond
        self.cover = label("", look, "small", colour="quiet")
        self.cover.setParent(area.parentWidget() if beyond else area)
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
        if self._lines is None:
            more, words = int(part is not None), self.tr("more below")
        else:
            more = sum(part is not None and self._top(line) >= top for line in self._lines())
            words = self.tr("{0} more below").format(more)
        self.cover.setVisible(more > 0)
        if not more:
            return
        place = self._area.viewport().geometry()
        place.setTop(place.top() + top)
        if self._beyond:
            place.translate(self._area.pos())
            lack = max(0, self._words_high - place.height())
            place.setBottom(place.bottom() + min(self._beyond, lack))
            place.setTop(place.top() - max(0, min(lack - self._beyond, _BETWEEN)))
        self.cover.setGeometry(place)
        high = place.height() >= self._words_high
        self.cover.setText(words if high else "")
        self.cover.raise_()

    def _top(self, part: QWidget) -> int:
        return part.mapTo(self._area.viewport(), part.rect().topLeft()).y()


_MOST_COVERED = 64  # pixels at 100 %: of something higher the part in sight says enough to be left


def no_slice_of(area: QScrollArea, look: Look, *, beyond: int = 0) -> MoreBelow:
    """Let no line of a form or panel be sliced at the lower edge of what scrolls it.

    Args:
        area: what scrolls; its inside may be made anew, as long as it stays the same widget.
        look: fonts and colours.
        beyond: what is free below the area, in pixels, where its parent lays it out already.
    """
    most = look.px(_MOST_COVERED)

    def parts() -> list[QWidget]:
        inside, high = area.widget(), area.viewport().height()
        if inside is None or not area.verticalScrollBar().maximum():
            return []
        under = area.verticalScrollBar().value() + high
        tops = [(part.mapTo(inside, part.rect().topLeft()).y(), part) for part in _lines_in(inside)]
        cut = [(y, part) for y, part in tops if y < under < y + part.height()]
        if not cut or under - min(y for y, _ in cut) > most:
            return []
        return [min(cut, key=lambda one: one[0])[1]]

    return MoreBelow(area, parts, None, look, beside=0, beyond=beyond)


def _lines_in(inside: QWidget) -> Iterator[QWidget]:
    """What stands in it and holds no other parts laid out: words, fields, buttons, drawings."""
    for child in inside.children():
        if not isinstance(child, QWidget) or not child.isVisible() or child.isWindow():
            continue
        if child.layout() is None or isinstance(child, QAbstractScrollArea):
            yield child
        else:
            yield from _lines_in(child)
