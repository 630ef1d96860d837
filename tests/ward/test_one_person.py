"""Typed names: who may be one person, from the cases that a pharmacist can read."""

from pathlib import Path

import pytest
import tomli

from bedside.ward.one_person import may_be_one, why_one_person

FILE = Path(__file__).parents[1] / "cases" / "two_people.toml"
CASES = tomli.loads(FILE.read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_two_typed_names_are_one_person_or_two(case):
    one, other = case["given"]["one"], case["given"]["other"]
    expected = case["expect"]["people"] == 1
    assert may_be_one(one, other) is expected
    assert may_be_one(other, one) is expected
    assert bool(why_one_person(one, other)) is expected


def test_a_name_may_always_be_its_own():
    names = {case["given"][side] for case in CASES for side in ("one", "other")} - {""}
    assert all(may_be_one(name, name) for name in names)


def test_the_words_name_both():
    assert why_one_person("Dr I. Halvorsen", "Ida Halvorsen, pharmacist").startswith(
        "“Dr I. Halvorsen” and “Ida Halvorsen” may be one person"
    )
    assert "“E. Berg” and “E Berg” are one name" in why_one_person("E. Berg, RN", "E Berg")
