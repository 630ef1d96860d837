"""The timeline repaints and zooms faster than a screen shows pictures."""

import time
from statistics import median

import pytest
from PySide6.QtGui import QPixmap

from bedside.desktop.timeline_canvas import ZOOMS, TimelineCanvas
from bedside.desktop.timeline_zoom import STEPS
from tests.desktop_pages.page_samples import timeline_view


@pytest.fixture
def canvas(qtbot, look):
    made = TimelineCanvas(look)
    qtbot.addWidget(made)
    made.resize(1274, 398)
    made.show()
    made.show_view(timeline_view())
    return made


def drawn_in(canvas: TimelineCanvas) -> float:
    """One drawing of all that is in sight, in seconds of this process's own time.

    Drawn into a picture: a window that no screen shows repaints nothing, and would take no time.
    """
    picture = QPixmap(canvas.viewport().size())
    started = time.process_time()
    canvas.viewport().render(picture)
    taken = time.process_time() - started
    assert not picture.isNull()
    return taken


def test_865_dose_days_repaint_within_a_screen_frame(canvas):
    """The aim is 8 ms; a machine that is slower by half still holds 60 pictures in a second."""
    for zoom in ZOOMS:
        canvas.set_zoom(zoom)
        drawn_in(canvas)  # the first drawing works the paths out
        taken = [drawn_in(canvas) for _ in range(9)]
        assert 0.0002 < median(taken) < 0.012, f"{zoom}: {sorted(taken)}"


def test_zooming_step_by_step_holds_60_pictures_in_a_second(canvas):
    """Out and in through all steps: also where a zoom's paths are worked out for the first time."""
    drawn_in(canvas)
    taken = []
    for by in (1,) * len(STEPS) + (-1,) * len(STEPS):
        started = time.process_time()
        canvas.step_zoom(by)
        taken.append(time.process_time() - started + drawn_in(canvas))
    assert median(taken) < 0.016, sorted(taken)
