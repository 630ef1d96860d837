"""After a broken-off infusion timeline and roadmap say what happened; an amount is held against the clock."""

from datetime import timedelta
from decimal import Decimal

import pytest

from bedside.units.quantities import DrugAmount
from bedside.ward.break_off_asked import RunningVial, judge_went_in, running_vial
from bedside.ward.broken_off import VolumeRun
from bedside.ward.facts import facts_of
from bedside.ward.giving import break_off, finish_infusion, start_infusion, start_vial
from bedside.ward.handover_tasks import tasks_now
from bedside.ward.timeline import timeline
from bedside.ward.where import where_are_we
from tests.ward.ordering import by, decide, ready
from tests.ward.test_roadmap_reasons import roadmap
from tests.ward.wards import NURSE, Bench

HEAD = "infusion broken off at 10:05, 7 mg of 15.5 mg given"


def mg(text: str) -> DrugAmount:
    return DrugAmount(Decimal(text))


def infuse(bench: Bench) -> int:
    """A dose that may be given, its vial made and its infusion started now."""
    ready(bench.ward, bench.infant)
    vial = start_vial(bench.ward, bench.infant, "epi-1", 1, bench.clock(), 30, who=NURSE)
    start_infusion(bench.ward, vial, bench.clock(), by(bench.ward, bench.infant), who=NURSE)
    return facts_of(bench.ward, bench.infant).doses[-1].id


@pytest.fixture
def broken(bench: Bench) -> Bench:
    """EPI #1 day 1: its infusion was broken off after five minutes."""
    bench.open_epi_1()
    bench.at(2026, 10, 7, 10, 0)
    dose = infuse(bench)
    bench.clock.now += timedelta(minutes=5)
    vial = running_vial(bench.ward, dose)
    assert (vial.whole, vial.minutes) == (mg("15.5"), 30)
    break_off(bench.ward, dose, mg("7"), "the line came out", who=NURSE)
    return bench


def first_dose(bench: Bench) -> tuple[str, str]:
    doses = [dose for lane in timeline(bench.ward, bench.infant).lanes for dose in lane.doses]
    (dose,) = [one for one in doses if (one.course_key, one.course_day) == ("epi-1", 1)]
    return dose.state, dose.words


def test_a_broken_off_infusion_is_told_on_the_timeline_and_then_what_was_given(
    broken: Bench,
) -> None:
    state, words = first_dose(broken)
    assert state == "broken off"
    assert words.endswith(
        f"07-Oct-2026: {HEAD}; a physician decides on the rest; 8.5 mg of it did not go in"
    )
    (day,) = [one for one in roadmap(broken).days if one.day == 1]
    assert [text for _, text in day.given] == [HEAD]
    first = tasks_now(broken.ward)[0]  # no late task stands in this ward: the stop is on top
    assert (first.mark, first.kind) == ("stop", "held") and "infusion broken off" in repr(first)
    assert any(HEAD in item.headline for item in where_are_we(broken.ward, broken.infant).mend)
    decide(broken.ward, broken.infant, "rest")
    broken.clock.now += timedelta(minutes=1)
    dose = infuse(broken)
    broken.clock.now += timedelta(minutes=30)
    finish_infusion(broken.ward, dose, broken.clock(), who=NURSE)
    assert first_dose(broken)[0] == "given"
    assert first_dose(broken)[1].endswith(f"07-Oct-2026: {HEAD}; then given")
    (day,) = [one for one in roadmap(broken).days if one.day == 1]
    page = where_are_we(broken.ward, broken.infant)
    assert not any("broken off" in repr(item) for item in page.mend)  # it does not hold any more
    assert HEAD in day.held and [text for _, text in day.given] == ["8.5 mg"]


@pytest.mark.parametrize(
    ("amount", "minutes", "asked"),
    [
        ("15.5", 3, "15.5 mg in 3 of 30 min: about 1.55 mg would be in by now"),  # × 10
        ("5.17", 5, "about 2.58 mg would be in"),  # 15.5 × 5 ÷ 30 = 2.583…; twice that is 5.1666…
        ("5.16", 5, ""),
        ("15.5", 30, "That is all of it"),
        ("14", 45, ""),  # longer than planned: the clock bounds nothing
    ],
)
def test_an_amount_is_held_against_the_minutes_that_ran(
    bench: Bench, amount: str, minutes: int, asked: str
) -> None:
    began = bench.ward.now()
    vial = RunningVial(mg("15.5"), began, 30)
    found = judge_went_in(vial, mg(amount), began + timedelta(minutes=minutes), ".")
    assert not found.refused
    assert asked in found.asked if asked else found.asked == ""


def test_what_cannot_be_is_refused_and_what_is_not_known_is_not_asked(bench: Bench) -> None:
    now = bench.ward.now()
    vial = RunningVial(mg("15.5"), now - timedelta(minutes=15), 30)
    assert judge_went_in(vial, mg("155"), now, ",").refused == (
        "155 mg is more than the vial held, 15,5 mg: check the amount."
    )
    most = VolumeRun(Decimal(10), Decimal(10))
    assert "record the infusion as finished" in judge_went_in(vial, most, now, ".").refused
    half = VolumeRun(Decimal(5), Decimal(10))
    for answer in (None, "nothing", "not known", half):
        found = judge_went_in(vial, answer, now, ".")
        assert (found.refused, found.asked) == ("", "")
    unknown = RunningVial(None, None, None)
    assert judge_went_in(unknown, mg("155"), now, ".").asked == ""
