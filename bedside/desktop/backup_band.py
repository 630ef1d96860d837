"""The band of the Backup page: how old the last good copy is."""

from PySide6.QtWidgets import QVBoxLayout

from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.plain_band import Band


class BackupBand(Band):
    """Names the last good copy."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.setAccessibleName(self.tr("Copies of this ward"))
        self.above = label(self.tr("Backup and restore"), look, "body", colour="quiet")
        self.title = label("", look, "list_title", "bold")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 8, 16, 8)
        column.setSpacing(2)
        column.addWidget(self.above)
        column.addWidget(self.title)

    def show_title(self, title: str) -> None:
        """Show how old the last good copy is."""
        self.title.setText(title)
