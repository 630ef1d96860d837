"""H1: a weight far outside the child's own history is not one person's to record, however often typed."""

from dataclasses import dataclass

import pytest

from bedside.store.queries import of_infant
from bedside.store.records import Measurement
from bedside.units.quantities import BodyLength, BodyWeight
from bedside.units.refusal import Refused
from bedside.ward.forms import NewSize
from bedside.ward.weighing import judge_length, judge_weight, record_size
from tests.ward.wards import NURSE, Bench

TWICE = "typed a second time: a tenth"


@dataclass
class Typed:
    """A weight typed at the bench's infant."""

    bench: Bench

    def record(self, grams: int, reason: str = TWICE, second: str = "", mm: int | None = None):
        length = None if mm is None else BodyLength(mm)
        size = NewSize(BodyWeight(grams), length, self.bench.clock(), reason, second)
        return record_size(self.bench.ward, self.bench.infant, size, who=NURSE)

    def kept(self) -> list[Measurement]:
        with self.bench.ward.store.reading() as connection:
            return list(of_infant(connection, Measurement, self.bench.infant))


@pytest.fixture
def typed(bench: Bench) -> Typed:
    bench.site()
    bench.enrol()
    bench.at(2026, 10, 7, 8, 0)
    bench.weigh()
    bench.at(2026, 10, 7, 9, 0)
    return Typed(bench)


@pytest.mark.parametrize(
    ("second", "words"),
    [
        ("", "Name the second person"),
        ("   ", "Name the second person"),
        (NURSE, "the second person is another one"),
        (NURSE.partition(",")[0].lower() + ", physician", "the second person is another one"),
    ],
)
def test_typing_it_twice_does_not_help(typed: Typed, second: str, words: str):
    """0.62 kg of an infant of 5.4 kg was recorded by typing it twice."""
    before = typed.kept()
    with pytest.raises(Refused, match=words) as refused:
        typed.record(before[-1].weight_g // 10, second=second)
    assert "Did you mean" in refused.value.reasons[0]
    assert typed.kept() == before


def test_two_people_may_record_it_and_both_are_named(typed: Typed):
    typed.record(typed.kept()[-1].weight_g // 10, second="R. Castellanos, physician")
    kept = typed.kept()[-1]
    assert kept.recorded_by == NURSE
    assert kept.unusual_reason == f"{TWICE}; read by a second person, R. Castellanos, physician"


def test_two_people_still_type_it_twice(typed: Typed):
    with pytest.raises(Refused, match="type it a second time"):
        typed.record(typed.kept()[-1].weight_g // 10, reason="", second="R. Castellanos")


@pytest.mark.parametrize("grams", [62_000, 450])
def test_what_no_infant_weighs_is_refused_to_two_as_well(typed: Typed, grams: int):
    with pytest.raises(Refused, match=r"0\.5 to 30 kg"):
        typed.record(grams, second="R. Castellanos, physician")


def test_a_second_person_is_not_kept_beside_an_ordinary_weight(typed: Typed):
    last = typed.kept()[-1].weight_g
    typed.record(last + 20, reason="", second="R. Castellanos, physician")
    assert typed.kept()[-1].unusual_reason == ""


def test_a_length_far_from_her_own(typed: Typed):
    bench = typed.bench
    last = typed.kept()[-1]
    at = bench.clock()
    far = BodyLength((last.length_mm or 0) * 2 // 5)  # inches typed as centimetres
    judged = judge_length(bench.ward, bench.infant, far, at)
    assert (judged.level, judged.by_two) == ("impossible", True)
    usual = judge_weight(bench.ward, bench.infant, BodyWeight(last.weight_g), at)
    assert (usual.level, usual.by_two) == ("usual", False)
    with pytest.raises(Refused, match="inches are typed as cm"):
        typed.record(last.weight_g, mm=far.mm)
    typed.record(last.weight_g, mm=far.mm, second="R. Castellanos, physician")
    assert typed.kept()[-1].length_mm == far.mm
