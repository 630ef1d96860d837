"""Stations, the server and a network are taken away while everybody records (small; the README names the large run)."""

import os

import pytest

from tests.server.many_stations import Trial
from tests.server.postgres import Postgres, programs

LONG = os.environ.get("BEDSIDE_EXAMPLES") == "long"


@pytest.mark.timeout(900)
def test_nothing_acknowledged_is_lost_and_nothing_is_doubled(tmp_path):
    pytest.importorskip("psycopg")
    if programs() is None:
        pytest.skip("Debian's package postgresql is not installed here")
    size = (20, 30, 120.0) if LONG else (5, 5, 12.0)
    stations, infants, seconds = size
    server = Postgres()
    try:
        trial = Trial(tmp_path, stations=stations, infants=infants, seconds=seconds, server=server)
        found = trial.run()
    finally:
        server.stop()
    assert found["done"] > stations
    assert found["stations begun"] > stations
