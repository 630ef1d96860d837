"""Notes beside a calculation whose weight or length is hard to believe: answered, and said.

A size that no infant can have is refused elsewhere; here is one that few have (hazard H4). Where
the sex is not known, a note stands only when WHO's tables of both sexes call for it.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from bedside.clinical.growth import GrowthTables, weight_for_length_z
from bedside.clinical.size_plausibility import judge_length, judge_weight
from bedside.commands.answers import aligned
from bedside.commands.books import Books
from bedside.places import place
from bedside.units.quantities import BodyLength, BodyWeight
from bedside.units.refusal import Refused
from bedside.units.writer import write_length, write_number, write_weight

BOTH = ("f", "m")
LEAST_Z, MOST_Z = -5, 5  # WHO Anthro's flags of weight for length
_BIRTH = date(2000, 1, 1)  # any day: only the days since matter


def growth_tables(books: Books) -> GrowthTables:
    """WHO's tables, read once."""
    return books.once(("growth",), lambda: GrowthTables.read(place("resources", "growth")))


def notes_for_age(
    books: Books,
    age_days: int,
    weight: BodyWeight | None,
    length: BodyLength | None,
    sexes: Sequence[str] = BOTH,
) -> tuple[str, ...]:
    """Say what is implausible at an age.

    Args:
        books: what is read once.
        age_days: whole days since birth.
        weight: the weight, or None.
        length: the lying length, or None.
        sexes: "f", "m" or both where it is not known.
    """
    growth = growth_tables(books)
    at = datetime(_BIRTH.year, _BIRTH.month, _BIRTH.day, 12, tzinfo=UTC) + timedelta(days=age_days)
    found = []
    if weight is not None:
        judged = [
            judge_weight(weight, last=(), birth=_BIRTH, sex=sex, at=at, growth=growth)
            for sex in sexes
        ]
        found.append(("--weight", judged))
    if length is not None:
        judged = [
            judge_length(length, last=(), birth=_BIRTH, sex=sex, at=at, growth=growth)
            for sex in sexes
        ]
        found.append(("--length", judged))
    whose = " (girls' tables; boys' call for a second look, too)" if len(sexes) > 1 else ""
    return tuple(
        f"{option}: {judged[0].words}{whose}. Look at the number and its unit again."
        for option, judged in found
        if all(one.level != "usual" for one in judged)
    )


def notes_for_length(books: Books, weight: BodyWeight, length: BodyLength) -> tuple[str, ...]:
    """Say whether a weight is implausible for a length; nothing outside WHO's tables."""
    growth = growth_tables(books)
    try:
        scores = [weight_for_length_z(growth, sex, weight, length) for sex in BOTH]
    except Refused:
        return ()  # longer or shorter than the tables: an older child, perhaps
    if any(LEAST_Z <= score <= MOST_Z for score in scores):
        return ()
    return (
        f"--weight: {write_weight(weight)} at {write_length(length)}: z-score "
        f"{write_number(scores[0])} for length (girls) and {write_number(scores[1])} (boys), beyond "
        f"the {LEAST_Z} and {MOST_Z} at which WHO looks again. Look at both numbers again.",
    )


def rows_and_notes(rows: Sequence[Sequence[str]], notes: Sequence[str]) -> tuple[str, ...]:
    """Aligned rows, and below them a line for each note."""
    return (*aligned(rows), *(f"Note: {note}" for note in notes))
