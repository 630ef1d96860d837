"""The card "contact the tertiary team": numbers large on the left, the paper to print on the right."""

from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bedside.desktop.buttons import make_tall
from bedside.desktop.labels import label, rule
from bedside.desktop.look import Look
from bedside.desktop.paper_out import ask_pdf_file, keep_pdf, print_pdf
from bedside.desktop.paper_preview import PaperPreview
from bedside.desktop.patient_line import PatientLine, patient_line_of
from bedside.desktop.save import RefusalNote, saving
from bedside.desktop.session import Session
from bedside.desktop.staying_dialog import StayingDialog
from bedside.desktop.tall_area import TallArea
from bedside.papers.tertiary_card import CardLine, TertiaryCard
from bedside.units.refusal import Refused
from bedside.ward.tertiary_card import draw_tertiary_card, tertiary_card
from bedside.ward.ward import Ward

_SIZE = (1120, 690)
_LEFT, _MOST_LEFT = 500, 640  # however large the text, the paper beside it stays whole


class TertiaryCardDialog(StayingDialog):
    """Whom to ring and what to have ready; nothing is recorded by looking at it."""

    def __init__(
        self,
        ward: Ward,
        infant_id: int,
        look: Look,
        session: Session,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.ward, self.look, self.session = ward, look, session
        self._infant_id = infant_id
        self._pdf = b""
        self.setWindowTitle(self.tr("Contact the tertiary team"))
        self.setAccessibleName(self.tr("Contact the tertiary team"))
        self.resize(*look.fitting(*_SIZE))
        self.refusals = RefusalNote(look)
        self.preview = PaperPreview(look)
        self.back_button = QPushButton(self.tr("&Go back"))
        self.numbers: list[str] = []
        card = tertiary_card(ward, infant_id, who=session.who)
        self._lay_out(card)
        self._draw()
        self.back_button.clicked.connect(self.reject)
        self.preview.save_asked.connect(self.save_card)
        self.preview.print_asked.connect(self.print_card)

    def save_card(self) -> None:
        """Keep the card as a PDF file where the person says."""
        stamp = self.ward.now().strftime("%Y%m%d-%H%M")
        target = ask_pdf_file(self, f"tertiary-team-{stamp}.pdf")
        if target is not None:
            saving(self, lambda: keep_pdf(target, self._pdf), button=self.preview.save_button)

    def print_card(self) -> None:
        """Send the card to a printer."""
        print_pdf(self, self._pdf, self.refusals)

    def _draw(self) -> None:
        """Draw the paper; a refusal says why, and the numbers stay on the screen."""
        try:
            self._pdf = draw_tertiary_card(self.ward, self._infant_id, who=self.session.who)
        except Refused as refused:
            self.refusals.show_reasons(refused.reasons)
            return
        self.preview.show_paper(
            self._pdf, self.tr("The card on paper"), self.tr("One page; what is on record now.")
        )

    def _lay_out(self, card: TertiaryCard) -> None:
        look = self.look
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 20, 14)
        column.setSpacing(8)
        column.addWidget(
            label(self.tr("Contact the tertiary team"), look, "list_title", "bold", "hold")
        )
        column.addWidget(PatientLine(patient_line_of(self.ward, self._infant_id), look))
        about = f"{card.protocol}; {self.tr('DLT period')} {card.period}"
        column.addWidget(label(about, look, "body", "strong"))
        row = QHBoxLayout()
        row.setSpacing(18)
        left = TallArea(self._left(card), self.tr("Numbers and what to have ready"))
        left.setFixedWidth(min(look.px(_LEFT), _MOST_LEFT))
        row.addWidget(left)
        row.addWidget(self.preview, 1)
        column.addLayout(row, 1)
        self.preview.hold_refusals(self.refusals)
        foot = QHBoxLayout()
        make_tall(self.back_button, look, 40)
        self.back_button.setDefault(True)
        foot.addWidget(self.back_button)
        foot.addStretch(1)
        column.addLayout(foot)

    def _left(self, card: TertiaryCard) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 10, 0)
        column.setSpacing(5)
        why = self.tr(
            "In the DLT period the infant is seen at the tertiary centre. With any toxicity here, "
            "ring first: for guidance and possible transfer."
        )
        column.addWidget(label(why, self.look, "body", wrap=True))
        for line in card.contacts:
            column.addWidget(rule(self.look))
            column.addWidget(label(line.name, self.look, "body", "strong", wrap=True))
            column.addWidget(label(line.words, self.look, "banner_name", "bold", wrap=True))
            self.numbers.append(line.words)
        title = f"{self.tr('Toxicities now')}, CTCAE {card.ctcae}"
        self._part(column, title, card.toxicities)
        self._part(column, self.tr("Have ready"), card.ready)
        words = self.tr("Measure now: temperature, pulse, breathing, blood pressure.")
        column.addWidget(label(words, self.look, "body", "strong", wrap=True))
        column.addStretch(1)
        return inside

    def _part(self, column: QVBoxLayout, title: str, lines: tuple[CardLine, ...]) -> None:
        column.addSpacing(6)
        column.addWidget(label(title, self.look, "body_strong_banner", "bold"))
        column.addWidget(rule(self.look, "edge"))
        for line in lines:
            column.addWidget(label(f"{line.name}: {line.words}", self.look, "body", wrap=True))
