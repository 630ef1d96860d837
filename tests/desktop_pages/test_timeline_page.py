"""The timeline as a person uses it: keys, wheel, hover, zoom, and its table twin."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QHelpEvent, QWheelEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolTip

from bedside.desktop.labels import unbroken
from bedside.desktop.look import Look
from bedside.desktop.timeline_canvas import ZOOMS, TimelineCanvas
from bedside.desktop.timeline_events import row_of
from bedside.desktop.timeline_fever import fever_box, given_at
from bedside.desktop.timeline_layout import Focus, home
from bedside.desktop.timeline_page import TimelinePage
from bedside.desktop.timeline_table import Column, TimelineTable
from bedside.ward.fever_acts import record_act
from bedside.ward.fever_signs import NewSign, NewSigns, record_signs
from bedside.ward.timeline import timeline
from bedside.ward.views.timeline import TimelineDose
from tests.desktop_pages.page_driving import in_frame
from tests.desktop_pages.page_samples import TODAY, timeline_view
from tests.ward.wards import NURSE


@pytest.fixture
def canvas(qtbot, look):
    made = TimelineCanvas(look)
    qtbot.addWidget(made)
    made.resize(1274, 398)
    made.show()
    made.show_view(timeline_view())
    made.setFocus()
    return made


@pytest.fixture
def page(qtbot, bench, look, session):
    bench.open_epi_1()
    made = TimelinePage(bench.ward, look, session)
    in_frame(qtbot, made)
    made.show_infant(bench.infant)
    return made


def test_every_date_is_drawn_true_to_scale(canvas):
    for zoom in ZOOMS:
        canvas.set_zoom(zoom)
        window = canvas.window_on_time()
        px = canvas.scale.px_per_day
        for days in (0, 40, 300, 700):
            on = canvas.scale.first + timedelta(days=days)
            assert window.x(on) == pytest.approx(window.left - window.offset + days * px)
    canvas.set_zoom("6 months")
    assert canvas.scale.px_per_day == 5.5
    canvas.set_zoom("2 weeks")
    assert canvas.scale.px_per_day == 72.0


def test_large_text_is_drawn_at_its_size_at_every_zoom(qtbot):
    made = TimelineCanvas(Look("light", 150))
    qtbot.addWidget(made)
    made.resize(1207, 600)
    made.show()
    made.show_view(timeline_view())
    assert made.box_on_screen(made.focus).right() < 1207 / 1.5  # in pixels of text at 150 %
    far = made.head
    made.set_zoom("Day")
    assert made.head < far  # close to, the names of courses stand in their bands
    assert not made.grab().isNull()


def test_paths_are_worked_out_once_for_each_zoom(canvas):
    canvas.grab()
    kept = dict(canvas._paths)
    canvas.horizontalScrollBar().setValue(50)
    canvas.grab()
    assert list(canvas._paths.values()) == list(kept.values())


def test_arrow_keys_move_the_focus_and_home_brings_today_back(canvas):
    assert canvas.focused_dose.on == TODAY
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    assert canvas.focused_dose.on == TODAY + timedelta(days=1)
    QTest.keyClick(canvas, Qt.Key.Key_Down)
    assert canvas.focused_dose.route == "IT"
    QTest.keyClick(canvas, Qt.Key.Key_Up)
    assert canvas.focused_dose.drug == "azaCITIDine"
    QTest.keyClick(canvas, Qt.Key.Key_Left)
    QTest.keyClick(canvas, Qt.Key.Key_Left)
    QTest.keyClick(canvas, Qt.Key.Key_Home)
    assert canvas.focused_dose.on == TODAY


def test_focus_is_always_brought_to_sight(canvas):
    canvas.set_zoom("2 weeks")
    for _ in range(9):
        QTest.keyClick(canvas, Qt.Key.Key_Right)
        box = canvas.box_on_screen(canvas.focus)
        assert box.left() >= 166 and box.right() <= canvas.viewport().width()


def test_screen_readers_hear_the_focused_dose(canvas):
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    assert canvas.accessibleDescription() == canvas.focused_dose.words


def test_plus_and_minus_step_the_zoom_about_the_focus(canvas):
    start = canvas.scale.px_per_day
    QTest.keyClick(canvas, Qt.Key.Key_Plus)
    assert canvas.scale.px_per_day > start
    QTest.keyClick(canvas, Qt.Key.Key_Minus)
    assert canvas.scale.px_per_day == pytest.approx(start)


def turn(widget, at: QPointF, notches: int, keys=Qt.KeyboardModifier.NoModifier) -> None:
    """One turn of the wheel over a widget."""
    event = QWheelEvent(
        at,
        widget.mapToGlobal(at),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        keys,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def test_ctrl_wheel_zooms_about_the_pointer_and_the_wheel_alone_scrolls_time(canvas):
    canvas.set_zoom("6 months")
    at = QPointF(700, 200)
    day = canvas.window_on_time().day_at(at.x())
    turn(canvas.viewport(), at, 1, Qt.KeyboardModifier.ControlModifier)
    assert canvas.scale.px_per_day > 5.5
    assert abs((canvas.window_on_time().day_at(at.x()) - day).days) <= 1
    before, focus = canvas.horizontalScrollBar().value(), canvas.focus
    turn(canvas.viewport(), at, -1)
    assert canvas.horizontalScrollBar().value() > before
    assert canvas.focus == focus


def test_hover_says_the_same_words_and_never_moves_the_focus(canvas):
    canvas.set_zoom("6 months")
    canvas.horizontalScrollBar().setValue(0)
    other = Focus(0, 0)
    at = canvas.box_on_screen(other).center().toPoint()
    focus = canvas.focus
    canvas.viewportEvent(QHelpEvent(QEvent.Type.ToolTip, at, canvas.mapToGlobal(at)))
    assert canvas.words_under(QPointF(at)) == timeline_view().lanes[0].doses[0].words
    assert QToolTip.text() == timeline_view().lanes[0].doses[0].words
    QToolTip.hideText()
    assert canvas.focus == focus


def test_a_click_puts_the_focus_on_the_day_under_it_within_a_run(canvas):
    canvas.set_zoom("6 months")
    wanted = Focus(2, 9)
    canvas.move_focus(wanted)
    at = canvas.box_on_screen(wanted).center().toPoint()
    canvas.move_focus(Focus(0, 0))
    canvas.bring_focus_to_sight()
    canvas.move_focus(wanted)
    canvas.move_focus(Focus(2, 8))
    QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert canvas.focus == wanted


def test_course_hold_and_open_question_are_said_on_hover(canvas):
    window = canvas.window_on_time()
    band = QPointF(window.x(date(2027, 5, 1)), canvas.head - 25)
    assert "not before" in canvas.words_under(band)
    row = canvas.row_height()
    lanes = len(timeline_view().lanes)
    hold = QPointF(
        window.x(date(2026, 11, 13)) + 1, canvas.head + row_of(timeline_view(), "hold") * row + 8
    )
    assert "platelets 41 000" in canvas.words_under(hold)
    disputed = QPointF(window.x(date(2027, 7, 1)), canvas.head + (lanes - 1) * row + 8)
    assert "not scheduled" in canvas.words_under(disputed)


def test_words_of_an_open_question_never_cover_a_dose(canvas, look):
    """A given dose under the words "see conflict 4" would not be seen."""
    view = timeline_view()
    lane = view.lanes[1]
    first = lane.doses[0].on
    asked = replace(lane, unscheduled=((first, first, "day 1 is open, the sources contradict"),))
    plain = TimelineCanvas(look)
    for one in (canvas, plain):
        one.resize(1274, 398)
    canvas.show_view(replace(view, lanes=(view.lanes[0], asked, *view.lanes[2:])))
    teal = look.colour("it").rgb()
    image = canvas.viewport().grab().toImage()
    for index, dose in enumerate(lane.doses):
        if dose.on == first or dose.state != "given":
            continue
        spot = canvas.box_on_screen(Focus(1, index)).center().toPoint()
        assert image.pixelColor(spot).rgb() == teal, f"{dose.on} is covered"
    plain.deleteLater()


def test_table_twin_holds_exactly_what_the_canvas_draws(canvas):
    view = timeline_view()
    model = TimelineTable()
    model.show_view(view)
    found = {model.focus_of(row) for row in range(model.rowCount())} - {None}
    wanted = {
        Focus(lane, dose)
        for lane in range(len(view.lanes))
        for dose in range(len(view.lanes[lane].doses))
    }
    assert found == wanted
    for row in range(model.rowCount()):
        focus = model.focus_of(row)
        if focus is None:
            continue
        dose: TimelineDose = view.lanes[focus.lane].doses[focus.dose]
        texts = [str(model.index(row, column).data()) for column in Column]
        assert texts[Column.WORDS] == dose.words
        assert texts[Column.DATE].endswith(dose.on.strftime("%d-%b-%Y"))
        assert texts[Column.DAY] == str(dose.course_day)
        assert model.row_of(focus) == row
    said = [str(model.index(row, Column.WORDS).data()) for row in range(model.rowCount())]
    for event in view.events:
        assert event.words in said
    for lane in view.lanes:
        for _, _, text in lane.unscheduled:
            assert text in said
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_alt_t_shows_the_table_at_the_same_dose_and_back(qtbot, page):
    page.canvas.setFocus()
    QTest.keyClick(page.canvas, Qt.Key.Key_Right)
    focus = page.canvas.focus
    QTest.keyClick(page.canvas, Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.table)
    assert page.model.focus_of(page.table.currentIndex().row()) == focus
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    moved = page.model.focus_of(page.table.currentIndex().row())
    assert moved is not None
    QTest.keyClick(page.table, Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.canvas)
    assert page.canvas.focus == moved


def test_whole_table_copies_as_text(page):
    page.show_table(True)
    page.copy_button.click()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[0] == "Date"
    assert len(lines) == page.model.rowCount() + 1
    QTest.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert len(QGuiApplication.clipboard().text().splitlines()) == 1


def test_strip_says_date_course_day_state_and_both_numberings(bench, page):
    view = timeline(bench.ward, bench.infant)
    consolidation = next(
        Focus(lane, dose)
        for lane in range(len(view.lanes))
        for dose in range(len(view.lanes[lane].doses))
        if view.lanes[lane].doses[dose].course_key == "consolidation"
    )
    page.canvas.move_focus(consolidation)
    texts = " ".join(right.text() for _, right in page.details._lines)
    assert "Consolidation, day 1" in texts
    assert "in the paper's numbering" in texts
    assert "planned" in page.details._title.text()


def test_a_dose_of_a_course_that_has_not_begun_is_planned_and_not_due(page):
    view = replace(
        timeline_view(),
        courses=tuple(replace(course, basis="projected") for course in timeline_view().courses),
    )
    page.show_view(view)
    page.canvas.move_focus(home(view))
    assert "due today" not in page.details._title.text()


def test_refreshing_keeps_focus_and_zoom(page):
    page.canvas.set_zoom("2 weeks")
    page.canvas.move_focus(Focus(0, 3))
    page.refresh()
    assert page.canvas.focus == Focus(0, 3)
    assert page.canvas.zoom == "2 weeks"
    assert page.zooms.value() == ZOOMS.index("2 weeks")


def test_an_infant_without_any_dose_is_drawn_and_said(qtbot, page):
    page.show_view(replace(timeline_view(), lanes=(), courses=(), events=()))
    assert page.canvas.focused_dose is None
    assert "No dose" in page.details._title.text()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_Plus):
        QTest.keyClick(page.canvas, key)
    page.grab()


def test_both_themes_are_drawn(qtbot, look):
    for theme in ("light", "dark"):
        made = TimelineCanvas(Look(theme))
        qtbot.addWidget(made)
        made.resize(1274, 398)
        made.show_view(timeline_view())
        image = made.viewport().grab().toImage()
        assert image.pixelColor(1200, 390) == Look(theme).colour("surface")


def feverish(bench) -> None:
    """A fever of two days that was treated and closed, and an open one of today."""
    now = bench.clock.now + timedelta(days=4)
    for hours, degrees in ((72, "38.6"), (1, "38.9")):
        bench.clock.now = now - timedelta(hours=hours)
        bench.count(100, 26_000)
        sign = NewSign("temperature", degrees, "°C", "axillary")
        ward, infant, who = bench.ward, bench.infant, NURSE
        record_signs(ward, infant, NewSigns(bench.clock(), (sign,)), who=who)
        if hours == 72:
            bench.clock.now += timedelta(minutes=30)
            record_act(ward, infant, "antibiotics", bench.clock(), "meropenem", who=who)
            bench.clock.now += timedelta(hours=40)
            record_act(ward, infant, "closed", bench.clock(), "cultures negative", who=who)
    bench.clock.now = now


@pytest.fixture
def fevers(qtbot, bench, look, session):
    bench.open_epi_1()
    feverish(bench)
    made = TimelinePage(bench.ward, look, session)
    in_frame(qtbot, made)
    made.show_infant(bench.infant)
    return made


def fever_words(page) -> list[str]:
    """What the table's twin says of the fevers, oldest first."""
    rows = range(page.model.rowCount())
    cells = [[str(page.model.index(row, int(c)).data()) for c in Column] for row in rows]
    return [cell[Column.WORDS] for cell in cells if cell[Column.STATE] == "fever"]


def test_hover_and_focus_say_of_a_fever_what_the_table_says(fevers):
    first, second = fever_words(fevers)
    assert "first antibiotic" in first and "closed" in first
    assert "no antibiotic recorded; not closed" in second
    canvas, view = fevers.canvas, fevers._view
    canvas.set_zoom("Day")
    for event in view.events:
        if event.kind != "fever":
            continue
        canvas.horizontalScrollBar().setValue(round(canvas.scale.x(event.start)) - 300)
        canvas.verticalScrollBar().setValue(canvas.verticalScrollBar().maximum())
        row = canvas.row_height()
        top = canvas.head - canvas.verticalScrollBar().value() + row_of(view, "fever") * row
        box = fever_box(canvas.window_on_time(), event, top, row)
        assert canvas.words_under(box.center()) == event.words
        if event.given is not None:
            at = given_at(canvas.window_on_time(), event, top, row)
            assert box.contains(at) and at.x() - box.left() == pytest.approx(7.5, abs=0.3)
    canvas.setFocus()
    for words in (second, first, second):
        QTest.keyClick(canvas, Qt.Key.Key_F)
        assert canvas.accessibleDescription() == words
        said = [part.text() for part in fevers.details.findChildren(QLabel)]
        assert unbroken(words) in said
    QTest.keyClick(canvas, Qt.Key.Key_Home)
    assert canvas.event_in_focus is None and canvas.accessibleDescription() != second


def test_a_fever_is_drawn_in_both_themes_and_has_its_word_in_the_key(qtbot, fevers):
    assert "fever, antibiotic" in fevers.legend.accessibleName()
    for theme in ("light", "dark"):
        look = Look(theme)
        canvas = TimelineCanvas(look)
        qtbot.addWidget(canvas)
        canvas.resize(1274, 398)
        canvas.show()
        canvas.show_view(fevers._view)
        canvas.set_zoom("Day")
        event = next(one for one in fevers._view.events if one.kind == "fever")
        canvas.horizontalScrollBar().setValue(round(canvas.scale.x(event.start)) - 200)
        canvas.verticalScrollBar().setValue(canvas.verticalScrollBar().maximum())
        row = canvas.row_height()
        top = canvas.head - canvas.verticalScrollBar().value() + row_of(fevers._view, "fever") * row
        box = fever_box(canvas.window_on_time(), event, top, row)
        seen = canvas.viewport().grab().toImage()
        at = box.center().toPoint()
        assert seen.pixelColor(at).name() == look.colour("stop").name()
