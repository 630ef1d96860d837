"""The road of a whole treatment: courses true to scale, what happened on them, today, intrathecal days."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from msgspec import Struct

from bedside.documents.fonts import Face
from bedside.documents.frame import PURPLE
from bedside.documents.page import FIRM, HAIR, HAIR_GREY, HEAVY, LANDSCAPE, THIN, Paper
from bedside.documents.typed import TOO_LONG
from bedside.documents.wording import dated, short_date
from bedside.documents.words import (
    BLACK,
    BODY,
    CAPTION,
    STRONG,
    WHITE,
    Style,
    Words,
    fit,
    fitting,
    words,
    wrapped,
)
from bedside.papers.whole_treatment import RoadCourse, RoadEvent, SpinalDay, WholeTreatment

EVENT_ROW = 4.4
MONTHS, FLAG, ROAD, LABELS, SPINAL, BAND = 4.6, 4.6, 13.0, 9.8, 4.4, 6.0
MOST_EVENTS = 6
_NARROW, _UNDATED = 5.0, 22.0  # millimetres: the least a course takes, and one without a date
_LEAST_POLE = 1.2  # of a piece of a pole between two rows of words
_PAST = (0.83, 0.83, 0.83)


class Stop(Struct, frozen=True):
    """A course on the road with its left and right edge, and how it is named."""

    course: RoadCourse
    left: float
    right: float
    title: tuple[Words, ...]  # empty: named by its letter, explained under the road
    caption: Words | None
    letter: str


class RoadMap(Struct, frozen=True):
    """The road made ready: places for dates, and its courses."""

    marks: tuple[tuple[date, float], ...]  # dates and their places, between which all is even
    stops: tuple[Stop, ...]
    undated: tuple[tuple[float, float, str, tuple[Words, ...]], ...]  # edges, letter, title
    legend: str  # the letters and what they stand for

    def place(self, on: date) -> float:
        """Where a date stands, in millimetres; before and after the road at its ends."""
        for (low, left), (high, right) in pairwise(self.marks):
            if on < low:
                return left
            if on < high:
                return left + (right - left) * ((on - low) / (high - low))
        return self.marks[-1][1]

    @property
    def ends(self) -> date:
        """The day after the last dated one."""
        return self.marks[-1][0]


def lay_road(value: WholeTreatment) -> RoadMap:
    """Measure the road.

    Raises:
        Refused: a title has signs that cannot be printed.
    """
    left, right = LANDSCAPE.left, LANDSCAPE.right
    room = right - left - _UNDATED * min(len(value.undated), 5)
    marks = _marks(value.road, left, left + room)
    letters = iter("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    legend: list[str] = []
    stops = [
        _stop(course, begins, ends, letters, legend)
        for course, (begins, ends) in zip(value.road, _edges(value.road, marks), strict=True)
    ]
    undated = []
    x = left + room
    wide = (right - x) / max(len(value.undated), 1)
    for title, _ in value.undated:
        lines = wrapped(title, BODY.at(7), "course", wide - 2, 3)
        letter = "" if lines else next(letters)
        if letter:
            legend.append(f"{letter} {title}")
        undated.append((x, x + wide, letter, lines or ()))
        x += wide
    return RoadMap(marks, tuple(stops), tuple(undated), "; ".join(legend))


def _marks(
    courses: Sequence[RoadCourse], left: float, right: float
) -> tuple[tuple[date, float], ...]:
    """Give each stretch between two starts its width: even, but none narrower than can be read."""
    starts = [course.begins for course in courses]
    dates = [*starts, courses[-1].ends + timedelta(days=1)]
    dates = [on for at, on in enumerate(dates) if at == 0 or on > dates[at - 1]]
    spans = [(high - low).days for low, high in pairwise(dates)]
    narrow: set[int] = set()
    while True:
        room = right - left - _NARROW * len(narrow)
        days = sum(span for at, span in enumerate(spans) if at not in narrow) or 1
        scale = room / days
        found = {at for at, span in enumerate(spans) if span * scale < _NARROW}
        if found <= narrow:
            break
        narrow |= found
    x, marks = left, [(dates[0], left)]
    for at, span in enumerate(spans):
        x += _NARROW if at in narrow else span * scale
        marks.append((dates[at + 1], x))
    return tuple(marks)


def _edges(
    courses: Sequence[RoadCourse], marks: Sequence[tuple[date, float]]
) -> list[tuple[float, float]]:
    places = dict(marks)
    last = marks[-1][1]
    begins = [places.get(course.begins, last) for course in courses]
    return list(zip(begins, [*begins[1:], last], strict=True))


def _stop(
    course: RoadCourse,
    left: float,
    right: float,
    letters: Iterator[str],
    legend: list[str],
) -> Stop:
    room = right - left - 3
    style = Style(Face.BOLD if course.begun else Face.PLAIN, 8.5)
    if course.priming:
        number = course.title.partition("#")[2] or "1"
        big = words(number, Style(Face.BOLD, 13 if right - left > 5.5 else 11), "block")
        return Stop(course, left, right, (big,), None, "")
    for size in (8.5, 7.5, 7.0):
        lines = wrapped(course.title, style.at(size), "course", room, 2)
        if lines is not None:
            caption = _caption(course, room)
            return Stop(course, left, right, lines, caption, "")
    letter = next(letters)
    legend.append(f"{letter} {course.title}, {course.caption}")
    return Stop(course, left, right, (), None, letter)


def _caption(course: RoadCourse, room: float) -> Words | None:
    style = Style(Face.BOLD if course.begun else Face.PLAIN, 8)
    said = dated(course.caption)
    found = fitting(said, style, "dates of a course", room, 6.5)
    if found is None:
        found = fitting(short_date(course.begins), style, "day 1", room, 6.5)
    return found


def draw_road(paper: Paper, road: RoadMap, today: date, y: float) -> None:
    """Draw the courses from the upper edge of the road."""
    for stop in road.stops:
        if not stop.course.priming:
            _draw_course(paper, stop, road, today, y)
    for left, right, letter, lines in road.undated:
        paper.box((left, y), (right - left, ROAD), 1.0, None, (2.0, 1.4))
        if lines:
            paper.put_lines(lines, left + 1.2, y + 3.6, 3.1)
        else:
            paper.put(words(letter, BODY.at(8), "letter"), left + 1.2, y + 3.6)
    for stop in road.stops:
        if stop.course.priming:
            _draw_block(paper, stop, y)


def _draw_course(paper: Paper, stop: Stop, road: RoadMap, today: date, y: float) -> None:
    width = stop.right - stop.left
    if stop.course.begun:
        past = min(max(road.place(today) - stop.left, 0.0), width)
        if past > 0:
            paper.box((stop.left, y), (past, ROAD), 0, _PAST)
    running = stop.course.begins <= today <= stop.course.ends and stop.course.begun
    paper.box((stop.left, y), (width, ROAD), HEAVY if running else THIN)
    if stop.letter:
        style = STRONG.at(8) if stop.course.begun else BODY.at(8)
        paper.put(
            words(stop.letter, style, "letter"), (stop.left + stop.right) / 2, y + 6, "centre"
        )
        return
    base = paper.put_lines(stop.title, stop.left + 1.5, y + 4.0, 3.5)
    if stop.caption is not None:
        paper.put(stop.caption, stop.left + 1.5, max(base + 3.6, y + ROAD - 1.6))


def _draw_block(paper: Paper, stop: Stop, y: float) -> None:
    """An azacitidine block: purple when begun, hollow before, its number across the road."""
    begun = stop.course.begun
    top, high = y - 1.6, ROAD + 3.2
    wide = stop.right - stop.left
    paper.box((stop.left, top), (wide, high), 0, PURPLE)
    if not begun:
        paper.box((stop.left + 0.6, top + 0.6), (wide - 1.2, high - 1.2), 0, WHITE)
    style = Style(Face.BOLD, stop.title[0].style.size, WHITE if begun else BLACK)
    number = fit(stop.title[0].text, style, "block", wide - 0.6, 7)
    paper.put(number, (stop.left + stop.right) / 2, y + ROAD / 2 + 1.6, "centre")


def draw_labels(paper: Paper, road: RoadMap, y: float, *, spinal: bool) -> float:
    """Draw the names of the azacitidine blocks and their day 1 under the road; return the edge."""
    free = paper.form.left
    shown = False
    if spinal:
        name = words("Intrathecal", STRONG.at(8))
        quiet = words("black = given", CAPTION)
        free = paper.put(quiet, paper.put(name, free, y + 8.2) + 1.2, y + 8.2) + 2
    for stop in road.stops:
        if not stop.course.priming:
            continue
        style = STRONG.at(8) if stop.course.begun else BODY.at(8)
        name = words(stop.course.title, STRONG.at(8), "block")
        day = words(short_date(stop.course.begins), style, "day 1")
        wide = max(name.width, day.width)
        middle = min(
            max((stop.left + stop.right) / 2, free + wide / 2), paper.form.right - wide / 2
        )
        paper.put(name, middle, y + 4.8, "centre")
        paper.put(day, middle, y + 8.2, "centre")
        free = middle + wide / 2 + 1.5
        shown = True
    return y + (LABELS if shown or spinal else 2.4)


def flag_of(road: RoadMap, today: date) -> tuple[float, float]:
    """The left and right end of the flag of today; nowhere where today is off the road."""
    if not road.marks[0][0] <= today < road.ends:
        return (0.0, 0.0)
    wide = words("today", Style(Face.BOLD, 8, WHITE)).width + 3
    left = min(max(road.place(today) - wide / 2, LANDSCAPE.left), LANDSCAPE.right - wide)
    return (left, left + wide)


def draw_today(paper: Paper, road: RoadMap, today: date, y: float) -> None:
    """Mark today by a flag over the road and a mark at either edge of it."""
    left, right = flag_of(road, today)
    if not right:
        return
    x = road.place(today)
    paper.box((left, y), (right - left, FLAG - 0.6), 0, BLACK)
    paper.put(words("today", Style(Face.BOLD, 8, WHITE)), left + 1.5, y + 3.0)
    for top, bottom in ((y + FLAG - 0.6, y + FLAG + 0.6), (y + FLAG + ROAD, y + FLAG + ROAD + 1.4)):
        paper.box((x - 0.5, top), (1.0, bottom - top), 0, BLACK)


def draw_months(paper: Paper, road: RoadMap, y: float) -> None:
    """Draw the first of each month along the road, with the year where it changes."""
    left, right = road.marks[0][1], road.marks[-1][1]
    low = y + MONTHS - 0.6
    paper.rule((left, low), (right, low), HAIR, HAIR_GREY)
    on, free, year = road.marks[0][0], 0.0, 0
    while on < road.ends:
        x = road.place(on)
        text = f"{on:%b %Y}" if on.year != year else f"{on:%b}"
        name = words(text, CAPTION, "month")
        if x >= free and x + name.width + 1 <= paper.form.right:
            paper.rule((x, low - 1.4), (x, low + 0.6), HAIR, HAIR_GREY)
            paper.put(name, x + 0.8, low - 1.2)
            free, year = x + name.width + 2, on.year
        on = (on.replace(day=1) + timedelta(days=32)).replace(day=1)


def draw_spinal(paper: Paper, road: RoadMap, days: Sequence[SpinalDay], y: float) -> None:
    """Draw the days with intrathecal drugs: black given, hollow planned, struck not given."""
    paper.rule((paper.form.left, y + 1.0), (road.marks[-1][1], y + 1.0), HAIR, HAIR_GREY)
    for day in days:
        if road.marks[0][0] <= day.on < road.ends:
            draw_triangle(paper, road.place(day.on) + 1.4, y, day.state)


def draw_triangle(paper: Paper, x: float, y: float, state: str) -> None:
    """Draw one intrathecal day, its point down."""
    corners = [(x - 1.4, y), (x + 1.4, y), (x, y + 2.6)]
    paper.polygon(corners, BLACK if state == "given" else WHITE, 0.8)
    if state in ("held", "not given"):
        paper.stroke([(x - 1.6, y + 2.4), (x + 1.6, y + 0.2)], FIRM)


class Label(Struct, frozen=True):
    """An event's words in their place."""

    event: RoadEvent
    words: Words
    left: float
    row: int
    pole: float

    @property
    def right(self) -> float:
        """The right end of the words."""
        return self.left + self.words.width


def has_room(road: RoadMap, event: RoadEvent) -> bool:
    """Whether an event's own words have room beside its pole."""
    x = road.place(event.on)
    room = max(LANDSCAPE.right - x, x - LANDSCAPE.left) - 3
    return (
        fitting(_on_its_day(event.words, event.on), STRONG.at(8.5), "key event", room, 7)
        is not None
    )


def _on_its_day(said: str, on: date) -> str:
    """An event with its day, which is said once: some name it themselves, or say what happened on it."""
    written, day = dated(said), short_date(on)
    return written if day in written else f"{written}, {day}"


def lay_events(road: RoadMap, events: Sequence[RoadEvent]) -> list[Label]:
    """Set each event on a row of its own, right of its pole or, near the edge, left of it."""
    labels = []
    for row, event in enumerate(events):
        style = STRONG.at(8.5) if event.happened else BODY.at(8.5)
        words_ = event.words if has_room(road, event) else event.brief or TOO_LONG
        said = _on_its_day(words_, event.on)
        x = road.place(event.on)
        right, left = LANDSCAPE.right - x - 3, x - LANDSCAPE.left - 3
        line = fit(said, style, "key event", max(right, left), 6.5)
        at = x + 2 if line.width <= right else x - 2 - line.width
        labels.append(Label(event, line, at, row, x))
    return labels


def draw_events(
    paper: Paper, labels: Sequence[Label], y: float, low: float, flag: tuple[float, float]
) -> None:
    """Draw events with their poles down to the road; a pole stops short of words in its way.

    Args:
        paper: the page.
        labels: the events in their places.
        y: the upper edge of the first row.
        low: the upper edge of the road, below the flag of today.
        flag: the left and right end of that flag.
    """
    for label in labels:
        middle = y + EVENT_ROW * (label.row + 0.5)
        happened = label.event.happened
        paper.disc((label.pole, middle), 0.8, BLACK if happened else WHITE, 0.8)
        paper.put(label.words, label.left, middle + 1.1)
        top = middle + 0.8
        for other in labels[label.row + 1 :]:
            if other.left - 0.8 < label.pole < other.right + 0.8:
                edge = y + EVENT_ROW * other.row
                if (
                    edge + 0.4 - top >= _LEAST_POLE
                ):  # a shorter piece looks like a sign of the words
                    paper.rule((label.pole, top), (label.pole, edge + 0.4), HAIR)
                top = edge + EVENT_ROW - 0.2
        ends = low - FLAG if flag[0] - 0.5 < label.pole < flag[1] + 0.5 else low
        if ends - top >= _LEAST_POLE:
            paper.rule((label.pole, top), (label.pole, ends), HAIR)
