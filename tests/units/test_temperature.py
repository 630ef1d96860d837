"""Temperatures as typed: the unit is never guessed."""

from decimal import Decimal

import pytest

from bedside.units.refusal import Refused
from bedside.units.temperature import Temperature, read_degrees


@pytest.mark.parametrize(
    ("text", "hundredths"),
    [
        ("38.6 °C", 3860),
        ("38 C", 3800),
        ("38.61 c", 3861),
        ("100.4 °F", 3800),  # (100.4 - 32) × 5 / 9 = 38
        ("101 F", 3833),  # 38.333…
        ("101.5 f", 3861),  # 38.611…
        ("98.6 °F", 3700),
        ("32 °F", 0),
    ],
)
def test_a_temperature_is_kept_in_hundredths_of_a_degree_celsius(
    text: str, hundredths: int
) -> None:
    kept = read_degrees(text).kept
    assert kept == Temperature(hundredths)
    assert kept.celsius == Decimal(hundredths) / 100


def test_a_field_brings_its_unit() -> None:
    assert read_degrees("38,6", ",", unit="°C").kept == Temperature(3860)
    assert read_degrees("101.5 °F", unit="°C").unit == "°F"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("38.6", "has no unit"),
        ("38,6 °C", "point"),
        ("38.655 °C", "two decimals"),
        ("", "has no unit"),
        ("38.6 K", "has no unit"),
        ("warm °C", "warm"),
    ],
)
def test_what_is_no_temperature_is_refused(text: str, words: str) -> None:
    with pytest.raises(Refused) as refused:
        read_degrees(text)
    assert words in str(refused.value)
