"""What a station may do on the server: read, add, strike out once; PostgreSQL refuses the rest."""

import pytest

from bedside.store.opening import open_store
from bedside.store.records import BloodCount, Infant
from bedside.store.server_address import read_address
from bedside.store.server_driver import connect_server
from bedside.store.server_fault import ServerFault
from bedside.store.tables import TABLES
from bedside.store.troubles import AuditBroken, Damaged
from bedside.units.refusal import Refused
from tests.server.postgres import OWNER, STATION
from tests.store.samples import NOW, add, contents, fill, void

NO_RIGHT = "42501"
ALL = [*(table.name for table in TABLES.values()), "audit", "ward", "alembic_version"]


def test_a_station_changes_and_erases_nothing(station, connected, ward):
    """H29, H36: by the grants alone, before any guard is asked."""
    store = station()
    fill(store)
    before = contents(store)
    driver = connected(ward, STATION)
    for table in ALL:
        for sql in (f'DELETE FROM "{table}"', f'TRUNCATE "{table}"', f'DROP TABLE "{table}"'):  # noqa: S608
            assert _refused(driver, sql) == NO_RIGHT, sql
    for table in TABLES.values():
        for column in table.c:
            if not column.name.startswith("void"):
                sql = f'UPDATE "{table.name}" SET "{column.name}" = "{column.name}"'  # noqa: S608
                assert _refused(driver, sql) == NO_RIGHT, sql
    for sql in (
        "UPDATE audit SET who = 'x'",
        "UPDATE ward SET demonstration = 1",
        "UPDATE alembic_version SET version_num = '0001'",
        "ALTER TABLE infant DISABLE TRIGGER ALL",
        "DROP TRIGGER tr_infant_keep ON infant",
        "CREATE TABLE mine (id bigint)",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "DROP FUNCTION tr_infant_keep()",
        "SET session_replication_role = replica",
    ):
        assert _refused(driver, sql) == NO_RIGHT, sql
    assert contents(store) == before


def test_a_temporary_table_does_not_lead_a_guard_astray(station, connected, ward):
    """PostgreSQL looks into a session's own temporary tables first, unless it is told otherwise."""
    store = station()
    fill(store)
    driver = connected(ward, STATION)
    driver.plain("CREATE TEMP TABLE audit (LIKE public.audit)")
    out_of_order = (
        "INSERT INTO public.audit SELECT seq + 1000, at, who, act, table_name, row_id, operation, "
        "content, previous_hash, hash FROM public.audit WHERE seq = 2"
    )
    assert _refused(driver, out_of_order) == "23000"
    store.verify_audit()


def test_not_even_the_owner_changes_a_record_while_the_guards_are_on(station, connected, ward):
    fill(station())
    driver = connected(ward, OWNER)
    for table in TABLES.values():
        assert _refused(driver, f"UPDATE \"{table.name}\" SET recorded_by = 'x'") == "23000"  # noqa: S608
        assert _refused(driver, f'DELETE FROM "{table.name}"') == "23000"  # noqa: S608
        assert _refused(driver, f'TRUNCATE "{table.name}" CASCADE') == "23000"
    assert _refused(driver, "DELETE FROM audit") == "23000"
    assert _refused(driver, "UPDATE audit SET who = 'x'") == "23000"


def test_striking_out_is_whole_and_once(station, connected, ward):
    store = station()
    fill(store)
    driver = connected(ward, STATION)
    assert _refused(driver, "UPDATE infant SET voided_by = 'x'") == "23000"
    void(store, BloodCount, 2)
    with pytest.raises(Refused, match="struck out already"):
        void(store, BloodCount, 2)
    undone = "UPDATE blood_count SET voided_at = NULL, voided_by = NULL, void_reason = NULL"
    assert _refused(driver, f"{undone} WHERE id = 2") == "23000"


@pytest.mark.parametrize("role", [OWNER, "postgres"])
def test_a_station_with_too_many_rights_is_not_let_in(postgres, ward, tmp_path, role):
    with pytest.raises(Refused, match="may change or erase records"):
        open_store(tmp_path / "s", now=NOW, create=False, server=postgres.url(ward, role))
    assert not (tmp_path / "s").exists()


def test_one_right_too_many_is_found(postgres, ward, tmp_path):
    postgres.superuser(f"GRANT UPDATE (weight_g) ON measurement TO {STATION}", ward)
    with pytest.raises(Refused, match="may change or erase records"):
        open_store(tmp_path / "s", now=NOW, create=False, server=postgres.url(ward))


def test_a_guard_that_is_off_is_found(postgres, ward, tmp_path):
    postgres.superuser("ALTER TABLE infant DISABLE TRIGGER tr_infant_keep", ward)
    with pytest.raises(Damaged, match="rules that guard them"):
        open_store(tmp_path / "s", now=NOW, create=False, server=postgres.url(ward))


def test_a_record_changed_past_every_guard_is_found(postgres, station, ward, tmp_path):
    """H37: by whoever runs the server, who may do anything but write a trail that verifies."""
    add(station(), Infant)
    postgres.superuser("SET session_replication_role = replica; UPDATE infant SET bed = '5'", ward)
    with pytest.raises(AuditBroken, match="infant number 1 was changed"):
        open_store(tmp_path / "s", now=NOW, create=False, server=postgres.url(ward))


def test_a_server_put_back_to_an_older_state_is_found(postgres, station, ward, tmp_path):
    """H36: what this station saw saved is missing: an old copy, or a standby that had fallen behind."""
    first = station()
    add(first, Infant)
    first.close()
    postgres.make_database("older", ward)
    again = station("station")
    add(again, Infant, hospital_number="T 2")
    again.close()
    with pytest.raises(Damaged, match="older state"):
        open_store(tmp_path / "station", now=NOW, create=False, server=postgres.url("older"))


def test_a_server_that_does_not_keep_saves_safe_is_not_used(postgres, ward):
    postgres.superuser(f"ALTER DATABASE {ward} SET standard_conforming_strings = off")
    with pytest.raises(Refused, match="standard_conforming_strings"):
        connect_server(read_address(postgres.url(ward)))


def _refused(driver, sql):
    with pytest.raises(ServerFault) as fault:
        driver.plain(sql)
    return fault.value.state
