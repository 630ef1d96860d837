"""The window's time: the clock in its top bar, and what is read anew each second or each full minute."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from bedside.units.dates import write_time

if TYPE_CHECKING:
    from bedside.desktop.window import BedsideWindow

_SECOND, _MINUTE = 1000, 60_000  # ms


class Ticking(QTimer):
    """Keeps a window at the time it is.

    Args:
        window: shows it; `set_pace` begins.
    """

    def __init__(self, window: "BedsideWindow") -> None:
        super().__init__(window)
        self._window = window
        self._minute = ""
        self.timeout.connect(self.tick)

    def set_pace(self) -> None:
        """Tick each second while a vial clock runs, else at each full minute."""
        if self._window.board_page.model.clocks_run():
            self.start(_SECOND)
        else:
            now = self._window.ward.now()
            left = _MINUTE - now.second * _SECOND - now.microsecond // 1000
            self.start(max(left, 100))

    def tick(self) -> None:
        """Move the clocks on; at a new minute, read what is in sight anew. Nothing while it is locked."""
        window = self._window
        if window.locking is not None and window.locking.locked:
            return
        now, on_patient = window.ward.now(), window.frame.on_patient
        if write_time(now) == self._minute:
            model = window.board_page.model
            (window.band if on_patient else model).tick(now)
            if not model.clocks_run():
                self.set_pace()
            return
        self.show_time(now)
        if not on_patient:
            window.refresh_board(keep_order=True)
            return
        window.refresh_banner()
        if window.pages.index == 0:
            window.pages.refresh()
        self.set_pace()

    def show_time(self, now: datetime) -> None:
        """Say what time it is, when something was saved last, and in which zone that is meant."""
        self._minute = write_time(now)
        self._window.topbar.show_time(now)
        ward = self._window.ward
        self._window.status.show_saved(
            ward.last_recorded, now, newest=ward.last_saved, apart=ward.minutes_apart
        )
        self._window.status.show_zone(self._window.ward.zone_note)
