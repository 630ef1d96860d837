"""The plan as it stood on a day, beside the plan now."""

from datetime import date

from msgspec import Struct

from bedside.ward.views.marks import Banner


class PastRow(Struct, frozen=True):
    """One course then and now, in words; ``mark`` is "=" or "≠", ``difference`` says how."""

    course: str
    then: str
    now: str
    mark: str
    difference: str
    recorded: str


class PastPlan(Struct, frozen=True):
    """Both plans, the last row the end of therapy; ``notes`` say on what they rest."""

    banner: Banner
    on: date
    rows: tuple[PastRow, ...]
    summary: str
    notes: tuple[str, ...]
