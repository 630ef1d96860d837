"""How many connections a station has: what max_connections of the server has to hold for a hospital."""

import time
from datetime import timedelta

from bedside.store.records import BloodCount, Infant
from tests.store.samples import NOW, add, contents, row_of


def test_a_station_has_two_connections_and_hears_others_on_the_second(postgres, ward, station):
    one, other = station("one"), station("other")
    add(other, Infant)
    assert one.follow()
    assert one.watch(lambda: NOW)
    _until(lambda: one.copy.store is not None)
    add(other, BloodCount, taken_at=NOW + timedelta(minutes=1))
    _until(lambda: one.followed() and one.known_head == other.known_head)
    _until(lambda: _connections(postgres, ward) == 3)  # two of the watched one, one of the other


def test_when_the_ward_last_saved_is_told_also_where_a_reading_saw_the_save_first(station):
    """A reading knows how far the record reaches, and not since when: the time comes with what is heard."""
    one, other = station("one"), station("other")
    later = NOW + timedelta(minutes=20)
    with other.change("E. Berg, RN", "wrote a test", later) as change:
        change.add(Infant, **row_of(Infant))
    contents(one)  # as a page that is opened
    assert one.known_head == other.known_head
    one.follow()
    _until(lambda: one.followed() and one.last_saved == later)


def _connections(postgres, database):
    asked = f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{database}'"  # noqa: S608
    return int(postgres.superuser(asked)[0])


def _until(true):
    begun = time.monotonic()
    while not true():
        assert time.monotonic() - begun < 30, "not within the time"
        time.sleep(0.05)
