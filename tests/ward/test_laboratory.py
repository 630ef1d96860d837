"""Chemistry and levels: states are not numbers, twice is once, corrections stand in the open."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from bedside.store.laboratory_records import LabResult
from bedside.store.queries import of_infant
from bedside.units.quantities import WhiteCells
from bedside.units.refusal import Refused
from bedside.ward.facts import facts_of
from bedside.ward.laboratory import results_of
from bedside.ward.laboratory_depends import resting_on
from bedside.ward.laboratory_page import laboratory_page
from bedside.ward.laboratory_reading import NewResult, look_at
from bedside.ward.laboratory_recording import (
    NewSpecimen,
    complete_result,
    correct_result,
    entered_already,
    record_results,
    void_result,
)
from bedside.ward.proposals import proposals_of
from bedside.ward.site import save_site, site_form
from bedside.ward.toxicities import answer_resolved
from bedside.ward.toxicity_round import finish_round
from bedside.ward.views.round import ProposalAnswer, RoundAnswers
from tests.ward.wards import BERLIN, DOCTOR, NURSE, Bench


@pytest.fixture
def ward(bench: Bench) -> Bench:
    bench.site()
    bench.enrol()
    bench.at(2026, 10, 7, 8, 0)
    return bench


def enter(
    bench: Bench, *results: NewResult, days_ago: float = 0, **changes: object
) -> tuple[int, ...]:
    specimen = {
        "taken_at": bench.clock() - timedelta(days=days_ago),
        "specimen": "central line",
        "laboratory": "Main laboratory",
    } | changes
    return record_results(
        bench.ward, bench.infant, NewSpecimen(results=results, **specimen), who=NURSE
    )


def rows(bench: Bench, *, include_void: bool = False) -> list[LabResult]:
    with bench.ward.store.reading() as connection:
        return of_infant(connection, LabResult, bench.infant, include_void=include_void)


def result(bench: Bench, analyte: str):
    return [found for found in results_of(bench.ward, bench.infant) if found.analyte == analyte][-1]


def test_a_value_is_kept_as_entered_and_in_its_kept_unit(ward: Bench) -> None:
    """0.34 mg/dL × 88.4 = 30.056 µmol/L by hand."""
    enter(ward, NewResult("creatinine", "0.34", "mg/dL", low="0.2", high="0.5"))
    row = rows(ward)[0]
    assert (row.value, row.unit, row.kept, row.kept_unit) == (
        Decimal("0.34"), "mg/dL", Decimal("30.056"), "umol/L",
    )  # fmt: skip
    assert (row.low, row.high, row.limits_from) == (Decimal("0.2"), Decimal("0.5"), "laboratory")
    shown = laboratory_page(ward.ward, ward.infant).rows[0]
    assert (shown.entered, shown.kept) == ("0.34 mg/dL", "30.1 µmol/L")
    assert shown.limits == "0.2 to 0.5 mg/dL"


@pytest.mark.parametrize(
    ("analyte", "typed", "unit", "shown"),
    [
        ("potassium", "4.0", "mmol/L", "4.0 mmol/L"),
        ("potassium", " >5.50 mmol/L", "mmol/L", ">5.50 mmol/L"),
        ("potassium", "4", "mmol/L", "4 mmol/L"),
        ("alt", "40", "U/L", "40 U/L"),
    ],
)
def test_noughts_at_the_end_are_shown_as_they_were_typed(
    ward: Bench, analyte: str, typed: str, unit: str, shown: str
) -> None:
    enter(ward, NewResult(analyte, typed, unit))
    assert laboratory_page(ward.ward, ward.infant).rows[0].entered == shown


def test_zero_is_a_value(ward: Bench) -> None:
    """H21: a bilirubin of 0 is kept as 0; it is unusual and typed twice."""
    enter(ward, NewResult("bilirubin", "0", "umol/L", again="0"))
    assert result(ward, "bilirubin").value == 0
    assert result(ward, "bilirubin").state == "done"
    assert rows(ward)[0].unusual_reason == "typed twice: 0 µmol/L"


@pytest.mark.parametrize(
    ("typed", "state", "reason"),
    [
        ("p", "pending", ""),
        ("h", "unusable", "haemolysed"),
        ("c", "unusable", "clotted"),
        ("s", "unusable", "sample too small"),
        ("n no blood drawn", "not done", "no blood drawn"),
        ("u wrong tube", "unusable", "wrong tube"),
    ],
)
def test_a_state_is_not_a_number(ward: Bench, typed: str, state: str, reason: str) -> None:
    """H22: four ways of having no number, each kept as itself."""
    enter(ward, NewResult("potassium", typed, "mmol/L"))
    found = result(ward, "potassium")
    assert (found.state, found.state_reason, found.value, found.kept) == (state, reason, None, None)
    assert found.kept_unit == "mmol/L"


def test_a_comparator_is_kept(ward: Bench) -> None:
    """H23."""
    enter(ward, NewResult("crp", "<0.5", "mg/L"), NewResult("ggt", "> 900", "U/L"))
    assert (result(ward, "crp").comparator, result(ward, "crp").value) == ("<", Decimal("0.5"))
    assert (result(ward, "ggt").comparator, result(ward, "ggt").value) == (">", Decimal(900))
    assert rows(ward)[0].typed == "<0.5"


def test_limits_come_from_the_laboratory_or_from_the_age_band(ward: Bench) -> None:
    """Born 14-May-2026, 4 completed months on 07-Oct-2026: Iowa's white cells, 3 to 12 months."""
    ward.count(640, 86_000, wbc=WhiteCells(5000), wbc_state="done", lymphocytes_percent=Decimal(40))
    enter(ward, NewResult("alt", "190", "U/L", high="56"), NewResult("sodium", "138", "mmol/L"))
    white = result(ward, "white-cells")
    assert (white.value, white.unit) == (Decimal(5), "10*9/L")
    assert (white.lln, white.uln, white.limits_from) == (Decimal(6), Decimal("17.5"), "age band")
    assert "3 to 12 months, fall-back by age: University of Iowa" in white.limits_label
    assert result(ward, "lymphocytes").value == Decimal(2)
    assert (result(ward, "platelets").lln, result(ward, "platelets").limits_label[:11]) == (
        Decimal(216), "at 2 months",
    )  # fmt: skip
    alt = result(ward, "alt")
    assert (alt.lln, alt.uln, alt.limits_from, alt.limits_label) == (
        None, Decimal(56), "laboratory", "",
    )  # fmt: skip
    assert result(ward, "sodium").limits_from == ""
    assert result(ward, "haemoglobin").state == "not done"


def test_no_limits_where_the_table_has_none_for_the_age(bench: Bench) -> None:
    bench.site()
    bench.enrol(born=datetime(2026, 8, 10, tzinfo=BERLIN).date())
    bench.at(2026, 9, 1, 8, 0)
    bench.count(640, 86_000)
    assert result(bench, "platelets").limits_from == ""  # under two months nobody was measured
    assert result(bench, "platelets").lln is None


def test_a_specimen_is_entered_once_and_says_by_whom(ward: Bench) -> None:
    """H24."""
    enter(ward, NewResult("alt", "40", "U/L"))
    with pytest.raises(Refused, match="Test Nurse, RN on 07-Oct-2026 08:00: correct that one"):
        enter(ward, NewResult("alt", "41", "U/L"), specimen=" Central Line ")
    enter(ward, NewResult("alt", "41", "U/L"), specimen="vein")
    enter(ward, NewResult("methotrexate", "p", "umol/L"))
    with pytest.raises(Refused, match="record it as come in"):
        enter(ward, NewResult("methotrexate", "0.1", "umol/L"))


@pytest.mark.parametrize(("first", "second"), [("central line", "not said"), ("not said", "vein")])
def test_a_specimen_that_does_not_say_from_where_may_be_the_same(
    ward: Bench, first: str, second: str
) -> None:
    enter(ward, NewResult("alt", "40", "U/L"), specimen=first)
    with pytest.raises(Refused, match=r"this minute, .*already by .*correct that one.*from where"):
        enter(ward, NewResult("alt", "41", "U/L"), specimen=second)
    assert first != "not said" or entered_already(ward.ward, ward.infant, ward.clock(), "")


def test_all_or_nothing(ward: Bench) -> None:
    with pytest.raises(Refused, match="Potassium: "):
        enter(ward, NewResult("alt", "40", "U/L"), NewResult("potassium", "4,1", "mmol/L"))
    assert rows(ward) == []


@pytest.mark.parametrize(
    ("results", "words"),
    [
        ((), "Nothing is typed"),
        ((NewResult("alt", "40", "U/L"), NewResult("alt", "41", "U/L")), "stands twice"),
        ((NewResult("alt", "40", "mg/dL"),), 'ALT is taken in U/L or µkat/L only, not in "mg/dL"'),
        ((NewResult("alt", "40", "U/L", low="56", high="10"),), "lower limit of normal stands above"),
        ((NewResult("gold", "40", "U/L"),), "no analyte"),
        ((NewResult("potassium", "41", "mmol/L"),), "is not possible"),
        ((NewResult("potassium", "8.1", "mmol/L"),), "type it a second time"),
        ((NewResult("potassium", "8.1", "mmol/L", again="8.2"),), "type it a second time"),
    ],
)  # fmt: skip
def test_what_is_refused(ward: Bench, results: tuple[NewResult, ...], words: str) -> None:
    with pytest.raises(Refused) as refused:
        enter(ward, *results)
    assert words in " ".join(refused.value.reasons)
    assert rows(ward) == []


def test_times_and_places_that_cannot_be(ward: Bench) -> None:
    with pytest.raises(Refused, match="lies in the future"):
        enter(ward, NewResult("alt", "40", "U/L"), days_ago=-1)
    with pytest.raises(Refused, match="at most 60 letters"):
        enter(ward, NewResult("alt", "40", "U/L"), laboratory="x" * 61)


def test_a_pending_result_comes_in(ward: Bench) -> None:
    pending = enter(ward, NewResult("methotrexate", "p", "umol/L"))[0]
    done = complete_result(
        ward.ward, pending, NewResult("methotrexate", "0.08", "umol/L"), who=DOCTOR
    )
    assert [row.id for row in rows(ward)] == [done]
    every = laboratory_page(ward.ward, ward.infant).rows
    assert [(row.entered, bool(row.voided)) for row in every] == [
        ("pending", True), ("0.08 µmol/L", False),
    ]  # fmt: skip
    assert "the result came in (Test Physician" in every[0].voided
    assert rows(ward)[0].replaces_id == pending
    with pytest.raises(Refused, match="is not pending"):
        complete_result(ward.ward, done, NewResult("methotrexate", "0.09", "umol/L"), who=NURSE)


def test_a_correction_voids_and_replaces(ward: Bench) -> None:
    """H29: who, when and why stand with the old value."""
    wrong = enter(ward, NewResult("alt", "40", "U/L"))[0]
    right = correct_result(
        ward.ward, wrong, NewResult("alt", "400", "U/L"), "a digit was missed", who=DOCTOR
    )
    assert [row.id for row in rows(ward)] == [right]
    old = rows(ward, include_void=True)[0]
    assert (old.void_reason, old.voided_by, old.value) == (
        "a digit was missed",
        DOCTOR,
        Decimal(40),
    )
    with pytest.raises(Refused, match="struck out already: a digit was missed"):
        correct_result(ward.ward, wrong, NewResult("alt", "41", "U/L"), "again", who=NURSE)
    with pytest.raises(Refused, match="needs its reason"):
        correct_result(ward.ward, right, NewResult("alt", "41", "U/L"), " ", who=NURSE)
    with pytest.raises(ValueError, match="same analyte"):
        correct_result(ward.ward, right, NewResult("ast", "41", "U/L"), "why", who=NURSE)
    with pytest.raises(Refused, match="is not possible"):
        correct_result(ward.ward, right, NewResult("alt", "60000", "U/L"), "why", who=NURSE)
    assert [row.id for row in rows(ward)] == [right]


def test_striking_out_leaves_the_value_readable(ward: Bench) -> None:
    wrong = enter(ward, NewResult("alt", "40", "U/L"))[0]
    with pytest.raises(Refused, match="needs its reason"):
        void_result(ward.ward, wrong, "", who=NURSE)
    void_result(ward.ward, wrong, "another infant's", who=NURSE)
    assert results_of(ward.ward, ward.infant) == ()
    assert laboratory_page(ward.ward, ward.infant).rows[0].entered == "40 U/L"


def test_what_was_made_of_a_result_is_named(ward: Bench) -> None:
    ward.count(640, 86_000)
    wrong = enter(ward, NewResult("alt", "40", "U/L"))[0]
    assert resting_on(ward.ward, f"lab_result:{wrong}") == ()
    ward.at(2026, 10, 7, 9, 0)
    answer_resolved(ward.ward, ward.infant, "yes", who=DOCTOR)
    found = resting_on(ward.ward, f"lab_result:{wrong}")
    assert found == (
        'The answer "yes" to any toxicity resolved, for EPI #1, 07-Oct-2026 09:00, Test Physician',
    )
    assert resting_on(ward.ward, "blood_count:1") == found


def test_a_field_is_read_back_at_each_key(ward: Bench) -> None:
    def seen(text: str, unit: str = "mg/dL", **more: str):
        typed = NewResult("creatinine", text, unit, **more)
        return look_at(ward.ward, ward.infant, typed, None)

    assert seen("0.34").echo == "0.34 mg/dL = 30.1 µmol/L"
    assert seen("0.34", high="0.3").flag == "high"
    assert seen("0.34", low="0.4").flag == "low"
    assert seen("<0.2", low="0.2").flag == "low"
    assert seen(">2", high="2").flag == "high"
    assert seen("0.34", high="0.5").flag == ""
    assert seen("p").echo == "pending"
    assert seen("h").echo == "unusable: haemolysed"
    assert seen("0,34").level == "impossible"
    assert seen("0.34", "umol/L").words.startswith("0.34 µmol/L is not possible, as when mg/dL")


def test_a_unit_swap_is_named_beside_the_last_value(ward: Bench) -> None:
    enter(ward, NewResult("urate", "4.1", "mg/dL"), days_ago=1)  # 243.868 µmol/L
    seen = look_at(ward.ward, ward.infant, NewResult("urate", "4", "umol/L"), ward.clock())
    assert seen.level == "unusual"
    assert "as when mg/dL are typed as µmol/L" in seen.words
    assert seen.compared.startswith("last 244 µmol/L on 06-Oct-2026")


def test_unit_and_limits_are_remembered_values_are_not(ward: Bench) -> None:
    enter(ward, NewResult("creatinine", "0.34", "mg/dL", low="0.2", high="0.5"))
    fields = {
        field.key: field
        for _, group in laboratory_page(ward.ward, ward.infant).groups
        for field in group
    }
    creatinine = fields["creatinine"]
    assert (creatinine.unit, creatinine.low, creatinine.high) == ("mg/dL", "0.2", "0.5")
    assert creatinine.last == "0.34 mg/dL, 07-Oct"
    assert (fields["alt"].unit, fields["alt"].last) == ("U/L", "")
    assert "neutrophils" not in fields
    assert laboratory_page(ward.ward, ward.infant).laboratories == ("Main laboratory",)


def test_one_sided_limits_in_words_and_the_comma_station(ward: Bench) -> None:
    from msgspec.structs import replace

    save_site(ward.ward, replace(site_form(ward.ward), decimal_mark=","), who=DOCTOR)
    enter(
        ward,
        NewResult("inr", "1,1", "INR", high="1,2"),
        NewResult("albumin", "35", "g/L", low="32,5"),
    )
    limits = {row.analyte: row.limits for row in laboratory_page(ward.ward, ward.infant).rows}
    assert limits["inr"] == "up to 1,2 INR"
    assert limits["albumin"] == "from 32,5 g/L"


def test_a_grade_accepted_from_a_result_is_named(ward: Bench) -> None:
    count = ward.count(320, 150_000)
    ward.at(2026, 10, 7, 9, 0)
    seen = {one.term_key: one.seen for one in proposals_of(ward.ward, ward.infant)}
    key = "neutrophil-count-decreased"
    taken = (ProposalAnswer(key, seen[key], accepted=True),)
    answers = RoundAnswers(began_at=ward.clock(), opens=(), proposals=taken)
    finish_round(ward.ward, ward.infant, answers, who=DOCTOR)
    version = facts_of(ward.ward, ward.infant).enrolment.ctcae
    (named,) = resting_on(ward.ward, f"blood_count:{count}")
    assert named.startswith("Neutrophil count decreased grade ")
    assert named.endswith(
        f"(CTCAE v{version}), accepted from it 07-Oct-2026 09:00 by Test Physician"
    )
    other = enter(ward, NewResult("alt", "40", "U/L"))[0]
    assert resting_on(ward.ward, f"lab_result:{other}") == ()
