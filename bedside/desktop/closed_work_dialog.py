"""A ward's key is changed while it is closed: what is being done, whether it went well, the new sheet."""

from threading import Thread

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QProgressBar, QPushButton, QVBoxLayout, QWidget

from bedside.desktop.buttons import FIELD_HIGH, make_tall
from bedside.desktop.labels import dress, label
from bedside.desktop.look import Look
from bedside.units.refusal import Refused
from bedside.ward.key_acts import ClosedWork, NewWays

_WIDE = 600


class ClosedWorkDialog(QDialog):
    """Does the work in a thread of its own; cannot be closed before it is done.

    Args:
        look: colours and fonts.
        work: what is to be done.
        parent: a window, where there is one.

    Signals:
        told: what is being done now.
        ended: it is done, or it was refused.
    """

    told = Signal(str)
    ended = Signal()

    def __init__(self, look: Look, work: ClosedWork, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._work = look, work
        self.done_ways: NewWays | None = None
        self.refused: tuple[str, ...] = ()
        self.running = True
        self.setWindowTitle(self.tr("Bedside"))
        self.setAccessibleName(work.title)
        self.setFixedWidth(look.px(_WIDE))
        self.words = label("", look, "body", wrap=True)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("It is being done"))
        about = self.tr(
            "The ward is closed meanwhile. If this computer stops now, nothing is lost: the next "
            "start opens the ward as it was, or as it will be."
        )
        self.button = QPushButton(self.tr("&Go on"))
        make_tall(self.button, look, FIELD_HIGH)
        self.button.setEnabled(False)
        self.button.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(label(work.title, look, "page_title", "title"))
        column.addWidget(label(about, look, "small", colour="quiet", wrap=True))
        column.addWidget(self.bar)
        column.addWidget(self.words)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignRight)
        self.told.connect(self.words.setText)
        self.ended.connect(self._show_end)

    def begin(self) -> None:
        """Begin the work."""
        self._thread = Thread(target=self._run, name="keys", daemon=False)
        self._thread.start()

    def let_go(self) -> None:
        """Wait until the thread holds nothing of the window; it has said its end already."""
        self._thread.join()

    def reject(self) -> None:
        """Nobody leaves before the end."""
        if not self.running:
            super().accept()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window's own close button waits, too."""
        event.ignore()
        self.reject()

    def _run(self) -> None:
        try:
            self.done_ways = self._work.do(self.told.emit)
        except Refused as refused:
            self.refused = refused.reasons
        except Exception as fault:  # noqa: BLE001 (whatever happens, the ward is opened again)
            words = getattr(fault, "words", "") or self.tr("It could not be done.")
            self.refused = (str(words),)
        self.ended.emit()

    def _show_end(self) -> None:
        self.running = False
        self.bar.hide()
        self.button.setEnabled(True)
        if self.done_ways is not None:
            self.accept()
            return
        as_it_was = self.tr("The ward opens again as it was.")
        self.words.setText("\n\n".join((*self.refused, as_it_was)))
        dress(self.words, self._look, "body", "strong", "stop")
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)


def show_closed_work(look: Look, work: ClosedWork) -> NewWays | None:
    """Do the work before somebody's eyes; then the sheet. None where it was refused."""
    from bedside.desktop.recovery_dialog import RecoveryDialog

    dialog = ClosedWorkDialog(look, work)
    dialog.show()
    dialog.begin()
    dialog.exec()
    dialog.let_go()
    done = dialog.done_ways
    dialog.deleteLater()
    if done is not None:
        sheet = RecoveryDialog(look, done.code, done.sheet)
        if sheet.exec() == QDialog.DialogCode.Accepted:
            done.confirmed()
        sheet.deleteLater()
    return done
