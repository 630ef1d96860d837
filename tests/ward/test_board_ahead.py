"""The ward list judged infant by infant says what it says when it is judged in one go."""

from bedside.ward.board import board
from bedside.ward.board_ahead import judging
from bedside.ward.board_dlt import judge_board
from bedside.ward.counting import void_counts
from bedside.ward.facts import facts_of_all
from bedside.ward.ward import Ward
from tests.ward.test_demonstration import ward  # noqa: F401  (the demonstration, as a fixture)


def told(ward: Ward) -> list[tuple[object, ...]]:  # noqa: F811
    return [(row.infant_id, row.dlt, row.due, row.held, row.clocks) for row in board(ward).rows]


def test_nothing_is_said_before_the_last_infant_and_then_everything(ward: Ward) -> None:  # noqa: F811
    first = told(ward)
    steps = judging(ward)
    for _ in range(len(first)):
        next(steps)
        assert told(ward) == first, "half a list was judged"
    assert next(steps, "done") == "done"
    found = told(ward)
    assert found != first
    ward.kept_dlt = ward.kept_orders = None
    judge_board(ward)
    assert told(ward) == found


def test_what_is_recorded_between_two_steps_is_not_missed(ward: Ward) -> None:  # noqa: F811
    steps = judging(ward)
    for _ in range(6):
        next(steps)
    everyone = facts_of_all(ward)
    count = next(facts.counts[-1] for facts in everyone if facts.counts)
    void_counts(ward, count.id, "another infant's specimen", who="E. Berg, RN")
    list(steps)
    found = told(ward)
    ward.kept_dlt = ward.kept_orders = None
    judge_board(ward)
    assert told(ward) == found
