"""A dose that the protocol does not name, recorded from paper: which drug went in is said by name (hazard H19).

"Intrathecal therapy" is no drug. Whoever gave it had an order on paper that named each drug, and a
record without the names would hide what went into the spine.
"""

from bedside.protocol.drugs import display_name
from bedside.protocol.model import DrugPlan
from bedside.ward.views.given import GivenAs


def names_asked(plan: DrugPlan) -> str:
    """What is asked of a dose without a drug's name; "" of one that has it."""
    if not plan.may_be:
        return ""
    names = ", ".join(display_name(drug) for drug in plan.may_be)
    return (
        'No public source names its drugs. Under "Why otherwise" write each drug that was given, with '
        f"its own amount, off the signed order: {names}."
    )


def why_no_name(plan: DrugPlan, given: GivenAs) -> tuple[str, ...]:
    """Why a dose without a drug's name cannot be recorded as it was typed; () where it can.

    Args:
        plan: its line of the protocol.
        given: how much, and the reason, in which the drugs are named.
    """
    said = given.reason.casefold()
    named = [drug for drug in plan.may_be if display_name(drug).casefold() in said]
    if plan.may_be and not named:
        return (names_asked(plan),)
    if len(named) > 1 and given.amount is not None:
        return (
            "One amount cannot be that of several drugs: leave the amount empty, and write each "
            'drug\'s own amount under "Why otherwise".',
        )
    return ()
