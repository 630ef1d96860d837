"""Draws the DLT report: the period, the rule in force, each toxicity with every decision on it."""

from bedside.documents.flow import (
    Captions,
    Column,
    Part,
    Picture,
    Piece,
    Title,
    draw_pages,
    fact,
    flow,
    low_edge,
    row,
    sentence,
    stacked,
)
from bedside.documents.frame import particulars
from bedside.documents.page import PORTRAIT, THIN, Paper
from bedside.documents.typed import IDENTITY, MARK, legible_value
from bedside.documents.whose_box import SLATE, BarWords, draw_whose, foot_of, lay_whose
from bedside.documents.wording import paper_date
from bedside.documents.words import BODY, CAPTION, STRONG, words
from bedside.papers.reports import DltDecisionLine, DltReport, DltRow

DECIDES = "A physician decides, never the program"
NOT_TO_BE_SIGNED = (
    "Not to be signed: two people of this site have not commissioned every number. Decisions are "
    "recorded in Bedside, on the page DLT, and stand above."
)
_ROOM = PORTRAIT.room
_ROWS = (
    Column("Toxicity", 56.0, "toxicity", STRONG, typed=True),
    Column("What the rule proposes", 56.0, "rule", typed=True),
    Column("What was decided", 72.0, "decision", BODY, typed=True),
)
_COUNTS = (
    Column("Day", 30.0, "day"),
    Column("Count", 104.0, "count", STRONG),
    Column("For the start rule", 50.0, "start rule"),
)


def draw_dlt_report(value: DltReport) -> bytes:
    """Draw the report as a PDF; the same value gives the same bytes.

    Raises:
        Refused: something cannot be printed whole and safely; each reason says what.
    """
    subject = f"{value.whose.protocol}, DLT period: a record"
    paper = Paper(PORTRAIT, particulars(value.head, "DLT report", subject))
    compose(paper, value)
    return paper.finish()


def compose(paper: Paper, value: DltReport) -> None:
    """Draw the report onto a paper."""
    value = legible_value(value, IDENTITY | MARK)
    bar = BarWords(SLATE, "DLT REPORT", "", DECIDES)
    about = f"{value.head.site}. {value.as_of.where}. {DECIDES}."
    box = lay_whose(PORTRAIT, bar, value.head, value.whose, value.as_of, about)
    foot = foot_of(paper, value.head, value.whose)
    low = low_edge(foot)
    pages = flow(_parts(value), (box.first_bottom, low), (box.next_bottom, low))

    def draw_top(at: int) -> None:
        draw_whose(paper, box, first=at == 0)

    draw_pages(paper, value.head, pages, foot, draw_top)


def _parts(value: DltReport) -> list[Part]:
    period = tuple(fact(_ROOM, name, text, "DLT period") for name, text in value.period)
    state = fact(_ROOM, "State", value.headline, "state of the DLT period")
    parts = [
        Part(Title("1", "The period"), (state, *period)),
        Part(Title("2", "The rule in force"), _rule(value)),
        _toxicities(value),
    ]
    if value.counts:
        title = Title("", "Counts that may close the period", "after day 1 of its last course")
        rows = [row(_COUNTS, (paper_date(on), said, met)) for on, said, met in value.counts]
        parts.append(Part(title, (Captions(_COUNTS), *rows), again=Captions(_COUNTS, title)))
    if value.not_evaluable is not None:
        lines = _decision(value.not_evaluable)
        parts.append(
            Part(
                Title("", "Not evaluable"), tuple(sentence(_ROOM, line, "reason") for line in lines)
            )
        )
    if value.gone:
        title = Title("", "Decisions on toxicities that were struck out since")
        parts.append(
            Part(
                title,
                tuple(
                    fact(
                        _ROOM, term, " ".join(_decision(line)), "decision on a toxicity struck out"
                    )
                    for term, line in value.gone
                ),
            )
        )
    parts.append(_reviewed(value))
    return parts


def _reviewed(value: DltReport) -> Part:
    """Two fields to sign in; none on a paper that nobody may sign."""
    title = Title("", "Reviewed")
    if value.head.commissioned:
        return Part(title, (Picture(13.0, _draw_signing),), together=True)
    return Part(title, (sentence(_ROOM, NOT_TO_BE_SIGNED, "review", STRONG),), together=True)


def _rule(value: DltReport) -> tuple[Piece, ...]:
    lines = [sentence(_ROOM, value.rule_title, "DLT rule", STRONG)]
    lines += [
        sentence(_ROOM, text, "DLT rule", BODY.at(8.5), indent=3.0) for text in value.rule_lines
    ]
    return tuple(lines)


def _toxicities(value: DltReport) -> Part:
    title = Title("3", "Toxicities", "newest decision first; one taken back stays readable")
    if not value.rows:
        return Part(title, (sentence(_ROOM, "No toxicity is in the log.", "toxicities"),))
    rows = [_row(each) for each in value.rows]
    return Part(title, (Captions(_ROWS), *rows), again=Captions(_ROWS, title))


def _row(each: DltRow) -> Piece:
    gone = "" if each.gone_on is None else f", gone on {paper_date(each.gone_on)}"
    waits = "A DECISION IS DUE." if each.due else ""
    decided = [text for line in each.decisions for text in _decision(line)]
    none = "" if decided or waits else "no decision is asked for"
    return stacked(
        _ROWS,
        (
            (
                each.term,
                f"{each.worst}, CTCAE {each.ctcae}",
                f"since {paper_date(each.onset)}{gone}",
                each.course,
                f"Attribution: {each.attribution}",
            ),
            (f"{each.proposal} ({each.place})", each.rule_words),
            (waits, *decided, none),
        ),
        16,
    )


def _decision(line: DltDecisionLine) -> list[str]:
    """A decision in words: what, by whom, why; that it was taken back."""
    standing = "HOLDS" if line.holds else "holds no longer"
    said = [f"{standing}: {line.words}, {line.by}."]
    if line.reason:
        said.append(f"Reason: {line.reason}")
    if line.void:
        said.append(f"TAKEN BACK: {line.void}")
    return said


def _draw_signing(paper: Paper, y: float) -> None:
    left, half = paper.form.left, _ROOM / 2
    for at, caption in enumerate(
        ("physician: name, date and time", "trial coordinator: name, date")
    ):
        paper.box((left + half * at, y), (half, 12.0), THIN)
        paper.put(words(caption, CAPTION), left + half * at + 1.0, y + 3.2)
