"""What the preview of a count says is what the start rule says once it is recorded, however late it is typed (H14)."""

from datetime import timedelta

import pytest

from bedside.units.quantities import Anc, Platelets
from bedside.ward.counts_page import preview_start, ruled_course
from bedside.ward.facts import facts_of
from bedside.ward.gates import judge_gate
from bedside.ward.standing import standing_of
from tests.ward.wards import Bench

LOW, HIGH = (360, 30_000), (910, 60_000)
PENDING = {"anc_state": "pending", "platelets_state": "pending"}


@pytest.fixture
def afternoon(bench: Bench) -> Bench:
    bench.site()
    bench.enrol()
    bench.at(2026, 10, 7, 16, 30)
    return bench


def shown(rows) -> dict[str, tuple[str, str]]:
    return {row.measure: (row.seen, row.result) for row in rows}


@pytest.mark.parametrize("hours", [4, 0, -1], ids=["late", "same minute", "newer"])
@pytest.mark.parametrize(
    ("recorded", "typed"),
    [
        (HIGH, LOW),
        (LOW, HIGH),
        (HIGH, (700, None)),
        ((910, None), LOW),  # of what the newer one was not asked for, the older decides
        ((None, None), HIGH),  # pending
        (HIGH, (None, None)),
    ],
)
def test_the_preview_is_the_rule_after_recording(
    afternoon: Bench, recorded, typed, hours: int
) -> None:
    """Recorded at 15:10 (or an hour earlier); typed as of 11:10, of the same minute, or newer."""
    ward, infant = afternoon.ward, afternoon.infant
    newest = afternoon.clock() - timedelta(minutes=80)
    afternoon.count(*recorded, taken_at=newest, **(PENDING if recorded == (None, None) else {}))
    at = newest - timedelta(hours=hours)
    states = {"anc": "pending", "platelets": "pending"} if typed == (None, None) else {}
    anc, platelets = typed
    before = preview_start(
        ward,
        infant,
        None if anc is None else Anc(anc),
        None if platelets is None else Platelets(platelets),
        taken_at=at,
        states=states,
    )
    afternoon.count(*typed, taken_at=at, specimen="vein", **(PENDING if states else {}))
    facts = facts_of(ward, infant)
    course = ruled_course(standing_of(ward, facts))
    assert course is not None
    after = judge_gate(ward, facts, course, ward.now()).rows
    assert shown(before) == shown(row for row in after if row.main)
    late = {row.measure for row in before if row.typed_at is not None}
    asked = {"anc": "Neutrophils, ANC", "platelets": "Platelets"}
    assert (asked["anc"] in late) == (hours == 4)
    both = recorded != (910, None) and typed != (700, None)
    assert (asked["platelets"] in late) == (hours == 4 and both)


def test_without_a_time_it_is_judged_as_taken_now(afternoon: Bench) -> None:
    """Also in the minute in which one was just recorded; of what is not typed that one is shown."""
    afternoon.count(*LOW)
    ward, infant = afternoon.ward, afternoon.infant
    anc, platelets, _ = preview_start(ward, infant, Anc(910), None)
    assert (anc.seen, anc.result, anc.typed_at) == ("910", "met", None)
    assert (platelets.result, platelets.at) == ("not met", ward.local(afternoon.clock()))


def test_one_that_is_too_old_would_open_nothing(afternoon: Bench) -> None:
    ward, infant = afternoon.ward, afternoon.infant
    old = afternoon.clock() - timedelta(hours=ward.site.count_age_hours + 1)
    rows = preview_start(ward, infant, Anc(910), Platelets(60_000), taken_at=old)
    assert [row.result for row in rows[:2]] == ["unknown", "unknown"]
    assert "older than" in rows[0].seen
