"""The entry form of chemistry and levels: groups as on a report, in two columns, by keyboard alone."""

from functools import partial
from itertools import pairwise

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from bedside.desktop.beside import ROOMY, Beside
from bedside.desktop.labels import label, rule
from bedside.desktop.laboratory_line import COLUMNS, Judge, LabLine
from bedside.desktop.look import Look
from bedside.desktop.tall_area import TallArea
from bedside.ward.laboratory_reading import NewResult
from bedside.ward.views.laboratory import LabField, LabView

_LEFT_GROUPS = 3
_TITLE_WIDE = 144
_SLIPS_HIGH = 84  # two lines and a field; more are scrolled to


class LabForm(QWidget):
    """Every analyte's line; what is typed stays until it is recorded.

    Signals:
        edited: something in it changed.
    """

    edited = Signal()

    def __init__(self, view: LabView, look: Look, judge: Judge) -> None:
        super().__init__()
        self._look, self._judge = look, judge
        self.lines: dict[str, LabLine] = {}
        self.setAccessibleName(self.tr("Results of chemistry and levels"))
        two = Beside(look, ROOMY, 20)
        board = self._slip_board()
        two.row.addWidget(self._column(view.groups[:_LEFT_GROUPS]), 1)
        two.row.addWidget(self._column(view.groups[_LEFT_GROUPS:], board), 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(two)
        self._order_stops()

    def results(self) -> tuple[NewResult, ...]:
        """Every typed line, in the order of the form."""
        return tuple(line.typed() for line in self.lines.values() if line.standing() != "empty")

    def is_empty(self) -> bool:
        """Whether no value is typed."""
        return all(line.standing() == "empty" for line in self.lines.values())

    def missing(self) -> tuple[str, ...]:
        """What stands between the typed values and their recording."""
        words = {
            "refused": self.tr("{0} cannot be taken so"),
            "waiting": self.tr("{0}: type it a second time"),
        }
        every = {
            standing: [one.field.title for one in self.lines.values() if one.standing() == standing]
            for standing in words
        }
        return tuple(
            words[standing].format(", ".join(titles))
            for standing, titles in every.items()
            if titles
        )

    def clear(self) -> None:
        """Empty every line."""
        for line in self.lines.values():
            line.clear()

    def set_laboratory(self, laboratory: str) -> None:
        """Offer each empty line the limits that this laboratory gave last."""
        for line in self.lines.values():
            if line.standing() == "empty":
                line.offer_limits(laboratory)

    def judge_again(self) -> None:
        """Judge every typed line anew."""
        for line in self.lines.values():
            line.judge_again()

    def show_fields(self, view: LabView) -> None:
        """Take newer last values, units and limits; what is typed stays."""
        for _, fields in view.groups:
            for field in fields:
                line = self.lines[field.key]
                line.field = field
                if line.standing() == "empty":
                    line.clear()

    def _column(
        self,
        groups: tuple[tuple[str, tuple[LabField, ...]], ...],
        below: QWidget | None = None,
    ) -> QWidget:
        side = QWidget()
        outer = QVBoxLayout(side)
        outer.setContentsMargins(0, 0, 0, 0)
        grid = QGridLayout()
        grid.setHorizontalSpacing(5)
        grid.setVerticalSpacing(1)
        grid.setColumnMinimumWidth(0, self._look.px(_TITLE_WIDE))
        grid.setColumnStretch(COLUMNS - 1, 1)
        row = self._heads(grid)
        for title, fields in groups:
            head = label(title, self._look, "caption", "strong", "quiet")
            head.setContentsMargins(8, 4, 0, 0)
            grid.addWidget(head, row, 0, 1, COLUMNS)
            row += 1
            for field in fields:
                line = LabLine(field, self._look, self._judge, grid, row, self._slips)
                line.slip_shown.connect(self._show_slip)
                line.setParent(self)
                line.edited.connect(self.edited)
                self.lines[field.key] = line
                row += 1
        outer.addLayout(grid)
        if below is None:
            outer.addStretch(1)
        else:
            outer.addWidget(below, 1)
        return side

    def _slip_board(self) -> QWidget:
        """What stands against values in full, at one fixed place: rows never move under the hand."""
        inside = QFrame()
        inside.setObjectName("slips")
        inside.setStyleSheet("#slips { border: 0; background: transparent; }")
        self._slips = QVBoxLayout(inside)
        self._slips.setContentsMargins(0, 0, 0, 0)
        self._slips.setSpacing(3)
        self._slips.addStretch(1)
        self._board = TallArea(inside, self.tr("What stands against the values"))
        self._board.setMinimumHeight(self._look.px(_SLIPS_HIGH))
        return self._board

    def _show_slip(self, slip: QFrame) -> None:
        """Bring a slip in sight once it has its size."""
        QTimer.singleShot(0, slip, partial(self._board.ensureWidgetVisible, slip, 0, 0))

    def _heads(self, grid: QGridLayout) -> int:
        heads = (
            self.tr("Analyte"),
            self.tr("Result"),
            self.tr("Unit"),
            self.tr("Normal"),
            self.tr("to"),
            self.tr("Read as, beside the last"),
        )
        for column, text in enumerate(heads):
            grid.addWidget(label(text, self._look, "caption", colour="quiet"), 0, column)
        grid.addWidget(rule(self._look, "edge"), 1, 0, 1, COLUMNS)
        return 2

    def _order_stops(self) -> None:
        """Return goes from value to value down the report; Tab through all of each line."""
        stops: list[QWidget] = []
        for line in self.lines.values():
            stops += line.stops()
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)
        for line, following in pairwise(self.lines.values()):
            line.let_return_go_on(following.value)
