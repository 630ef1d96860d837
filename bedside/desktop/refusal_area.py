"""Holds the reasons of a refusal in a dialog: as high as they are, scrolled when there are many.

Its room is kept free while there are none, where the screen has it to spare: a form does not grow under
the hand of who has just pressed a button.
"""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from bedside.desktop.save import RefusalNote
from bedside.desktop.tall_area import TallArea

_LEAST, _MOST = 44, 112  # two lines and six; the buttons below stay in sight whatever is refused


class RefusalArea(TallArea):
    """A scroll area whose lines are there only while its note is.

    Args:
        note: the reasons.
    """

    def __init__(self, note: RefusalNote) -> None:
        self._note, self._kept = note, 0
        self._also: list[QLabel] = []
        inside = QWidget()
        column = self._column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 10, 0)
        column.addWidget(note)
        super().__init__(inside, note.accessibleName(), grows_to=_MOST)
        note.installEventFilter(self)
        self.hide()

    def keep(self, high: int, most: int) -> None:
        """Keep room for reasons.

        Args:
            high: so many pixels are free for them; 0: the area comes and goes with them.
            most: so high it becomes at most, and scrolls then; never less than two lines.
        """
        self._kept = high
        self.grow_to(min(_MOST, max(most, _LEAST)))
        self._come_and_go()

    def also(self, told: QLabel) -> None:
        """Show other lines above the reasons, in the same room."""
        self._also.append(told)
        self._column.insertWidget(0, told)
        self._come_and_go()

    def _says(self) -> bool:
        return self._note.isVisibleTo(self) or any(told.text() for told in self._also)

    def beyond(self) -> int:
        """How many pixels the reasons need now beyond the room that is kept for them."""
        return self.minimumHeight() - self._kept if self._says() else 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Come and go with the note."""
        if watched is self._note and event.type() in (
            QEvent.Type.ShowToParent,
            QEvent.Type.HideToParent,
        ):
            self._come_and_go()
        return super().eventFilter(watched, event)

    def _come_and_go(self) -> None:
        said = self._says()
        self.setVisible(said or self._kept > 0)
        if said:
            self.verticalScrollBar().setValue(0)
        self._measure()

    def _take_height(self, high: int) -> None:
        self.setFixedHeight(max(high, self._kept) if self._says() else self._kept)
