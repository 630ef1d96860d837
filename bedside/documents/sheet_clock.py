"""Block 3 of the dosing sheet: one line a date for the vial's clock, with FINISH BY in the heavy column."""

from collections.abc import Sequence

from bedside.documents.fonts import Face
from bedside.documents.frame import draw_head
from bedside.documents.marks import clock_colon
from bedside.documents.page import HEAVY, THIN, Paper
from bedside.documents.typed import told
from bedside.documents.wording import no_day_range, weekday_date
from bedside.documents.words import CAPTION, STRONG, Style, Words, fit, words
from bedside.papers.values import DosingSheet

HEAD = 9.5
MOST_ROW, LEAST_ROW = 8.8, 7.8
_EDGES = (0.0, 38.5, 51.9, 75.0, 97.7, 121.0, 140.9, 161.0, 184.0)
_CAPTIONS = (
    "Day and date",
    "Planned",
    "Reconstituted",
    "Latest start",
    "FINISH BY",
    "Started",
    "Ended",
    "Not given: why",
)
_FINISH = 4
SETTLED, SETTLED_TWICE = 5.2, 6.6  # mm of a settled day's line, with one row of words and two
_NO_TIMES = "not commissioned: no vial is made up from this sheet"
_TIMES = (2, 3, 4, 5, 6)  # columns that take a time by hand


def line_tops(sheet: DosingSheet, row: float) -> list[float]:
    """The upper edge of each date's line and the lower edge of the last, in millimetres from the first.

    What is settled is printed and not written: its line is lower, and leaves the hand its room.
    """
    tops = [0.0]
    for each in sheet.dates:
        if each in sheet.left:
            tops.append(tops[-1] + row)
        else:
            high = SETTLED if len(_settled(sheet, each[0])) < 2 else SETTLED_TWICE
            tops.append(tops[-1] + min(row, high))
    return tops


def _settled(sheet: DosingSheet, day: int) -> Sequence[Words]:
    """What a day says that is given, or not to be given; nothing where it is left to give."""
    said = [each.words for each in sheet.settled if each.day == day]
    if not said:
        return ()
    room = _EDGES[-1] - _EDGES[1] - 2.5
    ways = ((STRONG.at(9.5), 1), (STRONG, 1), (STRONG.at(8), 1), (STRONG.at(8), 2))
    return told(no_day_range(said[0], "what was given"), ways, "what was given", room)


def draw_clock(paper: Paper, sheet: DosingSheet, y: float, row: float) -> None:
    """Draw block 3 from its upper edge; ``row`` is the height of an open date's line in millimetres."""
    left = paper.form.left
    within, minutes = sheet.finish_within_minutes, sheet.infusion_minutes
    note = f"finish by = reconstituted + {within} min.  Latest start = "
    if minutes is None:
        note += "finish by less the infusion's minutes"
    else:
        note += f"reconstituted + {within - minutes} min ({within} less {minutes})"
    if not sheet.head.commissioned:
        note = "not open"
    title = "Vial clock" if len(sheet.dates) == 1 else "Vial clock, one line a day"
    draw_head(paper, y, "3", title, note)
    for at, caption in enumerate(_CAPTIONS):
        style = STRONG if at == _FINISH else CAPTION.at(8)
        room = _EDGES[at + 1] - _EDGES[at] - 0.6
        line = fit(caption, style, "caption of the vial clock", room, 7)
        paper.put(line, left + _EDGES[at] + (1.0 if at != 1 else 0.4), y + 8.3)
    top, tops = y + HEAD, line_tops(sheet, row)
    for at, (day, _) in enumerate(sheet.dates):
        _draw_line(paper, sheet, at, day, top + tops[at], tops[at + 1] - tops[at])
    paper.box((left, top), (_EDGES[-1], tops[-1]), THIN)
    for first, last in _open_runs(sheet) if sheet.head.commissioned else ():
        start, height = top + tops[first], tops[last + 1] - tops[first]
        for edge in (*_EDGES[1:4], *_EDGES[6:8]):
            paper.rule((left + edge, start), (left + edge, start + height), THIN)
        width = _EDGES[_FINISH + 1] - _EDGES[_FINISH]
        paper.box((left + _EDGES[_FINISH], start), (width, height), HEAVY)


def _open_runs(sheet: DosingSheet) -> list[tuple[int, int]]:
    """The lines to be filled in by hand, as first and last of each run; settled days part them."""
    runs: list[tuple[int, int]] = []
    for at, each in enumerate(sheet.dates):
        if each not in sheet.left:
            continue
        if runs and runs[-1][1] == at - 1:
            runs[-1] = (runs[-1][0], at)
        else:
            runs.append((at, at))
    return runs


def _draw_line(paper: Paper, sheet: DosingSheet, at: int, day: int, top: float, row: float) -> None:
    left = paper.form.left
    if at:
        paper.rule((left, top), (left + _EDGES[-1], top), THIN)
    number = words(str(day), Style(Face.BOLD, 14), "course day")
    base = top + row / 2 + 1.75
    paper.put(number, left + 1.5, base)
    start = max(7.0, number.width + 3.0)
    date_words = fit(
        weekday_date(sheet.dates[at][1]), STRONG.at(9.5), "date", _EDGES[1] - start - 0.4, 8
    )
    paper.put(date_words, left + start, base)
    lines = _settled(sheet, day)
    if lines:
        first = base if len(lines) == 1 else top + row / 2 - 0.5
        paper.put_lines(lines, left + _EDGES[1] + 1.5, first, 3.1)
        return
    if not sheet.head.commissioned:  # closed as the cells for initials are: nothing is written here
        closed = words(_NO_TIMES, CAPTION)
        paper.put(closed, left + (_EDGES[1] + _EDGES[-1]) / 2, base, "centre")
        return
    middle = left + (_EDGES[1] + _EDGES[2]) / 2
    if sheet.planned_time:
        planned = fit(sheet.planned_time, Style(Face.PLAIN, 9), "planned time", 12.4, 8)
        paper.put(planned, middle, base, "centre")
    else:
        clock_colon(paper, middle, top + row / 2)
    for column in _TIMES:
        clock_colon(paper, left + (_EDGES[column] + _EDGES[column + 1]) / 2, top + row / 2)
