"""The handover: open tasks from the pages' own readings, who took them, and what two people signed."""

import hashlib
import json
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from bedside.app import open_ward
from bedside.store.handover_records import Handover, HandoverTaken
from bedside.store.queries import all_of
from bedside.units.quantities import BodyWeight
from bedside.units.refusal import Refused
from bedside.ward.board import board
from bedside.ward.demonstration import MovableClock
from bedside.ward.facts import facts_of_all
from bedside.ward.forms import NewSize
from bedside.ward.handover import give_back, handover_view, handovers, sign_off, take
from bedside.ward.handover_tasks import tasks_now
from bedside.ward.orders import order_board, order_rows
from bedside.ward.people import people
from bedside.ward.people_acts import add_person
from bedside.ward.printing import make_paper
from bedside.ward.toxicity_ward_round import ward_round
from bedside.ward.ward import Ward
from bedside.ward.weighing import record_size
from tests.made_wards import copy_demonstration
from tests.ward.peopled import BERG, KELLER, OKONJO, SECRETS, enter, new, peopled, second_of

NOW = datetime(2026, 11, 20, 10, 42, tzinfo=ZoneInfo("Europe/Berlin"))
LIND = "Olav Lind"
NURSE, NIGHT = "E. Sørensen, RN", "T. Marchetti, RN"


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(NOW)


@pytest.fixture
def ward(tmp_path: Path, clock: MovableClock):
    folder = copy_demonstration(NOW, tmp_path / "ward")
    opened = open_ward(folder, clock, create=False)
    yield opened
    opened.store.close()


def of_bed(ward: Ward, bed: str, kind: str):
    return [task for task in handover_view(ward).tasks if (task.bed, task.kind) == (bed, kind)]


# ---- what is open: the same as the pages say


def test_the_ward_lists_own_rows_are_there(ward: Ward):
    """Each due or late item, each held one, each clock of the list, none more."""
    tasks = tasks_now(ward)
    rows = board(ward).rows
    due = sum(item.mark in ("due", "late") for row in rows for item in row.due)
    held = sum(len(row.held) for row in rows)
    clocks = sum(len(row.clocks) + (row.fever is not None) for row in rows)
    kinds = [task.kind for task in tasks]
    assert (kinds.count("due"), kinds.count("held"), kinds.count("clock")) == (due, held, clocks)
    assert kinds.count("DLT") == sum(row.dlt.decisions_due > 0 for row in rows) == 2
    assert len({task.key for task in tasks}) == len(tasks)


def test_the_rounds_own_numbers_are_there(ward: Ward):
    tasks = {(task.bed, task.kind): task for task in tasks_now(ward)}
    for row in ward_round(ward):
        assert ((row.bed, "round") in tasks) == row.due
        proposals = tasks.get((row.bed, "laboratory"))
        assert (proposals is not None) == bool(row.proposals)
        if proposals is not None:
            assert str(row.proposals) in proposals.words


def test_orders_that_wait_and_checks_that_wait_are_there(ward: Ward):
    """Bed 2: day 4 is verified, day 5 void; bed 3: day 2 is released and nobody has counted."""
    words = [task.words for task in (*of_bed(ward, "2", "order"), *of_bed(ward, "3", "check"))]
    assert words == [
        "a pharmacist releases: azaCITIDine intravenous, day 4",
        "its order is void: a physician prescribes anew: azaCITIDine intravenous, day 5",
        "blind second check: azaCITIDine intravenous, day 2",
    ]
    infant = of_bed(ward, "3", "check")[0].infant_id
    assert [row.day for row in order_board(ward, infant).at("released")] == [2]


def test_the_orders_of_the_list_are_the_infants_own(ward: Ward):
    """The list asks for the rows alone, without each infant's banner: they are the page's rows."""
    for facts in facts_of_all(ward):
        assert order_rows(ward, facts) == order_board(ward, facts.infant.id).rows


def test_no_dose_stands_in_it(ward: Ward):
    """It hangs where anybody reads it while somebody counts blind elsewhere."""
    said = " ".join(f"{task.words} {task.note}" for task in tasks_now(ward))
    assert " mg" not in said and "mg/kg" not in said and " mL" not in said


def test_late_ones_come_first_then_the_earliest(ward: Ward, clock: MovableClock):
    clock.now = NOW + timedelta(minutes=40)
    tasks = tasks_now(ward)
    late = [task for task in tasks if task.mark == "late"]
    assert [task.words for task in late][:2] == [
        "azaCITIDine vial too late for any infusion: discard it, with the reason",
        "first antibiotic now: it was due by 11:06",
    ]
    assert tasks[: len(late)] == tuple(late)
    assert next(task.note for task in late if task.words == "temperature, signs again") == (
        "16 min late"
    )


def test_a_paper_that_does_not_hold_any_more_is_to_be_taken_away(
    ward: Ward, clock: MovableClock, tmp_path: Path
):
    infant = of_bed(ward, "3", "check")[0].infant_id
    printed = make_paper(ward, infant, "dosing-sheet:epi-1", tmp_path, who=NURSE)
    assert of_bed(ward, "3", "paper") == []
    clock.now = NOW + timedelta(minutes=5)
    size = NewSize(BodyWeight(5500), None, clock.now, unusual_reason="weighed again")
    record_size(ward, infant, size, who=NURSE)
    (task,) = of_bed(ward, "3", "paper")
    assert task.words == f"take away: Dosing sheet, EPI #1, {printed.sheet_number} copy 1"
    assert "weight" in task.note
    assert of_bed(ward, "3", "order")[0].words.startswith("its order is void")


# ---- taken and given back


def test_the_demonstration_has_some_taken_and_one_handover(ward: Ward):
    view = handover_view(ward)
    taken = [(task.kind, task.taken_by) for task in view.tasks if task.taken_by]
    assert taken == [("clock", NURSE), ("clock", NURSE), ("DLT", "Dr I. Halvorsen")]
    assert view.last is not None and view.last.whole
    assert (view.last.paper.left, view.last.paper.came) == (NIGHT, NURSE)


def test_a_task_is_taken_once_and_given_back(ward: Ward, clock: MovableClock):
    task = of_bed(ward, "9", "due")[0]
    take(ward, (task,), who=NURSE)
    (found,) = [one for one in handover_view(ward).tasks if one.key == task.key]
    assert found.taken_by == NURSE and found.taken_at == NOW
    with pytest.raises(Refused, match=r"taken by E\. Sørensen, RN at 10:42 already"):
        take(ward, (task,), who=NIGHT)
    clock.now = NOW + timedelta(minutes=3)
    give_back(ward, found, who=NIGHT)
    with ward.store.reading() as connection:
        rows = all_of(connection, HandoverTaken, include_void=True)
    row = next(row for row in rows if row.task_key == task.key)
    assert (row.recorded_by, row.voided_by, row.void_reason) == (NURSE, NIGHT, "given back")
    with pytest.raises(Refused, match="struck out already"):
        give_back(ward, found, who=NURSE)
    with pytest.raises(Refused, match="nobody has taken it"):
        give_back(ward, task, who=NURSE)
    take(ward, (task,), who=NIGHT)


def test_several_are_taken_together_or_none(ward: Ward):
    first, second = of_bed(ward, "1", "due")[:2]
    take(ward, (second,), who=NIGHT)
    with pytest.raises(Refused, match="already"):
        take(ward, (first, second), who=NURSE)
    assert not of_bed(ward, "1", "due")[0].taken_by


def test_a_task_that_is_done_is_not_open_any_more(ward: Ward):
    """The taking of a task that is gone stands in nobody's way, and goes with the next handover."""
    task = of_bed(ward, "3", "check")[0]
    take(ward, (task,), who=NIGHT)
    size = NewSize(BodyWeight(5500), None, NOW, unusual_reason="weighed again")
    record_size(ward, task.infant_id, size, who=NURSE)  # ends the order, and with it the check
    assert of_bed(ward, "3", "check") == []
    sign_off(ward, handover_view(ward), (NURSE, ""), ("A. Berg, RN", ""), who=NURSE)
    with ward.store.reading() as connection:
        rows = all_of(connection, HandoverTaken, include_void=True)
    reasons = {row.task_key: row.void_reason for row in rows}
    assert reasons[task.key] == "no longer open at the handover"


# ---- signed off


def test_the_list_is_kept_as_both_saw_it(ward: Ward, clock: MovableClock):
    seen = handover_view(ward)
    clock.now = NOW + timedelta(minutes=1)
    number = sign_off(ward, seen, (NURSE, ""), (NIGHT, ""), who=NURSE)
    newest, before = handovers(ward)
    assert newest.handover_id == number and newest.whole and before.whole
    paper = newest.paper
    assert (paper.left, paper.came, paper.as_of) == (NURSE, NIGHT, NOW)
    assert [task.words for task in paper.tasks] == [task.words for task in seen.tasks]
    assert [task.taken_by for task in paper.tasks] == [task.taken_by for task in seen.tasks]
    after = handover_view(ward)
    assert [task.kind for task in after.tasks if task.taken_by] == ["DLT"], "hers are given back"
    assert after.last is not None and after.last.handover_id == number


def test_a_list_that_changed_since_is_not_signed(ward: Ward):
    seen = handover_view(ward)
    take(ward, (of_bed(ward, "9", "due")[0],), who=NIGHT)
    with pytest.raises(Refused, match="has changed since it was shown"):
        sign_off(ward, seen, (NURSE, ""), (NIGHT, ""), who=NURSE)
    assert len(handovers(ward)) == 1


@pytest.mark.parametrize("came", ["E Sorensen, nurse", "e. sørensen", NURSE])
def test_nobody_hands_over_to_herself(ward: Ward, came: str):
    with pytest.raises(Refused, match="between two people"):
        sign_off(ward, handover_view(ward), (NURSE, ""), (came, ""), who=NURSE)


@pytest.mark.parametrize("came", ["", "   ", "x" * 61])
def test_who_comes_is_named(ward: Ward, came: str):
    with pytest.raises(Refused):
        sign_off(ward, handover_view(ward), (NURSE, ""), (came, ""), who=NURSE)


def test_a_changed_list_says_that_it_is_not_as_signed(ward: Ward, monkeypatch):
    sign_off(ward, handover_view(ward), (NURSE, ""), (NIGHT, ""), who=NURSE)
    with ward.store.reading() as connection:
        row = all_of(connection, Handover)[-1]
    assert hashlib.sha256(row.content.encode()).hexdigest() == row.digest
    assert len(json.loads(row.content)["tasks"]) == row.tasks
    from bedside.ward import handover

    changed = replace(row, content=row.content.replace("first antibiotic", "no antibiotic"))
    assert changed.content != row.content
    monkeypatch.setattr(handover, "all_of", lambda *_: [changed])
    assert [one.whole for one in handovers(ward)] == [False]


def test_where_people_sign_in_both_show_that_it_is_they(ward: Ward, clock: MovableClock):
    ward.demonstration = False
    ids = peopled(ward)
    who = enter(ward, BERG)
    seen = handover_view(ward)
    left = (ids[BERG], SECRETS[BERG])
    with pytest.raises(Refused):
        sign_off(ward, seen, left, (ids[OKONJO], "wrong words of hers"), who=who)
    clock.now = NOW + timedelta(seconds=30)  # after a wrong one she waits
    with pytest.raises(Refused, match="passphrase or PIN"):
        sign_off(ward, seen, left, ("A. Okonjo, physician", ""), who=who)
    with pytest.raises(Refused, match="between two people"):
        sign_off(ward, seen, left, left, who=who)
    sign_off(ward, seen, left, (ids[OKONJO], SECRETS[OKONJO]), who=who)
    assert handovers(ward)[0].paper.came == "Ada Okonjo, physician"
    with ward.store.reading() as connection:
        row = all_of(connection, Handover)[-1]
    assert (row.left_person_id, row.came_person_id) == (ids[BERG], ids[OKONJO])


def test_a_role_that_works_no_shift_takes_nothing_over(ward: Ward):
    """An administrator without a role at the bedside."""
    ward.demonstration = False
    ids = peopled(ward)
    enter(ward, KELLER)
    add_person(ward, new(LIND, "administrator"), who=ward.signed_in.who, second=second_of(ward))
    lind = next(person.id for person in people(ward) if person.name == LIND)
    who = enter(ward, BERG)
    with pytest.raises(Refused, match="administrator"):
        sign_off(
            ward,
            handover_view(ward),
            (ids[BERG], SECRETS[BERG]),
            (lind, f"the passphrase of somebody called {LIND}"),
            who=who,
        )
    assert len(handovers(ward)) == 1


@pytest.mark.parametrize(
    ("left", "came", "words"),
    [
        ("E. Sørensen, RN", " ", "Who comes is not named"),
        ("", "Carl Bo, RN", "Who leaves is not named"),
        ("E. Sørensen, RN", "5.9", "“5.9” is no name"),
    ],
)
def test_who_is_missing_is_named_and_a_figure_is_nobody(ward: Ward, left, came, words):
    before = len(handovers(ward))
    with pytest.raises(Refused, match=words):
        sign_off(ward, handover_view(ward), (left, ""), (came, ""), who=left or "E. Sørensen, RN")
    assert len(handovers(ward)) == before
