"""The band of the cohort page: which protocol, as of when; no infant is in it."""

from PySide6.QtWidgets import QVBoxLayout

from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.plain_band import Band


class CohortBand(Band):
    """Names the cohort."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.setAccessibleName(self.tr("Which cohort"))
        self.above = label(self.tr("DLT evaluation"), look, "body", colour="quiet")
        self.title = label("", look, "list_title", "bold")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 8, 16, 8)
        column.setSpacing(2)
        column.addWidget(self.above)
        column.addWidget(self.title)

    def show_title(self, title: str) -> None:
        """Show the protocol."""
        self.title.setText(title)
