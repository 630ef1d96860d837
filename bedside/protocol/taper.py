"""Tapers: falling doses, each day with a dose of its own, which only the site's own copy states.

A dose of the other days is never given on a day of a taper (hazard H1): until two people have
typed the dose of each of its days, those days are blocked. Where it is not public whether a drug is
tapered, nothing of it is worked out before the site has answered, with its steps or with "none".
"""

import re
from collections.abc import Iterable

from msgspec.structs import replace

from bedside.protocol.drugs import display_name
from bedside.protocol.model import Days, DrugPlan
from bedside.protocol.site_values import SiteDose, TaperStep
from bedside.units.writer import write_rate

NOT_PUBLIC_WORDS = "taper: dose by day, not public"
_SPOKEN_OF = re.compile(r"(?<!no )\btaper", re.IGNORECASE)
_CHANGING = re.compile(r"(?<!no )\b(taper|step|loading dose|dose by day)", re.IGNORECASE)


def notes_of(plan: DrugPlan) -> str:
    """Everything that the protocol file notes of a drug's days and dose."""
    return f"{plan.note} {plan.dose.origin.note} {plan.days.origin.note} {plan.days.words}"


def untold(plan: DrugPlan) -> str:
    """The word by which a note speaks of a dose that changes by day, where the item has one dose; else ""."""
    found = None if plan.taper is not None else _CHANGING.search(notes_of(plan))
    return "" if found is None else found[1].casefold()


def step_on(own: SiteDose | None, day: int) -> TaperStep | None:
    """The site's step of a taper on a course day; None where it has none."""
    steps = () if own is None else own.taper
    return next((step for step in steps if day in step.days), None)


def taper_fault(plan: DrugPlan, own: SiteDose | None, title: str, day: int) -> str:
    """Why a course day cannot be dosed because of a taper; "" where it can.

    Args:
        plan: the drug in its course.
        own: what the site entered of it.
        title: of the course.
        day: the course day.
    """
    name, taper = display_name(plan.drug), plan.taper
    if taper is None:
        if not _SPOKEN_OF.search(notes_of(plan)):
            return ""
        return (
            f"A note of {name} in {title} speaks of a taper, and this edition holds no dose by day: "
            "nothing is worked out; use an edition that holds the taper."
        )
    entered = () if own is None else own.taper_days
    denied = own is not None and own.no_taper
    if not taper.days:
        if entered or denied:
            return ""
        return (
            f"Whether {name} is tapered in {title}, and how, is not public ({NOT_PUBLIC_WORDS}): "
            "enter the dose of each day of its taper, or that your protocol has none."
        )
    if day not in (*taper.days, *entered):
        return ""
    if denied or (entered and set(entered) != set(taper.days)):
        site = f"a taper on {_listed(entered)}" if entered else "no taper"
        return (
            f"This site entered {site} of {name} in {title}, the public source states one on "
            f"{_listed(taper.days)}: two people settle which holds."
        )
    if entered:
        return ""
    return (
        f"Day {day} is a day of the taper of {name} in {title} ({NOT_PUBLIC_WORDS}): enter the dose "
        "of each of its days from your protocol. The dose of the days before is not given on it."
    )


def taper_words(plan: DrugPlan, own: SiteDose | None = None) -> str:
    """A drug's taper in words, for a list or a book; "" where the drug has none."""
    if own is not None and own.taper:
        return f"taper: {steps_words(own.taper)} (site value)"
    if plan.taper is None:
        return ""
    if plan.taper.days:
        return f"{NOT_PUBLIC_WORDS} ({_listed(plan.taper.days)})"
    if own is not None and own.no_taper:
        return "no taper (site value)"
    return f"{NOT_PUBLIC_WORDS} (nor whether there is one)"


def steps_words(steps: Iterable[TaperStep]) -> str:
    """Steps in words: "days 15, 16: 7 mg per m² each dose, 3 times a day; day 17: …"."""
    return "; ".join(
        f"{_listed(step.days)}: {write_rate(step.rate).removesuffix(' per dose')} each dose, "
        f"{times_words(step.times)}"
        for step in steps
    )


def times_words(times: int) -> str:
    """How often in words: "once a day", "3 times a day"."""
    return {1: "once a day", 2: "twice a day"}.get(times, f"{times} times a day")


def with_taper_days(days: Days, plan: DrugPlan, own: SiteDose | None) -> Days:
    """Days with those of the site's taper, where no source says which days a taper has."""
    entered = () if own is None else own.taper_days
    if plan.taper is None or plan.taper.days or not (entered and days.scheduled):
        return days
    return replace(days, scheduled=joined(days.scheduled, entered))


def joined(days: tuple[int, ...], more: tuple[int, ...]) -> tuple[int, ...]:
    """Two lists of days as one, in order, each once."""
    return tuple(sorted({*days, *more}))


def _listed(days: tuple[int, ...]) -> str:
    listed = ", ".join(map(str, days))
    return f"day {listed}" if len(days) == 1 else f"days {listed}"
