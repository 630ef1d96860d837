"""Days and numbers of doses in words: each day by itself, long unbroken runs named by both ends.

A dash is never used between days (hazard H18: "days 4-11" has been read as 4 and 11).
"""

from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise

from bedside.protocol.model import Days, DrugPlan
from bedside.units.quantities import DoseRate
from bedside.units.writer import write_rate

LONGEST_LIST = 30  # days; a longer unbroken run is named by its first and last day


def list_words(days: tuple[int, ...]) -> str:
    """Days in words: "day 1", "days 1, 8, 15" or "every day from day 1 to day 168, both included"."""
    if not days:
        return "no day"
    if len(days) > LONGEST_LIST and all(after == before + 1 for before, after in pairwise(days)):
        return f"every day from day {days[0]} to day {days[-1]}, both included"
    listed = ", ".join(map(str, days))
    return f"day {listed}" if len(days) == 1 else f"days {listed}"


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its word: "1 dose day", "16 dose days"."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def planned_words(days: Days, doses_per_day: int | None = None) -> str:
    """The planned days of a drug with their number; what is not public is said so.

    Args:
        days: as the file has them.
        doses_per_day: where public; more than one a day are counted beside the days.
    """
    if not days.scheduled:
        return days.words or "days not public"
    number = len(days.scheduled)
    doses = ""
    if doses_per_day not in (None, 1):
        doses = f", {counted(number * (doses_per_day or 0), 'dose')}"
    return f"{list_words(days.scheduled)} ({counted(number, 'dose day')}{doses})"


def repeat_words(days: Days) -> str:
    """The repeated cycle of a drug in words; "" where there is none."""
    if days.repeat_from is None or days.repeat_every is None:
        return ""
    cycle = (
        f"from day {days.repeat_from} on in cycles of {days.repeat_every} days, "
        "until the end of therapy"
    )
    if not days.repeat_days:
        return f"{cycle}; the days of the cycle are open"
    listed = list_words(days.repeat_days)
    return f"{cycle}; in each, {listed} ({counted(len(days.repeat_days), 'dose day')})"


def frequency_words(plan: DrugPlan) -> str:
    """How often on one day, as the source has it; "" where it says nothing."""
    if plan.frequency:
        return plan.frequency
    return "" if plan.doses_per_day is None else f"{plan.doses_per_day} doses a day"


def total_words(plans: Iterable[DrugPlan]) -> str:
    """The dose days (and doses, where their number a day is public) of one drug, added up."""
    listed = tuple(plans)
    total = sum(len(plan.days.scheduled) for plan in listed)
    if not total:
        return "days not public"
    words = counted(total, "dose day")
    if any(plan.doses_per_day not in (None, 1) for plan in listed):
        each = [len(plan.days.scheduled) * (plan.doses_per_day or 0) for plan in listed]
        if all(plan.doses_per_day for plan in listed):
            words += f", {counted(sum(each), 'dose')}"
    words += _amount_words(listed)
    repeated = sum(len(plan.days.repeat_days) for plan in listed)
    cycles = {plan.days.repeat_every for plan in listed if plan.days.repeat_days}
    for cycle in sorted(length for length in cycles if length is not None):
        words += f", and {repeated} more in each further cycle of {cycle} days"
    if any(plan.days.disputed for plan in listed):
        words += "; further days are in conflict and not counted"
    if any(not plan.days.scheduled for plan in listed):
        words += "; days of one route are not public and not counted"
    return words


def _amount_words(plans: tuple[DrugPlan, ...]) -> str:
    """What the doses of the planned days come to, where every one of them is public; else ""."""
    given = [plan for plan in plans if plan.days.scheduled]
    rates = [plan.dose.rate for plan in given]
    known = [rate for rate in rates if rate is not None]
    if len(known) < len(rates) or len({(rate.unit, rate.per) for rate in known}) != 1:
        return ""
    total = sum(
        rate.value * len(plan.days.scheduled) * (plan.doses_per_day or 1)
        for rate, plan in zip(known, given, strict=True)
    )
    rate = DoseRate(Decimal(total), known[0].unit, known[0].per)
    words = f", {write_rate(rate).removesuffix(' per dose')} in all"
    if any(plan.doses_per_day is None and not plan.continuous for plan in given):
        words += " where it is given once a day"
    return words + (", before the age factor" if any(plan.age_rule for plan in given) else "")
