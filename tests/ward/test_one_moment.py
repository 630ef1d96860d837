"""A ward list is worked out as of one moment, however long it takes."""

from datetime import datetime, timedelta
from threading import Thread

from bedside.ward.board import board
from tests.ward.wards import Bench


def test_a_list_asks_the_clock_once(bench: Bench) -> None:
    bench.open_epi_1()
    began, asked = bench.clock(), []

    def running_clock() -> datetime:
        asked.append(began + timedelta(minutes=len(asked)))
        return asked[-1]

    bench.ward.clock = running_clock
    bench.ward.today()
    asked.clear()
    seen = board(bench.ward)
    assert len(asked) == 1
    assert seen.ordered_at == asked[0]


def test_it_ends_with_the_list_and_holds_for_its_own_thread(bench: Bench) -> None:
    ward, heard = bench.ward, []
    with ward.one_moment():
        first = ward.now()
        bench.at(2026, 10, 7, 12, 0)
        other = Thread(target=lambda: heard.append(ward.now()))
        other.start()
        other.join()
        with ward.one_moment():
            assert ward.now() == first
        assert ward.now() == first
    assert heard == [ward.now()] and heard != [first]
