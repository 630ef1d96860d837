"""Every worked case of the titration, asked of the rule's own judgement."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from bedside.protocol.titration import propose
from bedside.protocol.titration_facts import Proposal
from bedside.units.refusal import Refused
from bedside.units.writer import write_number
from tests.protocol.titration_cases import example_rule, facts_of_case, invented_rule

FILE = Path(__file__).parents[1] / "cases" / "maintenance.toml"
CASES = tomllib.loads(FILE.read_text(encoding="utf-8"))["case"]
DRUGS = ("mercaptopurine", "methotrexate")


def test_the_file_is_whole() -> None:
    names = [case["name"] for case in CASES]
    assert len(names) >= 40
    assert len(set(names)) == len(names)
    for case in CASES:
        assert set(case) == {"name", "given", "expect", "source"}, case["name"]
        assert case["source"].strip(), case["name"]
        assert case["expect"], case["name"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    given, expect = case["given"], case["expect"]
    rule = invented_rule() if given.get("rule") == "invented" else example_rule()
    facts = facts_of_case(given)
    if "refused" in expect:
        with pytest.raises(Refused, match=expect["refused"]):
            propose(rule, facts)
        return
    proposal = propose(rule, facts)
    assert {drug.drug: said(drug.action, drug.percent) for drug in proposal.drugs} == {
        drug: expect[drug] for drug in DRUGS
    }
    assert proposal.hold is expect["hold"]
    assert bool(proposal.hold_because) is proposal.hold
    for key in ("missing", "because", "cautions"):
        if key in expect:
            assert expect[key] in words(proposal, key), words(proposal, key)
    if "not-said" in expect:
        assert expect["not-said"] not in words(proposal, "cautions")
    for line in expect.get("dose", []):
        drug, amount = line.split()
        assert prepared(proposal, drug) == amount


def said(action: str, percent: Any) -> str:
    return action if percent is None else f"{action} {write_number(percent)}"


def words(proposal: Proposal, key: str) -> str:
    own = [text for drug in proposal.drugs for text in getattr(drug, key)]
    return " ".join([*(proposal.missing if key == "missing" else ()), *own])


def prepared(proposal: Proposal, drug: str) -> str:
    (found,) = (one.dose for one in proposal.drugs if one.drug == drug)
    assert found is not None
    if found.prepared is None:
        assert found.faults
        return "none"
    assert not found.faults
    return write_number(found.prepared.value)
