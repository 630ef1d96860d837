"""What the form of a dose given takes and shows."""

from datetime import date, datetime

from msgspec import Struct

from bedside.units.quantities import DrugAmount
from bedside.ward.two_identifiers import TwoIdentifiers
from bedside.ward.views.signatures import Signer


class OfDay(Struct, frozen=True):
    """Which dose of a day: at which hour since the other drug began, or its number; neither: all of it."""

    hour: int | None = None
    turn: int | None = None


WHOLE_DAY = OfDay()


class DayChoice(Struct, frozen=True):
    """One dose of a day that may be recorded, as it is offered: "hour 48, 08:00"."""

    of: OfDay
    words: str


class GivenAs(Struct, frozen=True):
    """How much was given, None where nobody knows; ``reason`` where it is not what was meant.

    ``second_person`` read a far amount, too; ``again`` is the amount typed a second time, where
    nothing is there to compare it with; ``in_spite`` says why it was given although it is held;
    ``of`` says which dose of a day that has several, ``at_reason`` why at a time that is far from
    its planned hour or near another dose of the drug.
    """

    amount: DrugAmount | None
    reason: str = ""
    second_person: str = ""
    again: DrugAmount | None = None
    in_spite: str = ""
    of: OfDay | None = None
    at_reason: str = ""


class PaperCheck(Struct, frozen=True):
    """The two people of a check on paper, as typed, and why it was on paper; never a blind check."""

    first: str
    second: str
    reason: str


class GivenBy(Struct, frozen=True):
    """Who signs that a dose was given, what was read off the band, and how it was checked.

    Args:
        signer: from `confirmed_signer`.
        identifiers: as retyped from the infant's band.
        at: when it was given, aware; now where left out.
        paper: the check on paper; None where the blind check of this program counts.
    """

    signer: Signer
    identifiers: TwoIdentifiers
    at: datetime | None = None
    paper: PaperCheck | None = None


class LargestKnown(Struct, frozen=True):
    """The largest dose of a drug that is known here, worked for this infant, and where it stands."""

    amount: DrugAmount
    words: str


class AmountBound(Struct, frozen=True):
    """What an amount is shown beside: the newest weight with its day, and the largest known doses.

    ``weight_g`` is None where there is no weight; ``largest`` has one a kind of unit, () for none.
    """

    weight_g: int | None
    weighed_on: str
    largest: tuple[LargestKnown, ...]


class GivenForm(Struct, frozen=True):
    """A planned dose that is to be recorded: what it comes to on its day, and how.

    ``why_paper`` says why it can only be recorded from paper; () where its check here is matched.
    """

    words: str  # "vinCRIStine intravenous, day 8, 08-Sep-2026"
    worked: DrugAmount | None  # of the whole day; None where it cannot be worked out
    steps: tuple[str, ...]
    planned_on: date
    why_paper: tuple[str, ...] = ()
    check_words: str = ""  # "matched by …" where it is
    decided: str = ""  # of a dose by mouth: what was decided, by whom, and what is not signed yet
    waiting: str = ""  # "VERIFIED", "RELEASED": what the decision waits for; "" where it is signed
    compared: str = ""  # "22 mg was decided"; "" where nothing is there to compare with
    run_words: str = ""  # of a continuous infusion: what recording its day says
    held: str = ""  # since when, by whom and why it is held; "" where it is not
    bound: AmountBound | None = None  # what the amount per kg is worked by
    choices: tuple[DayChoice, ...] = ()  # of a drug given several times a day: what is not recorded
    worked_whole_day: DrugAmount | None = None  # of all of them, for an earlier day recorded in one
    day_told: str = ""  # what is recorded of that day already
