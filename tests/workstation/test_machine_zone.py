"""The machine's own zone agrees with the tables of zones, in both nights of the clock change too."""

import os
import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.machine_zone import MACHINE

ZONES = ("Europe/Berlin", "America/Chicago", "Australia/Lord_Howe", "Asia/Kolkata", "UTC")
MOMENTS = st.integers(1_136_073_600, 2_051_222_400).map(lambda at: datetime.fromtimestamp(at, UTC))


@pytest.fixture(params=ZONES)
def named(request, monkeypatch):
    """This machine set to one of the zones for a test."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield ZoneInfo(request.param)
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


def test_any_moment_is_shown_as_the_tables_show_it(named):
    @given(MOMENTS)
    def agrees(moment):
        ours, theirs = moment.astimezone(MACHINE), moment.astimezone(named)
        assert ours.replace(tzinfo=None) == theirs.replace(tzinfo=None)
        assert (ours.fold, ours.utcoffset()) == (theirs.fold, theirs.utcoffset())
        assert ours.tzname() == theirs.tzname()
        assert ours.astimezone(UTC) == moment

    agrees()


def test_every_minute_of_both_nights_of_the_clock_change(named):
    """Hazard H45: the hour that comes twice is told apart, the one that is skipped never shown."""
    for night in (datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC)):
        for minute in range(180):
            moment = night + timedelta(minutes=minute)
            ours, theirs = moment.astimezone(MACHINE), moment.astimezone(named)
            assert (ours.replace(tzinfo=None), ours.fold) == (
                theirs.replace(tzinfo=None),
                theirs.fold,
            )
            assert ours.astimezone(UTC) == moment


def test_a_time_of_the_wall_clock_has_the_offset_of_its_own_day(named):
    for month in range(1, 13):
        ours, theirs = (datetime(2026, month, 15, 12, tzinfo=zone) for zone in (MACHINE, named))
        assert ours.utcoffset() == theirs.utcoffset()
    assert MACHINE.utcoffset(None) is None and MACHINE.tzname(None) is None


def test_the_ends_of_the_calendar_are_compared_like_any_time(named):
    """What has no time is sorted before or after all that has one."""
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    first, last = datetime.min.replace(tzinfo=MACHINE), datetime.max.replace(tzinfo=MACHINE)
    assert first < now < last
    assert first < now.astimezone(MACHINE) < last
