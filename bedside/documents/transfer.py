"""Draws the transfer summary: the first page to be read standing up, the second sitting down."""

from bedside.documents.flow import Part, draw_pages, flow, low_edge
from bedside.documents.frame import particulars
from bedside.documents.page import PORTRAIT, Paper
from bedside.documents.transfer_back import back_parts
from bedside.documents.transfer_front import front_parts
from bedside.documents.typed import IDENTITY, MARK, legible_value
from bedside.documents.whose_box import RED, BarWords, draw_whose, foot_of, lay_whose
from bedside.papers.transfer import TransferSummary

SUMMARY = "A summary, not an order"


def draw_transfer(value: TransferSummary) -> bytes:
    """Draw the summary as a PDF; the same value gives the same bytes.

    Raises:
        Refused: something cannot be printed whole and safely; each reason says what.
    """
    subject = f"{value.whose.protocol}, transfer summary: {SUMMARY.lower()}"
    paper = Paper(PORTRAIT, particulars(value.head, "Transfer summary", subject))
    compose(paper, value)
    return paper.finish()


def compose(paper: Paper, value: TransferSummary) -> None:
    """Draw the summary onto a paper."""
    value = legible_value(value, IDENTITY | MARK)
    title = f"{value.never} must not be given here" if value.never else "TRANSFER SUMMARY"
    right = "tertiary centre only" if value.never else SUMMARY
    bar = BarWords(RED, title, "", right, stop=bool(value.never))
    about = f"Transfer summary from {value.head.site}. {SUMMARY}."
    box = lay_whose(PORTRAIT, bar, value.head, value.whose, value.as_of, about)
    foot = foot_of(paper, value.head, value.whose)
    parts: list[Part] = [*front_parts(value), *back_parts(value)]
    low = low_edge(foot)
    pages = flow(parts, (box.first_bottom, low), (box.next_bottom, low))

    def draw_top(at: int) -> None:
        draw_whose(paper, box, first=at == 0)

    draw_pages(paper, value.head, pages, foot, draw_top)
