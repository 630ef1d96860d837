"""Doses of a whole day: what public sources have, and the stop that is worked out from them.

A dose of the day typed where each dose is asked is given two or three times (hazard H1). So each
related dose says whether it is of a day, and what comes to more in a day than any public source of
this drug in this course is stopped, until the two who typed it have said why their copy has more.
No bound is invented: where no public figure per kg or per m² exists, there is no stop.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Literal, cast

from msgspec import Struct

from bedside.protocol.model import DrugPlan, RelatedDose
from bedside.units.quantities import DoseRate, DrugUnit
from bedside.units.rounding import half_up
from bedside.units.writer import write_number, write_rate

_HEAD = re.compile(
    r"(?P<number>[0-9]+(?: [0-9]{3})*(?:\.[0-9]+)?) (?P<unit>mg|g|micrograms|units)"
    r"(?: per (?P<per>kg|m²))?(?P<day> a day)?(?=[ ,]|$)"
)
_EVERY = re.compile(r"every (4|6|8|12) hours")
_SHOWN_PLACES = 3
NO_STOP = "Stop: none of this program's own; no public dose per kg or per m² to hold it against."


class Reference(Struct, frozen=True):
    """One dose that is known of a drug, as all that is given on a day.

    Args:
        rate: per kg, per m² or fixed.
        times: how often it is given on a day.
        words: where it stands: "Induction: 60 mg per m² a day in 3 doses, ALL-BFM 95".
        of_day: the source states it as the dose of a day, however it is divided.
    """

    rate: DoseRate
    times: int
    words: str
    of_day: bool = False

    @property
    def whole(self) -> DoseRate:
        """All that is given on a day."""
        return DoseRate(self.rate.value * self.times, self.rate.unit, self.rate.per)


def read_related(each: RelatedDose, doses_per_day: int | None) -> Reference | None:
    """A related protocol's dose whose words begin with a plain dose; None for others.

    Args:
        each: the related dose.
        doses_per_day: how often the drug is given here, where that is public.
    """
    head = _HEAD.match(each.text)
    if head is None:
        return None
    per = cast(Literal["kg", "m2", "dose"], {"kg": "kg", "m²": "m2"}.get(head["per"], "dose"))
    number, unit = Decimal(head["number"].replace(" ", "")), head["unit"]
    if unit == "g":
        number, unit = number * 1000, "mg"
    rate = DoseRate(number, cast(DrugUnit, unit), per)
    every = _EVERY.search(each.text)
    times = 24 // int(every[1]) if every else 1 if head["day"] else doses_per_day or 1
    return Reference(rate, times, each.text, of_day=head["day"] is not None)


def day_doses(plan: DrugPlan) -> tuple[Reference, ...]:
    """What public sources have of this very drug in this course, per kg or per m².

    The stated dose alone where one is stated; else what related protocols give in its place. A
    related dose of another drug is none of this one.
    """
    stated = plan.dose.rate
    if stated is not None:
        words = f"{write_rate(stated)}, {plan.dose.origin.named}"
        found = [Reference(stated, plan.doses_per_day or 1, words)]
    else:
        read = (read_related(each, plan.doses_per_day) for each in plan.related if not each.drug)
        found = [one for one in read if one is not None]
    return tuple(one for one in found if one.rate.per != "dose")


def related_words(plan: DrugPlan) -> Iterator[str]:
    """Every related dose, and whether it is one dose or the dose of a whole day."""
    for each in plan.related:
        found, times = read_related(each, plan.doses_per_day), plan.doses_per_day
        if found is None or found.rate.per == "dose":
            yield each.text
        elif not found.of_day:
            yield f"{each.text} [per dose]"
        elif times in (None, 1):
            yield f"{each.text} [per day: all doses of a day together]"
        else:
            one = half_up(found.rate.value / times, _SHOWN_PLACES)
            about = "" if one * times == found.rate.value else "about "
            rate = write_rate(DoseRate(one, found.rate.unit, found.rate.per))
            yield f"{each.text} [per day; per dose {about}{rate}, {times} times a day]"


def day_words(rate: DoseRate, times: int | None) -> str:
    """How a dose adds up in a day: "per dose, 3 times a day, 30 mg per m² per day"; "" for one dose."""
    if times is None or times == 1:
        return ""
    whole = DoseRate(rate.value * times, rate.unit, rate.per)
    said = write_rate(whole).removesuffix(" per dose")
    return f"per dose, {times} times a day, {said} per day"


def slip_words(rate: DoseRate, times: int | None, known: Sequence[Reference]) -> str:
    """What a typed dose looks like beside the public doses of a day; "" for nothing known.

    Args:
        rate: one dose, as typed.
        times: how often it is given on a day; None where nobody knows.
        known: from `day_doses`.
    """
    often = times or 1
    for one in known:
        if often > 1 and one.of_day and one.rate == rate:
            return (
                f"this is the dose of a whole day of a related protocol ({one.words}); each dose is "
                f"asked here, {often} times a day: say why"
            )
    above = above_words(rate, often, known)
    return f"{above}: say why" if above else ""


def above_words(rate: DoseRate, times: int, known: Sequence[Reference]) -> str:
    """That a dose comes to more in a day than any public source has; "" where it does not."""
    alike = [one for one in known if (one.rate.unit, one.rate.per) == (rate.unit, rate.per)]
    most = max(alike, key=lambda one: one.whole.value, default=None)
    if most is None or rate.value * times <= most.whole.value:
        return ""
    whole = write_rate(DoseRate(rate.value * times, rate.unit, rate.per))
    share = half_up(rate.value * times / most.whole.value, 1)
    how = f"{write_number(share)} times the most" if share > 1 else "more than the most"
    return (
        f"{whole} in a day is {how} that public sources have here, "
        f"{write_rate(most.whole)} in a day ({most.words})"
    )
