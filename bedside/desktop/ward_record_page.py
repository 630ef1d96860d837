"""The ward's own record: settings, people, protocols and papers, for those whose role may read it."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.plain_band import Band
from bedside.desktop.record_panel import RecordPanel
from bedside.desktop.session import Session
from bedside.ward.audit_reader import record_of_ward
from bedside.ward.views.record import RecordView
from bedside.ward.ward import Ward


class WardRecordPage(QWidget):
    """What was done that is of no infant, and every paper printed.

    Args:
        ward: the open ward.
        look: fonts and colours.
        session: who is here.
    """

    def __init__(self, ward: Ward, look: Look, session: Session) -> None:
        super().__init__()
        self.ward, self.look, self.session = ward, look, session
        self.setAccessibleName(self.tr("Record of the ward"))
        self.panel = RecordPanel(ward, look, self._read)
        self.band = RecordBand(look)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.panel)

    def refresh(self) -> None:
        """Read the record again."""
        self.panel.refresh()

    def _read(self, moment: datetime | None) -> RecordView:
        return record_of_ward(self.ward, moment, who=self.session.who)

    def take_focus(self) -> None:
        """The table takes the keyboard."""
        self.panel.table.setFocus(Qt.FocusReason.OtherFocusReason)


class RecordBand(Band):
    """Says what is read here."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.setAccessibleName(self.tr("What is read here"))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 8, 16, 8)
        column.setSpacing(2)
        about = self.tr(
            "Settings, people, protocols and papers. What was done to an infant stands on her own "
            "page Record (Ctrl+8)."
        )
        column.addWidget(label(about, look, "body", colour="quiet"))
        column.addWidget(label(self.tr("Record of the ward"), look, "list_title", "bold"))
