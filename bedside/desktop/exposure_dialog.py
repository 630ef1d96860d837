"""Cumulative doses of one infant: given, still planned, the protocol's total; and doxorubicin equivalents."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from bedside.desktop.labels import label, rule
from bedside.desktop.look import Look
from bedside.desktop.patient_line import PatientLine, whose
from bedside.desktop.plain_table import HEAD_HIGH, ROW_HIGH, PlainTable
from bedside.desktop.staying_dialog import StayingDialog
from bedside.desktop.tall_area import TallArea
from bedside.desktop.text_table import TextTable
from bedside.ward.exposure import cumulative_doses
from bedside.ward.views.exposure import ExposureView
from bedside.ward.ward import Ward

_WIDE, _HIGH = 1160, 720
_NOTES_HIGH = 150  # however large the text: what is above it stays in sight
_DRUG_WIDTHS = (215, 225, 220, 220)
_READING_WIDTHS = (440, 220, 220)


class ExposureDialog(StayingDialog):
    """Shows cumulative doses; nothing is recorded here.

    Args:
        look: colours and fonts.
        view: the finished figures.
        parent: the window.
    """

    only_read = True

    def __init__(self, look: Look, view: ExposureView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = self.tr("Cumulative doses of {0}").format(view.name)
        self.setWindowTitle(self.tr("Cumulative doses"))  # nothing of an infant stands there
        self.setAccessibleName(title)
        self.resize(*look.fitting(_WIDE, _HIGH))
        self.drugs = self._drugs(look, view)
        self.equivalents = self._equivalents(look, view)
        self.close_button = QPushButton(self.tr("&Close"))
        self._assemble(look, view, title)

    def _drugs(self, look: Look, view: ExposureView) -> PlainTable:
        heads = (
            self.tr("Drug"),
            self.tr("Route"),
            self.tr("Given"),
            self.tr("Still planned"),
            self.tr("In all by {0}").format(view.protocol),
        )
        rows = tuple((row.drug, row.route, row.given, row.planned, row.total) for row in view.rows)
        table = PlainTable(self.tr("Cumulative doses by drug"), look)
        table.when_empty(
            self.tr("No dose is recorded or planned yet: open a course, then record what is given.")
        )
        table.setModel(TextTable(heads, self, rows=rows))
        table.set_widths(_DRUG_WIDTHS)
        table.setWordWrap(True)
        table.verticalHeader().setMinimumSectionSize(look.px(ROW_HIGH))
        table.resizeRowsToContents()  # long routes are read in full
        return table

    def _equivalents(self, look: Look, view: ExposureView) -> PlainTable:
        heads = (
            self.tr("Counted by"),
            self.tr("Given"),
            self.tr("Still planned"),
            self.tr("In all by {0}").format(view.protocol),
        )
        rows = tuple((row.title, row.given, row.planned, row.total) for row in view.equivalents)
        table = PlainTable(self.tr("Anthracyclines in doxorubicin equivalents"), look)
        table.when_empty(self.tr("No anthracycline is recorded or planned."))
        table.setModel(TextTable(heads, self, rows=rows))
        table.set_widths(_READING_WIDTHS)
        table.setFixedHeight(look.px(HEAD_HIGH + ROW_HIGH * max(len(rows), 1)) + 6)
        table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return table

    def _assemble(self, look: Look, view: ExposureView, title: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        column.addWidget(label(title, look, "page_title", "title"))
        column.addWidget(PatientLine(whose(self.parentWidget()), look))
        column.addWidget(self.drugs, 1)
        if view.equivalents:
            words = self.tr("Anthracyclines in doxorubicin equivalents")
            column.addWidget(label(words, look, "body", "strong"))
            column.addWidget(rule(look, "edge"))
            column.addWidget(self.equivalents)
            ruled = self.tr("The first line is the ruled one: {0}. No dose is worked from it.")
            sources = list(dict.fromkeys(row.source for row in view.equivalents))
            named = self.tr("Sources: {0}.").format("; ".join(sources))
            notes = (ruled.format(view.why), named, *view.notes)
        else:
            self.equivalents.hide()
            notes = view.notes
        inside = QWidget()
        below = QVBoxLayout(inside)
        below.setContentsMargins(0, 0, 0, 0)
        for note in notes:
            below.addWidget(label(note, look, "small", colour="quiet", wrap=True))
        area = TallArea(inside, self.tr("Notes"), grows_to=_NOTES_HIGH, no_higher=True)
        column.addWidget(area)
        row = QHBoxLayout()
        row.addStretch(1)
        self.close_button.setMinimumHeight(look.measure("field"))
        self.close_button.setFont(look.font("body", "strong"))
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.accept)
        row.addWidget(self.close_button)
        column.addLayout(row)


def open_cumulative(ward: Ward, look: Look, infant_id: int, parent: QWidget) -> None:
    """Show the cumulative doses of an infant."""
    dialog = ExposureDialog(look, cumulative_doses(ward, infant_id), parent)
    dialog.exec()
    dialog.deleteLater()
