"""The zooms of the timeline: each name is the same scale for every infant.

Decision: "2 years" is two years wide even where the end of therapy is not public, so that a month
is as wide in one infant's drawing as in the other's; what has no date stands behind the axis, in
boxes that fill the rest of the screen and say that they are not to scale.
"""

from datetime import date

from bedside.desktop.timeline_layout import Focus, band_end, course_of, dose_at
from bedside.ward.views.timeline import TimelineView

ZOOMS = ("2 years", "6 months", "Course", "2 weeks", "Day")
FIXED = {"6 months": 5.5, "2 weeks": 72.0, "Day": 360.0}
STEPS = (2.5, 5.5, 9.0, 14.0, 22.0, 34.0, 50.0, 72.0, 120.0, 200.0, 360.0)
YEARS = 2
BOX_LEAST = 196.0  # px: "days not public: the site enters them" in readable type
_AFTER = 16.0  # px: the break mark


def dated_days(view: TimelineView) -> int:
    """How many days the axis has."""
    return (view.last - view.first).days + 1


def whole_scale(view: TimelineView, wide: float) -> float:
    """Pixels for a day so that two years fit (more, where the dates go on for longer).

    Args:
        view: the timeline.
        wide: the pixels right of the lane names.
    """
    two_years = (_years_after(view.first, YEARS) - view.first).days + 1
    return max((wide - 8) / max(dated_days(view), two_years), 0.5)


def course_scale(view: TimelineView, focus: Focus | None, wide: float) -> float:
    """A zoom in which the course of the dose in focus fills the axis."""
    dose = dose_at(view, focus)
    course = None if dose is None else course_of(view, dose)
    if course is None:
        return 14.0
    days = (band_end(course) - course.start).days + 6
    return min(max(wide / days, whole_scale(view, wide)), 40.0)


def scale_of(name: str, view: TimelineView, focus: Focus | None, wide: float) -> float:
    """Pixels for a day at a named zoom."""
    if name in FIXED:
        return FIXED[name]
    if name == "Course":
        return course_scale(view, focus, wide)
    return whole_scale(view, wide)


def next_step(view: TimelineView, px: float, by: int, wide: float) -> tuple[float, str]:
    """The scale one step in (1) or out (-1), and the name of that zoom; "" between the named ones."""
    whole = whole_scale(view, wide)
    steps = [whole, *(step for step in STEPS if step > whole * 1.1)]
    index = min(range(len(steps)), key=lambda number: abs(steps[number] - px))
    found = steps[min(max(index + by, 0), len(steps) - 1)]
    names = [name for name, fixed in FIXED.items() if fixed == found]
    return found, ZOOMS[0] if found == whole else (names[0] if names else "")


def box_width(view: TimelineView, px: float, wide: float) -> float:
    """How wide one course without a date is drawn; they fill the screen where there is room."""
    if not view.undated:
        return 0.0
    room = wide - dated_days(view) * px - _AFTER - 8
    return max(room / len(view.undated), BOX_LEAST)


def content_width(view: TimelineView, px: float, wide: float) -> float:
    """The whole drawing: the axis, and behind its break what has no date."""
    behind = box_width(view, px, wide) * len(view.undated)
    return dated_days(view) * px + (behind + _AFTER if behind else 0.0)


def box_left(view: TimelineView, px: float, wide: float, number: int) -> float:
    """Where a course without a date begins, in pixels from the first date."""
    return dated_days(view) * px + _AFTER + number * box_width(view, px, wide)


def _years_after(first: date, years: int) -> date:
    try:
        return first.replace(year=first.year + years)
    except ValueError:
        return date(first.year + years, 3, 1)
