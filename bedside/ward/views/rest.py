"""What the form of a broken-off infusion shows: what went in, what remains, and what may be decided."""

from msgspec import Struct

from bedside.units.quantities import DrugAmount
from bedside.ward.views.orders import OrderKey


class RestForm(Struct, frozen=True):
    """A broken-off infusion on which a physician has still to decide.

    Args:
        dose_id: the record of the infusion.
        key: which planned dose it is.
        title: the same in words, "azaCITIDine, EPI #1 day 1".
        told: "infusion broken off at 10:05, 7 mg of 15.5 mg given".
        whole: the whole dose as it is worked out now; None where it cannot be.
        given: what went in so far; None where it is not known.
        remains: the whole less what went in; None where it cannot be said, then ``why_not``.
        why_not: why the rest cannot be chosen, "" where it can.
        in_all: what the day comes to with the whole dose again; None where it cannot be said.
        over: why the whole dose again cannot be chosen: a stop that the day would pass.
    """

    dose_id: int
    key: OrderKey
    title: str
    told: str
    whole: DrugAmount | None
    given: DrugAmount | None
    remains: DrugAmount | None
    why_not: str = ""
    in_all: DrugAmount | None = None
    over: tuple[str, ...] = ()
