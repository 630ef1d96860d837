"""The timeline's arithmetic: dates to pixels, days to boxes, focus and names."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from msgspec.structs import replace

from bedside.desktop.timeline_dlt import _short_dlt_words, dlt_words
from bedside.desktop.timeline_drawing import LanePaths, box_of
from bedside.desktop.timeline_header import HEAD, Window, date_ticks
from bedside.desktop.timeline_layout import (
    SINGLE_DOSE_PX,
    Focus,
    TimeScale,
    ghosts_of,
    home,
    is_uncertain,
    nearest,
    place_names,
    rows_for_names,
    runs_of,
    step_dose,
    step_lane,
)
from bedside.ward.views.timeline import TimelineDose, TimelineLane
from bedside.words.languages import speaker_of
from tests.desktop_pages.page_samples import TODAY, courses, timeline_view

FIRST = date(2026, 8, 26)


def lane_of(*states: tuple[int, str], kind: str = "drug") -> TimelineLane:
    doses = tuple(
        TimelineDose(
            FIRST + timedelta(days=day),
            "induction",
            "Induction",
            day + 1,
            "x",
            "IV",
            state,
            "w",
            "w",
        )
        for day, state in states
    )
    return TimelineLane("x", kind, doses)


@pytest.mark.parametrize("px", [1.345, 5.5, 72.0, 360.0])
def test_a_date_stands_at_its_days_times_the_scale_with_no_break(px):
    scale = TimeScale(FIRST, px)
    assert scale.x(FIRST) == 0
    for days in (1, 31, 365, 366, 747):
        assert scale.x(FIRST + timedelta(days=days)) == pytest.approx(days * px)
        assert scale.day_at(scale.x(FIRST + timedelta(days=days)) + px / 2) == FIRST + timedelta(
            days=days
        )


def test_names_have_as_many_rows_as_they_need():
    view = timeline_view()
    rows = [
        rows_for_names(view, TimeScale(view.first, px), lambda text: len(text) * 7.0, wide)
        for px, wide in ((360.0, 900.0), (5.5, 900.0), (0.5, 640.0))
    ]
    assert rows[0] == 1  # close to, nothing stands empty
    assert rows[1] == 3 and rows[2] > 3  # two years in large text: no name on another


def test_days_in_a_row_in_the_same_state_become_one_box():
    lane = lane_of((0, "given"), (1, "given"), (2, "given"), (3, "planned"), (5, "planned"))
    assert [(run.days, run.state) for run in runs_of(lane)] == [
        (3, "given"),
        (1, "planned"),
        (1, "planned"),
    ]
    assert [run.days for run in runs_of(lane, joined=False)] == [1, 1, 1, 1, 1]


def test_two_drugs_on_one_date_share_one_diamond_and_both_can_be_focused():
    lane = lane_of((14, "given"), (14, "given"), kind="intrathecal")
    (run,) = runs_of(lane, joined=False)
    assert (run.first, run.last) == (0, 1)


def test_a_single_dose_is_never_thinner_than_its_least_width():
    lane = lane_of((4, "planned"))
    box = box_of(lane, runs_of(lane)[0], TimeScale(FIRST, 1.345), 0, 18)
    assert box.width() >= int(SINGLE_DOSE_PX)


def test_all_dose_days_of_the_treatment_are_covered_by_the_boxes():
    view = timeline_view()
    total = sum(len(lane.doses) for lane in view.lanes)
    assert total > 800
    paths = LanePaths(view, TimeScale(view.first, 1.345), 18.0)
    assert sum(run.last - run.first + 1 for _, run, _ in paths.boxes) == total
    assert len(paths.boxes) < total / 3, "runs are joined"
    assert len(LanePaths(view, TimeScale(view.first, 72.0), 18.0).boxes) > 800


def test_box_of_a_run_is_true_to_scale():
    lane = lane_of(*((day, "given") for day in range(28)))
    box = box_of(lane, runs_of(lane)[0], TimeScale(FIRST, 5.5), 0, 18)
    assert box.left() == 0
    assert box.width() == pytest.approx(28 * 5.5, abs=1.5)


def test_first_plan_is_kept_only_where_a_course_moved():
    view = timeline_view()
    azacitidine = view.lanes[0]
    moved = ghosts_of(azacitidine, view.courses, every=True)
    assert date(2026, 11, 11) in moved, "EPI #2 day 1 stood here first"
    assert not any(on < date(2026, 11, 1) for on in moved), "EPI #1 never moved"
    few = ghosts_of(azacitidine, view.courses, every=False)
    assert len(few) == 3 and set(few) < set(moved)


def test_home_is_a_dose_of_today():
    view = timeline_view()
    found = home(view)
    assert view.lanes[found.lane].doses[found.dose].on == TODAY
    assert view.lanes[found.lane].title == "azaCITIDine"


def test_home_falls_back_to_the_next_and_then_to_the_last_dose():
    view = timeline_view()
    later = [dose for dose in view.lanes[0].doses if dose.on > TODAY]
    only_later = TimelineLane("azaCITIDine", "priming", tuple(later))
    past = TimelineLane("x", "drug", tuple(d for d in view.lanes[2].doses if d.on < TODAY))
    changed = type(view)(
        **{name: getattr(view, name) for name in view.__struct_fields__ if name != "lanes"},
        lanes=(past, only_later),
    )
    assert home(changed) == Focus(1, 0)
    empty = type(view)(
        **{name: getattr(view, name) for name in view.__struct_fields__ if name != "lanes"},
        lanes=(past,),
    )
    assert home(empty) == Focus(0, len(past.doses) - 1)


def test_steps_stay_inside_the_lane_and_skip_empty_lanes():
    view = timeline_view()
    assert step_dose(view, Focus(0, 0), -1) == Focus(0, 0)
    last = len(view.lanes[0].doses) - 1
    assert step_dose(view, Focus(0, last), 1) == Focus(0, last)
    below = step_lane(view, Focus(0, 8), 1)
    on = view.lanes[0].doses[8].on
    chosen = view.lanes[below.lane].doses[below.dose].on
    assert below.lane == 1
    assert abs((chosen - on).days) == min(abs((dose.on - on).days) for dose in view.lanes[1].doses)
    empty = TimelineLane("empty", "drug", ())
    gap = type(view)(
        **{name: getattr(view, name) for name in view.__struct_fields__ if name != "lanes"},
        lanes=(view.lanes[0], empty, view.lanes[2]),
    )
    assert step_lane(gap, Focus(0, 0), 1).lane == 2
    assert nearest(empty, on) is None


def test_course_names_never_run_over_each_other():
    view = timeline_view()
    for px in (1.345, 2.5, 5.5, 14.0):
        spots = place_names(
            view.courses, TimeScale(view.first, px), lambda text: len(text) * 6.5, (0, 1100)
        )
        for row in range(3):
            found = sorted((s.x, s.x + len(s.text) * 6.5) for s in spots if s.row == row)
            assert all(first[1] <= second[0] for first, second in pairwise(found))
    assert any(
        "EPI #1 + Consolidation" in spot.text
        for spot in place_names(
            view.courses, TimeScale(view.first, 1.345), lambda text: len(text) * 6.5, (0, 1100)
        )
    )


def test_a_name_that_has_no_room_beside_its_band_points_on_to_it():
    """A course at the right edge: its name would be read as that of the band below it."""
    view = timeline_view()
    scale = TimeScale(view.first, 5.5)
    late = view.courses[-1]
    edge = scale.x(late.start) + 8
    spots = place_names(view.courses, scale, lambda text: len(text) * 6.5, (edge - 900, edge))
    assert spots[-1].text == f"{late.title} →" and spots[-1].x < spots[-1].leader_x
    assert spots[-1].x + len(spots[-1].text) * 6.5 <= edge


def test_dates_along_the_axis_never_stand_too_close():
    view = timeline_view()
    for px in (0.9, 1.345, 2.5, 5.5, 14.0, 72.0, 360.0):
        window = Window(166.0, 1274.0, 0.0, TimeScale(view.first, px))
        ticks = [window.x(on) for on, _ in date_ticks(window, 82.0)]
        assert ticks == sorted(ticks)
        assert all(
            second - first >= 28 * px * 0.9 or second - first >= 82.0
            for first, second in pairwise(ticks)
        )


def test_dlt_period_says_state_and_projected_end():
    assert "projected to close 02-Feb-2027" in dlt_words(timeline_view())


def test_not_before_is_uncertain_and_a_site_value_is_not():
    projected = [course for course in courses() if course.basis == "projected"]
    assert all(is_uncertain(course) for course in projected)
    assert not any(is_uncertain(course) for course in courses() if course.basis == "actual")
    assert HEAD > 100


def test_dlt_period_cut_short_is_german_to_the_last_word():
    """At 150 % the lane leaves parts out, and the rest stood in English."""
    view = timeline_view()
    view = replace(
        view, dlt=replace(view.dlt, details=("until counts allow EPI #4", *view.dlt.details))
    )
    short = _short_dlt_words(view)
    assert "…" in short and short.endswith("projected to close 02-Feb-2027")
    assert speaker_of("de").found(short).gaps == ()
