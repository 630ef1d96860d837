"""A held dose says so before it is recorded as given, and afterwards; it is never recorded in silence."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from bedside.units.refusal import Refused
from bedside.ward.board import board
from bedside.ward.board_dlt import judge_board
from bedside.ward.dosing import doses_page
from bedside.ward.facts import facts_of
from bedside.ward.given_doses import given_form, record_given
from bedside.ward.holding import save_hold
from bedside.ward.order_facts import OrderFacts
from bedside.ward.sheet_days import held_days
from bedside.ward.standing import hold_of
from bedside.ward.views.delay import NewHold
from bedside.ward.views.given import GivenAs
from bedside.ward.where import where_are_we
from tests.ward.ordering import PAPER, by
from tests.ward.test_roadmap_reasons import roadmap
from tests.ward.wards import DOCTOR, NURSE, Bench

WHY = "38.6 °C, ANC 88"
PLANNED = ("induction", 8, "vincristine", "IV")


@pytest.fixture
def held(bench: Bench) -> Bench:
    """Induction day 8: vincristine held today, by a physician, for fever."""
    bench.site()
    bench.enrol(induction_day_1=date(2026, 9, 1))
    bench.at(2026, 9, 8, 9, 0)
    bench.weigh(6000)
    today = bench.ward.today()
    form = NewHold("induction", "vincristine", today, None, WHY)
    save_hold(bench.ward, bench.infant, form, who=DOCTOR)
    return bench


def test_list_form_and_refusal_name_the_hold_and_why(held: Bench) -> None:
    words = f"HELD since 08-Sep-2026, {DOCTOR}: {WHY}"
    page = doses_page(held.ward, held.infant)
    assert [line[4].endswith(f": {words}") for line in page.to_record if line[2] == "vincristine"]
    assert all("HELD" not in line[4] for line in page.to_record if line[2] != "vincristine")
    assert given_form(held.ward, held.infant, *PLANNED).held == words
    by_paper = by(held.ward, held.infant, paper=PAPER)
    given = GivenAs(None, "the amount was not written down")
    with pytest.raises(Refused, match=r"HELD since 08-Sep-2026.*in spite of the hold, say why"):
        record_given(held.ward, held.infant, *PLANNED, by_paper, who=NURSE, given=given)
    assert facts_of(held.ward, held.infant).doses == ()


def test_of_two_holds_of_one_day_form_order_and_sheet_name_the_one_recorded_last(
    held: Bench,
) -> None:
    facts = facts_of(held.ward, held.infant)
    (first,) = facts.holds
    later = held.ward.now() + timedelta(minutes=30)
    last = replace(
        first, id=99, from_on=date(2026, 9, 7), recorded_at=later, drug="", reason="no line"
    )
    both = replace(facts, holds=(last, first))  # as they are read: by their first day
    course = both.protocol.course("induction")
    (plan,) = [one for one in course.drugs if one.drug == "vincristine"]
    dates = dict.fromkeys(plan.days.scheduled, date(2026, 9, 8))
    with held.ward.store.reading() as connection:
        known = OrderFacts(held.ward, facts, connection)
        dose = known.planned[PLANNED]
        assert known.held(dose) == f"vinCRIStine is held: {WHY}"
        assert OrderFacts(held.ward, both, connection).held(dose) == "the course is held: no line"
    assert (hold_of(both, dose), hold_of(facts, dose)) == (
        last,
        first,
    )  # as lists and forms name it
    assert set(held_days(both, course, plan, dates).values()) == {"HELD: no line"}


def test_what_was_given_in_spite_of_a_hold_stays_in_sight(held: Bench) -> None:
    by_paper = by(held.ward, held.infant, paper=PAPER)
    given = GivenAs(
        None, "the amount was not written down", in_spite="Dr Halvorsen said so by phone"
    )
    record_given(held.ward, held.infant, *PLANNED, by_paper, who=NURSE, given=given)
    (row,) = facts_of(held.ward, held.infant).doses
    assert row.note == (
        "the amount was not written down; given in spite of the hold: Dr Halvorsen said so by phone "
        f"(held since 08-Sep-2026, {DOCTOR}: {WHY})"
    )
    where = where_are_we(held.ward, held.infant)
    (item,) = [one for one in where.mend if "in spite of the hold" in one.headline]
    assert item.headline == "vinCRIStine day 8 given in spite of the hold"
    assert item.details[0].startswith("Dr Halvorsen said so by phone (held since")
    (due,) = [one for one in where.due if one.drug == "vinCRIStine"]
    assert (due.mark, due.note) == ("recorded", "recorded, given in spite of the hold")
    judge_board(held.ward)
    (listed,) = board(held.ward).rows
    assert item.headline in {one.headline for one in listed.held}
    paper = roadmap(held, "induction")
    (day,) = [one for one in paper.days if one.day == 8]
    assert "given in spite of the hold: Dr Halvorsen said so" in day.held
    held.at(2026, 9, 16, 9, 0)  # more than a week later it is history: Record and roadmap keep it
    assert not [
        one for one in where_are_we(held.ward, held.infant).mend if "in spite" in one.headline
    ]


def test_what_comes_next_marks_a_held_day(bench: Bench) -> None:
    bench.site()
    bench.enrol(induction_day_1=date(2026, 9, 1))
    bench.at(2026, 9, 6, 9, 0)
    form = NewHold("induction", "vincristine", date(2026, 9, 8), date(2026, 9, 8), WHY)
    save_hold(bench.ward, bench.infant, form, who=DOCTOR)
    texts = [item.text for item in where_are_we(bench.ward, bench.infant).next_items]
    assert any("day 8:" in text and "vinCRIStine (HELD)" in text for text in texts), texts
    assert not any("day 15" in text and "(HELD)" in text for text in texts)
