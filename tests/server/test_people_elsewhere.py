"""What another station changes of the people holds here with the next save."""

from datetime import timedelta

import pytest

from bedside.store.troubles import NotKnown, NotSaved
from bedside.units.quantities import BodyLength, BodyWeight
from bedside.units.refusal import Refused
from bedside.ward.forms import NewSize
from bedside.ward.people_acts import change_roles, end_account
from bedside.ward.people_secrets import reset_passphrase, set_pin
from bedside.ward.signing_in import confirm, unlock, wait_seconds
from bedside.ward.weighing import record_size
from tests.server.no_standby import no_standby
from tests.server.stations import ServerBench
from tests.ward.peopled import BERG, KELLER, OKONJO, SECRETS, cheap, enter, peopled
from tests.ward.wards import NURSE

PIN = "8305"


@pytest.fixture
def stations(postgres, ward, tmp_path):
    made = [ServerBench(tmp_path / name, postgres.url(ward)) for name in ("one", "other")]
    yield made
    for bench in made:
        bench.ward.store.close()


def weigh(bench, who):
    size = NewSize(BodyWeight(6200), BodyLength(620), bench.clock(), "typed a second time")
    return record_size(bench.ward, bench.infant, size, who=who)


def test_accounts_begun_changed_and_ended_on_another_station_hold_here(stations):
    one, other = stations
    one.site()
    one.enrol()
    with cheap():
        ids = peopled(other.ward)
    with pytest.raises(Refused, match="Nobody is signed in"):
        weigh(one, NURSE)
    nurse = enter(one.ward, BERG)
    who = enter(other.ward, KELLER)
    second = (ids[OKONJO], SECRETS[OKONJO])
    change_roles(other.ward, ids[BERG], ("coordinator",), who=who, second=second)
    assert one.ward.signed_in.roles == ("nurse",)
    with pytest.raises(Refused, match="coordinator"):
        weigh(one, nurse)
    change_roles(other.ward, ids[BERG], ("nurse",), who=who, second=second)
    weigh(one, nurse)
    end_account(other.ward, ids[BERG], "left the ward", who=who)
    one.clock.now += timedelta(minutes=1)
    with pytest.raises(Refused, match="has ended"):
        weigh(one, nurse)
    assert weigh(one, enter(one.ward, OKONJO)), "another person gets in where she was signed in"


def test_a_pin_used_up_at_another_station_is_said_and_counts_as_no_passphrase(stations):
    one, other = stations
    with cheap():
        ids = peopled(one.ward)
        who = enter(one.ward, BERG)
        set_pin(one.ward, SECRETS[BERG], (PIN, PIN), who=who)
    enter(other.ward, BERG)
    for wait in (1, 2, 4, 8, 0):
        with pytest.raises(Refused):
            unlock(other.ward, "9999", other.clock())
        other.clock.now += timedelta(seconds=wait)
    one.clock.now = other.clock.now
    with pytest.raises(Refused, match="only the passphrase"):
        unlock(one.ward, PIN, one.clock())
    with pytest.raises(Refused, match="only the passphrase"):
        confirm(one.ward, ids[BERG], PIN, one.clock())
    assert not wait_seconds(one.ward, ids[BERG], "passphrase", one.clock())
    unlock(one.ward, SECRETS[BERG], one.clock())
    unlock(other.ward, PIN, other.clock())


def wrong_tries(bench, waits):
    for wait in waits:
        with pytest.raises(Refused):
            unlock(bench.ward, "9999", bench.clock())
        bench.clock.now += timedelta(seconds=wait)


def test_tries_count_after_a_pin_that_was_set_where_the_clock_is_ahead(stations):
    one, other = stations
    one.clock.now += timedelta(minutes=3)
    with cheap():
        peopled(other.ward)
        enter(other.ward, BERG)
        who = enter(one.ward, BERG)
        set_pin(one.ward, SECRETS[BERG], (PIN, PIN), who=who)
    wrong_tries(other, (1, 2, 4, 8, 0))
    with pytest.raises(Refused, match="only the passphrase"):
        unlock(other.ward, PIN, other.clock())


def test_tries_before_a_new_passphrase_do_not_count_whatever_the_clock_said(stations):
    one, other = stations
    with cheap():
        ids = peopled(one.ward)
        other.clock.now += timedelta(minutes=3)
        for wait in (1, 2, 4):
            with pytest.raises(Refused):
                confirm(other.ward, ids[BERG], "not her passphrase", other.clock())
            other.clock.now += timedelta(seconds=wait)
        who, new = enter(one.ward, KELLER), "another walk along the dyke"
        second = {"second_id": ids[OKONJO], "second_secret": SECRETS[OKONJO]}
        reset_passphrase(one.ward, ids[BERG], (new, new), who=who, **second)
    assert not wait_seconds(other.ward, ids[BERG], "passphrase", other.clock())
    assert not wait_seconds(one.ward, ids[BERG], "passphrase", one.clock())


def test_a_pin_whose_count_the_server_does_not_finish_signs_nothing_and_says_so(
    stations, postgres, monkeypatch
):
    """It was told as perhaps recorded: she looked for a signature that was never begun."""
    one, other = stations
    with cheap():
        ids = peopled(one.ward)
    enter(one.ward, BERG)
    monkeypatch.setattr("bedside.store.server_turn.KEPT_MS", 200)
    monkeypatch.setattr("bedside.store.server_store.SETTLED_MS", 400)
    with no_standby(postgres), pytest.raises(NotSaved, match="was not recorded") as fault:
        confirm(one.ward, ids[BERG], SECRETS[BERG], one.ward.now())
    assert not isinstance(fault.value, NotKnown) and "Do it again" in fault.value.words
    assert confirm(one.ward, ids[BERG], SECRETS[BERG], one.ward.now()).id == ids[BERG]
    other.ward.store.verify_audit()
