"""The outermost bounds, held by the file itself, whoever writes to it."""

import sqlite3
from datetime import date, timedelta
from decimal import Decimal

import pytest

from bedside.store.records import (
    BloodCount,
    CourseStart,
    DoseRecord,
    Enrolment,
    Hold,
    Infant,
    Measurement,
    Print,
    StartAnswer,
    Toxicity,
    ToxicityGrade,
)
from bedside.units.refusal import Refused
from tests.store.samples import NOW, add, contents, raw

PERCENTS = [
    f"{cell}_percent"
    for cell in ("neutrophils", "bands", "lymphocytes", "monocytes", "other", "blasts")
]


@pytest.mark.parametrize("grams", [500, 501, 6850, 29_999, 30_000])
def test_a_weight_inside_the_bounds_is_kept(store, grams):
    assert add(store, Measurement, weight_g=grams) == 1


@pytest.mark.parametrize("grams", [0, 499, 30_001, 3_500_000, -6850])
def test_a_weight_outside_the_bounds_is_refused(store, grams):
    """H4: 3500 kg, typed for 3500 g, cannot be kept by any road."""
    with pytest.raises(Refused, match="500 g to 30 000 g"):
        add(store, Measurement, weight_g=grams)
    assert contents(store)["Measurement"] == []


@pytest.mark.parametrize("mm", [200, 1500, None])
def test_a_length_inside_the_bounds_is_kept(store, mm):
    assert add(store, Measurement, length_mm=mm) == 1


@pytest.mark.parametrize("mm", [199, 1501])
def test_a_length_outside_the_bounds_is_refused(store, mm):
    with pytest.raises(Refused, match="length"):
        add(store, Measurement, length_mm=mm)


@pytest.mark.parametrize("column", ["wbc_per_ul", "anc_per_ul"])
@pytest.mark.parametrize("value", [0, 1, 10_000_000])
def test_zero_is_a_count(store, column, value):
    """H21: an ANC of 0 is a value, not a missing one."""
    add(store, BloodCount, **{column: value})
    assert getattr(contents(store)["BloodCount"][0], column) == value


@pytest.mark.parametrize("column", ["wbc_per_ul", "anc_per_ul"])
@pytest.mark.parametrize("value", [-1, 10_000_001])
def test_a_count_outside_the_bounds_is_refused(store, column, value):
    with pytest.raises(Refused, match="10 million"):
        add(store, BloodCount, **{column: value})


@pytest.mark.parametrize("state", ["not done", "pending", "unusable"])
@pytest.mark.parametrize("name", ["wbc", "platelets"])
def test_a_value_that_was_not_measured_is_refused(store, name, state):
    """H22: not done, pending and unusable carry no value."""
    changed = {f"{name}_state": state, f"{name}_per_ul": 0}
    with pytest.raises(Refused, match="state done"):
        add(store, BloodCount, **changed)


@pytest.mark.parametrize("name", ["wbc", "platelets"])
def test_a_measured_value_that_is_missing_is_refused(store, name):
    """H22: done without a value is neither 0 nor normal."""
    with pytest.raises(Refused, match="state done"):
        add(store, BloodCount, **{f"{name}_state": "done", f"{name}_per_ul": None})


def test_haemoglobin_follows_its_state(store):
    with pytest.raises(Refused, match="Haemoglobin"):
        add(store, BloodCount, haemoglobin_tenths_g_per_l=None)
    with pytest.raises(Refused, match="0 to 400 g/L"):
        add(store, BloodCount, haemoglobin_tenths_g_per_l=4001)


@pytest.mark.parametrize("source", ["", "guessed"])
def test_an_anc_says_where_it_came_from(store, source):
    with pytest.raises(Refused):
        add(store, BloodCount, anc_source=source)


@pytest.mark.parametrize("column", PERCENTS)
@pytest.mark.parametrize("value", ["0", "0.05", "99.9999", "100"])
def test_a_percentage_is_kept(store, column, value):
    add(store, BloodCount, **{column: Decimal(value)})
    assert getattr(contents(store)["BloodCount"][0], column) == Decimal(value)


@pytest.mark.parametrize("column", PERCENTS)
@pytest.mark.parametrize("value", ["100.0001", "101", "155"])
def test_more_than_all_cells_is_refused(store, column, value):
    with pytest.raises(Refused, match="0 to 100 %"):
        add(store, BloodCount, **{column: Decimal(value)})


@pytest.mark.parametrize(
    ("record_type", "changed", "words"),
    [
        (Infant, {"sex": "x"}, "one of: f, m"),
        (Infant, {"family": " "}, "family name"),
        (Infant, {"hospital_number": ""}, "hospital number"),
        (Infant, {"gestation_days": 139}, "140 to 330"),
        (Infant, {"gestation_days": 331}, "140 to 330"),
        (Enrolment, {"kmt2a": "yes"}, "rearranged, germline"),
        (Enrolment, {"ctcae": "5"}, "4.03, 5.0, 6.0"),
        (Enrolment, {"protocol_key": ""}, "protocol"),
        (BloodCount, {"wbc_state": "haemolysed", "wbc_per_ul": None}, "unusable"),
        (Toxicity, {"term": ""}, "term"),
        (StartAnswer, {"answer": "maybe"}, "yes, no"),
        (CourseStart, {"course_key": ""}, "course"),
        (Hold, {"reason": "  "}, "reason"),
        (Hold, {"until_on": date(2026, 10, 31)}, "first day or later"),
        (DoseRecord, {"state": "prepared"}, "vial running, given"),
        (DoseRecord, {"amount_ug": 0}, "more than nothing"),
        (DoseRecord, {"course_day": 0}, "day 1"),
        (DoseRecord, {"infusion_minutes": 0}, "1 minute"),
        (DoseRecord, {"reconstituted_at": None}, "reconstitution"),
        (DoseRecord, {"infusion_minutes": None}, "length of its infusion"),
        (DoseRecord, {"started_at": NOW - timedelta(seconds=1)}, "reconstituted first"),
        (Print, {"kind": "letter"}, "dosing-sheet, roadmap"),
        (Print, {"kind": "day-sheet"}, "names its day and its route"),
        (Print, {"kind": "label", "course_day": 8}, "names its day and its route"),
        (Print, {"course_day": 8, "route": "IV"}, "no other paper does"),
        (Print, {"drug": "vincristine"}, "no other paper does"),
        (Print, {"copy": 0}, "counted from 1"),
        (Print, {"audit_head": "none"}, "SHA-256"),
        (Print, {"audit_head": "A" * 64}, "SHA-256"),
    ],
)
def test_a_row_outside_its_rules_is_refused_in_words(store, record_type, changed, words):
    if record_type is Infant:
        changed = {"hospital_number": "T 2", **changed}
    if record_type is DoseRecord:
        add(store, Measurement)
    before = contents(store)
    with pytest.raises(Refused, match=words):
        add(store, record_type, **changed)
    assert contents(store) == before


@pytest.mark.parametrize("grade", [0, 1, 5])
def test_a_grade_inside_the_bounds_is_kept(store, grade):
    add(store, Toxicity)
    assert add(store, ToxicityGrade, grade=grade) == 1


@pytest.mark.parametrize("grade", [-1, 6])
def test_a_grade_outside_the_bounds_is_refused(store, grade):
    add(store, Toxicity)
    with pytest.raises(Refused, match="0 \\(resolved\\) to 5"):
        add(store, ToxicityGrade, grade=grade)


# What follows writes past the program, as another program could.


@pytest.fixture
def written(store):
    """Write one measurement by SQL of one's own."""

    def write(measured_at="'2026-11-20T10:42:00.000000+00:00'", weight="6850"):
        return raw(
            store,
            "INSERT INTO measurement (recorded_at, recorded_by, infant_id, measured_at, weight_g, "  # noqa: S608
            f"unusual_reason) VALUES ('2026-11-20T10:42:00.000000+00:00', 'x', 1, {measured_at}, "
            f"{weight}, '')",
        )

    return write


@pytest.mark.parametrize("weight", ["'3,5'", "'3.5'", "3.5", "'6850 g'", "x'1AC2'", "NULL"])
def test_strict_tables_refuse_what_is_no_whole_number(written, weight):
    """H1: a text such as 3,5 cannot lie in a column of grams."""
    with pytest.raises(sqlite3.IntegrityError):
        written(weight=weight)


def test_a_plain_row_can_be_written_so(written, store):
    written()
    assert len(contents(store)["Measurement"]) == 1


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-20T10:42:00",
        "2026-11-20T10:42:00+00:00",
        "2026-11-20 10:42:00.000000+00:00",
        "2026-11-20T10:42:00.000000+01:00",
        "2026-11-20T10:42:00.000000Z",
        "2026-02-30T10:42:00.000000+00:00",
        "2026-11-20T24:00:00.000000+00:00",
        "2026-13-20T10:42:00.000000+00:00",
        "now",
        "",
    ],
)
def test_the_file_refuses_what_is_no_moment(written, text):
    """H45: a naive time, an offset that is not UTC, a day that does not exist."""
    with pytest.raises(sqlite3.DatabaseError):
        written(measured_at=f"'{text}'")


@pytest.mark.parametrize(
    "text", ["2026-02-30", "2026-2-03", "20.11.2026", "2026-11-20T00:00", "now", ""]
)
def test_the_file_refuses_what_is_no_day(store, text):
    with pytest.raises(sqlite3.DatabaseError):
        raw(
            store,
            "INSERT INTO course_start (recorded_at, recorded_by, infant_id, course_key, day_1, note) "
            "VALUES ('2026-11-20T10:42:00.000000+00:00', 'x', 1, 'epi-1', ?, '')",
            text,
        )


@pytest.mark.parametrize(
    "text", ["3,5", "NaN", "1e1", "05", ".5", "5.", "1.50", "1.2.3", "-1", "100.1", " 5", ""]
)
def test_the_file_refuses_what_is_no_percentage(store, text):
    """H1, H22: the file's own rule, not only the program's."""
    add(store, BloodCount)
    row = raw(store, "SELECT * FROM blood_count")[0]
    names = [name[1] for name in raw(store, "PRAGMA table_info(blood_count)")]
    values = dict(zip(names, row, strict=True)) | {
        "id": 2,
        "specimen": "B-2",
        "bands_percent": text,
    }
    places = ", ".join("?" * len(values))
    with pytest.raises(sqlite3.IntegrityError):
        raw(
            store,
            f"INSERT INTO blood_count ({', '.join(values)}) VALUES ({places})",  # noqa: S608
            *values.values(),
        )
