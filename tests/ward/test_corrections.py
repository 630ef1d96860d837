"""Corrections: struck out with a reason, readable for ever, and never under something that rests on it."""

from datetime import date

import pytest

from bedside.store.queries import of_infant
from bedside.store.records import CourseStart, Measurement
from bedside.units.refusal import Refused
from bedside.ward.corrections import correctable, strike_out
from bedside.ward.courses import open_course
from bedside.ward.facts import facts_of
from bedside.ward.giving import start_vial
from tests.ward.ordering import ready
from tests.ward.wards import DOCTOR, NURSE, Bench


def first(bench: Bench, kind: str):
    return next(one for one in correctable(bench.ward, bench.infant) if one.kind == kind)


def strike(bench: Bench, kind: str, reason: str = "typed on the wrong infant") -> None:
    one = first(bench, kind)
    strike_out(bench.ward, bench.infant, one.kind, one.record_id, reason, who=NURSE)


def test_a_wrong_weight_is_struck_out_and_stays_readable(bench: Bench) -> None:
    """H29: the first value is never hidden."""
    bench.open_epi_1()
    bench.at(2026, 10, 7, 9, 0)
    bench.weigh(6900)
    strike(bench, "weight")
    assert facts_of(bench.ward, bench.infant).weight(bench.clock()).weight_g == 6200
    with bench.ward.store.reading() as connection:
        kept = of_infant(connection, Measurement, bench.infant, include_void=True)
    assert [(row.weight_g, row.void_reason) for row in kept][-1] == (
        6900,
        "typed on the wrong infant",
    )


def test_a_wrong_day_1_is_struck_out_and_opened_anew(bench: Bench) -> None:
    bench.open_epi_1()
    bench.at(2026, 10, 8, 7, 0)
    strike(bench, "course", "opened a day too early")
    open_course(bench.ward, bench.infant, "epi-1", date(2026, 10, 8), who=DOCTOR)
    assert facts_of(bench.ward, bench.infant).start_of("epi-1").day_1 == date(2026, 10, 8)
    with bench.ward.store.reading() as connection:
        kept = of_infant(connection, CourseStart, bench.infant, include_void=True)
    assert len(kept) == 3


def test_a_course_with_doses_stands(bench: Bench) -> None:
    bench.open_epi_1()
    bench.at(2026, 10, 7, 10, 0)
    ready(bench.ward, bench.infant)
    start_vial(bench.ward, bench.infant, "epi-1", 1, bench.clock(), 30, who=NURSE)
    with pytest.raises(Refused, match="strike those out first"):
        strike(bench, "course")
    strike(bench, "dose", "clock started for the wrong infant")
    strike(bench, "course")
    assert facts_of(bench.ward, bench.infant).start_of("epi-1") is None


def test_only_the_last_course_and_only_with_a_reason(bench: Bench) -> None:
    bench.open_epi_1()
    with pytest.raises(Refused, match="reason"):
        strike(bench, "course", "  ")
    induction = [one for one in correctable(bench.ward, bench.infant) if one.kind == "course"][1]
    with pytest.raises(Refused, match="not the last course"):
        strike_out(bench.ward, bench.infant, "course", induction.record_id, "wrong", who=NURSE)


def test_an_answer_is_taken_back(bench: Bench) -> None:
    """H15: an answer given by mistake opens nothing once it is struck out."""
    bench.ready_for_epi_1()
    strike(bench, "answer", "pressed by mistake")
    with pytest.raises(Refused, match="toxicity"):
        open_course(bench.ward, bench.infant, "epi-1", date(2026, 10, 7), who=DOCTOR)


def test_another_infants_record_is_not_touched(bench: Bench) -> None:
    """H25: a record number of somebody else is refused."""
    bench.open_epi_1()
    with pytest.raises(Refused, match="not among"):
        strike_out(bench.ward, bench.infant, "weight", 9999, "wrong", who=NURSE)
