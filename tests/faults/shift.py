"""A shift of eight hours at the window: saves, papers, infants and locks, while the process is watched.

    python -m tests.faults.shift --saves 3000

One nurse of a ward with people records vital signs and counts by keys, goes from infant to infant,
looks at papers as PDFs, and is locked out now and then and comes back with her PIN. The ward's clock
runs through eight hours, whatever time the machine needs. After the warm-up the process must stay as
it is: memory, descriptors, threads, objects of Qt and the write-ahead log.
"""

import argparse
import faulthandler
import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from zoneinfo import ZoneInfo

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from bedside.app import open_ward
from bedside.desktop.counts_page import CountsPage
from bedside.desktop.doses_page import DosesPage
from bedside.desktop.fever_page import FeverPage
from bedside.desktop.locking import Locking
from bedside.desktop.page_door import every_door
from bedside.desktop.session import Session
from bedside.desktop.start import dress_window, make_application
from bedside.desktop.window import BedsideWindow
from bedside.store.queries import all_of
from bedside.store.records import Infant
from bedside.ward.demonstration import MovableClock
from bedside.ward.people_secrets import set_pin
from bedside.ward.ward import Ward
from tests.faults.scene import said
from tests.made_wards import copy_demonstration
from tests.ward.peopled import BERG, SECRETS, enter, peopled

EVENING = datetime(2026, 11, 20, 10, 42, tzinfo=ZoneInfo("Europe/Berlin"))
SHIFT = timedelta(hours=8)
PIN = "8305"
COUNTS, FEVER, DOSES = 2, 5, 6
PER_INFANT, PER_PAPER, PER_LOCK = 6, 15, 150
WARM_UP = 0.25
LIMITS = {"rss_mb": 30.0, "descriptors": 4.0, "threads": 2.0, "objects": 400.0}
MOST_WAL_MB = 8.0


@dataclass
class Seen:
    """What the process looked like, again and again."""

    rss_mb: list[float] = field(default_factory=list)
    descriptors: list[float] = field(default_factory=list)
    threads: list[float] = field(default_factory=list)
    objects: list[float] = field(default_factory=list)
    wal_mb: list[float] = field(default_factory=list)

    def look(self, folder: Path) -> None:
        """Look once, after everything that was to be deleted is."""
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
        self.rss_mb.append(int(pages) * os.sysconf("SC_PAGE_SIZE") / 2**20)
        self.descriptors.append(len(list(Path("/proc/self/fd").iterdir())))
        self.threads.append(threading.active_count())
        tops = QApplication.topLevelWidgets()
        self.objects.append(sum(len(top.findChildren(QObject)) + 1 for top in tops))
        logs = folder.glob("*-wal")
        self.wal_mb.append(max((log.stat().st_size for log in logs), default=0) / 2**20)

    def last(self) -> dict[str, float]:
        """The newest look."""
        return {name: round(getattr(self, name)[-1], 1) for name in (*LIMITS, "wal_mb")}

    def growth(self) -> dict[str, float]:
        """How much each grew from the end of the warm-up to the end: medians of five looks."""
        found = {}
        for name in LIMITS:
            values = getattr(self, name)
            warm = int(len(values) * WARM_UP)
            found[name] = round(median(values[-5:]) - median(values[warm : warm + 5]), 2)
        return found


class Shift:
    """One nurse's eight hours.

    Args:
        window: on the ward.
        clock: set through the shift.
        saves: how many records she makes.
    """

    def __init__(self, window: BedsideWindow, clock: MovableClock, saves: int) -> None:
        self._window, self._clock, self._saves = window, clock, saves
        self._step = SHIFT / saves
        self._visit = clock.now
        self.saved = self.refused = self.papers = self.infants = self.locks = 0
        with window.ward.store.reading() as connection:
            self._ids = [row.id for row in all_of(connection, Infant)]

    def work(self) -> Iterator[int]:
        """Do it all, one record at a time; gives the record's number."""
        for number in range(self._saves):
            self._clock.now += self._step
            if number % PER_LOCK == PER_LOCK // 10:
                self._lock()
            if number % PER_INFANT == 0:
                self._next_infant(number // PER_INFANT)
            if number % PER_PAPER == 0:
                self._paper()
            if number % 3 == 2:
                self._count(number % PER_INFANT)
            else:
                self._vital_signs(number)
            QApplication.processEvents()
            yield number

    def _next_infant(self, number: int) -> None:
        window, self._visit = self._window, self._clock.now
        window.show_board()
        window.open_infant(self._ids[number % len(self._ids)])
        self.infants += 1

    def _page(self, number: int) -> QWidget:
        key = getattr(Qt.Key, f"Key_{number + 1}")
        QTest.keyClick(self._window, key, Qt.KeyboardModifier.ControlModifier)
        if self._window.pages.index != number:
            self._window.show_page(number)
        page = self._window.pages.page
        assert isinstance(page, QWidget)
        return page

    def _count(self, back: int) -> None:
        """Platelets and haemoglobin as they were last, of some minutes ago; the rest was not asked."""
        page = self._page(COUNTS)
        assert isinstance(page, CountsPage)
        form = page.form
        form.when.date.set_value(self._taken(back).date())
        _type(form.when.time.edit, f"{self._taken(back):%H:%M}")
        view = page._view
        last = next((row for row in view.rows if row.platelets_per_ul), None) if view else None
        platelets = 86_000 if last is None else last.platelets_per_ul or 86_000
        for key, line in form.lines.items():
            if key == "platelets":
                _type(line.field.edit, str(platelets // 1000))
            else:
                line.state.choose("not asked")
        self._told(page.record_button.isEnabled())
        page.record_button.click()
        form.clear()

    def _vital_signs(self, number: int) -> None:
        page = self._page(FEVER)
        assert isinstance(page, FeverPage)
        back = number % PER_INFANT
        page.form.date.set_value(self._taken(back).date())
        _type(page.form.time.edit, f"{self._taken(back):%H:%M}")
        _type(page.form.numbers["heart-rate"].edit, str(118 + number % 9))
        _type(page.form.numbers["breaths"].edit, str(28 + number % 4))
        before = page.form.record_button.isEnabled()
        page.record()
        self._told(before and not page.is_dirty())
        page.form.clear(self._window.ward.wall_clock())

    def _taken(self, back: int) -> datetime:
        """Some minutes before this visit: each of its records has a minute of its own, at any pace."""
        return self._window.ward.local(self._visit) - timedelta(minutes=back)

    def _paper(self) -> None:
        page = self._page(DOSES)
        assert isinstance(page, DosesPage)
        view = page._view
        ready = [one for one in view.papers if not one.refused] if view else []
        if ready:
            page.preview_paper(ready[self.papers % len(ready)].key)
            self.papers += 1

    def _lock(self) -> None:
        """The screen locks itself; her PIN brings back what was there."""
        locking = self._window.locking
        assert locking is not None
        locking.lock()
        QApplication.processEvents()
        QTest.keyClicks(locking.page.secret, PIN)
        QTest.keyClick(locking.page.secret, Qt.Key.Key_Return)
        QApplication.processEvents()
        if locking.locked:
            raise RuntimeError("the PIN did not open the screen: the scene is broken")
        self.locks += 1

    def _told(self, was_saved: bool) -> None:
        self.saved += was_saved
        self.refused += not was_saved


def _type(edit: QWidget, text: str) -> None:
    edit.setFocus()
    QTest.keyClick(edit, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(edit, text)
    QTest.keyClick(edit, Qt.Key.Key_Tab)


def window_of(ward: Ward, above: Path, clock: MovableClock) -> BedsideWindow:
    """The window of a ward with people, the nurse signed in by her passphrase."""
    application, look = make_application(["bedside"])
    ward.demonstration = False  # its locks and its people are those of a real ward
    peopled(ward)
    enter(ward, BERG)
    assert ward.signed_in is not None
    set_pin(ward, SECRETS[BERG], (PIN, PIN), who=ward.signed_in.who)
    ward.signed_in = None
    window = BedsideWindow(ward, look, Session("", above / "crashes", ward.now), every_door())
    Locking(window, ward, window.session).begin()
    dress_window(window, look)
    window.show()
    window.activateWindow()
    application.processEvents()
    page = window.locking.page
    if not page.choosing:
        page.other.click()
    QTest.keyClicks(page.person.edit, BERG[:3])
    QTest.keyClick(page.person.edit, Qt.Key.Key_Return)
    QTest.keyClicks(page.secret, SECRETS[BERG])
    QTest.keyClick(page.secret, Qt.Key.Key_Return)
    application.processEvents()
    return window


def run(saves: int, above: Path, every: int) -> dict[str, object]:
    """Work a shift and tell how the process fared.

    Args:
        saves: how many records.
        above: an empty folder.
        every: look at the process each so many records.
    """
    clock = MovableClock(EVENING)
    copy_demonstration(EVENING, above / "ward")
    ward = open_ward(above / "ward", clock, create=False)
    window = window_of(ward, above, clock)
    shift, seen = Shift(window, clock, saves), Seen()
    for number in shift.work():
        if number % every == every - 1:
            seen.look(above / "ward")
            if number % (10 * every) == 10 * every - 1:
                print(number + 1, seen.last(), file=sys.stderr, flush=True)  # noqa: T201
    window.locking.end()
    window.hide()
    ward.store.verify_audit()
    ward.store.close()
    growth = seen.growth()
    over = [name for name, most in LIMITS.items() if growth[name] > most]
    if max(seen.wal_mb) > MOST_WAL_MB:
        over.append("wal_mb")
    return {
        "saves": saves, "saved": shift.saved, "refused": shift.refused, "papers": shift.papers,
        "infants": shift.infants, "locks": shift.locks, "growth": growth,
        "last": seen.last(),
        "most_wal_mb": round(max(seen.wal_mb), 2), "over": over,
        "notes": [note.read_text(encoding="utf-8") for note in (above / "crashes").glob("*")],
    }  # fmt: skip


def main() -> int:
    """Run from the command line; exit 1 where something grew or was not saved."""
    reader = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    reader.add_argument("--saves", type=int, default=60)
    reader.add_argument("--every", type=int, default=0, help="look each so many saves")
    wanted = reader.parse_args()
    faulthandler.enable()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"HOME": folder, "XDG_CONFIG_HOME": folder, "XDG_DATA_HOME": folder}
        found = run(wanted.saves, Path(folder), wanted.every or max(wanted.saves // 60, 1))
    said(**found)
    sys.stdout.flush()
    return int(bool(found["over"] or found["refused"] or found["notes"]))


if __name__ == "__main__":
    code = main()
    os._exit(code)  # Qt's own end is not what is tried here
