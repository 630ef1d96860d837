"""The legends of a day's sheet: what kills by another route, what is kept apart, what to ask before giving."""

from msgspec import Struct

from bedside.documents.day_sheet_parts import Block, choice_width, tick_choice
from bedside.documents.fonts import Face
from bedside.documents.marks import stop_octagon
from bedside.documents.page import FIRM, HEAVY, THIN, Paper
from bedside.documents.wording import no_day_range, weekday_date
from bedside.documents.words import BLACK, BODY, STRONG, WHITE, Style, Words, settle, words, wrap
from bedside.papers.day_sheet import DaySheet

FATAL = "FATAL IF GIVEN BY OTHER ROUTES"
IV_ONLY = "FOR INTRAVENOUS USE ONLY"
IT_ONLY = "FOR INTRATHECAL USE ONLY"
VINCA_FATAL = "Vinca alkaloids are FATAL IF GIVEN BY THIS ROUTE"
_TEXT_FROM = 21.0
_LINE = 4.1
_ROOM = 184.0 - _TEXT_FROM - 4


def lay_legend(sheet: DaySheet) -> list[Block]:
    """Measure the legend at the head of an intrathecal or a vinca sheet; none on others.

    Raises:
        Refused: a name in it does not fit.
    """
    if sheet.kind == "intrathecal":
        return [_spinal(sheet)]
    return [_vinca(sheet)] if sheet.kind == "vinca" else []


class Apart(Struct, frozen=True):
    """What is due that day and kept apart, and two boxes to tick: on one line, else the boxes below."""

    lines: tuple[Words, ...]
    choices: tuple[str, str]
    beside: bool

    @property
    def height(self) -> float:
        """The height from the first baseline to the lower edge of the boxes, in millimetres."""
        return _LINE * (len(self.lines) - 1) + (1.6 if self.beside else 7.8)

    def draw(self, paper: Paper, x: float, y: float) -> None:
        """Draw it from its first baseline."""
        last = paper.put_lines(self.lines, x, y, _LINE)
        if self.beside:
            x, last = x + self.lines[0].width + 5, last - 6.2
        for choice in self.choices:
            x = tick_choice(paper, choice, x, last + 6.2) + 6


def _apart(sheet: DaySheet, lead: str, choices: tuple[str, str]) -> Apart:
    lines = wrap(_due(sheet, lead), STRONG, "what is kept apart", _ROOM, 3)
    taken = lines[0].width + 5 + sum(choice_width(one) + 6 for one in choices)
    return Apart(lines, choices, len(lines) == 1 and taken <= _ROOM + 6)


def _spinal(sheet: DaySheet) -> Block:
    choices = ("no intravenous drug in this room", "delivered on its own")
    if sheet.apart:
        choices = ("the vinca is not in this room", "other hour, other place")
    apart = _apart(sheet, "Vinca due today: ", choices)
    first = 18.4
    least = first + apart.height + 1.2

    def draw(paper: Paper, y: float, height: float) -> None:
        left = paper.form.left
        paper.box((left, y), (paper.form.room, height), HEAVY)
        stop_octagon(paper, left + 10, y + height / 2, 7.0)
        x = left + _TEXT_FROM
        paper.put(words(IT_ONLY, Style(Face.BOLD, 15)), x, y + 6.9)
        paper.put(words(VINCA_FATAL, Style(Face.BOLD, 11.5)), x, y + 12.6)
        apart.draw(paper, x, y + first)

    return Block(least, least + 2.0, draw)


def _vinca(sheet: DaySheet) -> Block:
    """White on black, as on the label: the legend that stands nowhere else."""
    bag = f"In an infusion bag of {sheet.minibag_ml}, never in a syringe ({sheet.minibag_source})."
    ways = ((STRONG.at(10), 1), (STRONG, 1), (STRONG, 2))
    lines = settle(no_day_range(bag, "bag"), ways, "bag", _ROOM)
    choices = ("no intrathecal drug in this room", "delivered on its own")
    if sheet.apart:
        choices = ("no intrathecal needle in place", "other hour, other place")
    apart = _apart(sheet, "Intrathecal due today: ", choices)
    black = 14.2
    first = black + 5.4 + 4.4 * (len(lines) - 1)
    least = first + 5.6 + apart.height + 1.4

    def draw(paper: Paper, y: float, height: float) -> None:
        left, form = paper.form.left, paper.form
        paper.box((left, y), (form.room, height), HEAVY)
        paper.box((left, y), (form.room, black), 0, BLACK)
        middle = left + form.room / 2
        for at, text in enumerate((IV_ONLY, FATAL)):
            line = words(text, Style(Face.BOLD, 15, WHITE))
            paper.put(line, middle, y + 6.1 + at * 6.2, "centre")
        stop_octagon(paper, left + 10, y + black + (height - black) / 2, 5.0)
        x = left + _TEXT_FROM
        paper.put_lines(lines, x, y + black + 5.2, 4.4)
        apart.draw(paper, x, y + first + 5.6)

    return Block(least, least + 2.0, draw)


def _due(sheet: DaySheet, lead: str) -> str:
    if not sheet.apart:
        return f"{lead}NO"
    names = " and ".join(sheet.apart)
    return f"{lead}YES, {names}. SEPARATE in time and place: own sheet, hour, room."


def lay_closing(sheet: DaySheet) -> Block:
    """Measure the box at the end: the route, what the plan says, warnings and questions.

    Raises:
        Refused: something in it does not fit or has a dash between days.
    """
    room = 169.0
    lines: list[tuple[Words, ...]] = []
    for text, style in _closing(sheet):
        said = no_day_range(text, "warnings")
        ways = ((style, 2), (style.at(8.5), 4), (style.at(8), 6))
        lines += [(line,) for line in settle(said, ways, "warnings", room)]
    asked = [words(no_day_range(text, "question"), STRONG) for text in sheet.asks]
    content = _LINE * len(lines) + 6.0 * len(asked)
    height = max(8.8, 3.2 + content)

    def draw(paper: Paper, y: float, _height: float) -> None:
        left = paper.form.left
        paper.box((left, y), (paper.form.room, height), FIRM)
        stop_octagon(paper, left + 5.2, y + height / 2)
        base = y + (height - content) / 2 + 3.1
        for line in lines:
            paper.put_row(line, left + 11, base)
            base += _LINE
        for question in asked:
            x = paper.put(question, left + 11, base + 1.2) + 4
            for answer in ("no", "yes: do not give, ring the prescriber"):
                x = tick_choice(paper, answer, x, base + 1.2) + 5
            base += 6.0

    return Block(height, height, draw)


def _closing(sheet: DaySheet) -> list[tuple[str, Style]]:
    """Each sentence of the closing box with how it is set."""
    said = [(f"{_only(sheet)} Check against the signed protocol.", STRONG)]
    if sheet.kind in ("intrathecal", "vinca"):  # their legend has said it
        said = []
    if len(sheet.drugs) > 1:
        said.append((sheet.plan_words, BODY))
    said += [(text, BODY) for text in sheet.warnings]
    if sheet.next_days:
        what = "Next intrathecal" if sheet.kind == "intrathecal" else f"Next {sheet.drugs[0].drug}"
        days = ", ".join(weekday_date(day) for day in sheet.next_days)
        said.append((f"{what}: {days}. Each has a sheet of its own.", BODY))
    if not said:
        said.append(("No further dose by this route is planned. Check against the protocol.", BODY))
    return said


def _only(sheet: DaySheet) -> str:
    route = sheet.route.partition(",")[0]
    return f"{route[:1].upper()}{route[1:]} only."


def lay_route(sheet: DaySheet) -> list[Block]:
    """Measure what an order that leaves the route open says, and the prescriber's box where she signs.

    Raises:
        Refused: it does not fit.
    """
    if not sheet.route_choice:
        return []
    text = (
        f"The order says {sheet.route_choice}. This sheet is for {sheet.route.upper()} only; "
        "a sheet for another route of this dose ends with it."
    )
    signed = sheet.route_signed and sheet.head.commissioned
    room = 184.0 - 6 - (66 if signed else 0)
    lines = wrap(no_day_range(text, "route of the order"), STRONG, "route of the order", room, 3)
    least = max(10.4 if signed else 6.6, 2.8 + _LINE * len(lines))

    def draw(paper: Paper, y: float, height: float) -> None:
        left, right = paper.form.left, paper.form.right
        paper.box((left, y), (paper.form.room, height), FIRM)
        base = y + height / 2 + 1.2 - _LINE * (len(lines) - 1) / 2
        paper.put_lines(lines, left + 3, base, _LINE)
        if signed:
            paper.rule((right - 64, y), (right - 64, y + height), THIN)
            caption = words("Prescriber signs this route: name, time", BODY.at(8))
            paper.put(caption, right - 62.6, y + 3.4)

    return [Block(least, least, draw)]
