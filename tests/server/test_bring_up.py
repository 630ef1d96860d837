"""A ward on a server of an older Bedside: refused to stations, brought up by its owner, nothing lost."""

from contextlib import closing

import pytest

from bedside.cli import main
from bedside.places import place
from bedside.store.audit import Act
from bedside.store.audit_step import seal_as_it_is
from bedside.store.move_from_server import close_to_stations
from bedside.store.opening import open_store
from bedside.store.records import BloodCount, Infant
from bedside.store.schema import SCHEMA
from bedside.store.server_schema import server_digest, server_step
from bedside.store.server_upgrade import downgrade_server
from bedside.store.troubles import Hindered
from bedside.store.ways import utc_text
from tests.server.kept_wards import kept_steps, lay_down, rows_in
from tests.server.postgres import OWNER
from tests.store.samples import NOW, add, contents

STEPS = sorted(path.name[:4] for path in place("migrations", "versions").glob("[0-9]*.py"))
OLDER = STEPS[-3]


@pytest.fixture
def older(station, connected, ward):
    """A ward with records, of two steps ago, and a station that has a copy of it from before."""
    store = station("s")
    add(store, Infant)
    add(store, BloodCount)
    before = contents(store)
    with store.to_copy():
        pass
    store.close()
    driver = connected(ward)
    downgrade_server(driver, to=OLDER)
    driver.plain("BEGIN")
    words = (OLDER, server_digest(driver))
    driver.execute("UPDATE ward SET schema_version = ?, schema_digest = ?", words)
    seal_as_it_is(driver, Act("Bedside", "as an older Bedside left it", utc_text(NOW)), None)
    driver.plain("COMMIT")
    assert server_step(driver) == OLDER < SCHEMA
    return before


def test_an_older_ward_is_brought_up_from_a_terminal(
    older, station, postgres, ward, tmp_path, capsys
):
    with pytest.raises(Hindered, match="older Bedside"):
        station("s")
    words = ["move", "--ward", str(tmp_path / "none"), "--to", postgres.url(ward, OWNER)]
    assert main([*words, "--bring-up"]) == 0
    assert "was brought up to this Bedside" in capsys.readouterr().out
    store = station("s")  # with the rights of a station, checked at the opening
    assert contents(store) == older
    store.verify_audit()
    add(store, BloodCount, specimen="AFTER")
    with store.to_copy() as copy:  # its tables are others now: made anew
        assert contents(copy) == contents(store)
    assert main([*words, "--bring-up"]) == 0
    assert "already" in capsys.readouterr().out


@pytest.mark.parametrize("step", kept_steps())
def test_a_ward_that_an_earlier_bedside_wrote_is_brought_up_and_worked_on(
    step, station, connected, postgres, database, tmp_path, capsys
):
    """As the program of that step left its database, with a row of each kind that it knew."""
    lay_down(step, postgres, database)
    before = rows_in(connected(database))
    assert len(before) > 60
    assert sum(map(bool, before.values())) > 50
    words = ["move", "--ward", str(tmp_path / "none"), "--to", postgres.url(database, OWNER)]
    if step < SCHEMA:
        with pytest.raises(Hindered, match="older Bedside"):
            station("s", database)
        assert main([*words, "--bring-up"]) == 0
        assert "was brought up to this Bedside" in capsys.readouterr().out
    store = station("s", database)
    store.verify_audit()
    now = rows_in(connected(database))
    for table, rows in before.items():
        assert [
            {name: row[name] for name in was} for was, row in zip(rows, now[table], strict=True)
        ] == rows
    add(store, BloodCount, specimen="AFTER")
    store.verify_audit()


def test_what_was_changed_outside_is_not_brought_up(older, postgres, ward, tmp_path, capsys):
    guards = "ALTER TABLE blood_count {} TRIGGER USER"
    changed = "UPDATE blood_count SET specimen = 'X'"
    postgres.superuser(f"{guards.format('DISABLE')}; {changed}; {guards.format('ENABLE')}", ward)
    words = ["move", "--ward", str(tmp_path), "--to", postgres.url(ward, OWNER), "--bring-up"]
    assert main(words) == 2
    assert "was changed outside Bedside" in capsys.readouterr().err


def test_a_closed_ward_is_not_opened_by_bringing_it_up(
    older, connected, postgres, ward, tmp_path, capsys
):
    close_to_stations(connected(ward))
    words = ["move", "--ward", str(tmp_path), "--to", postgres.url(ward, OWNER), "--bring-up"]
    assert main(words) == 2
    assert "moved to one workstation" in capsys.readouterr().err
    assert server_step(connected(ward)) == OLDER


def test_a_copy_of_an_older_ward_opens_in_a_newer_bedside(station, tmp_path):
    """The copy's tables are a file's: it is brought up like any older ward's file."""
    from bedside.store.copies import make_copy
    from bedside.store.engine import connect
    from bedside.store.opening import FILE
    from bedside.store.upgrade import downgrade
    from bedside.store.ward_file import WardFile

    store = station()
    add(store, Infant)
    made = make_copy(store, NOW, "by hand")
    with closing(WardFile(connect(made.folder / FILE))) as file:
        with file.engine.connect() as connection:
            downgrade(connection, to=OLDER)
        file.driver.execute("BEGIN")
        file.driver.execute("UPDATE ward SET schema_version = ?", (OLDER,))
        act = Act("Bedside", "as an older Bedside left it", utc_text(NOW))
        seal_as_it_is(file.driver, act, None)
        file.driver.execute("COMMIT")
    (made.folder / "ward.bookmark").unlink(missing_ok=True)
    with closing(open_store(made.folder, now=NOW, create=False)) as opened:
        assert contents(opened)["Infant"] == contents(store)["Infant"]
        opened.verify_audit()
