"""What the form of a dose that was not given takes and shows."""

from datetime import date, datetime

from msgspec import Struct

from bedside.ward.views.given import DayChoice, OfDay
from bedside.ward.views.signatures import Signer

# What a ward says of itself, without any judgement of the drug; anything else is said in own words.
REASONS = (
    "vomiting",
    "refused by mouth",
    "no line",
    "the drug was not there",
    "the infant was not on the ward",
    "a physician decided",
)
DECIDED = "a physician decided"
BY_MOUTH_ONLY, BY_LINE_ONLY = ("refused by mouth",), ("no line",)


class LeftOut(Struct, frozen=True):
    """Why a dose was not given, when that was settled, and who signs it.

    Args:
        reason: one of `REASONS`, or "" where own words alone say it.
        words: in own words; needed where no reason is chosen.
        physician: who decided it, name and role; "" where nobody did.
        at: when it was settled that the dose is not given, aware.
        signer: from `confirmed_signer`.
        of: which dose of a day that has several; None for a drug with one record a day.
    """

    reason: str
    words: str
    physician: str
    at: datetime
    signer: Signer
    of: OfDay | None = None


class NotGivenForm(Struct, frozen=True):
    """A planned dose that is to be recorded as not given, and what follows from it."""

    words: str  # "vinCRIStine intravenous, day 8, 08-Sep-2026"
    planned_on: date
    follows: tuple[str, ...]
    choices: tuple[DayChoice, ...] = ()  # of a drug given several times a day: what is not recorded
    day_told: str = ""  # what is recorded of that day already
    held: str = ""  # since when, by whom and why it is held; "" where it is not
    reasons: tuple[str, ...] = REASONS  # those that fit its route
