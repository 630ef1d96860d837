"""Who is due in the ward's toxicity round: whoever has no round today, or results that no round saw."""

import pytest

from bedside.units.quantities import WhiteCells
from bedside.ward import toxicity_ward_round
from bedside.ward.toxicity_ward_round import (
    count_ahead,
    counted_row,
    next_in_round,
    ward_round,
    ward_round_at_once,
)
from bedside.ward.views.round import OpenAnswer
from bedside.ward.ward import Ward
from tests.ward.test_toxicity_round import enter, finish
from tests.ward.wards import Bench


def test_results_after_this_mornings_round_make_it_due_again(bench: Bench) -> None:
    """Sixteen results after a round of 10:46 must not stand last in the ward's list."""
    bench.site()
    bench.enrol()
    bench.at(2026, 10, 20, 8, 0)
    first, toxicity = bench.infant, enter(bench)
    second = bench.enrol(hospital_number="T 002", bed="10", family="ANDERS", study_number="2")
    bench.infant = first
    finish(bench, OpenAnswer(toxicity, "same"))
    assert [row.infant_id for row in ward_round(bench.ward)] == [second, first]
    bench.at(2026, 10, 20, 11, 0)
    bench.count(620, 41_000)
    rows = ward_round(bench.ward)
    assert [row.infant_id for row in rows] == [first, second]
    assert rows[0].due and rows[0].laboratory == "2 to answer, 1 new result"
    following = next_in_round(bench.ward, second)
    assert following is not None and following.infant_id == first


def two_counted(bench: Bench) -> Ward:
    """A ward of two infants, of whom the first has two results to answer."""
    bench.site()
    bench.enrol()
    bench.at(2026, 10, 20, 8, 0)
    bench.count(420, 41_000)
    bench.enrol(hospital_number="T 002", bed="10", family="ANDERS", study_number="2")
    return bench.ward


def test_what_was_counted_ahead_is_what_the_list_says(bench: Bench) -> None:
    """The window counts one infant at a time while nobody waits; a later record is counted anew."""
    ward = two_counted(bench)
    asked = ward_round(ward)
    ward.kept_waiting.clear()
    assert [count_ahead(ward), count_ahead(ward), count_ahead(ward)] == [True, True, False]
    assert ward_round(ward) == asked
    assert sum(row.proposals for row in asked) == 2
    bench.count(80, 9_000, wbc=WhiteCells(300), wbc_state="done")
    assert not count_ahead(ward)
    assert {row.infant_id: row.proposals for row in ward_round(ward)} == {1: 2, 2: 3}


def test_the_list_that_opens_at_once_says_who_is_not_counted_yet(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No number stands for what nobody counted; each row counted later is that of the whole list."""
    ward = two_counted(bench)
    asked = {row.infant_id: row for row in ward_round(ward)}
    assert ward_round_at_once(ward) == tuple(asked.values())
    ward.kept_waiting.clear()
    monkeypatch.setattr(toxicity_ward_round, "_AT_ONCE", 1)
    rows = ward_round_at_once(ward)
    assert [(row.proposals, row.counted) for row in rows] == [(0, False), (0, False)]
    assert {row.infant_id: counted_row(ward, row.infant_id) for row in rows} == asked
    assert all(row.counted for row in ward_round_at_once(ward))
    bench.count(80, 9_000, wbc=WhiteCells(300), wbc_state="done")
    assert [row.proposals for row in ward_round_at_once(ward)] == [3, 2]
