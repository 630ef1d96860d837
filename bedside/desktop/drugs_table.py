"""The other drugs of the running course: drug, route, days, and what is known of the dose."""

from PySide6.QtCore import QObject

from bedside.desktop.text_table import TextTable
from bedside.ward.views.pages import DosesView


class DrugsTable(TextTable):
    """The drugs whose doses Bedside does not count."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent=parent)
        self.headings = (
            self.tr("Drug"),
            self.tr("Route"),
            self.tr("Course days"),
            self.tr("Dose"),
        )

    def show_view(self, view: DosesView) -> None:
        """Fill the table."""
        self.show_rows(view.other_drugs)
