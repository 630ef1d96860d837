"""Started as a process of its own: opens a window, says when it was first painted, and closes it.

`bare`: an empty QMainWindow. `ward FOLDER`: `bedside --ward FOLDER`, through the real front door,
until the ward list is painted. Times count from the start of the process, which the parent notes in
BENCH_BEGAN (nanoseconds of the monotonic clock).
"""

import json
import os
import sys
from time import monotonic_ns

SETTLE_MS = 300
GIVE_UP_MS = 20_000


def resident_mib() -> float:
    """Return the memory this process holds, in MiB."""
    with open("/proc/self/statm", encoding="ascii") as figures:  # noqa: PTH123 (no import counted)
        pages = int(figures.read().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def watch(widgets: list) -> None:
    """Watch for the first paint of any of these widgets, then report and quit."""
    from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer

    class FirstPaint(QObject):
        painted = 0.0

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and not self.painted:
                self.painted = 1.0
                # runs when the paint itself, and what it belongs to, is done
                QTimer.singleShot(0, self.note)
            return False

        def note(self) -> None:
            self.painted = (monotonic_ns() - int(os.environ["BENCH_BEGAN"])) / 1e6
            QTimer.singleShot(SETTLE_MS, self.report)

        def report(self) -> None:
            print(
                json.dumps({"first_paint_ms": self.painted, "rss_mib": resident_mib()}), flush=True
            )
            QCoreApplication.quit()

    first = FirstPaint(QCoreApplication.instance())
    for widget in widgets:
        widget.installEventFilter(first)
    QTimer.singleShot(GIVE_UP_MS, QCoreApplication.quit)


def bare() -> int:
    """Open an empty main window."""
    from PySide6.QtWidgets import QApplication, QMainWindow

    application = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.resize(1366, 768)
    window.show()
    watch([window])
    return application.exec()


def ward(folder: str) -> int:
    """Open a ward as `bedside --ward FOLDER` does."""
    from PySide6.QtWidgets import QAbstractItemView, QApplication

    run = QApplication.exec

    def exec_and_watch(*_: object) -> int:
        # the list paints on its viewport; only that is watched, so that watching costs nothing
        watch(
            [
                view.viewport()
                for window in QApplication.topLevelWidgets()
                for view in window.findChildren(QAbstractItemView)
            ]
        )
        return run()

    QApplication.exec = exec_and_watch
    from bedside.cli import main

    return main(["--ward", folder, "--by", "Bench"])


if __name__ == "__main__":
    # The application quits by itself, so what runs at its end does not count.
    raise SystemExit(bare() if sys.argv[1] == "bare" else ward(sys.argv[2]))
