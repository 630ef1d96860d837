"""A monkey at the keyboard: random events on the real window of a demonstration ward.

    python -m tests.faults.monkey --events 10000
    python -m tests.faults.monkey --events 10000 --seed 7 --keep ./monkey

Keys, text, clicks, wheel, drags, sizes and pages, dialogs opened and closed, in one process with a
real event loop. Nothing may be raised and not caught, Qt may warn of nothing, nothing may be recorded
but through a form's own act by a key or a click, and the audit trail must verify at the end. Acts that
took longer than 100 ms are listed, not judged. Files and papers stay in a temporary folder. The same
seed does the same again; the journal tells every act.
"""

import argparse
import faulthandler
import os
import random
import shutil
import signal
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog

from bedside.app import open_ward
from bedside.desktop.page_door import every_door
from bedside.desktop.session import Session
from bedside.desktop.start import dress_window, make_application
from bedside.desktop.window import BedsideWindow
from bedside.ward.demonstration import MovableClock
from tests.faults.monkey_hands import Hands
from tests.faults.monkey_watch import Watch
from tests.faults.scene import said
from tests.made_wards import copy_demonstration

MORNING = datetime(2026, 11, 20, 10, 42, tzinfo=ZoneInfo("Europe/Berlin"))
STEP = timedelta(seconds=2)
HANGS_S = 60  # of processor in one act: a machine at its limit is no fault of the window
WAITS_S = 1_800  # by the clock: an act that waits for what never comes


def watch_for_hanging(processor_s: float) -> None:
    """End this process, with all that it was doing, where the next act takes longer; 0 ends the watch."""
    faulthandler.cancel_dump_traceback_later()
    if processor_s:
        faulthandler.dump_traceback_later(WAITS_S, exit=True)
    if hasattr(signal, "setitimer"):
        faulthandler.register(signal.SIGVTALRM, chain=True)
        signal.setitimer(signal.ITIMER_VIRTUAL, processor_s)


class Monkey:
    """Plays so many acts, then closes what is open.

    Args:
        window: the main window.
        clock: moved on a little with each act.
        events: how many acts.
        seed: of the generator.
        watch: notes what goes wrong.
    """

    def __init__(
        self, window: BedsideWindow, clock: MovableClock, events: int, seed: int, watch: Watch
    ) -> None:
        self._window, self._clock, self._events, self._watch = window, clock, events, watch
        self._hands = Hands(window, random.Random(seed))
        self._done = 0
        self._loop = QEventLoop()

    def play(self) -> int:
        """Play to the end; return how many acts were done."""
        QTimer.singleShot(0, self._next)
        self._loop.exec()
        return self._done

    def _next(self) -> None:
        """One act. The next is ordered first: this one may open a dialog that runs its own loop."""
        if self._done >= self._events:
            self._finish()
            return
        QTimer.singleShot(0, self._next)
        if not self._window.isVisible():
            self._window.show()
        self._clock.now += STEP
        self._done += 1
        watch_for_hanging(HANGS_S)
        kind, words, act = self._hands.next_act()
        self._watch.begin(self._done, kind, words)
        self._watch.during(kind, act)

    def _finish(self) -> None:
        """Close popups and dialogs from the front, then end."""
        watch_for_hanging(0)
        front = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if front is None:
            self._loop.quit()
            return
        QTimer.singleShot(0, self._finish)
        self._watch.begin(self._done, "key", f"closes {type(front).__name__}")
        if isinstance(front, QDialog):
            front.done(0)
        else:
            front.close()


def kept_in(folder: Path, chance: random.Random) -> None:
    """Let every file dialog and every printer end in a folder, or be cancelled."""
    folder.mkdir(exist_ok=True)
    number = iter(range(10**9))

    def a_file(*_: object, **__: object) -> tuple[str, str]:
        return (str(folder / f"file-{next(number) % 50}") if chance.random() < 0.7 else "", "")

    def a_folder(*_: object, **__: object) -> str:
        return str(folder) if chance.random() < 0.7 else ""

    def to_file(dialog: QPrintDialog) -> int:
        printer = dialog.printer()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(folder / f"print-{next(number) % 50}.pdf"))
        return int(QDialog.DialogCode.Accepted)

    QFileDialog.getSaveFileName = a_file  # type: ignore[assignment, method-assign]
    QFileDialog.getOpenFileName = a_file  # type: ignore[assignment, method-assign]
    QFileDialog.getExistingDirectory = a_folder  # type: ignore[assignment, method-assign]
    QPrintDialog.exec = to_file  # type: ignore[assignment, method-assign]


def run(events: int, seed: int, above: Path) -> dict[str, object]:
    """Make the ward and the window, play, verify.

    Args:
        events: how many acts.
        seed: of the generator.
        above: an empty folder for everything.
    """
    clock = MovableClock(MORNING)
    copy_demonstration(MORNING, above / "ward")
    kept_in(above / "files", random.Random(seed))
    application, look = make_application(["bedside"])
    ward = open_ward(above / "ward", clock, create=False)
    session = Session("E. Sørensen, RN", above / "crashes", clock)
    window = BedsideWindow(ward, look, session, every_door())
    dress_window(window, look)
    watch = Watch(above / "journal.txt")
    session.not_saved.connect(lambda form, words: watch.fault(f"NOT SAVED: {words}"))
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    window.show()
    application.processEvents()
    done = Monkey(window, clock, events, seed, watch).play()
    window.hide()
    if session.backups is not None:
        session.backups.stop()  # a copy under way would write into the folder as it goes
    watch.end()
    ward.store.verify_audit()  # raises where a record or the trail was changed
    ward.store.close()
    for note in sorted((above / "crashes").glob("*")):
        watch.faults.append(f"a fault note was left: {note.read_text(encoding='utf-8')[:1500]}")
    return {
        "events": done, "seed": seed, "writes": watch.writes, "kinds": watch.kinds,
        "faults": watch.faults, "leading_up": watch.leading_up() if watch.faults else [],
        "slow": len(watch.slow), "slow_processor": sum(cpu > 100 for _, cpu, _ in watch.slow),
        "slowest": watch.slowest(15),
    }  # fmt: skip


def main() -> int:
    """Run from the command line; exit 1 where anything went wrong."""
    reader = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    reader.add_argument("--events", type=int, default=400)
    reader.add_argument("--seed", type=int, default=20261120)
    reader.add_argument("--keep", type=Path, help="keep journal, ward and files in this new folder")
    wanted = reader.parse_args()
    faulthandler.enable()
    with tempfile.TemporaryDirectory() as folder:
        above = Path(folder)
        os.environ |= {"HOME": folder, "XDG_CONFIG_HOME": folder, "XDG_DATA_HOME": folder}
        os.chdir(above)
        found = run(wanted.events, wanted.seed, above)
        if wanted.keep is not None:
            shutil.copytree(above, wanted.keep)
    said(**found)
    sys.stdout.flush()
    return int(bool(found["faults"]))


if __name__ == "__main__":
    code = main()
    os._exit(code)  # Qt's own end is not what is tried here
