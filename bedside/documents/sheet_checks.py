"""Block 4 of the dosing sheet: the four verifications under each date, the signatures, and the legend."""

from msgspec import Struct

from bedside.documents.frame import draw_head
from bedside.documents.marks import stop_octagon
from bedside.documents.page import HAIR, HAIR_GREY, HEAVY, THIN, Paper
from bedside.documents.wording import dated, no_day_range, short_weekday_date
from bedside.documents.words import (
    BODY,
    CAPTION,
    STRONG,
    Words,
    fit,
    settle,
    words,
    wrap_runs,
)
from bedside.papers.values import DosingSheet

HEAD = 9.5
_STEP_ROOM = 38.5
_STEPS = (
    ("2", "Preparation", ("made as ordered",)),
    ("3", "Release", ("before it leaves",)),
    ("4", "Bedside", ("two: drug, sum, dose,", "volume, route, rate,", "expiry, look, day")),
)
_LEGEND_LINE = 4.1
_ORDER_LINE, _ORDER_LEAST = 3.2, 10.5
_BY_HAND = "no order in Bedside"
_NO_ORDER = "No order on this sheet: its numbers are not commissioned."
_NO_SIGNATURE = "Not to be signed: two people of this site have not commissioned every number."
_NO_INITIALS = "no room for initials: nothing is made, released or given from this sheet"
_NEW_VIAL = "Ring the prescriber; new vial, new clock."


class ChecksBlock(Struct, frozen=True):
    """Block 4 made ready."""

    dates: tuple[tuple[int, str], ...]
    signed: tuple[Words, ...]
    signable: bool = True  # two people of this site have confirmed what the sheet rests on

    def heights(self, row: float) -> tuple[float, float, float, float]:
        """The heights of the four steps, in millimetres, for a step row of that height."""
        order = max(_ORDER_LEAST, 1.3 + _ORDER_LINE * len(self.signed))
        return order, row, row, 2 * row

    def height(self, row: float, sign: float) -> float:
        """The block's height in millimetres, with the row for signatures."""
        return HEAD + sum(self.heights(row)) + sign


def lay_checks(sheet: DosingSheet) -> ChecksBlock:
    """Measure block 4.

    Raises:
        Refused: a signature's words do not fit.
    """
    signed = _order_lines((*sheet.order_signed, *sheet.order_steps))
    days = tuple((day, short_weekday_date(on)) for day, on in sheet.left)
    return ChecksBlock(days, signed, sheet.head.commissioned)


def _order_lines(texts: tuple[str, ...]) -> tuple[Words, ...]:
    """What is said of the order, all of it in the largest of a few sizes that leaves it a line each."""
    room = 184.0 - _STEP_ROOM - 4
    said = [dated(text) for text in texts]
    for size in (BODY.size, 8, 7.5, 7):
        lines = tuple(words(text, BODY.at(size), "signature on the order") for text in said)
        if all(line.width <= room for line in lines):
            return lines
    ways = ((BODY.at(7), 1), (BODY.at(7), 2))
    return tuple(
        line for text in said for line in settle(text, ways, "signature on the order", room)
    )


def draw_checks(paper: Paper, block: ChecksBlock, y: float, row: float, sign: float) -> None:
    """Draw block 4 from its upper edge.

    Args:
        paper: the page.
        block: as laid.
        y: its upper edge, in millimetres.
        row: height of a step's row, to be initialled by hand.
        sign: height of the row of signatures.
    """
    left, right = paper.form.left, paper.form.right
    note = (
        "sign once with printed name and role at the foot; then initials and time under each date"
    )
    draw_head(paper, y, "4", "Four verifications", note if block.signable else "not open")
    paper.put(words("Step and its meaning", CAPTION), left + 1, y + 8.3)
    width = (right - left - _STEP_ROOM) / len(block.dates)
    for at, (day, name) in enumerate(block.dates):
        x = left + _STEP_ROOM + at * width + 1
        number = words(str(day), STRONG.at(8.5), "course day")
        paper.put(number, x, y + 8.3)
        start = max(4.7 if width > 25 else 0.0, number.width + 1.3)
        date_words = fit(name, STRONG.at(8.5), "date", width - start - 1.6, 6.5)
        paper.put(date_words, x + start, y + 8.3)
    _draw_steps(paper, block, y + HEAD, row, width)
    top = y + HEAD + sum(block.heights(row))
    if block.signable:
        _draw_signatures(paper, top, sign)
    else:
        _draw_unsignable(paper, top, sign)


def _draw_steps(paper: Paper, block: ChecksBlock, top: float, row: float, width: float) -> None:
    left, right = paper.form.left, paper.form.right
    heights = block.heights(row)
    bottom = top + sum(heights)
    paper.box((left, top), (right - left, bottom - top), THIN)
    _draw_order(paper, block, top, heights[0])
    y = top + heights[0]
    for (number, name, meaning), height in zip(_STEPS, heights[1:], strict=True):
        paper.rule((left, y), (right, y), THIN)
        _draw_step(paper, number, name, meaning, y, row)
        y += height
    half = bottom - row
    paper.rule((left + _STEP_ROOM, top), (left + _STEP_ROOM, bottom), THIN)
    if not block.signable:
        for at in range(3):
            middle = top + heights[0] + row * (at + 0.5 if at < 2 else 3)
            line = words(_NO_INITIALS, CAPTION)
            paper.put(line, (left + _STEP_ROOM + right) / 2, middle + 1.0, "centre")
        return
    paper.rule((left + _STEP_ROOM, half), (right, half), HAIR, HAIR_GREY)
    for at in range(1, len(block.dates)):
        x = left + _STEP_ROOM + at * width
        paper.rule((x, top + heights[0]), (x, bottom), THIN)


def _draw_step(
    paper: Paper, number: str, name: str, meaning: tuple[str, ...], y: float, row: float
) -> None:
    left, first = paper.form.left, y + 0.41 * row
    paper.put(words(number, STRONG), left + 1.5, first)
    paper.put(words(name, STRONG), left + 6, first)
    for at, line in enumerate(meaning):
        paper.put(words(line, CAPTION), left + 6, first + 0.42 * row + at * 3.05)


def _draw_order(paper: Paper, block: ChecksBlock, top: float, height: float) -> None:
    left, right = paper.form.left, paper.form.right
    meaning: tuple[str, ...] = ("right infant and dose",)
    if block.signed:
        meaning = ("signed in Bedside,", "not on this sheet")
    elif block.signable:
        meaning = (*meaning, _BY_HAND)
    _draw_step(paper, "1", "Order", meaning, top, 7.6)
    if block.signed:
        paper.put_lines(block.signed, left + _STEP_ROOM + 2, top + 3.5, _ORDER_LINE)
        return
    if not block.signable:
        paper.put(words(_NO_ORDER, STRONG.at(8.5)), left + _STEP_ROOM + 2, top + height / 2 + 1)
        return
    middle = (left + _STEP_ROOM + right) / 2
    paper.rule((middle, top), (middle, top + height), THIN)
    for x, says in ((left + _STEP_ROOM, "I order this"), (middle, "my own figures agree")):
        caption = f"“{says}”: name, role, signature, time"
        room = (right - left - _STEP_ROOM) / 2 - 1.6
        paper.put(fit(caption, CAPTION, "caption", room, 7.5), x + 1, top + 3.1)


def _draw_signatures(paper: Paper, top: float, height: float) -> None:
    left, room = paper.form.left, paper.form.room
    paper.box((left, top), (room, height), THIN)
    for at, letter in enumerate("ABCD"):
        x = left + at * room / 4
        if at:
            paper.rule((x, top), (x, top + height), THIN)
        paper.put(words(f"{letter}  name, role, signature", CAPTION), x + 1, top + 3.1)


def _draw_unsignable(paper: Paper, top: float, height: float) -> None:
    """In place of the signatures: nobody signs what two people have not confirmed."""
    left, room = paper.form.left, paper.form.room
    paper.box((left, top), (room, height), THIN)
    stop_octagon(paper, left + 5.2, top + height / 2)
    paper.put(words(_NO_SIGNATURE, STRONG.at(9)), left + 11, top + height / 2 + 1.1)


class Legend(Struct, frozen=True):
    """The warning box at the end, made ready."""

    lines: tuple[tuple[Words, ...], ...]

    def height(self) -> float:
        """Its height in millimetres."""
        return max(9.0, 3.0 + _LEGEND_LINE * len(self.lines))


def lay_legend(sheet: DosingSheet) -> Legend:
    """Word and measure the legend: the vial's limit first, then the route, then what the ward adds.

    Raises:
        Refused: a warning does not fit or has a dash between days.
    """
    lines = [
        tuple(line)
        for lead, rest in _sentences(sheet)
        for line in wrap_runs(
            [(lead, STRONG), *((text, BODY) for text in rest)], "warnings", 169, 4
        )
    ]
    return Legend(tuple(lines))


def _sentences(sheet: DosingSheet) -> list[tuple[str, tuple[str, ...]]]:
    """Return each bold beginning with what follows it; the ward's own words for one replace ours."""
    limit = sheet.finish_within_minutes
    ours = {
        f"Cannot be finished within {limit} minutes? Do not start.": _NEW_VIAL,
        f"Still running at {limit} minutes?": sheet.overrun_words,
        f"{sheet.route.capitalize()} only.": "",
    }
    left = [no_day_range(text, "warning") for text in sheet.warnings if text]
    said: list[tuple[str, tuple[str, ...]]] = []
    for words_of_ours, after in ours.items():
        lead = dated(words_of_ours)
        theirs = [text for text in left if text.startswith(lead)]
        left = [text for text in left if text not in theirs]
        rest = [text.removeprefix(lead).strip() for text in theirs] or [
            no_day_range(after, "legend")
        ]
        said.append((lead, tuple(text for text in rest if text)))
    if left:
        said[-1] = (said[-1][0], (*said[-1][1], *left))
    return said


def draw_legend(paper: Paper, legend: Legend, y: float) -> None:
    """Draw the legend from its upper edge."""
    left, room = paper.form.left, paper.form.room
    height = legend.height()
    paper.box((left, y), (room, height), HEAVY)
    stop_octagon(paper, left + 5.2, y + height / 2)
    base = y + height / 2 + 1.2 - _LEGEND_LINE * (len(legend.lines) - 1) / 2
    for line in legend.lines:
        paper.put_row(line, left + 11, base)
        base += _LEGEND_LINE
