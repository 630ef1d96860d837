"""Doses by mouth in Maintenance: the proposal and its reasons, the decision, chart, table and history."""

from contextlib import suppress

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from bedside.desktop.beside import ROOMY, Beside, as_wide
from bedside.desktop.flowing import whole
from bedside.desktop.form_dialog import FormDialog
from bedside.desktop.labels import dress, label, rule
from bedside.desktop.look import Look
from bedside.desktop.maintenance_chart import MaintenanceChart, check_words
from bedside.desktop.maintenance_form import DecisionForm
from bedside.desktop.maintenance_panels import (
    chart_part,
    proposal_panel,
    proposed_area,
    rule_panel,
    rule_part,
    working_part,
)
from bedside.desktop.maintenance_tables import ChecksTable, DecisionsTable
from bedside.desktop.patient_line import patient_line
from bedside.desktop.plain_table import PlainTable
from bedside.desktop.reason_dialog import ask_reason
from bedside.desktop.save import saving
from bedside.desktop.segments import Segments
from bedside.desktop.session import Session
from bedside.desktop.signer_fields import SignerFields
from bedside.desktop.tick_box import tick_box
from bedside.units.dates import write_date
from bedside.units.refusal import Refused
from bedside.ward.titration_change import dose_step
from bedside.ward.titration_decisions import asks_why, record_decision, strike_out_decision
from bedside.ward.titration_jump import jump_words
from bedside.ward.titration_page import maintenance_page
from bedside.ward.titration_signing import sign_decision
from bedside.ward.views.maintenance import DecisionRow, MaintenanceView
from bedside.ward.ward import Ward

CHART, TABLE, DECISIONS, RULE, WORKING = range(5)
_WIDE, _LEFT = 1250, 540
_USUAL = 100  # per cent


class MaintenanceDialog(FormDialog):
    """The doses by mouth of one infant; it stays open, so that both drugs are decided in one go.

    Args:
        ward: the open ward.
        look: colours and fonts.
        session: who records.
        infant_id: the infant; the dialog stays bound to her.
        parent: the window.
    """

    def __init__(
        self,
        ward: Ward,
        look: Look,
        session: Session,
        infant_id: int,
        parent: QWidget | None = None,
    ) -> None:
        self.view: MaintenanceView = maintenance_page(ward, infant_id)
        super().__init__(
            look,
            session,
            _title(self.view),
            "&Record decision",
            parent,
            infant=patient_line(self.view.banner),
            about=f"Day 1 of cycle 1 on {write_date(self.view.day_1)}",
            width=_WIDE,
        )
        self.act_button.setText(self.tr("&Record decision"))
        self._keeps_room = look.percent == _USUAL  # in large text the choices have it
        self.ward, self.infant_id = ward, infant_id
        self._recorded = False
        self._proposal = QVBoxLayout()
        self.form = DecisionForm(self.view, look, ward.decimal_mark)
        self.views = self._segments(look)
        self.signer = SignerFields(ward, look, session)
        self._make_parts(look)
        self._build()
        self._connect()
        self.show_part(CHART)
        self._show()

    def _segments(self, look: Look) -> Segments:
        names = (
            self.tr("&Chart"),
            self.tr("Ta&ble"),
            self.tr("Decis&ions"),
            self.tr("R&ule"),
            self.tr("Wor&king"),
        )
        return Segments(names, self.tr("Part of the page"), look)

    def _make_parts(self, look: Look) -> None:
        self.chart = MaintenanceChart(look)
        self.told = label("", look, "small", colour="quiet", wrap=True)
        self.checks = ChecksTable(parent=self)
        self.checks_table = PlainTable(self.tr("Counts with the doses of their days"), look)
        self.checks_table.when_empty(
            self.tr(
                "No count is recorded since Maintenance began: record one on Counts, then look here again."
            )
        )
        self.decisions = DecisionsTable(look.colour("quiet"), self)
        self.decisions_table = PlainTable(self.tr("Decisions"), look)
        self.decisions_table.when_empty(
            self.tr(
                "No dose by mouth was decided here yet: decide on the first one beside each drug."
            )
        )
        self.proposed = label("", look, "small", colour="quiet", wrap=True)
        self.jump = label("", look, "body", "medium", "hold", wrap=True)
        self.strike_button = QPushButton(self.tr("S&trike out…"))
        self.verify_button = QPushButton(self.tr("&Verify"))
        self.release_button = QPushButton(self.tr("Re&lease"))
        self.alone = tick_box(self.tr("Nobo&dy else can release it now"), look, 24)
        self.unsigned = label("", look, "body", "strong", "hold", wrap=True)
        self.working = label("", look, "body", wrap=True)
        self.step = label("", look, "body", "medium", wrap=True)
        self._rule = QVBoxLayout()
        self.stack = QStackedWidget()
        self._proposals = proposed_area(self.unsigned, self._proposal, look)

    def sizeHint(self) -> QSize:
        """As wide as both halves need."""
        return QSize(_WIDE, super().sizeHint().height())

    def show_part(self, part: int) -> None:
        """Show the chart, its table, the decisions or the rule."""
        self.views.choose(part)
        self.stack.setCurrentIndex(part)

    def is_dirty(self) -> bool:
        """Whether something typed or chosen would be lost."""
        return self.form.is_dirty() or self.signer.is_dirty()

    def record(self) -> None:
        """Record one decision; the dialog stays for the other drug."""
        done = saving(self, self._decide, button=self.act_button)
        if done.saved:
            self.form.clear()
            self._saved()
            self._tell_recorded(done.value)
        elif asks_why(done.reasons):
            self.form.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            self._keep_field_in_sight()

    def strike_out(self) -> None:
        """Strike the chosen decision out, with a reason."""
        row = self._chosen()
        if row is None or row.voided:
            self.refusals.show_reasons((self.tr("Choose a decision that stands."),))
            return
        words = self.tr("Strike out {0} {1} from {2}?").format(
            row.name, row.dose, write_date(row.from_on)
        )
        reason = ask_reason(self, self.look, words, self.tr("&Strike out"))

        def act() -> None:
            signer, who = self.signer.take(), self.signer.who()
            strike_out_decision(self.ward, row.titration_id, reason, signer, who=who)

        if reason and saving(self, act, button=self.strike_button).saved:
            self._saved()

    def sign_as(self, meaning: str) -> None:
        """Verify or release the chosen decision, by who signs below."""
        row = self._chosen()
        if row is None or row.voided:
            self.refusals.show_reasons((self.tr("Choose a decision that stands."),))
            return

        def act() -> None:
            signer, who = self.signer.take(), self.signer.who()
            alone = self.alone.isChecked()
            sign_decision(self.ward, row.titration_id, meaning, signer, who=who, alone=alone)

        button = self.verify_button if meaning == "verified" else self.release_button
        if saving(self, act, button=button).saved:
            self.alone.setChecked(False)
            self._saved()

    def done(self, result: int) -> None:
        """Close; with something recorded the page behind reads its facts again."""
        super().done(QDialog.DialogCode.Accepted if self._recorded else result)

    def _decide(self) -> int:
        form = self.form.decided(self.view)
        signer, who = self.signer.take(), self.signer.who()
        return record_decision(self.ward, self.infant_id, form, signer, who=who)

    def _tell_step(self) -> None:
        """Before it is signed: the dose before and after, with working and rounding, and the change."""
        step = None
        if self.form.is_chosen():
            with suppress(Refused):  # what is missing is said when it is recorded
                step = dose_step(self.ward, self.infant_id, self.form.decided(self.view))
        said = step is not None and bool(step.words)
        was = self.step.text()
        low = "" if step is None or self.form.is_accepted() else step.low
        self.step.setText(whole(f"{step.words} {low}".strip()) if step is not None else "")
        warned = step is not None and (step.raises or bool(low))
        dress(self.step, self.look, "body", "medium", "hold" if warned else "ink")
        self.form.ask_again(bool(low))
        words = self.tr("Choose a drug and a decision: its working, before and after, stands here.")
        self.working.setText(whole("\n".join(step.lines)) if step is not None and said else words)
        if said and self.step.text() != was:
            self.show_part(WORKING)

    def _tell_recorded(self, titration_id: int | None) -> None:
        """Where the step stood, what was recorded and what it waits for; the next choice takes it away."""
        row = next(each for each in self.view.decisions if each.titration_id == titration_id)
        said = self.tr("RECORDED: {0} {1}, from {2}; {3}.").format(
            row.name, row.dose, write_date(row.from_on), row.signed
        )
        self.step.setText(whole(said))
        dress(self.step, self.look, "body", "strong", "go")

    def _saved(self) -> None:
        self._recorded = True
        self.view = maintenance_page(self.ward, self.infant_id)
        self._show()

    def _show(self) -> None:
        for layout, made in (
            (self._proposal, proposal_panel(self.view, self.look)),
            (self._rule, rule_panel(self.view, self.look)),
        ):
            while (item := layout.takeAt(0)) is not None:
                widget = item.widget()
                if widget is not None:
                    widget.hide()
                    widget.deleteLater()
            layout.addWidget(made)
        self.chart.show_view(self.view)
        self.checks.show_view(self.view)
        self.decisions.show_view(self.view)
        self.checks_table.set_widths((150, 100, 120, 120))
        self.decisions_table.set_widths((106, 124, 118, 86, 206, 160, 220))
        self._show_decision()
        self.unsigned.setText(whole("\n".join(self.view.unsigned)))
        self.unsigned.setVisible(bool(self.view.unsigned))
        self._proposals.verticalScrollBar().setValue(0)
        for button in (self.strike_button, self.verify_button, self.release_button):
            button.setEnabled(bool(self.view.decisions))

    def _chosen(self) -> DecisionRow | None:
        selected = self.decisions_table.selectionModel().selectedRows()
        return self.decisions.row_at(selected[0].row()) if selected else None

    def _show_decision(self) -> None:
        """Below the table, what the rule proposed when the chosen decision was made."""
        row = self._chosen()
        words = self.tr("Choose a decision to read what the rule proposed then.")
        if row is not None:
            words = row.proposal or self.tr("Recorded without a proposal.")
            words = f"{row.signed}\n{words}" if row.signed else words
        self.proposed.setText(whole(words))
        waits = row is not None and bool(row.waiting)
        self.jump.setText(
            whole(jump_words(self.ward, row.titration_id)) if row is not None and waits else ""
        )
        self.jump.setVisible(waits)

    def _show_focus(self) -> None:
        check = self.chart.focused
        self.told.setText("" if check is None else whole(check_words(self.view, check)))

    def _build(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self._proposals)
        left.addWidget(rule(self.look, "edge"))
        left.addWidget(self.form)
        left.addStretch(1)
        holder = QWidget()
        holder.setLayout(left)
        as_wide(holder, _LEFT, self.look)
        left.setContentsMargins(0, 0, 0, 0)
        right = QVBoxLayout()
        right.setSpacing(6)
        # the style sheet takes the buttons' own least height away
        self.views.setMinimumHeight(self.look.px(28))
        right.addWidget(self.views, 0, Qt.AlignmentFlag.AlignLeft)
        right.addWidget(self.stack, 1)
        two = Beside(self.look, ROOMY, 18)
        two.row.addWidget(holder)
        two.row.addLayout(right, 1)
        self.body.addWidget(two)
        self.tell_with_reasons(self.step)
        self.sign_with(self.signer)
        self.checks_table.setModel(self.checks)
        for part in (
            chart_part(self.chart, self.told),
            self.checks_table,
            self._decisions_part(),
            rule_part(self._rule),
            working_part(self.working),
        ):
            self.stack.addWidget(part)

    def _keep_its_place(self) -> None:
        """Open and laid out: from now on a line that comes or goes moves no button under the hand."""
        super()._keep_its_place()
        if self.look.percent == _USUAL:
            self._proposals.stay()

    def _decisions_part(self) -> QWidget:
        self.decisions_table.setModel(self.decisions)
        self.strike_button.setAutoDefault(False)
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.decisions_table, 1)
        column.addWidget(self.jump)
        column.addWidget(self.proposed)
        doors = QHBoxLayout()
        for part in (self.verify_button, self.release_button, self.alone):
            if isinstance(part, QPushButton):
                part.setAutoDefault(False)
            doors.addWidget(part)
        doors.addStretch(1)
        doors.addWidget(self.strike_button)
        column.addLayout(doors)
        return made

    def _connect(self) -> None:
        self.form.edited.connect(self._tell_step)
        self.signer.entered.connect(self.record)
        self.views.chosen.connect(self.show_part)
        self.chart.focus_moved.connect(self._show_focus)
        self.strike_button.clicked.connect(self.strike_out)
        self.verify_button.clicked.connect(lambda: self.sign_as("verified"))
        self.release_button.clicked.connect(lambda: self.sign_as("released"))
        self.decisions_table.selectionModel().selectionChanged.connect(self._show_decision)


def _title(view: MaintenanceView) -> str:
    return f"Doses by mouth, {view.course_title}"


def open_maintenance(
    ward: Ward, look: Look, session: Session, infant_id: int, parent: QWidget | None = None
) -> bool:
    """Show the doses by mouth of an infant; return whether something was recorded.

    Raises:
        Refused: Maintenance has not begun.
    """
    dialog = MaintenanceDialog(ward, look, session, infant_id, parent)
    recorded = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return recorded
