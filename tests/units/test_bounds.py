"""A bound answers a limit only where it lies wholly on one side of it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.units.bounds import Bound, above, at_least, at_most, below, bounded, per_ul
from bedside.units.quantities import Anc, Platelets


@pytest.mark.parametrize(
    ("seen", "limit", "expected"),
    [
        # by hand: at least, above, below, at most
        (500, 500, (True, False, False, True)),
        (499, 500, (False, False, True, True)),
        (501, 500, (True, True, False, False)),
        (Bound("<", 100), 500, (False, False, True, True)),
        (Bound("<", 500), 500, (False, False, True, True)),
        (Bound("<", 501), 500, (None, None, None, None)),
        (Bound("<", 1000), 500, (None, None, None, None)),
        (Bound(">", 1000), 500, (True, True, False, False)),
        (Bound(">", 500), 500, (True, True, False, False)),
        (Bound(">", 499), 500, (None, None, None, None)),
        (Bound(">", Decimal("4.9")), Decimal(5), (None, None, None, None)),
        (Bound("<", Decimal("1.3")), Decimal("1.3"), (False, False, True, True)),
    ],
)
def test_the_four_questions(seen, limit, expected) -> None:
    asked = (at_least, above, below, at_most)
    assert tuple(ask(seen, limit) for ask in asked) == expected


@given(
    value=st.decimals(0, 2000, places=1),
    figure=st.integers(0, 2000),
    limit=st.integers(0, 2000),
    sign=st.sampled_from(["<", ">"]),
)
def test_a_bound_never_says_otherwise_than_a_value_within_it(value, figure, limit, sign) -> None:
    """Whatever the true value is: what the bound answers, the value answers, too."""
    if not (value < figure if sign == "<" else value > figure):
        return
    for ask in (at_least, above, below, at_most):
        assert ask(Bound(sign, figure), limit) in (None, ask(value, limit))


def test_a_figure_without_a_sign_is_itself() -> None:
    assert bounded("", Anc(5)) == Anc(5)
    assert bounded("<", Anc(5)) == Bound("<", Anc(5))
    assert bounded(">", Platelets(5)) == Bound(">", Platelets(5))
    assert per_ul(Anc(5)) == 5
    assert per_ul(Bound(">", Platelets(5))) == Bound(">", 5)
