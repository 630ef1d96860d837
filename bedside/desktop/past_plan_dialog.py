"""The plan as it stood on a day, beside the plan now; what differs is said in words and marked."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from bedside.desktop.captions import name_field
from bedside.desktop.fields import DateField
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.patient_line import PatientLine, patient_line
from bedside.desktop.plain_table import ROW_HIGH, PlainTable
from bedside.desktop.staying_dialog import StayingDialog
from bedside.desktop.text_table import TextTable
from bedside.units.refusal import Refused
from bedside.ward.infants import banner
from bedside.ward.past_plan import past_plan
from bedside.ward.views.past_plan import PastPlan
from bedside.ward.ward import Ward

_WIDE, _HIGH = 1300, 680
_WIDTHS = (226, 164, 164, 24, 186, 480)


class PastPlanDialog(StayingDialog):
    """Shows an earlier plan beside today's; nothing is recorded here.

    Args:
        ward: the ward.
        look: colours and fonts.
        infant_id: the infant.
        parent: the window.
    """

    only_read = True

    def __init__(
        self, ward: Ward, look: Look, infant_id: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._ward, self._look, self._infant_id = ward, look, infant_id
        self.view: PastPlan | None = None
        title = self.tr("Plan as it stood on…")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.resize(*look.fitting(_WIDE, _HIGH))
        self.day = DateField(self.tr("Plan as it stood on"), look)
        self.show_button = QPushButton(self.tr("&Show the plan"))
        self.close_button = QPushButton(self.tr("&Close"))
        self.said = label("", look, "body", "strong", "hold", wrap=True)
        self.summary = label("", look, "body", "strong", wrap=True)
        self.notes = label("", look, "small", colour="quiet", wrap=True)
        self.table = PlainTable(self.tr("Courses then and now"), look)
        self.table.setWordWrap(True)
        self.table.verticalHeader().setMinimumSectionSize(look.px(ROW_HIGH))
        self._assemble(patient_line(banner(ward, infant_id)), title)
        self.show_button.clicked.connect(self.show_plan)
        self.close_button.clicked.connect(self.accept)
        self.day.setFocus()

    def show_plan(self) -> None:
        """Show the plan of the typed day, or say why there is none."""
        on = self.day.value()
        self.view = None
        if on is None:
            refusal = self.day.refusal() or self.tr("Type the day, for instance 20-Nov-2026.")
            self._show((refusal,))
            return
        try:
            self.view = past_plan(self._ward, self._infant_id, on)
        except Refused as refused:
            self._show(refused.reasons)
            return
        self._show(())

    def _show(self, reasons: tuple[str, ...]) -> None:
        view = self.view
        self.said.setText("\n".join(reasons))
        self.said.setVisible(bool(reasons))
        self.summary.setText("" if view is None else view.summary)
        self.notes.setText("" if view is None else "\n".join(view.notes))
        self.table.setVisible(view is not None)
        if view is None:
            return
        rows = tuple(
            (row.course, row.then, row.now, row.mark, row.difference, row.recorded)
            for row in view.rows
        )
        heads = (
            self.tr("Course"),
            self.tr("Planned then"),
            self.tr("Planned now"),
            "",
            self.tr("What differs"),
            self.tr("What was recorded"),
        )
        self.table.horizontalHeader().setStretchLastSection(False)
        self.table.setModel(TextTable(heads, self, rows=rows))
        self.table.set_widths(_WIDTHS)
        self.table.resizeRowsToContents()  # holds and their reasons are read in full
        self.table.setAccessibleDescription(view.summary)

    def _assemble(self, about: str, title: str) -> None:
        look = self._look
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        column.addWidget(label(title, look, "page_title", "title"))
        column.addWidget(PatientLine(about, look))
        row = QHBoxLayout()
        row.setSpacing(10)
        words = label(self.tr("&Day"), look, "body")
        words.setTextFormat(Qt.TextFormat.AutoText)
        name_field(words, self.day)
        row.addWidget(words)
        row.addWidget(self.day)
        row.addWidget(self.show_button)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.said)
        column.addWidget(self.summary)
        column.addWidget(self.table, 1)
        column.addWidget(self.notes)
        column.addStretch(0)
        for button in (self.show_button, self.close_button):
            button.setMinimumHeight(look.measure("field"))
            button.setFont(look.font("body", "strong"))
        self.show_button.setDefault(True)
        self.close_button.setAutoDefault(False)
        end = QHBoxLayout()
        end.addStretch(1)
        end.addWidget(self.close_button)
        column.addLayout(end)
        self.table.hide()
        self.said.hide()
