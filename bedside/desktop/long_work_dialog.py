"""Work that takes longer than a moment: what is being done, how far it is, and a way to stop it.

The window is never frozen meanwhile. What needs no screen (verifying, drawing) is done in a thread of
its own; what must be done by the window itself (handing pages to a printer) is done in small steps.

Decision: whoever waits for a thread also waits until it has let go of everything. What is done holds the
page that asked for it; were the thread the last to let go, Qt's objects would end in a thread that is not
theirs, and the program would end with the next event.
"""

from collections.abc import Callable, Iterator
from threading import Thread
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

Value = TypeVar("Value")
GoOn = Callable[[], bool]
_WIDE, _MARGIN, _SPACING = 460, 24, 14


class LongWorkDialog(QDialog, Generic[Value]):
    """Shows long work until it is over; stopping it is asked for, never forced.

    Args:
        words: what is being done.
        parent: whose window it belongs to.

    Signals:
        ended: the thread is over.
    """

    ended = Signal()

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stopped = False
        self.value: Value | None = None
        self.fault: Exception | None = None
        self.running = True
        self.setWindowTitle(self.tr("Bedside"))
        self.setAccessibleName(words)
        self.setFixedWidth(_WIDE)
        self.words = QLabel(words)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("How far it is"))
        self.stop_button = QPushButton(self.tr("&Stop"))
        self.stop_button.setMinimumHeight(36)
        self.stop_button.clicked.connect(self.stop)
        self.stop_button.setAutoDefault(False)  # the Return that began it must not stop it
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN - 4, _MARGIN, _MARGIN - 4)
        column.setSpacing(_SPACING)
        column.addWidget(self.words)
        column.addWidget(self.bar)
        column.addWidget(self.stop_button, 0, Qt.AlignmentFlag.AlignRight)
        self.ended.connect(self._close)

    def stop(self) -> None:
        """Ask for the end; it comes at the next step."""
        self.stopped = True
        self.stop_button.setEnabled(False)
        self.words.setText(self.tr("Stopping…"))

    def reject(self) -> None:
        """Escape asks for the end, too."""
        self.stop()

    def closeEvent(self, event: QCloseEvent) -> None:
        """So does the window's own close button."""
        if self.running:
            event.ignore()
            self.stop()

    def in_thread(self, act: Callable[[GoOn], Value]) -> None:
        """Run something beside the window until it is over.

        Args:
            act: is given what says whether to go on, to be asked again and again.
        """

        def work() -> None:
            try:
                self.value = act(lambda: not self.stopped)
            except Exception as fault:  # noqa: BLE001 (raised again in the window's own thread)
                self.fault = fault
            self.ended.emit()

        thread = Thread(target=work, name="long work", daemon=False)
        QTimer.singleShot(0, thread.start)
        self.exec()
        self.stopped = (
            self.stopped or self.running
        )  # the program itself ends: nothing to wait long for
        if thread.ident is not None:
            thread.join()

    def in_steps(self, steps: Iterator[tuple[str, int, int]]) -> None:
        """Take steps in the window's own thread, one each time it has nothing else to do.

        Args:
            steps: each yields what is being done, how far it is, and of how much.
        """
        timer = QTimer(self)

        def step() -> None:
            try:
                if self.stopped:
                    raise StopIteration
                words, done, of = next(steps)
            except StopIteration:
                timer.stop()
                self._close()
            except Exception as fault:  # noqa: BLE001 (raised again for whoever began it)
                self.fault = fault
                timer.stop()
                self._close()
            else:
                self.words.setText(words)
                self.bar.setRange(0, of)
                self.bar.setValue(done)

        timer.timeout.connect(step)
        timer.start(0)
        self.exec()

    def _close(self) -> None:
        self.running = False
        self.accept()


def long_work(words: str, act: Callable[[GoOn], Value], parent: QWidget | None) -> Value:
    """Run something that needs no screen beside the window, before somebody's eyes.

    Args:
        words: what is being done.
        act: is given what says whether to go on; raises what it would raise anyway.
        parent: whose window it belongs to.

    Returns:
        What it returns; what it raises is raised here.
    """
    dialog: LongWorkDialog[Value] = LongWorkDialog(words, parent)
    dialog.in_thread(act)
    fault, value = dialog.fault, dialog.value
    dialog.deleteLater()
    if fault is not None:
        raise fault
    return value  # type: ignore[return-value]  # what it returned, also where that is None
