"""A change: kept wholly with its audit rows, or not at all; nothing is ever lost by correcting it."""

from datetime import timedelta
from traceback import format_exception

import pytest
from msgspec.structs import replace

from bedside.store.handover_records import HandoverTaken
from bedside.store.opening_records import OpenedOn
from bedside.store.queries import all_of, of_infant, one
from bedside.store.records import (
    BloodCount,
    CourseStart,
    DoseRecord,
    Infant,
    Measurement,
    Print,
    Record,
    SiteSetting,
    ToxicityGrade,
)
from bedside.store.restored_records import RestoredSettling
from bedside.store.tables import TABLES
from bedside.store.troubles import NotSaved
from bedside.units.refusal import Refused
from tests.store.samples import ACT, NOW, ROWS, WHO, add, contents, fill, raw, row_of, void


def test_a_record_comes_back_as_it_was_given(store):
    row_id = add(store, BloodCount)
    with store.reading() as connection:
        read = one(connection, BloodCount, row_id)
    assert read == BloodCount(id=1, recorded_at=NOW, recorded_by=WHO, **row_of(BloodCount))


@pytest.mark.parametrize("record_type", list(ROWS), ids=lambda kind: kind.__name__)
def test_every_kind_of_record_comes_back(empty_store, record_type):
    fill(empty_store)
    with empty_store.reading() as connection:
        read = one(connection, record_type, 1)
    expected = record_type(id=1, recorded_at=NOW, recorded_by=WHO, **ROWS[record_type])
    if record_type is BloodCount:  # struck out by `fill`
        read = replace(read, voided_at=None, voided_by=None, void_reason=None)
    assert read == expected


def test_a_record_cannot_be_changed_in_place(store):
    with store.reading() as connection:
        infant = one(connection, Infant, 1)
    with pytest.raises(AttributeError):
        infant.bed = "5"


def test_numbers_are_counted_up_without_a_hole(store):
    assert [add(store, Measurement, measured_at=NOW + timedelta(hours=n)) for n in range(4)] == [
        1,
        2,
        3,
        4,
    ]


def test_striking_out_keeps_the_old_value(store):
    """H29: the first value stays readable, with who, when and why."""
    row_id = add(store, Measurement)
    later = NOW + timedelta(minutes=5)
    with store.change("K. Ruiz, RN", "struck out a weight", later) as change:
        change.void(Measurement, row_id, "weighed with the blanket")
    with store.reading() as connection:
        assert all_of(connection, Measurement) == []
        kept = one(connection, Measurement, row_id)
    assert (kept.weight_g, kept.recorded_by, kept.recorded_at) == (6850, WHO, NOW)
    assert (kept.voided_at, kept.voided_by, kept.void_reason) == (
        later,
        "K. Ruiz, RN",
        "weighed with the blanket",
    )


def test_what_is_struck_out_stays_so(store):
    row_id = add(store, Measurement)
    void(store, Measurement, row_id)
    before = contents(store)
    with pytest.raises(Refused, match="struck out already"):
        void(store, Measurement, row_id, NOW + timedelta(days=1))
    assert contents(store) == before


@pytest.mark.parametrize("reason", ["", "  ", "\n"])
def test_striking_out_needs_a_reason(store, reason):
    row_id = add(store, Measurement)
    with (
        pytest.raises(Refused, match="reason"),
        store.change(WHO, ACT, NOW) as change,
    ):
        change.void(Measurement, row_id, reason)


def test_what_is_not_there_cannot_be_struck_out(store):
    with pytest.raises(Refused, match="no blood count with number 99"):
        void(store, BloodCount, 99)


@pytest.mark.parametrize("who", ["", "   "])
def test_a_change_needs_a_name(store, who):
    """H33: every record says who made it."""
    head = store.audit_head()
    with (
        pytest.raises(Refused, match="Who is doing this"),
        store.change(who, ACT, NOW),
    ):
        pytest.fail("a change began without a name")
    assert store.audit_head() == head


def test_an_error_leaves_nothing_behind(store):
    before, head, saved = contents(store), store.audit_head(), store.last_saved

    def half():
        with store.change(WHO, ACT, NOW) as change:
            change.add(Measurement, **row_of(Measurement))
            change.void(Infant, 1, "wrong")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half()
    assert contents(store) == before
    assert (store.audit_head(), store.last_saved) == (head, saved)
    store.verify_audit()


@pytest.mark.file_only
def test_an_error_of_the_database_names_nobody(store):
    """H43: what was written stands in no error, so in no crash file either."""
    name = "CANARY" + "BIRD"  # the lines of this file stand in the error

    def fails():
        with store.change(WHO, ACT, NOW) as change:
            change.connection.exec_driver_sql("INSERT INTO nowhere VALUES (?)", (name,))

    with pytest.raises(NotSaved) as caught:
        fails()
    told = "".join(format_exception(caught.value))
    assert "no such table" in told and name not in told


def test_a_refusal_leaves_nothing_behind_of_the_whole_change(store):
    before = contents(store)

    def half():
        with store.change(WHO, ACT, NOW) as change:
            change.add(BloodCount, **row_of(BloodCount))
            change.add(Measurement, **row_of(Measurement, weight_g=1))

    with pytest.raises(Refused, match="500 g"):
        half()
    assert contents(store) == before
    add(store, BloodCount)
    store.verify_audit()


def test_a_refusal_that_was_answered_leaves_the_rest(store):
    with store.change(WHO, ACT, NOW) as change:
        change.add(BloodCount, **row_of(BloodCount))
        with pytest.raises(Refused):
            change.add(BloodCount, **row_of(BloodCount))
        change.add(Measurement, **row_of(Measurement))
    kept = contents(store)
    assert (len(kept["BloodCount"]), len(kept["Measurement"])) == (1, 1)
    store.verify_audit()


def test_a_change_that_does_nothing_writes_nothing(store):
    head, saved = store.audit_head(), store.last_saved
    with store.change(WHO, ACT, NOW + timedelta(hours=1)):
        pass
    assert (store.audit_head(), store.last_saved) == (head, saved)


def test_a_change_sees_what_it_has_done(store):
    with store.change(WHO, ACT, NOW) as change:
        change.add(Measurement, **row_of(Measurement))
        assert len(of_infant(change.connection, Measurement, 1)) == 1
        with store.reading() as connection:
            assert len(of_infant(connection, Measurement, 1)) == 1


def test_one_change_at_a_time(store):
    with (
        store.change(WHO, ACT, NOW),
        pytest.raises(RuntimeError, match="one change at a time"),
        store.change(WHO, ACT, NOW),
    ):
        pytest.fail("a change began inside another")


@pytest.mark.file_only
def test_nothing_is_written_while_reading(store):
    with (
        store.reading(),
        pytest.raises(RuntimeError, match="not inside a reading"),
        store.change(WHO, ACT, NOW),
    ):
        pytest.fail("a change began inside a reading")
    with store.reading() as connection, pytest.raises(Exception, match="readonly"):
        connection.exec_driver_sql("UPDATE infant SET bed = '9'")
    add(store, Measurement)


def test_a_closed_ward_says_so(store):
    store.close()
    store.close()
    with pytest.raises(RuntimeError, match="closed"), store.reading():
        pytest.fail("a closed ward was read")


def test_a_ward_is_not_closed_half_way(store):
    with store.change(WHO, ACT, NOW) as change:
        change.add(Measurement, **row_of(Measurement))
        with pytest.raises(RuntimeError, match="not closed inside"):
            store.close()
    assert len(contents(store)["Measurement"]) == 1


def test_last_saved_is_the_time_of_the_last_record(empty_store):
    """H24: after a crash the screen says what was saved last."""
    assert empty_store.last_saved is None
    add(empty_store, Infant, NOW)
    later = NOW + timedelta(hours=2)
    add(empty_store, Measurement, later)
    assert empty_store.last_saved == later


@pytest.mark.parametrize(
    ("record_type", "words"),
    [
        (Infant, "hospital number"),
        (Measurement, "already weighed"),
        (BloodCount, "specimen and time"),
        (CourseStart, "Day 1 of this course"),
        (DoseRecord, "this day and route"),
        (Print, "number and copy"),
        (SiteSetting, "has a value already"),
    ],
)
def test_a_double_click_adds_nothing(full_store, record_type, words):
    """H24: the same fact twice is refused, in words that say how to correct it."""
    if record_type is BloodCount:
        add(full_store, BloodCount)  # the first one is struck out in the full ward
    before = contents(full_store)
    with pytest.raises(Refused, match=words):
        add(full_store, record_type, NOW + timedelta(seconds=1))
    assert contents(full_store) == before


@pytest.mark.parametrize(
    "record_type", [Infant, Measurement, CourseStart, DoseRecord, Print, SiteSetting]
)
def test_what_was_struck_out_can_be_recorded_anew(full_store, record_type):
    void(full_store, record_type, 1)
    assert add(full_store, record_type) == 2


@pytest.mark.parametrize("state", ["vial lost", "not given"])
def test_a_lost_vial_does_not_stand_in_the_way(full_store, state):
    void(full_store, DoseRecord, 1)
    add(full_store, DoseRecord, state=state)
    add(full_store, DoseRecord)
    with pytest.raises(Refused, match="this day and route"):
        add(full_store, DoseRecord, state="given")


def test_another_specimen_of_the_same_time_is_another_count(full_store):
    add(full_store, BloodCount)
    add(full_store, BloodCount, specimen="B-2")


@pytest.mark.parametrize("record_type", [kind for kind in TABLES if "infant_id" in ROWS[kind]])
def test_a_record_of_an_unknown_infant_is_refused(full_store, record_type: type[Record]):
    """H25: nothing hangs in the air."""
    with pytest.raises(Refused, match="not on this ward"):
        add(full_store, record_type, **_elsewhere(record_type), infant_id=99)


def _elsewhere(record_type: type[Record]) -> dict[str, object]:
    """What makes a row another one than that of the samples, where one alone may stand."""
    other: dict[type[Record], dict[str, object]] = {
        Print: {"sheet_number": "AZA-0002"},
        OpenedOn: {"place": 2},
        RestoredSettling: {"act_id": 2},
        HandoverTaken: {"task_key": "due|1|2026-11-20T09:00|weigh"},
    }
    return other.get(record_type, {})


def test_a_weight_of_another_infant_is_refused_for_a_dose(full_store):
    """H5, H25: a dose's weight is this infant's own."""
    other = add(full_store, Infant, hospital_number="T 2")
    with pytest.raises(Refused, match="not hers"):
        add(full_store, DoseRecord, infant_id=other)


def test_a_grade_of_another_infants_toxicity_is_refused(full_store):
    """H25: a grade and its toxicity are about the same infant."""
    other = add(full_store, Infant, hospital_number="T 2")
    with pytest.raises(Refused, match="not hers"):
        add(full_store, ToxicityGrade, infant_id=other)


def test_a_dose_may_have_no_weight(store):
    assert add(store, DoseRecord, measurement_id=None, state="given") == 1


def test_columns_are_checked(store):
    with pytest.raises(TypeError, match="no column weight"):
        add(store, Measurement, weight=6850)
    with pytest.raises(TypeError, match="no column voided_at"):
        add(store, Measurement, voided_at=NOW)
    with pytest.raises(TypeError, match="no column recorded_by"):
        add(store, Measurement, recorded_by="somebody else")
    with (
        pytest.raises(TypeError, match="needs unusual_reason, weight_g"),
        store.change(WHO, ACT, NOW) as change,
    ):
        change.add(Measurement, infant_id=1, measured_at=NOW)
    with pytest.raises(TypeError, match="needs weight_g"):
        add(store, Measurement, weight_g=None)


def test_only_records_are_kept(store):
    with pytest.raises(TypeError, match="not a record"), store.change(WHO, ACT, NOW) as change:
        change.add(Record)


def test_what_may_be_absent_can_be_left_out(store):
    with store.change(WHO, ACT, NOW) as change:
        row = row_of(Measurement)
        del row["length_mm"]
        change.add(Measurement, **row)
    assert contents(store)["Measurement"][0].length_mm is None


def test_the_block_cannot_end_its_own_transaction(store):
    before = contents(store)
    with (
        pytest.raises(RuntimeError, match="ended inside"),
        store.change(WHO, ACT, NOW) as change,
    ):
        change.connection.exec_driver_sql("ROLLBACK")
    assert contents(store) == before
    assert raw(store, "SELECT count(*) FROM audit") == [(2,)]
