"""Work that nobody waits for, a little at a time while the window is idle, so that later nobody waits for it."""

from collections.abc import Callable
from typing import TYPE_CHECKING
from weakref import ref

from PySide6.QtCore import QTimer

if TYPE_CHECKING:
    from bedside.desktop.window import BedsideWindow

A_BREATH_MS = 40  # between two pieces of work that nobody waits for


def make_pages(window: "BedsideWindow") -> None:
    """Make the pages of an infant before one is opened, one at a time: a page made already opens sooner."""
    there, frame = ref(window), ref(window.frame)

    def one_more() -> bool:
        seen = there()
        if seen is None or seen.frame is not frame() or seen.frame.isHidden():
            return False  # of another look, another person's, or locked: then it is begun anew
        return seen.pages.make_ahead()

    go_on(window, A_BREATH_MS, one_more)


def go_on(window: "BedsideWindow", pause_ms: int, step: Callable[[], bool]) -> None:
    """Call a step again and again while it asks for more and the window is seen.

    Args:
        window: the window; the work ends with it.
        pause_ms: milliseconds between two steps, in which keys are answered.
        step: does a little, and says whether there is more.
    """
    timer = QTimer(window)  # it goes with the window: one that is closed is not held on to
    timer.setInterval(pause_ms)
    there, ticking = ref(window), ref(timer)

    def tick() -> None:
        seen, ticks = there(), ticking()
        if (seen is None or not seen.isVisible() or not step()) and ticks is not None:
            ticks.stop()

    timer.timeout.connect(tick)
    timer.start()
