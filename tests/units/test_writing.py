"""The one writer and the roundings: what stands on every screen and paper."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bedside.units import writer
from bedside.units.quantities import (
    BodyLength,
    BodySurface,
    BodyWeight,
    DoseRate,
    DrugAmount,
    Haemoglobin,
)
from bedside.units.rounding import RoundingRule, change_percent, half_up, to_step

THIN = writer.NARROW_NO_BREAK_SPACE


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (Decimal("0.000"), "0"),
        (Decimal("-0.0"), "0"),
        (Decimal("0.50"), "0.5"),
        (Decimal("5.0"), "5"),
        (Decimal("1E-7"), "0.0000001"),
        (Decimal("1E+3"), f"1{THIN}000"),
        (999, "999"),
        (1000, f"1{THIN}000"),
        (50000, f"50{THIN}000"),
        (Decimal("1234567.125"), f"1{THIN}234{THIN}567.125"),
        (Decimal("-3.50"), "-3.5"),
        (-1500, f"-1{THIN}500"),
    ],
)
def test_numbers(value: Decimal | int, text: str) -> None:
    assert writer.write_number(value) == text


def test_the_stations_mark() -> None:
    assert writer.write_number(Decimal("1234.5"), ",") == f"1{THIN}234,5"
    assert writer.write_weight(BodyWeight(6200), ",") == "6,2 kg"


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity")])
def test_no_number_to_write_is_a_programming_error(value: Decimal) -> None:
    with pytest.raises(ValueError, match="not a number"):
        writer.write_number(value)


def test_quantities() -> None:
    assert writer.write_weight(BodyWeight(6200)) == "6.2 kg"
    assert writer.write_length(BodyLength(680)) == "68 cm"
    assert writer.write_surface(BodySurface(Decimal("0.39349999"))) == "0.393 m²"
    assert writer.write_surface(BodySurface(Decimal("0.3995"))) == "0.4 m²"
    assert writer.write_amount(DrugAmount(Decimal("15.50"))) == "15.5 mg"
    assert writer.write_amount(DrugAmount(Decimal(2500), "units")) == f"2{THIN}500 units"
    assert writer.write_rate(DoseRate(Decimal("2.5"), "mg", "kg")) == "2.5 mg per kg"
    assert writer.write_rate(DoseRate(Decimal(75), "units", "m2")) == "75 units per m²"
    assert writer.write_rate(DoseRate(Decimal(15), "mg", "dose")) == "15 mg per dose"
    assert writer.write_count(50_000) == f"50{THIN}000 per µL"
    assert writer.write_count(0) == "0 per µL"
    assert writer.write_haemoglobin(Haemoglobin(845)) == "84.5 g/L"


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [
        ("2.675", 2, "2.68"),
        ("2.665", 2, "2.67"),
        ("2.6749999999", 2, "2.67"),
        ("0.5", 0, "1"),
        ("1.5", 0, "2"),
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        ("-0.004", 2, "0.00"),
        ("17", 3, "17.000"),
    ],
)
def test_half_up(value: str, places: int, rounded: str) -> None:
    """H40: one rounding, on decimals; a negative zero is never seen."""
    assert str(half_up(Decimal(value), places)) == rounded


@pytest.mark.parametrize(
    ("value", "step", "rounded"),
    [
        ("17.125", "0.1", "17.1"),
        ("17.15", "0.1", "17.2"),
        ("17.125", "0.05", "17.15"),
        ("17.124", "0.05", "17.1"),
        ("7.3", "5", "5"),
        ("7.5", "5", "10"),
        ("0.45", "0.3", "0.6"),
        ("-0.45", "0.3", "-0.6"),
        ("-0.01", "0.3", "0"),
        ("0", "0.1", "0"),
    ],
)
def test_to_step(value: str, step: str, rounded: str) -> None:
    answer = to_step(Decimal(value), Decimal(step))
    assert answer == Decimal(rounded)
    assert not (answer == 0 and answer.is_signed())


def test_a_step_is_above_zero() -> None:
    with pytest.raises(ValueError, match="above zero"):
        to_step(Decimal(1), Decimal(0))


@settings(deadline=None, max_examples=500)
@given(st.decimals(0, 1000, places=9), st.sampled_from(["0.01", "0.05", "0.1", "0.3", "1", "5"]))
def test_to_step_agrees_with_fractions(value: Decimal, step: str) -> None:
    """P12: a second implementation, in exact fractions."""
    rounded = Fraction(to_step(value, Decimal(step)))
    apart = Fraction(value) - rounded
    assert rounded % Fraction(step) == 0
    assert -Fraction(step) / 2 <= apart < Fraction(step) / 2


def test_half_up_differs_from_binary_floats() -> None:
    """Safety finding 9: the float's answer differs for about one infant dose in eight."""
    differing = 0
    for grams in range(2500, 12001):
        exact = half_up(Decimal("2.5") * grams / 1000, 2)
        differing += Decimal(str(round(2.5 * (grams / 1000), 2))) != exact
    assert differing == 1193


def test_change_in_per_cent() -> None:
    assert half_up(change_percent(Decimal("7.3"), Decimal(5)), 1) == Decimal("-31.5")
    assert change_percent(Decimal("17.125"), Decimal("17.125")) == 0
    with pytest.raises(ValueError, match="change from zero"):
        change_percent(Decimal(0), Decimal(1))


def test_a_rounding_rule_has_a_step_and_a_limit() -> None:
    rule = RoundingRule("to 0.1 mg", Decimal("0.1"), Decimal(5))
    assert rule.rounded(Decimal("17.125")) == Decimal("17.1")
    assert rule.allows(Decimal(10), Decimal("10.5"))
    assert not rule.allows(Decimal(10), Decimal("10.51"))
    assert not rule.allows(Decimal(10), Decimal("9.49"))
    assert not RoundingRule("exact", Decimal(1), Decimal(0)).allows(Decimal(10), Decimal(11))
    assert RoundingRule("to 5 mg", Decimal(5), None).allows(Decimal("7.3"), Decimal(5))


@pytest.mark.parametrize(("step", "most"), [("0", "5"), ("-1", None), ("0.1", "-1")])
def test_a_senseless_rounding_rule_is_a_programming_error(step: str, most: str | None) -> None:
    with pytest.raises(ValueError, match="rounding rule"):
        RoundingRule("odd", Decimal(step), None if most is None else Decimal(most))


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        (writer.write_count(71_000), f"71{THIN}000 per microlitre"),
        (writer.write_haemoglobin(Haemoglobin(930)), "93 g per litre"),
        ("<100 per µL", "<100 per microlitre"),
        ("1000 /µL", "1000 per microlitre"),
        ("12.1 g/dL", "12.1 g per decilitre"),
        ("23 µmol/L", "23 µmol per litre"),
        ("38 × 10⁹/L", "38 × 10⁹ per litre"),
        ("< 10 U/L", "< 10 units per litre"),
        ("not done", "not done"),
    ],
)
def test_papers_have_units_in_words(written: str, printed: str) -> None:
    assert writer.in_words(written) == printed
