"""Which counts are checks of their own towards a raise: those of one visit are one check.

Three counts of three days in a row are no three checks over six weeks. Counts nearer together
than the rule's interval are one check, with the lowest of them: the careful way, for a raise only.
A stop and a reduction look at every count (titration_zone).
"""

from datetime import date

from msgspec import Struct

from bedside.protocol.titration_facts import Checks, low_first
from bedside.units.bounds import Bound, at_least, per_ul, write_seen
from bedside.units.dates import write_date
from bedside.units.quantities import Anc


class SpacedCheck(Struct, frozen=True):
    """One check: its lowest ANC with its day, and every day with a count that belongs to it."""

    on: date
    anc: Anc | Bound[Anc]
    days: tuple[date, ...]

    def reaches(self, least: int) -> bool:
        """Whether even the lowest is known to reach an ANC, in cells per µL."""
        return bool(at_least(per_ul(self.anc), least))

    @property
    def words(self) -> str:
        """The ANC and its day; of several counts that it is the lowest."""
        said = f"{write_seen(per_ul(self.anc))} on {write_date(self.on)}"
        if len(self.days) == 1:
            return said
        return (
            f"{said} (lowest of {len(self.days)} counts from {write_date(self.days[0])} to "
            f"{write_date(self.days[-1])})"
        )


def spaced_checks(checks: Checks, since: date, apart_days: int) -> tuple[SpacedCheck, ...]:
    """The checks with a known ANC after a day, oldest first.

    A check begins with its first count and takes in every count less than ``apart_days`` after it.

    Args:
        checks: one count a day.
        since: the day from which on the dose has been the same.
        apart_days: days between two checks, 1 or more.
    """
    runs: list[list[tuple[date, Anc | Bound[Anc]]]] = []
    for day in checks.after(since):
        if day.anc is None:
            continue
        if runs and (day.on - runs[-1][0][0]).days < apart_days:
            runs[-1].append((day.on, day.anc))
        else:
            runs.append([(day.on, day.anc)])
    return tuple(_check(run) for run in runs)


def _check(run: list[tuple[date, Anc | Bound[Anc]]]) -> SpacedCheck:
    on, anc = min(run, key=lambda each: low_first(each[1]))
    return SpacedCheck(on, anc, tuple(day for day, _ in run))
