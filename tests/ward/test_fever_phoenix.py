"""From real laboratory rows to Phoenix's words: values, clotted, pending, old, not done (hazards H21, H22)."""

import pytest

from bedside.units.refusal import Refused
from bedside.ward.fever_page import fever_page
from bedside.ward.fever_signs import NewSign, NewSigns, record_signs
from bedside.ward.forms import EnteredCount
from bedside.ward.laboratory_counted import read_entered
from bedside.ward.laboratory_reading import NewResult
from bedside.ward.laboratory_recording import NewSpecimen, record_results
from tests.ward.wards import NURSE, Bench

UNITS = {
    "inr": "INR", "d-dimer": "mg/L FEU", "fibrinogen": "g/L", "lactate": "mmol/L",
    "creatinine": "mg/dL", "pao2": "kPa",
}  # fmt: skip


@pytest.fixture
def low(bench: Bench) -> Bench:
    bench.site()
    bench.enrol()
    bench.at(2026, 9, 20, 6, 0)
    return bench


def enter(bench: Bench, place: str = "central line", **texts: str) -> None:
    """One specimen; each text as a nurse types it, "c" for clotted."""
    results = tuple(
        NewResult(key.replace("_", "-"), text, UNITS[key.replace("_", "-")])
        for key, text in texts.items()
    )
    again = tuple(NewResult(one.analyte, one.text, one.unit, again=one.text) for one in results)
    specimen = NewSpecimen(
        taken_at=bench.clock(), specimen=place, laboratory="Main laboratory", results=again
    )
    record_results(bench.ward, bench.infant, specimen, who=NURSE)


def phoenix(bench: Bench):
    return fever_page(bench.ward, bench.infant).phoenix


def missing(bench: Bench) -> str:
    return "; ".join(name for part in phoenix(bench).parts for name in part.missing)


def because(bench: Bench) -> str:
    return "; ".join(words for part in phoenix(bench).parts for words in part.because)


def test_real_rows_give_points(low: Bench) -> None:
    """Platelets below 100, INR above 1.3 and fibrinogen below 100 mg/dL: at most 2; lactate 5 or more: 1."""
    low.count(88, 26_000)
    enter(low, inr="1.4", d_dimer="0.8", fibrinogen="0.9", lactate="5.1")
    low.at(2026, 9, 20, 7, 0)
    points = {part.name: part.points for part in phoenix(low).parts}
    assert points == {
        "respiratory": 0, "cardiovascular": 1, "coagulation": 2, "neurological": 0,
    }  # fmt: skip
    assert "platelets 26" in because(low) and "INR 1.4" in because(low)
    assert "fibrinogen 90 mg/dL" in because(low) and "lactate 5.1 mmol/L" in because(low)
    assert "INR" not in missing(low) and "lactate" not in missing(low)


def test_clotted_and_pending_are_said_and_count_nothing(low: Bench) -> None:
    enter(low, inr="c", d_dimer="p", fibrinogen="h", lactate="u wrong tube")
    low.at(2026, 9, 20, 7, 0)
    assert "INR (unusable: clotted, 20-Sep-2026 06:00)" in missing(low)
    assert "D-dimer (pending, 20-Sep-2026 06:00)" in missing(low)
    assert "fibrinogen (unusable: haemolysed, 20-Sep-2026 06:00)" in missing(low)
    assert "lactate (unusable: wrong tube, 20-Sep-2026 06:00)" in missing(low)
    assert phoenix(low).total == 0
    assert "This does not exclude sepsis." in phoenix(low).words


def test_a_clotted_specimen_after_a_value_names_the_value_before(low: Bench) -> None:
    enter(low, inr="1.8")
    low.at(2026, 9, 20, 8, 0)
    enter(low, inr="c")
    assert (
        "INR (unusable: clotted, 20-Sep-2026 08:00; before it 1.8 at 20-Sep-2026 06:00)"
        in missing(low)
    )
    low.at(2026, 9, 20, 9, 0)
    enter(low, inr="1.5")
    assert "INR 1.5" in because(low) and "INR" not in missing(low)


def test_not_done_leaves_the_value_before_it(low: Bench) -> None:
    enter(low, inr="1.8", lactate="n no blood drawn")
    low.at(2026, 9, 20, 8, 0)
    enter(low, inr="n no blood drawn")
    assert "INR 1.8" in because(low)
    assert "lactate (not done: no blood drawn, 20-Sep-2026 06:00)" in missing(low)


def test_a_value_too_old_is_said_to_be_old(low: Bench) -> None:
    enter(low, inr="1.8")
    low.at(2026, 9, 23, 8, 0)
    assert "INR (1.8 at 20-Sep-2026 06:00 is older than 48 h)" in missing(low)
    assert phoenix(low).total == 0


def test_platelets_that_were_not_counted_are_said(low: Bench) -> None:
    low.count(88, None)
    assert "platelets" in missing(low)


def test_a_result_beyond_its_range_lies_beyond_it(low: Bench) -> None:
    """Above 2 mg/L FEU scores; ">2" lies above it. Fibrinogen "<1" lies below 100 mg/dL."""
    enter(low, d_dimer=">2", fibrinogen="<1")
    assert {part.name: part.points for part in phoenix(low).parts}["coagulation"] == 2


def test_creatinine_is_no_part_of_the_four_organ_systems(low: Bench) -> None:
    enter(low, creatinine="3.5")
    assert phoenix(low).total == 0 and "creatinine" not in missing(low).casefold()


def test_not_done_signs_are_said_where_no_value_stands(low: Bench) -> None:
    sign = NewSign("gcs", state="not done", reason="asleep")
    record_signs(low.ward, low.infant, NewSigns(low.clock(), (sign,)), who=NURSE)
    assert "Glasgow coma scale (not done: asleep)" in missing(low)
    low.at(2026, 9, 20, 7, 0)
    done = NewSign("gcs", "8")
    record_signs(low.ward, low.infant, NewSigns(low.clock(), (done,)), who=NURSE)
    assert "Glasgow coma scale 8" in because(low)


def breathing(bench: Bench, fio2: str) -> None:
    signs = (NewSign("fio2", fio2), NewSign("support", word="invasive"))
    record_signs(bench.ward, bench.infant, NewSigns(bench.clock(), signs), who=NURSE)


def test_an_arterial_gas_gives_its_ratio_with_the_fio2_beside_it(low: Bench) -> None:
    """8 kPa is 60.005 mmHg; with FiO2 0.5 the ratio is 120: below 200 and ventilated, 2 points."""
    with pytest.raises(Refused, match="“artery” only"):
        enter(low, pao2="8")
    enter(low, "artery", pao2="8")
    assert "PaO2 60 mmHg at 20-Sep-2026 06:00, without an FiO2 recorded within an hour" in (
        missing(low)
    )
    low.at(2026, 9, 20, 7, 0)
    breathing(low, "50")
    assert phoenix(low).parts[0].points == 2
    assert "PaO2/FiO2 120 with invasive ventilation" in because(low)
    low.at(2026, 9, 20, 7, 1)
    breathing(low, "21")  # too long after the specimen: not its FiO2
    assert "PaO2/FiO2 120" in because(low)


def test_an_old_or_pending_gas_gives_no_ratio_and_says_why(low: Bench) -> None:
    enter(low, "artery", pao2="8")
    low.at(2026, 9, 20, 8, 1)
    breathing(low, "50")
    assert "without an FiO2 recorded within an hour of it" in missing(low)
    low.at(2026, 9, 20, 9, 0)
    enter(low, "artery", pao2="p")
    assert "PaO2 pending, 20-Sep-2026 09:00" in missing(low)
    low.at(2026, 9, 24, 6, 0)
    enter(low, "artery", pao2="n no line")
    low.at(2026, 9, 27, 6, 0)
    assert "PaO2 pending" in missing(low)


def test_a_gas_of_days_ago_is_older_than_a_count_may_be(low: Bench) -> None:
    enter(low, "artery", pao2="8")
    low.at(2026, 9, 23, 6, 1)
    assert "is older than" in missing(low) and "PaO2 60 mmHg" in missing(low)


def counted_below(bench: Bench, measure: str, text: str, kept: int) -> None:
    """One more count of now in which a measure is a bound, as "<0.1" ×10⁹/L."""
    typed = read_entered(measure, text, "10*9/L", ".")
    entered = {measure: EnteredCount(typed.typed, typed.unit, typed.comparator)}
    anc, platelets = (kept, None) if measure == "anc" else (None, kept)
    bench.count(anc, platelets, entered=entered)


def test_a_fever_with_neutrophils_below_a_figure_is_met(low: Bench) -> None:
    """CCLG below 0.5, CTCAE below 1.0: whatever lies below 0.1 is below both."""
    counted_below(low, "anc", "<0.1", 100)
    sign = NewSign("temperature", "38.6", "°C", "axillary")
    assert record_signs(low.ward, low.infant, NewSigns(low.clock(), (sign,)), who=NURSE).episode_id
    seen = fever_page(low.ward, low.infant)
    assert seen.site.mark == seen.ctcae.mark == "stop"
    assert "neutrophils <100 per µL" in " ".join(seen.site.details)


def test_platelets_below_a_figure_score_and_are_no_missing_value(low: Bench) -> None:
    """H: a worse count must never lower the score; below 5 000 is below 100 000."""
    low.count(88, 26_000)
    enter(low, inr="1.4")
    assert fever_page(low.ward, low.infant).phoenix.total == 2
    low.at(2026, 9, 20, 7, 0)
    counted_below(low, "platelets", "<5", 5_000)
    seen = fever_page(low.ward, low.infant).phoenix
    assert (seen.total, seen.without_platelets) == (2, 1)
    assert "platelets <5\u202f000 per µL" in because(low)
    assert "platelets" not in missing(low)


def test_a_bound_that_does_not_decide_has_both_scores(low: Bench) -> None:
    enter(low, lactate=">4", inr="<1.3", d_dimer=">20", fibrinogen="<0.6")
    seen = fever_page(low.ward, low.infant).phoenix
    assert [part.said for part in seen.parts] == ["0", "0 to 2", "2", "0"]
    assert (seen.total, seen.said, seen.without_platelets) == (2, "2 to 4", 2)
    assert "lactate >4 mmol/L counts 0 to 2" in seen.words
    assert "lactate" not in missing(low)
