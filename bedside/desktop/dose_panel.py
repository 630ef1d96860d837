"""How the azacitidine dose was counted: every step, every blocker, the start rule, each day in words."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from bedside.desktop.day_words import DayWords
from bedside.desktop.hatched import Hatched
from bedside.desktop.labels import label, rule, unbroken
from bedside.desktop.last_line import no_slice_of
from bedside.desktop.look import Look
from bedside.desktop.marks import RESULT_MARKS, MarkLabel
from bedside.desktop.tall_area import TallArea
from bedside.units.dates import write_date_time
from bedside.ward.check_waiting import HIDDEN
from bedside.ward.views.pages import DosesView
from bedside.ward.views.where import RuleRow

_HATCHED = (250, 30)
DRUG, ROUTE = "azaCITIDine", "intravenous"


class DosePanel(TallArea):
    """The right side of the page: nothing in it can be changed."""

    def __init__(self, look: Look) -> None:
        holder = QWidget()
        super().__init__(holder, "")
        self._look = look
        self._shown = QVBoxLayout(holder)
        self._shown.setContentsMargins(0, 0, 0, 0)
        self.setAccessibleName(self.tr("How the dose was counted"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._no_slice = no_slice_of(self, look)

    def texts(self) -> tuple[str, ...]:
        """Everything that is said here, in order, as shown."""
        from PySide6.QtWidgets import QLabel

        inner = self.widget()
        return () if inner is None else tuple(one.text() for one in inner.findChildren(QLabel))

    def show_view(self, view: DosesView) -> None:
        """Show the dose of the block in hand."""
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(4)
        column.addWidget(self._headline(view))
        if view.course_title:
            self._reasons(column, view)
            self._steps(column, view)
            self._rules(column, view)
            if view.clock is not None:  # without a clock they stand beside its form
                days = DayWords(self._look)
                days.show_days(view.days)
                column.addSpacing(8)
                column.addWidget(days)
        column.addStretch(1)
        old = self._shown.takeAt(0)
        self._shown.addWidget(inner)
        if old is not None and (gone := old.widget()) is not None:
            gone.hide()
            gone.setParent(None)
            gone.deleteLater()

    def _headline(self, view: DosesView) -> QWidget:
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 4)
        row.setSpacing(8)
        look = self._look
        if not view.course_title:
            words = self.tr("No azaCITIDine block runs now or is the next course.")
            row.addWidget(label(words, look, "page_title", "strong"))
            row.addStretch(1)
            return head
        bar = rule(look, "priming", 4, upright=True)
        row.addWidget(bar)
        row.addWidget(label(DRUG, look, "banner_name", "title"))
        dose = view.dose_text if not view.blocked_by else ""
        if dose == HIDDEN:
            name = self.tr("Dose")
            words = self.tr("hidden while the second check waits")
            row.addWidget(label(self.tr("DOSE"), look, "banner_name"))
            row.addWidget(Hatched(words, look, name, _HATCHED))
            row.addWidget(label(ROUTE, look, "banner_name"))
            row.addStretch(1)
            return head
        row.addWidget(label(self.tr("DOSE"), look, "banner_name"))
        text, colour = (dose, "ink") if dose else (self.tr("blocked"), "hold")
        row.addWidget(label(text, look, "banner_name", "title", colour))
        row.addWidget(label(ROUTE, look, "banner_name"))
        if dose and not view.commissioned:
            words = self.tr("NOT COMMISSIONED at this site")
            row.addWidget(label(words, look, "body_strong_banner", "strong", "stop"))
        row.addStretch(1)
        return head

    def _title(self, column: QVBoxLayout, text: str, note: str = "") -> None:
        row = QHBoxLayout()
        row.setContentsMargins(0, 8, 0, 0)
        row.addWidget(label(text, self._look, "body", "strong"))
        if note:
            row.addWidget(label(note, self._look, "small", colour="quiet"))
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(rule(self._look, "edge"))

    def _reasons(self, column: QVBoxLayout, view: DosesView) -> None:
        if not view.blocked_by:
            return
        self._title(column, self.tr("Why it may not be given or printed now"))
        for reason in view.blocked_by:
            column.addLayout(self._marked("hold", reason, "hold"))

    def _marked(self, mark: str, text: str, colour: str) -> QLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        sign = MarkLabel("hold" if mark == "hold" else "go", self._look, 16)
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(label(unbroken(text), self._look, "body", colour=colour, wrap=True), 1)
        return row

    def _steps(self, column: QVBoxLayout, view: DosesView) -> None:
        self._title(
            column, self.tr("How it is counted"), self.tr("check against the signed protocol")
        )
        if view.dose_text == HIDDEN:
            words = self.tr("The working is hidden while the second check waits.")
            column.addWidget(label(words, self._look, "body", wrap=True))
            return
        steps = view.steps or (self.tr("not counted: see the reasons above"),)
        for number, step in enumerate(steps, 1):
            row = QHBoxLayout()
            row.setSpacing(8)
            figure = label(str(number), self._look, "body", colour="quiet")
            figure.setFixedWidth(self._look.px(16))
            row.addWidget(figure, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(label(unbroken(step), self._look, "body", wrap=True), 1)
            column.addLayout(row)

    def _rules(self, column: QVBoxLayout, view: DosesView) -> None:
        if not view.rules:
            return
        self._title(column, self.tr("Start rule of {0}").format(view.course_title))
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(3)
        for place, share in enumerate((0, 3, 4, 6)):
            grid.setColumnStretch(place, share)
        for number, part in enumerate(view.rules):
            for place, widget in enumerate(self._rule_cells(part)):
                grid.addWidget(widget, number, place)
        column.addLayout(grid)

    def _rule_cells(self, part: RuleRow) -> tuple[QWidget, ...]:
        look = self._look
        hidden = self.tr("hidden while the second check waits")
        seen = hidden if part.seen == HIDDEN else f"{part.seen} {part.unit}".strip()
        when = "" if part.at is None else write_date_time(part.at)
        known = ", ".join(words for words in (when, part.source) if words)
        needs = self.tr("needs {0}").format(part.needed)
        if known:  # where nothing is recorded there is no time and nobody to name
            needs = self.tr("needs {0}; {1}").format(part.needed, known)
        return (
            MarkLabel(RESULT_MARKS[part.result], look, 16),
            label(part.measure, look, "body", "strong" if part.main else "text", wrap=True),
            label(
                seen,
                look,
                "body",
                "strong",
                "hold" if part.result == "not met" else "ink",
                wrap=True,
            ),
            label(unbroken(needs), look, "small", colour="quiet", wrap=True),
        )
