"""Every worked case of phoenix.toml, the authors' two vignettes among them."""

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from bedside.clinical.phoenix import score_phoenix
from bedside.clinical.phoenix_facts import PhoenixFacts
from bedside.clinical.phoenix_rules import shipped_phoenix_book
from tests.bounds_read import seen

CASES = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "phoenix.toml").read_text(encoding="utf-8")
)["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case: dict) -> None:
    given = {
        key: seen(value, Decimal) if isinstance(value, str) else value
        for key, value in case["given"].items()
    }
    scored = score_phoenix(shipped_phoenix_book(), PhoenixFacts(**given))
    expect = dict(case["expect"])
    missing, undecided = expect.pop("missing", ""), expect.pop("undecided", [])
    total_most = expect.pop("most", expect["total"])
    assert (scored.total_most, scored.most_without_platelets) == (
        total_most,
        expect.pop("most_without", total_most - expect["total"] + expect["without"]),
    )
    assert [words for part in scored.parts for words in part.undecided] == undecided
    assert all(words in scored.words for words in undecided)
    assert any(missing in name for name in scored.missing) or not missing
    answer = {part.name: part.points for part in scored.parts}
    answer |= {"total": scored.total, "without": scored.total_without_platelets}
    if scored.criteria:
        answer["sepsis"] = True
    if scored.shock:
        answer["shock"] = True
    assert answer == expect
    assert scored.criteria in (True, None) and scored.shock in (True, None)
    assert "not sepsis" not in scored.words.casefold()
    if not scored.criteria:
        assert "This does not exclude sepsis." in scored.words
    for part in scored.parts:
        assert bool(part.points) == bool(part.because)


def test_a_point_for_platelets_alone_is_said_so() -> None:
    facts = PhoenixFacts(infection=True, platelets_per_ul=20_000, inr=Decimal("1.5"))
    scored = score_phoenix(shipped_phoenix_book(), facts)
    assert scored.criteria is True
    assert scored.criteria_without_platelets is None
    assert "only with the point for platelets" in scored.words
    assert "1 without the platelets" in scored.words


def test_cases_are_whole_and_named_once() -> None:
    assert all(set(case) == {"name", "given", "expect", "source"} for case in CASES)
    assert len({case["name"] for case in CASES}) == len(CASES) >= 70
