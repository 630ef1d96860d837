"""What each small calculation answers: keys, digits, nulls and the words for a person."""

import json
from typing import Any

import pytest


def ask(calc: Any, *words: str) -> dict[str, Any]:
    """The JSON answer of one command."""
    ran = calc(*words, "--json")
    assert (ran.code, ran.err) == (0, ""), ran.err
    return json.loads(ran.out)


@pytest.mark.parametrize(
    ("birth", "on", "days", "months", "years", "text"),
    [
        ("2026-05-01", "2026-11-20", 203, 6, 0, "29w 0d"),
        ("20-Nov-2026", "20-Nov-2026", 0, 0, 0, "0h"),
        ("2026-10-24", "2026-11-20", 27, 0, 0, "27d"),
        ("2026-10-22", "2026-11-20", 29, 0, 0, "4w 1d"),
        ("2024-02-29", "2025-02-28", 365, 11, 0, "52w 1d"),
        ("2024-02-29", "2025-03-01", 366, 12, 1, "12m 0d"),
        ("2026-05-20", "2026-11-20", 184, 6, 0, "26w 2d"),
        ("2026-05-21", "2026-11-20", 183, 5, 0, "26w 1d"),
    ],
)
def test_age(calc: Any, birth: str, on: str, days: int, months: int, years: int, text: str) -> None:
    found = ask(calc, "age", "--birth", birth, "--on", on)
    assert found == {
        "days": days,
        "completed_months": months,
        "completed_years": years,
        "text": text,
    }


@pytest.mark.parametrize(
    ("weight", "length", "formula", "surface"),
    [
        ("6.2 kg", "63 cm", None, "0.3294"),
        ("6200 g", "630 mm", "mosteller", "0.3294"),
        ("3.6 kg", "50 cm", "mosteller", "0.2236"),
        ("4 kg", "90 cm", "mosteller", "0.3162"),
        ("9 kg", "40 cm", "mosteller", "0.3162"),
    ],
)
def test_bsa_has_four_decimals(
    calc: Any, weight: str, length: str, formula: str | None, surface: str
) -> None:
    more = () if formula is None else ("--formula", formula)
    found = ask(calc, "bsa", "--weight", weight, "--length", length, *more)
    assert found["bsa_m2"] == surface
    assert found["formula"] == "mosteller"


@pytest.mark.parametrize("formula", ["mosteller", "haycock", "dubois", "boyd"])
def test_bsa_names_its_formula_and_keeps_its_zeros(calc: Any, formula: str) -> None:
    found = ask(calc, "bsa", "--weight", "70 kg", "--length", "170 cm", "--formula", formula)
    assert found["formula"] == formula
    assert 1.7 < float(found["bsa_m2"]) < 1.9
    assert len(found["bsa_m2"].partition(".")[2]) == 4


@pytest.mark.parametrize(
    ("given", "nulls"),
    [
        (("--weight", "6.2 kg"), {"length_for_age_z", "weight_for_length_z"}),
        (("--length", "63 cm"), {"weight_for_age_z", "weight_for_length_z"}),
        (("--weight", "6.2 kg", "--length", "63 cm"), set()),
    ],
)
def test_zscore_is_null_where_not_asked(calc: Any, given: tuple[str, ...], nulls: set[str]) -> None:
    found = ask(calc, "zscore", "--sex", "f", "--age-days", "203", *given)
    assert {key for key, value in found.items() if value is None} == nulls
    assert found.pop("notes") == []
    for value in found.values():
        assert value is None or len(value.partition(".")[2]) == 2


def test_zscore_of_the_median_is_zero_without_a_sign(calc: Any) -> None:
    found = ask(calc, "zscore", "--sex", "m", "--age-days", "0", "--weight", "3346 g")
    assert found["weight_for_age_z"] == "0.00"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--sex", "f", "--age-days", "203"), "Nothing to compare"),
        (("--sex", "female", "--age-days", "203", "--weight", "6.2 kg"), "write f or m"),
        (("--sex", "f", "--age-days", "731", "--weight", "6.2 kg"), "730"),
        (("--sex", "f", "--age-days", "-1", "--weight", "6.2 kg"), "below zero"),
        (("--sex", "f", "--age-days", "1.5", "--weight", "6.2 kg"), "whole number"),
        (("--sex", "f", "--age-days", "203", "--weight", "3500 kg"), "weight"),
    ],
)
def test_zscore_refuses(calc: Any, words: tuple[str, ...], said: str) -> None:
    """H4: 3500 kg is refused, not compared."""
    ran = calc("zscore", *words)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


@pytest.mark.parametrize(
    ("wbc", "neutrophils", "bands", "anc"),
    [
        ("1.4 10^9/L", "32 %", None, 448),
        ("1.4 10^9/L", "32 %", "3 %", 490),
        ("1400 /uL", "480 /uL", None, 480),
        ("1.4 G/L", "0.48 10^9/L", None, 480),
        ("0 /uL", "0 %", None, 0),
        ("1.4 10*9/L", "0 /uL", None, 0),
        ("1 /uL", "50 %", None, 1),
        ("333 /uL", "33.3 %", "0 %", 111),
    ],
)
def test_anc_is_a_whole_number(
    calc: Any, wbc: str, neutrophils: str, bands: str | None, anc: int
) -> None:
    """H21: an ANC of 0 is a value."""
    more = () if bands is None else ("--bands", bands)
    found = ask(calc, "anc", "--wbc", wbc, "--neutrophils", neutrophils, *more)
    assert found["anc_per_ul"] == anc
    assert isinstance(found["anc_per_ul"], int)


@pytest.mark.parametrize(
    ("wbc", "neutrophils", "bands"),
    [
        ("1.4 10^9/L", "101 %", None),
        ("1.4 10^9/L", "60 %", "41 %"),
        ("1400 /uL", "1401 /uL", None),
        ("1.4", "32 %", None),
        ("1.4 10^9/L", "32", None),
        ("1.4 10^9/L", "32 %", "3"),
        ("unknown", "32 %", None),
    ],
)
def test_anc_refuses(calc: Any, wbc: str, neutrophils: str, bands: str | None) -> None:
    more = () if bands is None else ("--bands", bands)
    ran = calc("anc", "--wbc", wbc, "--neutrophils", neutrophils, *more)
    assert (ran.code, ran.out) == (2, "")
    assert len(ran.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("weight", "said"),
    [("6.2 kg", ""), ("25 kg", "z-score"), ("0.62 kg", "a tenth of")],
)
def test_a_weight_hard_to_believe_for_the_age_is_noted(calc: Any, weight: str, said: str) -> None:
    """H4: 25 kg at 203 days is answered, and said to be beyond what WHO looks at again."""
    given = ("--sex", "f", "--age-days", "203", "--weight", weight)
    notes = ask(calc, "zscore", *given)["notes"]
    assert len(notes) == (1 if said else 0)
    assert all(note.startswith("--weight: ") and said in note for note in notes)
    told = calc("zscore", *given).out
    assert ("Note: --weight" in told) is bool(said)


@pytest.mark.parametrize(
    ("weight", "length", "noted"),
    [
        ("6.2 kg", "63 cm", False),
        ("20 kg", "63 cm", True),
        ("2 kg", "63 cm", True),
        ("70 kg", "175 cm", True),  # no infant: said
    ],
)
def test_a_weight_hard_to_believe_for_the_length_is_noted(
    calc: Any, weight: str, length: str, noted: bool
) -> None:
    given = ("--weight", weight, "--length", length)
    found = ask(calc, "bsa", *given)
    assert bool(found["notes"]) is noted and found["bsa_m2"]
    assert ("Note: --weight" in calc("bsa", *given).out) is noted
