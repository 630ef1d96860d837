"""A broken-off infusion is told by its time and amount; its amount is put right, also after striking it."""

from datetime import timedelta
from decimal import Decimal

import pytest

from bedside.store.queries import of_infant
from bedside.store.signature_records import DoseOrder
from bedside.units.refusal import Refused
from bedside.ward.corrections import PART_IS_OUT, correctable, strike_out
from bedside.ward.facts import facts_of
from bedside.ward.giving import finish_infusion
from bedside.ward.part_corrected import broken_records, correct_part
from bedside.ward.rest import open_rests
from tests.ward.ordering import decide
from tests.ward.test_broken_told import broken, infuse, mg  # noqa: F401 - a fixture
from tests.ward.wards import NURSE, Bench

TOLD = "azaCITIDine, day 1, 07-Oct-2026: infusion broken off at 10:05, 7 mg of 15.5 mg given"


@pytest.fixture
def given_after(broken: Bench) -> Bench:  # noqa: F811
    """The rest was given at 10:37."""
    broken.clock.now += timedelta(minutes=1)
    decide(broken.ward, broken.infant, "rest")
    broken.clock.now += timedelta(minutes=1)
    dose = infuse(broken)
    broken.clock.now += timedelta(minutes=30)
    finish_infusion(broken.ward, dose, broken.clock(), who=NURSE)
    return broken


def doses(bench: Bench) -> dict[str, tuple[int, str]]:
    """The doses among the records that can be corrected: words to number and what stands in the way."""
    found = [one for one in correctable(bench.ward, bench.infant) if one.kind == "dose"]
    return {one.words: (one.record_id, one.why_not) for one in found}


def void_reasons(bench: Bench) -> list[str | None]:
    with bench.ward.store.reading() as connection:
        rows = of_infant(connection, DoseOrder, bench.infant, include_void=True)
    return [row.void_reason for row in rows]


def test_each_record_says_what_it_is_and_each_order_names_its_own(given_after: Bench) -> None:
    first, second = sorted(doses(given_after).items(), key=lambda pair: pair[1])
    assert first[0] == f"{TOLD}, {NURSE}"
    assert second[0] == f"azaCITIDine, day 1, 07-Oct-2026: given 10:37, 8.5 mg, {NURSE}"
    bench, infant = given_after, given_after.infant
    strike_out(bench.ward, infant, "dose", first[1][0], "wrong amount typed", who=NURSE)
    assert not any(why and "wrong amount typed" in why for why in void_reasons(bench)[1:])
    strike_out(bench.ward, infant, "dose", second[1][0], "wrong infant", who=NURSE)
    assert void_reasons(bench)[-1] == "the record of its infusion was struck out: wrong infant"


def test_an_order_that_is_not_given_yet_ends_and_names_the_infusion_before_it(
    broken: Bench,  # noqa: F811
) -> None:
    broken.clock.now += timedelta(minutes=1)
    decide(broken.ward, broken.infant, "whole")
    broken.clock.now += timedelta(minutes=1)
    from tests.ward.ordering import order

    order(broken.ward, broken.infant)
    ((_, (row, _)),) = doses(broken).items()
    strike_out(broken.ward, broken.infant, "dose", row, "wrong amount typed", who=NURSE)
    assert void_reasons(broken)[-1] == (
        "the record of the infusion broken off at 10:05, before it, was struck out: "
        "wrong amount typed"
    )


def test_the_right_amount_is_recorded_after_the_wrong_one_was_struck_out(
    given_after: Bench,
) -> None:
    bench, infant = given_after, given_after.infant
    ((_, (row, _)),) = [pair for pair in doses(bench).items() if "broken off" in pair[0]]
    strike_out(bench.ward, infant, "dose", row, "wrong amount typed", who=NURSE)
    (gone,) = broken_records(bench.ward, infant)
    assert (gone.dose_id, gone.struck) == (row, "wrong amount typed")
    listed = f"STRUCK OUT (wrong amount typed): {TOLD}, {NURSE}"
    assert doses(bench)[listed] == (row, PART_IS_OUT)
    with pytest.raises(Refused, match="more than the vial held"):
        correct_part(bench.ward, infant, row, mg("70"), "the pump says 3 mg", who=NURSE)
    new = correct_part(bench.ward, infant, row, mg("3"), "the pump says 3 mg", who=NURSE)
    facts = facts_of(bench.ward, infant)
    assert facts.parts[new].amount == Decimal(3)
    assert [one.dose_id for one in broken_records(bench.ward, infant)] == [new]
    (stands,) = [one for one in facts.doses if one.id == new]
    assert stands.note == (
        "infusion broken off at 10:05, 3 mg of 15.5 mg given: "
        "how much went in was put right: the pump says 3 mg"
    )
    assert open_rests(facts) == ()  # the dose was given afterwards: nobody is asked again


def test_an_amount_put_right_asks_the_physician_anew(broken: Bench) -> None:  # noqa: F811
    broken.clock.now += timedelta(minutes=1)
    decide(broken.ward, broken.infant, "rest")
    ((_, (row, _)),) = doses(broken).items()
    with pytest.raises(Refused, match="needs its reason"):
        correct_part(broken.ward, broken.infant, row, mg("3"), " ", who=NURSE)
    correct_part(broken.ward, broken.infant, row, "not known", "nobody read the pump", who=NURSE)
    (state,) = open_rests(facts_of(broken.ward, broken.infant))
    assert state.given is None and "not known how much" in state.words
    with pytest.raises(Refused, match="not as it was shown"):
        correct_part(broken.ward, broken.infant, row, mg("3"), "again", who=NURSE)
