"""Makes copies of the ward by itself: after some saves, after some minutes, and when it is told to.

Everything is done in one thread beside the window, one thing after the other; what was found comes
back as signals. No thread waits while there is nothing to do.
"""

import time
from collections import deque
from collections.abc import Callable
from datetime import timedelta
from threading import Lock, Thread

from PySide6.QtCore import QObject, QTimer, Signal

from bedside.desktop.save import write_fault_note
from bedside.desktop.session import Session
from bedside.units.refusal import Refused
from bedside.ward.backup import after_a_save, back_up, back_up_newer, check_newest, due, state
from bedside.ward.downtime_sheets import downtime_due, make_downtime
from bedside.ward.views.backup import BackupState
from bedside.ward.ward import Ward

_LOOK_MS = 30_000
_DELAY_S, _LONGEST_S = 60, 3600  # after a drawing that failed; twice as long each time


class BackupClock(QObject):
    """Copies of one ward, while its window is open.

    Signals:
        copied: a copy was made; carries a `BackUpDone`.
        failed: something could not be done; carries it in words.
        answered: a job that was given to `beside` is over; carries its name and what it returned.
        busy_changed: work begins or ends.
        downtime_told: how far the downtime sheets are that somebody asked for, and of how much.
    """

    copied = Signal(object)
    failed = Signal(str)
    answered = Signal(str, object)
    busy_changed = Signal(bool)
    downtime_told = Signal(int, int)

    def __init__(self, ward: Ward, session: Session) -> None:
        super().__init__(session)
        self.ward, self.session = ward, session
        self.trouble = ""  # of the last copy, in words
        self._saves = 0
        self._recorded = 0  # saves of this sitting
        self._found_at: dict[int, int] = {}  # the same when something of the copies was found out
        self._since = time.monotonic()  # the last copy, or the last look that found nothing newer
        self._newer = 0
        self._queue: deque[tuple[str, Callable[[], object]]] = deque()
        self._lock = Lock()
        self._thread: Thread | None = None
        self._stopped = self._no_downtime = False
        self._not_drawn = (
            ""  # why the downtime sheets could not be drawn by themselves, once it was said
        )
        self._draw_from, self._delay = 0.0, _DELAY_S
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        session.saved.connect(self._saved)
        session.locked.connect(self._locked)
        self.answered.connect(self._take)
        if not ward.store.read_only or ward.store.away is not None:
            self._timer.start(_LOOK_MS)
            self.beside("first look", self._first_look)

    def look(self) -> None:
        """See how old the last copy is; make one when it is due, and there is something to copy from."""
        if self.ward.store.away is not None:
            return
        self.beside("look", self._looked)

    def back_up(self, why: str, *, soon: bool = False) -> None:
        """Make a copy now; ``soon``: in the midst of work, so of a large ward only what changed."""
        self._saves, self._since = 0, time.monotonic()
        self.beside("copy", lambda: back_up(self.ward, why, soon=soon))
        self.beside("state", lambda: state(self.ward))

    def print_downtime(self) -> None:
        """Draw the downtime sheets now, to where they always go."""
        self._no_downtime = False
        self.beside(
            "downtime", lambda: make_downtime(self.ward, who=self.session.who, told=self._told)
        )

    def stop_downtime(self) -> None:
        """Stop the downtime sheets that are being drawn; the last ones stay."""
        self._no_downtime = True

    def _told(self, done: int, of: int) -> bool:
        """From the thread: how far it is; whether to go on."""
        self.downtime_told.emit(done, of)
        return not (self._no_downtime or self._stopped)

    def beside(self, name: str, act: Callable[[], object]) -> None:
        """Do something in the thread, after what waits already."""
        with self._lock:
            if self._stopped or (name == "look" and any(each == name for each, _ in self._queue)):
                return
            self._queue.append((name, act))
            if self._thread is not None:
                return
            self._thread = Thread(target=self._work, name="copies", daemon=True)
            self._thread.start()
        self.busy_changed.emit(True)

    @property
    def busy(self) -> bool:
        """Whether something is being done."""
        return self._thread is not None

    def wait(self) -> None:
        """Wait until nothing is being done."""
        thread = self._thread
        if thread is not None:
            thread.join()

    @property
    def stopped(self) -> bool:
        """Whether nothing more is begun: what takes long gives up."""
        return self._stopped

    def stop(self) -> None:
        """Begin nothing more, and wait for what is being done."""
        with self._lock:
            self._stopped = True
            self._queue.clear()
        self._timer.stop()
        self.wait()

    def _saved(self, _form: object) -> None:
        self._saves += 1
        self._recorded += 1
        if self.session.copies is not None:  # taken away with the save itself
            self.session.see_copies(after_a_save(self.session.copies))
        if not self._newer:
            self._newer, self._since = 1, time.monotonic()
        if due(self._saves, timedelta(0), self._newer):
            self.back_up(due(self._saves, timedelta(0), self._newer), soon=True)

    def _locked(self) -> None:
        """Whoever locks the screen goes away: what was recorded is copied, if it is not yet."""
        if self.ward.store.read_only:
            return
        self.beside("copy", lambda: back_up_newer(self.ward, "lock"))
        self.beside("state", lambda: state(self.ward))

    def _first_look(self) -> BackupState:
        found = check_newest(self.ward)
        if found:
            self.failed.emit(found)
        return state(self.ward)

    def _looked(self) -> BackupState:
        if time.monotonic() >= self._draw_from and downtime_due(self.ward):
            self._draw_downtime()
        return state(self.ward)

    def _draw_downtime(self) -> None:
        """Draw the sheets that are due; where that fails, say so once and try again later and later."""
        words = ""
        try:
            make_downtime(self.ward, who="")
        except Refused as refused:
            words = " ".join(refused.reasons)
        except Exception as fault:  # noqa: BLE001 - copies go on, whatever is wrong with the sheets
            words = getattr(fault, "words", "") or self.tr(
                "The downtime sheets could not be drawn."
            )
            if words != self._not_drawn:
                write_fault_note(self.session, fault)
        self._delay = min(2 * self._delay, _LONGEST_S) if words and self._not_drawn else _DELAY_S
        self._draw_from = time.monotonic() + self._delay if words else 0.0
        if words and words != self._not_drawn:
            self.failed.emit(words)
        self._not_drawn = words

    def _work(self) -> None:
        while True:
            with self._lock:
                if not self._queue:
                    self._thread = None
                    break
                name, act = self._queue.popleft()
            recorded = self._recorded
            try:
                found = act()
                if isinstance(found, BackupState):
                    self._found_at[id(found)] = recorded
                self.answered.emit(name, found)
            except Refused as refused:
                self.failed.emit(" ".join(refused.reasons))
            except Exception as fault:  # noqa: BLE001 - a copy must never take the window with it
                write_fault_note(self.session, fault)
                self.failed.emit(getattr(fault, "words", "") or self.tr("It could not be done."))
        self.busy_changed.emit(False)

    def _take(self, name: str, found: object) -> None:
        """In the window's thread: keep what was found, and go on where a copy is due."""
        if isinstance(found, BackupState):
            if self._found_at.pop(id(found), self._recorded) != self._recorded:
                found = after_a_save(found)  # something was recorded while it was looked up
            self._newer = found.newer
            if not found.newer:
                self._saves, self._since = 0, time.monotonic()
            self.session.see_copies(found)
            waited = timedelta(seconds=time.monotonic() - self._since)
            why = due(self._saves, waited, found.newer)
            if why and name != "state":
                self.back_up(why)
        elif name == "copy" and found is not None:
            self.copied.emit(found)


def backups_of(ward: Ward, session: Session) -> BackupClock:
    """The clock of a sitting, made when it is first wanted."""
    if session.backups is None:
        session.backups = BackupClock(ward, session)
    return session.backups
