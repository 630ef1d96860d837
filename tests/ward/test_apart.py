"""Vinca and intrathecal on one day, said on Where are we, on the timeline and on the roadmap; H19."""

from datetime import date

from bedside.drawing import Papers
from bedside.ward.board import board
from bedside.ward.facts import facts_of
from bedside.ward.paper_heads import ROADMAP, paper_head
from bedside.ward.roadmaps import fill_roadmap
from bedside.ward.timeline import timeline
from bedside.ward.where import where_are_we
from tests.ward.wards import NURSE, Bench

WORDS = "vinCRIStine intravenous and cytarabine and hydrocortisone intrathecal on one day: separate"


def on_day(bench: Bench, day: int) -> None:
    bench.site()
    bench.enrol()
    bench.at(2026, 9, day, 8, 0)
    bench.weigh()


def test_day_15_says_it_at_the_head_of_what_is_due(bench: Bench) -> None:
    """Register: Induction day 15 has vincristine and intrathecal cytarabine; day 1 is 01-Sep."""
    on_day(bench, 15)
    first = where_are_we(bench.ward, bench.infant).due[0]
    assert first.mark == "stop"
    assert first.text.startswith(WORDS)


def test_a_day_with_one_of_them_says_nothing(bench: Bench) -> None:
    on_day(bench, 8)
    assert all(item.mark != "stop" for item in where_are_we(bench.ward, bench.infant).due)


def test_the_timeline_says_it_of_both_and_of_nothing_else(bench: Bench) -> None:
    on_day(bench, 8)
    doses = [
        dose
        for lane in timeline(bench.ward, bench.infant).lanes
        for dose in lane.doses
        if dose.on == date(2026, 9, 15)
    ]
    said = {(dose.drug, dose.route) for dose in doses if "separate them" in dose.words}
    assert said == {("vinCRIStine", "IV"), ("cytarabine", "IT"), ("hydrocortisone", "IT")}
    assert len(doses) > len(said)


def test_the_roadmap_says_each_day_and_draws_it(bench: Bench) -> None:
    on_day(bench, 8)
    facts = facts_of(bench.ward, bench.infant)
    course = facts.protocol.course("induction")
    head = paper_head(bench.ward, facts, ROADMAP, course, NURSE)
    paper = fill_roadmap(bench.ward, facts, course, head)
    assert [line.split(",")[0] for line in paper.apart] == ["Day 15", "Day 29"]
    assert "separate them in time and place" in paper.apart[0]
    assert "On day 15 and day 29 vinCRIStine and intrathecal drugs: SEPARATE" in paper.dose_words
    assert Papers().roadmap(paper).startswith(b"%PDF")


def test_germline_has_no_end_of_two_years_but_the_words_of_the_rule(bench: Bench) -> None:
    bench.site()
    bench.enrol("germline")
    page = where_are_we(bench.ward, bench.infant)
    assert page.end_of_therapy == "KMT2A germline: off protocol therapy after Induction"
    kinds = {event.kind for event in timeline(bench.ward, bench.infant).events}
    assert "end of therapy" not in kinds


def test_rearranged_and_unknown_keep_their_end(bench: Bench) -> None:
    bench.site()
    bench.enrol("unknown")
    assert "therapy ends 01" in where_are_we(bench.ward, bench.infant).end_of_therapy


def test_the_board_says_it_beside_both_and_on_no_other_day(bench: Bench) -> None:
    """Day 15 has vincristine, and cytarabine and hydrocortisone into the spine; day 8 has no spinal one."""
    on_day(bench, 15)
    (row,) = board(bench.ward).rows
    notes = {item.text if item.intrathecal else item.drug: item.note for item in row.due}
    assert notes.pop("vinCRIStine") == "intrathecal today as well: SEPARATE in time and place"
    spinal = [item for item in row.due if item.intrathecal]
    assert [item.note for item in spinal] == ["vinca today as well: SEPARATE in time and place"]
    assert not any("SEPARATE" in item.note for item in row.due if item.drug == "cytarabine")


def test_the_board_says_nothing_on_a_day_with_one_of_them(bench: Bench) -> None:
    on_day(bench, 8)
    (row,) = board(bench.ward).rows
    assert not any("SEPARATE" in item.note for item in row.due)
