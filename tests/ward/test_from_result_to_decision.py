"""One whole story: a result, its grade, the round, the DLT question, the decision, and the correction."""

from datetime import date

from bedside.ward.cohort import cohort_page
from bedside.ward.dlt_deciding import decide
from bedside.ward.dlt_page import dlt_page
from bedside.ward.laboratory_reading import NewResult
from bedside.ward.laboratory_recording import NewSpecimen, correct_result, record_results
from bedside.ward.proposals import proposals_of
from bedside.ward.toxicities import log_of
from bedside.ward.toxicity_round import finish_round
from bedside.ward.views.round import ProposalAnswer, RoundAnswers
from tests.ward.wards import DOCTOR, NURSE, Bench

ALT = "alanine-aminotransferase-increased"


def accept(bench: Bench) -> None:
    """One round in which the laboratory's ALT proposal is taken; the baseline is said to be normal."""
    said = {ALT: {"baseline": "25"}}
    waiting = proposals_of(bench.ward, bench.infant, said=said)
    (one,) = (each for each in waiting if each.term_key == ALT)
    assert one.rule
    answers = RoundAnswers(
        began_at=bench.clock(),
        opens=(),
        proposals=(ProposalAnswer(ALT, one.seen, accepted=True),),
        said=said,
    )
    finish_round(bench.ward, bench.infant, answers, who=NURSE)


def dlt_row(bench: Bench):
    (found,) = (each for each in dlt_page(bench.ward, bench.infant).rows if "lanine" in each.term)
    return found


def with_dlt(bench: Bench) -> int:
    page = cohort_page(bench.ward, "aall15p1")
    return sum(each.infants for each in page.states if each.state == "DLT")


def test_a_corrected_alt_asks_the_physician_again(bench: Bench) -> None:
    bench.open_epi_1()
    bench.at(2026, 10, 20, 8, 0)
    high = NewResult("alt", "400", "U/L", high="40")
    specimen = NewSpecimen(bench.clock(), "central line", "Main laboratory", (high,))
    (result,) = record_results(bench.ward, bench.infant, specimen, who=NURSE)
    accept(bench)
    (logged,) = (each for each in log_of(bench.ward, bench.infant) if each.term_key == ALT)
    assert (logged.grade, logged.onset) == (3, date(2026, 10, 20))  # 10 x ULN, v5: above 5 to 20
    asked = dlt_row(bench)
    assert asked.due and asked.verdict == "ask" and with_dlt(bench) == 0
    decide(
        bench.ward,
        bench.infant,
        asked.toxicity_id,
        "counts",
        physician="Dr Ines Halvorsen, consultant",
        reason="as discussed",
        facts=asked.facts,
        who=DOCTOR,
    )
    assert not dlt_row(bench).due and with_dlt(bench) == 1

    bench.at(2026, 10, 20, 9, 0)
    right = NewResult("alt", "140", "U/L", high="40")
    correct_result(bench.ward, result, right, "slip misread", who=NURSE)
    (resting,) = (each for each in log_of(bench.ward, bench.infant) if each.term_key == ALT)
    assert resting.corrected
    accept(bench)
    again = dlt_row(bench)
    assert again.worst == 2 and again.stale and again.due  # 3.5 x ULN, v5: above 3 to 5
