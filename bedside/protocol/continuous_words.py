"""A continuous infusion in words: its dose is that of a day, and its days are one unbroken run.

"15 micrograms per m²" alone has no time in it; where each day's dose runs over 24 hours the words
say "per day, as a continuous infusion" wherever the dose is shown (hazard H18).
"""

from itertools import pairwise

from bedside.protocol.drugs import route_words
from bedside.protocol.model import DrugPlan
from bedside.units.quantities import DoseRate
from bedside.units.writer import write_rate

PER_DAY = "per day, as a continuous infusion"


def plan_rate_words(plan: DrugPlan, rate: DoseRate) -> str:
    """A dose of this drug in words: "15 micrograms per m² per day, as a continuous infusion"."""
    return f"{write_rate(rate)} {PER_DAY}" if plan.continuous else write_rate(rate)


def plan_route_words(plan: DrugPlan, route: str) -> str:
    """A route in words, as this drug is given by it: "intravenous, continuous infusion"."""
    return f"{route_words(route)}, continuous infusion" if plan.continuous else route_words(route)


def unbroken_words(days: tuple[int, ...]) -> str:
    """Days without a gap as one run: "day 1 to day 28, both included, without a break"; else ""."""
    gapless = all(after == before + 1 for before, after in pairwise(days))
    if len(days) < 2 or not gapless:
        return ""
    return f"day {days[0]} to day {days[-1]}, both included, without a break"
