"""The page Where are we: one answer, the rule behind it, what comes next, what is due, whom to ring."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bedside.desktop.beside import ROOMY, Beside
from bedside.desktop.course_strip import CourseStrip
from bedside.desktop.direction import named
from bedside.desktop.flowing import whole
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.marks import MarkLabel
from bedside.desktop.page import Page
from bedside.desktop.save import RefusalNote
from bedside.desktop.session import Session
from bedside.desktop.tall_area import TallArea
from bedside.desktop.where_head import AnswerHead
from bedside.desktop.where_mend import MendSection
from bedside.desktop.where_parts import AnswerLine
from bedside.desktop.where_sections import (
    GENE,
    contacts_section,
    dlt_section,
    due_section,
    next_section,
    notes_section,
    rule_section,
    settle_section,
)
from bedside.ward.views.marks import Door
from bedside.ward.views.where import WhereView
from bedside.ward.ward import Ward
from bedside.ward.where import where_are_we

COUNTS, TOXICITIES, DOSES = 2, 3, 6
ORDERS, OTHERS, PAPERS = (
    1,
    2,
    3,
)  # parts of the page Doses and papers (`bedside.desktop.doses_paper`)
_LEFT, _RIGHT = 850, 368
_NOTE = 68  # pixels at 100 %: two lines beside a button


class WherePage(Page):
    """The first page of an infant.

    Signals:
        page_asked: another page of the same infant (its number).
        part_asked: a part of another page of the same infant (numbers of the page and of the part).
        commission_asked: the commissioning of protocols, where what is not planned is entered.
    """

    page_asked = Signal(int)
    part_asked = Signal(int, int)
    commission_asked = Signal()

    def __init__(self, ward: Ward, look: Look, session: Session) -> None:
        super().__init__(ward, look, session)
        self.view: WhereView | None = None
        self.setAccessibleName(self.tr("Where are we"))
        self.refusals = RefusalNote(look)
        self.mark = MarkLabel("none", look, 40)
        self.answer = AnswerLine(look)
        self.why = label("", look, "body_strong_banner", colour="quiet", wrap=True)
        self.strip = CourseStrip(look)
        self.open_button = QPushButton()
        self.open_note = label("", look, "caption", colour="quiet")
        self.weight_button = QPushButton(self.tr("Record w&eight"))
        self.counts_button = QPushButton(self.tr("Record c&ounts"))
        self.toxicity_button = QPushButton(self.tr("Answer: any to&xicity resolved?"))
        self.answer_button = QPushButton(self.tr("Answer what the start as&ks…"))
        self.gene_button: QPushButton | None = None
        self.mend: MendSection | None = None
        self.correct_button = QPushButton(self.tr("Correct a reco&rd…"))
        self.risk_button = QPushButton(self.tr("Risk &and arm…"))
        self.hold_button = QPushButton(self.tr("Hold or &delay…"))
        self.late_button = QPushButton(self.tr("It started earlier: record &it late"))
        self.mouth_button = QPushButton(self.tr("Doses by &mouth…"))
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        self._against = label("", look, "small", colour="quiet", wrap=True)
        self._doors = QWidget()
        self._arrange()
        self._connect()

    def refresh(self) -> None:
        """Read this infant's facts again; nothing moves when nothing changed."""
        if self.infant_id is not None:
            self.show_view(where_are_we(self.ward, self.infant_id))

    def show_view(self, view: WhereView) -> None:
        """Show a finished view."""
        if view == self.view:
            return
        self.view = view
        self.mark.set_mark(view.mark)
        self.answer.show_answer(whole(view.answer), whole(view.answer_tail), view.mark)
        self.why.setText(whole(view.why))
        self.strip.show_view(view)
        self.refusals.show_reasons(())
        self.late_button.hide()
        self._show_open(view)
        self.mouth_button.setVisible(view.maintenance)
        self._show_doors(view)
        self._show_sections(view)

    def _arrange(self) -> None:
        look = self.look
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(look.measure("page_margin"), 6, look.measure("page_margin"), 6)
        column.setSpacing(4)
        column.addWidget(self._head())
        column.addWidget(self.refusals)
        column.addWidget(self.late_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.strip)
        two = Beside(look, ROOMY, 24)
        for side, share in ((self._left, _LEFT), (self._right, _RIGHT)):
            side.setSpacing(10)
            two.row.addLayout(side, share)
        column.addWidget(two)
        column.addStretch(1)
        self.area = TallArea(inside, self.tr("Where are we"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.area)

        doors = QVBoxLayout(self._doors)
        doors.setContentsMargins(0, 0, 0, 0)
        doors.setSpacing(6)
        doors.addWidget(self.answer_button, 0, Qt.AlignmentFlag.AlignLeft)
        doors.addWidget(self.toxicity_button, 0, Qt.AlignmentFlag.AlignLeft)
        doors.addWidget(self._against)
        self._right.addWidget(
            self._doors
        )  # never a window of its own, not even before the first infant

    def _head(self) -> AnswerHead:
        """The answer and why, with the doors to what is recorded."""
        self.counts_button.setProperty("role", "act")
        main, others = QWidget(), QWidget()
        # beside its button: below it the page would be higher than the smallest screen
        self.open_note.setWordWrap(True)
        self.open_note.setFixedWidth(self.look.px(_NOTE))
        self.open_note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        main_doors = (self.open_note, self.open_button, self.mouth_button, self.counts_button)
        doors = (self.weight_button, self.correct_button, self.risk_button, self.hold_button)
        for holder, parts in ((main, main_doors), (others, doors)):
            row = QHBoxLayout(holder)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(8)
            for part in parts:
                row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        for button in self._buttons():
            button.setAutoDefault(False)
            button.setFont(self.look.font("body", "strong"))
        return AnswerHead(self.look, self.mark, self.answer, self.why, main, others)

    def _buttons(self) -> tuple[QPushButton, ...]:
        return (
            self.open_button,
            self.weight_button,
            self.counts_button,
            self.toxicity_button,
            self.answer_button,
            self.late_button,
            self.correct_button,
            self.mouth_button,
            self.risk_button,
            self.hold_button,
        )

    def _connect(self) -> None:
        self.open_button.clicked.connect(self._open_clicked)
        self.late_button.clicked.connect(self.open_course)
        self.correct_button.clicked.connect(self.correct)
        self.mouth_button.clicked.connect(self.decide_doses)
        self.risk_button.clicked.connect(self.risk_and_arm)
        self.hold_button.clicked.connect(self.hold_or_delay)
        self.weight_button.clicked.connect(self.record_weight)
        self.counts_button.clicked.connect(self._go_to_counts)
        self.toxicity_button.clicked.connect(self._go_to_toxicities)
        self.answer_button.clicked.connect(self.answer_start)

    def _to_door(self, door: Door) -> None:
        """Go where something is put right."""
        if door == "commission":
            self.commission_asked.emit()
        elif door == "given":
            self.see_given()
        else:
            parts = {"orders": ORDERS, "papers": PAPERS, "recorded": OTHERS}
            self.part_asked.emit(DOSES, parts[door])

    def _go_to_counts(self) -> None:
        self.page_asked.emit(COUNTS)

    def _go_to_toxicities(self) -> None:
        self.page_asked.emit(TOXICITIES)

    def _show_open(self, view: WhereView) -> None:
        """The door to the next course stays in sight; closed, it is dashed and says why."""
        shown = bool(view.open_key)
        self.open_button.setVisible(shown)
        self.open_note.setVisible(shown and not view.open_allowed)
        self.open_button.setText(self.tr("O&pen {0}").format(view.open_title))
        self.open_button.setProperty("closed", not view.open_allowed)
        self.open_note.setText(self.tr("closed: why?"))
        self.open_button.setAccessibleDescription(view.open_because)
        self.open_button.setToolTip(view.open_because)
        self.open_button.style().unpolish(self.open_button)
        self.open_button.style().polish(self.open_button)

    def _show_doors(self, view: WhereView) -> None:
        asked = bool(view.gate_before) and any(
            rule.main and rule.result != "met" and rule.needed == "yes" and not rule.question
            for rule in view.rules
        )
        start_asks = any(rule.question and rule.result != "met" for rule in view.rules)
        self.answer_button.setVisible(start_asks)
        against = "; ".join(view.toxicity_open)
        words = self.tr("Open now: {0}").format(against) if against else self.tr("None is open.")
        self._against.setText(words)
        self._against.setVisible(asked)
        self.toxicity_button.setVisible(asked)
        self._doors.setVisible(asked or start_asks)

    def _gene_door(self, view: WhereView) -> QPushButton | None:
        """The door to the pending genetics result; None when it is known."""
        if "KMT2A unknown" not in view.banner.risk_text:
            return None
        door = QPushButton(self.tr("Enter the &KMT2A result"))
        door.setAutoDefault(False)
        door.setFont(self.look.font("small", "strong"))
        high = self.look.px(22)
        door.setStyleSheet(f"QPushButton {{ min-height: {high}px; padding: 0 8px; }}")
        door.clicked.connect(self.enter_gene)
        return door

    def _show_sections(self, view: WhereView) -> None:
        look = self.look
        for side in (self._left, self._right):
            while (item := side.takeAt(0)) is not None:
                widget = item.widget()
                if widget is not None and widget is not self._doors:
                    widget.hide()
                    widget.deleteLater()
        self.gene_button = door = self._gene_door(view)
        in_row = any(rule.measure == GENE for rule in view.rules)
        self.mend = MendSection(view.mend, look, self._to_door) if view.mend else None
        if self.mend is not None:
            self._left.addWidget(self.mend)
        if view.rule_title:
            self._left.addWidget(rule_section(view, look, door if in_row else None))
        self._left.addWidget(next_section(view, look))
        self._left.addStretch(1)
        self._right.addWidget(self._doors)
        if door is not None and not in_row:
            self._right.addWidget(door, 0, Qt.AlignmentFlag.AlignLeft)
        for section in (
            settle_section(view, look),
            due_section(view, look),
            contacts_section(view, look),
            dlt_section(view.banner.dlt, look),
            notes_section(view, look),
        ):
            if section is not None:
                self._right.addWidget(section)
        self._right.addStretch(1)

    def _open_clicked(self) -> None:
        view = self.view
        if view is None:
            return
        if view.open_allowed:
            self.open_course()
            return
        title = self.tr("{0} may not be opened today:").format(view.open_title)
        self.refusals.show_reasons((title, *_sentences(view.open_because)))
        self.late_button.show()

    def open_course(self) -> None:
        """Record day 1 of the next course."""
        from bedside.desktop.open_course_dialog import OpenCourseDialog

        if self.view is not None and self.infant_id is not None:
            self._run(OpenCourseDialog(self.ward, self.look, self.session, self.view, self))

    def record_weight(self) -> None:
        """Record a weight, with or without a length."""
        from bedside.desktop.weight_dialog import WeightDialog

        if self.view is not None and self.infant_id is not None:
            self._run(WeightDialog(self.ward, self.look, self.session, self.view.banner, self))

    def correct(self) -> None:
        """Strike out a weight, a course start, an answer or a dose that was recorded wrongly."""
        from bedside.desktop.corrections_dialog import CorrectionsDialog

        if self.view is not None and self.infant_id is not None:
            banner = self.view.banner
            name = named(banner.family, banner.given)
            self._run(
                CorrectionsDialog(self.ward, self.look, self.session, self.infant_id, name, self)
            )

    def risk_and_arm(self) -> None:
        """Show the risk group with its reasons; record what it rests on, arm, MRD, transplant."""
        from bedside.desktop.risk_dialog import RiskDialog

        if self.view is not None and self.infant_id is not None:
            self._run(RiskDialog(self.ward, self.look, self.session, self.view.banner, self))

    def hold_or_delay(self) -> None:
        """Show what a hold or a delay would move; record it only if chosen."""
        from bedside.desktop.delay_dialog import DelayDialog

        if self.view is not None and self.infant_id is not None:
            key = self.view.open_key
            self._run(DelayDialog(self.ward, self.look, self.session, self.infant_id, self, key))

    def enter_gene(self) -> None:
        """Record the genetics result that was pending."""
        from bedside.desktop.gene_dialog import GeneDialog

        if self.view is not None and self.infant_id is not None:
            self._run(GeneDialog(self.ward, self.look, self.session, self.view.banner, self))

    def answer_start(self) -> None:
        """Answer what the start of a course asks of a person."""
        from bedside.desktop.start_answers_dialog import StartAnswersDialog

        if self.view is not None and self.infant_id is not None:
            banner = self.view.banner
            self._run(StartAnswersDialog(self.ward, self.look, self.session, banner, self))

    def see_given(self) -> None:
        """A physician signs that she has seen a dose far from what was meant."""
        from bedside.desktop.seen_given_dialog import open_seen

        number = self.infant_id
        if number is not None and open_seen(self.ward, self.look, self.session, number, self):
            self.refresh()
            self.recorded.emit(number)

    def decide_doses(self) -> None:
        """Show and decide the doses by mouth of Maintenance."""
        from bedside.desktop.maintenance_dialog import MaintenanceDialog

        if self.view is not None and self.infant_id is not None:
            self._run(MaintenanceDialog(self.ward, self.look, self.session, self.infant_id, self))

    def _run(self, dialog: QDialog) -> None:
        done = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        if done and self.infant_id is not None:
            self.refresh()
            self.recorded.emit(self.infant_id)


def _sentences(text: str) -> tuple[str, ...]:
    """Part joined reasons at the ends of their sentences."""
    return tuple(f"{part.rstrip('.')}." for part in text.split(". ") if part.strip())
