"""Two specimens of one minute: which value of each measure counts, for every page, rule and paper.

Decision: a central line and a vein drawn in the same minute are the same blood, and nobody can say
which of two different counts is right; so the worse one counts, whichever was typed first, and
both are named (as `bedside.protocol.dlt` does). What is worse is said by who asks: the lower of two
ANCs or platelets; of a laboratory result what the rule that asks is against (hazards H14, H22).
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Protocol, TypeVar

from bedside.store.records import BloodCount
from bedside.ward.count_bounds import COLUMNS, bounds_of


class _Taken(Protocol):
    @property
    def taken_at(self) -> datetime: ...


Specimen = TypeVar("Specimen", bound=_Taken)


def minute_of(moment: datetime) -> datetime:
    """The minute that a specimen was taken in: more is not typed."""
    return moment.astimezone(UTC).replace(second=0, microsecond=0)


def newest_minute(rows: Sequence[Specimen]) -> list[Specimen]:
    """The specimens that share the minute of the newest one.

    Args:
        rows: in the order of their times.
    """
    return newest_of(reversed(rows))


def newest_of(latest_first: Iterable[Specimen]) -> list[Specimen]:
    """The same of rows that come the latest first; none of none. They are read no further than needed."""
    found: list[Specimen] = []
    for row in latest_first:
        if found and minute_of(row.taken_at) != minute_of(found[0].taken_at):
            break
        found.append(row)
    return found[::-1]


def worse_last(
    rows: Iterable[Specimen], badness: Callable[[Specimen], int | Decimal | None]
) -> list[Specimen]:
    """Rows in the order of their minutes, in each the worse one last: for who lets the last one count.

    Args:
        rows: any specimens.
        badness: the larger, the worse; None: no value, which counts only where no other is there.
    """

    def order(row: Specimen) -> tuple[datetime, bool, int | Decimal]:
        found = badness(row)
        return minute_of(row.taken_at), found is not None, found or 0

    return sorted(rows, key=order)


def worst_of_newest(
    rows: Sequence[Specimen], badness: Callable[[Specimen], int | Decimal | None]
) -> Specimen | None:
    """Of the specimens of the newest minute the worse one; None of none. Arguments as `worse_last`."""
    return worse_last(newest_minute(rows), badness)[-1] if rows else None


def counting(rows: Sequence[BloodCount], measure: str) -> BloodCount:
    """Which of the newest specimens counts for a measure: the lowest of those of one minute.

    Args:
        rows: counts in the order of their times in which the measure was asked for, at least one.
        measure: "wbc", "anc", "platelets" or "haemoglobin".

    Returns:
        The count; one without a value only where none of that minute has one, a pending one first.
    """
    tied = newest_minute(rows)
    if len(tied) == 1:
        return tied[0]
    return max(tied, key=lambda row: _badness(row, measure))


def shown_of(rows: Sequence[BloodCount], measure: str) -> BloodCount:
    """As `counting`, for a paper's last count: where nobody asked in that minute, its last specimen."""
    tied = newest_minute(rows)
    asked = [row for row in tied if getattr(row, f"{measure}_state") != "not done"]
    return counting(asked or tied, measure)


def figure_of(row: BloodCount, measure: str) -> int | None:
    """A measure as start rules read it, in the unit of its column; None without an exact value."""
    if measure == "anc":
        from bedside.ward.anc_ruling import ruling_anc  # few counts share a minute

        return ruling_anc(row)[0]
    value: int | None = getattr(row, COLUMNS[measure])
    return value


def _badness(row: BloodCount, measure: str) -> tuple[int, int]:
    bound, value = bounds_of(row).get(measure), figure_of(row, measure)
    if bound is not None:
        return 2, -2 * bound.figure + (1 if bound.sign == "<" else -1)
    if value is not None:
        return 2, -2 * value
    return int(getattr(row, f"{measure}_state") == "pending"), 0
