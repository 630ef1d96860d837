"""A course whose public conditions nobody answered: amber, closed, asked, and kept with name and source."""

from datetime import date, timedelta

import pytest

from bedside.store.queries import all_of
from bedside.store.records import StartAnswer
from bedside.units.refusal import Refused
from bedside.ward.board import board
from bedside.ward.corrections import correctable, strike_out
from bedside.ward.courses import open_course
from bedside.ward.due import blocked_words
from bedside.ward.facts import facts_of
from bedside.ward.gates import judge_gate
from bedside.ward.risk_recording import NewMrd, NewRisk, record_risk
from bedside.ward.start_answers import (
    AT_ENROLMENT,
    StartReply,
    answer_start,
    start_questions,
)
from bedside.ward.views.where import WhereView
from bedside.ward.where import where_are_we
from tests.ward.wards import DOCTOR, NURSE, Bench

BLINA, COURSE = "interfant06-blinatumomab", "blinatumomab"
CD19 = StartReply("cd19", "yes", "flow cytometry of 01-Sep-2026")
MARROW = StartReply("marrow", "yes", "marrow report of 05-Oct-2026, M1")
TODAY = date(2026, 10, 9)


@pytest.fixture
def pilot(bench: Bench) -> Bench:
    """Induction of the blinatumomab pilot is over; nothing of the course's conditions is answered."""
    bench.site()
    bench.enrol(protocol_key=BLINA, elsewhere="enrolled before the pilot ended")
    bench.at(2026, 10, 9, 8, 0)
    return bench


def page(bench: Bench) -> WhereView:
    return where_are_we(bench.ward, bench.infant)


def answer(bench: Bench, *replies: StartReply) -> None:
    answer_start(bench.ward, bench.infant, COURSE, replies, who=NURSE)


def test_unanswered_conditions_are_amber_named_and_close_the_course(pilot: Bench) -> None:
    seen = page(pilot)
    assert seen.mark == "unknown"
    assert "CD19-positive; Marrow M1 or M2" in seen.answer_tail
    assert not seen.open_allowed
    assert [(row.measure[:6], row.result) for row in seen.rules] == [
        ("Leukae", "unknown"),
        ("Marrow", "unknown"),
        ("Age on", "met"),
        ("Gene r", "met"),
    ]
    with pytest.raises(Refused, match="CD19-positive: needs yes; seen: not answered"):
        open_course(pilot.ward, pilot.infant, COURSE, TODAY, who=DOCTOR)
    (row,) = board(pilot.ward).rows
    assert any("unknown" in item.headline and "CD19" in item.headline for item in row.held)


def test_answers_are_kept_with_name_and_source_and_open_it(pilot: Bench) -> None:
    answer(pilot, CD19, MARROW)
    seen = page(pilot)
    cd19, marrow = seen.rules[:2]
    assert (cd19.seen, cd19.result) == ("yes", "met")
    assert cd19.source == f"{NURSE}; read in: flow cytometry of 01-Sep-2026"
    assert "marrow report of 05-Oct-2026, M1" in marrow.source
    assert seen.open_allowed
    assert seen.mark == "unknown" and "count rule is not public" in seen.answer_tail
    open_course(pilot.ward, pilot.infant, COURSE, TODAY, who=DOCTOR)
    opened = page(pilot)
    assert [(row.seen, row.result) for row in opened.rules[:2]] == [("yes", "met")] * 2
    assert "flow cytometry" in opened.rules[0].source
    facts = facts_of(pilot.ward, pilot.infant)
    assert blocked_words(pilot.ward, facts, facts.protocol.course(COURSE)) == ""


def test_one_answer_alone_leaves_it_closed_and_a_no_closes_it(pilot: Bench) -> None:
    answer(pilot, CD19)
    assert page(pilot).mark == "unknown" and not page(pilot).open_allowed
    assert [question.answered != "" for question in asked(pilot)] == [True, False]
    answer(pilot, StartReply("marrow", "no", "marrow of 05-Oct-2026: M3"))
    seen = page(pilot)
    assert (seen.mark, seen.open_allowed) == ("hold", False)
    assert "Marrow M1 or M2" in seen.answer_tail


def asked(bench: Bench):  # type: ignore[no-untyped-def]
    return start_questions(bench.ward, bench.infant).questions


def test_the_newest_answer_holds_and_a_struck_one_counts_no_more(pilot: Bench) -> None:
    answer(pilot, CD19, StartReply("marrow", "no", "typed from the wrong report"))
    answer(pilot, MARROW)
    assert page(pilot).open_allowed
    rows = [one for one in correctable(pilot.ward, pilot.infant) if one.kind == "answer"]
    assert any("Marrow M1 or M2" in one.words and "yes" in one.words for one in rows)
    assert any("CD19-positive" in one.words for one in rows)
    newest = max(one.record_id for one in rows)
    strike_out(pilot.ward, pilot.infant, "answer", newest, "wrong infant", who=DOCTOR)
    assert not page(pilot).open_allowed


def test_an_answer_says_what_it_was_read_in_and_answers_a_question_that_is_asked(
    pilot: Bench,
) -> None:
    for replies, words in (
        ((), "Nothing is answered yet"),
        ((StartReply("cd19", "yes", "  "),), "say what it was read in"),
        ((StartReply("cd19", "yes", "x" * 161),), "161 letters"),
        ((StartReply("cd20", "yes", "x"),), "does not ask 'cd20'"),
    ):
        with pytest.raises(Refused, match=words):
            answer(pilot, *replies)
    with pilot.ward.store.reading() as connection:
        assert all_of(connection, StartAnswer) == []


def test_a_newborn_of_28_days_waits_until_she_is_older(bench: Bench) -> None:
    bench.site()
    bench.at(2026, 10, 9, 8, 0)
    bench.enrol(
        protocol_key=BLINA, elsewhere="enrolled before", born=TODAY - timedelta(days=28),
        diagnosed_on=TODAY - timedelta(days=20), induction_day_1=None,
    )  # fmt: skip
    facts = facts_of(bench.ward, bench.infant)
    course = facts.protocol.course(COURSE)
    today = judge_gate(bench.ward, facts, course, bench.ward.now())
    assert today.open is False and today.short == "Age on day 1: 28 days"
    later = judge_gate(bench.ward, facts, course, bench.ward.now() + timedelta(days=1))
    assert later.open is None


def test_what_was_answered_at_enrolment_stands_and_is_not_asked_again(bench: Bench) -> None:
    bench.site()
    answers = (("cd19", "yes"), ("marrow", "unknown"))
    bench.enrol(protocol_key=BLINA, elsewhere="enrolled before", answers=answers)
    bench.at(2026, 10, 9, 8, 0)
    cd19, marrow = page(bench).rules[:2]
    assert (cd19.result, marrow.result) == ("met", "unknown")
    assert AT_ENROLMENT in cd19.source and cd19.source.startswith(DOCTOR)


def test_a_course_entered_late_is_blocked_until_it_is_answered(pilot: Bench) -> None:
    open_course(
        pilot.ward, pilot.infant, COURSE, date(2026, 10, 6), who=DOCTOR, note="begun elsewhere"
    )
    facts = facts_of(pilot.ward, pilot.infant)
    words = blocked_words(pilot.ward, facts, facts.protocol.course(COURSE))
    assert words.startswith("blocked: on its day 1, Leukaemic cells CD19-positive")
    assert page(pilot).mark != "go"
    answer(pilot, CD19, MARROW)
    facts = facts_of(pilot.ward, pilot.infant)
    assert blocked_words(pilot.ward, facts, facts.protocol.course(COURSE)) == ""


def test_other_courses_ask_nobody(bench: Bench) -> None:
    bench.ready_for_epi_1()
    assert start_questions(bench.ward, bench.infant).course_key == ""


@pytest.fixture
def octadad(bench: Bench) -> Bench:
    """MR in the standard arm of Interfant-06, MARMA long begun: OCTADAD is the next course."""
    bench.site()
    bench.enrol(protocol_key="interfant06", elsewhere="enrolled before", born=date(2026, 1, 1))
    bench.at(2026, 10, 12, 9, 0)
    risk(bench, arm="IB", allocated_on=date(2026, 10, 5), allocated_by="trial office")
    open_course(bench.ward, bench.infant, "ib", date(2026, 10, 12), who=DOCTOR)
    bench.at(2026, 12, 14, 9, 0)
    open_course(bench.ward, bench.infant, "marma", date(2026, 12, 14), who=DOCTOR)
    bench.at(2027, 2, 15, 9, 0)
    return bench


def risk(bench: Bench, **form: object) -> None:
    record_risk(bench.ward, bench.infant, NewRisk(**form), who=DOCTOR)  # type: ignore[arg-type]


def octadad_row(bench: Bench) -> tuple[str, str, bool]:
    seen = page(bench)
    (row,) = (row for row in seen.rules if row.measure == "No transplant instead")
    return row.seen, row.result, seen.open_allowed


def mrd(result: str) -> NewMrd:
    return NewMrd("before-octadad", date(2027, 2, 10), result, "pcr-kmt2a", "1e-5")


def test_octadad_of_mr_waits_for_the_mrd_that_decides_on_a_transplant(octadad: Bench) -> None:
    assert octadad_row(octadad) == ("MR: MRD before OCTADAD decides", "unknown", False)
    with pytest.raises(Refused, match="MRD before OCTADAD decides"):
        open_course(octadad.ward, octadad.infant, "octadad-1", date(2027, 2, 15), who=DOCTOR)
    risk(octadad, mrd=mrd("negative"))
    seen, result, may = octadad_row(octadad)
    assert (result, may) == ("met", True) and seen.startswith("MR, MRD before OCTADAD")
    open_course(octadad.ward, octadad.infant, "octadad-1", date(2027, 2, 15), who=DOCTOR)


def test_an_indicated_transplant_closes_octadad_until_it_is_settled(octadad: Bench) -> None:
    risk(octadad, mrd=mrd("1e-4"))
    assert octadad_row(octadad)[1:] == ("not met", False)
    assert page(octadad).mark in ("hold", "unknown")
    risk(octadad, transplant="not to be done", transplant_on=date(2027, 2, 14))
    assert octadad_row(octadad) == ("not to be transplanted", "met", True)
