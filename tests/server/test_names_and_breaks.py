"""What is prepared on a connection is wiped, or the connection breaks at an odd place: the next save goes."""

import socket
import time
from contextlib import closing, suppress
from datetime import timedelta

import pytest

from bedside.store.opening import open_store
from bedside.store.records import BloodCount, Infant
from bedside.store.server_fault import ServerFault
from bedside.store.server_refusals import not_saved_on_server
from bedside.store.server_store import SETTLED_MS
from bedside.store.server_turn import KEPT_MS
from bedside.store.troubles import NotKnown, NotSaved
from tests.server.no_standby import no_standby
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
    with pytest.raises(NotSaved):
        _wiped_meanwhile(store)
    assert len(contents(store)["BloodCount"]) == 1
    add(store, BloodCount, taken_at=NOW + timedelta(minutes=2))
    assert len(contents(store)["BloodCount"]) == 2
    store.verify_audit()


def _wiped_meanwhile(store):
    with store.change("E. Berg, RN", "wrote a test", NOW) as change:
        change.add(BloodCount, **row_of(BloodCount, taken_at=NOW + timedelta(minutes=1)))
        store._ward.driver.plain("DEALLOCATE ALL")


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


def _opened_through(proxy, postgres, ward, folder):
    passfile = folder / "pgpass"
    passfile.write_text(f"127.0.0.1:*:*:*:{postgres.password}\n")
    passfile.chmod(0o600)
    address = postgres.url(ward).replace(f":{postgres.port}/", f":{proxy.port}/").partition("?")[0]
    address += f"?passfile={passfile}"
    return open_store(folder / "s", now=NOW, create=False, server=address)


@pytest.mark.parametrize(("ready", "kept"), [(b"T", 0), (b"I", 1)])
def test_a_connection_ended_behind_the_last_answer_is_told_as_broken(
    postgres, ward, tmp_path, ready, kept
):
    """It was told as a fault of the program; what the COMMIT answered for holds without a look."""
    proxy = _Ending(postgres.port)
    try:
        with closing(_opened_through(proxy, postgres, ward, tmp_path)) as store:
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


def test_a_save_that_the_server_does_not_finish_is_told_as_not_known_and_is_there_once(
    station, postgres, monkeypatch
):
    """The window stood still for as long as the standby was away; the server answered everything else."""
    assert KEPT_MS < SETTLED_MS <= 5000
    monkeypatch.setattr("bedside.store.server_turn.KEPT_MS", 200)
    monkeypatch.setattr("bedside.store.server_store.SETTLED_MS", 400)
    store = station()
    add(store, Infant)
    with no_standby(postgres):
        begun = time.monotonic()
        with pytest.raises(NotKnown, match="look whether this is recorded"):
            add(store, BloodCount)
        assert time.monotonic() - begun < 4
        assert contents(store)["BloodCount"] == []  # work goes on, reading
    end = time.monotonic() + 10
    while not contents(store)["BloodCount"]:
        assert time.monotonic() < end
    add(store, BloodCount, taken_at=NOW + timedelta(minutes=1))
    assert [row.id for row in contents(store)["BloodCount"]] == [1, 2]
    store.verify_audit()


def test_a_line_that_swallows_a_save_is_given_up(postgres, ward, tmp_path, monkeypatch):
    """Also where nobody watches the server: nothing of it is kept."""
    monkeypatch.setattr("bedside.store.server_turn.ANSWERED_MS", 200)
    proxy = Proxy(postgres.port)
    try:
        with closing(_opened_through(proxy, postgres, ward, tmp_path)) as store:
            proxy.cut()
            with pytest.raises(NotSaved, match="Nothing of this was kept"):
                add(store, Infant)
            proxy.mend()
            add(store, Infant)
            assert len(contents(store)["Infant"]) == 1
    finally:
        proxy.close()


def test_a_save_that_the_server_gives_up_says_what_to_do(station):
    one, other = station("one"), station("other")
    other._ward.driver.plain("SET statement_timeout = '200ms'")
    with one.change("E. Berg, RN", "wrote a test", NOW) as change:
        change.add(Infant, **row_of(Infant))
        with pytest.raises(NotSaved, match="gave this up, since it took too long"):
            add(other, Infant, hospital_number="T 2")
    add(other, Infant, hospital_number="T 2")
    deadlock = not_saved_on_server(ServerFault("40P01"))
    assert "save again" in deadlock.words and not isinstance(deadlock, NotKnown)
