"""A course or a dose is taken on the timeline by key or mouse: the preview comes first, then the record."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bedside.desktop.delay_dialog import DelayDialog
from bedside.desktop.timeline_canvas import TimelineCanvas
from bedside.desktop.timeline_header import AT_COURSES, COURSES
from bedside.desktop.timeline_layout import Focus
from bedside.desktop.timeline_page import TimelinePage
from bedside.desktop.timeline_zoom import ZOOMS
from bedside.desktop.window import BedsideWindow
from bedside.ward.facts import facts_of
from tests.desktop_pages.page_driving import answering

_LEFT, _NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton


@pytest.fixture
def page(qtbot, window: BedsideWindow, infant_of) -> TimelinePage:
    """The timeline of an infant on Induction day 8."""
    window.open_infant(infant_of("1"))
    window.show_page(1)
    found = window.pages.page
    assert isinstance(found, TimelinePage)
    found.canvas.setFocus()
    qtbot.wait(5)
    return found


def holds_and_shifts(page: TimelinePage) -> tuple[object, object]:
    facts = facts_of(page.ward, page.infant_id)
    return facts.holds, facts.shifts


def focus_on(page: TimelinePage, drug: str, state: str) -> Focus:
    """Put the focus on the first dose of a drug in a state."""
    view = page.canvas.view
    found = next(
        Focus(lane, dose)
        for lane in range(len(view.lanes))
        for dose in range(len(view.lanes[lane].doses))
        if (view.lanes[lane].doses[dose].drug, view.lanes[lane].doses[dose].state) == (drug, state)
    )
    page.canvas.move_focus(found)
    return found


def given_drug(page: TimelinePage) -> str:
    """A drug of which a dose is recorded as given."""
    doses = (dose for lane in page.canvas.view.lanes for dose in lane.doses)
    return next(dose.drug for dose in doses if dose.state == "given")


def press(canvas: TimelineCanvas, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(canvas, key)


def mouse(canvas: TimelineCanvas, kind: QEvent.Type, at: QPoint) -> None:
    """One real mouse event on the drawing, its button held."""
    held = _NONE if kind == QEvent.Type.MouseButtonRelease else _LEFT
    there = QPointF(canvas.viewport().mapToGlobal(at))
    button = _NONE if kind == QEvent.Type.MouseMove else _LEFT
    event = QMouseEvent(kind, QPointF(at), there, button, held, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(canvas.viewport(), event)


def drag(canvas: TimelineCanvas, begin: QPoint, days: int) -> None:
    """Press, move in steps, and stay there with the button held."""
    mouse(canvas, QEvent.Type.MouseButtonPress, begin)
    px = canvas.scale.px_per_day
    for part in (0.3, 0.7, 1.0):
        mouse(canvas, QEvent.Type.MouseMove, begin + QPoint(round(days * px * part), 0))


def test_a_dose_is_taken_by_key_and_recorded_through_the_preview_alone(qtbot, page: TimelinePage):
    canvas = page.canvas
    focus_on(page, "vinCRIStine", "planned")
    on, before = canvas.focused_dose.on, holds_and_shifts(page)
    press(canvas, Qt.Key.Key_D, Qt.Key.Key_Right, Qt.Key.Key_PageDown, Qt.Key.Key_Left)
    assert "7 days later" in canvas.accessibleDescription()
    assert canvas.taking.taken.to == on + timedelta(days=7)
    seen = []

    def looked_at(dialog: DelayDialog) -> None:
        seen.append((dialog.fields.is_shift, dialog.from_on.value(), dialog.goes_on.value()))
        assert dialog.drug.currentText().startswith("vinCRIStine")
        assert dialog.view is not None and dialog.view.moves
        assert dialog.focusWidget() is dialog.reason
        dialog.record()
        assert "reason" in dialog.refusals.text()
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    answering(qtbot, lambda: press(canvas, Qt.Key.Key_Return), looked_at)
    assert seen == [(True, on, on + timedelta(days=7))]
    assert holds_and_shifts(page) == before and canvas.taking.taken is None

    def recorded(dialog: DelayDialog) -> None:
        QTest.keyClicks(dialog.reason, "neuropathy grade 2")
        QTest.mouseClick(dialog.act_button, _LEFT)

    canvas.setFocus()
    press(canvas, Qt.Key.Key_D, Qt.Key.Key_PageDown)
    answering(qtbot, lambda: press(canvas, Qt.Key.Key_Return), recorded)
    assert [row.by_days for row in holds_and_shifts(page)[1]] == [7]
    assert focus_on(page, "vinCRIStine", "planned") and canvas.focused_dose.on != on


def test_escape_gives_it_back_and_stays_on_the_page(page: TimelinePage, window: BedsideWindow):
    canvas, before = page.canvas, holds_and_shifts(page)
    focus_on(page, "vinCRIStine", "planned")
    press(canvas, Qt.Key.Key_D, Qt.Key.Key_Right)
    escape = QKeyEvent(
        QEvent.Type.ShortcutOverride, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier
    )
    escape.ignore()
    QApplication.sendEvent(canvas, escape)
    assert escape.isAccepted()  # no shortcut of the window may have it
    press(canvas, Qt.Key.Key_Escape)
    assert canvas.taking.taken is None and window.pages.page is page
    assert canvas.accessibleDescription() == canvas.focused_dose.words
    press(canvas, Qt.Key.Key_D, Qt.Key.Key_Left, Qt.Key.Key_Return)  # never earlier: nothing moved
    assert canvas.taking.taken is None and holds_and_shifts(page) == before


def test_what_may_not_be_moved_says_why(page: TimelinePage, window: BedsideWindow, infant_of):
    canvas = page.canvas
    focus_on(page, given_drug(page), "given")
    press(canvas, Qt.Key.Key_D)
    assert canvas.taking.taken is None
    assert "is recorded: what is recorded stays on its day" in canvas.accessibleDescription()
    assert canvas.taking.why_not in canvas.accessibleDescription()
    press(canvas, Qt.Key.Key_Right)
    assert not canvas.taking.why_not
    window.open_infant(infant_of("6"))
    window.show_page(1)
    canvas = window.pages.page.canvas
    canvas.step_course(-1)
    canvas.step_course(-9)
    press(canvas, Qt.Key.Key_D)
    assert "Induction is over" in canvas.accessibleDescription()
    window.open_infant(infant_of("8"))
    window.show_page(1)
    canvas = window.pages.page.canvas
    canvas.step_course(1)
    canvas.step_course(9)
    press(canvas, Qt.Key.Key_D)
    assert "Maintenance has no date yet" in canvas.accessibleDescription()
    canvas.step_milestone()
    press(canvas, Qt.Key.Key_D)
    assert "Only doses and courses" in canvas.accessibleDescription()


def test_a_course_is_dragged_into_the_preview(qtbot, page: TimelinePage):
    canvas, before = page.canvas, holds_and_shifts(page)
    canvas.set_zoom("6 months")
    course = next(one for one in canvas.view.courses if one.key == "epi-1")
    canvas.bring_to_sight(canvas.scale.x(course.start), 300)
    x = canvas.window_on_time().x(course.start) + 8
    begin = QPoint(round(x), AT_COURSES + COURSES // 2)
    drag(canvas, begin, 6)
    assert canvas.course is course and canvas.taking.taken.days == 6
    assert "Letting go shows what would move" in canvas.accessibleDescription()
    assert not canvas.viewport().grab().isNull()
    seen = []

    def looked_at(dialog: DelayDialog) -> None:
        seen.append((dialog.course.value(), dialog.from_on.value(), dialog.goes_on.value()))
        assert dialog.view is not None and not dialog.view.against and dialog.view.moves
        QTest.mouseClick(dialog.back_button, _LEFT)

    end = begin + QPoint(round(6 * canvas.scale.px_per_day), 0)
    answering(qtbot, lambda: mouse(canvas, QEvent.Type.MouseButtonRelease, end), looked_at)
    assert seen == [("epi-1", course.start, course.start + timedelta(days=6))]
    assert holds_and_shifts(page) == before and canvas.taking.taken is None


def test_a_drag_of_a_dose_is_given_back_by_escape(page: TimelinePage):
    canvas, before = page.canvas, holds_and_shifts(page)
    canvas.set_zoom("6 months")
    focus = focus_on(page, "DAUNOrubicin", "planned")
    at = canvas.box_on_screen(focus).center().toPoint()
    drag(canvas, at, 4)
    assert canvas.taking.taken.drug == "DAUNOrubicin" and canvas.taking.taken.days == 4
    press(canvas, Qt.Key.Key_Escape)
    mouse(canvas, QEvent.Type.MouseButtonRelease, at)
    assert canvas.taking.taken is None and holds_and_shifts(page) == before
    focus = focus_on(page, given_drug(page), "given")
    drag(canvas, canvas.box_on_screen(focus).center().toPoint(), 4)
    assert canvas.taking.taken is None and "stays on its day" in canvas.taking.why_not


def test_the_marks_of_her_first_day_are_seen_whole(page: TimelinePage):
    """The first intrathecal day was cut in half by the names of the drugs, two years in sight."""
    page.canvas.set_zoom(ZOOMS[0])
    assert page.canvas.horizontalScrollBar().value() == 0
    boxes = page.canvas._lane_paths(page.canvas.view, 18.0).boxes
    edges = [box.left() for _, _, box in boxes]
    assert edges and min(edges) >= 0


def test_a_dose_is_named_with_its_route_in_words(page: TimelinePage):
    focus_on(page, "vinCRIStine", "planned")
    assert "vinCRIStine" in page.details._title.text()
    assert " intravenous<b>, " in page.details._title.text()
