"""Reduced doses: which share holds on a course day, by worked cases that a pharmacist can read."""

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from bedside.protocol.reductions import Reduction, reduction_on, share_of_standard, share_on

FILE = Path(__file__).resolve().parents[1] / "cases" / "reductions.toml"
CASES = tomllib.loads(FILE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: case["name"])
def test_the_share_of_a_day(case: dict) -> None:
    assert case["source"]
    standing = [
        Reduction(course, drug, first, last or None, Decimal(share), "mucositis", "Dr Test")
        for course, drug, first, last, share in case["reductions"]
    ]
    asked = case["asked"]
    for order in (standing, standing[::-1]):
        found = {
            day: str(share_on(order, asked["course"], asked["drug"], int(day)))
            for day in case["share"]
        }
        assert found == case["share"]


@pytest.mark.parametrize("case", CASES["ordered"], ids=lambda case: case["name"])
def test_what_was_ordered(case: dict) -> None:
    found = share_of_standard(Decimal(case["percent"]), case["of_what"], Decimal(case["before"]))
    assert found == Decimal(case["share"])


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [(8, 8, "day 8"), (8, 14, "days 8 to 14"), (8, None, "from day 8 on")],
)
def test_words_and_what_the_worked_dose_takes(first: int, last: int | None, words: str) -> None:
    one = Reduction("induction", "", first, last, Decimal("75.5"), " mucositis ", " Dr Test ")
    assert one.words == f"75.5 % of the protocol dose {words}, mucositis (Dr Test)"
    found = reduction_on((one,), "induction", "vincristine", 8)
    assert found is not None
    assert found.modification.words == "75.5 % of the protocol dose, mucositis (Dr Test)"
    assert reduction_on((one,), "induction", "vincristine", 7) is None
