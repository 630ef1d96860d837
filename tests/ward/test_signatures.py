"""Signatures: who may sign what, bound to one exact version, and void when that version is no more."""

from contextlib import suppress
from datetime import timedelta

import pytest

from bedside.store.queries import all_of
from bedside.store.records import Measurement
from bedside.store.signature_records import Signature
from bedside.units.refusal import Refused
from bedside.ward.people_guard import guard_store
from bedside.ward.signatures import (
    CHANGED,
    NO_ROLE,
    Signer,
    confirmed_signer,
    same_person,
    sign,
    signature_state,
    state_from,
    why_not_sign,
)
from bedside.ward.weighing import void_size
from tests.ward.peopled import BERG, KELLER, OKONJO, SECRETS, enter, peopled

NURSE = Signer(None, "E. Berg", "nurse")


@pytest.fixture
def infant(bench):
    bench.open_epi_1()
    return bench.infant


def weight(bench, infant):
    with bench.ward.store.reading() as connection:
        return [row for row in all_of(connection, Measurement) if row.infant_id == infant][-1]


def signed(bench, infant, row_id, meaning="given", signer=NURSE, who="E. Berg, nurse"):
    ward = bench.ward
    with ward.store.change(who, "signed", ward.now()) as change:
        return sign(
            ward,
            change,
            infant_id=infant,
            table_name="measurement",
            row_id=row_id,
            meaning=meaning,
            signer=signer,
        )


def test_a_signature_holds_for_the_version_that_was_signed(bench, infant):
    row = weight(bench, infant)
    assert not signature_state(bench.ward, "measurement", row.id).standing
    signed(bench, infant, row.id)
    state = signature_state(bench.ward, "measurement", row.id)
    assert state.standing and state.why == ""
    (one,) = state.of("given")
    assert (one.name, one.role, one.at) == ("E. Berg", "nurse", bench.ward.now())
    assert state.of("checked") == ()


def test_a_struck_out_record_carries_its_signature_no_more(bench, infant):
    row = weight(bench, infant)
    signed(bench, infant, row.id)
    void_size(bench.ward, row.id, "another infant's", who="E. Berg, nurse")
    state = signature_state(bench.ward, "measurement", row.id)
    assert not state.standing and state.why == CHANGED
    assert state.of("given") == ()
    with pytest.raises(Refused, match="nothing was signed"):
        signed(bench, infant, row.id, "checked")


class Undone(Exception):
    """Takes back what a test did to the file."""


def state_after(ward, table, sql, row_id):
    """The signatures on a record after the file was changed behind the program's back."""
    found = []
    with suppress(Undone), ward.store.change("nobody", "tampered", ward.now()) as change:
        run = change.connection.exec_driver_sql
        rules = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?"
        for (name,) in run(rules, (table,)).fetchall():
            run(f'DROP TRIGGER "{name}"')
        run(sql)
        found.append(state_from(ward, change.connection, "measurement", row_id))
        raise Undone
    return found[0]


@pytest.mark.file_only
def test_a_record_changed_outside_bedside_carries_no_signature(bench, infant):
    """The binding is to the content: one gram is enough, in the record or in the trail."""
    row = weight(bench, infant)
    signed(bench, infant, row.id)
    for table, change in (
        ("measurement", "UPDATE measurement SET weight_g = weight_g + 1"),
        ("audit", "UPDATE audit SET who = 'another' WHERE table_name = 'measurement'"),
        ("signature", "UPDATE signature SET audit_seq = 1"),
        ("signature", "UPDATE signature SET audit_seq = 999999"),
    ):
        state = state_after(bench.ward, table, change, row.id)
        assert state.why == CHANGED, change
        assert signature_state(bench.ward, "measurement", row.id).standing


def test_what_is_not_there_is_not_signed(bench, infant):
    with pytest.raises(Refused, match="no such record"):
        signed(bench, infant, 99_999)
    with pytest.raises(ValueError, match="no meaning"):
        signed(bench, infant, weight(bench, infant).id, "approved")
    with bench.ward.store.reading() as connection:
        assert all_of(connection, Signature) == []


def test_nobody_signs_the_same_twice_but_two_people_may(bench, infant):
    row = weight(bench, infant)
    signed(bench, infant, row.id, "checked")
    with pytest.raises(Refused, match="signed this already"):
        signed(bench, infant, row.id, "checked")
    signed(bench, infant, row.id, "checked", Signer(None, "A. Okonjo", "physician"))
    assert len(signature_state(bench.ward, "measurement", row.id).of("checked")) == 2


def test_a_typed_name_signs_in_a_ward_without_people(bench):
    ward = bench.ward
    signer = confirmed_signer(ward, "A. Okonjo, physician", "", ward.now())
    assert signer == Signer(None, "A. Okonjo", "physician")
    assert confirmed_signer(ward, "A. Okonjo", "", ward.now()).role == NO_ROLE
    with pytest.raises(Refused, match="type the name"):
        confirmed_signer(ward, 1, "", ward.now())
    with pytest.raises(Refused, match="Nobody is named"):
        confirmed_signer(ward, "  ", "", ward.now())


def test_a_typed_role_counts_as_what_it_says(bench, infant):
    assert "for physician" in why_not_sign(bench.ward, NURSE, "prescribed")
    assert why_not_sign(bench.ward, Signer(None, "Dr A. Okonjo", NO_ROLE), "prescribed") == ""
    assert why_not_sign(bench.ward, Signer(None, "A. Okonjo", "Consultant"), "prescribed") == ""
    for role in ("RN", "Staff nurse", "pharmacist"):
        said = why_not_sign(bench.ward, Signer(None, "E. Berg", role), "prescribed")
        assert "is for physician" in said
    for role in (NO_ROLE, "ward clerk"):
        for meaning in ("prescribed", "verified", "released", "checked", "given"):
            said = why_not_sign(bench.ward, Signer(None, "A. Okonjo", role), meaning)
            assert "names no role that is known here" in said
    with pytest.raises(Refused, match="sign “prescribed” is for physician"):
        signed(bench, infant, weight(bench, infant).id, "prescribed")


def test_one_person_however_she_is_named():
    okonjo = Signer(7, "Ada Okonjo", "physician")
    assert same_person(okonjo, Signer(7, "Ada Okonjo-Weiss", "physician"))
    assert same_person(okonjo, Signer(8, "ada  okonjo", "pharmacist"))
    assert not same_person(okonjo, Signer(8, "Mara Keller", "pharmacist"))
    assert not same_person(Signer(None, "M. Keller", ""), Signer(None, "E. Berg", ""))


def test_in_a_ward_with_people_the_secret_is_asked_and_the_role_is_hers(bench, infant):
    ward = bench.ward
    ids = peopled(ward)
    guard_store(ward)
    row = weight(bench, infant)
    who = enter(ward, KELLER)
    with pytest.raises(Refused, match="not the passphrase"):
        confirmed_signer(ward, ids[KELLER], "wrong words altogether now", ward.now())
    bench.clock.now += timedelta(minutes=2)
    with pytest.raises(Refused, match="own passphrase"):
        confirmed_signer(ward, "Mara Keller, pharmacist", "", ward.now())
    signer = confirmed_signer(ward, ids[KELLER], SECRETS[KELLER], ward.now())
    signed(bench, infant, row.id, "verified", signer, who)
    (one,) = signature_state(ward, "measurement", row.id).of("verified")
    assert (one.name, one.role, one.person_id) == (KELLER, "pharmacist", ids[KELLER])
    with pytest.raises(Refused, match="Not with the role pharmacist and administrator"):
        signed(bench, infant, row.id, "prescribed", signer, who)
    nurse = Signer(ids[BERG], BERG, "nurse")
    assert "for pharmacist" in why_not_sign(ward, nurse, "verified")
    assert why_not_sign(ward, Signer(ids[OKONJO], OKONJO, "physician"), "prescribed") == ""
