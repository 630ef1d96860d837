"""What ends a roadmap: delays, worst grades, what comes next with room to sign, and what no source settles."""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from bedside.documents.page import FIRM, HAIR, HAIR_GREY, THIN, Paper
from bedside.documents.typed import told
from bedside.documents.wording import dated, no_day_range, paper_date, short_date
from bedside.documents.words import BODY, CAPTION, STRONG, Words, fit, settle, too_long, words, wrap
from bedside.papers.values import Roadmap, RoadmapWorst

_HEAD, _LINE = 9.2, 3.6
_BLANK_ROW = 9.0  # for a hand
_SIGN = 11.0
_OPEN_HEAD, _LEAST_LINES = 6.6, 4
_OPEN_WAYS = ((8.5, 3.6), (8, 3.3))  # points, and millimetres from line to line
# left edge and width of the three blocks, in millimetres from the left of the text
_DELAYS, _WORST, _NEXT = (0.0, 112.0), (114.0, 87.0), (203.0, 74.0)
_DELAY_COLUMNS = (0.0, 10.0, 37.0, 64.0, 79.0, 112.0)
_DELAY_CAPTIONS = ("Day", "First plan", "Given", "Late", "Reason")


class TableLine(Struct, frozen=True):
    """One line of a closing table: lines of words for each cell."""

    cells: tuple[tuple[Words, ...], ...]
    air: float = 1.7

    @property
    def height(self) -> float:
        """Its height in millimetres."""
        return self.air + _LINE * max(len(cell) for cell in self.cells)


class Closing(Struct, frozen=True):
    """The three blocks side by side, or so much of them as one page holds."""

    delays: tuple[TableLine, ...]
    worst: tuple[TableLine, ...]
    ctcae: str
    next_lines: tuple[Words, ...]
    last: bool  # with the blank line and the boxes to sign

    @property
    def height(self) -> float:
        """Their height in millimetres."""
        delays = sum(line.height for line in self.delays) + (_BLANK_ROW if self.last else 0)
        worst = sum(line.height for line in self.worst) - 3.0
        after = (_SIGN + 1.5 + _LINE * len(self.next_lines) - 4.0) if self.last else 0
        return _HEAD + max(delays, worst, after) + 1.0

    def draw(self, paper: Paper, y: float) -> None:
        """Draw the blocks from their upper edge."""
        self._draw_delays(paper, y)
        self._draw_worst(paper, y)
        if self.last:
            self._draw_next(paper, y)

    def _head(self, paper: Paper, block: tuple[float, float], y: float, title: str) -> float:
        left = paper.form.left + block[0]
        paper.rule((left, y), (left + block[1], y), FIRM)
        paper.put(words(title, STRONG.at(9.5)), left, y + 4)
        return left

    def _draw_delays(self, paper: Paper, y: float) -> None:
        left = self._head(paper, _DELAYS, y, "Delays")
        for caption, x in zip(_DELAY_CAPTIONS, _DELAY_COLUMNS, strict=False):
            paper.put(words(caption, CAPTION), left + x + 1, y + 8.1)
        y += _HEAD
        heights = [line.height for line in self.delays] + ([_BLANK_ROW] if self.last else [])
        top = y
        for line in self.delays:
            for x, cell in zip(_DELAY_COLUMNS, line.cells, strict=False):
                paper.put_lines(cell, left + x + 1, y + 3.7, _LINE)
            y += line.height
            paper.rule((left, y), (left + _DELAYS[1], y), THIN)
        paper.box((left, top), (_DELAYS[1], sum(heights)), THIN)
        for x in _DELAY_COLUMNS[1:-1]:
            paper.rule((left + x, top), (left + x, top + sum(heights)), HAIR, HAIR_GREY)

    def _draw_worst(self, paper: Paper, y: float) -> None:
        left = self._head(paper, _WORST, y, "Worst grade this course")
        paper.put(words(self.ctcae, CAPTION, "CTCAE version"), left + _WORST[1], y + 4, "right")
        y += _HEAD - 3.6
        for line in self.worst:
            for x, cell in zip((1.0, 6.0, 58.0, 66.0), line.cells, strict=False):
                paper.put_lines(cell, left + x, y + 3.7, _LINE)
            y += line.height

    def _draw_next(self, paper: Paper, y: float) -> None:
        left = self._head(paper, _NEXT, y, "Next and signed")
        last = paper.put_lines(self.next_lines, left + 1, y + 8.1, _LINE)
        top = last + 1.6
        paper.box((left, top), (_NEXT[1], _SIGN), THIN)
        middle = left + _NEXT[1] / 2
        paper.rule((middle, top), (middle, top + _SIGN), THIN)
        paper.put(words("rule first met: date, who", CAPTION), left + 1, top + 3.2)
        paper.put(words("course reviewed by", CAPTION), middle + 1, top + 3.2)


def lay_closing(roadmap: Roadmap, first_room: float, full_room: float) -> list[Closing]:
    """Measure the closing blocks, split over pages where they are longer than one.

    Args:
        roadmap: the roadmap.
        first_room: millimetres left under the grid.
        full_room: millimetres on a page of their own.

    Raises:
        Refused: something in them cannot be printed or does not fit.
    """
    delays, worst = _delay_lines(roadmap), _worst_lines(roadmap)
    ctcae = f"CTCAE {roadmap.ctcae}" if roadmap.ctcae[:1].isdigit() else roadmap.ctcae
    said = no_day_range(roadmap.next_words or "not known yet", "next course")
    after = settle(said, ((BODY, 1), (BODY.at(8), 6)), "next course", _NEXT[1] - 2)
    whole = Closing(tuple(delays), tuple(worst), ctcae, after, last=True)
    if whole.height <= max(first_room, full_room):
        return [whole]
    parts = []
    room = full_room - _HEAD - _SIGN - _BLANK_ROW - 10
    while delays or worst:
        now, delays = _so_many(delays, room)
        then, worst = _so_many(worst, room)
        parts.append(Closing(now, then, ctcae, after, last=not delays and not worst))
    return parts


def _so_many(
    lines: Sequence[TableLine], room: float
) -> tuple[tuple[TableLine, ...], list[TableLine]]:
    """Take as many lines as the room holds; return them and the rest."""
    used = 0.0
    for at, line in enumerate(lines):
        used += line.height
        if used > room:
            return tuple(lines[:at]), list(lines[at:])
    return tuple(lines), []


def _delay_lines(roadmap: Roadmap) -> list[TableLine]:
    lines = []
    for delay in roadmap.delays:
        late = "1 day" if delay.days_late == 1 else f"{delay.days_late} days"
        actual = "not yet" if delay.actual is None else paper_date(delay.actual)
        ways = ((BODY, 1), (BODY.at(8), 12))
        cells = (
            (fit(str(delay.day), STRONG, "day of a delay", 8, 7),),
            (words(paper_date(delay.first_plan), BODY, "first plan"),),
            (words(actual, BODY, "date given"),),
            (fit(late, BODY, "days late", 13, 7),),
            told(dated(delay.reason), ways, "reason of a delay", 31.0),
        )
        lines.append(TableLine(cells))
    return lines


def _worst_lines(roadmap: Roadmap) -> list[TableLine]:
    if not roadmap.worst:
        return [TableLine(((words("none recorded", BODY),),))]
    lines = []
    for row in roadmap.worst:
        date_style = CAPTION.at(8.5)
        cells = (
            (words(row.letter, STRONG, "letter of a toxicity"),),
            told(row.term, ((BODY, 1), (BODY.at(8), 3)), "name of a toxicity", 50.0),
            (words(str(row.grade), STRONG.at(10), "grade"),),
            tuple(words(part, date_style, "since when") for part in _since(row)),
        )
        lines.append(TableLine(cells, 0.9))
    return lines


def _since(row: RoadmapWorst) -> list[str]:
    """From which day the grade held; one that ran on from before the course says so."""
    since = [short_date(row.began)]
    if row.from_before:
        since = ["before: since", paper_date(row.began)]
    return [*since, *(("result", "corrected") if row.corrected else ())]


class LeftOpen(Struct, frozen=True):
    """What the sources leave open, or so much of it as one page holds."""

    lines: tuple[tuple[bool, Words], ...]  # whether the line begins a sentence
    title: str = "What the sources leave open in this course"
    leading: float = _LINE

    @property
    def height(self) -> float:
        """Its height in millimetres."""
        return _OPEN_HEAD + self.leading * len(self.lines)

    def draw(self, paper: Paper, y: float) -> None:
        """Draw the block from its upper edge."""
        left = paper.form.left
        paper.rule((left, y), (paper.form.right, y), FIRM)
        paper.put(words(self.title, STRONG.at(9.5)), left, y + 4)
        base = y + 8.3
        for begins, line in self.lines:
            if begins:
                paper.disc((left + 2.2, base - 1.1), 0.5)
            paper.put(line, left + 4.5, base)
            base += self.leading


def lay_left_open(roadmap: Roadmap, first_room: float, full_room: float) -> list[LeftOpen]:
    """Measure what the sources leave open: whole under the blocks, smaller if need be, else whole on a page.

    Longer than a page it is split between two sentences.

    Raises:
        Refused: a word of it cannot be printed or does not fit.
    """
    blocks = (
        (roadmap.since, "Given on what was struck out since"),
        (roadmap.apart, "Kept apart in time and place"),
        (roadmap.hours, "Drugs given at an hour"),
        (roadmap.undosed, "Drugs without a dose on this paper"),
        (roadmap.unscheduled, "What the sources leave open in this course"),
    )
    texts = [text for said, _ in blocks for text in said]
    if not texts:
        return []
    title = ". ".join(title for said, title in blocks if said)
    ways = [_set_open(texts, title, *way) for way in _OPEN_WAYS]
    for whole in ways:
        if whole.height <= first_room:
            return [whole]
    return _parted(ways[0], first_room, full_room)


def _set_open(texts: Sequence[str], title: str, size: float, leading: float) -> LeftOpen:
    lines: list[tuple[bool, Words]] = []
    for text in texts:
        broken = wrap(dated(text), BODY.at(size), "what the sources leave open", 270.0, 12)
        lines += [(at == 0, line) for at, line in enumerate(broken)]
    return LeftOpen(tuple(lines), title, leading)


def _parted(whole: LeftOpen, first_room: float, full_room: float) -> list[LeftOpen]:
    """Each part begins with a sentence, and none has a line or two alone."""
    parts: list[LeftOpen] = []
    lines, room = list(whole.lines), first_room
    while lines:
        most = max(0, int((room - _OPEN_HEAD) / whole.leading))
        cut = len(lines)
        if cut > most:
            least = min(most, cut - _LEAST_LINES)
            cut = max((at for at in range(_LEAST_LINES, least + 1) if lines[at][0]), default=0)
        if not cut and parts:  # a sentence longer than a page
            cut = most
        if cut:
            parts.append(replace(whole, lines=tuple(lines[:cut])))
            lines = lines[cut:]
        elif room >= full_room:
            raise too_long(whole.title, "what the sources leave open")
        room = full_room
    return parts
