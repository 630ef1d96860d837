"""On a workstation that is read from right to left, figures keep their order and time runs forward."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from bedside.desktop.cohort_chart import CohortChart
from bedside.desktop.course_strip import CourseStrip
from bedside.desktop.dlt_bar import DltBar
from bedside.desktop.start import make_application
from bedside.desktop.timeline_canvas import TimelineCanvas
from bedside.desktop.timeline_close_up import TimelineCloseUp
from bedside.desktop.trend import TrendChart
from bedside.desktop.vial_dial import VialDial
from tests.desktop.test_cut_text import settle

LEFT, RIGHT = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft
DRAWN = {  # on which page of bed 2; what draws time
    "where are we": (0, (CourseStrip,)),
    "timeline": (1, (TimelineCanvas, TimelineCloseUp)),
    "counts": (2, (TrendChart,)),
    "dlt": (4, (DltBar,)),
    "doses": (6, (VialDial,)),
}


@pytest.fixture
def egypt(qapp: QApplication) -> Iterator[QApplication]:
    """A workstation in Egypt whose windows are turned round."""
    before = QLocale()
    QLocale.setDefault(QLocale("ar_EG"))
    qapp.setLayoutDirection(RIGHT)
    yield qapp
    qapp.setLayoutDirection(LEFT)
    QLocale.setDefault(before)


def drawn(widget: QWidget) -> QImage:
    return widget.grab().toImage()


def test_the_program_reads_as_its_language_does_wherever_it_stands(window, egypt, infant_of):
    """English from right to left read "Nov-2026-01" and "per 88 µL"."""
    assert egypt.layoutDirection() == RIGHT
    make_application(["bedside"])
    assert egypt.layoutDirection() == LEFT
    window.open_infant(infant_of("2"))
    settle()
    assert window.layoutDirection() == window.pages.layoutDirection() == LEFT


@pytest.mark.parametrize("page", DRAWN)
def test_time_runs_from_left_to_right_in_a_window_that_is_turned_round(
    window, qapp, infant_of, page: str
):
    number, kinds = DRAWN[page]
    window.open_infant(infant_of("2"))
    window.show_page(number)
    settle()
    drawings = [one for kind in kinds for one in window.pages.page.findChildren(kind)]
    assert len(drawings) >= len(kinds)
    for one in drawings:
        one.clearFocus()
    sizes = [one.size() for one in drawings]
    before = [drawn(one) for one in drawings]
    try:
        qapp.setLayoutDirection(RIGHT)
        settle()
        assert window.layoutDirection() == RIGHT
        for one, size, as_it_was in zip(drawings, sizes, before, strict=True):
            one.resize(size)
            assert one.layoutDirection() == LEFT and drawn(one) == as_it_was, type(one).__name__
    finally:
        qapp.setLayoutDirection(LEFT)


def test_so_does_the_cohorts_chart(window, qapp):
    window.show_cohort()
    try:
        qapp.setLayoutDirection(RIGHT)
        settle()
        charts = window.stack.currentWidget().findChildren(CohortChart)
        assert charts and all(one.layoutDirection() == LEFT for one in charts)
    finally:
        qapp.setLayoutDirection(LEFT)
