"""Orders that end for one reason: the ward list says it once, and advises about what is the reason."""

import pytest

from bedside.ward.board import board
from bedside.ward.board_dlt import judge_board
from bedside.ward.counting import void_counts
from bedside.ward.facts import facts_of
from bedside.ward.giving import start_vial
from bedside.ward.order_striking import send_back
from bedside.ward.views.marks import HeldItem
from bedside.ward.where import where_are_we
from tests.ward.ordered import KELLER, PHARMACIST, ordered, rows
from tests.ward.ordering import check
from tests.ward.wards import NURSE, Bench


@pytest.fixture
def epi(bench: Bench) -> Bench:
    """EPI #1 opened today, 07-Oct-2026 08:00, on 6.2 kg; the ward list has been painted once."""
    bench.open_epi_1()
    judge_board(bench.ward)
    return bench


def stopped(bench: Bench) -> list[HeldItem]:
    """What the ward list shows in red of the only infant."""
    (row,) = board(bench.ward).rows
    return [item for item in row.held if item.mark == "stop"]


def test_one_reason_of_several_orders_is_said_once_on_the_ward_list(epi: Bench) -> None:
    """Three void orders filled half a screen with one reason, and advised about counts, not the place."""
    ordered(epi.ward, epi.infant, 1, 2)
    ordered(epi.ward, epi.infant, 3, upto="prescribed")
    epi.at(2026, 10, 7, 8, 30)
    day_3 = rows(epi.ward, epi.infant, 3)
    send_back(epi.ward, epi.infant, day_3, "the volume", KELLER, who=PHARMACIST)
    check(epi.ward, epi.infant)
    start_vial(epi.ward, epi.infant, "epi-1", 1, epi.clock(), 15, who=NURSE)
    epi.site("shared-care")
    place = "Place of giving: needs tertiary centre; seen: Ward 4, shared-care centre."
    void = stopped(epi)
    assert [item.brief for item in void] == [
        "",
        "same reason as day 1",
        "not verified: the volume (M. Keller, pharmacist); same reason as day 1",
    ]
    assert "do not give it: discard the vial, or ask the physician now" in void[0].details
    for item in void:  # her own page says all of it
        assert any(place.rstrip(".") in words for words in item.details)
        assert not any("struck out only" in words for words in item.details)
    assert where_are_we(epi.ward, epi.infant).mend[: len(void)] == tuple(void)


def test_a_count_that_was_struck_out_is_asked_for_anew(epi: Bench) -> None:
    """Such an order is void for a count: there, the advice about a slip of typing is given."""
    ordered(epi.ward, epi.infant, 1, 2)
    void_counts(epi.ward, facts_of(epi.ward, epi.infant).counts[-1].id, "clotted", who=NURSE)
    (item,) = stopped(epi)
    assert any("struck out only because it was typed wrongly?" in words for words in item.details)
