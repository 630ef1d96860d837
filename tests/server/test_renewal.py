"""A ward that an earlier Bedside made is brought up rule by rule: it then is as a new one."""

from contextlib import closing

import pytest

from bedside.cli import main
from bedside.store.audit import Act
from bedside.store.audit_step import seal_as_it_is
from bedside.store.records import BloodCount, Infant
from bedside.store.schema import SCHEMA
from bedside.store.server_driver import _SESSION
from bedside.store.server_schema import server_digest
from bedside.store.ways import utc_text
from tests.server.kept_wards import kept_steps, lay_down
from tests.server.postgres import OWNER
from tests.store.samples import NOW, add, contents

_HOLDING = (
    "SELECT p.proname, pg_get_functiondef(p.oid) FROM pg_proc p WHERE pronamespace = 'public'::regnamespace",
    "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
    "WHERE connamespace = 'public'::regnamespace",
    "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index i JOIN pg_class c "
    "ON c.oid = i.indexrelid WHERE c.relnamespace = 'public'::regnamespace",
    "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "SELECT nspname FROM pg_namespace WHERE nspname NOT LIKE 'pg_t%'",
)


def _holding(driver):
    return [sorted(driver.plain(sql).fetchall()) for sql in _HOLDING]


def _bring_up(postgres, database, folder, capsys):
    words = ["move", "--ward", str(folder / "none"), "--to", postgres.url(database, OWNER)]
    done = main([*words, "--bring-up"])
    said = capsys.readouterr()
    return done, said.out + said.err


def _as_an_older_one(driver, *sql):
    """The ward with other rules, as a Bedside of the same step had made it."""
    driver.plain("BEGIN")
    for one in sql:
        driver.plain(one)
    driver.execute("UPDATE ward SET schema_digest = ?", (server_digest(driver),))
    seal_as_it_is(driver, Act("Bedside", "as an older Bedside left it", utc_text(NOW)), None)
    driver.plain("COMMIT")


def test_older_rules_of_the_same_step_are_made_as_in_a_new_ward(
    station, connected, postgres, ward, tmp_path, capsys
):
    """A ward of yesterday kept its longer rules for good: it was called "of this Bedside already"."""
    driver = connected(ward)
    as_new = _holding(driver)
    with closing(station("s")) as store:
        add(store, Infant)
        add(store, BloodCount)
        before = contents(store)
    ((check,),) = driver.plain(
        "SELECT conname FROM pg_constraint WHERE conrelid = 'blood_count'::regclass AND contype = 'c' "
        "AND pg_get_constraintdef(oid) LIKE '%bedside_is_moment(taken_at)%'"
    ).fetchall()
    ((guard, on),) = driver.plain(
        "SELECT tgname, tgrelid::regclass FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname LIMIT 1"
    ).fetchall()
    _as_an_older_one(
        driver,
        f"ALTER TABLE blood_count DROP CONSTRAINT {check}, "
        f"ADD CONSTRAINT {check} CHECK (length(taken_at) > 0), ADD CONSTRAINT of_old CHECK (id > 0)",
        "CREATE OR REPLACE FUNCTION bedside_is_exact(text) RETURNS boolean IMMUTABLE PARALLEL SAFE "
        "LANGUAGE plpgsql AS $is$ BEGIN RETURN TRUE; END $is$",
        "CREATE FUNCTION bedside_of_old(text) RETURNS text LANGUAGE sql AS 'SELECT $1'",
        "CREATE OR REPLACE FUNCTION bedside_short(text) RETURNS text IMMUTABLE PARALLEL SAFE "
        "LANGUAGE plpgsql AS $is$ BEGIN RETURN left($1, 100); END $is$",
        f"DROP TRIGGER {guard} ON {on}",
    )
    assert _holding(driver) != as_new
    done, said = _bring_up(postgres, ward, tmp_path, capsys)
    assert done == 0, said
    assert "was brought up to this Bedside" in said
    assert _holding(driver) == as_new
    store = station("s")  # tables, rights and trail are looked at again
    assert contents(store) == before
    add(store, BloodCount, specimen="AFTER")
    store.verify_audit()
    head = store.audit_head()
    done, said = _bring_up(postgres, ward, tmp_path, capsys)
    assert (done, store.audit_head()) == (0, head)
    assert "already" in said


@pytest.mark.parametrize("step", kept_steps())
def test_a_kept_ward_is_as_a_new_one_once_it_is_brought_up(
    step, connected, postgres, empty_ward, database, tmp_path, capsys
):
    lay_down(step, postgres, database)
    assert _bring_up(postgres, database, tmp_path, capsys)[0] == 0
    with closing(connected(empty_ward)) as new:  # nobody stays in what others are copied from
        as_new = _holding(new)
    assert _holding(connected(database)) == as_new


def test_rules_that_were_changed_outside_are_not_mended_without_a_word(
    connected, postgres, ward, tmp_path, capsys
):
    driver = connected(ward)
    driver.plain("ALTER TABLE blood_count ADD CONSTRAINT of_others CHECK (id > 0)")
    done, said = _bring_up(postgres, ward, tmp_path, capsys)
    assert done == 2
    assert "changed outside Bedside" in said
    assert driver.plain("SELECT schema_version FROM ward").fetchone() == (SCHEMA,)


def test_an_owner_who_may_not_look_at_a_new_ward_is_told(
    connected, postgres, ward, tmp_path, capsys
):
    postgres.superuser(f'ALTER DATABASE "{ward}" OWNER TO postgres')
    done, said = _bring_up(postgres, ward, tmp_path, capsys)
    assert done == 2
    assert "GRANT CREATE ON DATABASE" in said


def test_while_a_station_is_at_work_nothing_is_changed_and_it_is_said(
    connected, postgres, ward, tmp_path, capsys, monkeypatch
):
    driver = connected(ward)
    _as_an_older_one(driver, "ALTER TABLE blood_count ADD CONSTRAINT of_old CHECK (id > 0)")
    before = _holding(driver)
    session = [(name, "200ms" if name == "lock_timeout" else is_) for name, is_ in _SESSION]
    monkeypatch.setattr("bedside.store.server_driver._SESSION", session)
    driver.plain("BEGIN; LOCK blood_count IN ROW EXCLUSIVE MODE")
    done, said = _bring_up(postgres, ward, tmp_path, capsys)
    driver.plain("ROLLBACK")
    assert done == 2
    assert "Close Bedside at every station" in said
    assert _holding(driver) == before
