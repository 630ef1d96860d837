"""Short names of laboratory toxicities: found where one term is meant, never guessed where two are."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from bedside.clinical.ctcae.catalogue import every_term
from bedside.clinical.ctcae.short_names import _book, meant_by, term_meant
from bedside.units.refusal import Refused

FILE = Path(__file__).parents[2] / "cases" / "short_names.toml"
CASES = tomllib.loads(FILE.read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_short_name(case: dict[str, Any]) -> None:
    assert case["source"].strip()
    said, version = case["given"]["said"], case["given"].get("version", "5.0")
    expect = case["expect"]
    if "term" in expect:
        assert term_meant(said, version).key == expect["term"]
    elif "candidates" in expect:
        assert sorted(term.key for term in meant_by(said, version)) == expect["candidates"]
        with pytest.raises(Refused, match="may mean "):
            term_meant(said, version)
    else:
        assert meant_by(said, version) == ()
        with pytest.raises(Refused, match="no term of the ward's list"):
            term_meant(said, version)


def test_every_short_name_names_a_term_of_the_list() -> None:
    keys = {term.key for term in every_term()}
    named = {key for pair in _book().names.values() for key in pair if key}
    assert named <= keys
    assert not _book().low_words & _book().high_words
