"""An amount given beside the amount that was meant, from the case file."""

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from bedside.clinical.given_amount import compare_amounts
from bedside.units.quantities import DrugAmount

FILE = Path(__file__).parent.parent / "cases" / "given_amount.toml"
CASES = tomllib.loads(FILE.read_text(encoding="utf-8"))["case"]


def amount(text: str) -> DrugAmount:
    value, unit = text.split()
    return DrugAmount(Decimal(value), unit)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['given']} for {case['meant']}")
def test_given_amount(case) -> None:
    found = compare_amounts(amount(case["given"]), amount(case["meant"]))
    assert found.difference == case["is"]
    assert case["words"] in found.words and bool(found.words) == bool(case["words"])
