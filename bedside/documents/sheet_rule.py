"""Block 1 of the dosing sheet: the start rule, each line with its value, time, source, limit and verdict."""

from msgspec import Struct

from bedside.documents.frame import draw_head
from bedside.documents.marks import stop_octagon, tick_disc, unknown_ring
from bedside.documents.page import HAIR, HAIR_GREY, Paper
from bedside.documents.typed import told
from bedside.documents.wording import dated, no_day_range, short_moment
from bedside.documents.words import BODY, CAPTION, STRONG, Words, settle, words
from bedside.papers.values import DosingSheet, Result, RuleLine

_COLUMNS = (0.0, 36.5, 77.0, 101.0, 136.5, 163.5)  # test, value, taken at, source, limit, verdict
_CAPTIONS = ("Test", "Value", "Taken at", "Source", "Limit", "Met?")
_ROW, _LINE, _HEAD = 5.1, 3.6, 9.5
_DECISION = 6.2
_NOTE_ROOM = 140.0


class RuleBlock(Struct, frozen=True):
    """The start rule made ready: one row of cells a line of the rule."""

    note: str
    rows: tuple[tuple[tuple[Words, ...], ...], ...]
    notes: tuple[tuple[Words, ...], ...]  # below each row; empty where nothing is to be said
    results: tuple[Result, ...]
    decision: tuple[Words, ...]
    decided_by: tuple[Words, ...]

    def height(self) -> float:
        """The block's height in millimetres."""
        rows = sum(map(_row_height, self.rows)) + _LINE * sum(map(len, self.notes))
        return _HEAD + rows + self._decision_height()

    def _decision_height(self) -> float:
        lines = max(len(self.decision), len(self.decided_by))
        return _DECISION + (lines - 1) * _LINE


def lay_rule(sheet: DosingSheet) -> RuleBlock:
    """Measure the start rule.

    Raises:
        Refused: a value, source or limit cannot be printed or does not fit.
    """
    room = _COLUMNS[3] - _COLUMNS[1] - 8
    decision = settle(
        no_day_range(sheet.decision, "decision"),
        ((STRONG.at(9.5), 1), (STRONG, 2)),
        "decision",
        room,
    )
    by = told(dated(sheet.decided_by), ((BODY, 1), (BODY.at(8), 2)), "name of who decided", 80)
    return RuleBlock(
        dated(sheet.rules_note),
        tuple(_row(line) for line in sheet.rules),
        tuple(_note(line) for line in sheet.rules),
        tuple(line.result for line in sheet.rules),
        decision,
        by,
    )


def _row(line: RuleLine) -> tuple[tuple[Words, ...], ...]:
    taken = short_moment(line.taken_at) if line.taken_at is not None else "not taken"
    said = (line.test, line.value, taken, line.source, line.limit)
    cells = []
    for at, text in enumerate(said):
        style = STRONG if at == 1 else BODY
        room = _COLUMNS[at + 1] - _COLUMNS[at] - 2
        field = f"{_CAPTIONS[at].lower()} of the start rule"
        ways = ((style, 1), (style.at(8), 1), (style.at(8), 3))
        way = told if at in (1, 3) else settle  # why there is no value, and which laboratory
        cells.append(way(dated(text), ways, field, room))
    return tuple(cells)


def _note(line: RuleLine) -> tuple[Words, ...]:
    """What a yes was given over: in lines below its row, wherever there is something to say."""
    if not line.note:
        return ()
    return told(dated(line.note), ((BODY.at(8), 3),), "note of the start rule", _NOTE_ROOM)


def _row_height(row: tuple[tuple[Words, ...], ...]) -> float:
    return _ROW + (max(len(cell) for cell in row) - 1) * _LINE


def draw_rule(paper: Paper, block: RuleBlock, y: float) -> None:
    """Draw block 1 from its upper edge."""
    left, right = paper.form.left, paper.form.right
    draw_head(paper, y, "1", "Start rule", block.note)
    for caption, x in zip(_CAPTIONS, _COLUMNS, strict=True):
        paper.put(words(caption, CAPTION), left + 1 + x, y + 8.3)
    y += _HEAD
    for row, note, result in zip(block.rows, block.notes, block.results, strict=True):
        paper.rule((left, y), (right, y), HAIR, HAIR_GREY)
        for x, cell in zip(_COLUMNS, row, strict=False):
            paper.put_lines(cell, left + 1 + x, y + 3.6, _LINE)
        _draw_verdict(paper, result, left + 1 + _COLUMNS[5], y + 2.6)
        y += _row_height(row)
        paper.put_lines(note, left + 1 + _COLUMNS[1], y + 1.6, _LINE)
        y += _LINE * len(note)
    paper.rule((left, y), (right, y), 1.0)
    paper.put(words("Decision", BODY), left + 1, y + 4.2)
    _draw_mark(paper, _worst(block.results), left + _COLUMNS[1] + 2.6, y + 3.0)
    paper.put_lines(block.decision, left + _COLUMNS[1] + 6, y + 4.2, _LINE)
    paper.put_lines(block.decided_by, left + 1 + _COLUMNS[3], y + 4.2, _LINE)


def _worst(results: tuple[Result, ...]) -> Result:
    """The verdict that the decision's mark must not outshine: a tick only where all are met."""
    if "not met" in results:
        return "not met"
    return "met" if results and set(results) == {"met"} else "unknown"


def _draw_mark(paper: Paper, result: Result, x: float, y: float) -> None:
    if result == "met":
        tick_disc(paper, x, y)
    elif result == "unknown":
        unknown_ring(paper, x, y)
    else:
        stop_octagon(paper, x, y, 1.9)


def _draw_verdict(paper: Paper, result: Result, x: float, y: float) -> None:
    _draw_mark(paper, result, x + 1.8, y)
    paper.put(words(result, STRONG.at(8), "verdict"), x + 4.6, y + 1.1)
