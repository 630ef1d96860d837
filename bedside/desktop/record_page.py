"""The page Record of one infant: who did what to her record when, and how it stood at any moment."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from bedside.desktop.look import Look
from bedside.desktop.page import Page
from bedside.desktop.record_panel import RecordPanel
from bedside.desktop.session import Session
from bedside.ward.audit_reader import record_of_infant
from bedside.ward.views.record import RecordView
from bedside.ward.ward import Ward


class RecordPage(Page):
    """One infant's record, to be read."""

    def __init__(self, ward: Ward, look: Look, session: Session) -> None:
        super().__init__(ward, look, session)
        self.setAccessibleName(self.tr("Record"))
        self.panel = RecordPanel(ward, look, self._read)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.panel)

    def show_infant(self, infant_id: int) -> None:
        """Show another infant's record, from now and with nothing left out."""
        self.panel.start_anew()
        super().show_infant(infant_id)

    def refresh(self) -> None:
        """Read the record again."""
        self.panel.refresh()

    def take_focus(self) -> None:
        """The table takes the keyboard."""
        self.panel.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _read(self, as_of: datetime | None) -> RecordView:
        if self.infant_id is None:
            return RecordView((), (), ())
        return record_of_infant(self.ward, self.infant_id, as_of)
