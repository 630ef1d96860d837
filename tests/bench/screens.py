"""What a person waits for at the screen: another infant, the timeline moved, a long table scrolled."""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.bench.measure import LEAST_RUNS, Measure
from tests.bench.trending import FRAME_MS

SWITCH_MS, REPAINT_MS = 80.0, 8.0
SWITCH = "another infant opened and painted"
REPAINT = "timeline of two years repainted, slowest zoom"
ZOOM = "timeline zoomed by one step and repainted"
SCROLL = "table of 100 000 counts scrolled by a page"
FIRST = "slowest page of an infant, opened for the first time"
THEME = "another theme, every page of an infant opened before"
BLINK_MS = 100.0  # a window that stands still for longer is frozen
LIMIT = "what it may take"
TABLE_ROWS = 100_000
_COUNTS = 2


def measure_screens(folder: Path, runs: int) -> list[Measure]:
    """Time each in milliseconds against what it may take.

    Args:
        folder: an empty folder for the demonstration ward.
        runs: how many times each is done, 7 at least.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from bedside.desktop.plain_import import import_plainly

    import_plainly()  # as the program does
    from bedside.desktop.start import make_application

    _, look = make_application(["bedside"], "light")
    runs = max(runs, LEAST_RUNS)
    first, theme = _pages(look, folder / "pages", runs)
    repaint, zoom = _timeline(look, runs)
    return [
        _against(FIRST, first, BLINK_MS),
        _against(THEME, theme, BLINK_MS),
        _against(SWITCH, _switch(look, folder / "ward", runs), SWITCH_MS),
        _against(REPAINT, repaint, REPAINT_MS),
        _against(ZOOM, zoom, FRAME_MS),
        _against(SCROLL, _scroll(look, runs), FRAME_MS),
    ]


def _against(name: str, ours: float, floor: float) -> Measure:
    return Measure(name, LIMIT, "ms", ours, floor, 1.0)


def _pages(look: object, ward_folder: Path, runs: int) -> tuple[float, float]:
    """The slowest first opening of a page, made while nobody waited, and a change of theme on the page of counts."""
    from PySide6.QtCore import QEvent
    from PySide6.QtWidgets import QApplication

    from bedside.app import system_clock
    from bedside.demonstration import make_demonstration_ward
    from bedside.desktop.page_door import every_door
    from bedside.desktop.session import Session
    from bedside.desktop.start import dress_window
    from bedside.desktop.theme_change import other_theme
    from bedside.desktop.window import BedsideWindow
    from bedside.ward.board import board

    ward = make_demonstration_ward(ward_folder, system_clock())

    def timed(act: Callable[[], object]) -> float:
        began = perf_counter()
        act()
        QApplication.processEvents()
        return (perf_counter() - began) * 1000

    try:
        window = BedsideWindow(ward, look, Session("Bench", None, ward.now), every_door())
        dress_window(window, look)
        window.show()
        QApplication.processEvents()
        while window.pages.make_ahead():  # as the program does once the ward list stands
            QApplication.processEvents()
        infant = board(ward).rows[0].infant_id
        opened = (partial(window.show_page, number) for number in range(1, len(window.doors)))
        first = [timed(lambda: window.open_infant(infant)), *map(timed, opened)]
        themes = []
        for _ in range(runs):
            for number in range(len(window.doors)):
                window.show_page(number)
            window.show_page(_COUNTS)
            QApplication.processEvents()
            themes.append(timed(partial(other_theme, window)))
            # no loop of Qt's runs here that lets go of the frame before
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        window.close()
        return max(first), median(themes)
    finally:
        ward.store.close()


def _switch(look: object, ward_folder: Path, runs: int) -> float:
    """Go from infant to infant in the real window, until Qt has painted the band and the page."""
    from PySide6.QtCore import QEvent, QObject
    from PySide6.QtWidgets import QApplication, QWidget

    from bedside.app import system_clock
    from bedside.demonstration import make_demonstration_ward
    from bedside.desktop.page_door import every_door
    from bedside.desktop.session import Session
    from bedside.desktop.start import dress_window
    from bedside.desktop.window import BedsideWindow
    from bedside.ward.board import board

    class Seen(QObject):
        """Notes which of the watched widgets Qt paints."""

        painted: set[QWidget]

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
                self.painted.add(watched)
            return False

    ward = make_demonstration_ward(ward_folder, system_clock())
    try:
        window = BedsideWindow(ward, look, Session("Bench", None, ward.now), every_door())
        dress_window(window, look)
        window.show()
        infants = [row.infant_id for row in board(ward).rows]
        seen, taken = Seen(), []
        window.band.installEventFilter(seen)
        window.open_infant(infants[-1])
        window.pages.page.installEventFilter(seen)
        for turn in range(len(infants) + runs):  # each once before it counts
            seen.painted = set()
            began = perf_counter()
            if not window.open_infant(infants[turn % len(infants)]):
                raise ValueError("the window stayed at the infant before")
            QApplication.processEvents()
            taken.append((perf_counter() - began) * 1000)
            if seen.painted != {window.band, window.pages.page}:
                raise ValueError("the infant was opened and not painted")
        window.close()
        return median(taken[len(infants) :])
    finally:
        ward.store.close()


def _timeline(look: object, runs: int) -> tuple[float, float]:
    """The slowest zoom's repaint, and a step of the zoom with its repaint."""
    from PySide6.QtGui import QPixmap

    from bedside.desktop.start import dress_window
    from bedside.desktop.timeline_canvas import ZOOMS, TimelineCanvas
    from bedside.desktop.timeline_zoom import STEPS
    from tests.desktop_pages.page_treatment import timeline_view

    canvas = TimelineCanvas(look)
    dress_window(canvas, look)
    canvas.resize(1274, 398)
    canvas.show()
    canvas.show_view(timeline_view())
    picture = QPixmap(canvas.viewport().size())

    def drawn() -> float:
        began = perf_counter()
        canvas.viewport().render(picture)
        return (perf_counter() - began) * 1000

    still = []
    for name in ZOOMS:
        canvas.set_zoom(name)
        drawn()  # the first drawing works the paths out
        still.append(median(drawn() for _ in range(runs)))
    zoomed = []
    for by in (1,) * len(STEPS) + (-1,) * len(STEPS):
        began = perf_counter()
        canvas.step_zoom(by)
        zoomed.append((perf_counter() - began) * 1000 + drawn())
    canvas.close()
    return max(still), median(zoomed)


def _scroll(look: object, runs: int) -> float:
    """Page down through the table of counts, each page painted."""
    from msgspec.structs import replace
    from PySide6.QtGui import QPixmap
    from PySide6.QtWidgets import QApplication

    from bedside.desktop.counts_table import CountsTable
    from bedside.desktop.plain_table import PlainTable
    from bedside.desktop.start import dress_window
    from tests.bench.trending import _view

    few = _view()
    view = replace(few, rows=few.rows * (TABLE_ROWS // len(few.rows)))
    table = PlainTable("Counts", look)
    dress_window(table, look)
    model = CountsTable(look.colour("quiet"), table)
    table.setModel(model)
    table.resize(1274, 620)
    table.show()
    model.show_view(view)
    QApplication.processEvents()
    if model.rowCount() != TABLE_ROWS:
        raise ValueError(f"{model.rowCount()} rows instead of {TABLE_ROWS}")
    bar, picture, taken = table.verticalScrollBar(), QPixmap(table.viewport().size()), []
    for _ in range(runs):
        began = perf_counter()
        bar.setValue(bar.value() + bar.pageStep())
        table.viewport().render(picture)
        taken.append((perf_counter() - began) * 1000)
    if bar.value() == 0:
        raise ValueError("the table did not scroll")
    table.close()
    return median(taken)
