"""Coming to the timeline: at today, with the keyboard where its keys are."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from bedside.desktop.timeline_page import TimelinePage
from bedside.ward.timeline import timeline
from tests.desktop_pages.page_driving import in_frame


@pytest.fixture
def page(qtbot, bench, look, session):
    bench.open_epi_1()
    made = TimelinePage(bench.ward, look, session)
    in_frame(qtbot, made)
    made.show_infant(bench.infant)
    return made


def test_another_infants_timeline_begins_at_her_today(page, bench):
    """Scrolled to the end of one infant's two years, the next one's page showed no today at all."""
    page.canvas.set_zoom("Day")
    page.canvas.go_home()
    other = replace(
        timeline(bench.ward, bench.infant),
        banner=replace(timeline(bench.ward, bench.infant).banner, infant_id=bench.infant + 1),
    )
    bar = page.canvas.horizontalScrollBar()
    bar.setValue(bar.maximum())
    away = bar.value()
    page.refresh()
    assert bar.value() == away  # the same infant's stays where it was scrolled to
    page.show_view(other)
    window, dose = page.canvas.window_on_time(), page.canvas.focused_dose
    assert dose is not None and window.left <= window.x(dose.on) <= window.right
    bar.setValue(bar.maximum())
    QTest.keyClick(page.canvas, Qt.Key.Key_D)
    window = page.canvas.window_on_time()
    assert window.left <= window.x(dose.on) <= window.right


def test_the_keyboard_begins_on_the_drawing(page):
    page.take_focus()
    assert page.canvas.hasFocus()
    page.show_table(True)
    page.take_focus()
    assert page.table.hasFocus()
