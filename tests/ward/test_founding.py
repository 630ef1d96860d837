"""Making a new ward: its name, its passphrase, two people; all of it or nothing."""

import pytest
from msgspec.structs import replace

from bedside.app import assemble
from bedside.store.opening import open_store
from bedside.units.refusal import Refused
from bedside.ward.founding import NewWard, found_ward
from bedside.ward.people import people
from bedside.ward.site_overview import site_lines
from tests.ward.peopled import BERG, KELLER, SECRETS, cheap, new
from tests.ward.wards import Bench

WORDS = "heron lamp ferry bread snow"
FORM = NewWard("North Quay", "Ward 4", WORDS, WORDS, new(KELLER), new(BERG))


@pytest.fixture
def made(tmp_path, bench: Bench):
    """Makes wards, and keeps with which passphrase each was made."""
    kept = []

    def make(passphrase):
        store = open_store(tmp_path / f"new-{len(kept)}", now=bench.clock(), create=True)
        kept.append((assemble(store, bench.clock), passphrase))
        return kept[-1][0], "7K3QD-91MXT"

    make.kept = kept
    yield make
    for ward, _ in kept:
        ward.store.close()


def test_a_ward_has_its_name_and_two_people(made):
    with cheap():
        ward, code = found_ward(FORM, made, encrypted=True)
    assert code == "7K3QD-91MXT" and made.kept[0][1] == WORDS
    assert ward.site_title[0] == "Ward 4" and ward.site.site_name == "North Quay"
    assert [one.name for one in people(ward)] == [BERG, KELLER]
    assert ward.signed_in is None, "both sign in like anybody"
    ward.store.verify_audit()


def test_who_founds_a_ward_has_entered_its_names_and_nothing_else(made):
    """A limit that nobody of the site typed or saw is not said to be entered by the founder."""
    with cheap():
        ward, _ = found_ward(FORM, made, encrypted=True)
    entered = {line.name: (line.value, line.by.split(",")[0]) for line in site_lines(ward)}
    assert {name for name, (_, by) in entered.items() if by == KELLER} == {"Hospital", "Ward"}
    assert entered["Oldest weight for a dose"] == ("7 days", "nobody: as shipped")
    assert entered["Decimal mark"][1] == "nobody: as shipped"
    assert entered["Kind of centre"] == ("not entered", "")


def test_a_decimal_mark_that_was_chosen_is_the_founders_own(made):
    with cheap():
        ward, _ = found_ward(replace(FORM, decimal_mark=","), made, encrypted=True)
    assert ward.decimal_mark == "," and "decimal_mark" in ward.site.entered


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"ward_name": " "}, "needs a name"),
        ({"ward_name": "W" * 61}, "at most 60"),
        ({"passphrase": "four words are few"}, "at least 5 words"),
        ({"second": new(KELLER)}, "already"),
        ({"first": replace(new(KELLER), roles=("nurse",))}, "administrator"),
        ({"second": replace(new(BERG), passphrase=SECRETS[KELLER], again=SECRETS[KELLER])},
         "two passphrases"),
        ({"second": replace(new(BERG), passphrase=WORDS.upper(), again=WORDS.upper())},
         "the ward's passphrase"),
        ({"first": replace(new(KELLER), passphrase=WORDS, again=WORDS)}, "the ward's passphrase"),
    ],
)  # fmt: skip
def test_what_will_not_do_is_refused_and_nothing_is_made(made, change, why):
    with pytest.raises(Refused) as refused:
        found_ward(replace(FORM, **change), made, encrypted=True)
    assert why in " ".join(refused.value.reasons)
    assert made.kept == []


def test_a_plain_ward_asks_for_no_passphrase(made):
    with cheap():
        ward, _ = found_ward(replace(FORM, passphrase="", again=""), made, encrypted=False)
    assert len(people(ward)) == 2
