"""The review book of a protocol on the screen: seen page by page, kept as PDF, printed for two people."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from bedside.desktop.long_work_dialog import long_work
from bedside.desktop.look import Look
from bedside.desktop.paper_out import ask_pdf_file, keep_pdf, print_pdf
from bedside.desktop.paper_preview import PaperPreview
from bedside.desktop.save import RefusalNote, saving
from bedside.desktop.session import Session
from bedside.ward.commission_blind import keep_blind
from bedside.ward.protocol_books import draw_review_book
from bedside.ward.ward import Ward


class BookPanel(QWidget):
    """The review book; nothing is recorded, as it is no infant's paper.

    Args:
        ward: the open ward.
        look: colours and fonts.
        session: who sits here; a failure to print is told through it.
        refusals: where the page says what was refused.
    """

    def __init__(self, ward: Ward, look: Look, session: Session, refusals: RefusalNote) -> None:
        super().__init__()
        self.look, self.session, self.refusals = look, session, refusals
        self._ward = ward
        self._key, self._pdf = "", b""
        self.preview = PaperPreview(look)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.preview)
        self.preview.save_asked.connect(self.save_book)
        self.preview.print_asked.connect(self.print_book)

    def show_book(self, key: str, title: str, button: QPushButton) -> bool:
        """Draw the book of a protocol and show its first page; False where it was refused.

        Args:
            key: the protocol.
            title: as its file says it.
            button: what asked for it; closed while it is drawn.
        """
        outcome = saving(self, lambda: self._draw(key), button=button)
        if outcome.value is None:
            return False
        self._key, self._pdf = key, outcome.value
        self.preview.show_paper(
            self._pdf,
            self.tr("Review book, {0}").format(title),
            self.tr("DOCUMENT for controlled review: two people, row by row."),
        )
        return True

    def clear(self) -> None:
        """Hold no book: the next person, or the next protocol, finds none."""
        if self._pdf:
            self._key, self._pdf = "", b""
            self.preview.clear()

    def take_focus(self) -> None:
        """The page of the book takes the keyboard."""
        self.preview.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def save_book(self) -> None:
        """Keep the review book as a PDF file where the person says."""
        stamp = self._ward.now().strftime("%Y%m%d-%H%M")
        target = ask_pdf_file(self, f"review-book-{self._key}-{stamp}.pdf")
        if target is not None:
            saving(self, lambda: keep_pdf(target, self._pdf), button=self.preview.save_button)

    def print_book(self) -> None:
        """Send the review book to a printer."""
        print_pdf(self, self._pdf, self.refusals)

    def _draw(self, key: str) -> bytes:
        keep_blind(self._ward, key, who=self.session.who)
        words = self.tr("The record is verified, then the review book is drawn.")
        return long_work(words, lambda go_on: draw_review_book(self._ward, key, go_on), self)
