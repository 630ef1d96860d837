"""The band of the cohort page: which protocol, as of when; no infant is in it."""

from bedside.desktop.look import Look
from bedside.desktop.plain_band import TitleBand


class CohortBand(TitleBand):
    """Names the cohort."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, self.tr("DLT evaluation"))
        self.setAccessibleName(self.tr("Which cohort"))

    def show_title(self, title: str) -> None:
        """Show the protocol."""
        self.title.setText(title)
