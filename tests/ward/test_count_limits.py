"""A blood count as it was entered: unit, sign, reason and the laboratory's own limits travel with it."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from bedside.store.queries import all_of, of_infant
from bedside.store.records import BloodCount, SiteSetting
from bedside.units.quantities import Anc, Haemoglobin, Platelets, WhiteCells
from bedside.units.refusal import Refused
from bedside.ward.count_normal import (
    Normal,
    NormalSet,
    check_normal,
    proposed_normals,
    set_usual_units,
    usual_set,
    usual_units,
)
from bedside.ward.counting import judge_count, void_counts
from bedside.ward.counts_page import counts_page, preview_start
from bedside.ward.facts import facts_of
from bedside.ward.forms import EnteredCount
from bedside.ward.laboratory import results_of
from bedside.ward.laboratory_counted import MEASURES, in_other_unit, read_entered, units_of
from bedside.ward.laboratory_depends import resting_on
from bedside.ward.proposals import proposals_of
from bedside.ward.standing import standing_of
from bedside.ward.toxicities import answer_resolved
from bedside.ward.where import where_are_we
from tests.ward.wards import DOCTOR, NURSE, Bench

CELLS = "10*9/L"


@pytest.fixture
def ward(bench: Bench) -> Bench:
    bench.site()
    bench.enrol()
    bench.at(2026, 10, 7, 8, 0)
    return bench


def result(ward: Bench, analyte: str):
    return [one for one in results_of(ward.ward, ward.infant) if one.analyte == analyte][-1]


def entered(measure: str, text: str, unit: str, low: str = "", high: str = "") -> EnteredCount:
    typed = read_entered(measure, text, unit, ".")
    return EnteredCount(
        typed.typed,
        typed.unit,
        typed.comparator,
        "",
        Decimal(low) if low else None,
        Decimal(high) if high else None,
    )


@pytest.mark.parametrize(
    ("text", "unit", "low", "high"),
    [
        ("1.2", CELLS, "1.5", "8.5"),
        ("1.2", "10*3/uL", "1.5", "8.5"),
        ("1200", "/uL", "1500", "8500"),
    ],
)
def test_an_anc_of_1200_below_a_limit_of_1500_is_grade_2_in_every_unit(
    ward: Bench, text, unit, low, high
) -> None:
    """CTCAE 5.0: grade 2 is below 1.5 to 1.0 ×10⁹/L; by hand 1200 per µL."""
    ward.count(1200, None, entered={"anc": entered("anc", text, unit, low, high)})
    found = result(ward, "neutrophils")
    assert (found.value, found.unit, found.kept) == (Decimal(text), unit, Decimal("1.2"))
    assert (found.lln, found.uln, found.limits_from) == (Decimal(low), Decimal(high), "laboratory")
    (proposal,) = proposals_of(ward.ward, ward.infant)
    assert (proposal.term_key, proposal.grade) == ("neutrophil-count-decreased", 2)


@pytest.mark.parametrize(
    ("measure", "per_ul", "low", "grade"),
    [
        ("anc", 1600, "1.7", 1),
        ("anc", 1600, "1.6", None),
        ("platelets", 140_000, "150", 1),
        ("platelets", 150_000, "150", None),
        ("wbc", 3500, "6", 1),
        ("wbc", 3500, "3.5", None),
    ],
)
def test_grade_1_is_below_the_laboratorys_own_limit(
    ward: Bench, measure, per_ul, low, grade
) -> None:
    """CTCAE 5.0: grade 1 is below the lower limit of normal; at the limit there is none."""
    typed = {measure: entered(measure, f"{Decimal(per_ul) / 1000:f}", CELLS, low)}
    ward.count(
        per_ul if measure == "anc" else None,
        per_ul if measure == "platelets" else None,
        wbc=WhiteCells(per_ul) if measure == "wbc" else None,
        wbc_state="done" if measure == "wbc" else "not done",
        entered=typed,
    )
    keys = {
        "anc": "neutrophil-count-decreased",
        "platelets": "platelet-count-decreased",
        "wbc": "white-blood-cell-decreased",
    }
    found = {one.term_key: one.grade for one in proposals_of(ward.ward, ward.infant)}
    assert found == ({} if grade is None else {keys[measure]: grade})


@pytest.mark.parametrize(
    ("text", "unit", "low"),
    [("108", "g/L", "113"), ("10.8", "g/dL", "11.3"), ("6.7", "mmol/L", "7")],
)
def test_anaemia_is_graded_by_the_laboratorys_limit_in_every_unit(
    ward: Bench, text, unit, low
) -> None:
    """CTCAE 5.0: grade 1 is below the limit and not below 10.0 g/dL (6.2 mmol/L)."""
    value = read_entered("haemoglobin", text, unit, ".").value
    ward.count(
        None,
        None,
        haemoglobin=value,
        haemoglobin_state="done",
        entered={"haemoglobin": entered("haemoglobin", text, unit, low)},
    )
    found = result(ward, "haemoglobin")
    assert (found.unit, found.lln, found.limits_from) == (unit, Decimal(low), "laboratory")
    assert {one.term_key: one.grade for one in proposals_of(ward.ward, ward.infant)} == {
        "anemia": 1
    }


def test_without_limits_the_fall_back_by_age_stands_in_the_unit_typed(ward: Bench) -> None:
    ward.count(1200, None, entered={"anc": entered("anc", "1200", "/uL")})
    typed = result(ward, "neutrophils")
    ward.at(2026, 10, 7, 9, 0)
    ward.count(1200, None)  # as an older Bedside kept it
    old = result(ward, "neutrophils")
    assert (old.value, old.unit, old.limits_from) == (Decimal("1.2"), CELLS, "age band")
    assert (typed.value, typed.unit, typed.limits_from) == (Decimal(1200), "/uL", "age band")
    assert old.lln is not None and typed.lln == old.lln * 1000
    assert typed.limits_label == old.limits_label != ""


def test_limits_go_with_a_worked_out_anc(ward: Bench) -> None:
    """By hand: 2 000 × 31 % is 620; 1 500 per µL is 1.5 ×10⁹/L."""
    ward.count(
        None,
        None,
        wbc=WhiteCells(2000),
        wbc_state="done",
        neutrophils_percent=Decimal(28),
        bands_percent=Decimal(3),
        anc_state="not done",
        entered={
            "wbc": entered("wbc", "2.0", CELLS),
            "anc": EnteredCount(unit="/uL", reason="not asked for", low=Decimal(1500)),
        },
    )
    found = result(ward, "neutrophils")
    assert (found.value, found.unit) == (Decimal("0.62"), CELLS)
    assert (found.lln, found.limits_from) == (Decimal("1.5"), "laboratory")
    row = counts_page(ward.ward, ward.infant).rows[-1]
    assert (row.anc_per_ul, row.entered) == (620, "white cells 2.0 ×10⁹/L")
    assert row.limits == "ANC from 1\u202f500 per µL"


def test_what_was_typed_is_kept_to_the_letter(ward: Bench) -> None:
    given = {
        "wbc": entered("wbc", "2.0", "10*3/uL", "6", "17.5"),
        "anc": entered("anc", "0.620", CELLS),
        "platelets": entered("platelets", "46000", "/uL", "", "450000"),
        "haemoglobin": entered("haemoglobin", "8.4", "g/dL"),
    }
    ward.count(
        620,
        46_000,
        wbc=WhiteCells(2000),
        wbc_state="done",
        haemoglobin=Haemoglobin(840),
        haemoglobin_state="done",
        laboratory=" Central laboratory ",
        entered=given,
    )
    row = counts_page(ward.ward, ward.infant).rows[-1]
    assert row.entered == (
        "white cells 2.0 ×10³/µL, ANC 0.620 ×10⁹/L, platelets 46000 per µL, haemoglobin 8.4 g/dL"
    )
    assert row.limits == (
        "white cells 6 to 17.5 ×10³/µL, platelets up to 450\u202f000 per µL (Central laboratory)"
    )
    with ward.ward.store.reading() as connection:
        (kept,) = of_infant(connection, BloodCount, ward.infant)
    assert (kept.wbc_typed, kept.wbc_unit, kept.wbc_low) == ("2.0", "10*3/uL", Decimal(6))
    ward.ward.store.verify_audit()


# ---- bounds


def test_a_bound_never_passes_a_rule(ward: Bench) -> None:
    """A count typed as "<1.0" may be anything below: the start rule of 500 is unknown, not met."""
    ward.weigh()
    ward.count(700, 90_000)
    answer_resolved(ward.ward, ward.infant, "yes", who=DOCTOR)
    assert standing_of(ward.ward, facts_of(ward.ward, ward.infant)).gate.open is True
    ward.at(2026, 10, 7, 9, 0)
    ward.count(1000, 90_000, entered={"anc": entered("anc", "<1.0", CELLS)})
    facts = facts_of(ward.ward, ward.infant)
    assert (facts.counts[-1].anc_per_ul, facts.counts[-1].anc_state) == (
        None,
        "<1\u202f000 per µL",
    )
    gate = standing_of(ward.ward, facts).gate
    assert gate.open is not True
    assert [row.result for row in gate.rows][:2] == ["unknown", "met"]
    assert "<1\u202f000 per µL, no exact value" in gate.rows[0].seen
    assert "<1\u202f000 on 07" in where_are_we(ward.ward, ward.infant).why.replace("\u2011", "-")


def test_the_preview_of_a_bound_is_unknown_even_where_an_older_count_would_pass(
    ward: Bench,
) -> None:
    ward.count(700, 90_000)
    rows = preview_start(ward.ward, ward.infant, None, Platelets(90_000), {"anc": "<100 per µL"})
    assert [row.result for row in rows][:2] == ["unknown", "met"]


def test_a_bound_is_graded_where_all_it_can_be_has_one_grade(ward: Bench) -> None:
    """CTCAE 5.0: below 0.5 ×10⁹/L is grade 4, so "<0.1" is."""
    ward.count(100, None, entered={"anc": entered("anc", "<0.1", CELLS)})
    found = result(ward, "neutrophils")
    assert (found.value, found.comparator) == (Decimal("0.1"), "<")
    assert [one.grade for one in proposals_of(ward.ward, ward.infant)] == [4]
    row = counts_page(ward.ward, ward.infant).rows[-1]
    assert (row.anc_per_ul, row.anc_bound_per_ul, row.anc_state) == (None, 100, "<100 per µL")


@pytest.mark.parametrize(("share", "sign"), [("10", "<"), ("0", None)])
def test_a_worked_out_anc_has_the_sign_of_its_white_cells(ward: Bench, share, sign) -> None:
    """10 % of fewer than 500 is fewer than 50; 0 % of anything is 0."""
    ward.count(
        None,
        None,
        wbc=WhiteCells(500),
        wbc_state="done",
        neutrophils_percent=Decimal(share),
        lymphocytes_percent=Decimal(80),
        anc_state="done",
        entered={"wbc": entered("wbc", "<0.5", CELLS)},
    )
    with ward.ward.store.reading() as connection:
        (kept,) = of_infant(connection, BloodCount, ward.infant)
    assert (kept.anc_comparator, kept.anc_per_ul) == (sign, 5 * int(share))
    assert result(ward, "lymphocytes").comparator == "<"


def test_bounds_do_not_contradict_each_other(ward: Bench) -> None:
    """More than 1 000 white cells may well hold 1 200 neutrophils."""
    ward.count(
        1200,
        None,
        wbc=WhiteCells(1000),
        wbc_state="done",
        entered={"wbc": entered("wbc", ">1.0", CELLS), "anc": entered("anc", "1.2", CELLS)},
    )
    with pytest.raises(Refused, match="more than the"):
        ward.count(1200, None, wbc=WhiteCells(1000), wbc_state="done", specimen="vein")


def test_a_bound_is_compared_with_nothing_later(ward: Bench) -> None:
    ward.count(100, None, entered={"anc": entered("anc", "<0.1", CELLS)})
    ward.at(2026, 10, 8, 8, 0)
    judged = judge_count(ward.ward, ward.infant, Anc(5000), entered("anc", "5.0", CELLS))
    assert (judged.level, judged.compared) == ("usual", "no earlier ANC")


# ---- the source of the last ANC


def test_the_last_anc_of_any_source_is_compared_and_its_source_said(ward: Bench) -> None:
    ward.count(640, None)
    ward.at(2026, 10, 7, 20, 0)
    ward.count(
        None,
        None,
        wbc=WhiteCells(2000),
        wbc_state="done",
        neutrophils_percent=Decimal(31),
        anc_state="done",
    )
    ward.at(2026, 10, 8, 8, 0)
    judged = judge_count(ward.ward, ward.infant, Anc(1240))
    assert judged.last == "620 worked out"
    assert judged.compared.replace("\u2011", "-") == (
        "last 620 per µL on 07-Oct-2026, worked out, now 2 times"
    )
    ward.count(1240, None)
    ward.at(2026, 10, 9, 8, 0)
    assert judge_count(ward.ward, ward.infant, Anc(1240)).last == "1\u202f240 by the analyser"
    assert judge_count(ward.ward, ward.infant, Platelets(50_000)).last == ""


# ---- why there is no value


@pytest.mark.parametrize(
    ("state", "reason", "words"),
    [
        ("unusable", "haemolysed", "unusable: haemolysed"),
        ("unusable", "clotted", "unusable: clotted"),
        ("not done", "not asked for", "not done: not asked for"),
        ("pending", "", "pending"),
    ],
)
def test_why_there_is_no_value_is_kept_and_said(ward: Bench, state, reason, words) -> None:
    ward.count(500, None, platelets_state=state, entered={"platelets": EnteredCount(reason=reason)})
    found = result(ward, "platelets")
    assert (found.state, found.value, found.state_reason) == (state, None, reason)
    assert counts_page(ward.ward, ward.infant).rows[-1].platelets_state == words


def test_too_long_a_reason_and_crossed_limits_are_refused(ward: Bench) -> None:
    crossed = {
        "anc": EnteredCount("0.5", CELLS, low=Decimal(2), high=Decimal(1)),
        "platelets": EnteredCount(reason="x" * 61),
    }
    with pytest.raises(Refused) as refused:
        ward.count(500, None, entered=crossed, laboratory="y" * 61)
    assert len(refused.value.reasons) == 3


# ---- corrections and doubles


def test_a_specimen_is_entered_once_whatever_its_units(ward: Bench) -> None:
    ward.count(500, None, entered={"anc": entered("anc", "0.5", CELLS)})
    with pytest.raises(Refused, match="recorded already"):
        ward.count(500, None, entered={"anc": entered("anc", "500", "/uL")})


def test_a_struck_out_count_keeps_what_was_typed_and_names_what_rested_on_it(ward: Bench) -> None:
    wrong = ward.count(700, 90_000, entered={"anc": entered("anc", "0.7", CELLS, "1.5")})
    ward.at(2026, 10, 7, 9, 0)
    answer_resolved(ward.ward, ward.infant, "yes", who=DOCTOR)
    (named,) = resting_on(ward.ward, f"blood_count:{wrong}")
    assert "any toxicity resolved" in named
    void_counts(ward.ward, wrong, "other infant's slip", who=NURSE)
    row = counts_page(ward.ward, ward.infant).rows[-1]
    assert (row.voided, row.entered) == ("other infant's slip", "ANC 0.7 ×10⁹/L")
    assert row.limits == "ANC from 1.5 ×10⁹/L"
    assert results_of(ward.ward, ward.infant) == ()
    assert proposed_normals(ward.ward, ward.infant) == ()
    ward.ward.store.verify_audit()


# ---- usual units and offered limits


def test_usual_units_are_the_programs_until_a_person_says_others(ward: Bench) -> None:
    assert usual_units(ward.ward)["wbc"] == CELLS
    for _ in range(2):  # the second voids the first
        set_usual_units(
            ward.ward,
            dict.fromkeys(("wbc", "anc", "platelets"), "/uL") | {"haemoglobin": "g/dL"},
            who=NURSE,
        )
    assert usual_set(ward.ward).by_measure["haemoglobin"] == Normal("g/dL")
    assert usual_set(ward.ward).limited == ()
    with ward.ward.store.reading() as connection:
        kept = [row for row in all_of(connection, SiteSetting) if row.key == "count_units"]
    assert [row.value for row in kept] == ["wbc=/uL;anc=/uL;platelets=/uL;haemoglobin=g/dL"]
    with pytest.raises(Refused, match="taken in"):
        set_usual_units(ward.ward, {**usual_units(ward.ward), "wbc": "g/L"}, who=NURSE)


def test_limits_of_each_laboratorys_last_count_are_offered_newest_first(ward: Bench) -> None:
    ward.count(700, None, laboratory="North", entered={"anc": entered("anc", "700", "/uL", "1500")})
    ward.at(2026, 10, 7, 9, 0)
    ward.count(700, None, laboratory="South", entered={"anc": entered("anc", "0.7", CELLS, "1.7")})
    ward.at(2026, 10, 7, 10, 0)
    ward.count(700, None, laboratory="north", entered={"anc": entered("anc", "0.7", CELLS, "1.6")})
    ward.at(2026, 10, 7, 11, 0)
    ward.count(700, None, laboratory="North")  # without limits: nothing to offer
    found = proposed_normals(ward.ward, ward.infant)
    assert [(one.normal.laboratory, one.normal.by_measure["anc"]) for one in found] == [
        ("north", Normal(CELLS, "1.6")),
        ("South", Normal(CELLS, "1.7")),
    ]
    assert found[0].words == "ANC from 1.6 ×10⁹/L"
    assert found[0].normal.limited == ("anc",)


def test_limits_are_checked_with_the_measures_name(ward: Bench) -> None:
    normal = usual_set(ward.ward)
    wrong = {**normal.by_measure, "platelets": Normal(CELLS, "low")}
    with pytest.raises(Refused, match="Platelets: "):
        check_normal(ward.ward, NormalSet("", wrong))
    crossed = {**normal.by_measure, "platelets": replace(wrong["platelets"], low="450", high="150")}
    with pytest.raises(Refused, match="Platelets: the lower limit"):
        check_normal(ward.ward, NormalSet("", crossed))


def test_every_unit_of_the_conversion_table_is_there() -> None:
    """10*9/L, 10*3/uL and /uL for cells; g/L, g/dL and mmol/L for haemoglobin."""
    names = {measure: {name for name, _ in units_of(measure)} for measure in MEASURES}
    assert names.pop("haemoglobin") == {"g/L", "g/dL", "mmol/L"}
    assert all(found == {CELLS, "10*3/uL", "/uL"} for found in names.values())
    assert in_other_unit("haemoglobin", Decimal("11.3"), "g/dL", "g/L") == 113
