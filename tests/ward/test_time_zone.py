"""The ward keeps its own time zone: a workstation set to another one moves no day of any infant."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from bedside.units.refusal import Refused
from bedside.ward.infants import banner
from bedside.ward.site import named_zone
from tests.ward.wards import INDUCTION, Bench

AUCKLAND = ZoneInfo("Pacific/Auckland")


def moved_to_auckland(bench: Bench) -> None:
    """The same moment, on a workstation set to New Zealand."""
    bench.clock.now = bench.clock.now.astimezone(AUCKLAND)
    assert bench.clock.now.date() == date(2026, 9, 9)


def test_the_days_of_an_infant_stay_the_wards(bench: Bench):
    """20:00 in Berlin is already the next morning in Auckland (finding of a restart there)."""
    bench.site(time_zone="Europe/Berlin")
    infant = bench.enrol()
    bench.at(2026, 9, 8, 20, 0)
    before = banner(bench.ward, infant)
    moved_to_auckland(bench)
    assert bench.ward.today() == date(2026, 9, 8)
    assert (bench.ward.today() - INDUCTION).days + 1 == 8
    assert banner(bench.ward, infant) == before
    assert (
        bench.ward.now().utcoffset()
        == datetime(2026, 9, 8, tzinfo=ZoneInfo("Europe/Berlin")).utcoffset()
    )
    assert "another time zone (NZST)" in bench.ward.zone_note
    assert "Europe/Berlin" in bench.ward.zone_note


def test_until_the_site_says_where_it_is_the_workstation_does(bench: Bench):
    bench.enrol()
    bench.at(2026, 9, 8, 20, 0)
    assert bench.ward.today() == date(2026, 9, 8)
    assert bench.ward.zone_note == ""


def test_the_first_settings_take_the_workstations_zone(bench: Bench):
    bench.site()
    assert bench.ward.site.time_zone == "Europe/Berlin"
    bench.at(2026, 9, 8, 20, 0)
    moved_to_auckland(bench)
    assert bench.ward.today() == date(2026, 9, 8)


def test_another_zone_holds_at_once(bench: Bench):
    bench.site()
    bench.at(2026, 9, 8, 23, 30)
    assert bench.ward.today() == date(2026, 9, 8)
    bench.site(time_zone="Europe/Helsinki")
    assert bench.ward.today() == date(2026, 9, 9)


@pytest.mark.parametrize("name", ["Berlin", "europe/berlin ", "../etc/passwd", "Europe/", "+02:00"])
def test_a_zone_that_is_none_is_refused_with_what_would_be_right(bench: Bench, name: str):
    with pytest.raises(Refused, match="write it as Europe/Berlin"):
        named_zone(name)
    if name.strip() != "europe/berlin":
        with pytest.raises(Refused, match="There is no time zone"):
            bench.site(time_zone=name)
    assert bench.ward.site.time_zone == ""
