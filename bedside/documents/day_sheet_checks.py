"""The four verifications of a day's sheet: order and preparation, release, and two people at the bedside."""

from collections.abc import Sequence

from msgspec import Struct

from bedside.documents.day_sheet_parts import Block
from bedside.documents.frame import draw_head
from bedside.documents.marks import stop_octagon
from bedside.documents.page import THIN, Paper
from bedside.documents.typed import told
from bedside.documents.wording import short_moment
from bedside.documents.words import BODY, CAPTION, STRONG, Words, words
from bedside.papers.day_sheet import DaySheet, OrderSignature

_HEAD = 9.5
_COLUMNS = (0.0, 52.0, 94.0, 121.0, 147.0, 184.0)
_CAPTIONS = ("Step and its meaning", "Printed name", "Role", "Signature", "Date and time")
_NO_ORDER = "No order on this sheet: its numbers are not commissioned."
_NO_SIGNATURE = "Not to be signed: two people of this site have not commissioned every number."
_LEAST, _MOST = 6.2, 9.6  # of a row that a hand signs in
_ON_SCREEN = 4.6  # of one that was signed on screen, name and meaning in one line
_BESIDE = 1.2  # between name and meaning in one line
Cells = tuple[tuple[Words, ...], ...]


class Step(Struct, frozen=True):
    """One row: its number and name, its meaning, and who signed it on screen; none: boxes for a pen."""

    number: str
    name: str
    meaning: str
    signed: Cells = ()

    @property
    def least(self) -> float:
        """The least height of the row, in millimetres."""
        lines = max((len(cell) for cell in self.signed), default=1)
        if self.signed and lines == 1 and self.in_a_line:
            return _ON_SCREEN
        return max(_LEAST, 2.9 + 3.3 * lines)

    @property
    def in_a_line(self) -> tuple[Words, Words] | None:
        """Name and meaning beside each other; None where the column has no room for both."""
        name = words(self.name.removeprefix("Order, ").capitalize(), STRONG)
        meaning = words(self.meaning, CAPTION.at(CAPTION.size - 0.5))
        return (name, meaning) if 6 + name.width + _BESIDE + meaning.width < _COLUMNS[1] else None


def lay_checks(sheet: DaySheet, number: str) -> list[Block]:
    """Measure the verifications.

    Raises:
        Refused: a name that signed does not fit.
    """
    if not sheet.head.commissioned:
        return [_unsignable(number)]
    steps = _steps(sheet)
    spinal = sheet.kind == "intrathecal"
    route = "INTRATHECAL" if spinal else "route"
    note = f"at the cot read aloud: name, hospital number, drug, dose, volume, {route}"
    least = sum(step.least for step in steps)
    extra = sum(max(0.0, _MOST - step.least) for step in steps)

    def draw(paper: Paper, y: float, height: float) -> None:
        draw_head(paper, y, number, "Four verifications", note)
        left = paper.form.left
        for caption, x in zip(_CAPTIONS, _COLUMNS, strict=False):
            paper.put(words(caption, CAPTION), left + x + 1.2, y + 8.3)
        top = y + _HEAD
        for step, row in zip(steps, rows_within(steps, height - _HEAD), strict=True):
            _draw_step(paper, step, top, row)
            top += row

    return [Block(_HEAD + least, _HEAD + least + extra, draw)]


def rows_within(steps: Sequence[Step], room: float) -> list[float]:
    """Share millimetres out over the rows: what is spare goes first to those that a hand signs in."""
    rows = [step.least for step in steps]
    spare = max(0.0, room - sum(rows))
    for by_hand in (True, False):
        some = [at for at, step in enumerate(steps) if (not step.signed) == by_hand]
        wanted = sum(max(0.0, _MOST - rows[at]) for at in some)
        share = min(1.0, spare / wanted) if wanted else 0.0
        for at in some:
            rows[at] += max(0.0, _MOST - rows[at]) * share
        spare -= wanted * share
    return rows


def _steps(sheet: DaySheet) -> list[Step]:
    order, verified = (_of(sheet, at) for at in (0, 1))
    released = _released(sheet)
    spinal, vinca = sheet.kind == "intrathecal", sheet.kind == "vinca"
    made = "in a bag, as ordered" if vinca else "made as ordered"
    label = {"intrathecal": "labelled intrathecal", "vinca": "bag labelled, with its legend"}
    return [
        Step("1", "Order", "I order this", order),
        Step("", "Order, verified", "my own figures agree", verified),
        Step("2", "Preparation", f"{made}, alone" if spinal else made),
        Step("3", "Release", label.get(sheet.kind, "before it leaves"), released),
        Step("4", "Bedside, gives", "read aloud and right"),
        Step("", "Bedside, hears", "I heard it and agree"),
    ]


def _of(sheet: DaySheet, at: int) -> Cells:
    """Who signed one step of the orders; several drugs signed alike are said once."""
    return _cells([drug.signed[at] for drug in sheet.drugs if len(drug.signed) > at])


def _released(sheet: DaySheet) -> Cells:
    found = [drug.steps[0] for drug in sheet.drugs if drug.steps]
    return _cells(found) if len(found) == len(sheet.drugs) else ()


def _cells(signatures: list[OrderSignature]) -> Cells:
    if not signatures:
        return ()
    once = list(dict.fromkeys(signatures))
    columns = (
        ("; ".join(dict.fromkeys(one.name for one in once)), "name of a signature"),
        ("; ".join(dict.fromkeys(one.role for one in once)), "role of a signature"),
        ("in Bedside", "signature"),
        (", ".join(dict.fromkeys(short_moment(one.at) for one in once)), "time of a signature"),
    )
    return tuple(
        told(
            text,
            ((BODY, 1), (BODY.at(8), 2), (BODY.at(7.5), 4)),
            field,
            _COLUMNS[at + 2] - _COLUMNS[at + 1] - 2.4,
        )
        for at, (text, field) in enumerate(columns)
    )


def _draw_step(paper: Paper, step: Step, top: float, row: float) -> None:
    left = paper.form.left
    paper.box((left, top), (_COLUMNS[-1], row), THIN)
    for x in _COLUMNS[1:-1]:
        paper.rule((left + x, top), (left + x, top + row), THIN)
    beside = step.in_a_line if row < _LEAST else None
    first = top + row / 2 + 1.1 if beside else top + 2.6 + (row - _LEAST) * 0.35
    if step.number:
        paper.put(words(step.number, STRONG), left + 1.5, first)
    if beside:
        paper.put(beside[0], left + 6, first)
        paper.put(beside[1], left + 6 + beside[0].width + _BESIDE, first)
    else:
        paper.put(words(step.name, STRONG), left + 6, first)
        paper.put(words(step.meaning, CAPTION), left + 6, first + 2.9 + (row - _LEAST) * 0.1)
    for at, cell in enumerate(step.signed):
        base = top + row / 2 + 1.1 - 1.65 * (len(cell) - 1)
        paper.put_lines(cell, left + _COLUMNS[at + 1] + 1.2, base, 3.3)


def _unsignable(number: str) -> Block:
    """In place of the signatures: nobody signs what two people have not confirmed."""
    least = _HEAD + 18.0

    def draw(paper: Paper, y: float, _height: float) -> None:
        left, room, top = paper.form.left, paper.form.room, y + 6.2
        draw_head(paper, y, number, "Four verifications", "")
        paper.box((left, top), (room, 19.0), THIN)
        stop_octagon(paper, left + 7, top + 9.5, 4.2)
        paper.put(words(_NO_ORDER, STRONG), left + 15, top + 8.4)
        paper.put(words(_NO_SIGNATURE, STRONG), left + 15, top + 13.4)

    return Block(least, least, draw)
