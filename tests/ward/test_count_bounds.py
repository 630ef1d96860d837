"""Bounds, sources and reasons of a count: a bound decides where it can, and else never passes a rule."""

from datetime import date
from decimal import Decimal

import pytest

from bedside.store.queries import of_infant
from bedside.store.records import BloodCount, Titration
from bedside.units.bounds import Bound
from bedside.units.quantities import Anc, Platelets, WhiteCells
from bedside.units.refusal import Refused
from bedside.ward.count_judging import judge_count
from bedside.ward.count_normal import (
    proposed_normals,
)
from bedside.ward.counting import void_counts
from bedside.ward.counts_page import counts_page, preview_start
from bedside.ward.facts import facts_of
from bedside.ward.forms import EnteredCount
from bedside.ward.laboratory import results_of
from bedside.ward.laboratory_counted import read_entered
from bedside.ward.laboratory_depends import resting_on
from bedside.ward.proposals import proposals_of
from bedside.ward.standing import standing_of
from bedside.ward.titration import count_of
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
    assert "<1\u202f000 per µL" in gate.rows[0].seen
    assert "<1\u202f000 on 07" in where_are_we(ward.ward, ward.infant).why.replace("\u2011", "-")


@pytest.mark.parametrize(
    ("bound", "result"),
    [
        (Bound("<", 100), "not met"),
        (Bound("<", 1000), "unknown"),
        (Bound(">", 400), "unknown"),
        (Bound(">", 1000), "met"),
    ],
)
def test_the_preview_of_a_bound_is_its_own_even_where_an_older_count_would_pass(
    ward: Bench, bound: Bound[int], result: str
) -> None:
    ward.count(700, 90_000)
    rows = preview_start(ward.ward, ward.infant, None, Platelets(90_000), {"anc": bound})
    assert [row.result for row in rows][:2] == [result, "met"]
    assert ("ask the laboratory for the number" in rows[0].over) == (result == "unknown")


def gate_after(ward: Bench, **counted):
    """The start rule of EPI #1 with everything else met, on one more count."""
    ward.weigh()
    answer_resolved(ward.ward, ward.infant, "yes", who=DOCTOR)
    ward.at(2026, 10, 7, 9, 0)
    ward.count(**counted)
    return standing_of(ward.ward, facts_of(ward.ward, ward.infant)).gate


def test_a_bound_below_the_limit_closes(ward: Bench) -> None:
    """Platelets "<5 ×10⁹/L" against at least 50 000 are certainly not met."""
    told = {"platelets": entered("platelets", "<5", CELLS)}
    gate = gate_after(ward, anc=700, platelets=5_000, entered=told)
    assert gate.open is False
    assert gate.short == "platelets <5\u202f000, needs 50\u202f000"
    assert [row.result for row in gate.rows][:2] == ["met", "not met"]
    assert (gate.rows[1].seen, gate.rows[1].over) == ("<5\u202f000 per µL", "")


def test_a_bound_above_the_limit_opens(ward: Bench) -> None:
    told = {"anc": entered("anc", ">1.0", CELLS), "platelets": entered("platelets", ">100", CELLS)}
    gate = gate_after(ward, anc=1_000, platelets=100_000, entered=told)
    assert gate.open is True
    assert gate.rows[0].seen == ">1\u202f000 per µL"


def test_a_bound_that_does_not_decide_says_what_to_do(ward: Bench) -> None:
    gate = gate_after(
        ward, anc=1_000, platelets=90_000, entered={"anc": entered("anc", "<1.0", CELLS)}
    )
    assert gate.open is None
    assert gate.short == "ANC <1\u202f000, needs 500: not decided"
    assert gate.rows[0].over == (
        "below 1\u202f000, needs at least 500: repeat it or ask the laboratory for the number"
    )


@pytest.mark.parametrize(
    ("share", "result", "value"),
    [("10", "not met", 300), ("50", "met", None)],
)
def test_an_anc_above_a_figure_never_hides_a_lower_one_of_the_same_specimen(
    ward: Bench, share: str, result: str, value: int | None
) -> None:
    """H14: the analyser says above 1 000, white cells and differential say 300: the lower counts."""
    gate = gate_after(
        ward,
        anc=1_000,
        platelets=90_000,
        wbc=WhiteCells(3000),
        wbc_state="done",
        neutrophils_percent=Decimal(share),
        entered={"anc": entered("anc", ">1.0", CELLS)},
    )
    assert (gate.rows[0].result, gate.anc.value) == (result, value)
    assert ("the lower of two: >1\u202f000 by the analyser" in gate.anc.source) == bool(value)


@pytest.mark.parametrize("sign", ["<", ">"])
def test_a_bound_without_a_differential_stands_alone(ward: Bench, sign: str) -> None:
    gate = gate_after(
        ward,
        anc=500,
        platelets=90_000,
        wbc=WhiteCells(3000),
        wbc_state="done",
        entered={"anc": entered("anc", f"{sign}0.5", CELLS)},
    )
    assert gate.rows[0].result == {"<": "not met", ">": "met"}[sign]


def test_a_bound_that_is_too_old_is_unknown(ward: Bench) -> None:
    gate = gate_after(
        ward, anc=100, platelets=90_000, entered={"anc": entered("anc", "<0.1", CELLS)}
    )
    assert gate.open is False
    ward.at(2026, 10, 12, 9, 0)
    gate = standing_of(ward.ward, facts_of(ward.ward, ward.infant)).gate
    assert gate.open is None
    assert gate.anc.why_unknown.startswith("<100, older than")
    assert gate.anc.bound is None


def test_titration_and_the_dlt_period_read_the_bound(ward: Bench) -> None:
    told = {"anc": entered("anc", "<0.1", CELLS), "platelets": entered("platelets", ">100", CELLS)}
    ward.count(100, 100_000, entered=told)
    (row,) = facts_of(ward.ward, ward.infant).counts
    count = count_of(ward.ward, row)
    assert count.anc == Bound("<", Anc(100))
    assert count.platelets == Bound(">", Platelets(100_000))
    assert (row.anc_per_ul, row.platelets_per_ul) == (None, None)


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


def test_a_later_value_is_compared_with_the_bound_and_not_with_what_came_before_it(
    ward: Bench,
) -> None:
    ward.count(26_000, None)
    ward.at(2026, 10, 7, 12, 0)
    ward.count(100, None, entered={"anc": entered("anc", "<0.1", CELLS)})
    ward.at(2026, 10, 8, 8, 0)
    judged = judge_count(ward.ward, ward.infant, Anc(5000), entered("anc", "5.0", CELLS))
    assert (judged.level, judged.last) == (
        "unusual",
        "<100 by the analyser",
    )  # it would open EPI #1
    assert judged.compared.replace("\u2011", "-") == (
        "last <100 per µL on 07-Oct-2026, by the analyser, now at least 50 times"
    )


def test_ten_times_a_bound_that_would_open_a_course_is_typed_again(ward: Bench) -> None:
    ward.count(800, 5_000, entered={"platelets": entered("platelets", "<5", CELLS)})
    ward.at(2026, 10, 14, 8, 0)
    judged = judge_count(
        ward.ward, ward.infant, Platelets(50_000), entered("platelets", "50", CELLS)
    )
    assert judged.level == "unusual"
    assert "<5\u202f000 → 50\u202f000 per µL: 10 times the last value" in judged.words
    sure = judge_count(ward.ward, ward.infant, Platelets(45_000), entered("platelets", "45", CELLS))
    assert sure.level == "usual"


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


def test_a_course_and_a_dose_by_mouth_that_rest_on_a_count_are_named(bench: Bench) -> None:
    bench.open_epi_1()
    count = facts_of(bench.ward, bench.infant).counts[-1].id
    with bench.ward.store.change(DOCTOR, "decided a dose", bench.ward.now()) as change:
        change.add(
            Titration,
            infant_id=bench.infant,
            drug="mercaptopurine",
            from_on=date(2026, 10, 8),
            percent_tenths=500,
            amount_ug=None,
            decision="recorded",
            reason="",
            proposal="",
            rule="",
        )
    named = [
        words.replace("\u2011", "-") for words in resting_on(bench.ward, f"blood_count:{count}")
    ]
    assert named[0] == f"EPI #1 opened, day 1 on 07-Oct-2026, by {DOCTOR}"
    assert named[1] == f"The decision on mercaptopurine from 08-Oct-2026, {DOCTOR}"
    assert "any toxicity resolved" in named[2]
    bench.at(2026, 10, 8, 8, 0)
    later = bench.count(700, 90_000)
    assert resting_on(bench.ward, f"blood_count:{later}") == ()


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
