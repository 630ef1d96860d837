"""A share with its exact 95 % interval: published figures, formulas by hand, and what is refused."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.clinical.proportion import proportion
from bedside.units.refusal import Refused


@pytest.mark.parametrize(
    ("events", "of", "percent", "low", "high"),
    [
        (2, 31, "6.5", "0.8", "21.4"),  # Guest 2024, abstract; interval: standards section 5
        (0, 10, "0.0", "0.0", "30.8"),  # by hand: 1 - 0.025 ** (1/10) = 0.3085
        (10, 10, "100.0", "69.2", "100.0"),  # by hand: 0.025 ** (1/10) = 0.6915
        (1, 1, "100.0", "2.5", "100.0"),  # by hand: 0.025
        (0, 1, "0.0", "0.0", "97.5"),
        (1, 2, "50.0", "1.3", "98.7"),  # by hand: 1 - 0.975 ** 0.5 = 0.01258
    ],
)
def test_known_intervals(events: int, of: int, percent: str, low: str, high: str) -> None:
    found = proportion(events, of)
    assert (found.percent, found.low_percent, found.high_percent) == (
        Decimal(percent),
        Decimal(low),
        Decimal(high),
    )


@given(st.integers(1, 60), st.data())
def test_the_share_lies_inside_and_mirrors(of: int, data: st.DataObject) -> None:
    events = data.draw(st.integers(0, of))
    found, mirrored = proportion(events, of), proportion(of - events, of)
    assert found.low_percent <= found.percent <= found.high_percent
    assert abs(found.low_percent - (100 - mirrored.high_percent)) <= Decimal("0.1")


@pytest.mark.parametrize(("events", "of"), [(0, 0), (3, 2), (-1, 5)])
def test_no_share(events: int, of: int) -> None:
    with pytest.raises(Refused, match="is no share"):
        proportion(events, of)
