"""The doctor on the workstation: disk, display, clock and time zone."""

import shutil
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from bedside.doctor import machine
from bedside.store import disk

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 20, 10, 42, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("free", "verdict"),
    [(49 * 2**20, "not fit"), (50 * 2**20, "look"), (2**30 - 1, "look"), (2**30, "fit")],
)
def test_disk_space(tmp_path, monkeypatch, free, verdict):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**12, 0, free))
    assert machine.disk_space(tmp_path / "not" / "there").verdict == verdict


def test_the_least_space_is_the_stores_own_limit():
    assert machine.LEAST_FREE_BYTES == disk.LEAST_FREE_BYTES


@pytest.mark.parametrize(
    ("environment", "verdict"),
    [
        ({"DISPLAY": ":0"}, "fit"),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "fit"),
        ({"DISPLAY": ""}, "look"),
        ({}, "look"),
    ],
)
def test_display(environment, verdict):
    assert machine.display(environment, "linux").verdict == verdict


def test_no_display_says_what_still_works():
    assert "bedside demo --shots" in machine.display({}, "linux").sentence


@pytest.mark.parametrize(
    "now",
    [datetime(1970, 1, 1, tzinfo=UTC), datetime(2026, 10, 31, 23, 59, tzinfo=UTC),
     datetime(2106, 2, 7, tzinfo=UTC)],
)  # fmt: skip
def test_a_clock_with_an_impossible_year_is_not_fit(now):
    """H45: a flat battery sets a workstation's clock to 1970."""
    assert machine.clock(now, None).verdict == "not fit"


def test_a_clock_behind_the_last_record_is_not_fit():
    """H45: times would run backwards in the record."""
    found = machine.clock(NOW, (NOW + timedelta(days=1)).astimezone(UTC))
    assert found.verdict == "not fit"
    assert "20-Nov-2026 10:42" in found.sentence
    assert "21-Nov-2026 10:42" in found.sentence


@pytest.mark.parametrize("ahead", [timedelta(0), timedelta(minutes=1), timedelta(days=-3)])
def test_a_clock_at_the_last_record_is_fit(ahead):
    assert machine.clock(NOW, (NOW + ahead).astimezone(UTC)).verdict == "fit"


def test_the_hour_that_comes_twice_is_no_backward_clock():
    """H45: when summer time ends, 02:30 follows 02:59 on the wall, not in the record."""
    last = datetime(2026, 10, 25, 2, 59, tzinfo=BERLIN, fold=0).astimezone(UTC)
    now = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=1)
    later = timedelta(days=28)  # the same wall hours, after this program was written
    assert now.astimezone(UTC) > last
    assert machine.clock(now.astimezone(UTC) + later, last + later).verdict == "fit"


@pytest.mark.parametrize(
    ("zone", "verdict", "words"),
    [
        (BERLIN, "fit", "Europe/Berlin, now UTC+01:00"),
        (UTC, "look", "not its name"),
        (timezone(timedelta(hours=-5)), "look", "UTC-05:00"),
        (ZoneInfo("Etc/UTC"), "look", "without summer time"),
    ],
)
def test_time_zone(zone, verdict, words):
    found = machine.time_zone(NOW.astimezone(zone))
    assert found.verdict == verdict
    assert words in found.sentence
