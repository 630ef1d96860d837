"""Reading records back: which ones, in which order, and that it is quick."""

import time
from datetime import timedelta

import pytest
from msgspec.structs import fields

from bedside.store import (
    audit,
    check_records,
    commission_records,
    dlt_records,
    dose_records,
    fever_records,
    handover_records,
    infusion_records,
    kept_records,
    laboratory_records,
    opening_records,
    people_records,
    records,
    restored_records,
    risk_records,
    signature_records,
    toxicity_records,
)
from bedside.store.queries import all_of, of_infant, one, standing
from bedside.store.records import BloodCount, Infant, Measurement, Record, SiteSetting, Task
from bedside.store.shapes import shape_of, typed_fields
from bedside.store.tables import AUDIT, TABLES
from bedside.units.refusal import Refused
from tests.store.samples import ACT, NOW, WHO, add, row_of, void


@pytest.mark.parametrize("record_type", TABLES, ids=lambda kind: kind.__name__)
def test_columns_are_the_records_fields(record_type):
    names = {column.name for column in TABLES[record_type].c}
    assert names == {field.name for field in fields(record_type)}


@pytest.mark.parametrize("record_type", TABLES, ids=lambda kind: kind.__name__)
def test_a_shape_sees_the_fields_that_msgspec_sees(record_type):
    seen = fields(record_type)
    assert list(typed_fields(record_type).items()) == [(field.name, field.type) for field in seen]
    absent = {field.name for field in seen if field.default is None}
    assert shape_of(record_type).spare == absent


@pytest.mark.parametrize("record_type", TABLES, ids=lambda kind: kind.__name__)
def test_what_may_be_absent_is_the_same_in_table_and_record(record_type):
    for field in fields(record_type):
        column = TABLES[record_type].c[field.name]
        assert column.nullable is ("None" in str(field.type)), field.name


@pytest.mark.parametrize("record_type", TABLES, ids=lambda kind: kind.__name__)
def test_shapes_are_the_tables(record_type):
    """Shapes are worked out from the records alone: name, order, kinds and absence must agree."""
    shape, table = shape_of(record_type), TABLES[record_type]
    assert shape.table == table.name
    assert shape.names == tuple(table.c.keys())
    assert shape.writers == {column.name: column.type.way.write for column in table.c}
    assert shape.readers == tuple(column.type.way.read for column in table.c)
    assert shape.required == {name for name in shape.own if not table.c[name].nullable}


def test_every_record_has_its_table_and_the_trail_its_columns():
    rooms = (
        records,
        check_records,
        commission_records,
        dlt_records,
        dose_records,
        fever_records,
        handover_records,
        infusion_records,
        kept_records,
        laboratory_records,
        opening_records,
        people_records,
        restored_records,
        risk_records,
        signature_records,
        toxicity_records,
    )
    kinds = {kind for room in rooms for kind in vars(room).values() if isinstance(kind, type)}
    assert set(TABLES) == {kind for kind in kinds if issubclass(kind, Record)} - {Record}
    assert tuple(AUDIT.c.keys()) == audit.COLUMNS


def test_records_come_in_the_order_in_which_they_were_recorded(store):
    for hours in (5, 1, 3):
        add(store, Measurement, measured_at=NOW + timedelta(hours=hours))
    with store.reading() as connection:
        read = of_infant(connection, Measurement, 1)
    assert [row.id for row in read] == [1, 2, 3]


def test_a_text_that_stands_in_many_rows_is_held_once():
    """A ward of a thousand infants holds some hundred thousand rows by the same few people."""
    shape = shape_of(Measurement)
    rows = [
        tuple(
            f"{'A. Nurse, RN' if number % 3 else 'B. Nurse, RN'}" if name == "recorded_by"
            else f"reason {number}" if name == "void_reason"
            else None if name in ("measured_at", "recorded_at", "voided_at") else number
            for name in shape.names
        )
        for number in range(100)
    ]  # fmt: skip
    read = shape.records(rows)
    assert [(row.id, row.recorded_by, row.void_reason) for row in read] == [
        (number, "A. Nurse, RN" if number % 3 else "B. Nurse, RN", f"reason {number}")
        for number in range(100)
    ]
    assert len({id(row.recorded_by) for row in read}) == 2


def test_struck_out_records_come_only_when_asked_for(store):
    first = add(store, Measurement)
    void(store, Measurement, first)
    second = add(store, Measurement)
    with store.reading() as connection:
        assert [row.id for row in of_infant(connection, Measurement, 1)] == [second]
        assert [row.id for row in all_of(connection, Measurement)] == [second]
        every = of_infant(connection, Measurement, 1, include_void=True)
        assert [row.id for row in every] == [first, second]
        assert all_of(connection, Measurement, include_void=True) == every


def test_each_infant_has_her_own(store):
    """H25: nobody sees another infant's weight."""
    other = add(store, Infant, hospital_number="T 2")
    add(store, Measurement, weight_g=5000)
    add(store, Measurement, weight_g=7000, infant_id=other)
    with store.reading() as connection:
        assert [row.weight_g for row in of_infant(connection, Measurement, 1)] == [5000]
        assert [row.weight_g for row in of_infant(connection, Measurement, other)] == [7000]
        assert of_infant(connection, Measurement, 99) == []


def test_what_is_not_there_is_said(store):
    with store.reading() as connection, pytest.raises(Refused, match="no infant with number 7"):
        one(connection, Infant, 7)


def test_settings_are_about_no_infant(store):
    with store.reading() as connection, pytest.raises(TypeError, match="not about an infant"):
        of_infant(connection, SiteSetting, 1)


def test_a_truth_value_comes_back_as_one(store):
    add(store, Task, site_value=True)
    with store.reading() as connection:
        assert one(connection, Task, 1).site_value is True


def test_a_reading_sees_one_state(store):
    with store.reading() as connection:
        before = all_of(connection, Infant)
        assert all_of(connection, Infant) == before


def test_a_thousand_counts_are_read_quickly(store):
    """A few milliseconds for a thousand rows; the bound leaves room for a busy machine."""
    with store.change(WHO, ACT, NOW) as change:
        for minute in range(1000):
            row = row_of(BloodCount, taken_at=NOW + timedelta(minutes=minute))
            change.add(BloodCount, **row)
    shape_of(BloodCount)
    taken = []
    with store.reading() as connection:
        for _ in range(7):
            start = time.perf_counter()
            assert len(of_infant(connection, BloodCount, 1)) == 1000
            taken.append(time.perf_counter() - start)
    assert min(taken) < 0.25


def test_what_stands_is_counted_without_being_read(store):
    with store.reading() as connection:
        assert standing(connection, SiteSetting) == (0, 0)
    first = add(store, SiteSetting)
    void(store, SiteSetting, first)
    second = add(store, SiteSetting)
    with store.reading() as connection:
        assert standing(connection, SiteSetting) == (1, second)
