"""A start rule beyond counts on the ward: the newest result decides, a person answers by name."""

from datetime import date, timedelta

import pytest

from bedside.protocol.site_value_reader import read_site_values_text
from bedside.units.refusal import Refused
from bedside.ward.courses import open_course
from bedside.ward.facts import facts_of
from bedside.ward.gates import Gate, judge_gate
from bedside.ward.laboratory_reading import NewResult
from bedside.ward.laboratory_recording import NewSpecimen, record_results
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
