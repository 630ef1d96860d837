"""Stations, the server and a network are taken away while everybody records."""

import os

import pytest

from tests.server.many_stations import BUSY_S, KILL_EVERY_S, PAUSE_S, Trial
from tests.server.postgres import Postgres, programs

STATIONS, INFANTS, SECONDS = 20, 30, 120.0
KILLED = int(SECONDS / KILL_EVERY_S) - 1
LONG = os.environ.get("BEDSIDE_EXAMPLES") == "long"


@pytest.mark.timeout(900)
def test_nothing_acknowledged_is_lost_and_nothing_is_doubled(tmp_path):
    pytest.importorskip("psycopg")
    if programs() is None:
        pytest.skip("Debian's package postgresql is not installed here")
    server = Postgres()
    try:
        trial = Trial(
            tmp_path, stations=STATIONS, infants=INFANTS, seconds=SECONDS, server=server,
            pause=BUSY_S if LONG else PAUSE_S,
        )  # fmt: skip
        found = trial.run()
    finally:
        server.stop()
    assert found["done"] > STATIONS
    assert found["stations begun"] == STATIONS + KILLED
