"""A protocol without public lengths: the timeline is walked to the end of Maintenance, no date invented."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter
from PySide6.QtTest import QTest

from bedside.desktop.timeline_canvas import TimelineCanvas
from bedside.desktop.timeline_header import AT_COURSES, HEAD
from bedside.desktop.timeline_page import TimelinePage
from bedside.desktop.timeline_table import Column
from bedside.desktop.timeline_turns import _past_flag
from bedside.desktop.timeline_zoom import ZOOMS
from bedside.protocol.site_values import SiteValues
from bedside.protocol.therapy_end import TherapyEnd
from bedside.ward.risk_recording import NOT_TO_BE_DONE, NewRisk, record_risk
from bedside.ward.timeline import timeline
from bedside.ward.views.timeline import TimelineCourse, UndatedCourse

MARMA_DAY_12 = "8"  # bed of the infant on Interfant-06
MAINTENANCE = "9"
ON_AALL15P1 = "5"
NOT_PUBLIC = "length not public: the site enters it"


@pytest.fixture
def page(qtbot, ward, look, session, infant_of):
    """The timeline of the infant in MARMA."""
    made = TimelinePage(ward, look, session)
    qtbot.addWidget(made)
    made.resize(1274, 630)
    made.show()
    made.show_infant(infant_of(MARMA_DAY_12))
    made.canvas.setFocus()
    return made


def test_every_course_of_her_path_is_there_in_its_order(ward, infant_of):
    view = timeline(ward, infant_of(MARMA_DAY_12))
    assert [course.title for course in view.courses] == ["Induction", "IB", "MARMA"]
    assert [course.title for course in view.undated] == [
        "MARMA goes on",
        "OCTADAD part 1",
        "OCTADAD part 2",
        "Maintenance",
    ]
    assert [course.goes_on for course in view.undated] == [True, False, False, False]
    assert all(NOT_PUBLIC in course.words for course in view.undated)
    assert "only without a transplant" in view.undated[1].words
    assert view.no_end == "When therapy of Interfant-06 ends is not public: the site enters it."


def test_no_date_is_invented_for_what_has_none(ward, infant_of):
    view = timeline(ward, infant_of(MARMA_DAY_12))
    assert view.last == view.today + timedelta(days=7)
    assert all(dose.on <= view.last for lane in view.lanes for dose in lane.doses)
    assert not {course.key for course in view.courses} & {"octadad-1", "octadad-2", "maintenance"}


def test_a_course_goes_on_dashed_until_the_next_one_began(ward, infant_of):
    induction, ib, marma = timeline(ward, infant_of(MARMA_DAY_12)).courses
    assert ib.open_until == marma.start - timedelta(days=1)
    assert ib.open_words == NOT_PUBLIC
    assert induction.open_until == ib.start - timedelta(days=1)
    assert marma.open_until == timeline(ward, infant_of(MARMA_DAY_12)).last


def test_drugs_that_are_named_without_days_have_their_lane(ward, infant_of):
    view = timeline(ward, infant_of(MARMA_DAY_12))
    lanes = {lane.title: lane for lane in view.lanes}
    ib = next(course for course in view.courses if course.key == "ib")
    words = "days not public: the site enters them: cyclophosphamide"
    assert lanes["Cyclophosphamide"].unscheduled == ((ib.start, ib.open_until, words),)
    assert "octadad-2" in dict(lanes["Cyclophosphamide"].undated)
    # a drug of maintenance whose route is not public lies with those by mouth, not with infusions
    assert dict(lanes["Methotrexate, weekly"].undated)["maintenance"].startswith("days not public")
    assert "maintenance" not in dict(lanes["Methotrexate 24 h"].undated)


def test_a_plan_whose_lengths_are_known_has_nothing_behind_it(ward, infant_of):
    view = timeline(ward, infant_of(ON_AALL15P1))
    assert (view.undated, view.not_recorded, view.no_end) == ((), (), "")
    assert all(course.open_until is None for course in view.courses)
    assert view.footnote == "Course lengths: site value, demonstration"


def test_the_rest_of_maintenance_stays_in_sight(ward, infant_of):
    view = timeline(ward, infant_of(MAINTENANCE))
    assert [course.title for course in view.undated] == ["Maintenance goes on"]


def test_two_years_are_two_years_wide_whatever_is_known(page, ward, infant_of):
    canvas = page.canvas
    assert canvas.zoom == "2 years"
    first = canvas.scale.first
    end = first.replace(year=first.year + 2)
    wide = canvas.viewport().width() - canvas.window_on_time().left
    assert abs(canvas.scale.x(end) - wide) < 20
    page.show_infant(infant_of(ON_AALL15P1))
    assert abs(canvas.scale.x(canvas.scale.first.replace(year=first.year + 2)) - wide) < 20


def test_c_walks_from_diagnosis_to_the_end_of_maintenance(page):
    canvas = page.canvas
    seen = [_stopped(canvas)]
    for _ in range(9):
        QTest.keyClick(canvas, Qt.Key.Key_C, Qt.KeyboardModifier.ShiftModifier)
    for _ in range(9):
        seen.append(_stopped(canvas))
        QTest.keyClick(canvas, Qt.Key.Key_C)
    expected = [
        "Induction",
        "IB",
        "MARMA",
        "MARMA goes on",
        "OCTADAD part 1",
        "OCTADAD part 2",
        "Maintenance",
    ]
    assert list(dict.fromkeys(seen)) == ["", *expected]
    assert NOT_PUBLIC in canvas.accessibleDescription()
    assert page.details.findChildren(type(page.footnote))  # the words beside the close-up
    assert any(NOT_PUBLIC in one.text() for one in page.details.findChildren(type(page.footnote)))


def test_every_box_behind_the_break_can_be_brought_to_sight_at_every_zoom(page):
    canvas = page.canvas
    for zoom in ZOOMS:
        canvas.set_zoom(zoom)
        canvas.go_home()
        for _ in range(6):
            QTest.keyClick(canvas, Qt.Key.Key_C)
        strip = canvas.strip()
        box = strip.box(2, AT_COURSES, 10)
        assert _stopped(canvas) == "Maintenance"
        assert strip.left <= box.left() < box.right() <= canvas.viewport().width(), zoom


def test_hover_says_of_a_box_why_it_has_no_date(page):
    canvas = page.canvas
    strip = canvas.strip()
    head = QPointF(strip.box(1, 0, 1).center().x(), AT_COURSES + 5)
    assert canvas.words_under(head).startswith(
        f"OCTADAD part 1: {NOT_PUBLIC}; only without a transplant"
    )
    lane = [one.title for one in page.canvas._view.lanes].index("vinCRIStine")
    below = QPointF(head.x(), HEAD + (lane + 0.5) * canvas.row_height())
    assert canvas.words_under(below) == (
        "OCTADAD part 1: days not public: the site enters them: vinCRIStine"
    )
    gap = QPointF(strip.breaks_at + 3, AT_COURSES + 5)
    assert canvas.words_under(gap) == "no date is known from here on: not to scale"
    nothing = QPointF(strip.box(2, 0, 1).center().x(), HEAD + (lane + 0.5) * canvas.row_height())
    assert canvas.words_under(nothing) == ""


def test_the_table_twin_holds_what_has_no_date(page):
    page.show_table(True)
    model = page.model
    rows = [
        tuple(model.index(row, column).data() for column in Column)
        for row in range(model.rowCount())
    ]
    undated = [row for row in rows if row[Column.DATE] == "no date"]
    assert rows[-len(undated) :] == undated  # behind all that has one
    courses = [row[Column.COURSE] for row in undated if row[Column.LANE] == "Courses"]
    assert courses == ["MARMA goes on", "OCTADAD part 1", "OCTADAD part 2", "Maintenance", ""]
    assert (
        undated[-1][Column.WORDS]
        == "When therapy of Interfant-06 ends is not public: the site enters it."
    )
    goes_on = [row for row in rows if row[Column.STATE] == "goes on"]
    assert [row[Column.COURSE] for row in goes_on] == ["Induction", "IB", "MARMA"]


def test_an_end_of_therapy_behind_the_break_is_said_and_dated_in_the_table(page, ward, infant_of):
    """The end is entered, the lengths are not: its day is told, nothing is drawn up to it."""
    edition = ward.protocols["interfant06"].edition
    ward.values = SiteValues(
        protocol="interfant06", edition=edition, therapy=TherapyEnd(104, "weeks", "diagnosis")
    )
    page.refresh()
    view = timeline(ward, infant_of(MARMA_DAY_12))
    assert view.last == view.today + timedelta(days=7)
    assert view.no_end == "Therapy ends 04-Aug-2028: 104 weeks from diagnosis."
    page.show_table(True)
    rows = [
        (page.model.index(row, Column.DATE).data(), page.model.index(row, Column.WORDS).data())
        for row in range(page.model.rowCount())
    ]
    ends = [row for row in rows if "104 weeks" in row[1]]
    assert ends == [("Fri 04-Aug-2028", "End of therapy 04-Aug-2028: 104 weeks from diagnosis")]


def test_birthdays_are_never_written_over_each_other_or_the_flag_of_today(qtbot, look):
    image = QImage(10, 10, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setFont(look.font("caption"))
    flag = QRectF(400, 0, 120, 17)
    whole = "6 months, 14-Nov-2026"
    wide = QFontMetricsF(painter.font()).horizontalAdvance(whole) + 4
    said, beside, _ = _past_flag(painter, whole, flag, 100, 900)
    assert (said, beside) == (whole, flag.right() + 14)
    said, beside, _ = _past_flag(painter, whole, flag, 100, 550)  # 12 months begins close behind
    assert (said, beside + wide) == (whole, flag.left() - 14)
    said, _, _ = _past_flag(painter, whole, flag, 380, 620)  # the date goes before words overlap
    assert said == "6 months"
    assert _past_flag(painter, whole, flag, 390, 540)[0] == ""
    painter.end()


def test_a_course_that_was_skipped_stands_in_the_table_only(ward, infant_of, page):
    from bedside.store.records import CourseStart

    with ward.store.change("Dr I. Halvorsen", "test", ward.now()) as change:
        change.add(
            CourseStart,
            infant_id=infant_of(MARMA_DAY_12),
            course_key="maintenance",
            day_1=date(2026, 11, 18),
            note="late entry",
        )
    page.refresh()
    view = timeline(ward, infant_of(MARMA_DAY_12))
    assert [course.title for course in view.not_recorded] == ["OCTADAD part 1", "OCTADAD part 2"]
    page.show_table(True)
    words = [page.model.index(row, Column.WORDS).data() for row in range(page.model.rowCount())]
    assert "only without a transplant, which is indicated in every HR: record it" in words
    assert [course.title for course in view.undated] == ["Maintenance goes on"]


def test_what_the_site_enters_gets_its_dates(ward, infant_of):
    """Lengths entered by the site: MARMA of 60 days, OCTADAD of 56; Maintenance has none yet."""
    edition = ward.protocols["interfant06"].edition
    ward.values = SiteValues(
        protocol="interfant06",
        edition=edition,
        lengths={"marma": 60, "octadad-1": 35, "octadad-2": 21},
    )
    form = NewRisk(transplant=NOT_TO_BE_DONE, transplant_on=ward.today())
    record_risk(ward, infant_of(MARMA_DAY_12), form, who="Dr I. Halvorsen")
    view = timeline(ward, infant_of(MARMA_DAY_12))
    dated = {course.title: course for course in view.courses}
    marma = dated["MARMA"].start
    assert dated["OCTADAD part 1"].start == marma + timedelta(days=60)
    assert dated["Maintenance"].start == marma + timedelta(days=116)
    assert dated["OCTADAD part 1"].certainty == "site value"
    assert dated["MARMA"].open_until is None and dated["OCTADAD part 1"].open_until is None
    assert [course.title for course in view.undated] == ["Maintenance goes on"]
    lanes = {lane.title: lane for lane in view.lanes}
    octadad = dated["OCTADAD part 1"]
    words = "days not public: the site enters them: vinCRIStine"
    assert (octadad.start, octadad.end, words) in lanes["vinCRIStine"].unscheduled


@pytest.mark.parametrize("zoom", ZOOMS)
def test_it_is_drawn_in_both_themes_at_every_zoom(
    qtbot, ward, look, dark, session, infant_of, zoom
):
    for theme in (look, dark):
        canvas = TimelineCanvas(theme)
        qtbot.addWidget(canvas)
        canvas.resize(1274, 396)
        canvas.show_view(timeline(ward, infant_of(MARMA_DAY_12)))
        canvas.set_zoom(zoom)
        canvas.horizontalScrollBar().setValue(canvas.horizontalScrollBar().maximum())
        picture = canvas.grab().toImage()
        strip = canvas.strip()
        x = round(strip.box(2, 0, 1).left())
        ground = theme.colour("surface").rgb()
        column = {picture.pixel(x, round(AT_COURSES) + y) for y in range(24)}
        assert column != {ground}, zoom  # the dashed frame of Maintenance


def _stopped(canvas: TimelineCanvas) -> str:
    course = canvas.course
    assert course is None or isinstance(course, TimelineCourse | UndatedCourse)
    return "" if course is None else course.title
