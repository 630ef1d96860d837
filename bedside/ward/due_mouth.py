"""Doses by mouth of Maintenance that were decided and wait for a signature: told where nurses look."""

from collections import defaultdict

from bedside.ward.facts import InfantFacts
from bedside.ward.standing import Standing
from bedside.ward.views.marks import HeldItem
from bedside.ward.ward import Ward

_WHERE = "a pharmacist signs it: Doses by mouth, Decisions"


def mouth_items(ward: Ward, facts: InfantFacts, standing: Standing) -> tuple[HeldItem, ...]:
    """A line for each step that newest decisions wait for, with their drugs.

    Args:
        ward: the ward.
        facts: what is recorded of the infant.
        standing: where she is up to.
    """
    if standing.running is None or standing.running.kind != "maintenance":
        return ()
    from bedside.ward.titration_rows import titrations_of
    from bedside.ward.titration_signing import waiting_decisions

    found: dict[str, list[str]] = defaultdict(list)
    for name, step in waiting_decisions(ward, titrations_of(ward, facts.infant.id)):
        found[step].append(name)
    return tuple(
        HeldItem(
            "mend", f"not {step}: {', '.join(names)}", (_WHERE,), brief=_WHERE.partition(":")[0]
        )
        for step, names in found.items()
    )
