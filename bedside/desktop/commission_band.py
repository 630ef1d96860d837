"""The band of the commissioning page: which protocol, which course; no infant is in it."""

from bedside.desktop.look import Look
from bedside.desktop.plain_band import TitleBand


class CommissionBand(TitleBand):
    """Names what is being commissioned."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.setAccessibleName(self.tr("What is being commissioned"))

    def show_title(self, above: str, title: str) -> None:
        """Show protocol and course."""
        self.above.setText(above)
        self.title.setText(title)
