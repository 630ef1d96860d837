"""A vial that was reconstituted before its order was released, or before it was even prescribed.

Decision: it is asked about and not stopped. Hard stops are kept for what can only be wrong (hazard
H41), and a ward may be told by telephone that a dose is coming; but a vial made before there was an
order may be another infant's, or of an order since changed (hazards H11, H25). So the person says
why this vial is of this order, and the reason stays with the dose.
"""

from datetime import datetime

from bedside.units.dates import write_date_time, write_time
from bedside.units.refusal import Refused
from bedside.ward.orders import order_state
from bedside.ward.views.check_state import Planned
from bedside.ward.ward import Ward


def made_before_order(ward: Ward, infant_id: int, planned: Planned, at: datetime) -> str:
    """What is to be asked of a vial made before its order; "" where it was made afterwards.

    Args:
        ward: the ward.
        infant_id: the infant.
        planned: course key, course day, drug and route.
        at: when the vial was reconstituted (aware).
    """
    order = order_state(ward, infant_id, *planned)
    for meaning in ("prescribed", "released"):
        signed = order.of(meaning)
        if signed is not None and not signed.why and at < _minute(signed.at):
            made, then = ward.local(at), ward.local(signed.at)
            when = write_time(then) if made.date() == then.date() else write_date_time(then)
            dose = order.dose_words or "it"
            return (
                f"Reconstituted at {write_time(made)}, before the order was {meaning} "
                f"({when}, {signed.name}): is it this vial, of {dose} for this infant?"
            )
    return ""


def vial_note(early: str, reason: str) -> str:
    """What is kept with the dose of a vial made before its order; "" for one made afterwards.

    Raises:
        Refused: it was made before and no reason is given.
    """
    if not early:
        return ""
    if not reason.strip():
        raise Refused(f"{early} Say why it was made before, or discard it and take a new vial.")
    told, _, _ = early.partition("): ")
    return f"{told}): {reason.strip()}"


def joined(before: str, note: str) -> str:
    """Two notes on one dose: the later one does not write over the earlier."""
    return "; ".join(part for part in (before, note) if part)


def _minute(at: datetime) -> datetime:
    """A time is typed to the minute: the minute of the signature itself is not before it."""
    return at.replace(second=0, microsecond=0)
