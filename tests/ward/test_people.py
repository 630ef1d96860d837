"""The people of a ward: signing in, tries that are counted across restarts, who may record what."""

from datetime import timedelta

import pytest

from bedside.app import open_ward
from bedside.store.dlt_records import DltDecision
from bedside.store.people_records import PersonRole, PersonSecret, SecretTry, WardPerson
from bedside.store.queries import all_of
from bedside.store.records import Measurement, SiteSetting
from bedside.units.refusal import Refused
from bedside.ward.people import confirm_secret, has_people, people, sign_in
from bedside.ward.people_acts import (
    NewPerson,
    add_person,
    begin_people,
    change_roles,
    check_person,
    end_account,
    initials_of,
)
from bedside.ward.people_reading import found_by
from bedside.ward.people_secrets import change_passphrase, reset_passphrase, set_pin
from bedside.ward.signing_in import end_session, takes_pin, unlock, wait_seconds
from tests.ward.peopled import BERG, KELLER, OKONJO, SECRETS, cheap, enter, new, peopled, second_of
from tests.ward.wards import Bench

PIN = "8305"


@pytest.fixture
def ids(bench: Bench) -> dict[str, int]:
    return peopled(bench.ward)


def reasons(act, *typed, **more):
    with pytest.raises(Refused) as refused:
        act(*typed, **more)
    return " ".join(refused.value.reasons)


def rows(bench, kind, *, void=False):
    with bench.ward.store.reading() as connection:
        return all_of(connection, kind, include_void=void)


def reopened(bench):
    bench.ward.store.close()
    bench.ward = open_ward(bench.folder, bench.clock, create=False)
    return bench.ward


def later(bench, **time):
    bench.clock.now = bench.clock() + timedelta(**time)
    return bench.ward.now()


# ---- the first two


def test_a_ward_without_people_works_with_typed_names(bench):
    assert not has_people(bench.ward) and people(bench.ward) == ()
    bench.enrol()
    assert bench.weigh()


def test_the_first_two_are_two_and_one_is_administrator(bench):
    ward = bench.ward
    with cheap():
        assert "administrator" in reasons(begin_people, ward, new(BERG), new(OKONJO))
        assert "already" in reasons(begin_people, ward, new(KELLER), new(KELLER))
        same = NewPerson(BERG, "EB", ("nurse",), SECRETS[KELLER], SECRETS[KELLER])
        assert "two passphrases" in reasons(begin_people, ward, new(KELLER), same)
        assert not has_people(ward)
        first, second = begin_people(ward, new(KELLER), new(BERG))
        assert "already" in reasons(begin_people, ward, new(KELLER), new(BERG))
    assert (first.name, first.initials, first.roles) == (
        KELLER,
        "MK",
        ("pharmacist", "administrator"),
    )
    assert second.active and second.roles == ("nurse",)
    assert has_people(ward)


def test_a_demonstration_never_has_people(bench):
    bench.ward.demonstration = True
    assert "typed freely" in reasons(begin_people, bench.ward, new(KELLER), new(BERG))
    assert not has_people(bench.ward)


def test_a_person_needs_what_a_record_needs():
    wrong = NewPerson("Berg, RN", "E.B.!", ("boss",), "short", "shore")
    said = reasons(check_person, wrong)
    for words in ("without a comma", "Initials", "no role boss", "at least 15", "not the same"):
        assert words in said
    assert "at least one role" in reasons(check_person, NewPerson("", "", (), "x", "x"))
    assert "needs letters" in reasons(check_person, NewPerson("--", "X", ("nurse",), "x", "x"))
    assert "U+674E" in reasons(check_person, NewPerson("李", "X", ("nurse",), "x", "x"))
    assert "at most 36" in reasons(check_person, NewPerson("B" * 37, "X", ("nurse",), "x", "x"))
    assert "already: write more" in reasons(check_person, new(BERG), ("erika  BERG",))
    assert "may be one person" in reasons(check_person, new(BERG), ("Dr E. Berg",))
    assert initials_of("Mara van der Keller-Ost") == "MVDK" and initials_of(" 7 ") == ""


# ---- signing in


def test_a_session_begins_with_the_passphrase_and_ends(bench, ids):
    person = sign_in(bench.ward, ids[BERG], SECRETS[BERG], bench.ward.now())
    assert person.name == BERG and bench.ward.signed_in.who == "Erika Berg, nurse"
    end_session(bench.ward, bench.ward.now())
    assert bench.ward.signed_in is None
    end_session(bench.ward, bench.ward.now())
    purposes = [row.purpose for row in rows(bench, SecretTry)]
    assert purposes == [
        "sign in",
        "confirm",
        "sign in",
        "sign out",
    ]  # "confirm": a person was added


def test_a_wrong_passphrase_waits_longer_each_time_also_after_a_restart(bench, ids):
    berg, waits = ids[BERG], []
    for _ in range(8):
        assert "not the passphrase" in reasons(
            sign_in, bench.ward, berg, "a wrong guess at it", bench.ward.now()
        )
        reopened(bench)
        waits.append(wait_seconds(bench.ward, berg, "passphrase", bench.ward.now()))
        said = reasons(sign_in, bench.ward, berg, SECRETS[BERG], bench.ward.now())
        assert said.startswith(f"Wait {waits[-1]} s")
        later(bench, seconds=waits[-1])
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]
    sign_in(bench.ward, berg, SECRETS[BERG], bench.ward.now())
    assert wait_seconds(bench.ward, berg, "passphrase", bench.ward.now()) == 0
    assert wait_seconds(bench.ward, ids[KELLER], "passphrase", bench.ward.now()) == 0


def test_a_clock_put_back_locks_nobody_out(bench, ids):
    reasons(sign_in, bench.ward, ids[BERG], "a wrong guess at it", bench.ward.now())
    later(bench, hours=-1)
    assert sign_in(bench.ward, ids[BERG], SECRETS[BERG], bench.ward.now()).name == BERG


def test_nothing_typed_is_no_try(bench, ids):
    assert "Type the passphrase" in reasons(sign_in, bench.ward, ids[BERG], "", bench.ward.now())
    assert len(rows(bench, SecretTry)) == 2, "those with which the third was added"


def test_nobody_unknown_or_without_a_secret_signs_in(bench, ids):
    assert "no such person" in reasons(sign_in, bench.ward, 99, "x", bench.ward.now())
    who = enter(bench.ward, KELLER)
    end_account(bench.ward, ids[BERG], "moved to another ward", who=who)
    assert "has ended" in reasons(sign_in, bench.ward, ids[BERG], SECRETS[BERG], bench.ward.now())
    assert "Nobody is signed in" in reasons(_signed_out_unlock, bench)


def _signed_out_unlock(bench):
    bench.ward.signed_in = None
    unlock(bench.ward, PIN, bench.ward.now())


# ---- the PIN


@pytest.fixture
def berg(bench, ids):
    """E. Berg is signed in and has a PIN."""
    who = enter(bench.ward, BERG)
    set_pin(bench.ward, SECRETS[BERG], (PIN, PIN), who=who)
    return ids[BERG]


def test_a_pin_opens_a_running_session_only(bench, berg, ids):
    ward = bench.ward
    assert unlock(ward, PIN, ward.now()).id == berg
    assert unlock(ward, SECRETS[BERG], ward.now()).id == berg
    assert "not the passphrase" in reasons(sign_in, ward, berg, PIN, ward.now())
    later(bench, seconds=1)
    reopened(bench)
    assert "Nobody is signed in" in reasons(unlock, bench.ward, PIN, bench.ward.now())
    assert "not the passphrase" in reasons(
        confirm_secret, bench.ward, berg, PIN, bench.ward.now()
    ), "a PIN is worth nothing where no session of hers runs"


def test_five_wrong_pins_then_only_the_passphrase_counted_across_restarts(bench, berg):
    waits = []
    for left in (4, 3, 2, 1):
        said = reasons(unlock, bench.ward, "9999", bench.ward.now())
        assert f"{left} tr" in said
        session = bench.ward.signed_in
        reopened(bench).signed_in = session
        waits.append(wait_seconds(bench.ward, berg, "pin", bench.ward.now()))
        assert "Wait" in reasons(unlock, bench.ward, PIN, bench.ward.now())
        later(bench, seconds=waits[-1])
    assert waits == [1, 2, 4, 8]
    assert "only the passphrase" in reasons(unlock, bench.ward, "9999", bench.ward.now())
    session = bench.ward.signed_in
    reopened(bench).signed_in = session
    later(bench, hours=1)
    assert not takes_pin(bench.ward, berg)
    assert "only the passphrase" in reasons(unlock, bench.ward, PIN, bench.ward.now())
    assert wait_seconds(bench.ward, berg, "passphrase", bench.ward.now()) == 0, "none was tried"
    unlock(bench.ward, SECRETS[BERG], bench.ward.now())
    assert takes_pin(bench.ward, berg) and unlock(bench.ward, PIN, bench.ward.now()).id == berg


def test_a_new_pin_needs_the_passphrase_and_begins_to_count_anew(bench, berg):
    who = bench.ward.signed_in.who
    reasons(unlock, bench.ward, "9999", bench.ward.now())
    later(bench, seconds=1)
    assert "not the passphrase" in reasons(
        set_pin, bench.ward, "something else altogether", ("70413", "70413"), who=who
    )
    later(bench, seconds=1)
    assert "tried first" in reasons(set_pin, bench.ward, SECRETS[BERG], ("1234", "1234"), who=who)
    set_pin(bench.ward, SECRETS[BERG], ("70413", "70413"), who=who)
    assert unlock(bench.ward, "70413", bench.ward.now()).id == berg
    assert "not the PIN" in reasons(unlock, bench.ward, PIN, bench.ward.now())
    kept = [row for row in rows(bench, PersonSecret, void=True) if row.kind == "pin"]
    assert [row.voided_at is None for row in kept] == [False, True]


def test_a_second_person_shows_the_passphrase_beside_a_running_session(bench, berg, ids):
    ward = bench.ward
    assert confirm_secret(ward, ids[KELLER], SECRETS[KELLER], ward.now()).name == KELLER
    assert confirm_secret(ward, berg, PIN, ward.now()).name == BERG
    assert ward.signed_in.person_id == berg, "confirming signs nobody in"


# ---- secrets


def test_a_passphrase_is_changed_by_oneself(bench, berg):
    who, typed = bench.ward.signed_in.who, ("a new song for the shift",) * 2
    assert "not the passphrase" in reasons(
        change_passphrase, bench.ward, "a wrong guess at it", typed, who=who
    )
    later(bench, seconds=1)
    change_passphrase(bench.ward, SECRETS[BERG], typed, who=who)
    assert unlock(bench.ward, typed[0], bench.ward.now()).id == berg
    bench.ward.signed_in = None
    assert "Nobody" in reasons(change_passphrase, bench.ward, typed[0], typed, who=who)


def test_a_forgotten_passphrase_takes_an_administrator_and_a_second_person(bench, berg, ids):
    ward, typed = bench.ward, ("a new song for the shift",) * 2
    who = enter(ward, KELLER)

    def reset(second, secret, **more):
        reset_passphrase(
            ward, ids[BERG], typed, second_id=ids[second], second_secret=secret, who=who, **more
        )

    assert "another than the administrator" in reasons(reset, KELLER, SECRETS[KELLER])
    assert "another than the one who has forgotten" in reasons(reset, BERG, typed[0])
    assert "not the passphrase" in reasons(reset, OKONJO, "a wrong guess at it")
    later(bench, seconds=1)
    reset(OKONJO, SECRETS[OKONJO])
    assert not takes_pin(ward, ids[BERG]), "the PIN has ended with the passphrase"
    assert sign_in(ward, ids[BERG], typed[0], ward.now()).name == BERG
    nurse = ward.signed_in.who
    assert "is for administrator" in reasons(
        reset_passphrase,
        ward,
        ids[OKONJO],
        typed,
        second_id=ids[KELLER],
        second_secret=SECRETS[KELLER],
        who=nurse,
    )


def test_no_secret_is_readable_in_the_wards_file(bench, berg):
    """What is typed is in no column, no audit row, no page of the file."""
    bench.ward.store.close()
    for file in bench.folder.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            assert not any(secret.encode() in content for secret in SECRETS.values()), file
    bench.ward = open_ward(bench.folder, bench.clock, create=False)


# ---- who is there


def test_adding_people_and_changing_roles_take_a_second_person(bench, ids):
    ward = bench.ward
    who = enter(ward, KELLER)
    herself = (ids[KELLER], SECRETS[KELLER])
    for act, what in ((add_person, new("Cora Lind", "nurse")), (change_roles, ids[BERG])):
        more = (what,) if act is add_person else (what, ("nurse", "physician"))
        assert "another than" in reasons(act, ward, *more, who=who, second=herself)
        wrong = (ids[OKONJO], "not hers at all")
        assert "not the passphrase" in reasons(act, ward, *more, who=who, second=wrong)
        bench.clock.now += timedelta(seconds=30)
    assert {one.name: one.roles for one in people(ward)}[BERG] == ("nurse",)
    add_person(ward, new("Cora Lind", "nurse"), who=who, second=(ids[OKONJO], SECRETS[OKONJO]))
    with ward.store.reading() as connection:
        acts = connection.exec_driver_sql("SELECT act FROM audit ORDER BY seq").fetchall()
    assert (f"added Cora Lind, with {OKONJO}",) in {tuple(row) for row in acts}


def test_nobody_is_deleted_and_the_last_administrator_stays(bench, ids):
    ward = bench.ward
    who = enter(ward, KELLER)
    assert "only administrator" in reasons(
        change_roles, ward, ids[KELLER], ("pharmacist",), who=who, second=second_of(ward)
    )
    assert "signed in with" in reasons(end_account, ward, ids[KELLER], "gone", who=who)
    nurse = (ids[BERG], SECRETS[BERG])
    change_roles(ward, ids[OKONJO], ("physician", "administrator"), who=who, second=nurse)
    change_roles(ward, ids[KELLER], ("pharmacist",), who=who, second=second_of(ward))
    assert ward.signed_in.roles == ("pharmacist",), "the new roles hold at once"
    assert "is for administrator" in reasons(end_account, ward, ids[BERG], "gone", who=who)
    who = enter(ward, OKONJO)
    assert "needs its reason" in reasons(end_account, ward, ids[BERG], " ", who=who)
    end_account(ward, ids[BERG], "moved to another ward", who=who)
    assert "only administrator" in reasons(_without_session, ward, ids[OKONJO], who)
    assert [person.name for person in people(ward)] == [OKONJO, KELLER]
    everybody = people(ward, ended=True)
    assert [(one.name, one.active) for one in everybody][-1] == (BERG, False)
    assert len(rows(bench, WardPerson, void=True)) == 3
    assert all(row.voided_at for row in rows(bench, PersonRole, void=True) if row.person_id == 2)
    again = add_person(ward, new(BERG), who=who, second=second_of(ward))
    assert again not in ids.values(), "somebody who comes back has a new account"


def _without_session(ward, person_id, who):
    """What another administrator's session would do."""
    from msgspec.structs import replace

    end_account(replace(ward, signed_in=None), person_id, "gone", who=who)


def test_roles_are_of_the_book(bench, ids):
    who = enter(bench.ward, KELLER)
    by = {"who": who, "second": second_of(bench.ward)}
    assert "at least one role" in reasons(change_roles, bench.ward, ids[BERG], (), **by)
    assert "no role boss" in reasons(change_roles, bench.ward, ids[BERG], ("boss",), **by)


def test_somebody_is_found_by_the_first_letters(bench, ids):
    everybody = people(bench.ward)
    for typed, names in {
        "": [OKONJO, BERG, KELLER],
        "er": [BERG],
        "BER": [BERG],
        "mk": [KELLER],
        " okon": [OKONJO],
        "x": [],
        "rika": [],
    }.items():
        assert [person.name for person in found_by(everybody, typed)] == names, typed


# ---- who records


def test_nothing_is_recorded_under_another_name_than_the_signed_in(bench, ids):
    assert "Nobody is signed in" in reasons(bench.enrol)
    enter(bench.ward, BERG)
    assert "Erika Berg, nurse is signed in, not Test Physician" in reasons(bench.enrol)
    assert rows(bench, Measurement) == []


def test_a_role_may_only_do_what_is_its_own(bench, ids, monkeypatch):
    monkeypatch.setattr("tests.ward.wards.DOCTOR", enter(bench.ward, BERG))
    bench.enrol()
    monkeypatch.setattr("tests.ward.wards.NURSE", bench.ward.signed_in.who)
    bench.weigh()
    said = reasons(bench.site)
    assert "is for physician, pharmacist or administrator" in said
    assert rows(bench, SiteSetting) == []
    monkeypatch.setattr("tests.ward.wards.NURSE", enter(bench.ward, KELLER))
    later(bench, minutes=5)
    bench.weigh(grams=6300)
    coordinator = NewPerson(
        "Cora Lind", "CL", ("coordinator",), *(("a third passphrase here",) * 2)
    )
    added = add_person(
        bench.ward, coordinator, who=bench.ward.signed_in.who, second=second_of(bench.ward)
    )
    sign_in(bench.ward, added, "a third passphrase here", bench.ward.now())
    who = bench.ward.signed_in.who
    with (
        pytest.raises(Refused, match="is for physician"),
        bench.ward.store.change(who, "decided", bench.ward.now()) as change,
    ):
        change.add(DltDecision)


def test_the_guard_is_there_after_a_restart(bench, ids):
    reopened(bench)
    assert "Nobody is signed in" in reasons(bench.enrol)
    bench.ward.store.verify_audit()
