"""Grades of which only the least is certain: taken as that, told apart for good, ending nothing."""

from datetime import date
from decimal import Decimal

import pytest

from bedside.units.refusal import Refused
from bedside.ward.toxicity_round import finish_round, round_of
from bedside.ward.toxicity_series import episodes_of
from bedside.ward.unit_words import written_unit
from bedside.ward.views.round import LabEvent, ProposalAnswer, RoundAnswers
from bedside.ward.views.toxicity import LABORATORY, LEAST
from tests.ward.test_toxicity_round import by_term, finish, lab, waiting, ward  # noqa: F401
from tests.ward.wards import NURSE, Bench


def test_a_least_certain_grade_is_told_from_a_certain_one(ward: Bench) -> None:  # noqa: F811
    """CTCAE 5.0: potassium 3.2 is grade 1, and 2 with symptoms: at least 1 while nobody said."""
    key = "hypokalemia"
    low = {"low": Decimal("3.5"), "high": Decimal("5.5")}
    lab(ward, "potassium", "3.2", "mmol/L", **low)
    proposed = waiting(ward)[key]
    assert proposed.grade is None and proposed.takes_least
    with pytest.raises(Refused, match="cannot be graded yet"):
        finish(ward, take=(key,))  # a certain grade was meant
    answer = ProposalAnswer(key, proposed.seen, accepted=True, at_least=True)
    finish_round(ward.ward, ward.infant, RoundAnswers(ward.clock(), (), (answer,)), who=NURSE)
    (logged,) = by_term(ward, key)
    assert logged.laboratory and logged.at_least and logged.grade == 1
    assert logged.grade_words == "at least grade 1"
    assert waiting(ward) == {}
    assert round_of(ward.ward, ward.infant).unchanged == ("Hypokalemia at least grade 1",)
    ward.at(2026, 10, 20, 9, 0)
    lab(ward, "potassium", "3.2", "mmol/L", **low)
    finish(ward, take=(key,), said={key: {"symptoms": "yes"}})
    (logged,) = by_term(ward, key)
    assert [step.words for step in logged.steps] == ["at least grade 1", "grade 2"]


def test_a_value_of_which_nothing_is_certain_ends_nothing() -> None:
    """Grade 2, then "at least 0", then at least 2: one episode that stands, its last grade open above."""

    def event(day: int, grade: int, origin: str) -> LabEvent:
        return LabEvent(
            date(2026, 10, day), None, grade, origin, f"lab_result:{day}", "", "", "5.0"
        )

    first, silent, again = event(1, 2, LABORATORY), event(2, 0, LEAST), event(3, 2, LEAST)
    assert episodes_of([first, silent, again]) == ((first, again),)
    assert episodes_of([silent]) == ()


@pytest.mark.parametrize(
    ("unit", "read"),
    [
        ("umol/L", "µmol/L"),
        ("10*9/L", "× 10⁹/L"),
        ("10^9/L", "× 10⁹/L"),
        ("ug/mL", "µg/mL"),
        ("g/L", "g/L"),
    ],
)
def test_a_unit_is_written_in_one_way_everywhere(unit: str, read: str) -> None:
    assert written_unit(unit) == read
