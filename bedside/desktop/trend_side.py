"""The large figures beside the trend: the latest value of each series, and how it stands to the rule."""

from typing import cast

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPainter

from bedside.desktop.look import Look
from bedside.desktop.marks import paint_mark
from bedside.desktop.timeline_header import words
from bedside.desktop.trend_layout import TypedNow, anc_place, platelets_place, shown_rows
from bedside.units.bounds import Bound, Sign, at_least
from bedside.units.dates import write_date_time
from bedside.units.writer import write_number
from bedside.ward.same_minute import worst_of_newest
from bedside.ward.views.marks import Mark
from bedside.ward.views.pages import CountRow, CountsView

SIDE = 158.0
_ROOMY = 130.0  # an axis less high than this leaves no room for a line of its own each
_BOUND: dict[bool | None, tuple[Mark, str, str]] = {
    True: ("go", "go", "recorded, met"),
    False: ("hold", "hold", "recorded, not met"),
    None: ("unknown", "ink", "does not decide"),
}
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def paint_side(
    painter: QPainter,
    view: CountsView,
    focused: CountRow | None,
    typed: TypedNow | None,
    anc_box: QRectF,
    platelets_box: QRectF,
    look: Look,
) -> None:
    """Write the latest ANC and platelets large, with unit, time and result."""
    ancs = [row for row in shown_rows(view) if anc_place(row) is not None]
    close = anc_box.height() < _ROOMY
    column = _Column(painter, look, anc_box.right() + 16, anc_box.top() - 14 * close, close=close)
    column.title(words("ANC per µL, log") if close else words("ANC, log scale"))
    latest = worst_of_newest(ancs, lambda row: -(anc_place(row) or 0))
    if latest is None or latest.anc_per_ul is not None:
        column.latest(latest, None if latest is None else latest.anc_per_ul, view.anc_at_least)
    else:
        column.bound(latest, latest.anc_state, latest.anc_bound_per_ul, view.anc_at_least)
    if focused is not None and focused is not latest:
        column.at_line(focused.anc_per_ul, focused.anc_state)
    if typed is not None and typed.anc is not None:
        column.typed(typed.anc, typed.anc_suspect)
    counted = [row for row in shown_rows(view) if platelets_place(row) is not None]
    left = platelets_box.right() + 16
    column = _Column(painter, look, left, platelets_box.top() - 14, close=close)
    column.title(words("Platelets per µL") if close else words("Platelets"))
    last = worst_of_newest(counted, lambda row: -(platelets_place(row) or 0))
    least = view.platelets_at_least
    if last is None or last.platelets_per_ul is not None:
        column.latest(last, None if last is None else last.platelets_per_ul, least)
    else:
        column.bound(last, last.platelets_state, last.platelets_bound_per_ul, least)
    if focused is not None and focused is not last:
        column.at_line(focused.platelets_per_ul, focused.platelets_state)
    if typed is not None and typed.platelets is not None:
        column.typed(typed.platelets, typed.platelets_suspect)


class _Column:
    """Writes line under line, in fewer lines where the axes stand ``close`` together."""

    def __init__(
        self, painter: QPainter, look: Look, x: float, y: float, *, close: bool = False
    ) -> None:
        self._close = close
        self._painter = painter
        self._look = look
        self._x = x
        self._y = y

    def title(self, text: str) -> None:
        self._line(text, "ink", 16, self._look.font("small", "strong"))

    def latest(self, row: CountRow | None, value: int | None, limit: int | None) -> None:
        """The latest recorded value, its unit and time, met or not."""
        if row is None or value is None:
            self._line(words("none recorded"), "quiet", 34, self._look.font("body"))
            return
        colour = "ink"
        if limit is not None:
            colour = "go" if value >= limit else "hold"
        font = self._look.font("answer", "bold")
        self._line(write_number(value), colour, 34, font)
        caption = self._look.font("caption")
        taken = write_date_time(row.taken_at)
        if not self._close:
            self._line(words("per µL"), "quiet", 14, caption)
        self._line(taken, "quiet", 15, caption)
        if limit is not None:
            text = words("recorded, met") if value >= limit else words("recorded, not met")
            box = QRectF(self._x, self._y + 3, 14, 14)
            paint_mark(self._painter, "go" if value >= limit else "hold", box, self._look)
            self._line(text, colour, 20, self._look.font("caption", "strong"), indent=20)

    def bound(self, row: CountRow, state: str, figure: int | None, limit: int | None) -> None:
        """The latest value is a bound: it decides where it lies wholly on one side of the limit."""
        caption = self._look.font("caption")
        result = None
        if figure is not None and limit is not None:
            result = at_least(Bound(cast(Sign, state[:1]), figure), limit)
        mark, colour, said = _BOUND[result]
        shown = state.removesuffix(" per µL")
        self._line(shown, colour, 34, self._look.font("answer", "bold"))
        if not self._close:
            self._line(words("per µL"), "quiet", 14, caption)
        self._line(write_date_time(row.taken_at), "quiet", 15, caption)
        if limit is not None:
            box = QRectF(self._x, self._y + 3, 14, 14)
            paint_mark(self._painter, mark, box, self._look)
            font = self._look.font("caption", "strong")
            self._line(words(said), colour, 20, font, indent=20)

    def at_line(self, value: int | None, state: str) -> None:
        """The value under the focus line, where it is not the latest."""
        absent = words("not done") if state in {"done", "not done"} else state
        text = absent if value is None else write_number(value)
        font = self._look.font("caption", "strong")
        self._line(words("at the line: {0}").format(text), "accent", 17, font)

    def typed(self, value: int, suspect: bool) -> None:
        """The value being typed."""
        self._y += 2
        font = self._look.font("caption", "bold" if suspect else "text")
        text = words("typed now {0}").format(write_number(value))
        self._line(text, "hold" if suspect else "ink", 15, font)
        if not self._close:
            self._line(words("not yet recorded"), "quiet", 14, self._look.font("caption"))

    def _line(self, text: str, colour: str, high: float, font: QFont, indent: float = 0) -> None:
        self._painter.setFont(font)
        self._painter.setPen(self._look.colour(colour))
        box = QRectF(self._x + indent, self._y, SIDE, high)
        self._painter.drawText(box, _LEFT, text)
        self._y += high
