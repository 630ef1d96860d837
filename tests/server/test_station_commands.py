"""What an administrator does with a ward on a server from a terminal: copies, drills, restores, and back."""

import io
import json
from contextlib import closing

import pypdfium2
import pytest

from bedside.app import assemble
from bedside.cli import main
from bedside.store.copies import make_copy
from bedside.store.move_to_server import move_to_server
from bedside.store.opening import BACKUPS, FILE, open_store
from bedside.store.records import BloodCount
from bedside.store.server_address import read_address
from bedside.store.troubles import NotSaved, ServerBehind
from bedside.units.refusal import Refused
from bedside.ward.opening_pages import page_of
from tests.server.postgres import OWNER
from tests.store.samples import NOW, add, contents
from tests.ward.wards import Bench

BY = ("--by", "E. Berg, RN")
TWO = (*BY, "--and-by", "I. Halvorsen, MD")


@pytest.fixture(scope="module")
def moved(postgres, tmp_path_factory):
    """The name of a database with a ward of one infant, closed: the tests' own are copied from it."""
    bench = Bench(tmp_path_factory.mktemp("bench") / "ward")
    bench.ready_for_epi_1()
    bench.ward.store.close()
    postgres.make_database("moved")
    address = read_address(postgres.url("moved", OWNER))
    move_to_server(bench.ward.folder, address, who="E. Berg, RN", now=NOW)
    return "moved"


@pytest.fixture
def there(postgres, moved, request, tmp_path):
    """A station's folder, and the name of its ward's database."""
    name = f"at_{request.node.name[5:50]}"
    postgres.make_database(name, moved)
    folder = tmp_path / "station"
    folder.mkdir()
    (folder / "ward.server").write_text(postgres.url(name))
    return folder, name


def run(*words, capsys):
    code = main([str(word) for word in words])
    said = capsys.readouterr()
    return code, said.out + said.err


def opened(folder):
    return open_store(folder, now=NOW, create=False)


def test_backup_drill_and_restore_into_an_empty_database(there, postgres, database, capsys):
    folder, _ = there
    assert run("backup", "--ward", folder, capsys=capsys)[0] == 0
    code, said = run("restore", "--ward", folder, "--drill", capsys=capsys)
    assert code == 0 and "equal to the ward, record for record" in said
    with closing(opened(folder)) as store:
        add(store, BloodCount, specimen="LATE")
        with store.to_copy():
            pass
    code, said = run("restore", "--ward", folder, "--copy", "newest", *TWO, capsys=capsys)
    assert code == 2 and "is a station's" in said
    code, said = run(
        "restore", "--ward", folder, "--copy", "newest", *TWO, "--to", postgres.url(database, OWNER),
        capsys=capsys,
    )  # fmt: skip
    assert code == 0 and "Later acts that are not in it: 1" in said
    assert not list(folder.glob("restoring-*"))
    (folder / "ward.server").write_text(postgres.url(database))
    with closing(opened(folder)) as store:  # it has seen more; the trail tells of the restore
        assert "LATE" not in [row.specimen for row in contents(store)["BloodCount"]]
        store.verify_audit()
    assert (folder / "station-copy.before-restore" / FILE).exists()


def test_a_server_put_back_without_anybodys_word_is_not_opened(there, postgres, moved):
    folder, _ = there
    with closing(opened(folder)) as store:
        add(store, BloodCount, specimen="LATE")
        with store.to_copy():
            pass
    postgres.make_database("putback", moved)
    (folder / "ward.server").write_text(postgres.url("putback"))
    with pytest.raises(ServerBehind, match="older state") as behind:
        opened(folder)
    page = page_of(behind.value, folder, NOW)
    assert "older than this station" in page.title and "Read this station" in page.go_on


def test_a_ward_comes_back_to_one_workstation_and_its_server_is_closed(
    there, postgres, tmp_path, capsys
):
    folder, name = there
    address, target = postgres.url(name, OWNER), tmp_path / "own"
    other = open_store(tmp_path / "other", now=NOW, create=False, server=postgres.url(name))
    before = contents(other)
    words = ("move", "--ward", folder, "--from", address, "--to", target)
    code, said = run(*words, *BY, capsys=capsys)
    assert code == 0, said
    with closing(open_store(target, now=NOW, create=False)) as store:
        assert contents(store) == before
        store.verify_audit()
        add(store, BloodCount, specimen="OWN")
    with pytest.raises(NotSaved, match="takes no records"):
        add(other, BloodCount)
    other.close()
    with pytest.raises(Refused, match="moved to one workstation"):
        opened(folder)
    assert len(list((folder / BACKUPS).iterdir())) == 1
    code, said = run(*words, *BY, "--give-up", capsys=capsys)
    assert code == 2 and "it may be this one" in said
    code, said = run(*words, *BY, capsys=capsys)
    assert code == 2 and "already" in said


def test_a_move_back_away_from_every_station_says_where_to_give_it(
    there, postgres, tmp_path, capsys
):
    """It said "make a new ward", which is the last thing to do then."""
    address, target = postgres.url(there[1], OWNER), tmp_path / "own"
    words = ("move", "--ward", tmp_path / "none", "--from", address, "--to", target, *BY)
    code, said = run(*words, capsys=capsys)
    assert code == 2 and "at a station" in said and "new ward" not in said
    assert not (tmp_path / "none").exists() and not target.exists()
    opened(there[0]).close()


def test_a_move_back_that_does_not_end_leaves_the_ward_on_the_server(
    there, postgres, tmp_path, capsys, monkeypatch
):
    folder, name = there
    words = (
        "move",
        "--ward",
        folder,
        "--from",
        postgres.url(name, OWNER),
        "--to",
        tmp_path / "own",
    )

    def never(*_given, **_more):
        raise NotSaved("The disk is full.")

    with monkeypatch.context() as broken:
        broken.setattr("bedside.store.move_from_server.lay_into_file", never)
        code, said = run(*words, *BY, capsys=capsys)
        assert code == 2 and "The disk is full" in said
    with closing(opened(folder)) as store:
        add(store, BloodCount, specimen="STILL")
    # a program that was killed leaves it closed: the same command goes on, or it is given up
    from bedside.store.move_from_server import close_to_stations
    from bedside.store.server_driver import connect_server

    with closing(connect_server(read_address(postgres.url(name, OWNER)))) as driver:
        close_to_stations(driver)
    with pytest.raises(Refused, match="moved to one workstation"):
        opened(folder)
    assert run(*words, "--give-up", capsys=capsys)[0] == 0
    opened(folder).close()


def test_downtime_sheets_are_printed_from_the_copy_while_the_server_is_away(
    there, postgres, tmp_path, capsys
):
    folder, name = there
    with closing(opened(folder)) as store, store.to_copy(NOW):
        pass
    (folder / "ward.server").write_text(postgres.url(name).replace(f":{postgres.port}/", ":9/"))
    target = tmp_path / "sheets.pdf"
    code, said = run("downtime", "--ward", folder, "-o", target, *BY, capsys=capsys)
    assert code == 0 and "EMERGENCY COPY of 20-Nov-2026" in said
    document = pypdfium2.PdfDocument(target)
    text = document[0].get_textpage().get_text_range()
    document.close()
    assert "EMERGENCY COPY of 20-Nov-2026" in text and "old)" in text


def test_a_copy_does_not_take_the_place_of_a_ward_on_a_server_from_a_window(there):
    from bedside.rescue import refuse_at_station
    from bedside.ward.restoring import why_not_here

    folder, _ = there
    with closing(opened(folder)) as store:
        ward = assemble(store, lambda: NOW)
        assert "restored into an empty database" in " ".join(why_not_here(ward))
    with pytest.raises(Refused, match="is a station's"):
        refuse_at_station(folder)


def test_new_keys_are_not_made_at_a_station(there, capsys, monkeypatch):
    folder, _ = there
    monkeypatch.setattr("sys.stdin", io.StringIO("five words of a passphrase\n" * 2))
    code, said = run("ward", "encrypt", "--ward", folder, *BY, capsys=capsys)
    assert code == 2 and "lies on a server" in said


def test_the_doctor_says_what_the_server_is(there, postgres, capsys):
    folder, name = there
    code, said = run("doctor", "--ward", folder, "--json", capsys=capsys)
    found = {one["name"]: one for one in json.loads(said)["findings"]}
    assert found["server"]["verdict"] == "fit" and "PostgreSQL" in found["server"]["sentence"]
    assert found["rights on the server"]["verdict"] == "fit"
    assert found["tables on the server"]["verdict"] == "fit"
    assert "log_error_verbosity = terse" in found["log of the server"]["sentence"]
    assert found["station's copy"]["verdict"] == "look"
    keys = found["keys of this station"]["sentence"]  # nothing lies readable where nothing lies
    assert "no copy of the ward to keep with it" in keys and "readable" not in keys
    assert postgres.password not in said
    store = opened(folder)
    make_copy(store, NOW, "by hand")
    store.close()
    _, said = run("doctor", "--ward", folder, "--json", capsys=capsys)
    found = {one["name"]: one for one in json.loads(said)["findings"]}
    assert (
        "its copy of the ward lies readable on its disk"
        in found["keys of this station"]["sentence"]
    )
    (folder / "ward.server").write_text(postgres.url(name, OWNER))
    _, said = run("doctor", "--ward", folder, "--json", capsys=capsys)
    found = {one["name"]: one for one in json.loads(said)["findings"]}
    assert found["rights on the server"]["verdict"] == "not fit"
    (folder / "ward.server").write_text(postgres.url(name).replace(f":{postgres.port}/", ":9/"))
    code, said = run("doctor", "--ward", folder, "--json", capsys=capsys)
    found = {one["name"]: one for one in json.loads(said)["findings"]}
    assert code == 1 and "nothing answers at this port" in found["server"]["sentence"]
