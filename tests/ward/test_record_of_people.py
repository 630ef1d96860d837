"""The ward's record of people: whose sign-in, whose PIN, whose role, by name."""

import pytest

from bedside.units.refusal import Refused
from bedside.ward.audit_reader import chosen, record_of_ward
from bedside.ward.people import sign_in
from tests.ward.peopled import BERG, KELLER, enter, peopled
from tests.ward.wards import Bench


def test_a_wrong_passphrase_stands_under_the_name_it_was_tried_for(bench: Bench) -> None:
    """At the lock nobody is signed in: Bedside records, but the record answers whose it was."""
    numbers = peopled(bench.ward)
    with pytest.raises(Refused):
        sign_in(bench.ward, numbers[BERG], "not hers at all", bench.ward.now())
    enter(bench.ward, KELLER)
    view = record_of_ward(bench.ward)
    hers = chosen(view, who=BERG, kind="Sign-in")
    tries = [line for line in hers if dict(line.fields)["Typed to"] == "sign in"]
    assert [dict(line.fields)["It was"] for line in tries] == ["wrong"]
    assert tries[0].summary.startswith(f"Person {BERG}; ") and BERG in view.people
    assert list(chosen(view, who=BERG, text="wrong", kind="Sign-in")) == tries


def test_a_role_and_a_secret_name_their_person_and_keep_who_gave_them(bench: Bench) -> None:
    peopled(bench.ward)
    enter(bench.ward, KELLER)
    roles = chosen(record_of_ward(bench.ward), kind="Role of a person", text="physician")
    assert [dict(line.fields)["Person"] for line in roles] == ["Ada Okonjo"]
    assert roles[0].who.startswith(KELLER)
