"""The ward's terms: found by any name, with criteria of our own; and what grading refuses."""

import re
from decimal import Decimal

import pytest

from bedside.clinical.ctcae import catalogue
from bedside.clinical.ctcae.conditions import Facts, columns_of, read_condition
from bedside.clinical.ctcae.grading import gradable_terms, propose, questions
from bedside.clinical.ctcae.rule_book import read_book, rule_book
from bedside.clinical.ctcae.values import VERSIONS, Known, Lab
from bedside.places import place
from bedside.units.refusal import Refused


def test_about_ninety_terms_each_with_a_name_a_group_and_criteria():
    every = catalogue.every_term()
    assert len(every) == 90
    assert len({term.key for term in every}) == 90
    for term in every:
        assert term.group and set(term.names) <= set(VERSIONS)
        for version in term.names:
            criteria = catalogue.criteria_of(term.key, version)
            assert criteria, (term.key, version)
            assert list(criteria) == sorted(criteria)
            assert all(len(words) <= 250 for words in criteria.values()), criteria


def test_terms_of_a_version_stand_in_the_order_of_the_alphabet():
    assert [len(catalogue.terms(version)) for version in VERSIONS] == [84, 90, 90]
    names = [term.names["6.0"] for term in catalogue.terms("6.0")]
    assert names == sorted(names, key=str.casefold)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    "name",
    [
        "Platelet count decreased",
        "thrombocytopenia",
        "THROMBOCYTOPENIA",
        "platelet-count-decreased",
    ],
)
def test_a_term_is_found_by_its_name_in_any_version_and_by_its_key(name, version):
    assert catalogue.term_named(name, version).key == "platelet-count-decreased"


def test_british_spelling_finds_the_american_name():
    for name in ("Anaemia", "Hyponatraemia", "Diarrhoea", "Leucocytosis"):
        assert catalogue.term_named(name, "5.0") is not None


def test_a_term_that_a_version_lacks_is_not_found_there():
    assert catalogue.term_named("Bacteremia", "4.03") is None
    with pytest.raises(Refused, match=r"CTCAE 4\.03 has no term “bacteremia”: 5\.0 and 6\.0 do"):
        catalogue.found_term("bacteremia", "4.03")
    with pytest.raises(Refused, match="no term"):
        catalogue.criteria_of("bacteremia", "4.03")


def test_a_mistyped_name_is_refused_with_names_near_to_it():
    with pytest.raises(Refused, match="near to it: Neutrophil count decreased"):
        catalogue.found_term("Neutrophil cuont decreased", "5.0")
    with pytest.raises(Refused, match="near to it: Lipase increased"):
        catalogue.found_term("lipase", "5.0")
    with pytest.raises(Refused, match="look the name up"):
        catalogue.found_term("xyzzy", "5.0")
    assert catalogue.near_names("bacteremi", "4.03") == ()


def test_search_takes_parts_of_words_and_names_of_other_versions():
    keys = [term.key for term in catalogue.search("neuro motor", "5.0")]
    assert keys == ["peripheral-motor-neuropathy"]
    assert [term.key for term in catalogue.search("thrombocyto", "4.03")] == [
        "platelet-count-decreased"
    ]
    assert catalogue.search("pain", "5.0")[0].key == "pain"
    assert catalogue.search("  ", "5.0") == catalogue.terms("5.0")


def test_criteria_differ_where_the_versions_do():
    assert "3 to 5 times" in catalogue.criteria_of("vomiting", "4.03")[2]
    assert "3 to 5 times" not in catalogue.criteria_of("vomiting", "5.0")[2]
    assert list(catalogue.criteria_of("tumor-lysis-syndrome", "5.0")) == [3, 4, 5]
    assert list(catalogue.criteria_of("tumor-lysis-syndrome", "6.0")) == [1, 2, 3, 4, 5]
    assert list(catalogue.criteria_of("hypertension", "6.0")) == [2, 3, 4, 5]
    assert catalogue.criteria_of("neutrophil-count-decreased", "6.0")[4] == "< 0.1 10^9/L"
    assert catalogue.criteria_of("hyperglycemia", "4.03").get(5)
    assert 5 not in catalogue.criteria_of("hyperglycemia", "6.0")


def test_blood_counts_and_nothing_else_are_haematological():
    keys = {term.key for term in catalogue.every_term() if term.haematological}
    assert keys == {
        "anemia",
        "leukocytosis",
        "lymphocyte-count-decreased",
        "neutrophil-count-decreased",
        "platelet-count-decreased",
        "white-blood-cell-decreased",
    }


# The turns of phrase by which the official text is known at once: none may stand in our file.
OFFICIAL = (
    "intervention indicated",
    "life-threatening consequences",
    "instrumental adl",
    "self care adl",
    "self-care adl",
    "hospitalization",
    "not immediately life-threatening",
    "clinical or diagnostic observations",
    "antibiotic, antifungal",
    "age-appropriate",
    "responds promptly",
    "urgent intervention",
)


def test_criteria_are_in_our_own_words():
    text = place("resources", "ctcae", "terms.toml").read_text(encoding="utf-8").casefold()
    assert [phrase for phrase in OFFICIAL if phrase in text] == []
    assert not re.search(r"meddra", text)


# ---- what is refused --------------------------------------------------------------------------


def refused(term: str, version: str, value: str, unit: str, comparator: str = "", **known) -> str:
    with pytest.raises(Refused) as refusal:
        propose(term, version, Lab(Decimal(value), unit, comparator), Known(**known))
    return str(refusal.value)


def test_what_cannot_be_graded_is_refused_with_what_would_be_right():
    assert "g/L or g/dL or mmol/L" in refused("anemia", "5.0", "90", "kg")
    assert "A number without a unit" in refused("anemia", "5.0", "90", "")
    assert "no unit" in refused("inr-increased", "5.0", "1.5", "mg")
    assert "4.03, 5.0, 6.0" in refused("anemia", "3.0", "90", "g/L")
    assert "a person grades it" in refused("diarrhea", "5.0", "3", "/d")
    assert "no term" in refused("bacteremia", "4.03", "3", "/d")
    assert "no comparator" in refused("anemia", "5.0", "90", "g/L", "~")
    assert "zero or more" in refused("anemia", "5.0", "-1", "g/L")
    assert "zero or more" in refused("anemia", "5.0", "NaN", "g/L")
    limit = Lab(Decimal(105), "kPa")
    assert "limit or baseline" in refused("anemia", "5.0", "90", "g/L", lln=limit)


def test_a_limit_in_another_unit_is_turned_into_the_printed_column():
    limit = Lab(Decimal("6.206"), "mmol/L")  # 10.0 g/dL by 0.6206 mmol/L per g/dL
    low = propose("anemia", "5.0", Lab(Decimal("99.9"), "g/L"), Known(lln=limit))
    assert (low.grade, low.against_age) == (2, None)
    at = propose("anemia", "5.0", Lab(Decimal("10.0"), "g/dL"), Known(lln=limit))
    assert (at.grade, at.against_age) == (0, None)
    back = propose(
        "anemia", "5.0", Lab(Decimal("6.2"), "mmol/L"), Known(lln=Lab(Decimal(105), "g/L"))
    )
    assert back.grade == 1


def test_a_limit_given_as_a_bound_is_not_known():
    bound = Known(lln=Lab(Decimal(2), "10^9/L", "<"))
    found = propose("neutrophil-count-decreased", "5.0", Lab(Decimal("1.7"), "10^9/L"), bound)
    assert found.grade is None and found.needs == ("the lower limit of normal (LLN)",)


def test_questions_are_told_with_their_words():
    assert "corrected" in questions("hypocalcemia", "5.0")
    assert questions("neutrophil-count-decreased", "5.0") == {}
    assert set(gradable_terms("4.03")) - set(gradable_terms("5.0")) == set()


# ---- a rule file that does not fit ------------------------------------------------------------

SAID = {"symptoms": "there are symptoms"}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("< 0.5 g/L and", "ends too early"),
        ("< 0.5 g/L symptoms", "left over"),
        ("(< 0.5 g/L", "bracket"),
        ("< half g/L", "no number"),
        ("BASE > 3 XLN", "no limit"),
        ("BASE is high", "compares nothing"),
        ("fall of 25 %", "a fall is written"),
        ("feeling", "no question"),
        ("said feeling", "no question"),
        ("< 0.5 mg/dL", "prints nothing in g/L"),
    ],
)
def test_a_condition_that_does_not_fit_is_said_so(text, why):
    with pytest.raises(ValueError, match=why):
        read_condition(text, "g/L", SAID)


def test_columns_are_the_units_that_a_condition_prints():
    assert columns_of("< 0.5 g/L | 50 mg/dL or > 3 ULN or fall >= 25 %") == ("g/L", "mg/dL")
    assert columns_of("symptoms") == ()


def test_no_is_an_answer_too():
    without = read_condition("no symptoms", "g/L", SAID)
    assert without.words == "not: there are symptoms"
    assert (without.asks, without.missing(None)) == (("symptoms",), ("symptoms",))
    assert without.judge(Facts(Decimal(1), "", {}, {"symptoms": False})) is True
    assert without.judge(Facts(Decimal(1), "", {}, {})) is None


def test_what_is_only_said_is_never_missing():
    said = read_condition("said symptoms", "g/L", SAID)
    assert said.missing(None) == ()


def test_a_rule_file_that_does_not_fit_names_the_rule(tmp_path):
    for name in ("units.toml", "bedside.toml"):
        text = place("resources", "ctcae", name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "laboratory.toml").write_text(
        '[question]\n[[rule]]\nterm = "anemia"\nanalyte = "haemoglobin"\nquantity = "protein"\n'
        'within = "LLN"\nversions = ["5.0"]\n1 = "< LNL"\n',
        encoding="utf-8",
    )
    with pytest.raises(
        ValueError, match=r"laboratory\.toml: the rule of anemia: 'LNL' is no number"
    ):
        read_book(tmp_path)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Febrile neutropenia", "FEBRILE NEUTROPENIA", True),
        ("Diarrhea", "Diarrhoea", True),
        ("Anemia", "Anaemia", True),
        ("Anemia", "Anal pain", False),
    ],
)
def test_a_name_is_the_same_in_british_and_american_spelling(one: str, other: str, same: bool):
    assert catalogue.same_name(one, other) is catalogue.same_name(other, one) is same


def test_which_terms_are_graded_by_a_number_is_what_the_laboratory_rules_say():
    by_rule = {key for key, _ in rule_book().rules}
    measured = {term.key for term in catalogue.every_term() if term.laboratory}
    assert measured == by_rule
    assert "platelet-count-decreased" in measured and len(measured) < len(catalogue.every_term())
