"""Brings the vial clock over the whole screen back: after the screen was locked, and after a restart."""

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from bedside.desktop.start import station

if TYPE_CHECKING:
    from bedside.desktop.window import BedsideWindow

KEPT = "vial_clock_full"


def clock_kept() -> int | None:
    """The dose whose clock this workstation shows over the whole screen; None for none."""
    kept = str(station().value(KEPT, ""))
    return int(kept) if kept.isascii() and kept.isdecimal() else None


def clock_again(window: "BedsideWindow") -> None:
    """Show the clock that was shown before, once the window is at rest; nothing where none was.

    Args:
        window: the window; a locked one shows it when it is unlocked.
    """
    if clock_kept() is not None:
        QTimer.singleShot(0, window, lambda: _show(window))


def _show(window: "BedsideWindow") -> None:
    dose_id = clock_kept()
    if dose_id is None or (window.locking is not None and window.locking.locked):
        return
    from bedside.desktop.vial_full import show_full
    from bedside.units.refusal import Refused
    from bedside.ward.clock_full import clock_shown

    with suppress(Refused):  # a restored ward may not have it
        if clock_shown(window.ward, dose_id) is not None:
            show_full(window, dose_id)
