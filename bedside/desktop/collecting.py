"""Python's garbage is collected in the window's thread alone, between two events.

A collection runs in whichever thread makes the next object. When that is a thread that copies the
ward, and the garbage holds a page that was closed, Qt's objects end in a thread that is not theirs:
their timers cannot be stopped there, and the program may fall. So nothing is collected by itself
while a window is open; a timer of the window looks whether a collection is due, by Python's own
counts and bounds.
"""

import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

EVERY_MS = 1000
COLLECTING = "collecting"


def collect_here(window: "QObject") -> None:
    """Collect in this thread alone from now on, as long as the window lives.

    Args:
        window: whose thread collects; the caller enables collecting again after it is gone.
    """
    from PySide6.QtCore import QTimer

    gc.disable()
    clock = QTimer(window)
    clock.setObjectName(COLLECTING)
    clock.setInterval(EVERY_MS)
    clock.timeout.connect(collect_what_is_due)
    clock.start()


def collect_what_is_due() -> int | None:
    """Collect the oldest generation whose bound is passed; return which one, None for none."""
    counts, bounds = gc.get_count(), gc.get_threshold()
    for generation in reversed(range(len(counts))):
        if counts[generation] > bounds[generation]:
            gc.collect(generation)
            return generation
    return None
