"""Before a hold, a shift or an end of either is recorded, the orders that it would end are told."""

from datetime import timedelta
from decimal import Decimal

import pytest

from bedside.ward.corrections import strike_out
from bedside.ward.count_ending import ends_by_striking_answer, given_if_answer_struck
from bedside.ward.facts import facts_of
from bedside.ward.holding import end_hold, save_hold
from bedside.ward.order_ending_plan import (
    ends_by_ending_hold,
    ends_by_ending_reduction,
    ends_by_hold,
    ends_by_shift,
    ends_by_taking_back_shift,
)
from bedside.ward.orders import order_board
from bedside.ward.reductions import end_reduction, save_reduction
from bedside.ward.views.delay import NewHold, NewShift
from bedside.ward.views.reductions import NewReduction
from tests.ward.ordered import PHYSICIAN, ordered


@pytest.fixture
def ward(bench):
    """EPI #1 opened today; the site ruled that days lost in it come later; nothing is ordered."""
    bench.open_epi_1()
    bench.site(block_days="later")
    return bench.ward


def stage(bench, day):
    rows = order_board(bench.ward, bench.infant).rows
    return next(row.state.stage for row in rows if row.day == day)


def hold(ward, drug=""):
    on = ward.today() + timedelta(days=1)
    return NewHold("epi-1", drug, on, on, "fever")


def test_what_a_hold_of_the_course_would_end_is_what_it_ends(bench, ward):
    ordered(ward, bench.infant, 1, 3, upto="verified")
    (told,) = ends_by_hold(ward, bench.infant, hold(ward))
    assert "day 3, 15.5 mg" in told.replace("\u202f", " ").replace("\u00a0", " ")
    assert "moved from 09-Oct-2026 to 10-Oct-2026" in told
    assert "day 1" not in told
    assert (stage(bench, 1), stage(bench, 3)) == ("verified", "verified"), "nothing is recorded"
    save_hold(ward, bench.infant, hold(ward), who=PHYSICIAN)
    assert (stage(bench, 1), stage(bench, 3)) == ("verified", "void")


def test_a_hold_of_the_drug_ends_the_order_of_the_held_day(bench, ward):
    ordered(ward, bench.infant, 2, upto="prescribed")
    (told,) = ends_by_hold(ward, bench.infant, hold(ward, "azacitidine"))
    assert "day 2" in told and "azaCITIDine is held: fever" in told
    assert ends_by_hold(ward, bench.infant, hold(ward, "cytarabine")) == ()


def test_ending_a_hold_moves_days_back_and_says_so(bench, ward):
    save_hold(ward, bench.infant, hold(ward), who=PHYSICIAN)
    (row,) = facts_of(ward, bench.infant).holds
    ordered(ward, bench.infant, 3, upto="released")
    before = hold(ward).from_on - timedelta(days=1)
    (told,) = ends_by_ending_hold(ward, bench.infant, row.id, before)
    assert "day 3" in told and "moved from 10-Oct-2026 to 09-Oct-2026" in told
    assert ends_by_ending_hold(ward, bench.infant, row.id, hold(ward).from_on) == ()
    end_hold(ward, bench.infant, row.id, before, "typed by mistake", who=PHYSICIAN)
    assert stage(bench, 3) == "void"


def test_without_orders_nothing_is_told_and_a_shift_tells_what_it_ends(bench, ward):
    assert ends_by_hold(ward, bench.infant, hold(ward)) == ()
    assert ends_by_taking_back_shift(ward, bench.infant, 1) == ()
    ordered(ward, bench.infant, 1)
    on = ward.today()
    form = NewShift("epi-1", "azacitidine", "IV", on, on + timedelta(days=1))
    (told,) = ends_by_shift(ward, bench.infant, form)
    assert "day 1 moved from 07-Oct-2026 to 08-Oct-2026" in told
    assert ends_by_taking_back_shift(ward, bench.infant, 1) == ()


def test_ending_a_reduction_ends_the_orders_of_the_whole_dose(bench, ward):
    form = NewReduction(
        "epi-1", "azacitidine", 1, None, Decimal(75), "standard", "cytopenia", "A. Okonjo"
    )
    row = save_reduction(ward, bench.infant, form, who=PHYSICIAN)
    ordered(ward, bench.infant, 1, 3)
    (told,) = ends_by_ending_reduction(ward, bench.infant, row, 1)
    assert "day 3" in told and "day 1" not in told
    (told,) = ends_by_ending_reduction(ward, bench.infant, row, 0)
    assert "day 1, 3" in told
    end_reduction(ward, bench.infant, row, 1, "counts are back", who=PHYSICIAN)
    assert (stage(bench, 1), stage(bench, 3)) == ("released", "void")


def test_striking_an_answer_foretells_the_orders_that_fall(bench, ward):
    """S2-11: the answer was struck without a word, and made the orders of the block void."""
    ordered(ward, bench.infant, 1, 3, upto="verified")
    (answer,) = facts_of(ward, bench.infant).answers
    (told,) = ends_by_striking_answer(ward, bench.infant, answer.id)
    assert "day 1, 3, 15.5 mg" in told and "Any toxicity resolved: needs yes" in told
    assert given_if_answer_struck(ward, bench.infant, answer.id) == ()
    assert (stage(bench, 1), stage(bench, 3)) == ("verified", "verified"), "nothing is recorded"
    strike_out(ward, bench.infant, "answer", answer.id, "another infant", who=PHYSICIAN)
    assert (stage(bench, 1), stage(bench, 3)) == ("void", "void")
