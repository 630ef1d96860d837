"""Verifies the whole record beside the window, and leaves the ward at once where it does not hold.

Nothing from such a ward stays on the screen: its window and every form go, and the front door shows
the page that says what was found, what is kept and what to do.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from bedside.desktop.backup_clock import BackupClock
from bedside.units.refusal import Refused
from bedside.ward.audit_check import check_record

if TYPE_CHECKING:
    from bedside.desktop.window import BedsideWindow


class BrokenTrail(QObject):
    """Waits for the word that the record does not hold; it may come from any thread.

    Args:
        window: the window that is left.

    Signals:
        found: the record does not hold.
    """

    found = Signal()

    def __init__(self, window: "BedsideWindow") -> None:
        super().__init__(window)
        self.found.connect(self._leave, Qt.ConnectionType.QueuedConnection)
        window.ward.on_broken = self._tell

    def _tell(self, _broken: Refused) -> None:
        self.found.emit()

    def _leave(self) -> None:
        for widget in QApplication.topLevelWidgets():
            widget.hide()  # a form that is hidden ends its own waiting
        QCoreApplication.exit(0)


def begin_watch(window: "BedsideWindow", beside: BackupClock) -> None:
    """Watch a window's ward from now on; its whole record is verified once, in the thread of the copies."""
    BrokenTrail(window)
    ward = window.ward
    beside.beside("record", lambda: check_record(ward, lambda: not beside.stopped))
