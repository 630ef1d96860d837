"""A ward moved from its file to a server and back: every field, or nothing, whatever stops it."""

import os
import shutil
from contextlib import closing

import pytest

from bedside.store import moving
from bedside.store.move_mark import read_mark
from bedside.store.move_to_server import give_up_move, lay_into_file, move_to_server
from bedside.store.opening import FILE, open_store
from bedside.store.records import Infant
from bedside.store.server_address import read_address
from bedside.store.server_driver import ServerDriver, connect_server
from bedside.store.server_fault import ServerFault
from bedside.store.troubles import NotSaved
from bedside.units.refusal import Refused
from tests.made_wards import copy_demonstration
from tests.server.postgres import OWNER, STATION
from tests.store.samples import NOW, add, contents, fill, new_store

STOPS = ("infant", "blood_count", "audit")[
    -1 if os.environ.get("BEDSIDE_EXAMPLES") != "long" else 0 :
]
WHO = "A. Lund, informatics"


@pytest.fixture
def folder(tmp_path):
    """A ward in a file, with a row of every kind, one of them struck out; closed."""
    store = new_store(tmp_path / "ward")
    fill(store)
    store.close()
    return tmp_path / "ward"


@pytest.fixture
def owner(postgres, database):
    return read_address(postgres.url(database, OWNER))


def test_a_populated_ward_goes_to_a_server_and_back_field_by_field(
    postgres, database, owner, tmp_path
):
    folder = copy_demonstration(NOW, tmp_path / "ward")
    shutil.copytree(folder, tmp_path / "before")
    moved = move_to_server(folder, owner, who=WHO, now=NOW)
    with closing(connect_server(read_address(postgres.url(database, STATION)))) as driver:
        back = lay_into_file(driver, tmp_path / "back", who=WHO, now=NOW)
    before, after = (new_store(tmp_path / name, create=False) for name in ("before", "back"))
    with before.at_rest() as one, after.at_rest() as other:
        tables = moving.tables_of(one)
        counted = {t: moving.compare(one, other, t) for t in tables if t != "ward"}
        trail = [
            list(moving.rows_of(d, "audit", moving.columns_of(d, "audit"))) for d in (one, other)
        ]
        wards = [
            list(moving.rows_of(d, "ward", moving.columns_of(d, "ward"))) for d in (one, other)
        ]
    assert sum(counted.values()) > 5000 and len(tables) > 40
    # the same trail, and a row for each of the two journeys; the ward's own row is as it was, too
    assert trail[1][: len(trail[0])] == trail[0] and len(trail[1]) == len(trail[0]) + 2
    assert [(row[2], row[3], row[4]) for row in trail[1][-2:]] == [
        (WHO, "moved this ward to a server", "ward"), (WHO, "laid this ward into a file", "ward"),
    ]  # fmt: skip
    assert wards[0] == wards[1]
    assert (moved.head.seq, back.seq) == (len(trail[0]) + 1, len(trail[0]) + 2)
    before.close()
    after.close()


def test_the_moved_ward_is_used_on_the_server_and_no_longer_in_its_file(
    postgres, database, owner, folder
):
    move_to_server(folder, owner, who=WHO, now=NOW)
    with pytest.raises(Refused, match="lies on a server now"):
        open_store(folder, now=NOW, create=True)
    with pytest.raises(Refused, match="moved already"):
        move_to_server(folder, owner, who=WHO, now=NOW)
    store = open_store(folder, now=NOW, create=False, server=postgres.url(database))
    assert add(store, Infant, hospital_number="T 2") == len(contents(store)["Infant"]) == 2
    store.verify_audit()
    store.close()


class Stop(BaseException):
    """The program is ended, as by a signal."""


@pytest.mark.parametrize("at", STOPS)
def test_a_move_that_is_stopped_leaves_both_as_they_were(database, owner, folder, connected, at):
    before = (folder / FILE).read_bytes()

    def stop(table):
        if table == at:
            raise Stop

    with pytest.raises(Stop):
        move_to_server(folder, owner, who=WHO, now=NOW, said=stop)
    assert moving.tables_of(connected(database)) == []
    store = new_store(folder, create=False)
    assert len(contents(store)["Infant"]) == 1
    store.close()
    assert (folder / FILE).read_bytes() == before
    assert not move_to_server(folder, owner, who=WHO, now=NOW).already


def test_a_move_whose_last_answer_was_lost_is_finished_by_the_next_try(
    database, owner, folder, monkeypatch
):
    from bedside.store import move_to_server as room

    def killed(_folder, mark):
        if mark.state == "done":
            raise Stop
        write(_folder, mark)

    write = room.write_mark
    monkeypatch.setattr(room, "write_mark", killed)
    with pytest.raises(Stop):
        move_to_server(folder, owner, who=WHO, now=NOW)
    monkeypatch.undo()
    assert read_mark(folder).state == "begun"
    with pytest.raises(Refused, match="is being moved"):
        open_store(folder, now=NOW, create=False)
    with pytest.raises(Refused, match="may lie there"):
        give_up_move(folder, owner, now=NOW)
    assert move_to_server(folder, owner, who=WHO, now=NOW).already
    assert read_mark(folder).state == "done"


def test_a_move_that_never_reached_the_server_can_be_taken_back(owner, folder, monkeypatch):
    def broken(_self, _sql, _rows):
        raise Stop

    monkeypatch.setattr(ServerDriver, "lay_in", broken)
    monkeypatch.setattr(ServerDriver, "lost", property(lambda _self: True))
    with pytest.raises(Stop):
        move_to_server(folder, owner, who=WHO, now=NOW)
    monkeypatch.undo()
    assert read_mark(folder).state == "begun"
    give_up_move(folder, owner, now=NOW)
    new_store(folder, create=False).close()


def test_what_is_not_the_same_is_not_kept(database, owner, folder, connected, monkeypatch):
    def spoil(self, sql, rows):
        lay(self, sql, [(*row[:-1], "x") if '"site_setting"' in sql else row for row in rows])

    lay = ServerDriver.lay_in
    monkeypatch.setattr(ServerDriver, "lay_in", spoil)
    with pytest.raises((NotSaved, ServerFault)):
        move_to_server(folder, owner, who=WHO, now=NOW)
    assert moving.tables_of(connected(database)) == []
    new_store(folder, create=False).close()


def test_a_database_with_something_in_it_is_left_alone(postgres, database, owner, ward, folder):
    with pytest.raises(Refused, match="not this one"):
        move_to_server(folder, read_address(postgres.url(ward, OWNER)), who=WHO, now=NOW)
    postgres.superuser("CREATE TABLE theirs (id int)", database)
    with pytest.raises(Refused, match="not a Bedside ward"):
        move_to_server(folder, owner, who=WHO, now=NOW)
    new_store(folder, create=False).close()


def test_a_server_without_the_programs_role_is_told(database, owner, folder, connected):
    with pytest.raises(Refused, match="no role bedside_other"):
        move_to_server(folder, owner, who=WHO, now=NOW, role="bedside_other")
    assert moving.tables_of(connected(database)) == []
    new_store(folder, create=False).close()


def test_a_station_is_set_by_a_file_in_its_folder(postgres, ward, tmp_path):
    station = tmp_path / "station"
    station.mkdir()
    (station / "ward.server").write_text(postgres.url(ward) + "\n")
    store = open_store(station, now=NOW, create=False)
    add(store, Infant)
    store.close()
    assert not (station / FILE).exists()


def test_a_ward_of_its_own_in_a_stations_folder_is_not_passed_over(postgres, ward, folder):
    with pytest.raises(Refused, match="Nothing was opened"):
        open_store(folder, now=NOW, create=False, server=postgres.url(ward))
