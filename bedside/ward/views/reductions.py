"""What the form of a reduced dose takes and shows."""

from decimal import Decimal

from msgspec import Struct

from bedside.protocol.reductions import OfWhat
from bedside.ward.views.marks import Banner


class NewReduction(Struct, frozen=True):
    """A reduction as typed; ``drug`` "" is every drug of the course, ``until_day`` None its end."""

    course_key: str
    drug: str
    from_day: int
    until_day: int | None
    percent: Decimal
    of_what: OfWhat
    reason: str
    ordered_by: str


class ReductionRow(Struct, frozen=True):
    """A recorded reduction in words; ``struck`` says when and why it ended, "" while it stands."""

    reduction_id: int
    words: str
    struck: str


class DoseChange(Struct, frozen=True):
    """One planned dose before and after: "vincristine, day 8: 0.4 mg, then 0.3 mg"."""

    words: str
    before: str
    after: str
    steps: tuple[str, ...]  # how the dose after it is counted


class ReductionForm(Struct, frozen=True):
    """What can be reduced for an infant, and what was."""

    banner: Banner
    courses: tuple[tuple[str, str, int], ...]  # key, title, the day to begin with
    drugs: tuple[tuple[str, str, str], ...]  # course key, drug, name
    rows: tuple[ReductionRow, ...]  # standing ones first


class ReductionView(Struct, frozen=True):
    """The doses that would change, before anything is recorded."""

    changes: tuple[DoseChange, ...]
    share_words: str
    against: tuple[str, ...]
