"""Start rules with their reasons, the vial clock for every length, entry items with their origin."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bedside.protocol.eligibility import Candidate, judge_continuation, judge_entry
from bedside.protocol.infusion import vial_clock
from bedside.protocol.model import Protocol
from bedside.protocol.start_rules import Observed, judge_start, measured
from bedside.units.quantities import Anc, Platelets, WhiteCells
from bedside.units.refusal import Refused

ALLOWED, WITHIN = (10, 40), 45


def test_each_part_says_required_observed_and_why(aall15p1: Protocol) -> None:
    judged = judge_start(aall15p1.course("epi-2"), Observed(Anc(480), None, {}))
    anc, platelets, resolved = judged.rules
    assert (anc.required, anc.observed, anc.result) == (
        "at least 500 per µL",
        "480 per µL",
        "not met",
    )
    assert anc.words == "Neutrophils (ANC): 480 per µL; at least 500 per µL is needed: not met."
    assert (platelets.required, platelets.observed) == ("at least 50\u202f000 per µL", "unknown")
    assert "Record a count" in platelets.words
    assert (resolved.kind, resolved.required, resolved.observed) == ("confirm", "yes", "unknown")
    assert "Only an explicit yes passes" in resolved.words
    for said, result in (("yes", "met"), ("no", "not met")):
        observed = Observed(None, None, {"toxicity-resolved": said})  # type: ignore[dict-item]
        (*_, part) = judge_start(aall15p1.course("epi-2"), observed).rules
        assert (part.observed, part.result) == (said, result)
        assert part.words == f"Any toxicity resolved: answered {said}: {result}."


@pytest.mark.parametrize("wrong", [Platelets(500), WhiteCells(500), 500])
def test_a_count_of_another_type_never_stands_in(aall15p1: Protocol, wrong: object) -> None:
    """H14: a platelet count is not an ANC, whatever its figure."""
    with pytest.raises(TypeError, match="ANC"):
        judge_start(aall15p1.course("epi-1"), Observed(wrong, None))  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="platelet count"):
        judge_start(aall15p1.course("epi-1"), Observed(None, Anc(50_000)))  # type: ignore[arg-type]


def test_an_answer_to_another_question_is_refused(aall15p1: Protocol) -> None:
    observed = Observed(None, None, {"toxicity-resolvd": "yes", "toxicity-resolved": "maybe"})  # type: ignore[dict-item]
    with pytest.raises(Refused) as refused:
        judge_start(aall15p1.course("epi-1"), observed)
    first, second = refused.value.reasons
    assert "it asks toxicity-resolved" in first
    assert "must be yes or no, not 'maybe'" in second


@given(anc=st.none() | st.integers(0, 2000), platelets=st.none() | st.integers(0, 200_000),
       said=st.sampled_from([None, "yes", "no"]))  # fmt: skip
@settings(deadline=None)
def test_open_only_when_all_three_are_known_and_met(
    aall15p1: Protocol, anc: int | None, platelets: int | None, said: str | None
) -> None:
    """H15, H22: nothing unknown ever opens a block."""
    observed = Observed(
        None if anc is None else Anc(anc),
        None if platelets is None else Platelets(platelets),
        {} if said is None else {"toxicity-resolved": said},  # type: ignore[dict-item]
    )
    seen = judge_start(aall15p1.course("epi-3"), observed).open
    fails = (anc is not None and anc < 500) or (platelets is not None and platelets < 50_000)
    if fails or said == "no":
        assert seen is False
    else:
        assert seen is (None if None in (anc, platelets, said) else True)


@pytest.mark.parametrize("minutes", range(10, 41))
def test_latest_start_for_every_length(minutes: int) -> None:
    """H16: latest start is 45 minutes less the infusion, in real minutes."""
    at = datetime(2026, 10, 25, 2, 40, tzinfo=ZoneInfo("Europe/Berlin"))
    clock = vial_clock(at, minutes, allowed=ALLOWED, within=WITHIN)
    real = at.astimezone(UTC)
    assert clock.finish_by.astimezone(UTC) - real == timedelta(minutes=45)
    assert clock.latest_start.astimezone(UTC) - real == timedelta(minutes=45 - minutes)
    assert clock.finish_by.tzinfo == at.tzinfo
    assert (clock.reconstituted, clock.minutes) == (at, minutes)


@pytest.mark.parametrize("minutes", [30.0, True, "30", None])
def test_only_whole_minutes(minutes: object) -> None:
    with pytest.raises(Refused, match="whole minutes"):
        vial_clock(datetime(2026, 11, 20, tzinfo=UTC), minutes, allowed=ALLOWED, within=WITHIN)  # type: ignore[arg-type]


def test_an_infusion_as_long_as_the_vial_holds_starts_at_once() -> None:
    at = datetime(2026, 11, 20, tzinfo=UTC)
    assert vial_clock(at, 45, allowed=(10, 60), within=45).latest_start == at


def test_an_infusion_longer_than_the_vial_holds() -> None:
    with pytest.raises(Refused, match="at most 45 minutes"):
        vial_clock(datetime(2026, 11, 20, tzinfo=UTC), 50, allowed=(10, 60), within=45)


def test_every_entry_item_carries_its_origin(aall15p1: Protocol, interfant06: Protocol) -> None:
    child = Candidate(date(2026, 1, 1), date(2026, 6, 1), "B-ALL", "unknown")
    for protocol in (aall15p1, interfant06):
        for item in judge_entry(protocol, child):
            assert item.because
            assert item.origin.sources or item.origin.evidence == "absent"
    must = {item.key for item in judge_entry(aall15p1, child) if item.must}
    assert must == {"age", "diagnosis", "consent"}


def test_gestation_is_never_used(aall15p1: Protocol) -> None:
    """H10: stored and shown, never part of a judgement."""
    born_early = Candidate(date(2026, 1, 1), date(2026, 6, 1), "B-ALL", "unknown", 200)
    at_term = Candidate(date(2026, 1, 1), date(2026, 6, 1), "B-ALL", "unknown", 280)
    assert judge_entry(aall15p1, born_early) == judge_entry(aall15p1, at_term)


def test_every_course_after_induction_asks_for_kmt2a(aall15p1: Protocol) -> None:
    for course in aall15p1.courses:
        item = judge_continuation(aall15p1, course.key, "germline")
        assert (item is None) == (course.key == "induction")


def test_a_limit_that_the_reader_let_slip_is_never_guessed(aall15p1: Protocol) -> None:
    rules = tuple(replace(rule, limit=None) for rule in aall15p1.entry_rules)
    child = Candidate(date(2026, 1, 1), date(2026, 6, 1), "B-ALL", "unknown")
    with pytest.raises(ValueError, match="has no limit"):
        judge_entry(replace(aall15p1, entry_rules=rules), child)


def test_a_count_of_nought_is_a_count(aall15p1):
    """H21: 0 is below the limit, and not unknown."""
    for part in aall15p1.course("epi-4").start_rule.measures:
        assert measured(part, Observed(Anc(0), Platelets(0))) == "not met"
    judged = judge_start(aall15p1.course("epi-4"), Observed(Anc(0), Platelets(60_000)))
    assert judged.open is False
    assert next(part for part in judged.rules if part.key == "anc").observed.startswith("0 ")


def test_a_count_that_was_not_measured_leaves_its_part_unknown(aall15p1):
    """Each part by itself: a missing count never passes and never fails."""
    measures = {part.measure: part for part in aall15p1.course("epi-4").start_rule.measures}
    seen = Observed(Anc(500), None)
    assert measured(measures["anc"], seen) == "met"
    assert measured(measures["platelets"], seen) == "unknown"
    assert measured(measures["anc"], Observed(Anc(499), None)) == "not met"
