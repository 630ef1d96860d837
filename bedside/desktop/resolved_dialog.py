"""Asks once more before "any toxicity resolved: yes" is answered while toxicities stand open."""

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from bedside.desktop.buttons import make_tall
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.patient_line import PatientLine, whose
from bedside.desktop.staying_dialog import StayingDialog
from bedside.units.dates import write_date
from bedside.ward.views.pages import ToxicityRow


class ResolvedDialog(StayingDialog):
    """Shows what stands against the answer; going back is the default.

    Args:
        look: fonts and colours.
        course: the course whose start rule asks.
        open_rows: the toxicities that are open.
        parent: the page.
        waiting: laboratory proposals that nobody has answered.
        last_round: the last round in words, "" when there was none.
        absent: what that round looked for and did not find.
        not_assessed: what that round did not assess.
    """

    def __init__(
        self,
        look: Look,
        course: str,
        open_rows: tuple[ToxicityRow, ...],
        parent: QWidget | None = None,
        *,
        waiting: int = 0,
        last_round: str = "",
        absent: tuple[str, ...] = (),
        not_assessed: tuple[str, ...] = (),
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Any toxicity resolved?"))
        self.setMinimumWidth(520)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        self.infant = whose(parent)
        column.addWidget(PatientLine(self.infant, look))
        question = self._question(course, len(open_rows))
        column.addWidget(label(question, look, "page_title", "strong", wrap=True))
        for row in open_rows:
            column.addWidget(label(self._against(row), look, "body", "strong", "hold", wrap=True))
        if waiting:
            text = self.tr("Laboratory: {0} proposed and not answered").format(waiting)
            column.addWidget(label(text, look, "body", "strong", "hold"))
        seen = last_round or self.tr("no toxicity round is recorded")
        column.addWidget(label(seen[:1].upper() + seen[1:] + ".", look, "body"))
        if not_assessed:
            text = self.tr("Not assessed: {0}").format(", ".join(not_assessed))
            column.addWidget(label(text, look, "body", "strong", "hold", wrap=True))
        if absent:
            text = self.tr("Looked for and absent: {0}").format(", ".join(absent))
            column.addWidget(label(text, look, "body", wrap=True))
        column.addWidget(label(self._about(open_rows), look, "body", colour="quiet", wrap=True))
        column.addSpacing(6)
        column.addLayout(self._buttons(look, open_rows))

    def _about(self, open_rows: tuple[ToxicityRow, ...]) -> str:
        if open_rows:
            return self.tr(
                "The start rule asks whether any toxicity is resolved. If these are gone, record "
                "each of them as gone first; a yes above open ones stays on record with your name."
            )
        return self.tr(
            "None is open in the log. The answer opens a part of the start rule and stays on record "
            "with your name."
        )

    def _question(self, course: str, still_open: int) -> str:
        if still_open:
            return self.tr("Answer yes for {0}, with {1} still open?").format(course, still_open)
        return self.tr("Answer yes for {0}: any toxicity is resolved?").format(course)

    def _against(self, row: ToxicityRow) -> str:
        text = self.tr("{0}, grade {1}, since {2}").format(
            row.term, row.grade, write_date(row.onset)
        )
        if row.worst > row.grade:
            text += self.tr(", worst {0}").format(row.worst)
        return f"{text}; {row.attribution}" if row.attribution else text

    def _buttons(self, look: Look, open_rows: tuple[ToxicityRow, ...]) -> QHBoxLayout:
        self.back = QPushButton(self.tr("&Go back"))
        self.act = QPushButton(
            self.tr("&Answer yes all the same") if open_rows else self.tr("&Answer yes")
        )
        self.act.setProperty("role", "stop")
        row_of_buttons = QHBoxLayout()
        for button in (self.act, self.back):
            make_tall(button, look)
        self.back.setDefault(True)
        row_of_buttons.addWidget(self.act)
        row_of_buttons.addStretch(1)
        row_of_buttons.addWidget(self.back)
        self.back.clicked.connect(self.reject)
        self.act.clicked.connect(self.accept)
        return row_of_buttons
