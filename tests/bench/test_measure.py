"""The bench's own arithmetic: medians, ratios and verdicts, and a table that a person can read."""

import json

import pytest

import tests.bench.__main__ as bench
from tests.bench.__main__ import table
from tests.bench.measure import Measure, by_turns
from tests.bench.screens import SWITCH, SWITCH_MS, _against


@pytest.mark.parametrize(
    ("ours", "floor", "limit", "verdict"),
    [
        (2.5, 1.0, 2.5, "within"),
        (2.51, 1.0, 2.5, "OVER"),
        (9.0, 1.0, None, "–"),
        (9.0, None, None, "–"),
    ],
)
def test_a_verdict_is_the_ratio_against_the_limit(ours, floor, limit, verdict):
    assert Measure("x", ours=ours, floor=floor, limit=limit).verdict == verdict


def test_what_could_not_be_measured_is_never_within():
    assert Measure("x", ours=1.0, floor=1.0, limit=2.5, trouble="no").verdict == "NOT MEASURED"


def test_both_take_turns_and_only_the_median_counts():
    order = []
    ours, floor = by_turns(lambda _: order.append("ours"), lambda _: order.append("floor"), 7, 1)
    assert order == ["ours", "floor"] * 8
    assert ours >= 0
    assert floor >= 0


def test_fewer_than_seven_runs_make_no_median():
    with pytest.raises(ValueError, match="at least 7"):
        by_turns(lambda _: None, lambda _: None, 6)


def test_the_table_marks_what_is_over():
    found = [
        Measure("fast", "floor", "ms", 2.0, 1.0, 2.5),
        Measure("slow", "floor", "ms", 3, 1, 2.5),
    ]
    head, fast, slow = table(found).splitlines()
    assert head.split() == [
        "what", "ours", "floor", "ratio", "limit", "verdict", "measured", "against",
    ]  # fmt: skip
    assert fast.split() == ["fast", "2.0", "ms", "1.0", "ms", "2.00", "2.5", "within", "floor"]
    assert "OVER" in slow


def test_the_json_holds_ratio_and_verdict():
    one = json.loads(json.dumps(Measure("x", "y", "ms", 3.0, 2.0, 2.5).as_json()))
    assert (one["ratio"], one["verdict"], one["limit"]) == (1.5, "within", 2.5)


@pytest.mark.parametrize(("took", "verdict"), [(80.0, "within"), (80.1, "OVER")])
def test_a_screen_slower_than_it_may_be_is_told(took, verdict):
    assert _against(SWITCH, took, SWITCH_MS).verdict == verdict


def test_the_one_command_measures_the_screens(tmp_path, monkeypatch):
    asked = []
    for name in vars(bench).copy():
        if name.startswith("measure_") and name != "measure_all":
            monkeypatch.setattr(bench, name, lambda *_, name=name: asked.append(name) or [])
    bench.measure_all(tmp_path, 9)
    assert "measure_screens" in asked
