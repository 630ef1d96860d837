"""The head of a paper that stands on the whole record: its bar, its stamps and the patient box."""

from decimal import Decimal

from msgspec import Struct

from bedside.documents.cells import CellRow, Fact, draw_cells, lay_cells
from bedside.documents.fonts import Face
from bedside.documents.footer import Foot, lay_foot
from bedside.documents.frame import draw_bar, draw_stamps, stamps_width
from bedside.documents.page import FIRM, HAIR, HAIR_GREY, PORTRAIT, Format, Paper
from bedside.documents.wording import no_day_range, paper_date
from bedside.documents.words import BODY, Colour, Style, Words, settle
from bedside.papers.values import PaperHead, PaperInfant
from bedside.papers.whose import AsOf, Whose

BLACK_BAR: Colour = (0, 0, 0)  # whole treatment
SLATE: Colour = (0.2, 0.25, 0.31)  # reports: a record
RED: Colour = (178 / 255, 38 / 255, 30 / 255)  # transfer
_BAR, _BOX_TOP = 7.7, 16.5
_BESIDE = 72.0  # the most a name takes beside the cells, landscape
_SEX = {"female": "Girl", "male": "Boy"}


class BarWords(Struct, frozen=True):
    """The parts of a bar, and its colour."""

    colour: Colour
    title: str
    subtitle: str
    right: str
    stop: bool = False  # something must not be given: an octagon says so before it is read


class WhoseBox(Struct, frozen=True):
    """Bar, patient box and the lines under it, made ready."""

    bar: BarWords
    head: PaperHead
    hospital_number: str
    name: tuple[Words, ...]
    name_room: float  # the width of the name's part; the whole width where the cells stand below
    rows: tuple[CellRow, ...]
    lines: tuple[Words, ...]
    above: bool  # the name above the cells

    @property
    def _names(self) -> float:
        return 3.2 + len(self.name) * self.name[0].style.size * 0.43

    @property
    def box_bottom(self) -> float:
        """The lower edge of the box, in millimetres from the top."""
        cells = sum(row.height for row in self.rows)
        return _BOX_TOP + (self._names + cells if self.above else max(self._names, cells))

    @property
    def first_bottom(self) -> float:
        """Where the first page's own matter begins."""
        return self.box_bottom + max(6.4, 2.4 + 3.6 * len(self.lines))

    @property
    def next_bottom(self) -> float:
        """Where that of the pages after it begins."""
        return 8.0 + _BAR + 2.4


def lay_whose(
    form: Format, bar: BarWords, head: PaperHead, whose: Whose, as_of: AsOf, about: str
) -> WhoseBox:
    """Measure the head of a paper.

    Args:
        form: portrait or landscape.
        bar: what the bar says.
        head: the paper's numbers, with the site and its stamps.
        whose: the patient box.
        as_of: what is said of today.
        about: the lines under the box: whose paper it is, and what it is not.

    Raises:
        Refused: a name, number or sentence cannot be printed or does not fit.
    """
    above = form is PORTRAIT
    bold = Style(Face.BOLD, 16 if above else 13)
    room = form.room - 4 if above else _BESIDE
    ways = ((bold, 1), (bold.at(11), 1), (bold.at(11), 2), (bold.at(9), 3), (bold.at(8.5), 4))
    name = settle(f"{whose.family}, {whose.given}", ways, "name", room)
    name_room = form.room if above else max(max(line.width for line in name) + 4.5, 30.0)
    cells = form.room if above else form.room - name_room
    rows = lay_cells(_facts(whose, as_of), cells, 9.5 if above else 9)
    said = no_day_range(about, "lines under the box")
    free = form.room - stamps_width(head, 5.0) - 2
    lines = settle(said, ((BODY, 1), (BODY.at(8), 2), (BODY.at(8), 5)), "site", free)
    return WhoseBox(bar, head, whose.hospital_number, name, name_room, rows, lines, above)


def _facts(whose: Whose, as_of: AsOf) -> list[Fact]:
    facts = [
        Fact(f"{_SEX[whose.sex]}, born", paper_date(whose.born), "date of birth"),
        Fact("Hospital number", whose.hospital_number, "hospital number"),
        Fact("Study number", whose.study_number, "study number"),
        Fact("Age today", as_of.age_words, "age"),
        Fact("Protocol", whose.protocol, "protocol"),
        Fact("Weight", as_of.weight, "weight"),
    ]
    if as_of.length:
        facts.append(Fact("Length", as_of.length, "length"))
    return [
        *facts,
        Fact("Line", whose.line, "central line", typed=True),
        Fact("Gene", whose.gene, "gene", typed=True),
        Fact("Allergies", whose.allergies, "allergies", typed=True),
    ]


def draw_whose(paper: Paper, box: WhoseBox, *, first: bool) -> None:
    """Draw the bar, and on the first page the box and what stands under it."""
    bar = box.bar
    subtitle = bar.subtitle if first else box.hospital_number
    draw_bar(
        paper,
        bar.colour,
        _BAR,
        (bar.title, "title", 15),
        (subtitle, "kind of paper"),
        (bar.right, "what it is not"),
        stop=bar.stop,
    )
    if first:
        _draw_box(paper, box)
        left = paper.form.left
        paper.put_lines(box.lines, left, box.box_bottom + 4.2, 3.6)
        draw_stamps(paper, box.head, paper.form.right, box.box_bottom + 0.9, 4.3)


def _draw_box(paper: Paper, box: WhoseBox) -> None:
    left, right, bottom = paper.form.left, paper.form.right, box.box_bottom
    paper.box((left, _BOX_TOP), (right - left, bottom - _BOX_TOP), FIRM)
    leading = box.name[0].style.size * 0.43
    names = box._names
    middle = _BOX_TOP + (names if box.above else bottom - _BOX_TOP) / 2
    base = middle + box.name[0].style.size * 0.127 - leading * (len(box.name) - 1) / 2
    paper.put_lines(box.name, left + 2, base, leading)
    x, y = (left, _BOX_TOP + names) if box.above else (left + box.name_room, _BOX_TOP)
    if box.above:
        paper.rule((left, y), (right, y), HAIR, HAIR_GREY)
    else:
        paper.rule((x, y), (x, bottom), HAIR, HAIR_GREY)
    for at, row in enumerate(box.rows):
        if at:
            paper.rule((x, y), (right, y), HAIR, HAIR_GREY)
        draw_cells(paper, row, x, y, right - x)
        y += row.height


def foot_of(paper: Paper, head: PaperHead, whose: Whose) -> Foot:
    """Measure the foot; of the infant it prints the name, the number and the day of birth only."""
    infant = PaperInfant(
        family=whose.family,
        given=whose.given,
        sex=whose.sex,
        born=whose.born,
        age_words="",
        hospital_number=whose.hospital_number,
        study_number=whose.study_number,
        allergies=whose.allergies,
        diagnosis=whose.gene,
        line=whose.line,
        weight_kg=Decimal(0),
        weight_at=head.printed_at,
        weight_by="",
        weight_change_percent=None,
        weight_change_days=None,
        length_cm=None,
        bsa_m2=None,
        bsa_formula="",
    )
    return lay_foot(paper, head, infant)
