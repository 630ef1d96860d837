"""Whole rows of the ward list are the same the quick way and the plain way, field by field.

Quick is the list of a window that stays open: facts, plans, orders and DLT states kept from moment to
moment, the days in question asked for by themselves, standing orders watched in plain decimals. Plain
keeps nothing, reads every table anew, plans all of treatment and looks up the day in it, makes every
dose of a day, and multiplies by pint.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from bedside.app import open_ward
from bedside.protocol.schedule import ProjectedDose
from bedside.units.registry import amount_for
from bedside.ward import board_checks, due, due_days_before, due_orders, standing
from bedside.ward.board import board
from bedside.ward.board_dlt import judge_board
from bedside.ward.counting import void_counts
from bedside.ward.demonstration_today import MovableClock
from bedside.ward.facts import InfantFacts, facts_of_all
from bedside.ward.holding import save_hold
from bedside.ward.standing import projection_of
from bedside.ward.views.board import Board
from bedside.ward.views.delay import NewHold
from bedside.ward.ward import Ward
from tests.made_wards import copy_demonstration
from tests.ward.test_days_before import HOURS, MADE, plainly_left
from tests.ward.wards import DOCTOR

SAME_DAY = 4  # the moment before it is of this day: nothing but a record makes a row anew
NOTHING_KEPT: dict[str, Any] = {
    "inventories": {},
    "kept_facts": {},
    "kept_until": 0,
    "kept_waiting": {},
    "kept_dlt": None,
    "kept_orders": None,
    "kept_plan": None,
    "_moment": None,
    "_site": None,
    "_recorded": ("", (), {}),
    "_filled": {},
}


def plainly_due(ward: Ward, facts: InfantFacts, days: Sequence[date]) -> tuple[ProjectedDose, ...]:
    """The doses of some days, looked up in the plan of all of treatment."""
    begun = {start.course_key for start in facts.starts}
    courses = [one for one in projection_of(ward, facts).courses if one.key in begun]
    return tuple(
        dose for on in days for course in courses for dose in course.doses if dose.on == on
    )


def plain_board(ward: Ward, monkeypatch: pytest.MonkeyPatch, asked: Counter[str]) -> Board:
    """The whole list with every short cut taken away."""

    def plain(name: str, way: Any) -> Any:
        def counted(*given: Any, **named: Any) -> Any:
            asked[name] += 1
            return way(*given, **named)

        return counted

    with monkeypatch.context() as way:
        for module in (due_orders, board_checks):
            way.setattr(module, "watched_amount", plain("amount", amount_for))
        for module in (due, standing):
            way.setattr(module, "doses_on", plain("doses", plainly_due))
        way.setattr(due_days_before, "_is_left", plain("left", plainly_left))
        anew = replace(ward, **NOTHING_KEPT)
        judge_board(anew)
        return board(anew)


def record_something(ward: Ward) -> None:
    """A count is struck out, and a drug that is due today is held."""
    everyone = facts_of_all(ward)
    count = next(facts.counts[-1] for facts in everyone if facts.counts)
    void_counts(ward, count.id, "another infant's specimen", who=DOCTOR)
    infant_id, dose = next(
        (facts.infant.id, dose)
        for facts in everyone
        for dose in standing.doses_on(ward, facts, (ward.today(),))
        if due.unrecorded(facts, dose)
    )
    held = NewHold(dose.course_key, dose.drug, ward.today(), None, "38.6 °C, ANC 88")
    save_hold(ward, infant_id, held, who=DOCTOR)


def test_whole_rows_are_the_same_the_quick_way_and_the_plain_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = MovableClock(MADE)
    ward = open_ward(copy_demonstration(MADE, tmp_path / "ward"), clock, create=False)
    lists, asked = [], Counter[str]()
    try:
        judge_board(ward)
        for hours in HOURS:
            clock.now = MADE + timedelta(hours=hours)
            if hours == SAME_DAY:
                record_something(ward)
            quick = board(ward)
            assert quick == board(ward)  # from what is kept only
            plain = plain_board(ward, monkeypatch, asked)
            for ours, theirs in zip(quick.rows, plain.rows, strict=True):
                for field in ours.__struct_fields__:
                    where = (hours, ours.bed, field)
                    assert (where, getattr(ours, field)) == (where, getattr(theirs, field))
            assert quick == plain
            lists.append(quick.rows)
    finally:
        ward.store.close()
    assert all(one != after for one, after in pairwise(lists))
    assert set(asked) == {"amount", "doses", "left"}, "a short cut was not taken away"
