"""How far the downtime sheets are, a way to stop them, and a way to print them once they lie there."""

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from bedside.desktop.buttons import FIELD_HIGH, make_tall
from bedside.desktop.look import Look
from bedside.desktop.save import RefusalNote


class DowntimeDrawing(QWidget):
    """The line below the copies; the window goes on meanwhile.

    Args:
        look: fonts and sizes.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Downtime sheets"))
        self.path: Path | None = None
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("How far it is"))
        self.stop_button = QPushButton(self.tr("S&top drawing"))
        self.print_button = QPushButton(self.tr("&Print them…"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop_button)
        row.addWidget(self.print_button)
        row.addStretch(0)
        for button in (self.stop_button, self.print_button):
            make_tall(button, look, FIELD_HIGH)
            button.setAutoDefault(False)
        self.end()

    def begin(self) -> None:
        """They are asked for."""
        self.path = None
        self.bar.setRange(0, 0)
        self.bar.show()
        self.stop_button.setEnabled(True)
        self.stop_button.show()
        self.print_button.hide()
        self.show()

    def tell(self, done: int, of: int) -> None:
        """How far it is."""
        self.bar.setRange(0, of)
        self.bar.setValue(done)

    def end(self) -> None:
        """Nothing is drawn any more, and nothing lies there to be printed."""
        self.hide()

    def over(self, path: Path) -> None:
        """They lie in a file."""
        self.path = path
        self.bar.hide()
        self.stop_button.hide()
        self.print_button.show()
        self.show()

    def print_them(self, refusals: RefusalNote) -> None:
        """Send them to a printer.

        Args:
            refusals: where it is said what hinders it.
        """
        from bedside.desktop.paper_out import print_pdf

        if self.path is not None:
            print_pdf(self, self.path.read_bytes(), refusals)
