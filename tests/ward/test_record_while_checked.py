"""The record gives nothing of a dose away while two people are to count it, each alone (H1, H42)."""

import pytest

from bedside.ward.audit_reader import record_of_infant, record_of_ward
from bedside.ward.check_waiting import waiting_checks
from bedside.ward.orders import order_board
from tests.ward.ordering import check, order
from tests.ward.wards import Bench

HIDDEN = "not shown until the check is over"


@pytest.fixture
def released(bench: Bench) -> Bench:
    """Day 1 of EPI #1, released at 10 mg/mL."""
    bench.open_epi_1()
    bench.at(2026, 10, 7, 10, 0)
    order(bench.ward, bench.infant)
    return bench


def told_of_orders(bench: Bench) -> list[str]:
    """All that the two records say of orders: of the infant and of the ward."""
    views = (record_of_infant(bench.ward, bench.infant), record_of_ward(bench.ward))
    lines = [line for view in views for line in view.lines if line.kind == "Order"]
    assert lines
    return [" ".join((line.act, line.summary, *map(" ".join, line.fields))) for line in lines]


def test_an_order_shows_no_figure_while_its_check_waits(released: Bench) -> None:
    board = order_board(released.ward, released.infant)
    assert waiting_checks(released.ward, released.infant, board)
    for told in told_of_orders(released):
        assert HIDDEN in told
        assert "15.5" not in told and "1.55" not in told, told


def test_after_the_match_all_of_it_is_there(released: Bench) -> None:
    check(released.ward, released.infant)
    for told in told_of_orders(released):
        assert "15.5 mg" in told and HIDDEN not in told
