"""The rows of the roadmap: one for each course day, and one across the grid for each hold.

Planned stands above, given below with its tick. A day not yet recorded keeps room for a hand: the
planned dose, a dotted line, and 7.4 mm below it. Tinted cells are those in which nothing is due.
"""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from bedside.documents.fonts import Face
from bedside.documents.marks import held_square, pointer, tick_box
from bedside.documents.page import FIRM, HAIR, HAIR_GREY, THIN, TINT, Paper
from bedside.documents.roadmap_columns import BOX, PADDING, Grid, Span, in_cell
from bedside.documents.roadmap_head import draw_edges
from bedside.documents.typed import legible, told
from bedside.documents.wording import dated, paper_date, weekday_date
from bedside.documents.words import BLACK, QUIET, STRONG, Style, Words, fit, settle, words
from bedside.papers.values import Roadmap, RoadmapDay
from bedside.units.writer import write_number

_LINE = 3.6
_FIRST = 3.3  # from a row's upper edge to its first baseline
_PEN = 7.4
_RECORDED, _QUIET_ROW = 7.8, 7.8


class DrugCell(Struct, frozen=True):
    """What stands in one cell of a drug (or of all intrathecal drugs)."""

    span: Span
    planned: tuple[Words, ...]
    given: tuple[tuple[Words, ...], ...]  # each with a tick box of its own
    open: bool  # due and not recorded: room for a pen

    @property
    def height(self) -> float:
        """The height it needs, in millimetres."""
        lines = len(self.planned) + sum(len(lines) for lines in self.given)
        return 0.6 + _LINE * lines + (_PEN if self.open else 0)

    @property
    def empty(self) -> bool:
        """Whether nothing is due and nothing was given."""
        return not self.planned and not self.given


class DayRow(Struct, frozen=True):
    """One course day made ready."""

    grid: Grid
    number: Words
    second: Words | None
    struck: Words | None
    due: Words
    given_on: Words | None
    cells: tuple[DrugCell, ...]
    counts: tuple[tuple[Span, Words], ...]
    worst: tuple[Words, ...]
    initials: tuple[Words, ...]
    today: bool

    @property
    def height(self) -> float:
        """The row's height in millimetres."""
        dates = 1 if self.struck is None else 2
        if self.grid.given is None and self.given_on is not None:
            dates += 1
        beside = max(dates, len(self.worst), len(self.initials))
        needs = [cell.height for cell in self.cells if not cell.empty]
        return max([_RECORDED, 0.6 + _LINE * beside, *needs])

    def draw(self, paper: Paper, y: float) -> None:
        """Draw the row from its upper edge."""
        left, right, height = paper.form.left, paper.form.right, self.height
        for cell in self.cells:
            if cell.empty:
                paper.box((cell.span.left, y), (cell.span.width, height), 0, TINT)
        self._draw_day(paper, y)
        self._draw_dates(paper, y)
        for cell in self.cells:
            _draw_cell(paper, cell, y, height)
        for span, line in self.counts:
            paper.put(line, span.right - PADDING, y + 4.9, "right")
        paper.put_lines(self.worst, self.grid.worst.left + PADDING, y + 4.9, _LINE)
        first = 4.9 if len(self.initials) < 2 else _FIRST
        paper.put_lines(self.initials, self.grid.initials.left + PADDING, y + first, _LINE)
        draw_edges(paper, self.grid, y, height)
        for x in (left, right):
            paper.rule((x, y), (x, y + height), FIRM)
        for edge in (y, y + height):  # the upper edge again: the tint has covered half of it
            paper.rule((left, edge), (right, edge), THIN)

    def _draw_day(self, paper: Paper, y: float) -> None:
        span = self.grid.day
        paper.put(self.number, span.left + PADDING, y + 4.6)
        if self.second is not None:
            paper.put(self.second, span.right - 0.9, y + 4.6, "right")
        if self.today:
            pointer(paper, span.left - 0.6, y + self.height / 2)
            paper.put(words("today", STRONG.at(8)), span.left + PADDING, y + self.height - 0.9)

    def _draw_dates(self, paper: Paper, y: float) -> None:
        x, base = self.grid.due.left + PADDING, y + _FIRST
        if self.struck is not None:
            end = paper.put(self.struck, x, base)
            paper.rule((x - 0.3, base - 1.1), (end + 0.3, base - 1.1), THIN, QUIET)
            base += _LINE
        paper.put(self.due, x, base)
        if self.given_on is not None:
            at = self.grid.given or self.grid.due
            base = y + self.height - 1.2
            tick_box(paper, at.left + PADDING - 0.3, base - 2.5)
            paper.put(self.given_on, at.left + PADDING + BOX, base)


def _draw_cell(paper: Paper, cell: DrugCell, y: float, height: float) -> None:
    x = cell.span.left + PADDING
    base = paper.put_lines(cell.planned, x, y + _FIRST, _LINE)
    if cell.open:
        line = base + 0.9 if cell.planned else y + 0.9
        paper.rule((x, line), (cell.span.right - PADDING, line), HAIR, HAIR_GREY, (0.6, 1.6))
    lines = sum(len(lines) for lines in cell.given)
    base = y + height - 1.2 - (_PEN if cell.open else 0) - _LINE * (lines - 1)
    for given in cell.given:
        tick_box(paper, x - 0.3, base - 2.5)
        base = paper.put_lines(given, x + BOX, base, _LINE) + _LINE


class HoldRow(Struct, frozen=True):
    """A hold, in words, across the grid."""

    lines: tuple[Words, ...]

    @property
    def height(self) -> float:
        """The row's height in millimetres."""
        return max(6.6, 2.4 + 4.0 * len(self.lines))

    def draw(self, paper: Paper, y: float) -> None:
        """Draw the row from its upper edge."""
        left, room = paper.form.left, paper.form.room
        paper.box((left, y), (room, self.height), FIRM * 1.3)
        held_square(paper, left + 3, y + self.height / 2 - 1.9)
        base = y + self.height / 2 + 1.2 - 2.0 * (len(self.lines) - 1)
        paper.put_lines(self.lines, left + 10, base, 4.0)


def lay_rows(roadmap: Roadmap, grid: Grid) -> list[tuple[HoldRow | None, DayRow]]:
    """Measure every row; a hold stands before its day and is never parted from it.

    Raises:
        Refused: something in a row cannot be printed or does not fit.
    """
    rows = []
    for day in roadmap.days:
        hold = _lay_hold(day.held) if day.held else None
        rows.append((hold, _lay_day(roadmap, grid, day)))
    return rows


def _lay_hold(text: str) -> HoldRow:
    ways = ((STRONG, 1), (Style(Face.BOLD, 8.5), 1), (Style(Face.BOLD, 8.5), 6))
    return HoldRow(told(dated(text), ways, "hold", 262.0))


def _lay_day(roadmap: Roadmap, grid: Grid, day: RoadmapDay) -> DayRow:
    size = grid.setting.size
    plain, bold = Style(Face.PLAIN, size), Style(Face.BOLD, size)
    moved = day.first_plan != day.due
    second = None if day.second_label is None else f"({day.second_label})"
    room = grid.due.inside + 0.8
    given_on = None
    if day.given_on is not None:
        span = grid.given or grid.due
        given_on = fit(paper_date(day.given_on), bold, "date given", span.inside - BOX + 0.8, 7)
    return DayRow(
        grid,
        words(str(day.day), Style(Face.BOLD, 12 if day.day < 100 else 10.5), "course day"),
        None if second is None else words(second, Style(Face.PLAIN, 8, QUIET), "second day number"),
        fit(weekday_date(day.first_plan), plain.at(size - 0.25), "first plan", room, 7)
        if moved
        else None,
        fit(weekday_date(day.due), bold if moved else plain, "date due", room, 7),
        given_on,
        tuple(_lay_cells(roadmap, grid, day)),
        tuple(_counts(grid, day, bold)),
        _narrow(day.worst_grade, bold, "worst grade", grid.worst),
        _narrow(legible(day.initials, "see screen"), plain, "initials", grid.initials),
        day.due == roadmap.today,
    )


def _narrow(text: str, style: Style, field: str, span: Span) -> tuple[Words, ...]:
    if not text:
        return ()
    return settle(text, ((style, 1), (style.at(8), 1), (style.at(8), 4)), field, span.inside)


def _counts(grid: Grid, day: RoadmapDay, bold: Style) -> list[tuple[Span, Words]]:
    counts = []
    for span, value, field in (
        (grid.anc, day.anc_per_ul, "ANC"),
        (grid.platelets, day.platelets_per_ul, "platelets"),
    ):
        if value is not None:
            counts.append((span, fit(write_number(value), bold, field, span.inside, 7)))
    return counts


def _lay_cells(roadmap: Roadmap, grid: Grid, day: RoadmapDay) -> list[DrugCell]:
    given = {at: [text for index, text in day.given if index == at] for at, _ in day.given}
    cells = [_cell(roadmap, grid, (at,), span, day, given) for at, span in grid.drugs]
    if grid.intrathecal is not None:
        drugs = tuple(at for at, drug in enumerate(roadmap.drugs) if drug.intrathecal)
        cells.append(_cell(roadmap, grid, drugs, grid.intrathecal, day, given))
    return cells


def _cell(
    roadmap: Roadmap,
    grid: Grid,
    columns: Sequence[int],
    span: Span,
    day: RoadmapDay,
    given: Mapping[int, list[str]],
) -> DrugCell:
    """One cell: of one drug, or of all intrathecal drugs, which are then named in it."""
    size = grid.setting.size
    bold = Style(Face.BOLD, size)
    held = [at for at in day.held_columns if at not in given]
    left_out = [at for at in day.not_given_columns if at not in given]
    closed = (*given, *held, *left_out)
    waiting = [at for at in columns if _due(roadmap, at, day) and at not in closed]
    loud = bool(waiting or set(columns).intersection((*held, *left_out)))
    style = Style(Face.BOLD if loud else Face.PLAIN, size, BLACK if loud else QUIET)
    planned: list[Words] = []
    recorded: list[tuple[Words, ...]] = []
    for at in columns:
        drug = roadmap.drugs[at]
        if _due(roadmap, at, day):
            text = "HELD" if at in held else in_cell(drug, day.day)
            if at in left_out:
                text = "NOT GIVEN"
            if text.startswith("due") and roadmap.day_1_is == "projected":
                text = f"planned{text[3:]}"  # nothing of a course is due before it is opened
            said = dated(f"{drug.drug} {text}" if drug.intrathecal else text)
            planned += settle(
                said, ((style, 1), (style.at(8), 3)), f"dose of {drug.drug}", span.inside
            )
        for text in given.get(at, ()):
            said = dated(f"{drug.drug} {text}" if drug.intrathecal else text)
            ways = ((bold, 1), (bold.at(8), 1), (bold.at(8), 5))
            recorded.append(settle(said, ways, f"{drug.drug} given", span.inside - BOX + 0.6))
    return DrugCell(span, tuple(planned), tuple(recorded), bool(waiting))


def _due(roadmap: Roadmap, at: int, day: RoadmapDay) -> bool:
    return day.day in roadmap.drugs[at].days
