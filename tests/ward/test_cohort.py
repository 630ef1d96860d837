"""The cohort on a real ward: who is evaluable, the rate, the order of the ends, the boundary."""

from datetime import date
from pathlib import Path

import pytest

from bedside.units.refusal import Refused
from bedside.ward.cohort import cohort_page, cohort_protocols
from bedside.ward.courses import open_course
from bedside.ward.dlt_deciding import decide, record_not_evaluable
from bedside.ward.dlt_page import dlt_page
from bedside.ward.dlt_rules import load_rule
from bedside.ward.forms import Judgement, NewToxicity
from bedside.ward.toxicities import answer_resolved, record_toxicity
from bedside.ward.views.toxicity import Attributed
from tests.ward.commissioned import commission
from tests.ward.wards import DOCTOR, NURSE, Bench

INVENTED = Path(__file__).resolve().parents[1] / "protocol" / "invented_dlt_rule.toml"
CONSULTANT = "Dr Ines Halvorsen, consultant"
AZA = Judgement(causes=(Attributed("drug", "azacitidine", "possible"),))


def begin(bench: Bench, number: int) -> int:
    """One more infant, EPI #1 opened on 07-Oct-2026."""
    bench.at(2026, 9, 1, 9, 0)
    infant = bench.enrol(
        hospital_number=f"T {number:03}", study_number=f"15P1-T{number:03}", bed=str(number)
    )
    bench.at(2026, 10, 7, 8, 0)
    bench.weigh()
    bench.count(640, 86_000)
    answer_resolved(bench.ward, infant, "yes", who=DOCTOR)
    open_course(bench.ward, infant, "epi-1", date(2026, 10, 7), who=DOCTOR)
    bench.at(2026, 10, 20, 8, 0)
    return infant


def toxic(bench: Bench, infant: int, verdict: str = "", grade: int = 3) -> None:
    toxicity = NewToxicity("Mucositis oral", grade, date(2026, 10, 10), "", "", judged=AZA)
    row = record_toxicity(bench.ward, infant, toxicity, who=NURSE)
    if verdict:
        shown = dlt_page(bench.ward, infant).rows[0]
        decide(
            bench.ward, infant, row, verdict, physician=CONSULTANT, reason="as discussed",
            facts=shown.facts, who=DOCTOR,
        )  # fmt: skip


@pytest.fixture
def ward(bench: Bench) -> Bench:
    bench.site()
    return bench


def test_only_protocols_with_a_period_have_a_cohort(ward: Bench) -> None:
    assert cohort_protocols(ward.ward) == (("aall15p1", "AALL15P1"),)
    for key in ("interfant06", "nowhere"):
        with pytest.raises(Refused, match="no DLT period"):
            cohort_page(ward.ward, key)


def test_an_empty_cohort_says_so(ward: Bench) -> None:
    view = cohort_page(ward.ward, "aall15p1")
    assert (view.total, view.evaluable, view.rate_words) == (0, 0, "")
    assert view.interval_words == "nobody is evaluable yet"
    assert view.boundary == ()
    assert "is not public: nothing is shown" in view.boundary_words
    assert view.rule_title == "Screening rule only: AALL15P1's own definition is not public"


def test_states_rate_and_tables(ward: Bench) -> None:
    with_dlt, due, off, plain = (begin(ward, number) for number in (1, 2, 3, 4))
    toxic(ward, with_dlt, "counts", 4)
    toxic(ward, due)
    record_not_evaluable(ward.ward, off, physician=CONSULTANT, reason="left the trial", who=DOCTOR)
    toxic(ward, plain, "does not count")
    view = cohort_page(ward.ward, "aall15p1")
    assert {each.state: each.infants for each in view.states} == {
        "closed without DLT": 0,
        "DLT": 1,
        "open": 2,
        "not started": 0,
        "not evaluable": 1,
    }
    assert (view.evaluable, view.with_dlt, view.due) == (1, 1, 1)
    assert view.rate_words == "1 of 1 = 100.0 %"
    assert view.interval == ("100.0", "2.5", "100.0")  # by hand: 0.025
    assert (view.infants[0].study_number, view.infants[0].due) == ("15P1-T002", 1)
    words = {each.study_number: each.words for each in view.infants}
    assert words["15P1-T001"] == f"Mucositis oral grade 4, {CONSULTANT}, 20-Oct-2026"
    assert words["15P1-T003"] == f"left the trial, {CONSULTANT}"
    assert words["15P1-T004"] == "open since 07-Oct-2026"
    epi_1 = next(line for line in view.courses if line.name == "EPI #1")
    assert (epi_1.infants, epi_1.asked, epi_1.counted) == (3, 3, 1)
    (term,) = view.terms
    assert (term.name, term.infants, term.counted) == ("Mucositis oral", 3, 1)


def test_the_boundary_is_the_sites_and_says_when_it_is_reached(ward: Bench) -> None:
    """Commissioned by two people: 44 infants, 7 %, chance 7 %; two of two is rarer than that."""
    commission(ward.ward, "aall15p1", "dlt")
    first, second = begin(ward, 1), begin(ward, 2)
    toxic(ward, first, "counts")
    view = cohort_page(ward.ward, "aall15p1")
    assert view.boundary_most == 44
    assert "44 infants" in view.boundary_words and "Site value" in view.boundary_words
    assert view.boundary_state.startswith("not reached")
    toxic(ward, second, "counts")
    view = cohort_page(ward.ward, "aall15p1")
    least = dict(view.boundary).get(2)
    reached = least is not None and least <= 2
    assert view.boundary_state.startswith("REACHED") == reached
    assert [point.with_dlt for point in view.points] == [1, 2]


def test_nothing_is_drawn_while_file_and_numbers_part(ward: Bench) -> None:
    load_rule(ward.ward, ward.ward.protocols["aall15p1"], INVENTED, who="Ines Halvorsen")
    assert cohort_page(ward.ward, "aall15p1").boundary[0] == (3, 3)
    commission(ward.ward, "aall15p1", "dlt")
    view = cohort_page(ward.ward, "aall15p1")
    assert view.boundary == ()
    assert "contradict each other" in view.boundary_words
