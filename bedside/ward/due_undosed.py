"""The doses of today whose amount is not known here: said on the ward list, never left to a green page.

The day of a drug may be public, or entered, while nobody has entered how much: then the program has
nothing to say of that dose, and whoever reads the list must not take silence for "in order".
"""

from msgspec.structs import replace

from bedside.protocol.drugs import by_needle, route_words
from bedside.protocol.schedule import ProjectedDose
from bedside.ward.due import dose_record, held_on
from bedside.ward.due_orders import OrdersTold
from bedside.ward.facts import InfantFacts
from bedside.ward.standing import Standing, doses_today
from bedside.ward.views.marks import HeldItem
from bedside.ward.ward import Ward
from bedside.ward.worked import is_public

OWN_PROTOCOL = "from your own protocol, checked by two people"
SUPPLIES = "two people of this site enter them: Commission (F7)"
BRIEF = "from your own protocol"
SAID = "Today's doses are not known here."


def undosed_today(ward: Ward, facts: InfantFacts, standing: Standing) -> tuple[str, ...]:
    """The drugs due today of which neither the protocol nor this site says how much.

    What is recorded or held is not in it, nor what Maintenance decides by mouth: that is told on
    its own.
    """
    running = standing.running
    if running is None or standing.finished:
        return ()
    decided = running.kind == "maintenance"
    names = (
        _name(ward, dose)
        for dose in doses_today(ward, facts)
        if not (decided and not by_needle(dose.route))
        if dose_record(facts, dose) is None and not held_on(facts, dose)
        if not is_public(ward, facts, dose)
    )
    return tuple(dict.fromkeys(names))


def _name(ward: Ward, dose: ProjectedDose) -> str:
    name = ward.drugs.display_name(dose.drug)
    return f"{name} {route_words(dose.route)}" if dose.route == "IT" else name


def with_undosed(
    ward: Ward, facts: InfantFacts, standing: Standing, told: OrdersTold
) -> OrdersTold:
    """What the orders ask for, with a line for the doses of today that are not known here."""
    names = undosed_today(ward, facts, standing)
    if not names:
        return told
    line = HeldItem(
        "unknown",
        f"dose of today not known here: {', '.join(names)}",
        (OWN_PROTOCOL, SUPPLIES),
        "commission",
        BRIEF,
    )
    return replace(told, items=(*told.items, line), undosed=SAID)
