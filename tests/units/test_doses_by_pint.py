"""Doses are multiplied through our own units: what does not belong together cannot be multiplied."""

import subprocess
import sys
from decimal import Decimal
from fractions import Fraction

import pint
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bedside.units.quantities import BodySurface, BodyWeight, DoseRate, DrugAmount
from bedside.units.refusal import Refused
from bedside.units.registry import amount_for, registry, watched_amount

AZACITIDINE = DoseRate(Decimal("2.5"), "mg", "kg")
DIMENSIONS = (
    ("kg", "[body_weight]"),
    ("m2", "[body_surface]"),
    ("cm", "[length]"),
    ("mg", "[drug_mass]"),
    ("units", "[drug_units]"),
    ("mL", "[volume]"),
    ("min", "[time]"),
    ("neutrophil", "[neutrophils]"),
    ("platelet", "[platelets]"),
    ("white_cell", "[white_cells]"),
    ("vial", "[vials]"),
    ("haemoglobin_gram", "[haemoglobin]"),
)


def test_worked_examples() -> None:
    assert amount_for(AZACITIDINE, BodyWeight(6200)) == DrugAmount(Decimal("15.5"))
    assert amount_for(AZACITIDINE, BodyWeight(6850)) == DrugAmount(Decimal("17.125"))
    per_m2 = DoseRate(Decimal(2500), "units", "m2")
    assert amount_for(per_m2, BodySurface(Decimal("0.3"))) == DrugAmount(Decimal(750), "units")
    assert amount_for(DoseRate(Decimal(15), "mg", "dose"), None) == DrugAmount(Decimal(15))


def test_a_dose_per_kg_never_meets_a_surface() -> None:
    """H7: mg per kg times square metres raises."""
    with pytest.raises(pint.DimensionalityError):
        amount_for(AZACITIDINE, BodySurface(Decimal("0.33")))
    with pytest.raises(pint.DimensionalityError):
        amount_for(DoseRate(Decimal(75), "mg", "m2"), BodyWeight(6200))
    with pytest.raises(pint.DimensionalityError):
        amount_for(DoseRate(Decimal(15), "mg", "dose"), BodyWeight(6200))


@pytest.mark.parametrize(
    ("per", "says"), [("kg", "record a weight first"), ("m2", "record a weight and a length first")]
)
def test_a_missing_body_is_said(per, says: str) -> None:
    with pytest.raises(Refused, match=says):
        amount_for(DoseRate(Decimal(1), "mg", per), None)


@pytest.mark.parametrize(("unit", "dimension"), DIMENSIONS)
def test_each_thing_of_the_ward_is_a_dimension_of_its_own(unit: str, dimension: str) -> None:
    units = registry()
    assert dict(units.Unit(unit).dimensionality) == {dimension: 1}
    others = [other for other, _ in DIMENSIONS if other != unit]
    for other in others:
        with pytest.raises(pint.DimensionalityError):
            units.Quantity(Decimal(1), unit).to(other)


@pytest.mark.parametrize(
    ("value", "unit", "into", "answer"),
    [
        ("6200", "g", "kg", "6.2"),
        ("630", "mm", "cm", "63"),
        ("15500", "microgram", "mg", "15.5"),
        ("0.1", "drug_gram", "mg", "100"),
        ("0.05", "L", "mL", "50"),
        ("1", "mL", "uL", "1000"),
        ("0.75", "hour", "min", "45"),
        ("1", "day", "hour", "24"),
    ],
)
def test_our_definitions(value: str, unit: str, into: str, answer: str) -> None:
    converted = registry().Quantity(Decimal(value), unit).to(into)
    assert converted.magnitude == Decimal(answer)
    assert isinstance(converted.magnitude, Decimal)


@pytest.mark.parametrize(
    "unit", ["lb", "pound", "oz", "stone", "inch", "meter", "kkg", "IU", "mcg"]
)
def test_units_we_did_not_define_do_not_exist(unit: str) -> None:
    """H3: no pound anywhere."""
    with pytest.raises(pint.UndefinedUnitError):
        registry().Unit(unit)


@settings(deadline=None, max_examples=300)
@given(st.integers(500, 30_000), st.decimals("0.001", 5000, places=3))
def test_doses_are_exact_and_in_proportion(grams: int, per_kg: Decimal) -> None:
    """P12: a second implementation in fractions; twice the weight is twice the dose."""
    rate = DoseRate(per_kg, "mg", "kg")
    amount = amount_for(rate, BodyWeight(grams)).value
    assert Fraction(amount) == Fraction(per_kg) * grams / 1000
    assert amount_for(rate, BodyWeight(2 * grams)).value == 2 * amount
    assert amount_for(rate, BodyWeight(grams + 1)).value > amount


def test_reading_a_number_does_not_load_pint() -> None:
    """The first screen needs no dose, so it does not wait for pint."""
    code = (
        "import sys, bedside.units.registry, bedside.units.quantity_reader;"
        "sys.exit('pint' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


SIZES = st.one_of(
    st.integers(500, 30_000).map(BodyWeight),
    st.decimals("0.05", "1.5", places=4).map(BodySurface),
    st.none(),
)
RATES = st.builds(
    DoseRate,
    st.decimals("0.001", 5000, places=3),
    st.sampled_from(("mg", "micrograms", "units")),
    st.sampled_from(("kg", "m2", "dose")),
)


@settings(deadline=None, max_examples=300)
@given(RATES, SIZES)
def test_an_order_is_watched_by_the_amount_that_pint_works_out(
    rate: DoseRate, size: BodyWeight | BodySurface | None
) -> None:
    """H7: where pint refuses, so does the watch; else both come to the same amount."""
    try:
        worked = amount_for(rate, size)
    except (Refused, pint.DimensionalityError) as fault:
        with pytest.raises(type(fault)):
            watched_amount(rate, size)
    else:
        assert watched_amount(rate, size) == worked


def test_watching_orders_does_not_load_pint() -> None:
    """The ward list stands open all night and never waits for pint, nor holds it."""
    code = (
        "import sys; from decimal import Decimal;"
        "from bedside.units.quantities import BodyWeight, DoseRate;"
        "from bedside.units.registry import watched_amount;"
        "watched_amount(DoseRate(Decimal('2.5'), 'mg', 'kg'), BodyWeight(6200));"
        "sys.exit('pint' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
