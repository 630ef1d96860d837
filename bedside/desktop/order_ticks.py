"""The doses of a signing form: exactly what is signed, working step by step, a tick for each day.

Doses of one drug that are worked out alike stand together: the working once, then a tick a day.
"""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from bedside.desktop.labels import label, rule, unbroken
from bedside.desktop.look import Look
from bedside.desktop.marks import MarkLabel
from bedside.desktop.tick_box import tick_box
from bedside.units.dates import write_date, write_time
from bedside.ward.order_drawn import read_on_screen
from bedside.ward.views.orders import OrderRow

_TICK_HIGH = 24
_A_LINE = 3  # ticks beside one another, where nothing but the day stands at each


class OrderTicks(QWidget):
    """Every dose that may be signed, with its working, and below those that may not, each with why.

    Args:
        look: fonts and colours.
        rows: the doses that may be signed.
        closed: the doses that may not be signed now, and why.
        ordered: show what stands in the order; else what is worked out now.
        ticked: whether each is ticked to begin with.
        today: doses of another day are said to be so, in words; None: the day does not matter.

    Signals:
        edited: a tick was set or taken away.
    """

    edited = Signal()

    def __init__(
        self,
        look: Look,
        rows: Sequence[OrderRow],
        closed: Sequence[tuple[OrderRow, tuple[str, ...]]],
        *,
        ordered: bool,
        ticked: bool,
        today: date | None = None,
    ) -> None:
        super().__init__()
        self._look, self._ordered, self._today = look, ordered, today
        self.boxes: list[tuple[QCheckBox, OrderRow]] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(4)
        for group in self._grouped(rows):
            self._add_group(column, group, ticked=ticked)
        if closed:
            self._add_closed(column, closed)
        column.addStretch(1)

    def ticked(self) -> tuple[OrderRow, ...]:
        """The doses whose tick is set."""
        return tuple(row for box, row in self.boxes if box.isChecked())

    def tick_all(self) -> None:
        """Tick every dose; one that was sent back is looked at and ticked by itself."""
        for box, row in self.boxes:
            if row.state.stage != "sent back":
                box.setChecked(True)

    def _grouped(self, rows: Sequence[OrderRow]) -> list[list[OrderRow]]:
        groups: dict[tuple[object, ...], list[OrderRow]] = {}
        for row in rows:
            groups.setdefault((row.name, self._dose(row), self._steps(row)), []).append(row)
        return list(groups.values())

    def _dose(self, row: OrderRow) -> str:
        return row.state.dose_words if self._ordered else row.dose_words

    def _steps(self, row: OrderRow) -> tuple[str, ...]:
        return tuple(map(read_on_screen, row.state.steps if self._ordered else row.steps))

    def _add_group(self, column: QVBoxLayout, group: list[OrderRow], *, ticked: bool) -> None:
        look, first = self._look, group[0]
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(label(first.name, look, "body_strong_banner", "strong"))
        head.addWidget(label(self._dose(first), look, "body_strong_banner", "title"))
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(rule(look, "edge"))
        ticks = QGridLayout()
        ticks.setHorizontalSpacing(20)
        ticks.setVerticalSpacing(4)
        a_line = 1 if self._ordered or any(row.state.why for row in group) else _A_LINE
        for number, row in enumerate(group):
            box = tick_box(unbroken(self._day_words(row)), look, _TICK_HIGH)
            box.setFont(look.font("body", "medium"))
            box.setAccessibleName(f"{row.words}, {write_date(row.on)}, {self._dose(row)}")
            box.setAccessibleDescription(" ".join(self._steps(row)))
            # what was sent back is looked at again before it is signed again
            box.setChecked(ticked and row.state.stage != "sent back")
            box.toggled.connect(self.edited)
            self.boxes.append((box, row))
            line = number // a_line
            ticks.addWidget(box, 2 * line, number % a_line)
            if not self._ordered and row.state.why:
                why = unbroken("; ".join(row.state.why))
                ticks.addWidget(
                    label(why, look, "small", colour="hold", wrap=True), 2 * line + 1, 0
                )
        ticks.setColumnStretch(0 if a_line == 1 else a_line, 1)
        column.addLayout(ticks)
        for step in self._steps(first):
            column.addWidget(label(unbroken(step), look, "small", wrap=True))
        column.addSpacing(8)

    def _day_words(self, row: OrderRow) -> str:
        words = self.tr("day {0}, {1}").format(row.day, write_date(row.on))
        signed = row.state.of("verified") or row.state.of("prescribed")
        if not self._ordered:
            before = {"sent back": self.tr("sent back"), "void": self.tr("the last order is void")}
            return f"{words}; {before[row.state.stage]}" if row.state.stage in before else words
        if signed is None:
            return words
        if self._today is not None and row.on != self._today:
            words = self.tr("{0}, NOT TODAY").format(words)
        when = f"{write_date(signed.at.date())} {write_time(signed.at)}"
        return f"{words}; {signed.meaning} {when}, {signed.name}"

    def _add_closed(
        self, column: QVBoxLayout, closed: Sequence[tuple[OrderRow, tuple[str, ...]]]
    ) -> None:
        look = self._look
        column.addWidget(label(self.tr("Not now, and why"), look, "body", "strong"))
        column.addWidget(rule(look, "edge"))
        for words, reasons in self._told(closed):
            line = QHBoxLayout()
            line.setSpacing(8)
            line.addWidget(MarkLabel("hold", look, 15), 0, Qt.AlignmentFlag.AlignTop)
            text = unbroken(f"{words}: {' '.join(reasons)}")
            line.addWidget(label(text, look, "small", colour="hold", wrap=True), 1)
            column.addLayout(line)

    def _told(
        self, closed: Sequence[tuple[OrderRow, tuple[str, ...]]]
    ) -> list[tuple[str, tuple[str, ...]]]:
        """One line for each drug and reason: "cytarabine intravenous, day 1, 2, 3"."""
        lines: dict[tuple[str, tuple[str, ...]], list[str]] = {}
        for row, reasons in closed:
            lines.setdefault((row.name, reasons), []).append(str(row.day))
        return [
            (self.tr("{0}, day {1}").format(name, ", ".join(days)), reasons)
            for (name, reasons), days in lines.items()
        ]
