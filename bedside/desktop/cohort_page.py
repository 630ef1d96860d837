"""The page Cohort: evaluable and at risk, the rate with its exact interval, the boundary, the tables."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from bedside.desktop.beside import ROOMY, Beside, as_wide
from bedside.desktop.cohort_chart import CohortChart, IntervalLine
from bedside.desktop.cohort_tables import infant_rows, line_rows, twin_rows
from bedside.desktop.key_button import KeyButton
from bedside.desktop.labels import label, rule
from bedside.desktop.look import Look
from bedside.desktop.save import RefusalNote
from bedside.desktop.session import Session
from bedside.desktop.text_table import TextTable
from bedside.desktop.whole_table import WholeTable
from bedside.units.dates import write_date
from bedside.units.refusal import Refused
from bedside.ward.cohort import cohort_page, cohort_protocols
from bedside.ward.dlt_page import due_words
from bedside.ward.views.cohort import CohortView
from bedside.ward.ward import Ward

_LEFT = 372
_INFANTS = (92, 134, 38, 0)  # 0: takes the room that is left, and breaks its words there
_LINES = (0, 52, 50, 68)
_COUNTS = (1, 2, 3)  # of its columns: whole numbers

_LEAST_HIGH = 150  # of a table, in pixels: its heads and the first rows


class CohortPage(QWidget):
    """The cohort of the protocol that has a DLT period.

    Signals:
        titled: which cohort, for the band.
        opened: an infant was chosen: her DLT page is wanted.
        recorded: the rule in force changed.
    """

    titled = Signal(str)
    opened = Signal(int)
    recorded = Signal()

    def __init__(self, ward: Ward, look: Look, session: Session) -> None:
        super().__init__()
        self.ward, self.look, self.session = ward, look, session
        self.view: CohortView | None = None
        self._protocol = cohort_protocols(ward)[0][0]
        self.refusals = RefusalNote(look)
        self.setAccessibleName(self.tr("Cohort"))
        self.rate = label("", look, "answer", "bold")
        self.interval = label("", look, "body", "strong")
        self.due = label("", look, "body", "strong", "hold")
        self.line = IntervalLine(look)
        self.chart = CohortChart(look)
        self.boundary = label("", look, "caption", colour="quiet", wrap=True)
        self.boundary_state = label("", look, "body", "strong")
        self.rule_words = label("", look, "caption", colour="quiet", wrap=True)
        self._make_tables()
        self._build()
        self._connect()

    def refresh(self) -> None:
        """Read the cohort again."""
        try:
            self.show_view(cohort_page(self.ward, self._protocol))
        except Refused as refused:
            self.refusals.show_reasons(refused.reasons)

    def show_view(self, view: CohortView) -> None:
        """Show a finished cohort."""
        self.view = view
        words = self.tr("{0}, {1} infants, as of {2}")
        if view.total == 1:
            words = self.tr("{0}, {1} infant, as of {2}")
        self.titled.emit(words.format(view.protocol, view.total, write_date(view.today)))
        self.rate.setText(view.rate_words or self.tr("Nobody is evaluable yet"))
        self.interval.setText(view.interval_words)
        self.due.setText(due_words(view.due))
        self.line.show_view(view)
        self.chart.show_view(view)
        self.boundary.setText(view.boundary_words)
        self.boundary_state.setText(view.boundary_state)
        self.rule_words.setText(" ".join((*view.troubles, f"{view.rule_title}.", *view.rule_lines)))
        self._fill(view)

    def take_focus(self) -> None:
        """The list of infants takes the keyboard."""
        self.infants.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_twin(self) -> None:
        """Show the chart as a table, or the chart again."""
        on_chart = self.stack.currentWidget() is self.chart
        self.stack.setCurrentWidget(self.twin if on_chart else self.chart)
        self.twin_button.setText(self.tr("As chart") if on_chart else self.tr("As table"))

    def change_rule(self) -> None:
        """Put the site's own rule in force, or take it out."""
        from bedside.desktop.dlt_rule_dialog import DltRuleDialog

        dialog = DltRuleDialog(self.ward, self._protocol, self.look, self.session, self)
        dialog.exec()
        changed = dialog.changed
        dialog.deleteLater()
        if changed:
            self.refresh()
            self.recorded.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the infant in focus; R the rule."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.infants.hasFocus():
            self._open(self.infants.currentIndex())
        elif event.key() == Qt.Key.Key_R and not event.modifiers():
            self.change_rule()
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        if self.view is not None and 0 <= index.row() < len(self.view.infants):
            self.opened.emit(self.view.infants[index.row()].infant_id)

    def _fill(self, view: CohortView) -> None:
        self.states_model.show_rows([(each.words, str(each.infants)) for each in view.states])
        self.infants_model.show_rows(infant_rows(view))
        self.courses_model.show_rows(line_rows(view.courses))
        self.terms_model.show_rows(line_rows(view.terms))
        self.twin_model.show_rows(twin_rows(view))

    def _make_tables(self) -> None:
        counts = (self.tr("Infants"), self.tr("Asked"), self.tr("With DLT"))
        self.states_model = TextTable((self.tr("State"), self.tr("Infants")), self, figures=(1,))
        self.states = self._table(self.tr("States"), self.states_model, (0, 70))
        self.infants_model = TextTable(
            (
                self.tr("Infant"),
                self.tr("State"),
                self.tr("Due"),
                self.tr("Toxicity, reason, days"),
            ),
            self,
        )
        self.infants = self._table(self.tr("Infants"), self.infants_model, _INFANTS)
        self.courses_model = TextTable((self.tr("Began in"), *counts), self, figures=_COUNTS)
        self.courses = self._table(self.tr("By course"), self.courses_model, _LINES)
        self.terms_model = TextTable((self.tr("Toxicity"), *counts), self, figures=_COUNTS)
        self.terms = self._table(self.tr("By toxicity"), self.terms_model, _LINES)
        self.twin_model = TextTable(
            (
                self.tr("Evaluable"),
                self.tr("With DLT so far"),
                self.tr("Stop at"),
                self.tr("Infant, evaluation ended"),
            ),
            self,
        )
        self.twin = self._table(self.tr("The chart as a table"), self.twin_model, (90, 120, 90, 0))

    def _table(self, name: str, model: TextTable, widths: tuple[int, ...]) -> WholeTable:
        table = WholeTable(name, self.look, model, widths)
        table.when_empty(
            self.tr(
                "Nothing is counted yet: infants are enrolled with Ctrl+N, and decided on on their page DLT."
            )
        )
        return table

    def _build(self) -> None:
        look = self.look
        left = QVBoxLayout()
        left.setSpacing(4)
        left.addWidget(self.rate)
        left.addWidget(label(self.tr("evaluable infants with a DLT"), look, colour="quiet"))
        left.addWidget(self.line)
        left.addWidget(self.interval)
        left.addWidget(self.due)
        left.addWidget(self.states, 1)
        holder = QWidget()
        holder.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        as_wide(holder, _LEFT, look)
        above = Beside(look, ROOMY)
        above.row.addWidget(holder)
        above.row.addLayout(self._chart_part(), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 8)
        column.setSpacing(6)
        column.addWidget(above, 9)
        column.addWidget(rule(look, "edge"))
        column.addWidget(self._tables_part(), 8)
        column.addWidget(self.rule_words)
        column.addWidget(self.refusals)

    def _chart_part(self) -> QVBoxLayout:
        self.stack = QStackedWidget()
        self.stack.addWidget(self.chart)
        self.stack.addWidget(self.twin)
        self.twin_button = KeyButton(self.tr("As table"), "Alt+T", self.look)
        self.rule_button = KeyButton(self.tr("DLT rule…"), "R", self.look, bound=False)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.boundary_state)
        head.addStretch(1)
        head.addWidget(self.rule_button)
        head.addWidget(self.twin_button)
        part = QVBoxLayout()
        part.setSpacing(4)
        part.addLayout(head)
        part.addWidget(self.stack, 1)
        part.addWidget(self.boundary)
        return part

    def _tables_part(self) -> Beside:
        part = Beside(self.look, ROOMY, 12)
        for table, share in ((self.infants, 11), (self.courses, 8), (self.terms, 8)):
            table.setMinimumHeight(self.look.px(_LEAST_HIGH))
            part.row.addWidget(table, share)
        return part

    def _connect(self) -> None:
        self.infants.doubleClicked.connect(self._open)
        self.twin_button.clicked.connect(self.show_twin)
        self.rule_button.clicked.connect(self.change_rule)
