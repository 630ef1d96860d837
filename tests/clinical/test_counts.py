"""The ANC: worked from a differential, with its working in words."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bedside.clinical.counts import (
    anc_from_absolute,
    anc_from_differential,
    anc_on_record,
    check_within_white_cells,
)
from bedside.units.quantities import Anc, WhiteCells
from bedside.units.refusal import Refused

THIN = "\u202f"


def test_the_working_is_said() -> None:
    working = anc_from_differential(WhiteCells(2000), Decimal(28), Decimal(3))
    assert working.words == f"2{THIN}000 × (28 % + 3 %) = 620 per µL"
    alone = anc_from_differential(WhiteCells(999), Decimal(50), None)
    assert alone.words == "999 × 50 % = 499.5, rounded to 500 per µL"
    german = anc_from_differential(WhiteCells(999), Decimal("50.5"), None, mark=",")
    assert german.words == "999 × 50,5 % = 504,495, rounded to 504 per µL"


def test_bands_of_nought_are_not_bands_not_counted() -> None:
    """H22: "0 %" was counted, None was not; the words tell them apart."""
    counted = anc_from_differential(WhiteCells(1000), Decimal(40), Decimal(0))
    not_counted = anc_from_differential(WhiteCells(1000), Decimal(40), None)
    assert counted.anc == not_counted.anc == Anc(400)
    assert "(40 % + 0 %)" in counted.words
    assert "+" not in not_counted.words


@pytest.mark.parametrize(
    ("neutrophils", "bands"),
    [("101", None), ("60", "41"), ("-1", None), ("50", "-1"), ("0", "101")],
)
def test_impossible_percentages(neutrophils: str, bands: str | None) -> None:
    with pytest.raises(Refused, match="0 to 100 %"):
        anc_from_differential(
            WhiteCells(1000), Decimal(neutrophils), None if bands is None else Decimal(bands)
        )


def test_counted_neutrophils() -> None:
    assert anc_from_absolute(None, Anc(0), None).words == "counted: 0 per µL"
    assert anc_from_absolute(WhiteCells(480), Anc(480), None).anc == Anc(480)
    working = anc_from_absolute(WhiteCells(2000), Anc(400), Decimal(5))
    assert working.anc == Anc(500)
    assert working.words == f"400 + 2{THIN}000 × 5 % = 500 per µL"


def test_counted_neutrophils_that_are_refused() -> None:
    with pytest.raises(Refused, match="white-cell count"):
        anc_from_absolute(None, Anc(400), Decimal(5))
    with pytest.raises(Refused, match="0 to 100 %"):
        anc_from_absolute(WhiteCells(2000), Anc(400), Decimal(101))
    with pytest.raises(Refused, match="more than the"):
        anc_from_absolute(WhiteCells(479), Anc(480), None)
    with pytest.raises(Refused, match="more than the"):
        anc_from_absolute(WhiteCells(400), Anc(400), Decimal(1))


def test_the_unit_slip_between_two_counts_is_seen() -> None:
    """H14: an ANC above its own white cells has another unit."""
    with pytest.raises(Refused, match="look at both units"):
        check_within_white_cells(Anc(480), WhiteCells(2))
    check_within_white_cells(Anc(0), WhiteCells(0))


@settings(deadline=None, max_examples=300)
@given(st.integers(0, 500_000), st.decimals(0, 60, places=1), st.decimals(0, 40, places=1))
def test_half_up_against_fractions(cells: int, neutrophils: Decimal, bands: Decimal) -> None:
    """P12: a second implementation."""
    anc = anc_from_differential(WhiteCells(cells), neutrophils, bands).anc
    exact = cells * (Fraction(neutrophils) + Fraction(bands)) / 100
    assert anc.per_ul == int(exact + Fraction(1, 2))


@pytest.mark.parametrize(
    ("white", "neutrophils", "bands", "anc"),
    [(2000, "28", "3", 620), (999, "50", None, 500), (1000, "40", "0", 400), (0, "50", "5", 0)],
)
def test_a_count_on_record_is_worked_out_as_when_it_was_typed(white, neutrophils, bands, anc):
    shares = Decimal(neutrophils), None if bands is None else Decimal(bands)
    assert anc_on_record(white, *shares) == anc
    assert anc_from_differential(WhiteCells(white), *shares).anc.per_ul == anc
