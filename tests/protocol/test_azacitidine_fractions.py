"""The azacitidine dose worked out a second time, in fractions and integers, by other code.

10 000 random infants: whatever the program says, the second reckoning says too (hazard H1, H2, H40).
"""

import os
import random
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bedside.places import place
from bedside.protocol.doses import DoseWorking, work_dose
from bedside.protocol.reader import read_protocol
from bedside.protocol.site_value_reader import read_site_values
from bedside.protocol.site_values import NO_SITE_VALUES, SiteValues
from bedside.units.quantities import BodyWeight, DrugAmount
from bedside.units.rounding import RoundingRule

AALL15P1 = read_protocol(place("resources", "protocols", "aall15p1.toml"))
DEMONSTRATION = read_site_values(place("resources", "demo", "site_values.toml"))
COURSE = AALL15P1.course("epi-1")
PLAN = COURSE.plan("azacitidine", "IV")
EXAMPLES = 100_000 if os.environ.get("BEDSIDE_EXAMPLES") == "long" else 10_000


def working(grams: int, site: SiteValues = NO_SITE_VALUES) -> DoseWorking:
    return work_dose(
        PLAN,
        COURSE,
        birth=date(2026, 7, 1),
        course_day_1=date(2026, 11, 1),
        on=date(2026, 11, 3),
        weight=BodyWeight(grams),
        surface=None,
        site=site,
    )


def half_up(value: Fraction, step: Fraction) -> Fraction:
    """Round by integers: the second reckoning's own rule."""
    steps = value / step
    whole = steps.numerator // steps.denominator
    return step * (whole + 1 if steps - whole >= Fraction(1, 2) else whole)


def second_reckoning(grams: int) -> tuple[bool, Fraction, Fraction, Fraction, Fraction]:
    """Whether it may be given, the exact dose, the dose to 0.1 mg, its change in %, the volume."""
    exact = Fraction(grams, 1000) * Fraction(5, 2)
    rounded = half_up(exact, Fraction(1, 10))
    change = (rounded - exact) / exact * 100
    volume = half_up(rounded / 10, Fraction(1, 20))  # the marks of the demonstration's syringe
    drawn = abs(volume * 10 - rounded) / rounded * 100 if rounded else Fraction(100)
    drawn = max(drawn, abs(volume * 10 - exact) / exact * 100)  # rounding and mark together
    sign = -1 if change < 0 else 1
    shown = sign * half_up(abs(change), Fraction(1, 100))
    ready = 1500 <= grams <= 20_000 and max(exact, rounded) <= 25 and max(abs(change), drawn) <= 5
    return ready, exact, rounded, shown, volume


@pytest.mark.no_cover
def test_ten_thousand_infants_agree() -> None:
    chance = random.Random(20261120)
    for _ in range(EXAMPLES):
        grams = (
            chance.randint(400, 31_000) if chance.random() < 0.2 else chance.randint(1500, 10_050)
        )
        ready, exact, rounded, change, volume = second_reckoning(grams)
        seen = working(grams, DEMONSTRATION)
        assert seen.unrounded is not None
        assert Fraction(seen.unrounded.value) == exact, grams
        assert (seen.status == "ready") == ready, (grams, seen.blocked_by)
        if ready:
            assert seen.prepared is not None
            assert Fraction(seen.prepared.value) == rounded, grams
            assert Fraction(seen.change_percent) == change, grams  # type: ignore[arg-type]
            assert Fraction(seen.volume_ml) == volume, grams  # type: ignore[arg-type]
            assert seen.vials == 1
        else:
            assert (seen.prepared, seen.volume_ml, seen.vials) == (None, None, None)


@given(grams=st.integers(1500, 5000))
@settings(deadline=None)
def test_twice_the_weight_is_twice_the_dose(grams: int) -> None:
    once, twice = working(grams).unrounded, working(2 * grams).unrounded
    assert once is not None
    assert twice is not None
    assert twice.value == 2 * once.value


@given(grams=st.integers(2500, 9999), more=st.integers(1, 5000))
@settings(deadline=None)
def test_heavier_never_gets_less(grams: int, more: int) -> None:
    for site in (NO_SITE_VALUES, DEMONSTRATION):  # from 2.5 kg on its marks measure within 5 %
        lighter, heavier = working(grams, site), working(min(grams + more, 10_000), site)
        assert lighter.prepared is not None
        assert heavier.prepared is not None
        assert lighter.prepared.value <= heavier.prepared.value


@given(grams=st.integers(3000, 10_000))
@settings(deadline=None)
def test_ten_times_and_a_tenth_are_stopped(grams: int) -> None:
    """H1, H2, H4: ×10, ÷10 and grams typed as kilograms, for every infant of 3 to 10 kg."""
    assert working(grams).status == "ready"
    for slip in (grams * 10, grams // 10, grams * 1000):
        assert working(slip).status == "blocked", slip


@given(grams=st.integers(-10, 0))
@settings(deadline=None)
def test_no_weight_at_all_gives_no_dose(grams: int) -> None:
    seen = working(grams)
    assert seen.status == "blocked"
    assert seen.unrounded is None
    assert any("nothing" in reason for reason in seen.blocked_by)


@pytest.mark.parametrize(("step", "most", "ready"), [
    ("0.1", "5", True),
    ("1", "5", True),    # 15.5 becomes 16: 3.2 %
    ("1", "3", False),   # the same change, a stricter site
    ("5", "5", True),    # 15.5 becomes 15: 3.2 %
    ("10", "5", False),  # 15.5 becomes 20: 29 %
    ("40", "100", False),  # 15.5 rounds to nothing
])  # fmt: skip
def test_step_and_percentage_are_both_tested(step: str, most: str, ready: bool) -> None:
    """H40: a step that is fine for an adult is too coarse for an infant."""
    rule = RoundingRule(f"to {step} mg", Decimal(step), Decimal(most))
    site = replace(DEMONSTRATION, rounding={"azacitidine": rule})
    assert (working(6200, site).status == "ready") == ready


def test_a_rounding_without_a_limit_still_meets_the_stop_per_kg() -> None:
    """H2: 15.5 mg may not become 20 mg for 6.2 kg, even where a site set no percentage."""
    rule = RoundingRule("to 10 mg", Decimal(10), None)
    seen = working(6200, replace(DEMONSTRATION, rounding={"azacitidine": rule}))
    assert any("2.75 mg per kg" in reason for reason in seen.blocked_by)


def test_a_solution_too_strong_to_measure() -> None:
    strong = {"azacitidine": Decimal(1000)}
    site = replace(DEMONSTRATION, concentration_mg_per_ml=strong, syringe_step_ml={})
    seen = working(6200, site)  # 0.0155 mL: 0.02 mL would be 20 mg, 29 % more
    assert any("cannot be measured" in reason for reason in seen.blocked_by)
    site = replace(site, rounding={})
    assert working(6200, site).status == "ready"  # no limit was set: said, not judged
    site = replace(site, concentration_mg_per_ml={"azacitidine": Decimal(10_000)})
    assert any("cannot be measured" in reason for reason in working(6200, site).blocked_by)


def test_the_site_may_set_its_own_stop() -> None:
    site = replace(DEMONSTRATION, stops={"azacitidine": DrugAmount(Decimal(15))})
    assert working(6000, site).status == "ready"
    assert any("stop of 15 mg" in reason for reason in working(6001, site).blocked_by)


def test_a_higher_stop_needs_two_people() -> None:
    """H2: for the rare infant above 10 kg; one person alone cannot lift the stop."""
    higher = {"azacitidine": DrugAmount(Decimal(30))}
    confirmed = replace(DEMONSTRATION, stops=higher)
    assert working(11_000, confirmed).status == "ready"
    assert working(12_001, confirmed).status == "blocked"
    alone = replace(confirmed, confirmed_by=None)
    assert any("stop of 25 mg" in reason for reason in working(11_000, alone).blocked_by)
    lower = replace(alone, stops={"azacitidine": DrugAmount(Decimal(20))})
    assert any("stop of 20 mg" in reason for reason in working(9000, lower).blocked_by)


def test_a_stop_where_the_protocol_has_none() -> None:
    plan = replace(PLAN, safety=None)
    course = replace(COURSE, drugs=(plan,))
    site = replace(NO_SITE_VALUES, stops={"azacitidine": DrugAmount(Decimal(10))})
    day = date(2026, 11, 1)
    seen = work_dose(
        plan,
        course,
        birth=date(2026, 7, 1),
        course_day_1=day,
        on=day,
        weight=BodyWeight(6200),
        surface=None,
        site=site,
    )
    assert any("stop of 10 mg" in reason for reason in seen.blocked_by)
