"""A blood count as it was entered: unit, sign, reason and the laboratory's own limits travel with it."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from bedside.store.queries import all_of, of_infant
from bedside.store.records import BloodCount, SiteSetting
from bedside.units.quantities import Haemoglobin, WhiteCells
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
from bedside.ward.counts_page import counts_page
from bedside.ward.forms import EnteredCount
from bedside.ward.laboratory import results_of
from bedside.ward.laboratory_counted import MEASURES, in_other_unit, read_entered, units_of
from bedside.ward.proposals import proposals_of
from tests.ward.wards import NURSE, Bench

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
