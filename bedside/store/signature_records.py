"""What the store keeps of orders and signatures: what was ordered, and who signed which version of it."""

from datetime import date, datetime
from decimal import Decimal

from bedside.store.records import Record

MEANINGS = ("prescribed", "verified", "released", "checked", "given", "not given")


class Signature(Record, frozen=True, kw_only=True):
    """A person's signature on one exact version of one record.

    ``seal`` is the seal of the audit row that wrote this version, ``audit_seq`` its number: the
    signature holds for what that row says and for nothing else.
    """

    infant_id: int
    table_name: str
    row_id: int
    audit_seq: int
    seal: str
    meaning: str  # one of MEANINGS
    person_id: int | None  # None in a ward without accounts: then a typed name
    name: str
    role: str
    signed_at: datetime


class DoseOrder(Record, frozen=True, kw_only=True):
    """One planned administration as it was ordered: the dose, and all that it rested on.

    ``amount`` of one dose as it is prepared, exact, in ``unit``; ``steps`` is the working, a line
    each. Who the infant was when it was ordered stands in it, so that a corrected identity shows.
    """

    infant_id: int
    course_key: str
    course_day: int
    drug: str
    route: str
    due_on: date
    amount: Decimal
    unit: str  # "mg", "micrograms" or "units"
    doses_per_day: int
    measurement_id: int | None  # the weight; None where the dose rests on none
    rule: str  # the dose as protocol or site state it, in words
    share: Decimal  # per cent of the protocol's own dose
    steps: str
    protocol_edition: str
    protocol_digest: str
    values_digest: str  # of the site values it was worked out with
    family: str
    given: str
    born: date
    hospital_number: str
