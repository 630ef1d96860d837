"""The band of the Backup page: how old the last good copy is."""

from bedside.desktop.look import Look
from bedside.desktop.plain_band import TitleBand


class BackupBand(TitleBand):
    """Names the last good copy."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, self.tr("Backup and restore"))
        self.setAccessibleName(self.tr("Copies of this ward"))

    def show_title(self, title: str) -> None:
        """Show how old the last good copy is."""
        self.title.setText(title)
