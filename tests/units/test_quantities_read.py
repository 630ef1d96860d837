"""Numbers with units: every accepted spelling, every refusal, and fields whose unit stands beside."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bedside.units import quantity_reader as read
from bedside.units.measures import MEASURES
from bedside.units.quantities import (
    Anc,
    BodyLength,
    BodyWeight,
    DoseRate,
    Haemoglobin,
    Platelets,
    WhiteCells,
)
from bedside.units.refusal import Refused

PER_UL = ("/uL", "/µL", "/μL", "per µL", "per uL")
E9_PER_L = (
    "10^9/L", "10*9/L", "x10^9/L", "x10*9/L", "×10^9/L", "×10⁹/L", "× 10⁹/L", "10⁹/L", "G/L",
    "10^3/uL", "10*3/uL", "10^3/µL", "10*3/µL",
)  # fmt: skip


@pytest.mark.parametrize("unit", PER_UL)
def test_single_cells(unit: str) -> None:
    """H14: counts are kept in one canonical unit."""
    assert read.read_anc(f"480 {unit}") == Anc(480)
    assert read.read_white_cells(f"480 {unit}") == WhiteCells(480)
    assert read.read_platelets(f"0 {unit}") == Platelets(0)


@pytest.mark.parametrize("unit", E9_PER_L)
def test_billions_per_litre(unit: str) -> None:
    """H14: 0.5 ×10⁹/L and 500 per µL are one count."""
    assert read.read_anc(f"0.48 {unit}") == Anc(480)
    assert read.read_anc(f"0,48 {unit}", ",") == Anc(480)
    assert read.read_platelets(f"50 {unit}") == Platelets(50_000)


def test_haemoglobin_and_percentages() -> None:
    assert read.read_haemoglobin("84.5 g/L") == Haemoglobin(845)
    assert read.read_haemoglobin("8.45 g/dL") == Haemoglobin(845)
    assert read.read_percent("0 %") == 0
    assert read.read_percent("100 %") == 100
    assert read.read_percent("33.3 %") == Decimal("33.3")


def test_anc_and_platelets_are_never_one_type() -> None:
    assert read.read_anc("500 /uL") != read.read_platelets("500 /uL")


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("2.5 mg/kg", DoseRate(Decimal("2.5"), "mg", "kg")),
        ("75 mg/m2", DoseRate(Decimal(75), "mg", "m2")),
        ("75 mg/m²", DoseRate(Decimal(75), "mg", "m2")),
        ("15 mg", DoseRate(Decimal(15), "mg", "dose")),
        ("15 mg/dose", DoseRate(Decimal(15), "mg", "dose")),
        ("100 units/kg", DoseRate(Decimal(100), "units", "kg")),
        ("2500 units/m2", DoseRate(Decimal(2500), "units", "m2")),
        ("2500 units/m²", DoseRate(Decimal(2500), "units", "m2")),
        ("500 units", DoseRate(Decimal(500), "units", "dose")),
        ("500 units/dose", DoseRate(Decimal(500), "units", "dose")),
    ],
)
def test_dose_rates(text: str, rate: DoseRate) -> None:
    assert read.read_dose_rate(text) == rate


@pytest.mark.parametrize(
    "text", ["2.5 mcg/kg", "100 U/kg", "100 IU/m2", "2.5 mg/kg/day", "0 mg/kg", "2.5", "2.5 mL"]
)
def test_dose_rates_that_are_refused(text: str) -> None:
    """U and IU are on the Joint Commission's list; micrograms are written in mg."""
    with pytest.raises(Refused, match="oses are"):
        read.read_dose_rate(text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "There is no number here"),
        ("kg", 'There is no number in "kg": write number and unit, as in 6.2 kg.'),
        ("3500", '"3500" has no unit: weights are taken in kg or g only. Write it as in 6.2 kg.'),
        ("3,5", "write 3.5, not 3,5"),
        ("3,5 kg", "write 3.5 kg, not 3,5 kg"),
        ("3,5kg", "write 3,5 kg"),
        ("6.2kg", "A blank stands before the unit: write 6.2 kg, not 6.2kg."),
        ("7lb", '"lb" is not taken: weights are taken in kg or g only.'),
        ("7 lb 3 oz", '"oz" is not taken: weights are taken in kg or g only.'),
        ("6.2 KG", '"KG" is not a unit: write kg.'),
        ("6.2 kilo", "weights are taken in kg or g only"),
        ("1e1 kg", "exponent"),
        ("1e1", "exponent"),
        ("10e-4", "ambiguous"),
        ("nan kg", "is not a number"),
        ("1 000 g", "write 1000 g, not 1 000 g"),
        ("6.2\u00a0kg", "gap"),
        ("6.2 kg\u200b", "U+200B"),
        ("6.2 kg 300 g", "gap"),
        ("6.2 10", "gap"),
        ("6.2 mg/kg", "weights are taken in kg or g only"),
        ("6.2345 kg", "write it with at most three decimals"),
        ("6200.5 g", "write it without decimals"),
        ("0 g", "Weights are above zero"),
        ("'", "gap"),
    ],
)
def test_weights_that_are_refused(text: str, says: str) -> None:
    """H1, H3, H4: a refusal never guesses."""
    with pytest.raises(Refused) as refused:
        read.read_weight(text)
    assert says in str(refused.value)


def test_examples_carry_the_stations_mark() -> None:
    with pytest.raises(Refused, match=r"as in 6,2 kg"):
        read.read_weight("3500", ",")


@pytest.mark.parametrize(
    ("reader", "text", "says"),
    [
        (read.read_length, "63.55 cm", "at most one decimal"),
        (read.read_length, "63.5 mm", "without decimals"),
        (read.read_length, "2 ft", "lengths are taken in cm or mm only"),
        (read.read_anc, "0.4805 10^9/L", "whole cells"),
        (read.read_anc, "480 /ul", '"/ul" is not a unit: write /uL'),
        (read.read_anc, "480 /mL", "neutrophil counts are taken in /µL or 10^9/L only"),
        (read.read_platelets, "50 10^12/L", "platelet counts are taken in"),
        (read.read_haemoglobin, "8.455 g/dL", "at most two decimals"),
        (read.read_haemoglobin, "5.2 mmol/L", "haemoglobins are taken in g/L or g/dL only"),
        (read.read_percent, "100.01 %", "from 0 to 100"),
        (read.read_percent, "35", '"35" has no unit: percentages are taken in % only.'),
        (read.read_percent, "35%", "write 35 %"),
        (read.read_minutes, "30.5", "whole minutes"),
        (read.read_minutes, "2881", "longer than two days"),
        (read.read_minutes, "30 h", "in min"),
    ],
)
def test_other_kinds_that_are_refused(reader, text: str, says: str) -> None:
    with pytest.raises(Refused) as refused:
        reader(text)
    assert says in str(refused.value)


def test_minutes_are_bare_or_with_their_unit() -> None:
    assert read.read_minutes("30") == read.read_minutes("30 min") == 30
    assert read.read_minutes("0") == 0
    assert read.read_minutes("2880") == 2880


@pytest.mark.parametrize(
    ("kind", "text", "unit", "value"),
    [
        ("weight", "6.2", "kg", BodyWeight(6200)),
        ("weight", "6.2 kg", "kg", BodyWeight(6200)),
        ("weight", "6200", "g", BodyWeight(6200)),
        ("length", "68", "cm", BodyLength(680)),
        ("white cells", "2.4", "× 10⁹/L", WhiteCells(2400)),
        ("white cells", "2.4 10^9/L", "×10⁹/L", WhiteCells(2400)),
        ("anc", "480", "per µL", Anc(480)),
        ("anc", "480 /uL", "per µL", Anc(480)),
        ("platelets", "50", "10^9/L", Platelets(50_000)),
        ("haemoglobin", "84", "g/L", Haemoglobin(840)),
        ("percent", "35", "%", Decimal(35)),
        ("minutes", "30", "min", 30),
        ("number", "0.5", "", Decimal("0.5")),
    ],
)
def test_a_field_whose_unit_stands_beside_it(kind: str, text: str, unit: str, value) -> None:
    assert read.in_field(kind, text, unit) == value


def test_a_field_takes_the_stations_mark() -> None:
    assert read.in_field("weight", "6,2", "kg", ",") == BodyWeight(6200)
    with pytest.raises(Refused, match=r"write 6,2, not 6\.2"):
        read.in_field("weight", "6.2", "kg", ",")


@pytest.mark.parametrize(
    ("kind", "text", "unit", "says"),
    [
        ("weight", "6200 g", "kg", "This field is in kg"),
        ("weight", "13.7 lb", "kg", "This field is in kg"),
        ("anc", "0.48 10^9/L", "per µL", "This field is in per µL"),
        ("percent", "101", "%", "from 0 to 100"),
        ("weight", "6.2345", "kg", "at most three decimals"),
        ("weight", "", "kg", "no number here"),
        ("weight", "kg", "kg", "no number here"),
        ("number", "0.5 kg", "", "gap"),
    ],
)
def test_a_field_refuses_another_unit(kind: str, text: str, unit: str, says: str) -> None:
    """H4: the unit is part of the field."""
    with pytest.raises(Refused) as refused:
        read.in_field(kind, text, unit)
    assert says in str(refused.value)


def test_a_field_with_a_unit_of_another_kind_is_a_programming_error() -> None:
    with pytest.raises(ValueError, match="not a unit of weight"):
        read.in_field("weight", "6.2", "cm")


def test_every_kind_has_a_reader() -> None:
    assert set(read.READERS) == {*MEASURES, "number"}
    assert read.READERS["weight"]("6.2 kg", ".") == BodyWeight(6200)
    assert read.READERS["number"]("6,2", ",") == Decimal("6.2")
    assert read.READERS["minutes"]("6", ".") == 6


@settings(deadline=None, max_examples=500)
@given(st.integers(1, 999_999))
def test_grams_and_kilograms_are_one_weight(grams: int) -> None:
    """P12: a unit round trip changes nothing."""
    kilograms = f"{grams // 1000}.{grams % 1000:03d}"
    assert read.read_weight(f"{grams} g") == read.read_weight(f"{kilograms} kg")
    assert read.read_weight(f"{grams} g").kg * 1000 == grams


@settings(deadline=None, max_examples=1500)
@given(
    st.text(st.sampled_from("0123456789., kg\u00b5uL/%^*x×10⁹\u200b'-e"), max_size=14),
    st.sampled_from(sorted(read.READERS)),
    st.sampled_from(".,"),
)
def test_no_text_breaks_a_reader(text: str, kind: str, mark: str) -> None:
    """Every text is read or refused with a sentence; never another error."""
    says = "."
    try:
        read.READERS[kind](text, mark)
    except Refused as refused:
        says = str(refused)
    assert says.endswith(".")
    assert says.isprintable()


@pytest.mark.parametrize("unit", ["mg/kg", "mg/m2", "micrograms/m²", "units/m2", "mg/dose"])
def test_a_dose_is_read_with_per_in_words_too(unit: str) -> None:
    """25 mg per kg is the very same as 25 mg/kg, and nothing of it is dropped."""
    spelled = unit.replace("/", " per ")
    assert read.read_dose_rate(f"25 {spelled}") == read.read_dose_rate(f"25 {unit}")
    for wrong in (
        f"25 {spelled} per day",
        f"25 {spelled.replace(' per ', '  per ')}",
        f"25{spelled}",
    ):
        with pytest.raises(Refused):
            read.read_dose_rate(wrong)


@pytest.mark.parametrize("text", ["nan", "inf", "abc", "?"])
def test_a_word_in_a_field_is_no_unit(text: str) -> None:
    """Finding: "nan" was answered with: write the number in kg, not in "nan"."""
    with pytest.raises(Refused, match="is not a number") as refused:
        read.in_field("weight", text, "kg")
    assert "not in" not in str(refused.value)


@pytest.mark.parametrize(
    ("kind", "text", "unit"),
    [("weight", "1 000", "kg"), ("weight", "1'000", "kg"), ("length", "6 200", "cm")],
)
def test_no_impossible_value_is_proposed(kind: str, text: str, unit: str) -> None:
    """Finding: "1 000" in kg was answered with: write 1000."""
    with pytest.raises(Refused, match="There is a gap in") as refused:
        read.in_field(kind, text, unit)
    assert "cannot be meant" in str(refused.value) and "write 1000" not in str(refused.value)


@pytest.mark.parametrize(("kind", "unit"), [("weight", "g"), ("platelets", "/uL")])
def test_a_value_that_can_be_meant_is_proposed_without_its_gap(kind: str, unit: str) -> None:
    with pytest.raises(Refused, match="set apart in groups: write 6200, not 6 200"):
        read.in_field(kind, "6 200", unit)
