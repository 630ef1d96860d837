"""The record, read: who did what when, in words; as it stood; and a paper's head against the trail."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from bedside.demonstration import make_demonstration_ward
from bedside.store.records import BloodCount, Measurement
from bedside.units.refusal import Refused
from bedside.ward.audit_reader import (
    chosen,
    find_head,
    may_read_ward,
    record_of_infant,
    record_of_ward,
)
from bedside.ward.audit_words import AuditWords
from bedside.ward.demonstration_today import MovableClock
from bedside.ward.ward import SignedIn
from tests.made_wards import copy_demonstration
from tests.store.samples import row_of

NOW = datetime(2026, 11, 20, 10, 42, tzinfo=UTC)
WHO, OTHER = "E. Berg, RN", "Dr I. Halvorsen"


@pytest.fixture
def ward(tmp_path):
    copy_demonstration(NOW, tmp_path / "ward")
    made = make_demonstration_ward(tmp_path / "ward", MovableClock(NOW))
    yield made
    made.store.close()


def infants(ward):
    with ward.store.reading() as reader:
        return [row[0] for row in reader.exec_driver_sql("SELECT id FROM infant").fetchall()]


def weigh(ward, at, grams, who=WHO):
    with ward.store.change(who, "recorded a weight", at) as change:
        return change.add(
            Measurement, infant_id=1, measured_at=at, weight_g=grams, length_mm=None,
            unusual_reason="",
        )  # fmt: skip


def test_every_row_of_the_trail_about_an_infant_is_there_and_none_of_another(ward):
    with ward.store.reading() as reader:
        trail = reader.exec_driver_sql(
            "SELECT seq, table_name, row_id, operation, content FROM audit ORDER BY seq"
        ).fetchall()
    for infant in infants(ward):
        mine = [
            row[0]
            for row in trail
            if row[3] != "upgrade"
            and (row[1:3] == ("infant", infant) or json.loads(row[4]).get("infant_id") == infant)
        ]
        assert [line.seq for line in record_of_infant(ward, infant).lines] == mine


def test_who_when_why_of_a_struck_out_weight_stay_readable(ward):
    at = ward.now() + timedelta(minutes=1)
    row = weigh(ward, at, 7300)
    with ward.store.change(OTHER, "struck out a weight", at + timedelta(minutes=2)) as change:
        change.void(Measurement, row, "scale not tared")
    added, striking = record_of_infant(ward, 1).lines[-2:]
    assert dict(added.fields)["Weight"] == "7.3 kg"
    assert (added.who, added.act, added.kind) == (WHO, "recorded a weight", "Weight and length")
    assert OTHER in added.struck
    assert "scale not tared" in added.struck
    assert striking.is_striking
    assert striking.who == OTHER
    assert striking.summary.startswith("struck out: scale not tared")


def test_the_record_as_it_stood_has_neither_later_rows_nor_later_strikings(ward):
    at = ward.now() + timedelta(hours=1)
    row = weigh(ward, at, 7300)
    with ward.store.change(OTHER, "struck out", at + timedelta(hours=1)) as change:
        change.void(Measurement, row, "wrong infant")

    def stands(moment):
        view = record_of_infant(ward, 1, moment)
        assert view.as_of == moment
        return [line for line in view.lines if dict(line.fields).get("Weight") == "7.3 kg"]

    assert stands(at - timedelta(seconds=1)) == []
    assert len(stands(at)) == 1
    assert stands(at)[0].struck == ""
    assert stands(at + timedelta(hours=1)) == []
    assert len(stands(at + timedelta(minutes=59))) == 1
    seqs = [line.seq for line in record_of_infant(ward, 1, at).lines]
    assert seqs == sorted(seqs)  # in the order in which it was recorded, not by kind


def test_every_earlier_state_can_be_rebuilt(ward):
    """P10: at each moment of the trail the standing rows are exactly those that stood then."""
    with ward.store.reading() as reader:
        rows = reader.exec_driver_sql(
            "SELECT at, table_name, row_id, content FROM audit ORDER BY seq"
        ).fetchall()
    moments = sorted({row[0] for row in rows})
    for moment in moments[:: max(1, len(moments) // 12)]:
        expected = set()
        for at, table, row_id, content in rows:
            kept = json.loads(content)
            if at <= moment and (kept.get("infant_id") == 2 or (table, row_id) == ("infant", 2)):
                (expected.discard if kept["voided_at"] else expected.add)((table, row_id))
        view = record_of_infant(ward, 2, datetime.fromisoformat(moment))
        assert len(view.lines) == len(expected), moment


def test_no_column_name_no_json_and_no_secret_is_shown(ward):
    views = [record_of_infant(ward, infant) for infant in infants(ward)]
    for line in (line for view in (*views, record_of_ward(ward)) for line in view.lines):
        assert "_" not in line.kind
        for name, value in line.fields:
            assert "_" not in name, (line.kind, name)
            assert not value.startswith(("{", "[", "$argon2")), (line.kind, name, value)


def test_every_kind_of_record_has_its_own_title(ward):
    from bedside.store.catalogue import tables_of
    from bedside.store.tables import TABLES

    with ward.store.reading() as reader:
        tables = tables_of(reader)
    words = AuditWords(ward, {})
    named = [table.name for table in TABLES.values()]
    assert set(named) < set(tables)
    titles = [words.title(name) for name in named]
    assert len(set(titles)) == len(titles)


def test_values_stand_with_their_units_as_everywhere(ward):
    words = AuditWords(ward, {})
    written = dict(
        words.fields(
            "any",
            {
                "weight_g": 6200, "length_mm": 655, "anc_per_ul": 480, "amount_ug": 15500,
                "haemoglobin_tenths_g_per_l": 845, "volume_ul": 620, "per_billion": 100_000,
                "value": "31.5", "unit": "µmol/L", "drug": "azacitidine", "sex": "f",
                "gestation_days": 273, "infusion_minutes": 30, "note": "", "length": None,
            },
        )
    )  # fmt: skip
    assert written["Weight"] == "6.2 kg"
    assert written["ANC"] == "480 per µL"
    assert written["Amount"] == "15.5 mg"
    assert written["Haemoglobin"] == "84.5 g/L"
    assert written["Volume"] == "0.62 mL"
    assert written["Level"] == "0.01 %"
    assert written["Value"] == "31.5 µmol/L"
    assert written["Sex"] == "female"
    assert written["Gestation"] == "39 weeks 0 days"
    assert "Note" not in written


def test_figures_that_two_people_count_apart_stay_hidden_until_the_check_is_over(ward):
    words = AuditWords(ward, {})
    row = {"order_id": 3, "weight_g": 6200, "dose": "15.5", "unit": "mg", "volume_ul": 620}
    hidden = dict(words.fields("first_count", row, over=False))
    assert not {"6.2 kg", "15.5 mg", "0.62 mL"} & set(hidden.values())
    assert "6.2 kg" in dict(words.fields("first_count", row, over=True)).values()


def test_filters_by_person_kind_day_and_words(ward):
    view = record_of_infant(ward, 1)
    some = view.lines[len(view.lines) // 2]
    assert {line.who for line in chosen(view, who=some.who)} == {some.who}
    assert {line.kind for line in chosen(view, kind=some.kind)} == {some.kind}
    assert {line.at.date() for line in chosen(view, day=some.at.date())} == {some.at.date()}
    assert some in chosen(view, text=f"{some.kind.upper()} {some.number}")
    assert chosen(view, text="no such words anywhere") == ()


def test_the_ward_s_own_record_is_for_some_roles_only(ward):
    lines = record_of_ward(ward).lines
    assert {"Setting", "This ward"} <= {line.kind for line in lines}
    ward.signed_in = SignedIn(1, WHO, ("nurse",))
    assert may_read_ward(ward)
    with pytest.raises(Refused, match="read the ward's own record"):
        record_of_ward(ward)
    ward.signed_in = SignedIn(1, WHO, ("administrator",))
    assert record_of_ward(ward).lines == lines


def test_a_head_is_found_by_its_short_form_and_an_unknown_one_is_not(ward):
    head = ward.store.audit_head()
    spaced = " ".join(head[at : at + 4] for at in range(0, 16, 4)).upper()
    with ward.store.reading() as reader:
        (many,) = reader.exec_driver_sql("SELECT count(*) FROM audit").fetchone()
    found = find_head(ward, spaced)
    assert found.seq == many
    assert "In this ward's trail" in found.words
    weigh(ward, ward.now() + timedelta(minutes=1), 7000)
    assert find_head(ward, head).seq == many
    assert find_head(ward, head[:15] + ("0" if head[15] != "0" else "1")).seq is None
    for wrong in ("", "12", "xyz", "0" * 65, "sheet 12"):
        with pytest.raises(Refused):
            find_head(ward, wrong)


def test_a_count_of_another_infant_is_not_in_it(ward):
    before = len(record_of_infant(ward, 1).lines)
    with ward.store.change(WHO, "recorded a count", ward.now()) as change:
        change.add(BloodCount, **{**row_of(BloodCount), "infant_id": 2, "specimen": "elsewhere"})
    assert len(record_of_infant(ward, 1).lines) == before
