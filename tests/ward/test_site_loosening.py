"""H13: what lets more through than before needs a second person; what is stricter does not."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from bedside.units.refusal import Refused
from bedside.ward.site import save_site, site_form
from bedside.ward.site_loosening import loosened
from tests.ward.peopled import BERG, KELLER, OKONJO, SECRETS, enter, peopled
from tests.ward.wards import Bench

TIGHT = {"kind": "shared-care", "weight_age_days": 3, "count_age_hours": 24, "check_hours": 2}


@pytest.fixture
def bench(tmp_path):
    made = Bench(tmp_path / "ward")
    yield made
    made.ward.store.close()


@pytest.fixture
def ids(bench):
    """Its people, with the pharmacist who is administrator signed in."""
    found = peopled(bench.ward)
    enter(bench.ward, KELLER)
    return found


def save(ward, second=None, **changes):
    who = ward.signed_in.who
    save_site(ward, replace(site_form(ward), **changes), who=who, second=second)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kind": "tertiary"}, "becomes a tertiary centre"),
        ({"weight_age_days": 8}, "8 days old, not 7"),
        ({"count_age_hours": 49}, "49 hours old, not 48"),
        ({"bsa_formula": "haycock"}, "worked out by haycock"),
    ],
)
def test_each_looser_setting_waits_for_a_second_person(bench, ids, change, words):
    before = site_form(bench.ward)
    with pytest.raises(Refused, match=words) as refused:
        save(bench.ward, **change)
    assert "The settings before hold." in refused.value.reasons
    assert site_form(bench.ward) == before
    save(bench.ward, (ids[OKONJO], SECRETS[OKONJO]), **change)
    assert site_form(bench.ward) == replace(before, **change)
    with bench.ward.store.reading() as connection:
        act = connection.exec_driver_sql("SELECT act FROM audit ORDER BY seq DESC").fetchone()[0]
    assert f"confirmed by {OKONJO}, physician" in act and words in act


def test_a_stricter_setting_takes_one_person(bench, ids):
    save(bench.ward, **TIGHT)
    assert site_form(bench.ward).weight_age_days == 3
    assert loosened(bench.ward.site, site_form(bench.ward)) == ()


def test_a_second_check_that_holds_longer_is_looser(bench, ids):
    save(bench.ward, **TIGHT)
    for hours in (3, 0):  # 0 is until the end of its own day
        with pytest.raises(Refused, match="a matched second check holds"):
            save(bench.ward, check_hours=hours)


def test_the_second_person_is_another_who_may(bench, ids):
    def tertiary(name, secret):
        save(bench.ward, (ids[name], secret), kind="tertiary")

    with pytest.raises(Refused, match="another than the one who is signed in"):
        tertiary(KELLER, SECRETS[KELLER])
    with pytest.raises(Refused, match="is for physician"):
        tertiary(BERG, SECRETS[BERG])
    with pytest.raises(Refused, match="not the passphrase"):
        tertiary(OKONJO, "not hers at all")
    assert site_form(bench.ward).kind == "unknown"
    bench.clock.now += timedelta(seconds=2)
    tertiary(OKONJO, SECRETS[OKONJO])
    assert site_form(bench.ward).kind == "tertiary"


def test_a_ward_of_typed_names_has_no_second_account(bench):
    bench.site()
    assert site_form(bench.ward).kind == "tertiary"
