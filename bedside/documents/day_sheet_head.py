"""The head of a day's dosing sheet: the bar that says route or drug, the site, and the patient box.

The intrathecal sheet alone also runs its colour down the left edge, with the word four times: it is
known from across a room, and in a grey copy by its shape.
"""

from msgspec import Struct
from msgspec.structs import replace

from bedside.documents.cells import CellRow, Fact, draw_cells, lay_cells
from bedside.documents.fonts import Face
from bedside.documents.frame import draw_bar, draw_stamps, full_name, stamps_width
from bedside.documents.numbers_box import Numbers, draw_numbers, lay_numbers
from bedside.documents.page import HAIR, HAIR_GREY, PORTRAIT, THIN, Paper
from bedside.documents.sheet_opening import patient_facts
from bedside.documents.typed import told
from bedside.documents.wording import dose, paper_date, weekday_date
from bedside.documents.words import (
    BODY,
    CAPTION,
    MM,
    STRONG,
    WHITE,
    Colour,
    Style,
    Words,
    fit,
    fitting,
    settle,
    words,
)
from bedside.papers.day_sheet import DaySheet, Kind

TEAL: Colour = (15 / 255, 124 / 255, 135 / 255)  # intrathecal
SLATE: Colour = (55 / 255, 71 / 255, 92 / 255)  # by needle
BROWN: Colour = (110 / 255, 72 / 255, 40 / 255)  # by mouth or tube
COLOURS: dict[Kind, Colour] = {
    "intrathecal": TEAL,
    "vinca": SLATE,
    "needle": SLATE,
    "mouth": BROWN,
}
INTRATHECAL = "INTRATHECAL"
_TOP, _BAR, _BAR_SPINAL = 8.0, 11.4, 17.0
_BAND_LEFT, _BAND_ROOM = 6.0, 7.0
_SITE, _NUMBERS_FROM, _UPPER = 9.0, 116.0, 14.4
_SPACED = 2.6  # millimetres between the letters of the great word
_SEX = {"female": "Girl", "male": "Boy"}


class Head(Struct, frozen=True):
    """The head of the first page made ready."""

    site: tuple[Words, ...]
    about: tuple[Words, ...]
    status: Words
    name: tuple[Words, ...]
    born: tuple[tuple[Words, ...], ...]
    numbers: Numbers
    rows: tuple[CellRow, ...]
    spinal: bool

    @property
    def bar_bottom(self) -> float:
        """The lower edge of the bar."""
        return _TOP + (_BAR_SPINAL if self.spinal else _BAR)

    @property
    def box_top(self) -> float:
        """The upper edge of the patient box."""
        lines = len(self.site) + len(self.about)
        return self.bar_bottom + 1.9 + max(_SITE, 0.5 + _leading(lines) * lines) + 1.8

    @property
    def upper(self) -> float:
        """The height of the part with the name."""
        lines = (len(self.name) - 1) * _name_leading(self.name) + (len(self.born) - 1) * 4.0
        return _UPPER + lines

    @property
    def bottom(self) -> float:
        """The lower edge of the patient box."""
        return self.box_top + self.upper + sum(row.height for row in self.rows)


def _leading(lines: int) -> float:
    return 4.4 if lines <= 2 else 3.3


def _name_leading(name: tuple[Words, ...]) -> float:
    return name[0].style.size * 0.42


def lay_head(sheet: DaySheet) -> Head:
    """Measure the head.

    Raises:
        Refused: a name, number or allergy cannot be printed or does not fit.
    """
    infant = sheet.infant
    bold = Style(Face.BOLD, 16)
    ways = [(bold, 1), (bold.at(14), 1), (bold.at(12), 2), (bold.at(10), 3), (bold.at(9), 4)]
    status = words(_status(sheet), STRONG.at(9.5))
    site, about = _site(sheet, status)
    return Head(
        site,
        about,
        status,
        settle(full_name(infant), ways, "name", _NUMBERS_FROM - 5),
        _born(sheet),
        lay_numbers(infant.hospital_number, infant.study_number, (36.5, 25.5)),
        lay_cells(_facts(sheet), PORTRAIT.room, 10),
        sheet.kind == "intrathecal",
    )


def _facts(sheet: DaySheet) -> list[Fact]:
    """The cells of the patient box; where doses go by age alone, size says that it is not used."""
    facts = patient_facts(sheet.infant)
    used = {caption for drug in sheet.drugs for _, caption, _ in drug.terms}
    if sheet.kind != "intrathecal" or used & {"weight", "body surface"}:
        return facts
    sizes = ("weight", "body surface")
    return [
        replace(one, caption=f"{one.caption}, not used") if one.field in sizes else one
        for one in facts
    ]


def _status(sheet: DaySheet) -> str:
    return "VERIFIED" if sheet.head.commissioned else "NO ORDER"


def _site(sheet: DaySheet, status: Words) -> tuple[tuple[Words, ...], tuple[Words, ...]]:
    room = PORTRAIT.room - stamps_width(sheet.head, _SITE) - status.width - 4 - 3
    strong = STRONG.at(9.5)
    ways = ((strong, 1), (STRONG.at(8.5), 2), (STRONG.at(8), 2), (STRONG.at(8), 3))
    also = f" ({sheet.course_also})" if sheet.course_also else ""
    kind = f"Dosing sheet. {sheet.protocol}, {sheet.course}{also}, day {sheet.day}, {weekday_date(sheet.on)}"
    small = ((BODY, 1), (BODY.at(8), 1), (BODY.at(8), 2), (BODY.at(7.5), 3))
    return told(sheet.head.site, ways, "site", room), settle(kind, small, "kind of sheet", room)


def _born(sheet: DaySheet) -> tuple[tuple[Words, ...], ...]:
    """Sex, date of birth and age: on one line, or the age on a line of its own."""
    room = _NUMBERS_FROM - 5
    first = (
        words(f"{_SEX[sheet.infant.sex]}, born", BODY),
        words(paper_date(sheet.infant.born), STRONG.at(10.5), "date of birth"),
    )
    text = f"on this day: {sheet.infant.age_words}"
    beside = fitting(text, BODY, "age", room - sum(each.width for each in first) - 5, 7.5)
    if beside is not None:
        return ((*first, beside),)
    return (first, (fit(text, BODY, "age", room, 7.5),))


def bar_words(sheet: DaySheet) -> tuple[str, str]:
    """What stands in the bar after the drug: protocol, course and day."""
    return f"{sheet.protocol}, {sheet.course}, day {sheet.day}", "protocol, course and day"


def draw_head(paper: Paper, sheet: DaySheet, head: Head) -> None:
    """Draw bar, site row and patient box of the first page."""
    draw_page_bar(paper, sheet)
    top = head.bar_bottom + 1.9
    right = draw_stamps(paper, sheet.head, paper.form.right, top, _SITE)
    width = head.status.width + 4
    paper.box((right - width, top), (width, _SITE), THIN * 2)
    paper.put(words("Order", CAPTION), right - width / 2, top + 3.5, "centre")
    paper.put(head.status, right - width / 2, top + 7.6, "centre")
    leading = _leading(len(head.site) + len(head.about))
    last = paper.put_lines(head.site, paper.form.left, top + 3.0, leading)
    paper.put_lines(head.about, paper.form.left, last + leading, leading)
    _draw_patient(paper, head)


def draw_page_bar(paper: Paper, sheet: DaySheet) -> float:
    """Draw the bar of a page, of an intrathecal sheet with its edge; return the bar's lower edge."""
    if sheet.kind == "intrathecal":
        return _draw_spinal(paper, len(sheet.drugs))
    title = (sheet.drugs[0].drug, "drug", 18.5)
    route = (sheet.route.upper(), "route")
    return draw_bar(paper, COLOURS[sheet.kind], _BAR, title, bar_words(sheet), route)


def _draw_spinal(paper: Paper, drugs: int) -> float:
    form = paper.form
    paper.box((_BAND_LEFT, _TOP), (form.right - _BAND_LEFT, _BAR_SPINAL), 0, TEAL)
    paper.box((_BAND_LEFT, _TOP), (_BAND_ROOM, form.height - _TOP - 6.5), 0, TEAL)
    x, base = form.left + 3, _TOP + _BAR_SPINAL / 2 + 0.36 * 30 / MM
    for letter in INTRATHECAL:  # spaced, as no other paper has its name
        x = paper.put(words(letter, Style(Face.BOLD, 30, WHITE)), x, base) + _SPACED
    white = Style(Face.BOLD, 9.5, WHITE)
    only = "No other drug on this sheet" if drugs == 1 else f"These {drugs} drugs, no other"
    for at, text in enumerate(("into the CSF, by lumbar puncture", only)):
        paper.put(words(text, white), form.right - 3, _TOP + 7.2 + at * 5.6, "right")
    _draw_edge(paper)
    return _TOP + _BAR_SPINAL


def _draw_edge(paper: Paper) -> None:
    """The word four times up the left edge, each letter by itself."""
    style = Style(Face.BOLD, 11, WHITE)
    letters = [words(letter, style) for letter in INTRATHECAL]
    high = sum(letter.width for letter in letters) + 1.6 * (len(letters) - 1)
    first = _TOP + _BAR_SPINAL + 6.0
    step = (paper.form.height - 6.5 - first) / 4
    for number in range(4):
        y: float = first + step * number + (step + high) / 2
        for letter in letters:
            paper.put_turned(letter, _BAND_LEFT + _BAND_ROOM / 2 + 1.4, y, 90)
            y -= letter.width + 1.6


def _draw_patient(paper: Paper, head: Head) -> None:
    left, room, top = paper.form.left, paper.form.room, head.box_top
    paper.box((left, top), (room, head.bottom - top), 1.8)
    base = paper.put_lines(head.name, left + 2.5, top + 6.6, _name_leading(head.name))
    for at, line in enumerate(head.born):
        x, y = left + 2.5, base + 5.6 + at * 4.0
        for part in line:
            x = paper.put(part, x, y) + (1.2 if part is line[0] else 3.0)
    x = left + _NUMBERS_FROM
    paper.rule((x, top), (x, top + head.upper), HAIR, HAIR_GREY)
    draw_numbers(paper, head.numbers, x + 2.5, top)
    y = top + head.upper
    for row in head.rows:
        paper.rule((left, y), (left + room, y), THIN)
        draw_cells(paper, row, left, y, room)
        y += row.height


def draw_later_head(paper: Paper, sheet: DaySheet) -> float:
    """Draw the head of a further page: its bar, whose it is and which doses; return the lower edge."""
    y = draw_page_bar(paper, sheet)
    infant = sheet.infant
    whose = f"{full_name(infant)}   {infant.hospital_number}   born\u00a0{paper_date(infant.born)}"
    doses = ", ".join(dose(f"{each.drug} {each.final}", "dose") for each in sheet.drugs)
    what = f"{doses} {sheet.route}, day {sheet.day}, {weekday_date(sheet.on)}"
    ways = ((STRONG.at(11), 1), (STRONG, 1), (STRONG, 3), (STRONG.at(8), 4))
    last = paper.put_lines(
        settle(whose, ways, "name", paper.form.room), paper.form.left, y + 6, 4.2
    )
    lines = settle(what, ((BODY, 1), (BODY, 2)), "doses", paper.form.room)
    return paper.put_lines(lines, paper.form.left, last + 4.8, 4.0) + 2.0
