"""What is kept of a paper: everything printed on it but what the passing of time alone changes.

Decision: a paper is out of date by this one comparison (`bedside.ward.paper_changes`), so whatever is
printed belongs here unless it is named below with its reason (hazard H30).
"""

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict, replace

from bedside.papers.day_sheet import DaySheet, Label
from bedside.papers.infant_papers import InfantPaper
from bedside.papers.values import DosingSheet, Roadmap
from bedside.papers.whose import AsOf

Drawn = DosingSheet | Roadmap | DaySheet | Label | InfantPaper
BY_ITSELF = (
    "head",  # number, copy, code and date of printing
    "today",
    "over",  # the hours of a day pass
    "finish_hour",  # follows from the time's own offset, which is kept
    "planned_halves",  # as that
    "order_steps",  # how far the signing has come: it goes on after printing
)
GROWS = "settled"  # days given since are added; those that were printed must still stand


def content_of(paper: Drawn) -> str:
    """What is kept of a paper, as JSON in one order.

    Args:
        paper: as filled.
    """
    if isinstance(paper, DaySheet):
        paper = as_ordered(paper)
    kept = {key: value for key, value in asdict(paper).items() if key not in BY_ITSELF}
    kept["edition"] = paper.head.edition  # a record names the edition it was made under
    return json.dumps(kept, default=_plain, sort_keys=True, ensure_ascii=False)


def numbered(content: str) -> str:
    """The part of it that makes a sheet another sheet: a day given since makes a copy, no new number."""
    kept = json.loads(content)
    if GROWS not in kept:
        return content
    kept.pop(GROWS)
    return json.dumps(kept, sort_keys=True, ensure_ascii=False)


def as_ordered(sheet: DaySheet) -> DaySheet:
    """A sheet without what is signed after its order: that makes none out of date."""
    return replace(sheet, drugs=tuple(replace(drug, steps=()) for drug in sheet.drugs))


def _plain(value: Any) -> str | dict[str, Any]:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, AsOf):
        course, _, _ = value.where.partition(", day ")  # the day goes on by itself
        return {"weight": value.weight, "length": value.length, "where": course}
    if isinstance(value, Struct):
        return asdict(value)
    raise TypeError(f"{type(value).__name__} does not belong on a paper")
