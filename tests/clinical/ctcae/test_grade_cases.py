"""Every worked case of CTCAE grading, read as a pharmacist wrote it."""

import tomllib
from itertools import product
from pathlib import Path

import pytest

from bedside.clinical.ctcae.catalogue import found_term
from bedside.clinical.ctcae.grading import gradable_terms, propose, questions
from bedside.clinical.ctcae.values import VERSIONS, Known, Proposal
from bedside.commands.grade import read_answers, read_lab

CASES = Path(__file__).parents[2] / "cases"
FILES = ("ctcae_counts.toml", "ctcae_chemistry.toml", "ctcae_bedside.toml")
BOOKS = {name: tomllib.loads((CASES / name).read_text(encoding="utf-8")) for name in FILES}
EDGES = [case for book in BOOKS.values() for case in book["edges"]]
OWN_LIMITS = [case for book in BOOKS.values() for case in book.get("own_limit", ())]
LIMITS = ("lln", "uln", "baseline")


def proposed(name: str, version: str, value: str, given: dict) -> Proposal:
    """Propose as the command line does, from typed words."""
    key = found_term(name, version).key
    answers = dict(said.split("=") for said in given.get("answers", ()))
    known = Known(
        *(read_lab(given[limit]) if limit in given else None for limit in LIMITS),
        read_answers(answers, questions(key, version)),
    )
    return propose(key, version, read_lab(value), known)


def terms_of(case: dict) -> list[str]:
    """The terms of a case: one, or several that are graded alike."""
    return [case["term"]] if isinstance(case["term"], str) else case["term"]


@pytest.mark.parametrize("case", EDGES, ids=lambda case: case["name"])
def test_edges(case):
    for term, version in product(terms_of(case), case["versions"]):
        for value, expected in case["values"].items():
            found = proposed(term, version, value, case["given"])
            where = f"{term}, {version}, {value}: {found.words} {found.rule}"
            if isinstance(expected, int):
                assert (found.grade, found.least, found.needs) == (expected, expected, ()), where
            else:
                assert found.grade is None, where
                assert expected in "; ".join(found.needs), where


@pytest.mark.parametrize("case", OWN_LIMITS, ids=lambda case: case["name"])
def test_against_the_own_limit(case):
    for version, (grade, *against) in case["expect"].items():
        found = proposed(case["term"], version, case["given"]["value"], case["given"])
        assert found.grade == grade
        assert found.against_age == (against[0] if against else None)
        assert ("own limit" in found.words) == bool(against)


def test_no_two_cases_share_a_name():
    names = [case["name"] for case in [*EDGES, *OWN_LIMITS]]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("version", VERSIONS)
def test_every_term_that_is_graded_by_a_number_has_cases(version):
    asked = {
        found_term(term, version).key
        for case in EDGES
        for term in terms_of(case)
        if version in case["versions"]
    }
    assert asked == set(gradable_terms(version))
