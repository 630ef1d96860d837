"""The part Orders of the page: every dose of the running course with its signatures, and three doors."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from bedside.desktop.buttons import make_tall
from bedside.desktop.labels import label, rule, unbroken
from bedside.desktop.look import Look
from bedside.desktop.marks import MarkLabel
from bedside.desktop.order_cells import OrderView
from bedside.desktop.order_table import OrderTable
from bedside.desktop.tall_area import TallArea
from bedside.ward.views.marks import Mark
from bedside.ward.views.orders import ENDED, STANDING, OrderBoard, OrderRow
from bedside.ward.views.pages import DosesView, PrintedPaper

# dose, ordered, order, prescribed, verified, released; checked by two takes the room; given
_WIDTHS = (174, 76, 142, 158, 158, 158, 0, 150)
_NARROW = (122, 52, 88, 100, 100, 100, 0, 104)  # words are broken into more lines
_ROOMY_FROM = 1000
_MARK = 22  # of a cell: the mark and the room after it
_AGAINST_HIGH = 150


class OrdersPanel(QWidget):
    """Orders of one infant.

    Signals:
        prescribe_asked, verify_asked, release_asked, withdraw_asked, reduce_asked, rest_asked: a
            button.
        check_asked: Alt+K, as on the other parts: the blind second check of the chosen dose.
    """

    rest_asked = Signal()

    reduce_asked = Signal()

    prescribe_asked = Signal()
    verify_asked = Signal()
    release_asked = Signal()
    withdraw_asked = Signal()
    check_asked = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.model = OrderTable(look, self)
        name = self.tr("Orders of the running course")
        self.table = OrderView(name, look, self.model, _WIDTHS, mark=_MARK)
        self.table.when_empty(
            self.tr(
                "No dose can be ordered here: no course runs, or none of its doses by needle or line is stated "
                "by a source or by the site. A course is opened on Where are we (Ctrl+1)."
            )
        )
        self.prescribe_button = QPushButton(self.tr("Prescri&be…"))
        self.rest_button = QPushButton(self.tr("Decide on the res&t…"))
        self.verify_button = QPushButton(self.tr("Verif&y…"))
        self.release_button = QPushButton(self.tr("Re&lease…"))
        self.withdraw_button = QPushButton(self.tr("&Withdraw…"))
        self.reduce_button = QPushButton(self.tr("Re&duce a dose…"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self._title = label("", look, "body", "strong")
        column.addWidget(self._title)
        column.addWidget(rule(look, "edge"))
        column.addWidget(self.table, 1)
        self._against = QWidget()
        self._area = TallArea(
            self._against,
            self.tr("Orders that are void"),
            grows_to=look.px(_AGAINST_HIGH),
            no_higher=True,
        )
        self._lines = QVBoxLayout(self._against)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(3)
        column.addWidget(self._area)
        column.addLayout(self._buttons())
        QShortcut("Alt+K", self).activated.connect(self._check)

    def _check(self) -> None:
        chosen = self.model.row(max(self.table.currentIndex().row(), 0))
        if chosen is not None:
            self.check_asked.emit(chosen.key)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        for button, asked in (
            (self.rest_button, self.rest_asked),
            (self.prescribe_button, self.prescribe_asked),
            (self.verify_button, self.verify_asked),
            (self.release_button, self.release_asked),
        ):
            make_tall(button, self._look)
            button.clicked.connect(asked)
            row.addWidget(button)
        self.note = label("", self._look, "small", colour="quiet", wrap=True)
        row.addWidget(self.note, 1)
        for button, asked in (
            (self.withdraw_button, self.withdraw_asked),
            (self.reduce_button, self.reduce_asked),
        ):
            make_tall(button, self._look)
            button.clicked.connect(asked)
            row.addWidget(button)
        return row

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window every column stays in sight, in more lines."""
        super().resizeEvent(event)
        roomy = event.size().width() >= self._look.px(_ROOMY_FROM)
        self.table.set_fixed(_WIDTHS if roomy else _NARROW)

    def show_view(self, view: DosesView, today: date) -> None:
        """Show the orders, what is void, and which printed sheets are out of date with it."""
        board = view.orders
        rows = () if board is None else board.kept_here()
        self.model.show_rows(rows, today)
        title = "" if board is None else board.course_title
        named = self.tr("Orders of {0}").format(title)
        self._title.setText(named if title else self.tr("No course runs: nothing to order."))
        self._tell_against(rows, view.printed, () if board is None else board.rests)
        self._tell_buttons(board)

    def texts(self) -> tuple[str, ...]:
        """What is said below the table, line by line."""
        from PySide6.QtWidgets import QLabel

        return tuple(one.text() for one in self._against.findChildren(QLabel))

    def _tell_buttons(self, board: OrderBoard | None) -> None:
        at: QWidget | None = self.window().focusWidget()
        self._open_and_close(board)
        doors = (self.rest_button, self.prescribe_button, self.verify_button, self.release_button)
        if at in (*doors, self.withdraw_button) and not (at.isEnabled() and at.isVisibleTo(self)):
            # a button that closes hands the keyboard on: not to the one that reduces a dose
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_and_close(self, board: OrderBoard | None) -> None:
        self.rest_button.setVisible(board is not None and bool(board.rests))
        ready = board is not None and any(not row.why_not for row in board.to_prescribe())
        self.prescribe_button.setEnabled(ready)
        self.verify_button.setEnabled(board is not None and bool(board.at("prescribed")))
        self.release_button.setEnabled(board is not None and bool(board.at("verified")))
        stands = board is not None and any(board.at(one) for one in STANDING)
        self.withdraw_button.setEnabled(stands)
        on_paper = () if board is None else board.at("on paper")
        words = ""
        if on_paper:
            names = ", ".join(dict.fromkeys(row.name for row in on_paper))
            words = self.tr("Ordered on paper, as no source here states a dose: {0}.").format(names)
        if board is not None and board.typed_names:
            words += self.tr(" This ward has no accounts: typed names sign.")
        self.note.setText(words.strip())

    def _tell_against(
        self,
        rows: tuple[OrderRow, ...],
        printed: tuple[PrintedPaper, ...],
        rests: tuple[str, ...] = (),
    ) -> None:
        self._clear_lines()
        for words in rests:
            self._lines.addWidget(self._line("stop", f"{words}.", "stop"))
        void = [row for row in rows if row.state.stage in ENDED]
        for words, days in self._grouped(void).items():
            self._lines.addWidget(self._line("stop", f"{', '.join(days)}: {words}", "stop"))
        given: dict[str, list[str]] = {}
        for row in rows:
            if row.since:
                given.setdefault(row.since, []).append(row.words)
        for words, days in given.items():
            self._lines.addWidget(self._line("mend", f"{', '.join(days)}: {words}", "hold"))
        waiting = [row for row in rows if row.state.why and row not in void]
        for words, days in self._grouped(waiting).items():
            self._lines.addWidget(self._line("hold", f"{', '.join(days)}: {words}", "hold"))
        for paper in printed if void else ():
            if paper.out_of_date:
                text = self.tr("{0} {1}, copy {2}, is out of date: {3}. Take it away.")
                why = paper.out_of_date.removesuffix(".")  # it may be a sentence of its own
                text = text.format(paper.title, paper.sheet_number, paper.copy, why)
                self._lines.addWidget(self._line("late", text, "ink"))
        self._area.setVisible(self._lines.count() > 0)
        self._lines.addStretch(1)

    def _clear_lines(self) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.setParent(None)
                old.deleteLater()

    def _grouped(self, rows: list[OrderRow]) -> dict[str, list[str]]:
        """Each reason with the doses that it ends: one weight may end a whole course."""
        found: dict[str, list[str]] = {}
        for row in rows:
            void = {"void": self.tr("VOID"), "sent back": self.tr("sent back")}
            head = void.get(row.state.stage, self.tr("not now"))
            found.setdefault(f"{head}, {'; '.join(row.state.why)}", []).append(row.words)
        return found

    def _line(self, mark: Mark, text: str, colour: str) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(MarkLabel(mark, self._look, 16), 0, top)
        row.addWidget(label(unbroken(text), self._look, "body", colour=colour, wrap=True), 1, top)
        return made
