"""The head of a roadmap page: its bar, whose it is, and on the first page the course as a line of time."""

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct

from bedside.documents.cells import CellRow, Fact, draw_cells, lay_cells
from bedside.documents.fonts import Face
from bedside.documents.frame import BLUE, draw_bar, draw_stamps, full_name, stamps_width
from bedside.documents.page import FIRM, HAIR, HAIR_GREY, LANDSCAPE, THIN, Paper
from bedside.documents.wording import no_day_range, paper_date, short_date, weekday_date
from bedside.documents.words import (
    BODY,
    STRONG,
    WHITE,
    Style,
    Words,
    fitting,
    settle,
)
from bedside.papers.values import PaperInfant, Roadmap, RoadmapDay
from bedside.units.rounding import half_up
from bedside.units.writer import write_number

_BAR, _BOX_TOP = 7.7, 16.5
_BAND = 4.9
RECORD = "A record, not an order: give only from a dosing sheet"


class RoadmapOpening(Struct, frozen=True):
    """What stands on every page, and the lines of the first page, made ready."""

    name: tuple[Words, ...]
    name_room: float
    rows: tuple[CellRow, ...]
    dose: tuple[Words, ...]
    dlt: Words | None

    @property
    def box_bottom(self) -> float:
        """The lower edge of the patient box, in millimetres from the top."""
        names = 3.2 + len(self.name) * self.name[0].style.size * 0.43
        return _BOX_TOP + max(names, sum(row.height for row in self.rows))

    @property
    def first_bottom(self) -> float:
        """Where the grid begins on the first page."""
        lines = max(6.0, 2.6 + 3.6 * len(self.dose))
        return self.box_bottom + lines + (_BAND + 0.6 if self.dlt else 0) + _BAND + 1.6

    @property
    def next_bottom(self) -> float:
        """Where the grid begins on the pages after it."""
        return self.box_bottom + 1.2


def lay_opening(roadmap: Roadmap) -> RoadmapOpening:
    """Measure the head of the pages.

    Raises:
        Refused: a name, allergy or sentence cannot be printed or does not fit.
    """
    bold = Style(Face.BOLD, 13)
    ways = ((bold, 1), (bold.at(11), 1), (bold.at(11), 2), (bold.at(9), 3), (bold.at(8.5), 4))
    name = settle(full_name(roadmap.infant), ways, "name", 72.0)
    name_room = max(max(line.width for line in name) + 4.5, 30.0)
    rows = lay_cells(_facts(roadmap.infant), LANDSCAPE.room - name_room, 9)
    also = f"Also called {roadmap.course_also}. " if roadmap.course_also else ""
    room = LANDSCAPE.room - stamps_width(roadmap.head, 5.0) - 2
    dose = settle(
        no_day_range(also + roadmap.dose_words, "line on the doses"),
        ((BODY, 1), (BODY.at(8), 1), (BODY.at(8), 4)),
        "line on the doses",
        room,
    )
    dlt = None
    if roadmap.dlt_words:
        text = no_day_range(roadmap.dlt_words, "line on the DLT period")
        dlt = settle(text, ((STRONG, 1), (STRONG.at(7.5), 1)), "DLT period", LANDSCAPE.room - 16)[0]
    return RoadmapOpening(name, name_room, rows, dose, dlt)


def _facts(infant: PaperInfant) -> list[Fact]:
    sex = "Girl" if infant.sex == "female" else "Boy"
    weighed = short_date(infant.weight_at.date())
    facts = [
        Fact(f"{sex}, born", paper_date(infant.born), "date of birth"),
        Fact("Hospital number", infant.hospital_number, "hospital number"),
        Fact("Study number", infant.study_number, "study number"),
        Fact("Age", infant.age_words, "age"),
        Fact(f"Weight {weighed}", f"{write_number(infant.weight_kg)} kg", "weight"),
    ]
    if infant.length_cm is not None:
        measured = "" if infant.length_on is None else f" {short_date(infant.length_on)}"
        facts.append(Fact(f"Length{measured}", f"{write_number(infant.length_cm)} cm", "length"))
    if infant.bsa_m2 is not None:
        surface = f"{write_number(half_up(infant.bsa_m2, 3))} m²"
        facts.append(Fact(f"BSA, {infant.bsa_formula}", surface, "body surface"))
    return [*facts, Fact("Allergies", infant.allergies, "allergies", typed=True)]


def draw_opening(paper: Paper, roadmap: Roadmap, opening: RoadmapOpening, *, first: bool) -> None:
    """Draw the head of a page."""
    day_1 = weekday_date(roadmap.day_1)
    begins = f"day 1 = {day_1}" if roadmap.day_1_is == "actual" else f"day 1 expected {day_1}"
    draw_bar(
        paper,
        BLUE,
        _BAR,
        (roadmap.course.upper(), "course", 15),
        (f"{roadmap.protocol}, roadmap, {begins}", "protocol and day 1"),
        (RECORD, "record"),
    )
    _draw_patient(paper, opening)
    if first:
        _draw_first(paper, roadmap, opening)


def _draw_patient(paper: Paper, opening: RoadmapOpening) -> None:
    left, right, bottom = paper.form.left, paper.form.right, opening.box_bottom
    paper.box((left, _BOX_TOP), (right - left, bottom - _BOX_TOP), FIRM)
    leading = opening.name[0].style.size * 0.43
    middle = (_BOX_TOP + bottom) / 2 + opening.name[0].style.size * 0.127
    base = middle - leading * (len(opening.name) - 1) / 2
    paper.put_lines(opening.name, left + 2, base, leading)
    x = left + opening.name_room
    paper.rule((x, _BOX_TOP), (x, bottom), HAIR, HAIR_GREY)
    y = _BOX_TOP
    for at, row in enumerate(opening.rows):
        if at:
            paper.rule((x, y), (right, y), HAIR, HAIR_GREY)
        draw_cells(paper, row, x, y, right - x)
        y += row.height


def _draw_first(paper: Paper, roadmap: Roadmap, opening: RoadmapOpening) -> None:
    left = paper.form.left
    y = opening.box_bottom
    draw_stamps(paper, roadmap.head, paper.form.right, y + 0.9, 4.3)
    last = paper.put_lines(opening.dose, left, y + 4.2, 3.6)
    y = max(last + 1.8, y + 6.0)
    if opening.dlt is not None:
        _draw_dlt(paper, opening.dlt, y, hatched=roadmap.dlt_state == "open")
        y += _BAND + 0.6
    draw_strip(paper, roadmap, y)


def _draw_dlt(paper: Paper, line: Words, y: float, *, hatched: bool) -> None:
    left, room = paper.form.left, paper.form.room
    if hatched:
        step = 2.2
        for at in range(int(room / step)):
            x = left + at * step
            run = min(_BAND, left + room - x)
            paper.rule((x, y + _BAND), (x + run, y + _BAND - run), HAIR, HAIR_GREY)
        paper.box((left + 4, y), (line.width + 4, _BAND), 0, WHITE)
    paper.box((left, y), (room, _BAND), 1.0)
    paper.put(line, left + (6 if hatched else 1.5), y + 3.6)


class Stretch(Struct, frozen=True):
    """Course days that follow one another without a hold, or the hold between two of them."""

    begins: date
    ends: date  # the day after the last
    label: str
    held: bool


def stretches(days: Sequence[RoadmapDay]) -> list[Stretch]:
    """Split the course into stretches of days and the holds between them."""
    found: list[Stretch] = []
    start = 0
    for at in range(1, len(days) + 1):
        if at < len(days) and _late(days, at) <= 0:
            continue
        found.append(_stretch(days, start, at - 1))
        if at < len(days):
            late = _late(days, at)
            begins = days[at].due - timedelta(days=late)
            span = "1 day" if late == 1 else f"{late} days"
            found.append(Stretch(begins, days[at].due, f"held {span}", held=True))
        start = at
    return found


def _late(days: Sequence[RoadmapDay], at: int) -> int:
    """By how many days a row comes later than its number alone would put it."""
    return (days[at].due - days[at - 1].due).days - (days[at].day - days[at - 1].day)


def _stretch(days: Sequence[RoadmapDay], first: int, last: int) -> Stretch:
    low, high = days[first], days[last]
    label = f"day {low.day}" if first == last else f"days {low.day} to {high.day}"
    return Stretch(low.due, high.due + timedelta(days=1), label, held=False)


def draw_strip(paper: Paper, roadmap: Roadmap, y: float) -> None:
    """Draw the course as a line of time, true to scale, with its holds and today."""
    parts = stretches(roadmap.days)
    begins, ends = parts[0].begins, parts[-1].ends
    left, scale = paper.form.left, paper.form.room / (ends - begins).days
    for part in parts:
        x = left + (part.begins - begins).days * scale
        width = (part.ends - part.begins).days * scale
        if part.held:
            paper.box((x, y), (width, _BAND), 1.0, None, (2.0, 1.4))
        else:
            paper.box((x, y), (width, _BAND), THIN)
        free = width
        if part.begins <= roadmap.today < part.ends:
            free = ((roadmap.today - part.begins).days + 0.5) * scale
            _draw_today(paper, x + free, x + width, y)
        style = STRONG.at(8) if part.held else BODY.at(8)
        label = fitting(part.label, style, "course days", free - 3, 6.5)
        if label is not None:
            paper.put(label, x + 1.5, y + 3.4)


def _draw_today(paper: Paper, x: float, end: float, y: float) -> None:
    """Mark today on the line of time; the word only where it has room."""
    paper.rule((x, y - 0.4), (x, y + _BAND + 0.4), 2.2)
    word = fitting("today", STRONG.at(8), "today", end - x - 2.4, 6.5)
    if word is not None:
        paper.put(word, x + 1.2, y + 3.4)
