"""A station whose clock is not the server's says so: a vial that is fresh for minutes is timed by it."""

import time
from contextlib import closing
from datetime import timedelta

import pytest

from bedside.app import system_clock
from bedside.desktop.look import Look
from bedside.desktop.status_line import StatusLine
from bedside.doctor.server import CLOCK, server
from bedside.store.opening import open_store
from bedside.store.records import Infant
from bedside.ward.wrong_clock import minutes_apart
from tests.store.samples import NOW, add


def off_by(**apart):
    return lambda: system_clock()() + timedelta(**apart)


@pytest.mark.parametrize(
    ("apart", "minutes"),
    [
        ({"minutes": -5, "seconds": -20}, 5),
        ({"minutes": 5, "seconds": 20}, -5),
        ({"seconds": 20}, 0),
    ],
)
def test_a_station_knows_how_far_its_clock_is_from_the_servers(
    postgres, ward, tmp_path, apart, minutes
):
    """Each record was later than the last, so that nothing was said of a clock five minutes slow."""
    with closing(
        open_store(tmp_path / "s", now=NOW, create=False, server=postgres.url(ward))
    ) as store:
        add(store, Infant)
        assert store.clock_apart is None, "not asked yet"
        store.watch(off_by(**apart))
        end = time.monotonic() + 10
        while store.clock_apart is None:
            assert time.monotonic() < end
            time.sleep(0.02)
        assert minutes_apart(store.clock_apart) == minutes


def test_the_status_line_says_it_and_is_silent_again(qtbot):
    line = StatusLine(Look("light", 100))
    qtbot.addWidget(line)
    line.show_saved(NOW, NOW + timedelta(minutes=10), apart=5)
    assert line.behind.text() == ("The clock is 5 min behind the server's: compare it with another")
    assert not line.behind.isHidden()
    line.show_saved(NOW, NOW + timedelta(minutes=10), apart=-5)
    assert "5 min ahead of the server's" in line.behind.text()
    line.show_saved(NOW, NOW + timedelta(minutes=10))
    assert line.behind.isHidden() and not line.behind.text()


@pytest.mark.parametrize(("minutes", "verdict"), [(0, "fit"), (-6, "not fit")])
def test_the_doctor_compares_both_clocks(postgres, ward, tmp_path, minutes, verdict):
    folder, address = tmp_path / "s", postgres.url(ward)
    with closing(open_store(folder, now=NOW, create=False, server=address)) as store:
        add(store, Infant)
    now = off_by(minutes=minutes, seconds=-5)()
    (told,) = [one for one in server(folder, address, now) if one.name == CLOCK]
    assert told.verdict == verdict
    assert ("6 min behind the server's" in told.sentence) == (verdict == "not fit")
