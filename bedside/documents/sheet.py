"""Draws the azacitidine dosing sheet: one page, in the order in which two people work at night.

Who, may it start, how much, the vial's clock, four verifications, and what to do when time runs short.
The page gives up empty room before it gives up anything else; what still does not fit is refused.
"""

from itertools import pairwise

from msgspec import Struct

from bedside.documents.footer import Foot, draw_foot, lay_foot
from bedside.documents.frame import draw_standing, draw_uncommissioned, particulars
from bedside.documents.page import PORTRAIT, Paper
from bedside.documents.sheet_checks import (
    ChecksBlock,
    Legend,
    draw_checks,
    draw_legend,
    lay_checks,
    lay_legend,
)
from bedside.documents.sheet_clock import HEAD, draw_clock, line_tops
from bedside.documents.sheet_dose import DoseBlock, draw_dose, lay_dose
from bedside.documents.sheet_opening import Opening, draw_opening, lay_opening
from bedside.documents.sheet_rule import RuleBlock, draw_rule, lay_rule
from bedside.documents.typed import NEVER_REPLACED, legible_value
from bedside.papers.values import DosingSheet
from bedside.units.refusal import Refused

MOST_DATES = 7
_MOST = (8.2, 9.4, 10.6, 1.1)  # vial line, step row, signatures, gap between blocks; in millimetres
_LEAST = (6.6, 6.1, 9.0, 0.6)  # room for what a yes was given over, and for every order


def draw_dosing_sheet(sheet: DosingSheet) -> bytes:
    """Draw the dosing sheet as a PDF of one page; the same value gives the same bytes.

    Args:
        sheet: the finished sheet; nothing on it is worked out here.

    Raises:
        Refused: something cannot be printed whole and safely; each reason names what, and what
            would be right.
    """
    paper = Paper(PORTRAIT, particulars(sheet.head, "Dosing sheet", f"{sheet.drug}, {sheet.route}"))
    compose(paper, sheet)
    return paper.finish()


class SheetPlan(Struct, frozen=True):
    """All blocks made ready, with the heights that the page allows them."""

    opening: Opening
    rule: RuleBlock
    dose: DoseBlock
    checks: ChecksBlock
    legend: Legend
    foot: Foot
    line: float
    row: float
    sign: float
    gap: float


def compose(paper: Paper, sheet: DosingSheet) -> None:
    """Draw the sheet onto a paper."""
    sheet = legible_value(sheet, NEVER_REPLACED)
    _judge(sheet)
    plan = lay_sheet(paper, sheet)
    draw_uncommissioned(paper, sheet.head)
    draw_opening(paper, sheet, plan.opening)
    y = plan.opening.bottom + plan.gap
    draw_rule(paper, plan.rule, y)
    y += plan.rule.height() + plan.gap - 0.4
    draw_dose(paper, plan.dose, y)
    y += plan.dose.height() + plan.gap
    draw_clock(paper, sheet, y, plan.line)
    y += HEAD + line_tops(sheet, plan.line)[-1] + plan.gap
    draw_checks(paper, plan.checks, y, plan.row, plan.sign)
    y += plan.checks.height(plan.row, plan.sign) + plan.gap
    draw_legend(paper, plan.legend, y)
    draw_foot(paper, plan.foot, 1, 1)
    draw_standing(paper, sheet.head)


def _judge(sheet: DosingSheet) -> None:
    """Refuse a sheet that no layout could make safe."""
    dates = [on for _, on in sheet.dates]
    if not 1 <= len(dates) <= MOST_DATES:
        raise Refused(
            f"Not printed: a dosing sheet holds one to {MOST_DATES} dates and this has "
            f"{len(dates)}. Print a sheet for each part of the course."
        )
    if not sheet.left:
        raise Refused("Not printed: no date of this sheet is left to give.")
    if any(later <= earlier for earlier, later in pairwise(dates)):
        raise Refused("Not printed: the dates of the doses must follow one another, each once.")
    if sheet.route != "intravenous":
        raise Refused(
            f"Not printed: this sheet is for an intravenous drug, not for {sheet.route} use. "
            "Each route has a sheet of its own."
        )
    minutes = sheet.infusion_minutes
    if minutes is not None and not minutes < sheet.finish_within_minutes:
        raise Refused(
            f"Not printed: an infusion of {minutes} minutes cannot end within "
            f"{sheet.finish_within_minutes} minutes of reconstitution. Enter a shorter infusion."
        )


def lay_sheet(paper: Paper, sheet: DosingSheet) -> SheetPlan:
    """Measure all blocks and share out the page.

    Raises:
        Refused: it does not fit on one page.
    """
    opening, rule = lay_opening(sheet), lay_rule(sheet)
    dose, checks, legend = lay_dose(paper, sheet), lay_checks(sheet), lay_legend(sheet)
    foot = lay_foot(paper, sheet.head, sheet.infant, sheet.formula)
    room = foot.top - opening.bottom
    fixed = rule.height() + dose.height() + HEAD + legend.height() - 0.4

    def taken(heights: tuple[float, ...]) -> float:
        line, row, sign, gap = heights
        return fixed + line_tops(sheet, line)[-1] + checks.height(row, sign) + 6 * gap

    wide, tight = taken(_MOST), taken(_LEAST)
    if tight > room:
        raise Refused(
            f"Not printed: the sheet is {tight - room:.0f} mm too long for one page, and nothing "
            "of it may be left out. Shorten the longest of these: allergies, warnings, site name."
        )
    give = 0.0 if wide <= room else (wide - room) / (wide - tight)
    heights = [most - (most - least) * give for most, least in zip(_MOST, _LEAST, strict=True)]
    return SheetPlan(opening, rule, dose, checks, legend, foot, *heights)
