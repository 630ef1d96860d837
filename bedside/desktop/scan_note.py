"""One sentence about a scan, such as a band that is nobody's; the next scan takes its place."""

from PySide6.QtWidgets import QWidget

from bedside.desktop.why_not_dialog import WhyNotDialog


class ScanNote(WhyNotDialog):
    """Says what a scan came to, and how to go back.

    Args:
        words: what it came to.
        window: the window it belongs to.
    """

    def __init__(self, words: str, window: QWidget) -> None:
        super().__init__(words, window, plain=True)
        self.setWindowTitle(self.tr("Scanned"))
        self.setAccessibleName(self.tr("Scanned"))
        self.scanned = ""

    def take_scan(self, read: str) -> None:
        """Make room for what was scanned next."""
        self.scanned = read
        self.accept()
