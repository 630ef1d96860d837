"""Blood counts: zero is a value, not done is not zero, twice is once, corrections in the open."""

from datetime import timedelta
from decimal import Decimal

import pytest

from bedside.store.queries import of_infant
from bedside.store.records import BloodCount
from bedside.units.quantities import Anc, Platelets, WhiteCells
from bedside.units.refusal import Refused
from bedside.ward.counting import judge_count, void_counts, work_out_anc
from bedside.ward.counts_page import counts_page, preview_start
from bedside.ward.facts import facts_of
from tests.ward.wards import NURSE, Bench


@pytest.fixture
def ward(bench: Bench) -> Bench:
    bench.site()
    bench.enrol()
    bench.at(2026, 10, 7, 8, 0)
    return bench


def test_anc_is_worked_out_and_kept(ward: Bench) -> None:
    ward.count(
        None,
        41_000,
        wbc=WhiteCells(2000),
        wbc_state="done",
        neutrophils_percent=Decimal(28),
        bands_percent=Decimal(3),
        anc_state="done",
    )
    row = facts_of(ward.ward, ward.infant).counts[-1]
    assert row.anc_per_ul == 620
    assert row.anc_source == "worked out"
    assert work_out_anc(WhiteCells(2000), Decimal(28), Decimal(3))[0] == Anc(620)


def test_zero_is_a_value(ward: Bench) -> None:
    """H21: an ANC of 0 is kept as 0, not as missing."""
    ward.count(0, 0)
    row = facts_of(ward.ward, ward.infant).counts[-1]
    assert (row.anc_per_ul, row.platelets_per_ul) == (0, 0)
    assert counts_page(ward.ward, ward.infant).rows[-1].anc_per_ul == 0


@pytest.mark.parametrize("state", ["not done", "pending", "unusable"])
def test_a_state_is_not_a_number(ward: Bench, state: str) -> None:
    """H22: not done, pending and unusable keep no number."""
    ward.count(None, 50_000, anc_state=state)
    row = facts_of(ward.ward, ward.infant).counts[-1]
    assert row.anc_per_ul is None
    assert row.anc_state == state


@pytest.mark.parametrize(
    "changes",
    [
        {"anc": None, "anc_state": "done"},
        {"anc": 500, "anc_state": "pending"},
        {"anc": None, "platelets": None, "platelets_state": "not done"},
    ],
)
def test_value_and_state_must_agree(ward: Bench, changes: dict) -> None:
    with pytest.raises(Refused):
        ward.count(**({"platelets": 50_000} | changes))
    assert facts_of(ward.ward, ward.infant).counts == ()


def test_a_differential_over_100_is_refused(ward: Bench) -> None:
    with pytest.raises(Refused, match="100 %"):
        ward.count(
            None,
            None,
            wbc=WhiteCells(2000),
            wbc_state="done",
            neutrophils_percent=Decimal(60),
            lymphocytes_percent=Decimal(41),
            anc_state="done",
        )


def test_more_neutrophils_than_white_cells_is_refused(ward: Bench) -> None:
    with pytest.raises(Refused, match="white cells of the same sample"):
        ward.count(2500, None, wbc=WhiteCells(2000), wbc_state="done")


def test_the_same_specimen_twice_is_refused(ward: Bench) -> None:
    """H24: a double click or the same slip typed twice is one record."""
    ward.count(500, 50_000)
    with pytest.raises(Refused):
        ward.count(500, 50_000)
    assert len(facts_of(ward.ward, ward.infant).counts) == 1


def test_a_struck_out_count_stays_readable_and_can_be_typed_again(ward: Bench) -> None:
    """H29: the first value stays, with reason and name."""
    wrong = ward.count(5000, 50_000)
    with pytest.raises(Refused, match="reason"):
        void_counts(ward.ward, wrong, " ", who=NURSE)
    void_counts(ward.ward, wrong, "other infant's slip", who=NURSE)
    ward.count(500, 50_000)
    rows = counts_page(ward.ward, ward.infant).rows
    assert [(row.anc_per_ul, row.voided) for row in rows] == [
        (5000, "other infant's slip"),
        (500, ""),
    ]
    with ward.ward.store.reading() as connection:
        kept = of_infant(connection, BloodCount, ward.infant, include_void=True)
    assert len(kept) == 2


def test_ten_times_is_named(ward: Bench) -> None:
    """H1: the platelets of yesterday, times ten, are named before they are kept."""
    ward.count(500, 41_000)
    ward.at(2026, 10, 8, 6, 0)
    judged = judge_count(ward.ward, ward.infant, Platelets(410_000))
    assert judged.level == "unusual"
    assert "ten times" in judged.words
    with pytest.raises(Refused, match="second time"):
        ward.count(560, 410_000, unusual_reason="")


def test_ten_times_that_would_open_a_block_is_named(ward: Bench) -> None:
    """H1, H14: 5 000 to 50 000 could be a transfusion, but it would open EPI #1: typed twice."""
    ward.count(700, 5_000)
    ward.at(2026, 10, 8, 6, 0)
    judged = judge_count(ward.ward, ward.infant, Platelets(50_000))
    assert judged.level == "unusual"
    assert "EPI #1" in judged.words
    assert judge_count(ward.ward, ward.infant, Platelets(49_000)).level == "usual"


def test_a_specimen_of_the_future_is_refused(ward: Bench) -> None:
    with pytest.raises(Refused, match="future"):
        ward.count(500, 50_000, taken_at=ward.clock() + timedelta(minutes=10))


def test_preview_says_what_a_typed_count_would_open(ward: Bench) -> None:
    rows = preview_start(ward.ward, ward.infant, Anc(620), Platelets(49_999))
    assert [(row.measure, row.result) for row in rows] == [
        ("Neutrophils, ANC", "met"),
        ("Platelets", "not met"),
        ("Any toxicity resolved", "unknown"),
    ]
