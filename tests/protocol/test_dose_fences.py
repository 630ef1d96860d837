"""The fences exactly at their edges: bodies, roundings, stops, volumes and vials."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from bedside.protocol.dose_bounds import body_faults, rounding_faults, safety_faults
from bedside.protocol.model import DrugPlan, Protocol, WeightRange
from bedside.protocol.preparation import draw_up, shown, vials_needed
from bedside.protocol.site_values import NO_SITE_VALUES
from bedside.units.quantities import BodyWeight, DoseRate, DrugAmount
from bedside.units.rounding import RoundingRule

PER_KG = DoseRate(Decimal("2.5"), "mg", "kg")
FENCES = WeightRange((500, 30_000), (1500, 20_000), (Decimal("0.12"), Decimal("0.8")), "tests")


@pytest.fixture
def plan(aall15p1: Protocol) -> DrugPlan:
    return aall15p1.course("epi-1").plan("azacitidine", "IV")


@pytest.mark.parametrize(
    ("grams", "said"),
    [
        (499, "impossible"),
        (500, "outside what infants"),
        (1499, "outside what infants"),
        (1500, ""),
        (20_000, ""),
        (20_001, "outside what infants"),
        (30_000, "outside what infants"),
        (30_001, "impossible"),
    ],
)
def test_weight_at_each_edge(grams: int, said: str) -> None:
    """H4: 0.5 and 30 kg are possible, 1.5 and 20 kg ordinary; one gram outside is not."""
    found = body_faults(PER_KG, BodyWeight(grams), None, FENCES)
    assert len(found) == (1 if said else 0)
    assert all(said in reason for reason in found)


def test_rounding_to_nothing_and_too_coarse_say_which() -> None:
    tenth = RoundingRule("to 40 mg", Decimal(40), Decimal(100))
    (nothing,) = rounding_faults("x", DrugAmount(Decimal(15)), DrugAmount(Decimal(0)), tenth)
    assert nothing == "15 mg of x rounds to nothing by the rule to 40 mg."
    rule = RoundingRule("to 1 mg", Decimal(1), Decimal("2.5"))
    (coarse,) = rounding_faults("x", DrugAmount(Decimal("15.5")), DrugAmount(Decimal(16)), rule)
    assert "changes the dose by 3.23 %, the site allows 2.5 %" in coarse
    assert rounding_faults("x", DrugAmount(Decimal(40)), DrugAmount(Decimal(41)), rule) == []
    unlimited = replace(rule, most_percent=None)
    assert rounding_faults("x", DrugAmount(Decimal(1)), DrugAmount(Decimal(2)), unlimited) == []


@pytest.mark.parametrize(("mg", "stopped"), [("11", False), ("11.001", True)])
def test_stop_per_kg_at_its_edge(plan: DrugPlan, mg: str, stopped: bool) -> None:
    """H2: 4 kg × 2.75 mg per kg is 11 mg."""
    faults, passed = safety_faults(
        "x", plan, DrugAmount(Decimal(mg)), BodyWeight(4000), NO_SITE_VALUES
    )
    assert bool(faults) == stopped
    assert passed == ["Stop: not above 25 mg for one dose of an infant."]


def test_a_stop_in_another_unit_is_not_compared(plan: DrugPlan) -> None:
    dose = DrugAmount(Decimal(1000), "units")
    faults, passed = safety_faults("x", replace(plan, safety=None), dose, None, NO_SITE_VALUES)
    assert (faults, passed) == ([], [])
    no_per_kg = replace(plan, safety=replace(plan.safety, most_per_kg=None))  # type: ignore[type-var]
    assert safety_faults("x", no_per_kg, dose, BodyWeight(4000), NO_SITE_VALUES) == ([], [])


@pytest.mark.parametrize(
    ("mg", "vials"),
    [("0", 0), ("0.1", 1), ("99.9", 1), ("100", 1), ("100.1", 2), ("200", 2), ("250", 3)],
)
def test_vials(mg: str, vials: int) -> None:
    assert vials_needed(Decimal(mg), Decimal(100)) == vials


@pytest.mark.parametrize(("most_percent", "measurable"), [("5", True), ("4.9", False)])
def test_a_volume_that_moves_the_dose_by_exactly_the_limit(
    plan: DrugPlan, most_percent: str, measurable: bool
) -> None:
    """0.2 mg of 21 mg per mL: 0.01 mL holds 0.21 mg, 5 % more."""
    site = replace(
        NO_SITE_VALUES,
        concentration_mg_per_ml={"azacitidine": Decimal(21)},
        rounding={"azacitidine": RoundingRule("r", Decimal("0.1"), Decimal(most_percent))},
    )
    drawn = draw_up("x", plan, DrugAmount(Decimal("0.2")), site)
    assert drawn.volume_ml == Decimal("0.01")
    assert (drawn.faults == ()) == measurable


def test_amounts_on_the_way_show_all_digits_that_end() -> None:
    assert shown(DrugAmount(Decimal("17.1250"))) == "17.125 mg"
    assert shown(DrugAmount(Decimal("0.123456"))) == "0.123456 mg"
    assert shown(DrugAmount(Decimal(2) / 3)) == "about 0.666667 mg"
