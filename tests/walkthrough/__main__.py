"""Walks through the twelve tasks and writes WALK.md: ``python -m tests.walkthrough [FOLDER]``.

With a folder, a picture of each step is kept there. Off screen, on the smallest screen that Bedside is
made for; where ``BEDSIDE_TEST_SCREEN`` is ``xcb``, on the screen of ``xvfb-run``.
"""

import os
import sys
import tempfile
from pathlib import Path

from tests.screen import HIGH, WIDE, small_screen

os.environ["QT_QPA_PLATFORM"] = os.environ.get("BEDSIDE_TEST_SCREEN") or small_screen()
os.environ["QT_SCALE_FACTOR"] = "1"

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from bedside.app import open_ward
from bedside.demonstration import make_demonstration_ward
from bedside.desktop.page_door import every_door
from bedside.desktop.session import Session
from bedside.desktop.start import dress_window, make_application
from bedside.desktop.window import BedsideWindow
from bedside.ward.demonstration import MovableClock
from tests.desktop.conftest import MORNING, NURSE
from tests.walkthrough.hand import Hand
from tests.walkthrough.seeing import seen
from tests.walkthrough.tasks import TASKS
from tests.walkthrough.telling import page_of


def walk(pictures: Path | None) -> None:
    """Do every task and write the page."""
    with tempfile.TemporaryDirectory() as place:
        clock = MovableClock(MORNING)
        make_demonstration_ward(Path(place, "ward"), clock).store.close()
        ward = open_ward(Path(place, "ward"), clock, create=False)
        _, look = make_application(["bedside"])
        session = Session(NURSE, Path(place, "crashes"), clock)
        window = BedsideWindow(ward, look, session, every_door())
        dress_window(window, look)
        window.resize(WIDE, HIGH)
        window.show()
        window.activateWindow()
        QTest.qWaitForWindowActive(window)
        done = []
        for number, task in enumerate(TASKS, 1):
            window.show_board()

            def see(step: int, widget: QWidget, number: int = number) -> None:
                if pictures is not None:
                    name = f"task-{number:02}-step-{step}.png"
                    assert seen(window).save(str(pictures / name))

            done.append((task, Hand(window, see).do(task.steps)))
        written = Path(__file__).parent / "WALK.md"
        written.write_text("\n".join(page_of(done)) + "\n", "utf-8")
        window.close()
        ward.store.close()


if __name__ == "__main__":
    chosen = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    if chosen is not None:
        chosen.mkdir(parents=True, exist_ok=True)
    walk(chosen)
