"""What a blood count keeps of its entry: the file's own rules, and older counts brought up unchanged."""

import sqlite3
from datetime import timedelta
from decimal import Decimal

import pytest

from bedside.store.opening import FILE
from bedside.store.queries import newest_of_infant, of_infant, one
from bedside.store.records import BloodCount, SiteSetting
from bedside.store.upgrade import downgrade, upgrade
from bedside.units.refusal import Refused
from tests.store.samples import NOW, add, fill, new_store, void
from tests.store.test_upgrade import connected

DONE = {"platelets_state": "done", "platelets_per_ul": 46_000}
FULL = {
    **DONE,
    "laboratory": "Central laboratory",
    "wbc_typed": "2,0",
    "wbc_unit": "10*3/uL",
    "wbc_low": Decimal(6),
    "wbc_high": Decimal("17.5"),
    "anc_typed": "0",
    "anc_unit": "/uL",
    "platelets_typed": "5",
    "platelets_unit": "10*9/L",
    "platelets_comparator": "<",
    "haemoglobin_typed": "8.4",
    "haemoglobin_unit": "g/dL",
    "haemoglobin_low": Decimal("11.3"),
}


def test_what_was_typed_comes_back_as_it_was(store):
    number = add(store, BloodCount, specimen="B-7", **FULL)
    with store.reading() as connection:
        read = one(connection, BloodCount, number)
    assert {name: getattr(read, name) for name in FULL} == FULL
    assert read.wbc_comparator is None and read.anc_low is None
    store.verify_audit()


@pytest.mark.parametrize("name", ["wbc", "anc", "platelets", "haemoglobin"])
@pytest.mark.parametrize(
    ("part", "value", "words"),
    [
        ("typed", "8.4 g/dL", "typed number"),
        ("typed", "<1", "typed number"),
        ("typed", "", "typed number"),
        ("unit", "mg/dL", "no unit"),
        ("comparator", "≤", "comparator"),
        ("reason", "clotted", "only where there is none"),
    ],
)
def test_the_file_refuses_what_cannot_be(store, name, part, value, words):
    unit = "g/L" if name == "haemoglobin" else "/uL"
    with pytest.raises(Refused, match=words):
        add(store, BloodCount, **{**DONE, f"{name}_unit": unit, f"{name}_{part}": value})


@pytest.mark.parametrize(
    "columns",
    [
        {"wbc_typed": "2.0"},
        {"wbc_low": Decimal(6)},
        {"wbc_high": Decimal(17)},
        {"wbc_unit": "g/L"},
        {"haemoglobin_unit": "10*9/L"},
    ],
    ids=str,
)
def test_a_number_and_its_limits_need_a_unit_of_their_own(store, columns):
    with pytest.raises(Refused):
        add(store, BloodCount, **columns)


def test_a_reason_stands_with_a_state_and_never_with_a_number(store):
    absent = {"wbc_state": "unusable", "wbc_per_ul": None}
    with pytest.raises(Refused, match="typed number"):
        add(store, BloodCount, **absent, wbc_typed="2.0", wbc_unit="10*9/L")
    with pytest.raises(Refused, match="comparator"):
        add(store, BloodCount, **absent, wbc_comparator="<")
    number = add(store, BloodCount, **absent, wbc_reason="clotted")
    with store.reading() as connection:
        assert one(connection, BloodCount, number).wbc_reason == "clotted"


def test_one_specimen_is_one_row_whatever_was_typed(store):
    add(store, BloodCount, specimen="B-7", **FULL)
    with pytest.raises(Refused, match="recorded already"):
        add(store, BloodCount, specimen="B-7", wbc_typed="2000", wbc_unit="/uL")


def test_older_counts_are_brought_up_as_they_stand(folder):
    """Rows of the step before keep every value; what they never said stays unsaid; the trail holds."""
    store = new_store(folder)
    fill(store)
    with store.reading() as connection:
        before = of_infant(connection, BloodCount, 1, include_void=True)
    store.close()
    with connected(folder) as connection:
        downgrade(connection, to="0011")
    driver = sqlite3.connect(folder / FILE)
    names = {row[1] for row in driver.execute("PRAGMA table_info(blood_count)")}
    assert "wbc_typed" not in names and "laboratory" not in names
    driver.close()
    with connected(folder) as connection:
        upgrade(connection)
    driver = sqlite3.connect(folder / FILE)
    rows = driver.execute(
        "SELECT id, wbc_per_ul, anc_per_ul, void_reason, wbc_typed, laboratory FROM blood_count"
    ).fetchall()
    with pytest.raises(sqlite3.IntegrityError, match="never changed"):
        driver.execute("UPDATE blood_count SET wbc_typed = '9'")
    with pytest.raises(sqlite3.IntegrityError, match="never erased"):
        driver.execute("DELETE FROM blood_count")
    driver.close()
    assert rows == [
        (row.id, row.wbc_per_ul, row.anc_per_ul, row.void_reason, None, None) for row in before
    ]


def test_the_newest_by_the_time_of_taking_come_first_and_only_standing_ones(full_store):
    for hours in (30, 10, 20):
        add(full_store, BloodCount, taken_at=NOW + timedelta(hours=hours))
    void(full_store, BloodCount, 4)
    with full_store.reading() as connection:
        found = newest_of_infant(connection, BloodCount, 1, 3)
        assert [row.taken_at - NOW for row in found] == [timedelta(hours=h) for h in (20, 10, 2)]
        assert newest_of_infant(connection, BloodCount, 2, 3) == []
        with pytest.raises(TypeError, match="not taken"):
            newest_of_infant(connection, SiteSetting, 1, 3)
