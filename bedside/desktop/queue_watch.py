"""Watches what became of a paper after its printer's queue took it: it may wait there for hours.

A printer that is switched off takes a paper all the same: the queue holds it, the record says printed,
and it comes out when nobody expects it any more.
"""

from collections.abc import Callable
from threading import Thread
from time import monotonic

from PySide6.QtCore import QObject, QTimer, Signal

from bedside.desktop.print_queue import LOST, OVER, job_state

_ASKED_EVERY_MS = 2_000
WAITS_S = 10.0  # a laser printer that sleeps has taken a page by then
_GIVEN_UP_S = 30 * 60.0


class QueueWatch(QObject):
    """Asks for one job until it has come out, was lost, or half an hour is over.

    The printing service is asked in a thread: where it hangs, the window does not.

    Args:
        name: the queue.
        title: the job's own title.
        parent: lives as long.
        ask: what tells the state of a job, by queue and title.
        every_ms: how often it is asked.
        waits_s: after how long a paper that has not come out is told.

    Signals:
        waits: it has not come out yet, and lies in the queue.
        came_out: the printer has finished it; only after ``waits``.
        lost: it was cancelled or given up in the queue.
    """

    waits = Signal()
    came_out = Signal()
    lost = Signal()

    def __init__(
        self,
        name: str,
        title: str,
        parent: QObject,
        *,
        ask: Callable[[str, str], int | None] = job_state,
        every_ms: int = _ASKED_EVERY_MS,
        waits_s: float = WAITS_S,
    ) -> None:
        super().__init__(parent)
        self._asked, self._ask = (name, title), ask
        self._waits_s, self._began = waits_s, monotonic()
        self._told, self._answers = False, list[int | None]()
        self._thread: Thread | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(every_ms)

    def end(self) -> None:
        """Ask no more."""
        self._timer.stop()

    def _look(self) -> None:
        if self._thread is not None and self._thread.is_alive():
            return
        if self._answers:
            self._judge(self._answers.pop())
        if self._timer.isActive():
            ask, asked, answers = self._ask, self._asked, self._answers
            # it holds nothing of the window: it may be the last to let go
            self._thread = Thread(target=lambda: answers.append(ask(*asked)), daemon=True)
            self._thread.start()

    def _judge(self, state: int | None) -> None:
        since = monotonic() - self._began
        if state is None or state in OVER or since > _GIVEN_UP_S:
            self.end()
        if state in LOST:
            self.lost.emit()
        elif state in OVER and self._told:
            self.came_out.emit()
        elif state is not None and state not in OVER and since >= self._waits_s and not self._told:
            self._told = True
            self.waits.emit()
