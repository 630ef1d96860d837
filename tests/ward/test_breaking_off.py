"""A started infusion that is broken off: how much went in is kept, and the day is not due in full (H16)."""

from datetime import timedelta
from decimal import Decimal

import pytest

from bedside.units.quantities import BodyWeight, DrugAmount
from bedside.units.refusal import Refused
from bedside.ward.board import board
from bedside.ward.board_dlt import judge_board
from bedside.ward.broken_off import WentIn, broken_words
from bedside.ward.corrections import strike_out
from bedside.ward.count_ending import ends_by_striking_count, given_if_count_struck
from bedside.ward.counting import void_counts
from bedside.ward.dosing import doses_page
from bedside.ward.downtime_doses import given_lines
from bedside.ward.facts import facts_of
from bedside.ward.forms import NewSize
from bedside.ward.giving import break_off, lose_vial, start_infusion, start_vial
from bedside.ward.order_ending import ends_by_weighing
from bedside.ward.orders import order_board
from bedside.ward.roadmap_days import _recorded
from bedside.ward.sheet_days import settled_days
from bedside.ward.standing import projection_of
from bedside.ward.where import where_are_we
from tests.ward.ordered import ordered, rows
from tests.ward.ordering import by, decide, order, ready
from tests.ward.wards import NURSE, Bench

HEAD = "infusion broken off at 10:05, 7 mg of 15.5 mg given"


@pytest.fixture
def infusing(bench: Bench) -> int:
    """EPI #1 day 1, 07-Oct-2026: its infusion runs since 10:00; it is 10:05."""
    bench.open_epi_1()
    bench.at(2026, 10, 7, 10, 0)
    ready(bench.ward, bench.infant)
    vial = start_vial(bench.ward, bench.infant, "epi-1", 1, bench.clock(), 30, who=NURSE)
    start_infusion(bench.ward, vial, bench.clock(), by(bench.ward, bench.infant), who=NURSE)
    bench.clock.now += timedelta(minutes=5)
    return facts_of(bench.ward, bench.infant).doses[-1].id


def said(bench: Bench) -> str:
    """All that ward list, first page, Doses and downtime sheet say of the doses."""
    judge_board(bench.ward)
    (listed,) = board(bench.ward).rows
    page = where_are_we(bench.ward, bench.infant)
    days = doses_page(bench.ward, bench.infant).days
    lines = given_lines(bench.ward, facts_of(bench.ward, bench.infant))
    return repr((listed.due, listed.held, page.answer_tail, page.mend, days, lines))


def broken(bench: Bench, dose: int, went_in: WentIn | None = None) -> None:
    amount = DrugAmount(Decimal(7)) if went_in is None else went_in
    break_off(bench.ward, dose, amount, "the line came out", who=NURSE)


@pytest.mark.parametrize("ended", [False, True])
def test_a_begun_infusion_struck_out_takes_its_order_with_it(
    bench: Bench, infusing: int, ended: bool
) -> None:
    """Whether a part is in is then known to nobody: the same signatures carry no second vial."""
    if ended:
        broken(bench, infusing)
    row = facts_of(bench.ward, bench.infant).doses[-1]
    strike_out(bench.ward, bench.infant, "dose", row.id, "the wrong infant", who=NURSE)
    first = next(one for one in order_board(bench.ward, bench.infant).rows if one.key[1] == 1)
    assert first.state.stage == "void"
    with pytest.raises(Refused):
        start_vial(bench.ward, bench.infant, "epi-1", 1, bench.clock(), 30, who=NURSE)


def test_a_started_infusion_is_not_discarded_like_a_vial(bench: Bench, infusing: int) -> None:
    with pytest.raises(Refused, match="how much of it went in"):
        lose_vial(bench.ward, infusing, "the line came out", who=NURSE)
    assert facts_of(bench.ward, bench.infant).doses[-1].state == "vial running"


@pytest.mark.parametrize("amount", ["0", "15.6"])
def test_more_than_the_vial_and_nothing_typed_are_refused(
    bench: Bench, infusing: int, amount: str
) -> None:
    with pytest.raises(Refused):
        broken(bench, infusing, DrugAmount(Decimal(amount)))
    with pytest.raises(Refused, match="reason"):
        break_off(bench.ward, infusing, "nothing", " ", who=NURSE)
    assert facts_of(bench.ward, bench.infant).doses[-1].state == "vial running"


@pytest.mark.parametrize(
    ("went_in", "words"),
    [("nothing", "nothing of 15.5 mg given"), ("not known", "not known how much of 15.5 mg")],
)
def test_nothing_and_not_known_are_kept_as_said(
    bench: Bench, infusing: int, went_in: WentIn, words: str
) -> None:
    broken(bench, infusing, went_in)
    assert words in facts_of(bench.ward, bench.infant).doses[-1].note
    assert order_board(bench.ward, bench.infant).rows[0].state.stage == "void"


def test_the_order_ends_and_every_place_says_how_much_went_in(bench: Bench, infusing: int) -> None:
    broken(bench, infusing)
    state = order_board(bench.ward, bench.infant).rows[0].state
    assert (state.stage, state.why) == ("void", (f"{HEAD}: a physician decides on the rest",))
    with pytest.raises(Refused, match="void"):
        start_vial(bench.ward, bench.infant, "epi-1", 1, bench.clock(), 30, who=NURSE)
    judge_board(bench.ward)
    (listed,) = board(bench.ward).rows
    page = where_are_we(bench.ward, bench.infant)
    days = doses_page(bench.ward, bench.infant).days
    facts = facts_of(bench.ward, bench.infant)
    lines = given_lines(bench.ward, facts)
    (due,) = [item for item in listed.due if item.drug == "azaCITIDine"]
    assert (due.mark, due.note) == ("stop", HEAD)
    assert any(HEAD in item.headline for item in listed.held)
    assert page.mark == "stop" and HEAD in page.answer_tail
    assert HEAD in days[0].words and days[0].marked
    assert any(HEAD in repr(line) and line.state == "stop" for line in lines)
    assert "clock runs" not in said(bench)
    course, plan = facts.protocol.course("epi-1"), facts.protocol.course("epi-1").drugs[0]
    (settled,) = settled_days(bench.ward, facts, course, plan, bench.ward.today())
    assert HEAD[1:] in settled.words and "a physician decides" in settled.words
    (recorded,) = _recorded(facts, [projection_of(bench.ward, facts).course("epi-1").doses[0]])
    assert broken_words(recorded[1]) == HEAD  # what the roadmap writes in the cell of the day


def test_after_a_new_order_the_part_that_went_in_is_still_told(bench: Bench, infusing: int) -> None:
    broken(bench, infusing)
    bench.clock.now += timedelta(minutes=10)
    decide(bench.ward, bench.infant)
    (row, *_) = order_board(bench.ward, bench.infant).rows
    assert row.why_not == () and any(HEAD in words for words in (row.given, *row.before))
    order(bench.ward, bench.infant)
    assert order_board(bench.ward, bench.infant).rows[0].state.stage == "released"
    judge_board(bench.ward)
    (listed,) = board(bench.ward).rows
    assert any(HEAD in item.headline for item in listed.held)


def test_a_weight_that_would_end_a_running_infusion_says_so_before_it_is_recorded(
    bench: Bench, infusing: int
) -> None:
    """Whoever weighs while it runs in is told first that it runs, and whom to ask."""
    weighed = NewSize(BodyWeight(6300), None, bench.clock(), "", "")
    (day_1,) = ends_by_weighing(bench.ward, bench.infant, weighed)
    assert "day 1, 15.5 mg: weighed again" in day_1
    assert "its infusion RUNS NOW: ask the physician before you record this" in day_1
    broken(bench, infusing)
    assert "RUNS NOW" not in repr(ends_by_weighing(bench.ward, bench.infant, weighed))


def test_a_count_struck_out_while_the_infusion_runs(bench: Bench, infusing: int) -> None:
    """The words say stop, not discard; before it, what it takes along; after it, no clock runs."""
    count = facts_of(bench.ward, bench.infant).counts[-1].id
    assert "day 1, 15.5 mg" in ends_by_striking_count(bench.ward, bench.infant, count)[0]
    (line,) = given_if_count_struck(bench.ward, bench.infant, count)
    assert "its infusion RUNS NOW: stop it" in line
    void_counts(bench.ward, count, "another infant's slip", who=NURSE)
    assert "STOP the infusion, ask the physician now, write down how much went in" in said(bench)
    assert "discard the vial" not in said(bench) and "vial clock runs" not in said(bench)
    broken(bench, infusing)
    assert HEAD in said(bench) and "infusion runs" not in said(bench)
    row = order_board(bench.ward, bench.infant).rows[0]
    assert any("Record it anew with the time it was taken" in why for why in row.why_not)
    assert "prescribe anew" not in said(bench)


def test_a_vial_lost_before_its_infusion_may_be_ordered_again(bench: Bench) -> None:
    bench.open_epi_1()
    bench.at(2026, 10, 7, 10, 0)
    ready(bench.ward, bench.infant)
    vial = start_vial(bench.ward, bench.infant, "epi-1", 1, bench.clock(), 30, who=NURSE)
    lose_vial(bench.ward, vial, "dropped", who=NURSE)
    bench.clock.now += timedelta(minutes=2)
    bench.weigh(6800)
    (row, *_) = rows(bench.ward, bench.infant, 1)
    assert row.state.stage == "void" and row.why_not == ()
    ordered(bench.ward, bench.infant, 1)
    assert rows(bench.ward, bench.infant, 1)[0].state.stage == "released"
