"""PostgreSQL's own fail-over: the standby is promoted, and a station carries on where it was."""

from contextlib import closing

import pytest

from bedside.store.opening import open_store
from bedside.store.records import BloodCount, Infant
from bedside.store.server_address import read_address
from bedside.store.server_driver import connect_server
from bedside.store.server_opening import make_on_server
from bedside.store.troubles import Hindered, NotSaved
from tests.server.postgres import OWNER, STATION, Postgres, programs
from tests.server.proxy import Proxy
from tests.store.samples import NOW, add, contents


@pytest.fixture
def pair():
    """A server, and a standby that has every save before it is acknowledged."""
    pytest.importorskip("psycopg")
    if programs() is None:
        pytest.skip("Debian's package postgresql is not installed here")
    first = Postgres()
    second = None
    try:
        first.make_database("ward")
        with closing(connect_server(read_address(first.url("ward", OWNER)))) as driver:
            make_on_server(driver, now=NOW)
        second = first.standby()
        first.superuser("ALTER SYSTEM SET synchronous_standby_names = '*'")
        first.superuser("SELECT pg_reload_conf()")
        yield first, second
    finally:
        for server in (second, first):
            if server is not None:
                server.stop()


def test_a_promoted_standby_has_every_acknowledged_save_and_the_station_carries_on(pair, tmp_path):
    first, second = pair
    network = Proxy(first.port)
    passes = tmp_path / "pgpass"
    passes.write_text(f"*:*:*:*:{first.password}\n")
    passes.chmod(0o600)
    address = f"postgresql+psycopg://{STATION}@127.0.0.1:{network.port}/ward?passfile={passes}"
    store = open_store(tmp_path / "station", now=NOW, create=False, server=address)
    try:
        add(store, Infant)
        for number in range(5):
            add(store, BloodCount, specimen=f"B-{number}")
        head = store.audit_head()
        network.lead_to(second.port)  # the standby only reads: nothing is recorded on it
        with pytest.raises((NotSaved, Hindered)):
            add(store, BloodCount, specimen="B-5")
        first.kill()
        second.promote()
        add(store, BloodCount, specimen="B-6")
        assert len(contents(store)["BloodCount"]) == 6
        store.verify_audit(head)
    finally:
        store.close()
        network.close()
