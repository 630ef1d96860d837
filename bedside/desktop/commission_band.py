"""The band of the commissioning page: which protocol, which course; no infant is in it."""

from PySide6.QtWidgets import QVBoxLayout

from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.plain_band import Band


class CommissionBand(Band):
    """Names what is being commissioned."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.setAccessibleName(self.tr("What is being commissioned"))
        self.above = label("", look, "body", colour="quiet")
        self.title = label("", look, "list_title", "bold")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 8, 16, 8)
        column.setSpacing(2)
        column.addWidget(self.above)
        column.addWidget(self.title)

    def show_title(self, above: str, title: str) -> None:
        """Show protocol and course."""
        self.above.setText(above)
        self.title.setText(title)
