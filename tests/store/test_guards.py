"""What the file itself refuses, whoever writes to it: nothing is erased, replaced or changed."""

import sqlite3

import pytest

from bedside.store.dose_records import DoseBasis
from bedside.store.records import DoseRecord, Infant, Measurement
from bedside.store.tables import AUDIT, TABLES, WARD
from bedside.units.refusal import Refused
from tests.store.samples import add, contents, raw

CLINICAL = [table.name for table in TABLES.values()]


@pytest.mark.parametrize("table", [*CLINICAL, "audit", "ward"])
def test_no_row_is_erased(full_store, table):
    """H29, H36: there is no road to losing a row."""
    before = raw(full_store, f'SELECT * FROM "{table}"')  # noqa: S608
    assert before
    with pytest.raises(sqlite3.IntegrityError, match="never"):
        raw(full_store, f'DELETE FROM "{table}"')  # noqa: S608
    assert raw(full_store, f'SELECT * FROM "{table}"') == before  # noqa: S608


@pytest.mark.parametrize("recursive", ["ON", "OFF"])
@pytest.mark.parametrize("table", [*CLINICAL, "audit", "ward"])
def test_no_row_is_replaced(full_store, table, recursive):
    """H29: "insert or replace" is no way round, not even with SQLite's switch turned off."""
    raw(full_store, f"PRAGMA recursive_triggers={recursive}")
    before = raw(full_store, f'SELECT * FROM "{table}"')  # noqa: S608
    with pytest.raises(sqlite3.IntegrityError, match="Bedside"):
        raw(full_store, f'REPLACE INTO "{table}" SELECT * FROM "{table}"')  # noqa: S608
    assert raw(full_store, f'SELECT * FROM "{table}"') == before  # noqa: S608


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_no_column_is_changed(full_store, table):
    """H29: an earlier value is never overwritten."""
    before = contents(full_store)
    for column in table.c:
        if column.name.startswith("void"):
            continue
        with pytest.raises(sqlite3.IntegrityError, match="struck out, never changed"):
            raw(
                full_store,
                f'UPDATE "{table.name}" SET "{column.name}" = 7, voided_at = '  # noqa: S608
                "'2026-11-20T10:42:00.000000+00:00', voided_by = 'x', void_reason = 'x' "
                'WHERE id = (SELECT max(id) FROM "' + table.name + '")',
            )
    assert contents(full_store) == before


@pytest.mark.parametrize("name", ["rowid", "oid", "_rowid_"])
def test_the_hidden_number_is_not_changed_either(full_store, name):
    with pytest.raises(sqlite3.IntegrityError, match="never changed"):
        raw(full_store, f"UPDATE measurement SET {name} = 9")  # noqa: S608


@pytest.mark.parametrize("table", CLINICAL)
def test_striking_out_is_whole_and_once(full_store, table):
    """H29: who, when and why, or nothing; and never taken back."""
    at = "'2026-11-20T10:42:00.000000+00:00'"
    for half in (f"voided_at = {at}", "voided_by = 'x'", "void_reason = 'x'"):
        with pytest.raises(sqlite3.IntegrityError):
            raw(full_store, f'UPDATE "{table}" SET {half}')  # noqa: S608
    whole = f"voided_at = {at}, voided_by = 'x', void_reason = 'x'"
    newest = f'(SELECT max(id) FROM "{table}")'  # noqa: S608
    raw(full_store, f'UPDATE "{table}" SET {whole} WHERE id = {newest}')  # noqa: S608
    for undo in (whole, "voided_at = NULL, voided_by = NULL, void_reason = NULL"):
        with pytest.raises(sqlite3.IntegrityError, match="never changed"):
            raw(full_store, f'UPDATE "{table}" SET {undo} WHERE id = {newest}')  # noqa: S608


def test_a_row_is_not_born_struck_out(full_store):
    columns = ", ".join(column.name for column in TABLES_BY_NAME["task"].c if column.name != "id")
    with pytest.raises(sqlite3.IntegrityError, match="never replaced"):
        raw(
            full_store,
            f"INSERT INTO task ({columns}) SELECT recorded_at, recorded_by, infant_id, due_at, "  # noqa: S608
            "text, site_value, done_at, recorded_at, 'x', 'x' FROM task",
        )


def test_a_reference_must_lead_somewhere(full_store):
    """Section 4: references are checked on this very connection."""
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        raw(
            full_store,
            "INSERT INTO course_start (recorded_at, recorded_by, infant_id, course_key, day_1, note) "
            "SELECT recorded_at, recorded_by, 99, course_key, day_1, note FROM course_start",
        )


def test_what_a_dose_rested_on_belongs_to_the_infant_who_got_it(full_store):
    """H5: a size or a dose of another infant is never the basis of a dose, whoever writes it."""
    other = add(full_store, Infant, hospital_number="T 0999")
    size = add(full_store, Measurement, infant_id=other)
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        raw(
            full_store,
            "INSERT INTO dose_basis (recorded_at, recorded_by, infant_id, dose_id, amount, unit, "
            "worked, share, protocol_edition, protocol_digest, values_digest, reason) "
            "SELECT recorded_at, recorded_by, ?, dose_id, amount, unit, worked, share, "
            "protocol_edition, protocol_digest, values_digest, reason FROM dose_basis",
            other,
        )
    with pytest.raises(Refused):
        add(full_store, DoseRecord, course_day=77, measurement_id=size)
    with pytest.raises(Refused):
        add(full_store, DoseBasis, infant_id=other)


def test_nothing_cascades():
    """Finding 6: a cascade erases rows without a word when a table is rebuilt."""
    for table in (*TABLES.values(), AUDIT, WARD):
        for constraint in table.foreign_key_constraints:
            assert constraint.ondelete is None
            assert constraint.onupdate is None


def test_every_table_is_strict_and_every_rule_has_a_name(full_store):
    strict = {row[1]: row[5] for row in raw(full_store, "PRAGMA table_list") if row[0] == "main"}
    for table in (*TABLES.values(), AUDIT, WARD):
        assert strict[table.name] == 1
        assert all(constraint.name for constraint in table.constraints)


@pytest.mark.parametrize(
    "change", ["hash = hash", "content = '{}'", "seq = seq + 100", "who = 'somebody else'"]
)
def test_the_audit_trail_is_not_changed(full_store, change):
    with pytest.raises(sqlite3.IntegrityError, match="never changed"):
        raw(full_store, f"UPDATE audit SET {change}")  # noqa: S608


def test_the_audit_trail_grows_at_its_end_only(full_store):
    columns = ", ".join(column.name for column in AUDIT.c)
    picked = columns.replace("seq,", "{seq},", 1).replace("previous_hash", "{previous}")
    newest = "(SELECT max(seq) FROM audit)"
    for seq, previous in (
        (f"{newest} + 2", "hash"),
        ("-1", "hash"),
        (f"{newest} + 1", "previous_hash"),
    ):
        values = picked.format(seq=seq, previous=previous)
        with pytest.raises(sqlite3.IntegrityError, match="at its end only"):
            raw(
                full_store,
                f"INSERT INTO audit ({columns}) SELECT {values} FROM audit WHERE seq = {newest}",  # noqa: S608
            )


@pytest.mark.parametrize("column", ["ward_id", "created_at", "demonstration"])
def test_a_ward_stays_the_ward_it_is(full_store, column):
    with pytest.raises(sqlite3.IntegrityError, match="stays the ward"):
        raw(full_store, f"UPDATE ward SET {column} = 1")  # noqa: S608


TABLES_BY_NAME = {table.name: table for table in TABLES.values()}
