"""The factors of doxorubicin equivalents as the sources print them, and a file that is refused whole."""

from decimal import Decimal
from fractions import Fraction

import pytest

from bedside.places import place
from bedside.protocol.anthracyclines import (
    AnthracyclineFileError,
    anthracyclines,
    read_anthracyclines_text,
)
from bedside.protocol.drugs import drug_names

TEXT = place("resources", "formulary", "anthracyclines.toml").read_text(encoding="utf-8")


def test_the_sources_figures() -> None:
    """IGHG: 0.6 and 10.5; Feijen 2019 table 3: linear 0.5 and 13.8, note c: 4; Feijen 2015: 0.45."""
    found = anthracyclines()
    assert [(one.key, dict(one.factors)) for one in found.readings] == [
        ("ighg", {"daunorubicin": Fraction(3, 5), "mitoxantrone": Fraction(21, 2)}),
        ("blood-toxicity", {"daunorubicin": Fraction(1), "mitoxantrone": Fraction(4)}),
        ("linear", {"daunorubicin": Fraction(1, 2), "mitoxantrone": Fraction(69, 5)}),
        ("heart-failure", {"daunorubicin": Fraction(9, 20)}),
    ]
    assert found.drugs == ("daunorubicin", "mitoxantrone")
    assert all(one.source and one.note for one in found.readings)
    (edge,) = found.edges
    assert (edge.drug, edge.mg_per_kg) == ("daunorubicin", Decimal(10))
    assert "under 2 years" in edge.words


def test_the_ruled_reading_stands_first() -> None:
    text = TEXT.replace('reading = "ighg"', 'reading = "linear"')
    found = read_anthracyclines_text(text, "f.toml", drug_names())
    assert found.readings[0].key == "linear"


@pytest.mark.parametrize(
    ("written", "instead", "said"),
    [
        ('reading = "ighg"', 'reading = "mine"', "ruling > reading: 'mine' is no [[reading]]"),
        ('daunorubicin = "0.6"', 'daunorubicin = "0,6"', "'0,6' is not a plain factor"),
        ('daunorubicin = "0.6"', 'daunorubicin = "-0.6"', "is not a plain factor"),
        ('daunorubicin = "0.6"', 'daunorubicin = "0."', "is not a plain factor"),
        ('daunorubicin = "0.6"', "daunorubicin = 0.6", "a text in quotes is needed"),
        ('daunorubicin = "0.6"', 'daunorubicine = "0.6"', "is not in the drug list"),
        ('source  = "IGHG"', 'source  = "OTHER"', "'OTHER' is not in [sources]"),
        ('source    = "FDA-DNR"', 'source    = "OTHER"', "'OTHER' is not in [sources]"),
        ("mg-per-kg = 10", "mg-per-kg = 0", "a number above 0"),
        ('drug      = "daunorubicin"', 'drug      = "x"', "'x' is not in the drug list"),
        ("[ruling]", "[rulling]", "is ruling meant?"),
        ("[sources]", "[source]", "sources: this is missing"),
    ],
)
def test_fault_names_place_and_cure(written: str, instead: str, said: str) -> None:
    assert written in TEXT
    with pytest.raises(AnthracyclineFileError) as refused:
        read_anthracyclines_text(TEXT.replace(written, instead, 1), "f.toml", drug_names())
    assert all(reason.startswith("f.toml: ") for reason in refused.value.reasons)
    assert any(said in reason for reason in refused.value.reasons), refused.value.reasons


def test_a_reading_without_factors_is_a_fault() -> None:
    text = TEXT.replace('factors = { daunorubicin = "0.45" }\n', "")
    with pytest.raises(AnthracyclineFileError, match="factors: this is missing"):
        read_anthracyclines_text(text, "f.toml", drug_names())
