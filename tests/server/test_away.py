"""The server goes away: noticed, read on from the station's copy, back by itself when all is as it was."""

import os
import socket
import time
from contextlib import closing, suppress
from datetime import timedelta
from threading import Event, Thread

import pytest

from bedside.store.opening import open_store
from bedside.store.records import BloodCount, Infant
from bedside.store.server_fault import ServerFault
from bedside.store.server_opening import open_copy_while_away
from bedside.store.station_store import SILENT_S, STATEMENT_MS
from bedside.store.troubles import Hindered
from bedside.units.refusal import Refused
from tests.store.samples import NOW, add, contents

NOTICED_S = 5


@pytest.fixture
def wire(postgres):
    """A network between station and server that can be cut: it then swallows everything."""
    wires = []

    def lay():
        wires.append(Wire(postgres.port))
        return wires[-1]

    yield lay
    for each in wires:
        each.end()


class Wire:
    """Forwards bytes between a port of its own and the server's, until it is cut."""

    def __init__(self, port: int) -> None:
        self._to, self._open, self._ends = port, Event(), []
        self._hushed = set()
        self._open.set()
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = self._door.getsockname()[1]
        Thread(target=self._take, daemon=True).start()

    def cut(self) -> None:
        """From now on nothing comes through, and nobody is told so."""
        self._open.clear()

    def hush(self, store) -> None:
        """From now on what this station's window asks is taken and not answered; all others are."""
        with socket.socket(fileno=os.dup(store._ward.driver.connection.fileno())) as own:
            self._hushed.add(own.getsockname()[1])

    def mend(self) -> None:
        """Forward again; what was swallowed is gone, and so are its connections."""
        for end in self._ends:
            _close(end)
        self._ends.clear()
        self._open.set()

    def end(self) -> None:
        """Hang up."""
        _close(self._door)
        self.mend()

    def _take(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._door.accept()
                far = socket.create_connection(("127.0.0.1", self._to))
                self._ends += [near, far]
                for one, other in ((near, far), (far, near)):
                    Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            port = one.getpeername()[1]
            while got := one.recv(65536):
                if self._open.is_set() and port not in self._hushed:
                    other.sendall(got)
            other.shutdown(socket.SHUT_WR)


def _close(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)  # who waits on it in another thread is woken
    end.close()


def _until(true, within=NOTICED_S):
    begun = time.monotonic()
    while not true():
        assert time.monotonic() - begun < within, "not within the time"
        time.sleep(0.02)


def _watched(postgres, database, folder, port=None):
    address = postgres.url(database)
    if port is not None:
        address = address.replace(f":{postgres.port}/", f":{port}/")
        passfile = folder.parent / "pgpass"
        passfile.write_text(f"127.0.0.1:*:*:*:{postgres.password}\n")
        passfile.chmod(0o600)
        address = address.partition("?")[0] + f"?passfile={passfile}"
    store = open_store(folder, now=NOW, create=False, server=address)
    store.watch(lambda: NOW + timedelta(minutes=1))
    return store, address


def test_a_network_that_swallows_everything_is_noticed_and_reading_goes_on(
    postgres, ward, wire, tmp_path
):
    """H36: also while somebody waits for an answer; nothing is recorded, and all is read as of then."""
    line = wire()
    store, _ = _watched(postgres, ward, tmp_path / "s", line.port)
    with closing(store):
        add(store, Infant)
        _until(lambda: not store.saved_since_copy, within=20)
        before = contents(store)
        line.cut()
        with suppress(Hindered):
            contents(store)  # it waits on the dead line, and is let go
        _until(lambda: store.away is not None)
        assert contents(store) == before
        assert store.read_only and store.away.as_of == NOW + timedelta(minutes=1)
        with pytest.raises(Refused, match="does not answer"):
            add(store, BloodCount)
        store.verify_audit()
        store.verify_for_paper(1)
        line.mend()
        _until(lambda: store.away is None, within=20)
        add(store, BloodCount)
        assert len(contents(store)["BloodCount"]) == 1
        store.verify_audit()


@pytest.fixture
def impatient(monkeypatch):
    """A line is silent for too long after less than a second."""
    monkeypatch.setattr("bedside.store.server_opening.STATEMENT_MS", 500)
    monkeypatch.setattr("bedside.store.station_store.SILENT_S", 0.4)


def test_a_line_that_alone_is_silent_is_given_up_and_the_copy_is_read(
    postgres, ward, wire, tmp_path, impatient
):
    """H36: as a pooler does it, all bytes are taken: the window stood still for ever; the watch's own line answers."""
    assert SILENT_S < STATEMENT_MS / 1000 < NOTICED_S
    line = wire()
    store, _ = _watched(postgres, ward, tmp_path / "s", line.port)
    with closing(store):
        add(store, Infant)
        _until(lambda: not store.saved_since_copy, within=20)
        before = contents(store)
        line.hush(store)
        begun = time.monotonic()
        assert contents(store) == before
        assert 0.4 < time.monotonic() - begun < NOTICED_S
        _until(lambda: store.away is None, within=20)
        add(store, BloodCount)
        assert len(contents(store)["BloodCount"]) == 1
        store.verify_audit()


def test_a_reading_starts_no_thread_and_what_is_still_coming_is_waited_for(
    station, monkeypatch, impatient
):
    """The silence is timed, not the whole answer, and no watchman is needed for it."""
    store = station()
    add(store, Infant)
    started = []
    monkeypatch.setattr(Thread, "start", started.append)
    contents(store)
    driver = store._ward.driver
    long = driver.plain("SELECT repeat('x', 9000), pg_sleep(0.1) FROM generate_series(1, 9)")
    assert len(long.fetchall()) == 9
    assert not started
    with pytest.raises(ServerFault) as silent:
        driver.plain("SELECT pg_sleep(2)")
    assert silent.value.broken and driver.lost
    assert len(contents(store)["Infant"]) == 1  # on a connection made anew


def test_a_station_starts_with_its_copy_and_goes_on_when_the_server_is_back(
    postgres, empty_ward, tmp_path
):
    postgres.make_database("away", empty_ward)
    folder = tmp_path / "s"
    store, address = _watched(postgres, "away", folder)
    add(store, Infant)
    _until(lambda: not store.saved_since_copy, within=20)
    store.close()
    postgres.kill()
    with pytest.raises(Hindered, match="not reached"):
        open_store(folder, now=NOW, create=False, server=address)
    with closing(open_copy_while_away(address, folder, NOW)) as store:
        assert [row.id for row in contents(store)["Infant"]] == [1]
        store.watch(lambda: NOW)
        with pytest.raises(Refused, match="does not answer"):
            add(store, BloodCount)
        postgres.start()
        _until(lambda: store.away is None, within=30)
        add(store, BloodCount)
        store.verify_audit()


def test_the_page_before_the_ward_list_offers_the_copy(postgres, ward, tmp_path, monkeypatch):
    from bedside import app

    folder, pages = tmp_path / "s", []
    store, address = _watched(postgres, ward, folder)
    _until(lambda: not store.saved_since_copy, within=20)
    store.close()
    (folder / "ward.server").write_text(address.replace(f":{postgres.port}/", ":9/"))
    monkeypatch.setattr(app, "show_page", lambda page: pages.append(page) or "go on")
    monkeypatch.setattr(app, "load_desktop", lambda: None)
    opened = app.open_on_screen(folder, lambda: NOW + timedelta(hours=3))
    with closing(opened.store):
        assert opened.emergency.startswith("EMERGENCY COPY of 20-Nov-2026 10:43 (2 hours old)")
        assert "copy of 20-Nov-2026 10:43 (2 hours old)" in " ".join(pages[0].todo)
        assert opened.read_only and not opened.store.broken


def test_a_ward_that_was_moved_away_is_said_at_once_at_an_open_station(
    postgres, ward, connected, tmp_path
):
    """No station goes on as if it were the ward: two would live."""
    from bedside.store.move_from_server import close_to_stations, open_to_stations

    store, _ = _watched(postgres, ward, tmp_path / "s")
    with closing(store):
        _until(lambda: not store.saved_since_copy, within=20)
        close_to_stations(connected(ward))
        _until(lambda: store.away is not None)
        _until(lambda: "moved to one workstation" in store.away.trouble)
        open_to_stations(connected(ward))
        _until(lambda: store.away is None, within=20)
        add(store, Infant)


def test_a_server_that_is_put_back_under_an_open_station_is_not_worked_on(postgres, ward, tmp_path):
    """Its copy keeps what the server has lost, and is what is read."""
    store, _ = _watched(postgres, ward, tmp_path / "s")
    with closing(store):
        add(store, Infant)
        _until(lambda: not store.saved_since_copy, within=20)
        guards = "ALTER TABLE {} {} TRIGGER USER"
        gone = ("DELETE FROM audit WHERE table_name = 'infant'", "DELETE FROM infant")
        for table, sql in zip(("audit", "infant"), gone, strict=True):
            off, on = guards.format(table, "DISABLE"), guards.format(table, "ENABLE")
            postgres.superuser(f"{off}; {sql}; {on}", ward)
        store._watch._copy_due_at = 0
        _until(lambda: store.away is not None)
        assert "older state" in store.away.trouble
        assert [row.id for row in contents(store)["Infant"]] == [1]
        with pytest.raises(Refused):
            add(store, Infant, hospital_number="T 2")


def test_without_a_copy_nothing_is_shown(postgres, ward, tmp_path):
    with pytest.raises(Refused, match="no copy"):
        open_copy_while_away(postgres.url(ward), tmp_path, NOW)
