"""What the store keeps for risk group, arm and transplant: measured facts, allocation, MRD results."""

from datetime import date

from bedside.store.records import Record


class RiskFact(Record, frozen=True, kw_only=True):
    """One fact that the risk group or the path rests on.

    ``kind`` is "white-cells" or "day8-blasts" (then ``per_ul`` holds the count, and ``word`` "<" or
    ">" where the laboratory gave a bound), "partner" (the KMT2A fusion partner) or "transplant"
    ("done" or "not to be done"), both in ``word``.
    """

    infant_id: int
    kind: str
    per_ul: int | None
    word: str
    on_day: date


class ArmAllocation(Record, frozen=True, kw_only=True):
    """An arm as it was allocated elsewhere: by whom and when; Bedside randomises nobody."""

    infant_id: int
    arm: str
    allocated_on: date
    allocated_by: str


class MrdLevel(Record, frozen=True, kw_only=True):
    """A result of residual disease at one of the protocol's time points.

    ``state`` is "level", "below" or "negative"; levels are whole parts of 1 000 000 000 cells.
    ``sees_per_billion`` is the method's limit of detection, None where not reported.
    """

    infant_id: int
    point: str
    taken_on: date
    state: str
    per_billion: int | None
    method: str
    sees_per_billion: int | None
