"""The rows of the timeline below the drugs: MRD time points, transplant, fevers, holds."""

from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from bedside.desktop.look import Look
from bedside.desktop.timeline_drawing import hatch
from bedside.desktop.timeline_fever import fever_box, paint_fever
from bedside.desktop.timeline_header import Window, words
from bedside.ward.views.timeline import EventState, TimelineEvent, TimelineView

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_MARK, _LEAST = 10.0, 30.0  # a mark's width; words get more room than this or are not written
_MILESTONES = ("MRD", "transplant")


def event_kinds(view: TimelineView) -> tuple[str, ...]:
    """The kinds of event that have a row, from the top; a transplant only where it is foreseen."""
    return ("MRD", *(("transplant",) if view.has_transplant else ()), "fever", "hold")


def event_rows(view: TimelineView) -> tuple[str, ...]:
    """The names of the rows below the drugs."""
    names = {
        "MRD": words("MRD"),
        "transplant": words("Transplant"),
        "fever": words("Fever"),
        "hold": words("Hold"),
    }
    return tuple(names[kind] for kind in event_kinds(view))


def row_of(view: TimelineView, kind: str) -> int:
    """The number of a kind's row, counted with the lanes."""
    return len(view.lanes) + event_kinds(view).index(kind)


def events_of(view: TimelineView, *kinds: str) -> list[TimelineEvent]:
    """The events of these kinds in the order of their first dates."""
    return sorted((one for one in view.events if one.kind in kinds), key=lambda one: one.start)


def milestones_of(view: TimelineView) -> list[TimelineEvent]:
    """MRD time points and the transplant, in the order of time."""
    return events_of(view, *_MILESTONES)


def event_box(
    window: Window, view: TimelineView, event: TimelineEvent, top: float, row: float
) -> QRectF:
    """Where the mark of an event is drawn in its row, whose upper edge is ``top``."""
    if event.kind == "fever":
        return fever_box(window, event, top, row)
    left = window.x(event.start)
    if event.kind == "hold":
        right = window.x(end_of(event, view.today))
        return QRectF(left, top + 3, max(right - left - 1, 6), row - 6)
    middle = left + window.scale.px_per_day / 2
    return QRectF(middle - _MARK / 2, top + (row - _MARK) / 2, _MARK, _MARK)


def end_of(event: TimelineEvent, today: date) -> date:
    """The first date after an event; a hold without an end lasts to the end of today."""
    open_end = max(today, event.start) if event.kind == "hold" else event.start
    last = event.end if event.end is not None else open_end
    return last + timedelta(days=1)


def paint_events(
    painter: QPainter, window: Window, view: TimelineView, row: float, shift: float, look: Look
) -> None:
    """Draw each row below the drugs, every mark with its words where they have room."""
    for number, kind in enumerate(event_kinds(view), len(view.lanes)):
        painter.setFont(look.font("caption"))
        _paint_row(painter, window, view, kind, (shift + number * row, row), look)


def paint_open(painter: QPainter, room: QRectF, view: TimelineView, row: float, look: Look) -> None:
    """Behind the break of the axis: what of these rows has no date; ``room`` begins at the lanes."""
    painter.setFont(look.font("caption"))
    painter.setPen(look.colour("ink"))
    for number, kind in enumerate(event_kinds(view), len(view.lanes)):
        top = room.top() + number * row
        _write(painter, QRectF(room.left(), top, room.width(), row), open_words(view, kind), look)


def event_words_at(
    view: TimelineView, window: Window, at: QPointF, row: float, lane: int
) -> str | None:
    """What lies under the pointer in these rows; None where the pointer is in no row of them."""
    kinds = event_kinds(view)
    if not len(view.lanes) <= lane < len(view.lanes) + len(kinds):
        return None
    kind = kinds[lane - len(view.lanes)]
    if kind == "hold":
        return None
    boxes = ((event, event_box(window, view, event, 0, row)) for event in events_of(view, kind))
    found = [one.words for one, box in boxes if box.left() - 3 <= at.x() <= box.right() + 8]
    return "\n".join(found) if found else open_words(view, kind)


def open_words(view: TimelineView, kind: str) -> str:
    """What of a row has no date; "" where all has one."""
    return "; ".join(said for one, said in view.open_rows if one == kind)


def paint_mark(painter: QPainter, box: QRectF, state: EventState, look: Look) -> None:
    """A milestone: a ring with a dot is done, an empty one planned, a dashed one not recorded."""
    pen = QPen(look.colour("quiet" if state == "missing" else "ink"), 1.5)
    if state == "missing":
        pen.setDashPattern([2.0, 1.6])
    painter.setPen(pen)
    painter.setBrush(look.colour("surface"))
    painter.drawEllipse(box)
    if state == "done":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("ink"))
        painter.drawEllipse(box.center(), 2.4, 2.4)
    elif state == "not to be done":
        painter.drawLine(box.topLeft() + QPointF(2, 2), box.bottomRight() - QPointF(2, 2))


def _paint_row(
    painter: QPainter,
    window: Window,
    view: TimelineView,
    kind: str,
    at: tuple[float, float],
    look: Look,
) -> None:
    (top, row), events = at, events_of(view, kind)
    if not events:
        painter.setPen(look.colour("quiet"))
        said = open_words(view, kind) or words("none recorded")
        if view.undated and open_words(view, kind):
            return  # said behind the break, where there is room
        _write(
            painter, QRectF(window.left + 8, top, window.right - window.left - 8, row), said, look
        )
        return
    for number, event in enumerate(events):
        box = _paint_one(painter, window, view, event, at, look)
        until = window.right
        if number + 1 < len(events):
            until = event_box(window, view, events[number + 1], top, row).left() - 6
        start = max(box.right(), box.left() + 12) + 6
        choice: tuple[str, ...] = (event.words, event.short) if event.short else (event.words,)
        if start < window.left:  # its mark is out of sight, its words reach into it
            choice = tuple(f"← {said}" for said in choice if _reaches(painter, window, start, said))
            start = window.left + 6
        for said in choice:
            if _beside(painter, QRectF(start, top, until - start, row), said, look, event):
                break


def _paint_one(
    painter: QPainter,
    window: Window,
    view: TimelineView,
    event: TimelineEvent,
    at: tuple[float, float],
    look: Look,
) -> QRectF:
    """Draw the mark of one event, set the pen of its words, and return where it stands."""
    top, row = at
    box = event_box(window, view, event, top, row)
    painter.setFont(look.font("caption"))
    if event.kind == "hold":
        hatch(painter, box, look.colour("hold_tint"), look.colour("hold"))
        painter.setPen(look.colour("hold"))
        return box
    if event.kind == "fever":
        box = paint_fever(painter, window, event, top, row, look)
    else:
        paint_mark(painter, box, event.state, look)
    painter.setPen(look.colour("ink"))
    return box


def _reaches(painter: QPainter, window: Window, start: float, said: str) -> bool:
    """Whether words that begin left of the axis are seen on it."""
    return start + QFontMetricsF(painter.font()).horizontalAdvance(said) > window.left


def _beside(painter: QPainter, room: QRectF, said: str, look: Look, event: TimelineEvent) -> bool:
    """Write words beside a mark; False where shorter ones have to do, or there is no room."""
    if room.width() < _LEAST:
        return False
    wide = QFontMetricsF(painter.font()).horizontalAdvance(said)
    if wide > room.width() and event.short and not said.endswith(event.short):
        return False
    _write(painter, room, said, look)
    return True


def _write(painter: QPainter, room: QRectF, said: str, look: Look) -> None:
    """Words on the ground's colour, so that no line runs through them, as far as they have room."""
    metrics = QFontMetricsF(painter.font())
    text = metrics.elidedText(said, Qt.TextElideMode.ElideRight, room.width())
    if not text:
        return
    wide = metrics.horizontalAdvance(text)
    ground = QRectF(room.left() - 2, room.top() + 2, wide + 4, room.height() - 4)
    painter.fillRect(ground, look.colour("surface"))
    painter.drawText(QRectF(room.left(), room.top(), wide + 8, room.height()), _LEFT, text)
