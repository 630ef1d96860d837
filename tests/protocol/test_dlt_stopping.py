"""Stopping boundaries: the published figures, and a second reckoning with fractions."""

import tomllib
from decimal import Decimal
from fractions import Fraction
from math import comb
from pathlib import Path
from typing import Any

import pytest

from bedside.protocol.dlt_boundary import (
    Boundary,
    StoppingRule,
    beta_at_most,
    boundary,
    rule_words,
    stop_chance,
)

CASES = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "dlt_stopping.toml").read_text(encoding="utf-8")
)["case"]


def rule_of(given: dict[str, Any]) -> StoppingRule:
    prior = given.get("prior")
    return StoppingRule(
        given["method"],
        given["infants"],
        Fraction(given["acceptable"], 100),
        Fraction(given["chance"], 100),
        None if prior is None else (Fraction(prior[0]), Fraction(prior[1])),
    )


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_published_and_by_hand(case: dict[str, Any]) -> None:
    rule, expect = rule_of(case["given"]), case["expect"]
    found = boundary(rule)
    if "stop" in expect:
        spelled = [
            (size, least)
            for least, first, last in expect["stop"]
            for size in range(first, last + 1)
        ]
        assert list(found.steps) == spelled
    else:
        assert list(found.steps[0]) == expect["first"]
        assert found.least_to_stop(31) == expect["at_31"]
    assert f"{float(found.achieved):.4f}" == expect["achieved"]
    assert found.achieved <= rule.chance
    for share, chance in expect["at"].items():
        seen = stop_chance(found.steps, rule.infants, Fraction(int(share), 100))
        assert f"{float(seen):.4f}" == chance


def test_the_chance_by_every_single_path() -> None:
    """All 2**8 histories of eight infants, one by one."""
    rule = StoppingRule("pocock", 8, Fraction(1, 4), Fraction(1, 10))
    found = boundary(rule)
    stops = dict(found.steps)
    total = Fraction(0)
    for history in range(2**8):
        outcomes = [(history >> place) & 1 for place in range(8)]
        seen = [sum(outcomes[: size + 1]) for size in range(8)]
        if any(seen[size - 1] >= least for size, least in stops.items()):
            total += Fraction(1, 4) ** sum(outcomes) * Fraction(3, 4) ** (8 - sum(outcomes))
    assert total == found.achieved


def test_a_beta_of_whole_numbers_is_a_binomial() -> None:
    """Beta(a, b) at most p has the chance of at least a of a + b - 1 (by hand)."""
    share = Fraction(1, 5)
    tail = sum(comb(9, seen) * share**seen * (1 - share) ** (9 - seen) for seen in range(4, 10))
    found = beta_at_most(share, Fraction(4), Fraction(6))
    assert abs(found - Decimal(tail.numerator) / Decimal(tail.denominator)) < Decimal("1e-25")


def test_a_flat_prior_where_none_is_given() -> None:
    flat = StoppingRule("bayes", 5, Fraction(1, 5), Fraction(1, 10), (Fraction(1), Fraction(1)))
    bare = StoppingRule("bayes", 5, Fraction(1, 5), Fraction(1, 10))
    assert boundary(bare) == boundary(flat)


def test_nothing_stops_where_no_step_is() -> None:
    assert Boundary((), Fraction(0)).least_to_stop(3) is None


def test_parameters_in_words() -> None:
    assert rule_words(rule_of(CASES[0]["given"])) == (
        "Pocock boundary (Ivanova 2005): acceptable share 20 %, 30 infants, "
        "chance to stop at most 5 %"
    )
    assert rule_words(rule_of(CASES[2]["given"])) == (
        "Bayesian boundary (Geller 2003): acceptable share 20 %, 30 infants, prior "
        "Beta(0.6, 2.4), chance to stop at most 10 %"
    )
