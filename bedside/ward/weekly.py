"""How a drug by mouth is known to be given once a week: said beside every amount of it.

A weekly dose that is taken for a daily one kills (ISMP, methotrexate by mouth).
"""

from itertools import pairwise

from bedside.protocol.drugs import route_atoms
from bedside.protocol.model import DrugPlan

_STATED = "once weekly"
_NEAREST = 6  # days between two doses where a site's rhythm is begun anew


def weekly_words(plan: DrugPlan) -> str:
    """Say "ONCE A WEEK" where the sources do or the days of the plan stand a week apart, else ""."""
    gaps = {after - before for before, after in pairwise(plan.days.scheduled)}
    weekly = plan.frequency == _STATED or (7 in gaps and min(gaps) >= _NEAREST)
    return "ONCE\u00a0A\u00a0WEEK" if weekly else ""


def weekly_by_mouth(plan: DrugPlan, route: str) -> str:
    """Say "ONCE A WEEK" of a drug that goes by mouth or tube; "" of every other: a nurse brings those."""
    return weekly_words(plan) if set(route_atoms(route)) <= {"PO", "NG"} else ""
