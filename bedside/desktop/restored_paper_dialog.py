"""The list of what a restore lost as paper: to look at, to print, or to keep as a file."""

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from bedside.desktop.buttons import make_tall
from bedside.desktop.look import Look
from bedside.desktop.paper_out import ask_pdf_file, keep_pdf, print_pdf
from bedside.desktop.paper_preview import PaperPreview
from bedside.desktop.save import RefusalNote, saving
from bedside.desktop.session import Session
from bedside.desktop.staying_dialog import StayingDialog

_SIZE = (760, 700)


class RestoredPaperDialog(StayingDialog):
    """Shows the drawn list.

    Args:
        pdf: the list, drawn.
        look: fonts and colours.
        session: who prints.
        parent: the form it opens from.
    """

    only_read = True

    def __init__(
        self, pdf: bytes, look: Look, session: Session, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.look, self.session = look, session
        self._pdf = pdf
        self.setWindowTitle(self.tr("What is not in the copy"))
        self.setAccessibleName(self.tr("What is not in the copy, on paper"))
        self.resize(*look.fitting(*_SIZE))
        self.refusals = RefusalNote(look)
        self.preview = PaperPreview(look)
        self.back_button = QPushButton(self.tr("&Go back"))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 20, 14)
        column.setSpacing(8)
        column.addWidget(self.preview, 1)
        self.preview.hold_refusals(self.refusals)
        foot = QHBoxLayout()
        make_tall(self.back_button, look, 40)
        self.back_button.setDefault(True)
        foot.addWidget(self.back_button)
        foot.addStretch(1)
        column.addLayout(foot)
        self.preview.show_paper(
            pdf, self.tr("What is not in the copy"), self.tr("Every act, the oldest first.")
        )
        self.back_button.clicked.connect(self.reject)
        self.preview.save_asked.connect(self.save_list)
        self.preview.print_asked.connect(self.print_list)

    def save_list(self) -> None:
        """Keep the list as a PDF file where the person says."""
        target = ask_pdf_file(self, "not-in-the-copy.pdf")
        if target is not None:
            saving(self, lambda: keep_pdf(target, self._pdf), button=self.preview.save_button)

    def print_list(self) -> None:
        """Send the list to a printer."""
        print_pdf(self, self._pdf, self.refusals)
