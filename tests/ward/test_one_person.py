"""Typed names: who may be one person, from the cases that a pharmacist can read."""

import unicodedata
from pathlib import Path

import pytest
import tomli

from bedside.places import place
from bedside.units.refusal import Refused
from bedside.ward.look_alikes import as_it_looks
from bedside.ward.near_names import near_names
from bedside.ward.one_person import may_be_one, why_one_person
from bedside.ward.people import named

FILE = Path(__file__).parents[1] / "cases" / "two_people.toml"
CASES = tomli.loads(FILE.read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_two_typed_names_are_one_person_or_two(case):
    one, other = case["given"]["one"], case["given"]["other"]
    expected = case["expect"]["people"] == 1
    assert may_be_one(one, other) is expected
    assert may_be_one(other, one) is expected
    assert bool(why_one_person(one, other)) is expected


@pytest.mark.parametrize(
    "case", [case for case in CASES if "near" in case["expect"]], ids=lambda case: case["name"]
)
def test_two_names_spelt_nearly_alike_are_asked_about(case):
    one, other = case["given"]["one"], case["given"]["other"]
    assert near_names(one, (other,)) == ((other,) if case["expect"]["near"] else ())
    assert near_names(other, (one,)) == ((one,) if case["expect"]["near"] else ())
    assert near_names(one, (one, "", "Nobody Like That")) == ()


def test_a_name_may_always_be_its_own():
    names = {case["given"][side] for case in CASES for side in ("one", "other")} - {""}
    assert all(may_be_one(name, name) for name in names)


def test_the_words_name_both():
    assert why_one_person("Dr I. Halvorsen", "Ida Halvorsen, pharmacist").startswith(
        "“Dr I. Halvorsen” and “Ida Halvorsen” may be one person"
    )
    assert "“E. Berg” and “E Berg” are one name" in why_one_person("E. Berg, RN", "E Berg")


def test_a_name_of_two_scripts_is_refused_with_its_reason_before_it_signs_anything():
    mixed = "\u0415. Sorensen, RN"
    why = "“\u0415. Sorensen” has letters of two scripts, Cyrillic (\u0415) and Latin (S)"
    assert why_one_person("Anna Berg", mixed).startswith(why)
    with pytest.raises(Refused) as refused:
        named(mixed)
    assert refused.value.reasons[0].startswith(why)
    plain = (
        "E. Sørensen, RN",
        "Dr \u0418. \u041f\u0435\u0442\u0440\u043e\u0432\u0430, RN",
        "TRẦN Thị Mai",
        "Łukasz Żak",
    )
    assert [named(name) for name in plain] == list(plain)


def test_every_look_alike_is_of_its_script_and_stands_for_one_latin_letter():
    text = place("resources", "people", "look_alikes.toml").read_text("utf-8")
    table = tomli.loads(text)
    for script in ("cyrillic", "greek"):
        for letter, latin in table[script].items():
            assert unicodedata.name(letter).startswith(script.upper())
            assert len(latin) == 1 and latin.isascii() and latin.isalpha()
            assert letter.isupper() == latin.isupper() or latin == "l"
            assert as_it_looks(f"b{letter}b") == as_it_looks(f"b{latin}b")
