"""Grade 5 is death: it is not recorded of an infant who was measured, counted or treated later."""

from datetime import date

import pytest

from bedside.units.refusal import Refused
from bedside.ward.forms import NewToxicity
from bedside.ward.toxicities import correct_grade, log_of, record_toxicity, regrade
from tests.ward.wards import NURSE, Bench

ON = date(2026, 10, 8)


@pytest.fixture
def ward(bench: Bench) -> Bench:
    """EPI #1 opened on 07-Oct-2026; it is 20-Oct-2026 and nothing was recorded since."""
    bench.open_epi_1()
    bench.at(2026, 10, 20, 8, 0)
    return bench


def enter(ward: Bench, grade: int, on: date = ON, **more: object) -> int:
    toxicity = NewToxicity("Sepsis", grade, on, "", "", **more)
    return record_toxicity(ward.ward, ward.infant, toxicity, who=NURSE)


def test_a_later_weight_or_count_stands_against_it(ward: Bench) -> None:
    ward.weigh()
    with pytest.raises(Refused, match="a weight or length of 20-Oct-2026"):
        enter(ward, 5)
    ward.at(2026, 10, 21, 8, 0)
    ward.count(500, 60_000)
    ward.at(2026, 10, 22, 8, 0)
    with pytest.raises(Refused, match="a blood count of 21-Oct-2026"):
        enter(ward, 5)
    assert log_of(ward.ward, ward.infant) == ()


def test_neither_a_new_grade_nor_a_correction_goes_round_it(ward: Bench) -> None:
    row = enter(ward, 4)
    ward.weigh()
    with pytest.raises(Refused, match="Grade 5 is death"):
        regrade(ward.ward, row, 5, date(2026, 10, 9), who=NURSE)
    (step,) = log_of(ward.ward, ward.infant)[0].steps
    with pytest.raises(Refused, match="grade 4 at most"):
        correct_grade(ward.ward, row, step.grade_id, 5, "typed wrongly", who=NURSE)
    assert log_of(ward.ward, ward.infant)[0].worst == 4


def test_death_on_the_last_day_on_record_is_taken_and_is_never_gone(ward: Bench) -> None:
    ward.count(500, 60_000)
    with pytest.raises(Refused, match="not gone since a day"):
        enter(ward, 5, date(2026, 10, 20), gone_on=date(2026, 10, 20))
    enter(ward, 5, date(2026, 10, 20))
    assert log_of(ward.ward, ward.infant)[0].worst == 5
