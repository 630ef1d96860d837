"""A dose is worked out anew from exactly 5 % on, upwards and downwards, weight and length."""

import pytest

from bedside.clinical.size_change import Size, size_change


@pytest.mark.parametrize(
    ("before", "now", "asks"),
    [
        (6000, 6299, False),  # 4.98 %
        (6000, 6300, True),  # exactly 5 %
        (6000, 6301, True),
        (6000, 5701, False),
        (6000, 5700, True),  # exactly 5 % less
        (6001, 6301, False),  # 300 of 6 001 is 4.9992 %
        (6001, 6302, True),
    ],
)
def test_weight_at_five_per_cent(before: int, now: int, asks: bool) -> None:
    assert bool(size_change(Size(before), Size(now))) == asks


@pytest.mark.parametrize(
    ("before", "now", "asks"),
    [(600, 629, False), (600, 630, True), (600, 570, True), (None, 630, False), (600, None, False)],
)
def test_length_at_five_per_cent(before: int | None, now: int | None, asks: bool) -> None:
    assert bool(size_change(Size(6000, before), Size(6000, now))) == asks


def test_both_are_said_with_both_figures() -> None:
    weight, length = size_change(Size(6000, 600), Size(5600, 640))
    assert weight.startswith("Weight changed from 6 kg to 5.6 kg (-6.7 %) since the last dose")
    assert length.startswith("Length changed from 60 cm to 64 cm (+6.7 %)")
