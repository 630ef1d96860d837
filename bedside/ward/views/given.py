"""What the form of a dose given takes and shows."""

from msgspec import Struct

from bedside.units.quantities import DrugAmount


class GivenAs(Struct, frozen=True):
    """How much was given, None where nobody knows; ``reason`` where it is not what was worked out."""

    amount: DrugAmount | None
    reason: str = ""


class GivenForm(Struct, frozen=True):
    """A planned dose that is to be recorded: what it comes to on its day, and how."""

    words: str  # "vinCRIStine intravenous, day 8, 08-Sep-2026"
    worked: DrugAmount | None  # of the whole day; None where it cannot be worked out
    steps: tuple[str, ...]
