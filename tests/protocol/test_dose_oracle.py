"""Every dose rule worked out a second time, in fractions and whole numbers, by other code.

The second reckoning shares nothing with the program's: it counts months by walking from birthday
to birthday, multiplies fractions, and rounds with whole-number division. Per kg, per m², fixed
and fixed by age each meet age factors, caps, reductions, roundings and volumes at random:
10 000 examples for each of these rules, 100 000 in the long run (hazards H1, H2, H8, H40).
"""

import os
import random
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import isqrt
from typing import Any

import pytest

from bedside.clinical.body_size import body_surface
from bedside.protocol.age_factor import age_factor
from bedside.protocol.doses import DoseWorking, Modification, work_dose
from bedside.protocol.model import NOT_PUBLIC, AgeFactor, AgeRule, Protocol
from bedside.protocol.site_values import AgeDose, SiteDose, SiteValues
from bedside.units.quantities import BodyLength, BodySurface, BodyWeight, DoseRate, DrugAmount
from bedside.units.rounding import RoundingRule

EXAMPLES = 100_000 if os.environ.get("BEDSIDE_EXAMPLES") == "long" else 10_000
BASES = ("per kg", "per m2", "fixed", "by age")
MODIFIERS = ("age factor", "cap", "reduction", "rounding", "volume", "vials")
DRUG, COURSE, DAY = "cytarabine", "induction", 8
MOST_A_DAY = 75  # mg per m² a day, ALL-BFM 95: the only public dose of this drug in that course
ANCHORS = ("course-day-1", "dose-day", "diagnosis")
THIRDS = ((0, Fraction(2, 3)), (6, Fraction(3, 4)), (12, Fraction(1)))


class Example:
    """One made-up infant and one made-up site, as plain numbers."""

    def __init__(self, chance: random.Random, base: str) -> None:
        pick = chance.choice
        self.base = base
        self.day_1 = date(2026, 1, 1) + timedelta(days=chance.randrange(800))
        self.birth = self.day_1 - timedelta(days=chance.randrange(1, 600))
        if chance.random() < 0.3:  # a birthday of a band, give or take two days
            months = pick((6, 12))
            self.birth = months_before(self.day_1, months) + timedelta(days=chance.randint(-2, 2))
        self.diagnosed = self.birth + (self.day_1 - self.birth) * chance.random()
        self.anchor = pick(ANCHORS)
        few = chance.random() < 0.05
        self.grams = chance.randint(400, 31_000) if few else chance.randint(1500, 20_000)
        self.m2 = Fraction(chance.randint(110, 830) if few else chance.randint(120, 800), 1000)
        self.rate = Fraction(
            pick((1, 2, 5, 25, 75, 100, chance.randint(1, 3000))), pick((1, 2, 10))
        )
        self.later = self.rate * pick((1, Fraction(3, 2), 2))
        self.factors = base != "by age" and chance.random() < 0.6
        self.cap = (
            Fraction(chance.randint(1, 4000), pick((1, 10))) if chance.random() < 0.6 else None
        )
        if self.cap is not None and chance.random() < 0.1:
            self.cap = self.rate  # a fixed dose then meets its cap exactly
        self.percent = (
            Fraction(pick((25, 50, 75, chance.randint(1, 100)))) if chance.random() < 0.6 else None
        )
        self.step = (
            Fraction(pick((1, 2, 5, 10, 20, 50)), pick((1, 10, 100)))
            if chance.random() < 0.8
            else None
        )
        self.most = Fraction(pick((5, 10, 100)))
        self.strength = (
            Fraction(pick((1, 2, 5, 10, 20, 25, 100))) if chance.random() < 0.8 else None
        )
        self.vial = Fraction(pick((10, 50, 100, 500))) if chance.random() < 0.8 else None

    def rules(self) -> Iterator[str]:
        """The rules that this example puts to work."""
        yield self.base
        given = (self.factors, self.cap, self.percent, self.step, self.strength, self.vial)
        yield from (name for name, there in zip(MODIFIERS, given, strict=True) if there)

    def anchor_day(self) -> date:
        """The day on which the age is taken."""
        on = self.day_1 + timedelta(days=DAY - 1)
        return {"course-day-1": self.day_1, "dose-day": on, "diagnosis": self.diagnosed}[
            self.anchor
        ]


def months_before(day: date, months: int) -> date:
    """So many calendar months earlier, on the last of the month where there is no such day."""
    year, month = divmod(12 * day.year + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_lived(birth: date, day: date) -> int:
    """Completed months, by walking: a month without the day of birth ends with the next first."""
    months, year, month = 0, birth.year, birth.month
    while True:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        if birth.day <= monthrange(year, month)[1]:
            reached = date(year, month, birth.day)
        else:
            reached = date(year, month, monthrange(year, month)[1]) + timedelta(days=1)
        if reached > day:
            return months
        months += 1


def steps_half_up(value: Fraction, step: Fraction) -> Fraction:
    """The nearest whole number of steps of a value above zero; half a step goes up."""
    ratio = value / step
    return step * ((2 * ratio.numerator + ratio.denominator) // (2 * ratio.denominator))


def reckon(one: Example) -> tuple[bool, dict[str, Any]]:
    """The second reckoning: whether the dose may be drawn up, and its figures."""
    months = months_lived(one.birth, one.anchor_day())
    kg = Fraction(one.grams, 1000)
    dose = {
        "per kg": one.rate * kg,
        "per m2": one.rate * one.m2,
        "fixed": one.rate,
        "by age": one.later if months >= 12 else one.rate,
    }[one.base]
    ready = 1500 <= one.grams <= 20_000
    if one.base == "per m2":
        ready = ready and Fraction(120, 1000) <= one.m2 <= Fraction(800, 1000)
        ready = ready and one.rate <= MOST_A_DAY
    if one.factors:
        dose *= THIRDS[2][1] if months >= 12 else THIRDS[1][1] if months >= 6 else THIRDS[0][1]
    if one.percent is not None:
        dose = dose * one.percent / 100
    if one.cap is not None and dose > one.cap:
        dose = one.cap
    found: dict[str, Any] = {"unrounded": dose, "change": None, "volume": None, "vials": None}
    prepared = dose
    if one.step is not None:
        prepared = steps_half_up(dose, one.step)
        moved = (prepared - dose) / dose * 100
        found["change"] = steps_half_up(abs(moved), Fraction(1, 100)) * (1 if moved > 0 else -1)
        ready = ready and prepared > 0 and abs(moved) <= one.most
    else:  # without a rounding rule only a dose that ends is an amount to prepare
        ready = ready and (dose * 10**6).denominator == 1
    found["prepared"] = prepared
    if one.strength is not None and prepared > 0:
        found["volume"] = steps_half_up(prepared / one.strength, Fraction(1, 100))
        drawn = found["volume"] * one.strength
        limited = one.step is not None
        apart = max(abs(drawn - prepared) / prepared, abs(drawn - dose) / dose) * 100
        ready = ready and drawn > 0 and not (limited and apart > one.most)
    if one.vial is not None:
        found["vials"] = -((-prepared) // one.vial)
    return ready, found


def decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def site_of(one: Example) -> SiteValues:
    """The same example, as the program takes it."""
    per = {"per kg": "kg", "per m2": "m2", "fixed": "dose", "by age": None}[one.base]
    bands = tuple(AgeFactor(month, factor) for month, factor in THIRDS) if one.factors else ()
    by_age = (
        AgeDose(0, DrugAmount(decimal(one.rate))),
        AgeDose(12, DrugAmount(decimal(one.later))),
    )
    dose = SiteDose(
        rate=None if per is None else DoseRate(decimal(one.rate), "mg", per),  # type: ignore[arg-type]
        most=None if one.cap is None else DrugAmount(decimal(one.cap)),
        age_factors=bands,
        by_age=by_age if per is None else (),
    )
    rule = None
    if one.step is not None:
        rule = RoundingRule("r", decimal(one.step), decimal(one.most))
    return SiteValues(
        protocol="aall15p1",
        doses={(COURSE, DRUG, "IV"): dose},
        age_anchor=one.anchor,  # type: ignore[arg-type]
        rounding={} if rule is None else {DRUG: rule},
        concentration_mg_per_ml={} if one.strength is None else {DRUG: decimal(one.strength)},
        vial_mg={} if one.vial is None else {DRUG: decimal(one.vial)},
    )


def program(one: Example, protocol: Protocol) -> DoseWorking:
    course = protocol.course(COURSE)
    share = None
    if one.percent is not None:
        share = Modification(decimal(one.percent), "after mucositis", "Dr X")
    return work_dose(
        course.plan(DRUG, "IV"),
        course,
        birth=one.birth,
        course_day_1=one.day_1,
        on=one.day_1 + timedelta(days=DAY - 1),
        weight=BodyWeight(one.grams),
        surface=BodySurface(decimal(one.m2)),
        site=site_of(one),
        diagnosed_on=one.diagnosed,
        modification=share,
    )


def check(one: Example, protocol: Protocol) -> bool:
    """Compare one example; returns whether it was ready."""
    ready, wanted = reckon(one)
    seen = program(one, protocol)
    what = (vars(one), seen.blocked_by)
    assert (seen.status == "ready") == ready, what
    assert seen.unrounded is not None
    exact = wanted["unrounded"]
    assert abs(Fraction(seen.unrounded.value) - exact) <= exact / 10**26, what
    if not ready:
        assert (seen.prepared, seen.volume_ml, seen.vials) == (None, None, None)
        return False
    assert seen.prepared is not None
    prepared = wanted["prepared"]
    apart = abs(Fraction(seen.prepared.value) - prepared)
    assert apart == 0 if one.step is not None else apart <= prepared / 10**26, what
    for key, value in (("change", seen.change_percent), ("volume", seen.volume_ml)):
        assert (None if value is None else Fraction(value)) == wanted[key], (key, what)
    assert seen.vials == wanted["vials"], what
    return True


@pytest.mark.no_cover
@pytest.mark.parametrize("base", BASES)
def test_both_reckonings_agree(base: str, aall15p1: Protocol) -> None:
    chance = random.Random(f"20261121 {base}")
    met: Counter[str] = Counter()
    for _ in range(EXAMPLES):
        one = Example(chance, base)
        met["ready"] += check(one, aall15p1)
        met.update(one.rules())
    assert met[base] == EXAMPLES
    # over the four bases each modifying rule meets its number of examples, too
    assert all(
        met[rule] >= EXAMPLES / 2 for rule in MODIFIERS if (rule, base) != ("age factor", "by age")
    )
    assert EXAMPLES / 4 < met["ready"] < EXAMPLES


def test_mosteller_by_whole_number_roots() -> None:
    """The root of h·w / 3600, to 20 decimals, by whole numbers."""
    chance = random.Random(20261121)
    for _ in range(EXAMPLES):
        grams, mm = chance.randint(500, 30_000), chance.randint(300, 1200)
        seen = body_surface(BodyWeight(grams), BodyLength(mm)).m2
        # h·w / 3600 in cm and kg is mm · g / 36 000 000
        root = Fraction(isqrt(mm * grams * 10**40 // 36_000_000), 10**20)
        assert 0 <= Fraction(seen) - root < Fraction(2, 10**20), (grams, mm)


@pytest.mark.no_cover
def test_births_on_each_day_of_a_leap_year() -> None:
    """The days before, of and after 6 and 12 months, for births on each of 366 days (hazard H8)."""
    factors = {5: "2/3", 6: "3/4", 11: "3/4", 12: "1"}
    rule = AgeRule(tuple(AgeFactor(m, f) for m, f in THIRDS), "day 1 of the course", NOT_PUBLIC)
    for number in range(366):
        birth = date(2024, 1, 1) + timedelta(days=number)
        for months in (6, 12):
            reached = next(
                day
                for day in (birth + timedelta(days=days) for days in range(175, 370))
                if months_lived(birth, day) == months
            )
            for shift in (-1, 0, 1):
                day = reached + timedelta(days=shift)
                wanted = factors[months - 1 if shift < 0 else months]
                assert str(age_factor(rule, birth, day).factor) == wanted, (birth, day)
