"""A vial on every page and paper at each of its times: no time that has passed is told as a task (H16).

By hand: reconstituted 09:00, 30 min planned, all in within 45 min: start by 09:15, with the shortest
10 min by 09:35, all of it in by 09:45.
"""

from datetime import timedelta

import pytest

from bedside.units.refusal import Refused
from bedside.ward.board import board
from bedside.ward.board_dlt import judge_board
from bedside.ward.dosing import doses_page
from bedside.ward.downtime_sheets import downtime_sheets
from bedside.ward.facts import facts_of
from bedside.ward.giving import start_infusion, start_vial
from bedside.ward.handover import handover_view, sign_off
from bedside.ward.handover_tasks import tasks_now
from bedside.ward.where import where_are_we
from tests.ward.ordering import by, ready
from tests.ward.test_due_orders import weigh
from tests.ward.wards import NURSE, Bench

START, SHORTER, LATE = (
    "start the infusion by 09:15",
    "start by 09:35",
    "discard it, with the reason",
)


@pytest.fixture
def made(bench: Bench) -> Bench:
    bench.open_epi_1()
    ready(bench.ward, bench.infant)
    bench.at(2026, 10, 7, 9, 0)
    start_vial(bench.ward, bench.infant, "epi-1", 1, bench.clock(), 30, who=NURSE)
    judge_board(bench.ward)
    return bench


def clock_task(bench: Bench):
    (task,) = [task for task in tasks_now(bench.ward) if task.kind == "clock"]
    return task


def told(bench: Bench) -> dict[str, tuple[str, str]]:
    """A mark and the words of each place."""
    (row,) = board(bench.ward).rows
    (due,) = [item for item in row.due if item.drug == "azaCITIDine"]
    task, page = clock_task(bench), where_are_we(bench.ward, bench.infant)
    (infant,) = downtime_sheets(bench.ward, who=NURSE).infants
    (line,) = [one for one in infant.standing if one.name.lower().startswith(("vial", "infusion"))]
    day = doses_page(bench.ward, bench.infant).days[0]
    return {
        "list": (due.mark, due.note),
        "where": (page.mark, page.answer_tail),
        "handover": (task.mark, task.words),
        "downtime": (line.state, f"{line.name} {line.words}"),
        "doses": (day.state, day.words),
    }


def test_in_time_it_is_to_be_started_everywhere(made: Bench) -> None:
    made.at(2026, 10, 7, 9, 15)
    found = told(made)
    assert found["list"] == ("clock", "vial clock runs")
    assert found["where"] == ("priming", f"Vial clock runs: {START}.")
    assert found["handover"] == ("clock", f"azaCITIDine vial clock runs: {START}")
    assert found["doses"] == ("vial running", "vial clock runs")
    state, words = found["downtime"]
    assert (state, words) == (
        "clock",
        f"Vial clock runs: {START}, all in by 09:45; not begun by 09:35: discard it.",
    )


def test_too_late_as_planned_names_the_shorter_infusion_everywhere(made: Bench) -> None:
    made.at(2026, 10, 7, 9, 16)
    found = told(made)
    assert found["where"][0] == "hold" and found["handover"][0] == "late"
    for place in ("where", "handover", "downtime"):
        assert SHORTER in found[place][1] and START not in found[place][1], place
    assert found["list"][1] == found["doses"][1] == "vial clock runs, too late as planned"


@pytest.mark.parametrize("minute", [36, 46])
def test_a_lost_vial_is_to_be_discarded_everywhere(made: Bench, minute: int) -> None:
    made.at(2026, 10, 7, 9, minute)
    found = told(made)
    assert found["list"] == ("stop", "vial too late: discard it")
    assert found["where"] == ("stop", f"Vial too late for any infusion: {LATE}.")
    assert found["handover"] == ("late", f"azaCITIDine vial too late for any infusion: {LATE}")
    assert found["downtime"] == ("stop", f"Vial too late for any infusion: {LATE}.")
    assert found["doses"][1] == "vial too late: discard it"
    assert not any("start" in words.lower() for _, words in found.values())
    assert board(made.ward).rows[0].late


def test_an_infusion_past_its_limit_asks_for_the_prescriber_everywhere(made: Bench) -> None:
    start_infusion(
        made.ward,
        facts_of(made.ward, made.infant).doses[-1].id,
        made.clock(),
        by(made.ward, made.infant),
        who=NURSE,
    )
    made.at(2026, 10, 7, 9, 45)
    assert told(made)["handover"] == ("clock", "azaCITIDine infusion runs: all in by 09:45")
    made.clock.now += timedelta(minutes=1)
    found = told(made)
    assert found["list"] == ("stop", "infusion past its limit")
    for place in ("where", "handover", "downtime"):
        assert "past its limit of 09:45" in found[place][1], place
        assert "ask the prescriber" in found[place][1], place


def test_a_vial_whose_order_is_void_is_not_to_be_started(made: Bench) -> None:
    weigh(made, 6800)
    words = clock_task(made).words
    assert words.startswith("azaCITIDine order VOID, vial clock runs: do not give it")
    assert "start" not in words


def test_a_handover_is_not_signed_on_a_time_that_passed_since(made: Bench) -> None:
    seen = handover_view(made.ward)
    made.at(2026, 10, 7, 9, 16)
    with pytest.raises(Refused, match="has changed since"):
        sign_off(made.ward, seen, ("Tomas Marchetti, RN", ""), ("Eva Sand, RN", ""), who=NURSE)
