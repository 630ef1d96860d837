"""What is prepared on a connection is wiped, or the connection breaks at an odd place: the next save goes."""

import socket
from contextlib import closing, suppress
from datetime import timedelta

import pytest

from bedside.store.opening import open_store
from bedside.store.records import BloodCount, Infant
from bedside.store.troubles import NotSaved
from tests.server.proxy import Proxy
from tests.store.samples import NOW, add, contents, row_of

WIPED = ("DEALLOCATE ALL", "DISCARD ALL", "DEALLOCATE bedside_1")
_READY = b"Z\x00\x00\x00\x05"
_FATAL = b"SFATAL\0VFATAL\0C57P01\0Mterminating connection\0\0"


def _hang_up(postgres, store):
    pid = store._ward.driver.connection.info.backend_pid
    postgres.superuser(f"SELECT pg_terminate_backend({pid}, 5000)")


@pytest.mark.parametrize("wiped", WIPED)
def test_names_that_others_wiped_are_prepared_anew_and_the_same_save_goes(station, wiped):
    """A pooler does this: each save was refused from then on until the station was started anew."""
    store = station()
    add(store, Infant)
    add(store, BloodCount)
    store._ward.driver.plain(wiped)
    for minute in (1, 2):
        add(store, BloodCount, taken_at=NOW + timedelta(minutes=minute))
    assert [row.id for row in contents(store)["BloodCount"]] == [1, 2, 3]
    store.verify_audit()


def test_names_wiped_in_the_midst_of_a_change_keep_nothing_of_it_and_the_next_save_goes(station):
    store = station()
    add(store, Infant)
    add(store, BloodCount)
    with pytest.raises(NotSaved), store.change("E. Berg, RN", "wrote a test", NOW) as change:
        later = NOW + timedelta(minutes=1)
        change.add(BloodCount, **row_of(BloodCount, taken_at=later))
        store._ward.driver.plain("DEALLOCATE ALL")
    assert len(contents(store)["BloodCount"]) == 1
    add(store, BloodCount, taken_at=NOW + timedelta(minutes=2))
    assert len(contents(store)["BloodCount"]) == 2
    store.verify_audit()


def test_a_walk_of_the_trail_on_a_connection_made_anew_wipes_nothing(station, postgres):
    """What psycopg prepares by itself it ends with a DEALLOCATE ALL of its own: it prepares nothing here."""
    store = station()
    add(store, Infant)
    _hang_up(postgres, store)
    with pytest.raises(NotSaved):
        add(store, BloodCount)
    add(store, BloodCount)
    driver = store._ward.driver
    for _ in range(8):
        driver.execute("SELECT count(*) FROM infant WHERE id = ?", (1,))
    own = driver.plain("SELECT count(*) FROM pg_prepared_statements WHERE name LIKE '_pg%'")
    assert own.fetchone() == (0,)
    store.verify_audit()
    prepared = dict(driver._batches._names)
    add(store, BloodCount, taken_at=NOW + timedelta(minutes=1))
    assert prepared.items() <= driver._batches._names.items()  # nothing had to be prepared anew
    assert len(contents(store)["BloodCount"]) == 2


class _Ending(Proxy):
    """Once armed, the server ends the connection behind a packet's last answer, before it says it is ready."""

    armed = b""

    def _forward(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(65536):
                if self.armed and data.endswith(_READY + self.armed):
                    self.armed = b""
                    length = (len(_FATAL) + 4).to_bytes(4, "big")
                    other.sendall(data[: -len(_READY) - 1] + b"E" + length + _FATAL)
                    break
                other.sendall(data)
        for end in (one, other):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


@pytest.mark.parametrize(("ready", "kept"), [(b"T", 0), (b"I", 1)])
def test_a_connection_ended_behind_the_last_answer_is_told_as_broken(
    postgres, ward, tmp_path, ready, kept
):
    """It was told as a fault of the program; what the COMMIT answered for holds without a look."""
    proxy = _Ending(postgres.port)
    address = postgres.url(ward).replace(f":{postgres.port}/", f":{proxy.port}/")
    passfile = tmp_path / "pgpass"
    passfile.write_text(f"127.0.0.1:*:*:*:{postgres.password}\n")
    passfile.chmod(0o600)
    address = address.partition("?")[0] + f"?passfile={passfile}"
    try:
        store = open_store(tmp_path / "s", now=NOW, create=False, server=address)
        with closing(store):
            contents(store)
            proxy.armed = ready
            if kept:
                add(store, Infant)
            else:
                with pytest.raises(NotSaved, match="Nothing of this was kept"):
                    add(store, Infant)
            assert not proxy.armed
            assert len(contents(store)["Infant"]) == kept
            add(store, Infant, hospital_number="T 2")
            store.verify_audit()
    finally:
        proxy.close()
