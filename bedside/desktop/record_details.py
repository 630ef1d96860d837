"""One act of the record in full: every value under its words, who, when, and what became of it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from bedside.desktop.beside import as_wide
from bedside.desktop.flowing import whole
from bedside.desktop.focus_ring import FocusRing
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.units.dates import write_date_time
from bedside.ward.views.record import RecordLine

WIDE = 330
_NAME_WIDE = 132
_LEAST_HIGH = 150


class RecordDetails(QScrollArea):
    """The act in focus.

    Args:
        look: fonts and colours.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        as_wide(self, WIDE, look)
        self.setMinimumHeight(look.px(_LEAST_HIGH))
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("The record in focus, in full"))
        FocusRing(self)
        self.show_line(None)

    def show_line(self, line: RecordLine | None) -> None:
        """Show an act; None shows nothing."""
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(14, 6, 8, 6)
        column.setSpacing(6)
        if line is not None:
            self._fill(column, line)
        column.addStretch(1)
        old = self.takeWidget()
        self.setWidget(inner)
        if old is not None:
            old.deleteLater()
        self.setAccessibleDescription("" if line is None else _spoken(line))

    def _fill(self, column: QVBoxLayout, line: RecordLine) -> None:
        look = self.look
        title = self.tr("{0} {1}").format(line.kind, line.number)
        column.addWidget(label(title, look, "body_strong_banner", "bold", wrap=True))
        column.addWidget(label(line.act, look, "body", "strong", wrap=True))
        said = self.tr("{0}, {1}").format(write_date_time(line.at), line.who)
        column.addWidget(label(whole(said), look, "body", wrap=True))
        if line.struck:
            column.addWidget(label(whole(line.struck), look, "body", "strong", "hold", wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, (name, value) in enumerate(line.fields):
            grid.addWidget(self._part(name, "quiet", _NAME_WIDE), row, 0)
            grid.addWidget(self._part(value, "ink"), row, 1)
        column.addLayout(grid)
        where = self.tr("Act {0} of the trail, seal {1} …").format(line.seq, _short(line.seal))
        column.addWidget(label(where, look, "caption", colour="quiet", wrap=True))

    def _part(self, text: str, colour: str, wide: int = 0) -> QLabel:
        made = label(whole(text), self.look, "body", colour=colour, wrap=True)
        made.setAlignment(Qt.AlignmentFlag.AlignTop)
        if wide:
            made.setFixedWidth(self.look.px(wide))
        return made


def _short(seal: str) -> str:
    return " ".join(seal[at : at + 4] for at in range(0, 16, 4))


def _spoken(line: RecordLine) -> str:
    values = "; ".join(f"{name} {value}" for name, value in line.fields)
    return f"{line.kind} {line.number}, {line.act}, {line.who}. {line.struck} {values}"
