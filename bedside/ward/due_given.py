"""Doses of the last days that were given on what was struck out since: told until a week has gone by.

What was given stays given. But the physician has to know it, and a nurse must not learn it only from
the page where she strikes the weight out (hazards H1, H4). The mark in the list of orders stays.
"""

from collections import defaultdict
from datetime import timedelta

from bedside.ward.facts import InfantFacts
from bedside.ward.given_since import given_since
from bedside.ward.views.marks import HeldItem
from bedside.ward.ward import Ward

TOLD = timedelta(days=7)
_ASK = "tell the physician; nothing of the record changes"


def given_items(ward: Ward, facts: InfantFacts) -> tuple[HeldItem, ...]:
    """A line for each reason: which doses of the last week were given on it, and what they would be.

    Args:
        ward: the ward.
        facts: what is recorded of the infant.
    """
    first = ward.today() - TOLD
    days = {row.id: row.due_on for row in facts.doses}
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for dose_id, one in given_since(ward, facts).items():
        if days[dose_id] >= first:
            name = f"{ward.drugs.display_name(one.drug)} day {one.course_day}"
            found[one.short].append((name, f"{name}: {one.words}"))
    return tuple(
        HeldItem(
            "mend",
            f"given, {short}: {', '.join(name for name, _ in doses)}",
            (*(words for _, words in doses), _ASK),
            "orders",
            brief=_ASK.partition(";")[0],
        )
        for short, doses in found.items()
    )
