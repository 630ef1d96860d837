"""What every station needs comes from the ward on the server: its wrapped keys, its workbooks of toxicity terms."""

import io
from contextlib import closing
from datetime import timedelta
from time import monotonic, sleep

import pytest

from bedside.app import open_ward, ward_folder
from bedside.cli import _opened, main
from bedside.store.key_doors import (
    WrongKey,
    change_passphrase,
    make_keys,
    open_by_passphrase,
    use_keyring,
)
from bedside.store.key_file import read_key_file
from bedside.store.key_sharing import join_by_server, share_keys, take_newer_keys
from bedside.store.keys import NAME, KeyNeeded, Keys, has_keys
from bedside.store.opening import open_store
from bedside.store.passphrase import FLOOR
from bedside.store.server_opening import make_on_server
from bedside.store.troubles import Hindered
from bedside.ward import ctcae
from bedside.ward.roles import role_book
from tests.server.postgres import OWNER
from tests.server.stations import ServerBench
from tests.store.samples import NOW, contents
from tests.store.test_keys import Ring
from tests.ward.wards import Bench
from tests.ward.workbooks import workbook

FIVE, OTHER = "otter marble seven ladder fog", "pear violin eight gravel snow"
LATER = NOW + timedelta(minutes=5)
BY = "E. Berg, RN"


@pytest.fixture
def moved(postgres, database, tmp_path, monkeypatch, capsys):
    """The address of an encrypted ward that was moved to the server through the front door."""
    folder = tmp_path / "ward"
    made = make_keys(folder, FIVE, slowness=FLOOR)
    open_store(folder, now=NOW, create=True, keys=made.keys).close()
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{FIVE}\n"))
    to = postgres.url(database, OWNER)
    assert main(["move", "--ward", str(folder), "--to", to, "--by", BY]) == 0
    assert "asks for the ward passphrase" in capsys.readouterr().out
    return postgres.url(database)


def opened(folder, address, keys=None):
    return open_store(folder, now=NOW, create=False, keys=keys, server=address)


def joined(folder, address, passphrase=FIVE):
    with pytest.raises(KeyNeeded):
        opened(folder, address)
    return opened(folder, address, open_by_passphrase(folder, passphrase, LATER))


def test_a_new_station_joins_by_the_passphrase_alone(moved, tmp_path):
    """H43: nothing is laid there by hand, and what comes over the network opens nothing by itself."""
    station = tmp_path / "station"
    with pytest.raises(KeyNeeded):
        opened(station, moved)
    assert has_keys(station)
    with pytest.raises(WrongKey):
        open_by_passphrase(station, OTHER, NOW)
    with closing(joined(station, moved)) as store:
        assert store.keys.database and store.key == store.keys.database
        store.verify_audit()
        (row,) = contents(store)["KeptFile"]
        assert row.file == NAME and FIVE not in str(row)
        for key in (store.keys.database, store.keys.seal):
            assert key.hex() not in (station / NAME).read_text()


def test_the_program_asks_for_the_passphrase_at_a_new_station(moved, tmp_path):
    station = tmp_path / "station"
    station.mkdir()
    (station / "ward.server").write_text(moved)
    asked = []

    def ask(lock):
        asked.append(lock.folder)
        lock.by_either(FIVE)

    for _ in range(2):
        open_ward(station, lambda: LATER, create=False, ask=ask).store.close()
    assert asked == [station, station]


def test_a_new_station_that_is_set_by_the_variable_alone_founds_no_ward_of_its_own(
    postgres, ward, tmp_path, monkeypatch
):
    """Its folder is empty: it was led into founding a ward on this computer beside the one on the server."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("BEDSIDE_STORE", postgres.url(ward))
    monkeypatch.setattr("bedside.cli.has_display", lambda: True)
    opened = _opened(ward_folder())
    assert opened is not None and opened.store.shared
    opened.store.close()
    assert not (ward_folder() / "ward.sqlite3").exists()


def test_a_keyring_of_one_workstation_stays_there(postgres, database, tmp_path):
    folder, ring = tmp_path / "ward", Ring()
    keys = make_keys(folder, FIVE, slowness=FLOOR).keys
    with closing(open_store(folder, now=NOW, create=True, keys=keys)) as store:
        use_keyring(folder, FIVE, NOW, ring)
        assert read_key_file(folder).keyring is not None
        with store.change(BY, "shared", NOW) as change:
            share_keys(change, folder)
        with store.change(BY, "shared", NOW) as change:
            share_keys(change, folder)
        assert len(contents(store)["KeptFile"]) == 1
        (folder / NAME).unlink()
        (folder / f"{NAME}.spare").unlink()
        with store.reading() as reader:
            assert join_by_server(reader, folder)
        assert read_key_file(folder).keyring is None


def test_a_new_passphrase_reaches_the_other_stations(moved, tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    joined(other, moved).close()
    with closing(joined(one, moved)) as store:
        change_passphrase(one, FIVE, OTHER, LATER, slowness=FLOOR)
        with store.change(BY, "new ward passphrase", LATER) as change:
            share_keys(change, one)
    keys = open_by_passphrase(other, FIVE, LATER)
    opened(other, moved, keys).close()  # by the old one for the last time
    with pytest.raises(WrongKey):
        open_by_passphrase(other, FIVE, LATER)
    assert open_by_passphrase(other, OTHER, LATER + timedelta(hours=1)) == keys


@pytest.fixture
def renewed(moved, tmp_path):
    """A station that was closed while another one changed the ward's passphrase."""
    one, other = tmp_path / "one", tmp_path / "other"
    joined(other, moved).close()
    (other / "ward.server").write_text(moved)
    with closing(joined(one, moved)) as store:
        change_passphrase(one, FIVE, OTHER, LATER, slowness=FLOOR)
        with store.change(BY, "new ward passphrase", LATER) as change:
            share_keys(change, one)
    return other


def by(typed):
    """Answer the question for the ward's passphrase."""
    return lambda lock: lock.by_either(typed)


def test_a_closed_station_is_opened_by_the_new_passphrase_and_then_by_no_other(renewed):
    """It had asked for the old one once more, which the person who came in the meantime never knew."""
    open_ward(renewed, lambda: LATER, create=False, ask=by(OTHER)).store.close()
    later = LATER + timedelta(hours=1)
    with pytest.raises(WrongKey):
        open_by_passphrase(renewed, FIVE, later)
    assert open_by_passphrase(renewed, OTHER, later + timedelta(hours=1))


def test_neither_opens_is_said_as_ever_and_no_other_ward_is_asked(renewed):
    with pytest.raises(WrongKey, match="not this ward's passphrase"):
        open_ward(renewed, lambda: LATER, create=False, ask=by("five words of somebody else"))
    (renewed / "ward.server").write_text("postgresql+psycopg://station1@127.0.0.1:9/ward")
    with pytest.raises(WrongKey):  # the server is away: only the station's own key file counts
        open_ward(renewed, lambda: LATER + timedelta(hours=1), create=False, ask=by(OTHER))


def test_a_station_at_work_takes_the_new_passphrase_by_itself(moved, tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    with closing(joined(other, moved)) as running, closing(joined(one, moved)) as store:
        change_passphrase(one, FIVE, OTHER, LATER, slowness=FLOOR)
        with store.change(BY, "new ward passphrase", LATER) as change:
            share_keys(change, one)
        running.watch(lambda: LATER)
        wanted = read_key_file(one)
        deadline = monotonic() + 20
        while read_key_file(other) != wanted and monotonic() < deadline:
            sleep(0.05)
        assert read_key_file(other) == wanted
    with pytest.raises(WrongKey):
        open_by_passphrase(other, FIVE, LATER)


def test_only_what_was_recorded_under_the_wards_seals_is_taken(moved, tmp_path):
    """Somebody who can write into the database, but has not the ward's keys, locks no station out."""
    one, other = tmp_path / "one", tmp_path / "other"
    joined(other, moved).close()
    with closing(joined(one, moved)) as store:
        change_passphrase(one, FIVE, OTHER, LATER, slowness=FLOOR)
        with store.change(BY, "new ward passphrase", LATER) as change:
            share_keys(change, one)
        before = (other / NAME).read_bytes()
        with store.reading() as reader:
            take_newer_keys(reader, other, bytes(32))
        assert (other / NAME).read_bytes() == before
        change_passphrase(other, FIVE, "a passphrase nobody else knows yet", LATER, slowness=FLOOR)
        own = (other / NAME).read_bytes()
        with store.reading() as reader:
            take_newer_keys(reader, other, store.keys.seal)
        assert (other / NAME).read_bytes() == own, "a change made here is not undone"


def test_a_ward_that_holds_no_key_file_asks_for_it(connected, database, postgres, tmp_path):
    make_on_server(connected(database), now=NOW, seal_key=Keys(None, bytes(range(32))).seal)
    with pytest.raises(Hindered, match="this station has none"):
        opened(tmp_path / "station", postgres.url(database))


def test_every_station_grades_by_the_workbook_that_one_has_loaded(postgres, ward, tmp_path):
    one, other = (ServerBench(tmp_path / name, postgres.url(ward)) for name in ("one", "other"))
    with closing(one.ward.store), closing(other.ward.store):
        ctcae.load_workbook(one.ward, _workbook(tmp_path), who=BY)
        for bench in (one, other):
            assert ctcae.trouble_with(bench.ward, "5.0") == ""
            assert ctcae.criteria_in(bench.ward, "Anemia", "5.0").official is True
        assert not (tmp_path / "other" / "ctcae").exists()


def test_a_workbook_goes_with_the_ward_to_the_server(postgres, database, tmp_path):
    bench = Bench(tmp_path / "ward")
    ctcae.load_workbook(bench.ward, _workbook(tmp_path), who=BY)
    bench.ward.store.close()
    to = postgres.url(database, OWNER)
    assert main(["move", "--ward", str(tmp_path / "ward"), "--to", to, "--by", BY]) == 0
    station = ServerBench(tmp_path / "station", postgres.url(database))
    with closing(station.ward.store):
        assert ctcae.criteria_in(station.ward, "Anemia", "5.0").official is True


@pytest.mark.parametrize(
    ("role", "may"), [("administrator", True), ("pharmacist", True), ("nurse", False)]
)
def test_who_lays_a_file_of_the_ward_there(role, may):
    assert (role_book().why_not_write((role,), "KeptFile") == "") is may


def _workbook(folder):
    path = folder / "CTCAE_v5.0.xlsx"
    path.write_bytes(workbook())
    return path


def test_downtime_from_the_copy_asks_the_passphrase_once(
    moved, postgres, tmp_path, monkeypatch, capsys
):
    """The second question looked as if the first answer had been wrong."""
    station, target = tmp_path / "station", tmp_path / "sheets.pdf"
    with closing(joined(station, moved)) as store, store.to_copy(NOW):
        pass
    (station / "ward.server").write_text(moved.replace(f":{postgres.port}/", ":9/"))
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{FIVE}\n"))
    assert main(["downtime", "--ward", str(station), "-o", str(target), "--by", BY]) == 2
    assert "There is no infant on this ward" in capsys.readouterr().err, "the copy was opened"
