"""A vial reconstituted before its order was released or prescribed is asked about; the reason stays (H11, H25)."""

from datetime import timedelta

import pytest

from bedside.units.refusal import Refused
from bedside.ward.dosing import doses_page
from bedside.ward.facts import facts_of
from bedside.ward.giving import finish_infusion, shorten_infusion, start_infusion, start_vial
from bedside.ward.order_acts import prescribe, release, verify
from bedside.ward.vial_before_order import made_before_order
from tests.ward.ordering import (
    AZACITIDINE,
    EXPRESSLY,
    PHARMACIST,
    PRESCRIBER,
    band,
    by,
    check,
    measurable,
    row_of,
    signer,
)
from tests.ward.wards import NURSE, Bench

WHY = "pharmacy was told by telephone at 10:05"


@pytest.fixture
def epi(bench: Bench) -> Bench:
    """Prescribed at 10:00, released and checked at 10:10; it is 10:12."""
    bench.open_epi_1()
    measurable(bench.ward)
    bench.at(2026, 10, 7, 10, 0)
    rows = [row_of(bench.ward, bench.infant, AZACITIDINE)]
    doctor, pharmacist = signer(bench.ward, PRESCRIBER), signer(bench.ward, PHARMACIST)
    prescribe(
        bench.ward, bench.infant, rows, band(bench.ward, bench.infant), doctor, who=PRESCRIBER
    )
    bench.at(2026, 10, 7, 10, 10)
    rows = [row_of(bench.ward, bench.infant, AZACITIDINE)]
    verify(bench.ward, bench.infant, rows, pharmacist, who=PHARMACIST)
    rows = [row_of(bench.ward, bench.infant, AZACITIDINE)]
    release(bench.ward, bench.infant, rows, pharmacist, who=PHARMACIST, said=EXPRESSLY)
    assert check(bench.ward, bench.infant).matched
    bench.at(2026, 10, 7, 10, 12)
    return bench


def vial(bench: Bench, ago: int, reason: str = "") -> int:
    made = bench.clock() - timedelta(minutes=ago)
    return start_vial(bench.ward, bench.infant, "epi-1", 1, made, 20, who=NURSE, reason=reason)


@pytest.mark.parametrize(
    ("ago", "said"),
    [
        (13, "before the order was prescribed (10:00, Test Physician)"),
        (5, "before the order was released (10:10, Pia Ruiz)"),
    ],
)
def test_a_vial_made_before_its_order_needs_a_reason(epi: Bench, ago: int, said: str) -> None:
    with pytest.raises(Refused) as refused:
        vial(epi, ago)
    assert said in str(refused.value) and "Say why" in str(refused.value)
    assert "15.5 mg" in str(refused.value)
    assert facts_of(epi.ward, epi.infant).doses == ()
    vial(epi, ago, WHY)
    (row,) = facts_of(epi.ward, epi.infant).doses
    assert said in row.note and row.note.endswith(WHY)


@pytest.mark.parametrize("ago", [0, 2])
def test_a_vial_of_the_minute_of_the_release_or_later_asks_nothing(epi: Bench, ago: int) -> None:
    vial(epi, ago)
    (row,) = facts_of(epi.ward, epi.infant).doses
    assert row.note == ""


def test_the_reason_is_kept_to_the_end(epi: Bench) -> None:
    """A shorter infusion, a late end and a short one add to it: nothing writes over it."""
    vial(epi, 5, WHY)
    clock = doses_page(epi.ward, epi.infant).clock
    shorten_infusion(epi.ward, clock.dose_id, 15, who=NURSE, reason="Dr Test agreed")
    clock = doses_page(epi.ward, epi.infant).clock
    start_infusion(epi.ward, clock.dose_id, epi.clock(), by(epi.ward, epi.infant), who=NURSE)
    epi.at(2026, 10, 7, 10, 17)
    clock = doses_page(epi.ward, epi.infant).clock
    finish_infusion(epi.ward, clock.dose_id, epi.clock(), who=NURSE, reason="line out")
    (row,) = facts_of(epi.ward, epi.infant).doses
    assert WHY in row.note and "Dr Test agreed" in row.note and "line out" in row.note


def test_without_an_order_nothing_is_asked(bench: Bench) -> None:
    bench.open_epi_1()
    assert made_before_order(bench.ward, bench.infant, AZACITIDINE, bench.clock()) == ""
