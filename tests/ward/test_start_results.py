"""A start rule beyond counts on the ward: the newest result decides, a person answers by name."""

from datetime import date, timedelta

import pytest

from bedside.protocol.site_value_reader import read_site_values_text
from bedside.store.laboratory_records import LabResult
from bedside.store.queries import of_infant
from bedside.store.records import DoseRecord
from bedside.units.refusal import Refused
from bedside.ward.count_ending import ends_by_striking_result, given_if_result_struck
from bedside.ward.courses import open_course
from bedside.ward.facts import facts_of
from bedside.ward.gates import Gate, blocked_words, judge_gate
from bedside.ward.given_since import RULE_SINCE, given_since
from bedside.ward.laboratory_depends import resting_on
from bedside.ward.laboratory_reading import NewResult
from bedside.ward.laboratory_recording import (
    NewSpecimen,
    correct_result,
    record_results,
    void_result,
)
from bedside.ward.start_answers import StartReply, answer_start, start_questions
from bedside.ward.where import where_are_we
from tests.ward.wards import DOCTOR, NURSE, Bench

RULE = """
protocol = "interfant06"
edition = "invented 1"
[confirmed]
by = ["A. One", "B. Two"]
on = 2026-10-01
[[start]]
course = "ib"
results = [
  { analyte = "creatinine", at-most = 50, unit = "umol/L" },
  { analyte = "bilirubin", at-most = 3, times-uln = true },
]
confirm = [{ key = "no-severe-infection", words = "No severe infection" }]
"""


@pytest.fixture
def ruled(bench: Bench) -> Bench:
    """LR, in Induction; the site asks for creatinine, bilirubin and no infection before IB."""
    bench.site()
    bench.enrol(protocol_key="interfant06", elsewhere="enrolled before", kmt2a="germline")
    protocol = bench.ward.protocols["interfant06"]
    bench.ward.values = read_site_values_text(RULE, "site.toml", protocol=protocol)
    bench.at(2026, 10, 12, 9, 0)
    return bench


def enter(bench: Bench, *results: tuple[str, str, str, str]) -> None:
    made = tuple(
        NewResult(key, text, unit, high=high, again=text) for key, text, unit, high in results
    )
    specimen = NewSpecimen(bench.clock(), "central line", "Main laboratory", made)
    record_results(bench.ward, bench.infant, specimen, who=NURSE)


def gate(bench: Bench) -> Gate:
    facts = facts_of(bench.ward, bench.infant)
    return judge_gate(bench.ward, facts, facts.protocol.course("ib"), bench.ward.now())


def row(bench: Bench, measure: str) -> tuple[str, str]:
    (found,) = (one for one in gate(bench).rows if one.measure == measure)
    return found.seen, found.result


def test_unknown_until_all_of_it_is_known(ruled: Bench) -> None:
    assert gate(ruled).open is None
    assert row(ruled, "Creatinine") == ("not recorded", "unknown")
    with pytest.raises(Refused, match="Creatinine"):
        open_course(ruled.ward, ruled.infant, "ib", date(2026, 10, 12), who=DOCTOR)
    enter(ruled, ("creatinine", "0.5", "mg/dL", ""), ("bilirubin", "20", "umol/L", "17"))
    assert row(ruled, "Creatinine") == ("44.2 µmol/L", "met")
    assert row(ruled, "Bilirubin, total")[1] == "met"
    asked = start_questions(ruled.ward, ruled.infant)
    assert [one.words for one in asked.questions] == ["No severe infection"]
    reply = StartReply("no-severe-infection", "yes", "ward round of 12-Oct-2026")
    answer_start(ruled.ward, ruled.infant, "ib", [reply], who=DOCTOR)
    assert gate(ruled).open is True
    assert where_are_we(ruled.ward, ruled.infant).open_allowed
    open_course(ruled.ward, ruled.infant, "ib", date(2026, 10, 12), who=DOCTOR)
    rules = where_are_we(ruled.ward, ruled.infant).rules
    assert ("Creatinine", "44.2 µmol/L") in [(one.measure, one.seen) for one in rules]


def test_the_newest_decides_and_an_old_one_does_not_count(ruled: Bench) -> None:
    enter(ruled, ("creatinine", "44", "umol/L", ""), ("bilirubin", "60", "umol/L", "17"))
    assert gate(ruled).open is False
    assert row(ruled, "Bilirubin, total")[0].startswith("60 µmol/L (upper limit of normal 17")
    later = ruled.clock() + timedelta(hours=6)
    ruled.at(later.year, later.month, later.day, later.hour, 0)
    enter(ruled, ("creatinine", "p", "umol/L", ""))
    assert row(ruled, "Creatinine") == ("pending", "unknown")
    ruled.at(2026, 10, 20, 9, 0)
    assert row(ruled, "Bilirubin, total")[1] == "unknown"
    assert "older than" in row(ruled, "Bilirubin, total")[0]


def opened_ib(bench: Bench) -> None:
    """IB opened on 12-Oct-2026 on creatinine 44.2 and bilirubin 20 µmol/L."""
    enter(bench, ("creatinine", "44.2", "umol/L", ""), ("bilirubin", "20", "umol/L", "17"))
    reply = StartReply("no-severe-infection", "yes", "ward round of 12-Oct-2026")
    answer_start(bench.ward, bench.infant, "ib", [reply], who=DOCTOR)
    open_course(bench.ward, bench.infant, "ib", date(2026, 10, 12), who=DOCTOR)


def told(bench: Bench, measure: str) -> tuple[str, str, bool]:
    (found,) = (
        one for one in where_are_we(bench.ward, bench.infant).rules if one.measure == measure
    )
    return found.seen, found.since, found.struck


def judged(bench: Bench, measure: str) -> str:
    rules = where_are_we(bench.ward, bench.infant).rules
    return next(one.result for one in rules if one.measure == measure)


def result_id(bench: Bench, analyte: str) -> int:
    with bench.ward.store.reading() as connection:
        return [
            one.id
            for one in of_infant(connection, LabResult, bench.infant)
            if one.analyte == analyte
        ][-1]


def test_a_result_corrected_after_the_opening_is_said_beside_what_was_seen(ruled: Bench) -> None:
    """As with counts: what was seen stays, that it is struck out and what is on record now stand by it."""
    opened_ib(ruled)
    assert told(ruled, "Creatinine") == ("44.2 µmol/L", "", False)
    row_id = result_id(ruled, "creatinine")
    said = resting_on(ruled.ward, f"lab_result:{row_id}")
    assert said[0] == f"IB opened on it, day 1 on 12-Oct-2026, by {DOCTOR}"
    ruled.at(2026, 10, 13, 9, 0)
    typed = NewResult("creatinine", "88", "umol/L", again="88")
    correct_result(ruled.ward, row_id, typed, "digits of another infant", who=NURSE)
    assert told(ruled, "Creatinine") == (
        "44.2 µmol/L",
        f"struck out since, 13-Oct-2026 09:00, {NURSE}: digits of another infant; "
        "on record now: 88 µmol/L, 12-Oct-2026 09:00. That does NOT meet the rule "
        "(at most 50 µmol/L): ask whoever opened the course",
        True,
    )
    assert judged(ruled, "Creatinine") == "not met"
    again = NewResult("creatinine", "49", "umol/L", again="49")
    correct_result(ruled.ward, result_id(ruled, "creatinine"), again, "typed wrongly", who=NURSE)
    assert told(ruled, "Creatinine")[1].endswith("12-Oct-2026 09:00. That meets the rule, too")
    assert judged(ruled, "Creatinine") == "met"
    assert told(ruled, "Bilirubin, total")[1:] == ("", False)
    assert not any(
        "opened on it" in one for one in resting_on(ruled.ward, f"lab_result:{row_id + 2}")
    )


def test_a_result_struck_out_after_the_opening_and_a_newer_one_are_said(ruled: Bench) -> None:
    opened_ib(ruled)
    ruled.at(2026, 10, 13, 9, 0)
    enter(ruled, ("creatinine", "p", "umol/L", ""))
    assert told(ruled, "Creatinine")[1] == "newer: pending, 13-Oct-2026 09:00"
    bilirubin = result_id(ruled, "bilirubin")
    void_result(ruled.ward, bilirubin, "haemolysed", who=NURSE)
    assert told(ruled, "Bilirubin, total")[1:] == (
        f"struck out since, 13-Oct-2026 09:00, {NURSE}: haemolysed. Without it the rule is not known "
        "to be met: ask whoever opened the course",
        True,
    )
    assert judged(ruled, "Bilirubin, total") == "unknown"
    void_result(ruled.ward, result_id(ruled, "creatinine"), "not sent", who=NURSE)
    assert told(ruled, "Creatinine")[1] == ""  # the newest one is that of the opening again


PILOT = """
protocol = "interfant06-blinatumomab"
edition = "invented 1"
[confirmed]
by = ["A. One", "B. Two"]
on = 2026-10-01
[[start]]
course = "blinatumomab"
results = [{ analyte = "creatinine", at-most = 50, unit = "umol/L" }]
"""


@pytest.fixture
def pilot(bench: Bench) -> Bench:
    """Day 1 of blinatumomab is given; the site lets it begin with creatinine at most 50 µmol/L."""
    bench.site()
    bench.enrol(protocol_key="interfant06-blinatumomab", elsewhere="enrolled before")
    bench.at(2026, 10, 12, 9, 0)
    protocol = bench.ward.protocols["interfant06-blinatumomab"]
    bench.ward.values = read_site_values_text(PILOT, "site.toml", protocol=protocol)
    bench.weigh()
    enter(bench, ("creatinine", "44.2", "umol/L", ""))
    replies = [StartReply("cd19", "yes", "flow cytometry"), StartReply("marrow", "yes", "report")]
    answer_start(bench.ward, bench.infant, "blinatumomab", replies, who=DOCTOR)
    open_course(bench.ward, bench.infant, "blinatumomab", date(2026, 10, 12), who=DOCTOR)
    with bench.ward.store.change(NURSE, "recorded a dose", bench.ward.now()) as change:
        change.add(
            DoseRecord, infant_id=bench.infant, course_key="blinatumomab", course_day=1,
            due_on=date(2026, 10, 12), drug="blinatumomab", route="IV", state="given",
            amount_ug=5, measurement_id=None, reconstituted_at=None, infusion_minutes=None,
            started_at=bench.ward.now(), finished_at=bench.ward.now(), note="",
        )  # fmt: skip
    return bench


def test_a_dose_given_on_a_result_struck_out_since_is_marked(pilot: Bench) -> None:
    """The course asks something of the infant herself: what opened it is held to, as in an EPI block."""
    bench, source = pilot, f"lab_result:{result_id(pilot, 'creatinine')}"
    assert given_since(bench.ward, facts_of(bench.ward, bench.infant)) == {}
    (line,) = given_if_result_struck(bench.ward, bench.infant, source)
    assert line.startswith("blinatumomab day 1, 12-Oct-2026: given in a block whose start rule")
    assert ends_by_striking_result(bench.ward, bench.infant, source) == ()  # nothing is ordered
    bench.at(2026, 10, 12, 11, 0)
    void_result(bench.ward, int(source.partition(":")[2]), "another infant's tube", who=NURSE)
    facts = facts_of(bench.ward, bench.infant)
    (mark,) = given_since(bench.ward, facts).values()
    assert mark.short == RULE_SINCE and "Creatinine: not recorded" in mark.words
    course = facts.protocol.course("blinatumomab")
    assert "Creatinine" in blocked_words(bench.ward, facts, course)


def test_a_result_put_right_that_meets_the_rule_marks_no_dose(pilot: Bench) -> None:
    pilot.at(2026, 10, 12, 11, 0)
    typed = NewResult("creatinine", "40", "umol/L", again="40")
    correct_result(pilot.ward, result_id(pilot, "creatinine"), typed, "typed wrongly", who=NURSE)
    assert given_since(pilot.ward, facts_of(pilot.ward, pilot.infant)) == {}
