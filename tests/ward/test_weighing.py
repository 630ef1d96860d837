"""Weights: judged on two bounds, kept in grams, never of the future (hazards H1 to H6)."""

from datetime import timedelta

import pytest

from bedside.store.queries import of_infant
from bedside.store.records import Measurement
from bedside.units.quantities import BodyLength, BodyWeight
from bedside.units.refusal import Refused
from bedside.ward.facts import facts_of
from bedside.ward.forms import NewSize
from bedside.ward.weighing import judge_weight, record_size, void_size
from tests.ward.wards import NURSE, Bench


@pytest.fixture
def weighed(bench: Bench) -> Bench:
    bench.site()
    bench.enrol()
    bench.weigh(6200, days_ago=0)
    bench.at(2026, 9, 2, 9, 0)
    return bench


def record(bench: Bench, grams: int, reason: str = "") -> int:
    size = NewSize(BodyWeight(grams), None, bench.clock(), reason)
    return record_size(bench.ward, bench.infant, size, who=NURSE)


@pytest.mark.parametrize("grams", [620, 62_000, 620_000, 13_669])
def test_ten_fold_and_pounds_are_not_kept_unasked(weighed: Bench, grams: int) -> None:
    """H1, H2, H3: ten times, a tenth and pounds are never kept as if nothing were odd."""
    with pytest.raises(Refused):
        record(weighed, grams)
    assert len(facts_of(weighed.ward, weighed.infant).measurements) == 1


def test_impossible_is_refused_even_with_a_reason(weighed: Bench) -> None:
    """H4: 62 kg is no infant, whatever is typed beside it."""
    with pytest.raises(Refused):
        record(weighed, 62_000, "typed a second time")


def test_unusual_needs_the_second_typing(weighed: Bench) -> None:
    judged = judge_weight(weighed.ward, weighed.infant, BodyWeight(7600), weighed.clock())
    assert judged.level == "unusual"
    with pytest.raises(Refused, match="second time"):
        record(weighed, 7600)
    assert record(weighed, 7600, "typed a second time")


def test_future_and_unborn_times_are_refused(weighed: Bench) -> None:
    """H6: a weight of the future is refused, and one from before the birth."""
    for at in (weighed.clock() + timedelta(hours=2), weighed.clock() - timedelta(days=400)):
        with pytest.raises(Refused):
            record_size(
                weighed.ward, weighed.infant, NewSize(BodyWeight(6210), None, at), who=NURSE
            )


def test_nobody_named_is_refused(weighed: Bench) -> None:
    with pytest.raises(Refused, match="Nobody is named"):
        record_size(
            weighed.ward,
            weighed.infant,
            NewSize(BodyWeight(6210), BodyLength(621), weighed.clock()),
            who="  ",
        )


def test_a_correction_keeps_the_old_value_readable(weighed: Bench) -> None:
    """H29: a struck-out weight stays in the record with its reason."""
    wrong = record(weighed, 6250)
    void_size(weighed.ward, wrong, "read from the wrong scale", who=NURSE)
    assert len(facts_of(weighed.ward, weighed.infant).measurements) == 1
    with weighed.ward.store.reading() as connection:
        rows = of_infant(connection, Measurement, weighed.infant, include_void=True)
    struck = [row for row in rows if row.id == wrong]
    assert struck[0].weight_g == 6250
    assert struck[0].void_reason == "read from the wrong scale"
    assert struck[0].voided_by == NURSE


def test_late_entry_in_any_order_gives_the_same_last_weight(weighed: Bench) -> None:
    weighed.at(2026, 9, 6, 9, 0)
    record(weighed, 6260)
    earlier = NewSize(BodyWeight(6230), None, weighed.clock() - timedelta(days=2))
    record_size(weighed.ward, weighed.infant, earlier, who=NURSE)
    last = facts_of(weighed.ward, weighed.infant).weight(weighed.clock())
    assert last is not None
    assert last.weight_g == 6260


def test_a_back_dated_weight_is_set_beside_the_later_ones(weighed: Bench) -> None:
    """H4: a slip of the month is noticed although nothing was weighed before it."""
    at = weighed.clock() - timedelta(days=100)
    judged = judge_weight(weighed.ward, weighed.infant, BodyWeight(6250), at)
    assert judged.level == "unusual"
    assert judged.compared.startswith("next ")
    with pytest.raises(Refused, match="look at the date, too"):
        record_size(weighed.ward, weighed.infant, NewSize(BodyWeight(6250), None, at), who=NURSE)
