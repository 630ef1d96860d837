"""The head of the roadmap's grid: which drug stands in which column, how much, by which way, on what rule."""

from msgspec import Struct

from bedside.documents.fonts import Face
from bedside.documents.page import FIRM, THIN, Paper
from bedside.documents.roadmap_columns import PADDING, Grid, Span, in_cell
from bedside.documents.wording import dose, no_day_range
from bedside.documents.words import CAPTION, STRONG, Style, Words, fit, settle, words
from bedside.papers.values import Roadmap, RoadmapDrug

_LEADING = 3.5


class HeadCell(Struct, frozen=True):
    """One column's head: lines from the top, and a name to be turned upright."""

    span: Span
    lines: tuple[Words, ...]
    upright: Words | None = None


class GridHead(Struct, frozen=True):
    """The head made ready, in full for the first page or short for those after it."""

    grid: Grid
    cells: tuple[HeadCell, ...]
    height: float

    def draw(self, paper: Paper, y: float) -> None:
        """Draw the head from its upper edge."""
        left, room = paper.form.left, paper.form.room
        paper.box((left, y), (room, self.height), FIRM)
        draw_edges(paper, self.grid, y, self.height)
        turned = self._turned_height()
        for cell in self.cells:
            base = y + 3.6
            if cell.upright is not None:
                x = cell.span.left + cell.span.width / 2 + 1.2
                paper.put_turned(cell.upright, x, y + turned - 1.2, 90)
                base += turned
            paper.put_lines(cell.lines, cell.span.left + PADDING, base, _LEADING)

    def _turned_height(self) -> float:
        return max(
            (c.upright.width + 2.4 for c in self.cells if c.upright is not None), default=0.0
        )


def draw_edges(paper: Paper, grid: Grid, y: float, height: float) -> None:
    """Draw the rules between the columns; those around the intrathecal column are heavy."""
    heavy = {grid.anc.left}
    if grid.intrathecal is not None:
        heavy |= {grid.intrathecal.left, grid.intrathecal.right}
    for edge in grid.edges:
        paper.rule((edge, y), (edge, y + height), 1.8 if edge in heavy else THIN)


def lay_head(roadmap: Roadmap, grid: Grid, *, full: bool) -> GridHead:
    """Measure the head.

    Args:
        roadmap: the roadmap.
        grid: its columns.
        full: with routes and rules (the first page), or with names and doses only.

    Raises:
        Refused: a drug's words do not fit.
    """
    cells = [*_fixed_cells(roadmap, grid, full=full)]
    cells += [_drug_cell(roadmap.drugs[at], span, grid, full=full) for at, span in grid.drugs]
    if grid.intrathecal is not None:
        cells.append(_intrathecal_cell(roadmap, grid.intrathecal, full=full))
    turned = max((c.upright.width + 2.4 for c in cells if c.upright is not None), default=0.0)
    lines = max(len(cell.lines) + (turned / _LEADING if cell.upright else 0) for cell in cells)
    return GridHead(grid, tuple(cells), 1.9 + _LEADING * lines)


def _fixed_cells(roadmap: Roadmap, grid: Grid, *, full: bool) -> list[HeadCell]:
    second = roadmap.second_label_words or "other count"
    has_second = any(day.second_label is not None for day in roadmap.days)
    day_note = f"({second})" if has_second else ""
    tint = "White: due. Tinted: not due."
    signs = roadmap.head.commissioned
    columns = [(grid.day, "Day", day_note)]
    if grid.given is None:
        columns.append((grid.due, "Dates", f"due above, given below. {tint}"))
    else:
        columns.append((grid.due, "Date due", "first plan, then now. White: due."))
        columns.append((grid.given, "Date given", "tick = recorded. Tinted: not due."))
    columns += [
        (grid.anc, "ANC", "per microlitre"),
        (grid.platelets, "Platelets", "per microlitre"),
        (grid.worst, "Worst", "grade and key"),
        (grid.initials, "Initials", "given, witnessed" if signs else "none: not to be signed"),
    ]
    if grid.comment is not None:
        columns.append((grid.comment, "Comment", ""))
    return [_fixed_cell(span, title, note if full else "") for span, title, note in columns]


def _fixed_cell(span: Span, title: str, note: str) -> HeadCell:
    field = f"head of the column {title}"
    lines = [fit(title, STRONG.at(8.5), field, span.inside, 7)]
    if note:
        ways = ((CAPTION, 4), (CAPTION.at(7.5), 4), (CAPTION.at(7), 5), (CAPTION.at(6.5), 6))
        lines += settle(note, ways, field, span.inside)
    return HeadCell(span, tuple(lines))


def _drug_cell(drug: RoadmapDrug, span: Span, grid: Grid, *, full: bool) -> HeadCell:
    bold = Style(Face.BOLD, grid.setting.name)
    lines: list[Words] = []
    upright = None
    if grid.setting.upright:
        upright = words(drug.drug, bold, "drug")
    else:
        lines.append(words(drug.drug, bold, "drug"))
    said = dose(drug.dose_words, f"dose of {drug.drug}")
    ways = ((bold.at(grid.setting.name + 1), 1), (bold, 1), (bold, 4))
    lines += settle(said, ways, f"dose of {drug.drug}", span.inside)
    if drug.rhythm:  # on every page: weekly taken for daily kills
        lines += settle(drug.rhythm, ((bold, 1), (bold, 2)), f"rhythm of {drug.drug}", span.inside)
    if full:
        lines += _quiet(drug.route, f"route of {drug.drug}", span)
        lines += _quiet(no_day_range(drug.rule_words, "dose rule"), f"rule of {drug.drug}", span)
    return HeadCell(span, tuple(lines), upright)


def _quiet(text: str, field: str, span: Span) -> tuple[Words, ...]:
    if not text:
        return ()
    return settle(
        text, ((CAPTION, 2), (CAPTION.at(7.5), 12), (CAPTION.at(7), 12)), field, span.inside
    )


def _intrathecal_drugs(roadmap: Roadmap) -> str:
    """Name the intrathecal drugs; their doses stand in the cells, and here where none is known."""
    named = []
    for drug in roadmap.drugs:
        if drug.intrathecal:
            said = dose(drug.dose_words, f"dose of {drug.drug}")
            named.append((drug.drug, "" if in_cell(drug) == drug.dose_words else said))
    missing = {said for _, said in named}
    if len(missing) == 1:
        names = ", ".join(name for name, _ in named)
        return f"{names}: {missing.pop()}" if any(missing) else names
    return ", ".join(f"{name}: {said}" if said else name for name, said in named)


def _intrathecal_cell(roadmap: Roadmap, span: Span, *, full: bool) -> HeadCell:
    ways = ((STRONG.at(8.5), 1), (STRONG.at(8), 1), (STRONG.at(7.5), 2))
    own = "own sheet, place and hour" if full else "own sheet"
    lines = [words("INTRATHECAL", STRONG), *settle(own, ways, "intrathecal", span.inside)]
    if full:
        lines += _quiet(_intrathecal_drugs(roadmap), "intrathecal drugs", span)
    return HeadCell(span, tuple(lines))
