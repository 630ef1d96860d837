"""What another station changes of the people holds here with the next save."""

from datetime import timedelta

import pytest

from bedside.units.quantities import BodyLength, BodyWeight
from bedside.units.refusal import Refused
from bedside.ward.forms import NewSize
from bedside.ward.people_acts import change_roles, end_account
from bedside.ward.weighing import record_size
from tests.server.stations import ServerBench
from tests.ward.peopled import BERG, KELLER, OKONJO, SECRETS, cheap, enter, peopled
from tests.ward.wards import NURSE


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
