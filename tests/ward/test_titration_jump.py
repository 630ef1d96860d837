"""Doses by mouth in steps: measured against what is signed, every open step named, none skipped.

By hand: 18 mg signed; 36 mg is twice that, 72 mg four times (+300 %). The site has no rule here, so
nothing but decisions in milligrams is known.
"""

from datetime import date
from decimal import Decimal

import pytest

from bedside.store.records import Titration
from bedside.units.refusal import Refused
from bedside.ward.board_orders import mouth_items
from bedside.ward.facts import facts_of
from bedside.ward.signatures import confirmed_signer, sign
from bedside.ward.standing import standing_of
from bedside.ward.titration_change import dose_step
from bedside.ward.titration_decisions import record_decision, strike_out_decision
from bedside.ward.titration_jump import jump_words
from bedside.ward.titration_page import maintenance_page
from bedside.ward.titration_rows import titrations_of
from bedside.ward.titration_signing import sign_decision
from bedside.ward.views.maintenance import DoseStep, NewTitration
from tests.ward.maintenance_bench import in_maintenance
from tests.ward.wards import Bench

MP = "mercaptopurine"
PHYSICIAN, PHARMACIST = "I. Halvorsen, physician", "M. Castellano, pharmacist"
OCT_3, OCT_4 = date(2026, 10, 3), date(2026, 10, 4)


@pytest.fixture
def begun(bench: Bench) -> Bench:
    """18 mg from 01-Oct, signed in full; it is the day after."""
    in_maintenance(bench, rule=False)
    verified_and_released(bench, decide(bench, 18))
    bench.at(2026, 10, 2, 9, 0)
    return bench


def form(bench: Bench, milligrams: int, on: date | None = None) -> NewTitration:
    day = on or bench.ward.today()
    return NewTitration(
        MP, day, "recorded", amount_mg=Decimal(milligrams), reason="decided in the clinic"
    )


def decide(bench: Bench, milligrams: int, on: date | None = None) -> int:
    signer = confirmed_signer(bench.ward, PHYSICIAN, "", bench.ward.now())
    typed = form(bench, milligrams, on)
    return record_decision(bench.ward, bench.infant, typed, signer, who=PHYSICIAN)


def decided_before(bench: Bench, milligrams: int, on: date) -> int:
    """A decision as an earlier Bedside took it, when a waiting one still carried a higher dose."""
    signer = confirmed_signer(bench.ward, PHYSICIAN, "", bench.ward.now())
    with bench.ward.store.change(PHYSICIAN, "decided", bench.ward.now()) as change:
        row = change.add(
            Titration, infant_id=bench.infant, drug=MP, from_on=on, percent_tenths=None,
            amount_ug=milligrams * 1000, decision="recorded", reason="", proposal="", rule="",
        )  # fmt: skip
        sign(
            bench.ward, change, infant_id=bench.infant, table_name="titration", row_id=row,
            meaning="prescribed", signer=signer,
        )  # fmt: skip
        return row


def verify(bench: Bench, row: int, meaning: str = "verified") -> None:
    signer = confirmed_signer(bench.ward, PHARMACIST, "", bench.ward.now())
    sign_decision(bench.ward, row, meaning, signer, who=PHARMACIST, alone=True)


def verified_and_released(bench: Bench, row: int) -> int:
    for meaning in ("verified", "released"):
        verify(bench, row, meaning)
    return row


def step(bench: Bench, milligrams: int, on: date | None = None) -> DoseStep:
    return dose_step(bench.ward, bench.infant, form(bench, milligrams, on))


def in_force(bench: Bench) -> str:
    (found,) = (one for one in maintenance_page(bench.ward, bench.infant).drugs if one.drug == MP)
    return found.in_force


def test_twice_is_measured_against_what_is_signed_not_against_a_step_that_waits(
    begun: Bench,
) -> None:
    """Eyes 4: 18, 36 and 72 mg within a minute, without a signature between."""
    first = decide(begun, 36)
    found = step(begun, 72, OCT_3)
    assert found.words == "18 mg to 72 mg: +300 %."
    assert found.lines[0] == "In force since 01-Oct-2026: 18 mg."
    assert "Decided 36 mg from 02-Oct-2026, NOT VERIFIED yet: not counted." in found.lines
    assert in_force(begun).startswith("18 mg, from 01-Oct-2026; decided 36 mg")
    with pytest.raises(Refused, match=r"72 mg is more than twice 18 mg.*before the next"):
        decide(begun, 72, OCT_3)
    assert len(titrations_of(begun.ward, begun.infant)) == 2
    verify(begun, first)
    with pytest.raises(Refused, match="more than twice 18 mg"):  # verified, not released
        decide(begun, 72, OCT_3)
    verify(begun, first, "released")
    assert step(begun, 72, OCT_3).words == "36 mg to 72 mg: +100 %."
    decide(begun, 72, OCT_3)
    lines = step(begun, 40, OCT_4).lines
    assert lines[0] == "In force since 02-Oct-2026: 36 mg."


def test_with_nothing_signed_the_lowest_dose_decided_is_the_measure(bench: Bench) -> None:
    in_maintenance(bench, rule=False)
    decide(bench, 18)
    decide(bench, 36, date(2026, 10, 2))
    with pytest.raises(Refused, match="72 mg is more than twice 18 mg"):
        decide(bench, 72, OCT_3)


def test_a_dose_signed_for_a_day_to_come_is_not_said_to_hold_since(begun: Bench) -> None:
    verified_and_released(begun, decide(begun, 20, OCT_3))
    assert step(begun, 22, OCT_4).lines[0] == "In force from 03-Oct-2026: 20 mg."


def test_verifying_names_the_jump_and_does_not_pass_a_step_that_waits(begun: Bench) -> None:
    first = decide(begun, 27)
    second = decide(begun, 36, OCT_3)
    assert jump_words(begun.ward, second) == (
        "Signed and in force: 18 mg, from 01-Oct-2026. 18 mg to 36 mg: +100 %. "
        "Before it, 27 mg, from 02-Oct-2026 is NOT VERIFIED yet."
    )
    with pytest.raises(Refused, match=r"18 mg to 36 mg: \+100 %.*27 mg, from 02-Oct-2026 is NOT"):
        verify(begun, second)
    verify(begun, first)
    verify(begun, second)
    with pytest.raises(Refused, match="27 mg, from 02-Oct-2026 is NOT RELEASED yet"):
        verify(begun, second, "released")
    verify(begun, first, "released")
    verify(begun, second, "released")
    assert maintenance_page(begun.ward, begun.infant).unsigned == ()


def test_struck_out_the_step_bars_no_longer(begun: Bench) -> None:
    first, second = decide(begun, 27), decide(begun, 36, OCT_3)
    signer = confirmed_signer(begun.ward, PHYSICIAN, "", begun.ward.now())
    strike_out_decision(begun.ward, first, "typed twice", signer, who=PHYSICIAN)
    assert "Before it" not in jump_words(begun.ward, second)
    verify(begun, second)


def test_a_jump_that_was_recorded_before_is_not_signed(begun: Bench) -> None:
    row = decided_before(begun, 72, date(2026, 10, 2))
    with pytest.raises(Refused, match="72 mg is more than twice 18 mg") as refused:
        verify(begun, row)
    assert "Strike it out if it is wrong. Nothing was signed." in str(refused.value)


@pytest.mark.parametrize("milligrams", [0, 10])
def test_a_stop_and_a_lower_dose_wait_for_no_raise(begun: Bench, milligrams: int) -> None:
    """Counts fell: the pharmacist signs the lower dose, whatever waits before it."""
    decide(begun, 27)
    begun.at(2026, 10, 3, 9, 0)
    row = decide(begun, milligrams)
    assert "27 mg, from 02-Oct-2026 is NOT VERIFIED yet" in jump_words(begun.ward, row)
    verified_and_released(begun, row)
    assert maintenance_page(begun.ward, begun.infant).unsigned == ()  # overtaken: never in force


def test_a_first_dose_that_waits_is_passed_by_a_stop_only(bench: Bench) -> None:
    in_maintenance(bench, rule=False)
    decide(bench, 18)
    lower, stop = decide(bench, 17, date(2026, 10, 2)), decide(bench, 0, OCT_3)
    assert jump_words(bench.ward, lower).startswith("No dose is signed yet. 18 mg to 17 mg")
    with pytest.raises(Refused, match="18 mg, from 01-Oct-2026 is NOT VERIFIED yet"):
        verify(bench, lower)
    verify(bench, stop)


def test_every_decision_that_waits_is_named_wherever_one_is(begun: Bench) -> None:
    """Eyes 5: the one of today fell off every list when a later one was recorded."""
    decide(begun, 27)
    decide(begun, 36, OCT_3)
    page = maintenance_page(begun.ward, begun.infant)
    assert page.unsigned == (
        "mercaptopurine from 02-Oct-2026: NOT VERIFIED yet (Decisions)",
        "mercaptopurine from 03-Oct-2026: NOT VERIFIED yet (Decisions)",
    )
    facts = facts_of(begun.ward, begun.infant)
    (item,) = mouth_items(begun.ward, facts, standing_of(begun.ward, facts))
    assert item.headline == (
        "not verified: mercaptopurine from 02-Oct-2026, mercaptopurine from 03-Oct-2026"
    )
    assert in_force(begun) == (
        "18 mg, from 01-Oct-2026; decided 27 mg, from 02-Oct-2026, NOT VERIFIED yet; "
        "then 36 mg, from 03-Oct-2026, NOT VERIFIED yet"
    )


def test_a_second_decision_of_a_day_says_which_stands_and_what_to_do(begun: Bench) -> None:
    """Eyes 19: "This is recorded already." for another amount."""
    decide(begun, 27)
    with pytest.raises(Refused, match="27 mg, from 02-Oct-2026 stands already") as refused:
        decide(begun, 20)
    assert "NOT VERIFIED yet" in str(refused.value)
    assert "Strike it out first (Decisions), or decide from another day." in str(refused.value)
