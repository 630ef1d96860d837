"""Rulings, outcomes, partners and arms of the shipped files: each with source, readings and why."""

import re

import pytest

from bedside.places import place
from bedside.protocol.model import Protocol

KEYS = ["aall15p1", "interfant06", "interfant06-blinatumomab"]


@pytest.mark.parametrize("key", KEYS)
def test_every_ruling_has_both_readings_and_a_reason(key: str, shelf: dict[str, Protocol]) -> None:
    for ruling in shelf[key].strata.rulings:
        assert len(ruling.readings) >= 2
        assert ruling.ruling and ruling.why
        assert ruling.origin.sources or ruling.origin.evidence == "absent"


def test_the_rulings_that_risk_rests_on(interfant06: Protocol) -> None:
    rule = interfant06.strata.risk
    assert rule is not None
    limits = {
        limit.key: (limit.operator, str(limit.value), limit.unit) for limit in rule.thresholds
    }
    assert limits == {
        "age": ("<", "6", "completed calendar months at diagnosis"),
        "wbc": (">=", "300", "10^9/L"),
        "day8-blasts": (">=", "1000", "/uL"),
    }
    transplant = interfant06.strata.transplant
    assert transplant is not None
    assert (transplant.mrd.operator, str(transplant.mrd.value)) == (">=", "0.0001")
    assert transplant.replaces == ("octadad-1", "octadad-2", "maintenance")
    assert transplant.mrd_point == "before-octadad"
    assert "worked out" in transplant.replaces_origin.note


def test_rulings_by_key(shelf: dict[str, Protocol]) -> None:
    six = {ruling.key for ruling in shelf["interfant06"].strata.rulings}
    assert {"hr-white-cells", "hr-age", "prednisone-response", "mrd-notation",
            "kmt2a-not-evaluable", "unknown-response", "age-factor-anchor",
            "age-factor-fractions", "chronological-age"} <= six  # fmt: skip
    fifteen = {ruling.key for ruling in shelf["aall15p1"].strata.rulings}
    assert {"day-numbers", "dlt-period", "end-of-therapy", "chronological-age"} <= fifteen


def test_arms_as_allocated_elsewhere(interfant06: Protocol, aall15p1: Protocol) -> None:
    arms = [(arm.key, arm.title, arm.without_allocation) for arm in interfant06.strata.arms]
    assert arms == [("standard", "IB", ("LR",)), ("experimental", "ADE/MAE", ())]
    assert interfant06.strata.arm("standard").allocated == ("MR", "HR")
    with pytest.raises(KeyError):
        interfant06.strata.arm("third")
    assert aall15p1.strata.arms == ()
    assert aall15p1.strata.risk is None


def test_partners_only_with_what_is_published(interfant06: Protocol) -> None:
    partners = {partner.key: partner for partner in interfant06.strata.partners}
    assert list(partners) == ["AFF1", "MLLT1", "MLLT3", "MLLT10", "other"]
    assert "p = 0.005" in partners["AFF1"].outcome
    assert "no figure of its own" in partners["MLLT3"].outcome


@pytest.mark.parametrize("key", KEYS)
def test_outcomes_are_sourced(key: str, shelf: dict[str, Protocol]) -> None:
    outcomes = shelf[key].strata.outcomes
    assert outcomes
    for outcome in outcomes:
        assert set(outcome.origin.sources) <= set(shelf[key].sources)
        assert outcome.origin.sources


@pytest.mark.parametrize("key", KEYS)
def test_every_figure_says_what_it_counts(key: str, shelf: dict[str, Protocol]) -> None:
    """Per cent, or so many of so many: a bare "87" or "2 (6.5)" may be read as either."""
    for outcome in shelf[key].strata.outcomes:
        for part in outcome.figure.split("; "):
            bare = any(letter.isdigit() for letter in part)
            assert not bare or "%" in part or " of " in part, outcome.figure


def test_figures_as_the_sources_write_them(aall15p1: Protocol) -> None:
    """Abstracts: 2 of 31 is 6.5 %; 87 % of samples; deaths 2 of 123 (1.6 %) and 4 of 26 (15.4 %)."""
    figures = [outcome.figure for outcome in aall15p1.strata.outcomes]
    assert "2 of 31 (6.5 %)" in figures and "87 %" in figures
    assert "2 of 123 (1.6 %); 4 of 26 (15.4 %)" in figures


@pytest.mark.parametrize("key", KEYS)
def test_no_dash_range_of_days_in_any_file(key: str) -> None:
    """H18: "days 4-11" was once read as 4 and 11."""
    text = place("resources", "protocols", f"{key}.toml").read_text(encoding="utf-8")
    assert not re.search(r"days?\s+\d+\s*[-\u2013]\s*\d+", text)


def test_limit_and_threshold_that_are_not_there(interfant06: Protocol) -> None:
    rule = interfant06.strata.risk
    assert rule is not None
    with pytest.raises(KeyError):
        rule.threshold("mrd")
