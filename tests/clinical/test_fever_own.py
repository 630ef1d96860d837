"""A site's own definition: its worked cases, its file there and back, what is refused, what differs."""

import re
import tomllib
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

from bedside.clinical.fever import Neutrophils, judge_fever
from bedside.clinical.fever_own import (
    OwnDefinition,
    differences,
    digest_of,
    own_lines,
    read_own,
    read_rules,
    with_own,
    write_own,
)
from bedside.clinical.fever_rules import TemperatureRule, shipped_fever_book
from bedside.clinical.fever_temperature import TemperatureReading
from bedside.places import place
from bedside.units.quantity_reader import read_anc
from bedside.units.refusal import Refused

TEXT = (Path(__file__).parents[1] / "cases" / "fever_own.toml").read_text("utf-8")
CASES = tomllib.loads(TEXT)["case"]
_INNER = TEXT[TEXT.index("title =") : TEXT.index("[[case]]")]
FILE = re.sub(r"definition\.temperature", "temperature", _INNER)
YES_NO = {"yes": True, "no": False}


def own() -> OwnDefinition:
    return read_own(FILE, "own.toml")


def _at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-20T{text}Z")


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case: dict) -> None:
    given, expect = case["given"], dict(case["expect"])
    parts = [text.split() for text in given["temperatures"]]
    readings = [TemperatureReading(_at(at), Decimal(degrees), site) for at, degrees, site in parts]
    low = YES_NO.get(given.get("expected_low"))
    neutrophils = Neutrophils(read_anc(given["anc"]).per_ul, expected_low=low)
    state = judge_fever(with_own(own()), "", readings, neutrophils, _at(given["now"]))
    said = [state.site.words, state.site.fever.words, state.site.neutropenia_words, *state.act]
    assert expect.pop("words", "") in " ".join(said)
    found = {"site": state.site.verdict, "ctcae": state.ctcae.verdict, "clock": state.starts_clock}
    found["since"] = state.since and f"{state.since:%H:%M}"
    assert {key: found[key] for key in expect} == expect


def test_it_is_in_force_beside_the_shipped_ones_and_ctcae_stays() -> None:
    book = with_own(own())
    shipped = shipped_fever_book()
    assert book.choices() == ("site", *shipped.choices())
    assert book.find(book.ctcae) == shipped.find(shipped.ctcae)
    assert book.antibiotics.within_minutes == 30
    assert book.cite(book.find("")) == "Test Hospital guideline 12, edition 4, of 01-Mar-2026"


def test_the_file_reads_back_as_it_was_written() -> None:
    twice = TemperatureRule(("rectal",), Decimal("38.15"), "above", readings=2, within_hours=24)
    plain = replace(
        own(),
        title='A "quoted" name',
        temperature=(*own().temperature, twice),
        expected_within_hours=None,
        low_below_celsius=None,
        signs_alone=True,
    )
    for one in (own(), plain):
        assert read_own(write_own(one), "again.toml") == one
        assert read_rules(write_own(one), "again.toml") == with_own(one)
    assert digest_of(own()) != digest_of(plain)


def test_a_whole_file_of_definitions_is_read_as_one() -> None:
    text = place("resources", "fever", "definitions.toml").read_text("utf-8")
    assert read_rules(text, "definitions.toml") == shipped_fever_book()
    with pytest.raises(Refused, match=r"own.toml"):
        read_rules("= nonsense", "own.toml")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("celsius = 38.0", "celsius = 83.0", "from 37 to 40"),
        ('edition = "4"', 'edition = " "', "edition is missing"),
        ("low-below-celsius = 36.0", "low-below-celsius = 30.0", "34 to 37"),
        ("within-minutes = 30", "within-minutes = 600", "1 to 240 minutes"),
        ("per-ul = 1000", "per-ul = 0", "1 or more"),
        ('title = "Test', 'titel = "Test', "own.toml"),
    ],
)
def test_what_cannot_be_is_refused(old: str, new: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        read_own(FILE.replace(old, new), "own.toml")


def test_differences_are_named_and_only_they() -> None:
    names = ("M. Keller", "A. Okonjo")
    assert differences(own(), own(), names) == ()
    other = read_own(FILE.replace("celsius = 38.0", "celsius = 38.1"), "own.toml")
    other = replace(other, dated=date(2026, 3, 2), expected_within_hours=None)
    assert differences(own(), other, names) == (
        "Of: M. Keller typed 01-Mar-2026; A. Okonjo typed 02-Mar-2026.",
        "Neutrophils expected to fall: M. Keller typed within 48 h; A. Okonjo typed not stated.",
        "Temperature under the arm, one reading: M. Keller typed 38 °C or more; "
        "A. Okonjo typed 38.1 °C or more.",
    )


def test_it_is_said_in_words() -> None:
    lines = own_lines(replace(own(), signs_alone=True, low_below_celsius=None), ",")
    assert not any(line.startswith("Low temperature") for line in lines)
    assert "Temperature under the arm, lasting: 37,5 °C or more for 30 min" in lines
    assert "Signs of sepsis alone: act on them" in lines
    assert "First antibiotic: within 30 min" in lines


def test_cases_are_whole_and_named_once() -> None:
    assert all(set(case) == {"name", "given", "expect", "source"} for case in CASES)
    assert len({case["name"] for case in CASES}) == len(CASES)
