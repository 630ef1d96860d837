"""Draws the dosing sheet of one administration day: one drug by one route, or the intrathecal drugs of a day.

In the order in which two people work: whose it is, what kills, how much, the counts, what is written
at the bedside, four verifications. What has no room on the page goes on to a second one, whole.
"""

from collections.abc import Sequence

from bedside.documents.day_sheet_checks import lay_checks
from bedside.documents.day_sheet_dose import lay_doses
from bedside.documents.day_sheet_giving import lay_counts, lay_giving, lay_needle
from bedside.documents.day_sheet_head import draw_head, draw_later_head, lay_head
from bedside.documents.day_sheet_legend import lay_closing, lay_legend, lay_route
from bedside.documents.day_sheet_parts import GAP, Block, share_pages
from bedside.documents.footer import draw_foot, lay_foot
from bedside.documents.frame import draw_standing, draw_uncommissioned, particulars
from bedside.documents.page import PORTRAIT, Paper
from bedside.documents.typed import NEVER_REPLACED, legible_value
from bedside.papers.day_sheet import DaySheet
from bedside.units.refusal import Refused

_LATER_TOP = 52.0  # where the blocks of a further page begin at the lowest, in millimetres
_INTRAVENOUS, _INTRATHECAL = "intravenous", "intrathecal"


def draw_day_sheet(sheet: DaySheet) -> bytes:
    """Draw the sheet as a PDF; the same value gives the same bytes.

    Args:
        sheet: the finished sheet; nothing on it is worked out here.

    Raises:
        Refused: something cannot be printed whole and safely; each reason names what.
    """
    _judge(sheet)
    name = "Intrathecal drugs" if sheet.kind == "intrathecal" else sheet.drugs[0].drug
    subject = f"{name}, {sheet.route}"
    paper = Paper(PORTRAIT, particulars(sheet.head, "Dosing sheet", subject))
    compose(paper, sheet)
    return paper.finish()


def compose(paper: Paper, sheet: DaySheet) -> None:
    """Draw the sheet onto a paper."""
    sheet = legible_value(sheet, NEVER_REPLACED)
    _judge(sheet)
    head, formula = lay_head(sheet), "; ".join(drug.formula for drug in sheet.drugs if drug.formula)
    foot = lay_foot(paper, sheet.head, sheet.infant, formula)
    rooms = (foot.top - head.bottom - GAP, foot.top - _LATER_TOP - GAP)
    pages = share_pages(_blocks(paper, sheet, closing_last=True), *rooms)
    if len(pages) > 1:  # what must never be overlooked stays on the first page, by the dose
        pages = share_pages(_blocks(paper, sheet, closing_last=False), *rooms)
    for number, page in enumerate(pages, start=1):
        if number > 1:
            paper.next_page()
        draw_uncommissioned(paper, sheet.head)
        if number == 1:
            draw_head(paper, sheet, head)
            y = head.bottom + GAP
        else:
            y = draw_later_head(paper, sheet) + GAP
            if y > _LATER_TOP + GAP:
                raise Refused("Not printed: the name leaves no room on the second page.")
        for block, height in zip(page.blocks, page.heights, strict=True):
            block.draw(paper, y, height)
            y += height + GAP
        draw_foot(paper, foot, number, len(pages))
        draw_standing(paper, sheet.head)


def _blocks(paper: Paper, sheet: DaySheet, *, closing_last: bool) -> Sequence[Block]:
    """The blocks in the order of work; nothing to be filled in where nobody may sign.

    Args:
        paper: to measure on.
        sheet: the sheet.
        closing_last: whether route and warnings stand at the end, else straight after the dose.
    """
    spinal, open_for = sheet.kind == "intrathecal", sheet.head.commissioned
    last = "4" if open_for else "3"
    written = (*lay_needle(sheet, "3"), *lay_giving(sheet, "3")) if open_for else ()
    counts, doses = "2" if spinal else "1", "1" if spinal else "2"
    middle = [*lay_doses(paper, sheet, doses), lay_counts(sheet, counts)]
    if not spinal:
        middle = [middle[-1], *middle[:-1]]
    closing = [lay_closing(sheet)]
    return (
        *lay_legend(sheet),
        *lay_route(sheet),
        *middle,
        *([] if closing_last else closing),
        *written,
        *lay_checks(sheet, last),
        *(closing if closing_last else []),
    )


def _judge(sheet: DaySheet) -> None:
    """Refuse a sheet that no layout could make safe (hazard H19)."""
    spinal = sheet.kind == "intrathecal"
    if not sheet.drugs:
        raise Refused("Not printed: no drug is on this sheet.")
    if spinal != (sheet.route == _INTRATHECAL):
        raise Refused(
            f"Not printed: this sheet is for {sheet.route} use, and only intrathecal drugs stand on "
            "an intrathecal sheet. Each route has a sheet of its own."
        )
    if sheet.kind == "vinca" and sheet.route != _INTRAVENOUS:
        raise Refused(
            f"Not printed: a vinca alkaloid is FATAL by any route but into a vein, and this sheet "
            f"says {sheet.route}."
        )
    if not spinal and len(sheet.drugs) > 1:
        raise Refused("Not printed: each drug has a sheet of its own; only intrathecal ones share.")
    if " or " in sheet.route:
        raise Refused(
            f"Not printed: a sheet is for one route, and this says {sheet.route}. Choose one."
        )
