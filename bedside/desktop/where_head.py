"""The head of Where are we: the answer has the width; what is recorded most stands beside it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from bedside.desktop.beside import ROOMY
from bedside.desktop.look import Look

_GAP = 14  # pixels at 100 %, as between the parts of every page


class AnswerHead(QWidget):
    """Two rows: the answer with the main doors, then why with the other doors.

    In large text, or a narrow window, the answer and why stand first, and the doors below them.

    Args:
        look: how large the text is.
        mark: of the state, left of the answer.
        answer: the one answer.
        why: what it rests on.
        main: the doors beside the answer.
        others: the doors beside why.
    """

    def __init__(
        self,
        look: Look,
        mark: QWidget,
        answer: QWidget,
        why: QWidget,
        main: QWidget,
        others: QWidget,
    ) -> None:
        super().__init__()
        self._look, self._mark, self._why = look, mark, why
        self._main, self._others = main, others
        self._words = QVBoxLayout()
        self._words.setSpacing(2)
        self._words.addWidget(answer)
        said = QHBoxLayout()
        said.setSpacing(look.px(_GAP))
        said.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        said.addLayout(self._words, 1)
        across = QBoxLayout.Direction.LeftToRight
        self._rows = QBoxLayout(across), QBoxLayout(across)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(2))
        for row in self._rows:
            row.setSpacing(look.px(_GAP))
            column.addLayout(row)
        self._rows[0].addLayout(said, 1)
        self._rows[0].addWidget(main)
        self._rows[1].addWidget(others)
        self.stacked = True
        self._words.addWidget(why)
        self._turn(stacked=False)

    def minimumSizeHint(self) -> QSize:
        """As wide as its widest part: its rows part before the page has to be scrolled sideways."""
        wide = max(part.minimumSizeHint().width() for part in (self._main, self._others))
        return QSize(wide, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Part the rows as soon as the room is too small, and join them again."""
        super().resizeEvent(event)
        needed = self._others.minimumSizeHint().width() + self._look.px(ROOMY // 3)
        stacked = event.size().width() < max(self._look.px(ROOMY), needed)
        self._turn(stacked=stacked)

    def _turn(self, *, stacked: bool) -> None:
        if stacked == self.stacked:
            return
        self.stacked = stacked
        first, second = self._rows
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        first.setDirection(down if stacked else across)
        if stacked:
            second.takeAt(0)
            second.removeWidget(self._why)
            self._words.addWidget(self._why)
        else:
            self._words.removeWidget(self._why)
            second.insertWidget(0, self._why, 1)
            second.insertSpacing(0, self._mark.sizeHint().width() + self._look.px(_GAP))
        self.updateGeometry()
