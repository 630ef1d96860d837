"""What each role may do: the table that a ward can read, and that no kind of record is forgotten."""

from pathlib import Path

import pytest
import tomli

from bedside.store.people_records import SecretTry
from bedside.store.people_tables import ROLES
from bedside.store.signature_records import MEANINGS
from bedside.store.tables import TABLES
from bedside.ward.people import LONGEST_NAME
from bedside.ward.people_acts import LONGEST_PERSON
from bedside.ward.roles import role_book

FILE = Path(__file__).parents[1] / "cases" / "roles.toml"
CASES = tomli.loads(FILE.read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["act"])
def test_who_may_do_what(case):
    book = role_book()
    assert case["source"]
    assert {*case["may"], *case["may_not"]} == set(ROLES)
    for role in case["may"]:
        assert book.may([role], case["act"]) and book.why_not([role], case["act"]) == ""
    for role in case["may_not"]:
        assert not book.may([role], case["act"])
        assert book.roles[role] in book.why_not([role], case["act"])


def test_every_act_and_role_is_in_the_table():
    assert {case["act"] for case in CASES} == set(role_book().acts)
    assert set(role_book().roles) == set(ROLES)


def test_every_kind_of_record_belongs_to_an_act():
    """A new kind of record that stands in no act could be written by nobody in a ward with people."""
    listed = {kind for act in role_book().acts.values() for kind in act.kinds}
    assert listed == {kind.__name__ for kind in TABLES} - {SecretTry.__name__}


def test_several_roles_may_what_any_of_them_may():
    book = role_book()
    assert book.may(["nurse", "administrator"], "people")
    assert book.titles(["administrator", "nurse"]) == "nurse and administrator"
    assert book.titles(["administrator", "nurse", "physician"]) == (
        "physician, nurse and administrator"
    )
    assert book.first_title(["administrator", "nurse"]) == "nurse"
    assert book.first_title([]) == "no role"


def test_why_not_says_who_may():
    book = role_book()
    assert book.why_not(["nurse"], "prescribe") == (
        "Not with the role nurse: to open, hold or delay a course, prescribe a dose and change it "
        "is for physician."
    )
    assert book.why_not([], "verify").startswith("Not with the role none:")
    assert "physician, pharmacist or nurse" in book.why_not_write(["coordinator"], "DoseRecord")
    assert book.why_not_write(["nurse"], "DoseRecord") == ""
    assert "missing in the file of roles" in book.why_not_write(["nurse"], "Surprise")


def test_who_signs_what_and_in_which_role():
    """The issue's chain: prescribed, verified, released, given; an administrator signs nothing."""
    book = role_book()
    may = {
        "prescribed": {"physician"},
        "verified": {"pharmacist"},
        "released": {"pharmacist"},
        "checked": {"nurse", "physician", "pharmacist"},
        "given": {"nurse", "physician", "pharmacist"},
        "not given": {"nurse", "physician", "pharmacist"},
    }
    assert set(may) == set(MEANINGS)
    for meaning, roles in may.items():
        assert {role for role in ROLES if book.signing_role([role], meaning)} == roles
        assert "administrator" in book.why_not_sign(["administrator"], meaning)
    assert book.signing_role(["pharmacist", "administrator"], "verified") == "pharmacist"
    assert book.why_not_sign(["nurse"], "prescribed") == (
        "Not with the role nurse: to sign “prescribed” is for physician."
    )


def test_who_may_strike_an_order_out_without_writing_one():
    """A nurse who corrects a weight ends the orders that rested on it; she prescribes none."""
    book = role_book()
    assert book.may_void(["nurse"], "DoseOrder") and not book.may_write(["nurse"], "DoseOrder")
    assert book.may_void(["pharmacist"], "DoseOrder")
    assert not book.may_void(["administrator"], "DoseOrder")
    assert not book.may_void(["nurse"], "Measurement")


def test_the_longest_name_and_role_are_still_a_name_on_a_record():
    longest = max(map(len, role_book().roles.values()))
    assert LONGEST_PERSON + 2 + longest <= LONGEST_NAME
