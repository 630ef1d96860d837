"""Started as a process of its own: opens a window, says when it was first painted, and closes it.

`bare`: an empty QMainWindow. `ward FOLDER`: `bedside --ward FOLDER`, through the real front door,
until the ward list is painted. Times count from the start of the process, which the parent notes in
BENCH_BEGAN (nanoseconds of the monotonic clock).
"""

import json
import os
import sys
from time import monotonic_ns

SETTLE_MS = 1000  # the list is judged by then; copies begin a second after it
GIVE_UP_MS = 20_000


def resident_mib() -> float:
    """Return the memory this process holds, in MiB."""
    with open("/proc/self/statm", encoding="ascii") as figures:  # noqa: PTH123 (no import counted)
        pages = int(figures.read().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def note_and_quit() -> None:
    """Note the moment, wait until all is still, report and quit."""
    from PySide6.QtCore import QCoreApplication, QTimer

    painted = (monotonic_ns() - int(os.environ["BENCH_BEGAN"])) / 1e6

    def report() -> None:
        print(json.dumps({"first_paint_ms": painted, "rss_mib": resident_mib()}), flush=True)
        QCoreApplication.quit()

    QTimer.singleShot(SETTLE_MS, report)


def bare() -> int:
    """Open an empty main window."""
    from PySide6.QtCore import QCoreApplication, QTimer
    from PySide6.QtWidgets import QApplication, QMainWindow

    class Window(QMainWindow):
        painted = False

        def paintEvent(self, event: object) -> None:
            super().paintEvent(event)
            if not self.painted:
                self.painted = True
                # runs when the paint itself, and what it belongs to, is done
                QTimer.singleShot(0, note_and_quit)

    application = QApplication(sys.argv[:1])
    window = Window()
    window.resize(1366, 768)
    window.show()
    QTimer.singleShot(GIVE_UP_MS, QCoreApplication.quit)
    return application.exec()


def ward(folder: str) -> int:
    """Open a ward as `bedside --ward FOLDER` does, until the ward list's first row is painted."""

    def watch() -> None:
        from PySide6.QtCore import QTimer

        from bedside.desktop.board_delegate import BoardDelegate

        paint = BoardDelegate.paint
        painted: list[bool] = []

        def paint_and_note(self: object, *cell: object) -> None:
            paint(self, *cell)
            if not painted:
                painted.append(True)
                QTimer.singleShot(0, note_and_quit)

        BoardDelegate.paint = paint_and_note

    import bedside.app

    run = bedside.app.run_desktop

    def run_watched(*args: object, **options: object) -> int:
        watch()
        return run(*args, **options)

    bedside.app.run_desktop = run_watched
    from bedside.cli import main

    return main(["--ward", folder, "--by", "Bench"])


if __name__ == "__main__":
    # The application quits by itself, so what runs at its end does not count.
    raise SystemExit(bare() if sys.argv[1] == "bare" else ward(sys.argv[2]))
