"""Holds the reasons of a refusal in a dialog: as high as they are, scrolled when there are many."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bedside.desktop.save import RefusalNote
from bedside.desktop.tall_area import TallArea

_MOST = 112  # six lines; the buttons below stay in sight whatever is refused


class RefusalArea(TallArea):
    """A scroll area that is there only while its note is.

    Args:
        note: the reasons.
    """

    def __init__(self, note: RefusalNote) -> None:
        self._note = note
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 10, 0)
        column.addWidget(note)
        super().__init__(inside, note.accessibleName(), grows_to=_MOST)
        note.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Come and go with the note."""
        if watched is self._note and event.type() == QEvent.Type.ShowToParent:
            self.show()
            self.verticalScrollBar().setValue(0)
        elif watched is self._note and event.type() == QEvent.Type.HideToParent:
            self.hide()
        return super().eventFilter(watched, event)

    def _measure(self) -> None:
        super()._measure()
        self.setMaximumHeight(self.minimumHeight())
