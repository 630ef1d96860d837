"""Dose and volume beside the signature: once two people counted them alike, and never before (H1, H42)."""

from bedside.ward.checked_amount import checked_amount
from bedside.ward.second_check import record_first
from tests.ward.ordering import (
    AZACITIDINE,
    FIRST,
    check,
    counted,
    figures,
    measurable,
    order,
    signer,
)
from tests.ward.wards import Bench


def told(bench: Bench) -> tuple[str, str] | None:
    return checked_amount(bench.ward, bench.infant, AZACITIDINE)


def test_nothing_is_told_before_the_blind_check_has_matched(bench: Bench) -> None:
    """6.2 kg: by hand 2.5 × 6.2 = 15.5 mg, ÷ 10 mg per mL = 1.55 mL."""
    bench.open_epi_1()
    measurable(bench.ward)
    assert told(bench) is None
    order(bench.ward, bench.infant)
    assert told(bench) is None
    check(bench.ward, bench.infant, second=counted("6.2", "15.5", "15.5"))
    assert told(bench) is None  # they differ: nothing of either
    right = figures(bench.ward, bench.infant)
    record_first(bench.ward, bench.infant, AZACITIDINE, right, signer(bench.ward, FIRST), who=FIRST)
    assert told(bench) is None  # one has counted, and the other counts now


def test_what_both_counted_is_told_with_its_units(bench: Bench) -> None:
    bench.open_epi_1()
    measurable(bench.ward)
    order(bench.ward, bench.infant)
    assert check(bench.ward, bench.infant).matched
    assert told(bench) == ("15.5 mg", "1.55 mL")
