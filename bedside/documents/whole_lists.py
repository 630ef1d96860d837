"""The two lists under a whole treatment: start rules with what is said of the plan, and cumulative doses."""

from collections.abc import Callable, Sequence

from msgspec import Struct

from bedside.documents.marks import stop_octagon, tick_disc, unknown_ring
from bedside.documents.page import FIRM, HAIR, HAIR_GREY, LANDSCAPE, Paper
from bedside.documents.typed import told
from bedside.documents.wording import dated, paper_date
from bedside.documents.words import (
    BODY,
    CAPTION,
    STRONG,
    Words,
    fit,
    settle,
    words,
    wrap,
    wrapped,
)
from bedside.papers.whole_treatment import Cumulative, RoadEvent, StartLine, WholeTreatment

LEFT, RIGHT = (LANDSCAPE.left, 100.0), (LANDSCAPE.left + 104.0, 173.0)  # left edge and width
_HEAD = 5.4
_COURSE, _MARK, _SAID = 26.0, 28.5, 31.5  # of a start rule: its course, mark and words
_COLUMNS = (0.0, 88.0, 106.0, 139.5, 173.0)
_MOST = 16  # lines of one start rule: the program's own sentences are said in full
_CAPTIONS = ("Drug and route", "Days given", "Given so far", "Total of the protocol")


class Setting(Struct, frozen=True):
    """How closely the lists are set: millimetres from line to line and between entries, sizes in points."""

    line: float
    air: float
    small: float
    note: float


# the roomiest in which everything stands on the one page is taken
SETTINGS = (Setting(3.2, 0.5, 8.0, 7.0), Setting(2.9, 0.25, 7.5, 7.0), Setting(2.6, 0.15, 7.0, 6.5))


class Line(Struct, frozen=True):
    """One entry of a list: lines of words at places across it, and a mark."""

    cells: tuple[tuple[float, tuple[Words, ...]], ...]
    air: float = 0.9
    mark: str = ""  # "met", "not met", "unknown"
    ruled: bool = False
    leading: float = SETTINGS[0].line

    @property
    def height(self) -> float:
        """Its height in millimetres."""
        return self.air + self.leading * max(len(lines) for _, lines in self.cells)

    def draw(self, paper: Paper, block: tuple[float, float], y: float) -> None:
        """Draw it from its upper edge."""
        left, width = block
        for x, lines in self.cells:
            paper.put_lines(lines, left + x, y + self.leading - 0.3, self.leading)
        if self.mark:
            _MARKS[self.mark](paper, left + _MARK, y + 2.0)
        if self.ruled:
            low = y + self.height
            paper.rule((left, low), (left + width, low), HAIR, HAIR_GREY)


def _met(paper: Paper, x: float, y: float) -> None:
    tick_disc(paper, x, y, 1.5)


def _not_met(paper: Paper, x: float, y: float) -> None:
    stop_octagon(paper, x, y, 1.6)


def _unknown(paper: Paper, x: float, y: float) -> None:
    unknown_ring(paper, x, y, 1.5)


_MARKS: dict[str, Callable[[Paper, float, float], None]] = {
    "met": _met,
    "not met": _not_met,
    "unknown": _unknown,
}


class Lists(Struct, frozen=True):
    """Both lists, measured."""

    left: tuple[Line, ...]
    right: tuple[Line, ...]

    @property
    def height(self) -> float:
        """Millimetres from the upper edge to the end of the longer one."""
        return _HEAD + max(sum(line.height for line in lines) for lines in (self.left, self.right))

    def draw(self, paper: Paper, y: float) -> None:
        """Draw both from their upper edge."""
        for block, lines, title in (
            (LEFT, self.left, "Start rules"),
            (RIGHT, self.right, "Cumulative doses"),
        ):
            if lines:
                _draw(paper, block, lines, y, title)


def _draw(
    paper: Paper, block: tuple[float, float], lines: Sequence[Line], y: float, title: str
) -> None:
    left, width = block
    paper.rule((left, y), (left + width, y), FIRM)
    paper.put(words(title, STRONG.at(9.5)), left, y + 4.0)
    y += _HEAD
    for line in lines:
        line.draw(paper, block, y)
        y += line.height


def lay_lists(
    value: WholeTreatment, legend: str, more: Sequence[RoadEvent], setting: Setting
) -> Lists:
    """Measure both lists.

    Args:
        value: the whole treatment.
        legend: the letters on the road and what they stand for.
        more: key events that had no room over the road.
        setting: how closely they are set.

    Raises:
        Refused: something in them cannot be printed or does not fit.
    """
    left = _left_lines(value, legend, more, setting)
    return Lists(tuple(left), tuple(_right_lines(value.cumulative, setting)))


def _left_lines(
    value: WholeTreatment, legend: str, more: Sequence[RoadEvent], setting: Setting
) -> list[Line]:
    lines = [
        _follows(line, setting) if line.result == "follows" else _start(line, setting)
        for line in _joined(value.starts)
    ]
    said = [f"On the road: {legend}." if legend else ""]
    told = [f"{paper_date(event.on)}: {event.words}." for event in more]
    said += [" ".join(told)] if setting is SETTINGS[-1] else told
    said += [f"{title} has no date: {words_}" for title, words_ in value.undated]
    said.append(f"Bold = happened. Plain = expected. {value.lengths_words}.")
    said += list(value.notes)
    lines += [_note(text, setting) for text in said if text]
    return lines


def _joined(starts: Sequence[StartLine]) -> list[StartLine]:
    """Courses of which the same is said stand on one line."""
    found: dict[tuple[str, str], list[str]] = {}
    for line in starts:
        found.setdefault((line.result, line.words), []).append(line.course)
    return [
        StartLine(", ".join(courses), result, said)  # type: ignore[arg-type]  # as it came in
        for (result, said), courses in found.items()
    ]


def _follows(line: StartLine, setting: Setting) -> Line:
    said = wrap(
        f"{line.course}: {line.words}", BODY.at(setting.small), "start rule", LEFT[1], _MOST
    )
    return Line(((0.0, said),), setting.air + 0.6, leading=setting.line)


def _start(line: StartLine, setting: Setting) -> Line:
    small = BODY.at(setting.small)
    ways = ((STRONG.at(8.5), 1), (STRONG.at(setting.small), 2), (STRONG.at(7.5), 5))
    course = settle(line.course, ways, "course", _COURSE)
    said = told(dated(line.words), ((small, _MOST),), "start rule", LEFT[1] - _SAID)
    return Line(
        ((0.0, course), (_SAID, said)), setting.air + 0.6, line.result, leading=setting.line
    )


def _note(text: str, setting: Setting) -> Line:
    said = told(dated(text), ((CAPTION.at(setting.note), 40),), "note", LEFT[1])
    return Line(((0.0, said),), setting.air * 0.8, leading=setting.line)


def _right_lines(rows: Sequence[Cumulative], setting: Setting) -> list[Line]:
    captions = tuple(
        (x, (words(caption, CAPTION),)) for x, caption in zip(_COLUMNS, _CAPTIONS, strict=False)
    )
    lines = [Line(captions, setting.air, ruled=True, leading=setting.line)]
    for row in rows:
        cells = [
            settle(dated(text), ((style, 1), (style.at(7.0), 1), (style.at(7.0), 4)), field, room)
            for text, style, field, room in (
                (row.days, STRONG.at(setting.small), f"days of {row.drug}", 16.5),
                (row.given, STRONG.at(setting.small), f"{row.drug} given", 32.0),
                (row.total, BODY.at(setting.small), f"total of {row.drug}", 32.0),
            )
        ]
        placed = (*_name(row, setting), *zip(_COLUMNS[1:], cells, strict=False))
        lines.append(Line(placed, setting.air, ruled=True, leading=setting.line))
    return lines


def _name(row: Cumulative, setting: Setting) -> tuple[tuple[float, tuple[Words, ...]], ...]:
    """The drug in bold, its route after it."""
    room = _COLUMNS[1] - 1.5
    drug = fit(row.drug, STRONG.at(setting.small), "drug", room, 6.5)
    style = BODY.at(7.0)
    rest = room - drug.width - 1.5
    lines = wrapped(row.route, style, "route", rest, 1)
    if lines is not None:
        return ((0.0, (drug,)), (drug.width + 1.5, lines))
    return ((0.0, (drug, *wrap(row.route, style, "route", room, 3))),)
