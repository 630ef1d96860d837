"""MRD and transplant are drawn in rows of their own: hover, focus and table say the same of them."""

from datetime import date

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from bedside.desktop.look import Look
from bedside.desktop.timeline_canvas import TimelineCanvas
from bedside.desktop.timeline_events import event_box, event_rows, row_of
from bedside.desktop.timeline_page import TimelinePage
from bedside.desktop.timeline_table import Column
from bedside.ward.views.timeline import TimelineEvent, TimelineView
from tests.desktop_pages.page_driving import in_frame
from tests.desktop_pages.page_samples import timeline_view

MARKS = (
    TimelineEvent("MRD", date(2026, 9, 29), None, "MRD, end: 0.2 %", state="done", short="0.2 %"),
    TimelineEvent("MRD", date(2026, 11, 1), None, "MRD, later: none", state="missing", short="none"),
    TimelineEvent("MRD", date(2027, 2, 1), None, "MRD, next: planned", state="planned", short="to come"),
    TimelineEvent("transplant", date(2027, 3, 1), None, "Transplant: no", state="not to be done", short="no"),
)  # fmt: skip


@pytest.fixture
def view() -> TimelineView:
    made = timeline_view()
    open_rows = (("MRD", "the last point: no date is known"),)
    return replace(made, events=(*made.events, *MARKS), has_transplant=True, open_rows=open_rows)


@pytest.fixture
def page(qtbot, bench, look, session, view) -> TimelinePage:
    bench.open_epi_1()
    made = TimelinePage(bench.ward, look, session)
    in_frame(qtbot, made)
    made.show_infant(bench.infant)
    made.show_view(view)
    return made


def spot(canvas: TimelineCanvas, view: TimelineView, event: TimelineEvent) -> QPointF:
    row = canvas.row_height()
    top = canvas.head - canvas.verticalScrollBar().value() + row_of(view, event.kind) * row
    return event_box(canvas.window_on_time(), view, event, top, row).center()


def test_hover_focus_and_table_say_the_same(page, view):
    canvas = page.canvas
    rows = [
        [str(page.model.index(row, column).data()) for column in Column]
        for row in range(page.model.rowCount())
    ]
    told = {row[Column.WORDS]: row for row in rows}
    for event in MARKS:
        assert canvas.words_under(spot(canvas, view, event)) == event.words
        assert told[event.words][Column.LANE].casefold() == event.kind.casefold()
    assert told["MRD, later: none"][Column.STATE] == "not recorded"
    assert told["the last point: no date is known"][Column.DATE] == "no date"
    canvas.setFocus()
    for event in (MARKS[2], MARKS[3], MARKS[0], MARKS[1]):  # from today on, then round
        QTest.keyClick(canvas, Qt.Key.Key_M)
        assert canvas.event_in_focus is event
        assert canvas.accessibleDescription() == event.words
        assert event.words in [part.text() for part in page.details.findChildren(QLabel)]
    QTest.keyClick(canvas, Qt.Key.Key_Home)
    assert canvas.event_in_focus is None


def test_without_a_transplant_rule_there_is_no_row_for_it(view):
    assert event_rows(view) == ("MRD", "Transplant", "Fever", "Hold")
    assert event_rows(replace(view, has_transplant=False)) == ("MRD", "Fever", "Hold")


def test_each_state_looks_different_in_both_themes(qtbot, view):
    for theme in ("light", "dark"):
        look = Look(theme)
        canvas = TimelineCanvas(look)
        qtbot.addWidget(canvas)
        canvas.resize(1274, 398)
        canvas.show()
        canvas.show_view(view)
        seen = canvas.viewport().grab().toImage()
        inside = [seen.pixelColor(spot(canvas, view, event).toPoint()).name() for event in MARKS]
        ink, ground = look.colour("ink").name(), look.colour("surface").name()
        assert inside == [ink, ground, ground, ink]
