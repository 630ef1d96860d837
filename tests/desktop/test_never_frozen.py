"""Long work never freezes the window: while it waits, the window answers a key.

No clock measures it. Each piece of long work is made to wait until the window has taken a key that is
pressed meanwhile; done in the window's own thread it would wait for ever, and a watchdog lets it go on
and fails the test.
"""

from collections.abc import Callable, Iterator
from threading import Event, current_thread, main_thread
from types import ModuleType

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from bedside.desktop import backup_clock, backup_page, broken_trail, protocol_book_panel
from bedside.desktop.backup_clock import BackupClock, backups_of
from bedside.desktop.backup_page import BackupPage
from bedside.desktop.save import RefusalNote
from bedside.desktop.window import BedsideWindow
from tests.desktop.test_backup_page import calm

_WATCHDOG_S = 10.0  # after which a frozen window is let go on


class Held:
    """Work that goes on only once the window has taken a key; says how it went."""

    def __init__(self, qtbot, monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str):
        self.begun, self.answered = Event(), Event()
        self.beside = self.in_time = False
        self.field = QLineEdit()  # a window of its own: no form of the program minds the key
        qtbot.addWidget(self.field)
        self.field.show()
        self._timer = QTimer(self.field)
        self._timer.timeout.connect(self._press)
        self._timer.start(5)
        real: Callable[..., object] = getattr(module, name)

        def held(*args: object, **options: object) -> object:
            self.beside = current_thread() is not main_thread()
            self.begun.set()
            self.in_time = self.answered.wait(_WATCHDOG_S)
            return real(*args, **options)

        monkeypatch.setattr(module, name, held)

    def _press(self) -> None:
        """From the window's own loop, while the work waits."""
        if self.begun.is_set() and not self.answered.is_set():
            QTest.keyClicks(self.field, "6")
            QApplication.processEvents()
            if self.field.text() == "6":
                self.answered.set()

    @property
    def went_well(self) -> bool:
        return self.beside and self.in_time


@pytest.fixture
def copies(ward, session, qtbot) -> Iterator[BackupClock]:
    made = backups_of(ward, session)
    calm(qtbot, made)
    yield made
    made.stop()


@pytest.fixture
def backup(qtbot, window: BedsideWindow, copies: BackupClock) -> BackupPage:
    window.frame.show_backup()
    qtbot.waitUntil(lambda: window.frame.backup is not None)
    calm(qtbot, copies)
    return window.frame.backup


def copy_chosen(made: BackupPage, clock: BackupClock, qtbot) -> None:
    """A copy that can be read and restored, the first of the list."""
    made.now_button.click()
    calm(qtbot, clock)
    made.table.selectRow(0)
    assert made.chosen is not None


@pytest.mark.parametrize(
    ("module", "name", "press"),
    [
        (backup_clock, "back_up", lambda made: made.back_up_now()),
        (backup_clock, "state", lambda made: made.back_up_now()),
        (backup_clock, "make_downtime", lambda made: made.print_downtime()),
        (backup_page, "check", lambda made: made.check_chosen()),
        (backup_page, "preview", lambda made: made.restore_chosen()),
        (backup_clock, "back_up_newer", lambda made: made.clock.session.locked.emit()),
    ],
    ids=["copy", "how old", "downtime sheets", "check a copy", "before a restore", "at a lock"],
)
def test_copies_and_papers_of_the_whole_ward_are_made_beside_the_window(
    qtbot,
    monkeypatch,
    copies: BackupClock,
    backup: BackupPage,
    module,
    name,
    press,
):
    copy_chosen(backup, copies, qtbot)
    # the question that follows waits for people
    monkeypatch.setattr(backup, "_ask", lambda seen: None)
    held = Held(qtbot, monkeypatch, module, name)
    press(backup)
    qtbot.waitUntil(held.answered.is_set, timeout=20_000)
    calm(qtbot, copies)
    assert held.went_well


def test_the_whole_record_is_verified_beside_the_window(
    qtbot,
    monkeypatch,
    copies: BackupClock,
    window: BedsideWindow,
):
    held = Held(qtbot, monkeypatch, broken_trail, "check_record")
    broken_trail.begin_watch(window, copies)
    qtbot.waitUntil(held.answered.is_set, timeout=20_000)
    calm(qtbot, copies)
    assert held.went_well


def test_the_review_book_is_drawn_beside_the_window_and_can_be_stopped(
    qtbot, monkeypatch, window: BedsideWindow
):
    panel = protocol_book_panel.BookPanel(
        window.ward, window.look, window.session, RefusalNote(window.look)
    )
    held = Held(qtbot, monkeypatch, protocol_book_panel, "draw_review_book")
    seen = []

    def look() -> None:
        over = QApplication.activeModalWidget()
        if over is not None:
            seen.append((over.stop_button.isEnabled(), over.bar.isVisible()))

    QTimer.singleShot(50, look)
    assert panel._draw("aall15p1").startswith(b"%PDF")
    assert held.went_well and seen == [(True, True)]


def test_work_in_the_windows_own_thread_is_found(qtbot, monkeypatch):
    """What this file measures with finds what it is for."""
    monkeypatch.setattr(f"{__name__}._WATCHDOG_S", 0.2)
    module = ModuleType("somewhere")
    module.work = lambda: "done"
    held = Held(qtbot, monkeypatch, module, "work")
    assert module.work() == "done"
    qtbot.wait(20)
    assert not held.beside and not held.in_time and not held.went_well
