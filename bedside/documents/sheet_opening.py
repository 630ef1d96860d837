"""The head of the dosing sheet: the drug's bar, the site and the sheet's standing, and the patient box."""

from msgspec import Struct

from bedside.documents.cells import CellRow, Fact, draw_cells, lay_cells
from bedside.documents.fonts import Face
from bedside.documents.frame import PURPLE, draw_bar, draw_stamps, full_name, stamps_width
from bedside.documents.numbers_box import Numbers, draw_numbers, lay_numbers
from bedside.documents.page import HAIR, HAIR_GREY, PORTRAIT, THIN, Paper
from bedside.documents.typed import told
from bedside.documents.wording import dated, paper_date, short_date, short_moment
from bedside.documents.words import BODY, CAPTION, STRONG, Style, Words, fit, settle, words
from bedside.papers.values import DosingSheet, PaperInfant
from bedside.units.rounding import half_up
from bedside.units.writer import write_number

_NUMBERS_FROM = 116.0  # millimetres from the left edge: where hospital and study number stand
_SITE_TOP, _SITE_HEIGHT, _GAP = 21.3, 9.0, 1.8
_SEX = {"female": "Girl", "male": "Boy"}


class Opening(Struct, frozen=True):
    """The head made ready."""

    site: tuple[Words, ...]
    about: tuple[Words, ...]
    name: tuple[Words, ...]
    born: tuple[tuple[Words, ...], ...]
    numbers: Numbers
    rows: tuple[CellRow, ...]
    upper: float  # height of the name's part

    @property
    def site_height(self) -> float:
        """The height of the row that names the site."""
        lines = len(self.site) + len(self.about)
        return max(_SITE_HEIGHT, 0.5 + _site_leading(lines) * lines)

    @property
    def box_top(self) -> float:
        """The upper edge of the patient box, in millimetres from the top of the page."""
        return _SITE_TOP + self.site_height + _GAP

    @property
    def bottom(self) -> float:
        """The lower edge of the patient box."""
        return self.box_top + self.upper + sum(row.height for row in self.rows)


def lay_opening(sheet: DosingSheet) -> Opening:
    """Measure the head.

    Raises:
        Refused: a name, number or allergy cannot be printed or does not fit.
    """
    infant = sheet.infant
    bold = Style(Face.BOLD, 16)
    ways = [(bold, 1), (bold.at(14), 1), (bold.at(12), 2), (bold.at(10), 3), (bold.at(9), 4)]
    name = settle(full_name(infant), ways, "name", _NUMBERS_FROM - 5)
    born = _born(infant)
    numbers = lay_numbers(infant.hospital_number, infant.study_number, (36.5, 25.5))
    rows = lay_cells(patient_facts(infant), PORTRAIT.room, 10)
    upper = 14.4 + (len(name) - 1) * _leading(name) + (len(born) - 1) * 4.0
    site, about = _site(sheet)
    return Opening(site, about, name, born, numbers, rows, upper)


def _site(sheet: DosingSheet) -> tuple[tuple[Words, ...], tuple[Words, ...]]:
    room = PORTRAIT.room - stamps_width(sheet.head, _SITE_HEIGHT) - _status(sheet).width - 4 - 3
    strong = STRONG.at(9.5)
    ways = ((strong, 1), (STRONG.at(8.5), 2), (STRONG.at(8), 2), (STRONG.at(8), 3))
    site = told(sheet.head.site, ways, "site", room)
    also = f", {sheet.course_also}" if sheet.course_also else ""
    kind = f"Dosing sheet{also}. {dated(sheet.place_words)}".strip()
    small = ((BODY, 1), (BODY.at(8), 1), (BODY.at(8), 2))
    return site, settle(kind, small, "kind of sheet", room)


def _site_leading(lines: int) -> float:
    return 4.4 if lines == 2 else 3.3


def _status(sheet: DosingSheet) -> Words:
    if not sheet.head.commissioned:  # nobody signs what two people have not confirmed
        return words("NO ORDER", STRONG.at(9.5))
    if sheet.order_signed:
        return words("VERIFIED", STRONG.at(9.5))
    # orders that exist in Bedside are signed there: nothing is to be signed twice
    return words("OPEN IN BEDSIDE" if sheet.order_steps else "TO BE SIGNED", STRONG.at(9.5))


def _leading(name: tuple[Words, ...]) -> float:
    return name[0].style.size * 0.42


def _born(infant: PaperInfant) -> tuple[tuple[Words, ...], ...]:
    """Sex, date of birth and age: on one line, or the age on a line of its own."""
    room = _NUMBERS_FROM - 5
    first = (
        words(f"{_SEX[infant.sex]}, born", BODY),
        words(paper_date(infant.born), STRONG.at(10.5), "date of birth"),
    )
    used = sum(each.width for each in first) + 5
    age = words(f"on day 1: {infant.age_words}", BODY, "age")
    if used + age.width <= room:
        return ((*first, age),)
    return (first, (fit(age.text, BODY, "age", room, 7.5),))


def patient_facts(infant: PaperInfant) -> list[Fact]:
    """Return the cells of the patient box that every paper shows."""
    weight = f"{write_number(infant.weight_kg)} kg"
    weighed = f"{short_moment(infant.weight_at)}, {infant.weight_by}"
    length, surface = "not measured", "not known"
    if infant.length_cm is not None:
        length = f"{write_number(infant.length_cm)} cm"
    if infant.bsa_m2 is not None:
        surface = f"{write_number(half_up(infant.bsa_m2, 3))} m²"
    measured = "" if infant.length_on is None else short_date(infant.length_on)
    risk = [Fact("Risk group", infant.risk, "risk group", typed=True)] if infant.risk else []
    return [
        Fact(f"Weight{weight_change(infant)}", weight, "weight", weighed),
        Fact("Length", length, "length", measured),
        Fact(infant.bsa_formula or "Body surface", surface, "body surface"),
        Fact("Allergies", infant.allergies, "allergies", typed=True),
        Fact("Diagnosis", infant.diagnosis, "diagnosis", typed=True),
        *risk,
        Fact("Line", infant.line or "unknown", "line", typed=True),
    ]


def weight_change(infant: PaperInfant) -> str:
    """Return ", +1.6 % in 7 days", or "" where no earlier weight is known."""
    percent, days = infant.weight_change_percent, infant.weight_change_days
    if percent is None or days is None:
        return ""
    shown = half_up(percent, 1)
    sign = "+" if shown > 0 else "−" if shown < 0 else ""
    span = {0: "the same day", 1: "in 1 day"}.get(days, f"in {days} days")
    return f", {sign}{write_number(abs(shown))} % {span}"


def draw_opening(paper: Paper, sheet: DosingSheet, opening: Opening) -> None:
    """Draw bar, site row and patient box."""
    days = ", ".join(str(day) for day, _ in sheet.left)
    plural = "day" if len(sheet.left) == 1 else "days"
    subtitle = f"{sheet.protocol}, {sheet.course}, {plural} {days}"
    draw_bar(
        paper,
        PURPLE,
        11.4,
        (sheet.drug, "drug", 18.5),
        (subtitle, "protocol, course and days"),
        (sheet.route.upper(), "route"),
    )
    _draw_site_row(paper, sheet, opening)
    _draw_patient(paper, opening)


def _draw_site_row(paper: Paper, sheet: DosingSheet, opening: Opening) -> None:
    right = draw_stamps(paper, sheet.head, paper.form.right, _SITE_TOP, _SITE_HEIGHT)
    status = _status(sheet)
    width = status.width + 4
    paper.box((right - width, _SITE_TOP), (width, _SITE_HEIGHT), THIN * 2)
    middle = right - width / 2
    paper.put(words("Order", CAPTION), middle, _SITE_TOP + 3.5, "centre")
    paper.put(status, middle, _SITE_TOP + 7.6, "centre")
    leading = _site_leading(len(opening.site) + len(opening.about))
    base = _SITE_TOP + 3.0
    last = paper.put_lines(opening.site, paper.form.left, base, leading)
    paper.put_lines(opening.about, paper.form.left, last + leading, leading)


def _draw_patient(paper: Paper, opening: Opening) -> None:
    left, room = paper.form.left, paper.form.room
    top, upper = opening.box_top, opening.upper
    paper.box((left, top), (room, opening.bottom - top), 1.8)
    base = paper.put_lines(opening.name, left + 2.5, top + 6.6, _leading(opening.name))
    for at, line in enumerate(opening.born):
        x, y = left + 2.5, base + 5.6 + at * 4.0
        for part in line:
            x = paper.put(part, x, y) + (1.2 if part is line[0] else 3.0)
    x = left + _NUMBERS_FROM
    paper.rule((x, top), (x, top + upper), HAIR, HAIR_GREY)
    draw_numbers(paper, opening.numbers, x + 2.5, top)
    y = top + upper
    for row in opening.rows:
        paper.rule((left, y), (left + room, y), THIN)
        draw_cells(paper, row, left, y, room)
        y += row.height
