"""H15: a yes to "any toxicity resolved?" carries what it was given over, wherever it is read."""

from datetime import date

import pytest

from bedside.store.queries import of_infant
from bedside.store.toxicity_records import AnswerBasis
from bedside.units.dates import write_date_time
from bedside.units.refusal import Refused
from bedside.ward.answer_basis import over_words
from bedside.ward.courses import open_course
from bedside.ward.facts import facts_of
from bedside.ward.forms import NewToxicity
from bedside.ward.gates import judge_gate
from bedside.ward.roadmaps import fill_roadmap
from bedside.ward.sheets import fill_sheet
from bedside.ward.toxicities import answer_resolved, record_toxicity, regrade, toxicities_page
from bedside.ward.where import where_are_we
from tests.documents.examples import head
from tests.ward.wards import DOCTOR, NURSE, Bench

WHY = "healing; seen with Dr Halvorsen"


@pytest.fixture
def ward(bench: Bench) -> Bench:
    """ANC 500, platelets 50 000, two toxicities open (grade 3 and 2)."""
    bench.ready_for_epi_1(answer=False)
    record(bench, "Mucositis oral", 3)
    record(bench, "Vomiting", 2)
    return bench


def record(bench: Bench, term: str, grade: int) -> int:
    toxicity = NewToxicity(term, grade, date(2026, 10, 5), "", "")
    return record_toxicity(bench.ward, bench.infant, toxicity, who=NURSE)


def row(bench: Bench):
    facts = facts_of(bench.ward, bench.infant)
    rows = judge_gate(bench.ward, facts, facts.protocol.course("epi-1"), bench.ward.now()).rows
    return next(one for one in rows if one.measure == "Any toxicity resolved")


def bases(bench: Bench) -> list[AnswerBasis]:
    with bench.ward.store.reading() as connection:
        return list(of_infant(connection, AnswerBasis, bench.infant))


@pytest.mark.parametrize("reason", ["", "   ", "x" * 161])
def test_a_yes_above_open_ones_needs_a_reason_that_fits_the_sheet(ward: Bench, reason: str):
    with pytest.raises(Refused, match=r"2 in the log|161 letters"):
        answer_resolved(ward.ward, ward.infant, "yes", who=DOCTOR, reason=reason)
    assert bases(ward) == []
    assert toxicities_page(ward.ward, ward.infant).resolved_answer == "not assessed"


def test_what_it_was_given_over_is_kept_with_it(ward: Bench):
    answer_resolved(ward.ward, ward.infant, "yes", who=DOCTOR, reason=f" {WHY} ")
    waiting = toxicities_page(ward.ward, ward.infant).waiting
    (kept,) = bases(ward)
    assert (kept.open_count, kept.worst_grade, kept.reason) == (2, 3, WHY)
    assert kept.open_terms == "Mucositis oral grade 3; Vomiting grade 2"
    assert kept.waiting == waiting > 0


def test_a_no_needs_no_reason_and_a_yes_over_nothing_is_plain(bench: Bench):
    bench.ready_for_epi_1(answer=False)
    answer_resolved(bench.ward, bench.infant, "no", who=DOCTOR)
    assert (row(bench).seen, row(bench).over) == ("no", "")
    facts = facts_of(bench.ward, bench.infant)
    assert (
        over_words(bench.ward, facts, "epi-1", bench.ward.now())
        == ""
        == over_words(bench.ward, facts, "epi-2", bench.ward.now())
    )


def test_it_is_said_in_the_rule_on_the_page_and_in_the_headline(ward: Bench):
    answer_resolved(ward.ward, ward.infant, "yes", who=DOCTOR, reason=WHY)
    found = row(ward)
    assert (found.result, found.seen) == ("met", "yes, over 2 open, worst grade 3")
    assert "laboratory proposal" in found.over and found.over.endswith(f"reason: {WHY}")
    page = toxicities_page(ward.ward, ward.infant)
    assert (page.resolved_answer, page.resolved_words) == ("yes", found.seen)
    assert page.resolved_over == found.over
    assert "yes, over 2 open, worst grade 3" in where_are_we(ward.ward, ward.infant).answer_tail


def test_it_is_still_said_after_the_opening(ward: Bench):
    answer_resolved(ward.ward, ward.infant, "yes", who=DOCTOR, reason=WHY)
    before = row(ward)
    open_course(ward.ward, ward.infant, "epi-1", ward.ward.today(), who=DOCTOR)
    after = row(ward)
    assert (after.seen, after.over) == (before.seen, before.over) and WHY in after.over


def test_it_is_printed_on_the_sheet_and_on_the_roadmap(ward: Bench):
    answer_resolved(ward.ward, ward.infant, "yes", who=DOCTOR, reason=WHY)
    open_course(ward.ward, ward.infant, "epi-1", ward.ward.today(), who=DOCTOR)
    facts = facts_of(ward.ward, ward.infant)
    course = facts.protocol.course("epi-1")
    line = fill_sheet(ward.ward, facts, course, head()).rules[-1]
    assert (line.value, line.result) == ("yes, over 2 open, worst grade 3", "met")
    assert line.note.endswith(f"reason: {WHY}")
    words = fill_roadmap(ward.ward, facts, course, head()).dose_words
    assert "Any toxicity resolved: yes, over 2 open, worst grade 3;" in words and WHY in words


def test_a_toxicity_that_gets_worse_makes_the_answer_older_than_it(ward: Bench):
    answer_resolved(ward.ward, ward.infant, "yes", who=DOCTOR, reason=WHY)
    ward.at(2026, 10, 7, 9, 0)
    worse = record(ward, "Fatigue", 1)
    assert row(ward).seen == "ask again: Fatigue grade 1 was recorded after the answer"
    assert (row(ward).result, row(ward).over) == ("unknown", "")
    facts = facts_of(ward.ward, ward.infant)
    assert over_words(ward.ward, facts, "epi-1", ward.ward.now()) == ""
    assert where_are_we(ward.ward, ward.infant).answer_tail == (
        "Unknown: any toxicity resolved? ask again."
    )
    ward.at(2026, 10, 7, 9, 30)
    answer_resolved(ward.ward, ward.infant, "yes", who=DOCTOR, reason=WHY)
    assert row(ward).seen == "yes, over 3 open, worst grade 3"
    ward.at(2026, 10, 7, 10, 0)
    regrade(ward.ward, worse, 3, ward.ward.today(), who=NURSE)
    assert "Fatigue grade 3 was recorded after the answer" in row(ward).seen


def test_an_answer_from_before_this_was_kept_says_so(bench: Bench):
    bench.ready_for_epi_1()
    with bench.ward.store.change(DOCTOR, "an older Bedside kept none", bench.ward.now()) as change:
        for one in bases(bench):
            change.void(AnswerBasis, one.id, "an older Bedside kept none")
    assert row(bench).seen == "yes"
    assert row(bench).over == "what stood against it was not kept with this answer"


def test_whoever_had_answered_otherwise_is_named_beside_the_answer_that_stands(bench: Bench):
    """A nurse's yes in the place of a physician's no stood in the start rule as if it were the only one."""
    bench.ready_for_epi_1(answer=False)
    answer_resolved(bench.ward, bench.infant, "no", who=DOCTOR)
    said = f"{DOCTOR} had answered no, {write_date_time(bench.ward.now())}"
    bench.at(2026, 10, 7, 9, 30)
    answer_resolved(bench.ward, bench.infant, "yes", who=NURSE, reason=WHY)
    asked = row(bench)
    assert asked.source == NURSE and asked.seen.startswith("yes")
    assert asked.over == f"{said}; reason: {WHY}"
    assert toxicities_page(bench.ward, bench.infant).resolved_over == asked.over
    facts = facts_of(bench.ward, bench.infant)
    assert said in over_words(bench.ward, facts, "epi-1", bench.ward.now())
    answer_resolved(bench.ward, bench.infant, "no", who=DOCTOR, reason=WHY)
    assert row(bench).over.startswith(f"{NURSE} had answered yes, ")
