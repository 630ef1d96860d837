"""`calc grade`: the grade of one value with its rule, asked for by any of the term's names."""

import json

import pytest

GRADE = ["grade", "--term=Neutrophil count decreased", "--value=1.2 10^9/L"]


def asked(calc, *words: str) -> dict:
    result = calc("grade", *words, "--json")
    assert result.code == 0, result.err
    return json.loads(result.out)


def test_the_keys_of_the_contract(calc):
    found = asked(calc, "--term=Neutrophil count decreased", "--value=0.48 10^9/L")
    assert (found["version"], found["grade"], found["needs"]) == ("5.0", 4, [])
    assert "grade 4: < 0.5 10^9/L" in found["rule"]


def test_the_same_count_in_the_new_version(calc):
    words = ("--term=neutrophil-count-decreased", "--value=480 /uL", "--ctcae=6.0")
    assert asked(calc, *words)["grade"] == 3


def test_a_name_of_another_version_is_understood(calc):
    words = ("--term=Thrombocytopenia", "--value=24 10^9/L", "--ctcae=4.03")
    found = asked(calc, *words)
    assert (found["name"], found["grade"]) == ("Platelet count decreased", 4)


def test_what_is_missing_is_named_and_the_least_grade_told(calc):
    words = ("--term=Lipase increased", "--value=400 U/L", "--uln=60 U/L")
    found = asked(calc, *words)
    assert (found["grade"], found["least"], found["asks"]) == (None, 3, ["symptoms"])
    assert found["needs"] == ["whether symptoms of it are present"]
    assert asked(calc, *words, "--with=symptoms=yes")["grade"] == 4
    assert asked(calc, *words, "--with=symptoms=no")["grade"] == 3


def test_baseline_and_limits_are_read(calc):
    words = ("--term=Creatinine increased", "--value=27.1 umol/L", "--uln=40 umol/L")
    more = ("--lln=20 umol/L", "--baseline=18 umol/L", "--ctcae=6.0")
    assert asked(calc, *words, *more)["grade"] == 2


def test_for_a_person_it_says_what_to_say_and_the_own_limit(calc):
    result = calc("grade", "--term=Lipase increased", "--value=400 U/L", "--uln=60 U/L")
    assert "not known; at least 3" in result.out
    assert "--with symptoms=yes or --with symptoms=no" in result.out
    result = calc(*GRADE, "--lln=1.0 10^9/L")
    assert "grade 0: within this infant's own limit" in result.out
    assert "grade      2" in result.out


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--term=Zinc", "--value=1 10^9/L"], "no term of the ward's list"),
        (
            ["--term=potassium", "--value=3 mmol/L"],
            "may mean Hypokalemia or Hyperkalemia: say which",
        ),
        (["--term=Anemia", "--value=9,5 g/dL"], "--value: The decimal mark here is a point"),
        (["--term=Anemia", "--value=90"], "write it in g/L or g/dL or mmol/L"),
        (["--term=Anemia", "--value=90 g/L", "--lln=105"], "A number without a unit"),
        (["--term=Anemia", "--value=90 g/L", "--ctcae=5"], "write 4.03, 5.0 or 6.0"),
        (["--term=Anemia", "--value=90 g/L", "--with=pale=yes"], "does not ask “pale”"),
        (["--term=Anemia", "--value=90 g/L", "--with=transfusion=maybe"], "write yes or no"),
        (["--term=Creatinine increased", "--value=9 g/L", "--with=a=yes"], "it asks nothing"),
        (["--term=Diarrhea", "--value=3 /d"], "a person grades it"),
        (
            ["--term=ALT increased", "--value=150 U/L", "--uln=0 U/L"],
            "no upper limit of normal is 0",
        ),
        (["--term=ALT increased", "--value=150 U/L", "--uln=4000000 U/L"], "--uln: 4"),
        (["--term=Anemia", "--value=90 g/L", "--lln=1050 g/L"], "no limit of normal"),
        (
            ["--term=Platelet count decreased", "--value=80 10^9/L", "--lln=150000 10^9/L"],
            "as when per µL is typed as ×10⁹/L",
        ),
        (["--term=Bacteremia", "--value=3 /d", "--ctcae=4.03"], "5.0 and 6.0 do"),
    ],
)
def test_refusals_say_what_would_be_right(calc, words, why):
    result = calc("grade", *words)
    assert (result.code, result.out) == (2, "")
    assert why in result.err


def test_the_wards_short_name_finds_the_term(calc):
    words = ("--term=ALT increased", "--value=150 U/L", "--uln=40 U/L", "--baseline=30 U/L")
    found = asked(calc, *words)
    assert (found["name"], found["grade"]) == ("Alanine aminotransferase increased", 2)
