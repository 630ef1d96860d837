"""Infants whose names are taken for one another are marked, on a large ward as on a small one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.store.records import Infant
from bedside.ward import board_names
from bedside.ward.board_names import alike_families, alike_words
from bedside.ward.near_names import is_near, name_words
from bedside.ward.one_person import may_be_one

NAMES = (
    "Berg", "Bergh", "BERG", "Börg", "Berg-Larsen", "van Berg", "Vandam", "van Dam", "Van Dam",
    "Müller", "Mueller", "Muller", "Miller", "Olsen", "OIsen", "0lsen", "Olsson", "Ольсен", "Oльсен",
    "Nguyen", "Nguyễn", "Ng", "NG", "Li", "LI", "Lee", "O'Brien", "OBrien", "O Brien", "B.", "Chr.",
    "Christensen", "Kristensen", "Phillips", "Filips", "Smith", "Smyth", "Smit", "Garcia Lopez",
    "Lopez Garcia", "García López", "Garzia Lopes", "Lindgren-17", "Lindgren-18", "Lindgren", "李", "王",
    "123", "—", "Dr", "Al", "al Hansen", "Hansen", "Hanson", "E", "Eg",
)  # fmt: skip


def infant(at, family, bed=""):
    """An infant of a family, born on a day of her own."""
    return Infant(**{
        **dict.fromkeys(Infant.__struct_fields__),
        "id": at, "family": family, "given": f"Child {at}", "bed": bed,
        "born": date(2026, 1, 1 + at % 28), "sex": "F", "hospital_number": f"B {at}",
    })  # fmt: skip


def by_each_other(names):
    """The same, each name held against every other: slow, and what is meant."""

    def alike(one, other):
        letters = name_words(one) or name_words(other)
        return bool(letters) and (may_be_one(one, other) or is_near(one, other))

    return {one: [other for other in names if other != one and alike(one, other)] for one in names}


def test_no_name_is_missed_that_each_against_every_other_would_find():
    assert alike_families(NAMES) == by_each_other(NAMES)


@given(
    st.lists(
        st.lists(
            st.text("aeiobnshkcABNELI0l.'-éüßОА", min_size=1, max_size=6), min_size=1, max_size=3
        ).map(" ".join),
        max_size=14,
        unique=True,
    )
)
def test_nor_among_any_names(names):
    assert alike_families(names) == by_each_other(names)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Berg", "Bergh"),
        ("Müller", "Mueller"),  # one name, written in two ways: was not marked
        ("Olsen", "OIsen"),  # a capital I: was not marked
        ("van Dam", "Vandam"),
    ],
)
def test_names_that_are_mixed_up_are_marked_in_both_rows(one, other):
    said = alike_words((infant(1, one, "11"), infant(2, other), infant(3, "Okonjo")))
    assert said == {1: "name spelt alike: Child 2", 2: "name spelt alike: bed 11"}


def test_of_many_of_one_name_some_are_named_and_the_rest_counted():
    said = alike_words(tuple(infant(at, "Berg", str(at)) for at in range(1, 8)))
    assert said[1] == "same family name: bed 2, bed 3, bed 4, bed 5 and 2 more"


def test_of_a_thousand_names_few_are_held_against_each_other(monkeypatch):
    """Each against every other took a minute, in which the window stood still."""
    held = []
    monkeypatch.setattr(
        board_names, "may_be_one", lambda one, other: held.append(1) or may_be_one(one, other)
    )
    parts = ("bar", "del", "fog", "gun", "hak", "lim", "mor", "nes", "rad", "tov")
    names = [f"{a}{b}{c}en".title() for a in parts for b in parts for c in parts]
    assert len(alike_families(names)) == 1000
    assert 0 < len(held) < 60_000  # of a million
