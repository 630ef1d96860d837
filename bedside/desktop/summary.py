"""The band of the ward list: how many infants, and how many of them ask for a hand."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from bedside.desktop.board_model import BoardModel, Limit
from bedside.desktop.key_button import KeyButton
from bedside.desktop.labels import give_way, label
from bedside.desktop.look import Look
from bedside.desktop.marks import MarkLabel
from bedside.desktop.plain_band import Band
from bedside.ward.views.board import Board
from bedside.ward.views.marks import Mark


class Summary(Band):
    """How many infants, and how many of them are late, held, stopped, unknown.

    Signals:
        sort_asked: the list is to be ordered anew.
        enrol_asked: an infant is to be enrolled.
    """

    sort_asked = Signal()
    enrol_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.setAccessibleName(self.tr("Summary of the ward list"))
        self.title = label("", look, "list_title", "bold")
        self.order = label("", look, "caption", colour="quiet")
        self.shift = label("", look, "body", "bold")
        self.limit = label("", look, "body", "strong", "accent")
        self.urgent = label("", look, "body", "strong", "stop")
        self.filter_button = KeyButton(self.tr("Filter"), "Ctrl+Shift+F", look, bound=False)
        self.handover_button = KeyButton(self.tr("Handover"), "Ctrl+H", look, bound=False)
        self.enrol_button = KeyButton(self.tr("Enrol infant"), "Ctrl+N", look, bound=False)
        self.sort_button = KeyButton(self.tr("Sort &anew"), "F5", look, bound=False)
        self.marks = QHBoxLayout()
        self.marks.setSpacing(7)
        self._arrange()
        self.sort_button.clicked.connect(self.sort_asked)
        self.enrol_button.clicked.connect(self.enrol_asked)
        self.handover_button.clicked.connect(partial(self._press, "handover"))
        self.filter_button.clicked.connect(partial(self._press, "filter"))

    def _arrange(self) -> None:
        # what asks for a hand has a line of its own, below the buttons: no door gives way to it
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 3, 16, 3)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(12)
        for words in (self.title, self.limit, self.urgent, self.order, self.shift):
            head.addWidget(words, 0, Qt.AlignmentFlag.AlignBottom)
        head.addStretch(1)
        for button in (
            self.filter_button,
            self.handover_button,
            self.enrol_button,
            self.sort_button,
        ):
            head.addWidget(button)
        column.addLayout(head)
        column.addLayout(self.marks)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """How the list is ordered is said where there is room for it."""
        super().resizeEvent(event)
        self._fit_in()

    def _fit_in(self) -> None:
        """What waits, and a filter in force, are said in full: doors that have a key give way."""
        give_way(self, [self.order, self.enrol_button, self.handover_button], self.width())

    def _press(self, name: str) -> None:
        """Press a key of the window."""
        key = self.window().findChild(QShortcut, name)
        if key is not None:
            key.activated.emit()

    def show_board(self, board: Board, shown: int, ordered_at: str) -> None:
        """Show what the list holds.

        Args:
            board: the ward list.
            shown: how many infants search and filter leave.
            ordered_at: the time at which the order on the screen was set.
        """
        total = len(board.rows)
        title = self.tr("Ward list: 1 infant") if total == 1 else self.tr("Ward list: {0} infants")
        if shown != total:
            title = self.tr("{1} of {0} infants found")
        self.title.setText(title.format(total, shown))
        self.shift.setText(board.shift_text)
        self.shift.setVisible(bool(board.shift_text))
        order = self.tr("Late first, then by next time due. Order set {0} and kept while you read.")
        self.order.setText(order.format(ordered_at) if total else "")
        self._show_marks(board)
        self._fit_in()

    def show_limit(self, model: BoardModel) -> None:
        """A filter in force is said in words, and what cannot wait of those it leaves out."""
        on = model.limit != Limit()
        self.limit.setVisible(on)
        self.urgent.setVisible(on)
        self.limit.setText("")
        for door in (self.enrol_button, self.handover_button):
            door.show()
        if on:
            from bedside.desktop.board_filter import limit_words

            words, urgent = limit_words(model.limit, model.left_out)
            self.limit.setText(self.tr("{0} (Esc: all)").format(words))
            self.urgent.setText(urgent)
        self._fit_in()

    def _show_marks(self, board: Board) -> None:
        clocks = board.clocks_running
        running = self.tr("1 clock running") if clocks == 1 else self.tr("{0} clocks running")
        checks = self.tr("1 check open") if board.checks == 1 else self.tr("{0} checks open")
        void = self.tr("1 order void") if board.void == 1 else self.tr("{0} with orders void")
        counts: tuple[tuple[Mark, int, str], ...] = (
            ("late", board.late, self.tr("{0} late")),
            ("clock", clocks, running),
            ("stop", board.void, void),
            ("mend", board.mend, self.tr("{0} to put right")),
            ("hold", board.held, self.tr("{0} held")),
            ("stop", board.stopped, self.tr("{0} stopped")),
            ("unknown", board.unknown, self.tr("{0} unknown")),
            ("check", board.checks, checks),
            ("unknown", not board.judged, self.tr("still being judged, more may come…")),
        )
        while (item := self.marks.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for mark, count, words in counts:
            if count:
                self._show_mark(mark, words.format(count))
                self.marks.addSpacing(8)
        if not any(count for _, count, _ in counts) and board.rows:
            self._show_mark("go", self.tr("nothing late, void, held, stopped or unknown"))
        self.marks.addStretch(1)

    def _show_mark(self, mark: Mark, words: str) -> None:
        for part in (
            MarkLabel(mark, self.look),
            label(words, self.look, "body_strong_banner", "strong"),
        ):
            self.marks.addWidget(part)
            part.show()  # what is not shown yet counts for nothing when the room is shared out
