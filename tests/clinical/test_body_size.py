"""Body surface: the formulas against a second implementation, and their shape."""

import math
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bedside.clinical.body_size import FORMULAS, body_surface
from bedside.units.quantities import BodyLength, BodyWeight
from bedside.units.refusal import Refused

IN_FLOATS = {
    "mosteller": lambda h, w: math.sqrt(h * w / 3600),
    "haycock": lambda h, w: 0.024265 * h**0.3964 * w**0.5378,
    "dubois": lambda h, w: 0.007184 * h**0.725 * w**0.425,
    "boyd": lambda h, w: (
        0.0003207 * h**0.3 * (1000 * w) ** (0.7285 - 0.0188 * math.log10(1000 * w))
    ),
}
MEDIAN_BOYS = (  # standards 2.1: lengths there are unrounded, so 0.001 is the rounding's
    (6376, 614, {"mosteller": 0.330, "dubois": 0.313, "haycock": 0.336, "boyd": 0.348}),
    (9648, 757, {"mosteller": 0.451, "dubois": 0.434, "haycock": 0.456, "boyd": 0.472}),
)


@pytest.mark.parametrize(("grams", "mm", "published"), MEDIAN_BOYS)
def test_boys_at_the_median(grams: int, mm: int, published: dict[str, float]) -> None:
    for formula, m2 in published.items():
        surface = body_surface(BodyWeight(grams), BodyLength(mm), formula).m2
        assert float(surface) == pytest.approx(m2, abs=0.001)


@settings(deadline=None, max_examples=300)
@given(st.integers(500, 299_999), st.integers(200, 2499), st.sampled_from(FORMULAS))
def test_formulas_agree_with_floats_and_grow_with_the_body(g: int, mm: int, formula: str) -> None:
    """P12: a second implementation; heavier or longer is never smaller."""
    surface = body_surface(BodyWeight(g), BodyLength(mm), formula).m2
    assert float(surface) == pytest.approx(IN_FLOATS[formula](mm / 10, g / 1000), rel=1e-12)
    assert body_surface(BodyWeight(g + 1), BodyLength(mm), formula).m2 > surface
    assert body_surface(BodyWeight(g), BodyLength(mm + 1), formula).m2 > surface


def test_nothing_is_rounded() -> None:
    surface = body_surface(BodyWeight(6200), BodyLength(630)).m2
    assert len(surface.as_tuple().digits) >= 30
    assert surface**2 == pytest.approx(Decimal("6.2") * 63 / 3600, abs=Decimal("1E-27"))


def test_the_default_is_mosteller() -> None:
    weight, length = BodyWeight(6200), BodyLength(630)
    assert body_surface(weight, length) == body_surface(weight, length, "mosteller")


def test_the_range_of_the_formulas() -> None:
    """H4: grams typed as kilograms have no surface."""
    with pytest.raises(Refused) as refused:
        body_surface(BodyWeight(3_500_000), BodyLength(50))
    assert len(refused.value.reasons) == 2
    for grams, mm in ((499, 500), (300_001, 500), (3500, 199), (3500, 2501)):
        with pytest.raises(Refused, match="look at the"):
            body_surface(BodyWeight(grams), BodyLength(mm))
    assert body_surface(BodyWeight(500), BodyLength(200)).m2 > 0
    assert body_surface(BodyWeight(300_000), BodyLength(2500)).m2 > 0
