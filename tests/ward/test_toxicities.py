"""The toxicity log: graded over time, never erased, answered by a person."""

from datetime import date

import pytest

from bedside.units.refusal import Refused
from bedside.ward.facts import facts_of
from bedside.ward.forms import NewToxicity
from bedside.ward.toxicities import (
    answer_resolved,
    record_toxicity,
    regrade,
    resolve,
    toxicities_page,
    void_toxicity,
)
from tests.ward.wards import DOCTOR, NURSE, Bench


@pytest.fixture
def ward(bench: Bench) -> Bench:
    bench.site()
    bench.enrol()
    bench.at(2026, 10, 7, 8, 0)
    return bench


def record(bench: Bench, term: str = "Mucositis oral", grade: int = 2, day: int = 5) -> int:
    toxicity = NewToxicity(term, grade, date(2026, 10, day), "cytarabine probable", "")
    return record_toxicity(bench.ward, bench.infant, toxicity, who=NURSE)


def test_grades_over_time_keep_the_worst(ward: Bench) -> None:
    row = record(ward)
    regrade(ward.ward, row, 3, date(2026, 10, 6), who=NURSE)
    regrade(ward.ward, row, 1, date(2026, 10, 7), who=NURSE)
    shown = toxicities_page(ward.ward, ward.infant).rows[0]
    assert (shown.grade, shown.worst, shown.resolved_on) == (1, 3, None)
    assert shown.course_text == "Induction day 35"
    resolve(ward.ward, row, date(2026, 10, 7), who=NURSE)
    shown = toxicities_page(ward.ward, ward.infant).rows[0]
    assert (shown.grade, shown.worst, shown.resolved_on) == (0, 3, date(2026, 10, 7))


def test_a_closed_one_is_not_graded_again(ward: Bench) -> None:
    row = record(ward)
    resolve(ward.ward, row, date(2026, 10, 6), who=NURSE)
    with pytest.raises(Refused, match="not open"):
        regrade(ward.ward, row, 2, date(2026, 10, 7), who=NURSE)
    assert record(ward, day=7)  # it came back: a new line of the log


@pytest.mark.parametrize(
    ("term", "grade", "day"), [("", 2, 5), ("Fever", 0, 5), ("Fever", 6, 5), ("Fever", 2, 8)]
)
def test_what_cannot_be_right_is_refused(ward: Bench, term: str, grade: int, day: int) -> None:
    with pytest.raises(Refused):
        record(ward, term, grade, day)
    assert facts_of(ward.ward, ward.infant).toxicities == ()


def test_the_same_term_is_open_once(ward: Bench) -> None:
    record(ward)
    with pytest.raises(Refused, match="open already"):
        record(ward, "mucositis ORAL")


def test_a_new_grade_cannot_begin_before_the_last(ward: Bench) -> None:
    row = record(ward)
    with pytest.raises(Refused, match="cannot begin before"):
        regrade(ward.ward, row, 3, date(2026, 10, 4), who=NURSE)


def test_a_struck_out_one_stays_in_the_list(ward: Bench) -> None:
    """H29: struck out with its reason, no longer open, still there."""
    row = record(ward)
    void_toxicity(ward.ward, row, "other infant", who=NURSE)
    page = toxicities_page(ward.ward, ward.infant)
    assert page.rows[0].voided == "other infant"
    assert facts_of(ward.ward, ward.infant).open_toxicities() == ()


def test_the_answer_is_three_valued_and_named(ward: Bench) -> None:
    """H15: not assessed until a person says yes or no, and then with the name."""
    assert toxicities_page(ward.ward, ward.infant).resolved_answer == "not assessed"
    assert toxicities_page(ward.ward, ward.infant).asked_for == "EPI #1"
    answer_resolved(ward.ward, ward.infant, "no", who=DOCTOR)
    page = toxicities_page(ward.ward, ward.infant)
    assert (page.resolved_answer, page.resolved_by) == ("no", DOCTOR)
    with pytest.raises(Refused):
        answer_resolved(ward.ward, ward.infant, "maybe", who=DOCTOR)


def test_terms_come_in_the_pinned_version(ward: Bench) -> None:
    page = toxicities_page(ward.ward, ward.infant)
    assert page.ctcae == "5.0"
    assert "Platelet count decreased" in page.terms
    assert len(page.terms) > 80
