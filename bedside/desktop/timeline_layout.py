"""Where everything stands on the timeline: dates become pixels, days in a row become one box.

Nothing here paints or knows a widget; the canvas, the close-up and the table all read from it, so
that they cannot disagree.
"""

from bisect import bisect_left
from collections.abc import Callable
from datetime import date, timedelta

from msgspec import Struct
from PySide6.QtCore import QCoreApplication

from bedside.units.dates import write_date
from bedside.ward.views.timeline import TimelineCourse, TimelineDose, TimelineLane, TimelineView

SINGLE_DOSE_PX = 4.8  # a dose never gets narrower than this
SPLIT_FROM_PX = 10.0  # from this zoom on, each day is a box of its own
NUMBERED_FROM_PX = 14.0  # from this zoom on, a box carries its course day
EVERY_GHOST_FROM_PX = 4.0  # from "6 months" on every dose shows its place in the first plan
NAME_ROWS = 3  # rows of course names above the bands, where two years are in sight
_MOST_ROWS = 6
_CLOSE_PX = 9.0  # from so many pixels a day on most names stand in their bands


class TimeScale(Struct, frozen=True):
    """A linear time axis without any break.

    Args:
        first: the date at x = 0.
        px_per_day: pixels for one day.
    """

    first: date
    px_per_day: float

    def x(self, on: date) -> float:
        """Where a date begins, in pixels from the first date."""
        return (on - self.first).days * self.px_per_day

    def day_at(self, x: float) -> date:
        """The date under an x position."""
        return self.first + timedelta(days=int(x // self.px_per_day))


class Run(Struct, frozen=True):
    """Consecutive dose days in the same state, drawn as one box; indices into the lane's doses."""

    first: int
    last: int
    start: date
    end: date
    state: str

    @property
    def days(self) -> int:
        """How many days the box covers."""
        return (self.end - self.start).days + 1


class Focus(Struct, frozen=True):
    """The one dose that has the focus: its lane and its place in the lane."""

    lane: int
    dose: int


class NameSpot(Struct, frozen=True):
    """A course name: where it begins, in which row above the bands, or inside its band."""

    text: str
    x: float
    row: int  # 0 is the row next to the bands; -1 is inside the band
    leader_x: float


def runs_of(lane: TimelineLane, *, joined: bool = True) -> tuple[Run, ...]:
    """Join consecutive days of one lane that are in the same state.

    Args:
        lane: the lane, its doses in the order of their dates.
        joined: False keeps one box for each date (intrathecal doses, close zooms).
    """
    runs: list[Run] = []
    for index, dose in enumerate(lane.doses):
        last = runs[-1] if runs else None
        if last is not None and last.state == dose.state:
            gap = (dose.on - last.end).days
            if gap == 0 or (joined and gap == 1):
                runs[-1] = Run(last.first, index, last.start, dose.on, last.state)
                continue
        runs.append(Run(index, index, dose.on, dose.on, dose.state))
    return tuple(runs)


def ghosts_of(
    lane: TimelineLane, courses: tuple[TimelineCourse, ...], *, every: bool
) -> tuple[date, ...]:
    """The dates that doses had in the first plan, where their course has moved since.

    Args:
        lane: the lane.
        courses: all courses.
        every: False keeps only the first dose of each course (and every intrathecal one).
    """
    moved = {
        course.key: course.first_plan - course.start
        for course in courses
        if course.first_plan is not None and course.first_plan != course.start
    }
    found: list[date] = []
    seen: set[str] = set()
    for dose in lane.doses:
        if dose.course_key not in moved:
            continue
        if every or lane.kind == "intrathecal" or dose.course_key not in seen:
            found.append(dose.on + moved[dose.course_key])
        seen.add(dose.course_key)
    return tuple(sorted(set(found)))


def given_days(lane: TimelineLane) -> int:
    """On how many dates something of this lane was given."""
    return len({dose.on for dose in lane.doses if dose.state == "given"})


def dose_at(view: TimelineView, focus: Focus | None) -> TimelineDose | None:
    """The dose that has the focus, None when there is none."""
    if focus is None or focus.lane >= len(view.lanes):
        return None
    doses = view.lanes[focus.lane].doses
    return doses[focus.dose] if focus.dose < len(doses) else None


def home(view: TimelineView) -> Focus | None:
    """The dose to begin with: one of today, else the next one, else the last one given."""
    best: tuple[int, int, int, int] | None = None
    for lane_index, lane in enumerate(view.lanes):
        index = nearest(lane, view.today, upward=True)
        if index is None:
            continue
        away = (lane.doses[index].on - view.today).days
        rank = (0 if away >= 0 else 1, abs(away), lane_index, index)
        best = rank if best is None else min(best, rank)
    return None if best is None else Focus(best[2], best[3])


def nearest(lane: TimelineLane, on: date, *, upward: bool = False) -> int | None:
    """The dose of a lane nearest to a date; with ``upward`` one on or after it is preferred."""
    if not lane.doses:
        return None
    after = bisect_left(lane.doses, on, key=_date_of)
    if after == len(lane.doses):
        return _first_of_date(lane, after - 1)
    if after == 0 or upward:
        return after
    before = _first_of_date(lane, after - 1)
    to_before = on - lane.doses[before].on
    to_after = lane.doses[after].on - on
    return before if to_before < to_after else after


def step_dose(view: TimelineView, focus: Focus, by: int) -> Focus:
    """The next (or the last) dose in the same lane; stays at the ends."""
    doses = view.lanes[focus.lane].doses
    return Focus(focus.lane, min(max(focus.dose + by, 0), len(doses) - 1))


def step_lane(view: TimelineView, focus: Focus, by: int) -> Focus:
    """The dose nearest in time in the next (or the last) lane that has any; stays at the ends."""
    on = view.lanes[focus.lane].doses[focus.dose].on
    lane = focus.lane + by
    while 0 <= lane < len(view.lanes):
        index = nearest(view.lanes[lane], on)
        if index is not None:
            return Focus(lane, index)
        lane += by
    return focus


def course_of(view: TimelineView, dose: TimelineDose) -> TimelineCourse | None:
    """The course band that a dose belongs to."""
    for course in view.courses:
        if course.key == dose.course_key:
            return course
    return None


def certainty_words(course: TimelineCourse) -> str:
    """What must be said about a course's dates; "" where they happened or are stated."""
    plain = course.basis == "actual" or course.certainty == "stated"
    return "" if plain else course.certainty


def course_words(course: TimelineCourse) -> str:
    """A course with its dates, and what is not known of them."""
    if course.open_until is None:
        text = QCoreApplication.translate("Timeline", "{0}, from {1} to {2}").format(
            course.title, write_date(course.start), write_date(course.end)
        )
    else:
        text = QCoreApplication.translate("Timeline", "{0}, from {1}; {2}").format(
            course.title, write_date(course.start), course.open_words
        )
    certainty = certainty_words(course)
    return f"{text}: {certainty}" if certainty else text


def is_uncertain(course: TimelineCourse) -> bool:
    """Whether a course is drawn at its earliest only, because a length before it is not public."""
    return course.basis == "projected" and course.certainty.startswith("not before")


def band_end(course: TimelineCourse) -> date:
    """The first date after a course band (its last day is inside the band)."""
    return course.end + timedelta(days=1)


def place_names(
    courses: tuple[TimelineCourse, ...],
    scale: TimeScale,
    width_of: Callable[[str], float],
    visible: tuple[float, float],
    rows: int = NAME_ROWS,
) -> tuple[NameSpot, ...]:
    """Place the course names: inside the band where they fit, else staggered in rows above.

    Args:
        courses: the bands in the order of time.
        scale: the time axis.
        width_of: measures a text in pixels.
        visible: left and right edge of what is on the screen, in the scale's pixels.
        rows: how many there are above the bands.
    """
    spots: list[NameSpot] = []
    free = [visible[0]] * rows
    for text, course in _named(courses, scale, width_of):
        left, right = scale.x(course.start), scale.x(band_end(course))
        shown_left, shown_right = max(left, visible[0]), min(right, visible[1])
        if shown_right <= shown_left:
            continue
        wide = width_of(text)
        if text == course.title and wide + 12 <= shown_right - shown_left:
            spots.append(NameSpot(text, shown_left + 6, -1, left))
            continue
        said, at = text, shown_left + 4
        if at > visible[1] - wide - 4:  # it stands above the band before, and points on to its own
            said = f"{text} →"
            wide = width_of(said)
            at = shown_left - wide - 4
        row = _free_row(free, at)
        if row is None:
            continue
        free[row] = at + wide + 12
        spots.append(NameSpot(said, at, row, shown_left))
    return tuple(spots)


def rows_for_names(
    view: TimelineView, scale: TimeScale, width_of: Callable[[str], float], wide: float
) -> int:
    """How many rows of names there are: as many as stand above their bands, in larger text more.

    It is the same wherever the axis is scrolled to, so that nothing jumps.

    Args:
        view: the timeline.
        scale: the time axis.
        width_of: measures a text in pixels.
        wide: the pixels right of the lane names.
    """
    ends = [scale.x(band_end(course)) for course in view.courses]
    visible = (0.0, max([wide, *ends]))
    spots = place_names(view.courses, scale, width_of, visible, _MOST_ROWS)
    needed = 1 + max((spot.row for spot in spots), default=-1)
    if scale.px_per_day >= _CLOSE_PX and not view.undated:
        return max(needed, 1)  # a band that is scrolled nearly out of sight still has its name
    return needed + 1 if needed > NAME_ROWS else NAME_ROWS  # the end of therapy has its own


def _named(
    courses: tuple[TimelineCourse, ...], scale: TimeScale, width_of: Callable[[str], float]
) -> list[tuple[str, TimelineCourse]]:
    """Names one by one; a narrow priming block shares its name with the narrow course after it."""
    named: list[tuple[str, TimelineCourse]] = []
    skip = False
    for index, course in enumerate(courses):
        if skip:
            skip = False
            continue
        after = courses[index + 1] if index + 1 < len(courses) else None
        if course.priming and after is not None and not after.priming:
            fits = width_of(after.title) + 12 <= (scale.x(band_end(after)) - scale.x(after.start))
            narrow = width_of(course.title) + 12 > scale.x(band_end(course)) - scale.x(course.start)
            if narrow and not fits:
                named.append((f"{course.title} + {after.title}", course))
                skip = True
                continue
        named.append((course.title, course))
    return named


def _free_row(free: list[float], x: float) -> int | None:
    for row, taken_to in enumerate(free):
        if taken_to <= x:
            return row
    return None


def _first_of_date(lane: TimelineLane, index: int) -> int:
    return bisect_left(lane.doses, lane.doses[index].on, key=_date_of)


def _date_of(dose: TimelineDose) -> date:
    return dose.on
