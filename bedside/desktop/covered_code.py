"""A secret in plain letters that covers itself: nobody at the screen, or what is asked for comes from paper.

Decision: keys and mouse are watched at the whole application, and only while the code stands uncovered in
sight: the page has no session yet whose own watch (`bedside.desktop.idle`) would lock it.
"""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from bedside.desktop.idle import ACTIVE
from bedside.desktop.labels import label
from bedside.desktop.look import Look

COVER_MS = 120_000  # without a key or the mouse
_DOT = "•"


class CoveredCode(QWidget):
    """A code in large letters; after two minutes without anybody only dots, and a button that shows it.

    Args:
        lines: the code, as it stands on the screen.
        look: fonts and colours.
    """

    def __init__(self, lines: str, look: Look) -> None:
        super().__init__()
        self._lines = lines
        self.shown = label(lines, look, "banner_name", "bold")
        self.show_button = QPushButton(self.tr("Show the &code"))
        self.show_button.setAutoDefault(False)
        self.show_button.setMinimumHeight(look.px(40))
        self.show_button.hide()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.cover)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.shown)
        column.addWidget(self.show_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.show_button.clicked.connect(self.uncover)

    @property
    def is_covered(self) -> bool:
        """Whether only dots can be seen."""
        return self.shown.text() != self._lines

    def cover(self) -> None:
        """Show dots in the place of letters and figures."""
        self._watch(on=False)
        self.shown.setText("".join(sign if sign.isspace() else _DOT for sign in self._lines))
        self.shown.setAccessibleName(self.tr("The code is covered"))
        self.show_button.show()

    def uncover(self) -> None:
        """Show the code, for as long as somebody is here."""
        self.shown.setText(self._lines)
        self.shown.setAccessibleName("")
        self.show_button.hide()
        self._watch(on=self.isVisible())

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Somebody is here; the event goes on its way."""
        if event.type() in ACTIVE:
            self._timer.start(COVER_MS)
        return False

    def showEvent(self, event: QShowEvent) -> None:
        """In sight: count from now on."""
        super().showEvent(event)
        if not self.is_covered:
            self._watch(on=True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Out of sight, behind a lock too: covered when it comes back."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.cover()

    def _watch(self, *, on: bool) -> None:
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
            if on:
                application.installEventFilter(self)
        if on:
            self._timer.start(COVER_MS)
        else:
            self._timer.stop()
