"""The random walk over the ward's acts; `BEDSIDE_WALK=2000x50` is the long run (P10, P13, P17)."""

import os
import sys

import pytest
from hypothesis import HealthCheck, Phase, settings

from bedside.store.troubles import AuditBroken
from bedside.ward import printing
from bedside.ward.facts import facts_of
from tests.faults.walk import Walk

WALKS, STEPS = map(int, os.environ.get("BEDSIDE_WALK", "25x20").split("x"))


@pytest.mark.skipif(sys.platform == "win32", reason="kills need POSIX signals")
@pytest.mark.timeout(0)
class TestWalk(Walk.TestCase):
    """Hypothesis runs it as a test of its own."""

    settings = settings(
        max_examples=WALKS,
        stateful_step_count=STEPS,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
        database=None,
        phases=(Phase.generate, *([Phase.shrink] if os.environ.get("BEDSIDE_SHRINK") else [])),
    )


# ---- the invariants themselves: each must see the fault that it is there for


@pytest.fixture
def walk():
    made = Walk()
    yield made
    made.teardown()


def look(walk):
    for name in ("the_trail_only_grows", "no_value_is_ever_lost", "no_dose_without_a_fresh_weight",
                 "dlt_is_a_pure_function_of_the_record",
                 "a_paper_says_what_holds_or_is_marked"):  # fmt: skip
        getattr(walk, name)()


def test_a_walk_by_hand(walk):
    look(walk)
    walk.print_paper("dosing-sheet:epi-1")
    walk.give(1, 20)
    assert [row.state for row in facts_of(walk.bench.ward, 1).doses] == ["given"]
    walk.copy()
    walk.weigh(6400, 0)
    look(walk)
    assert walk.printed
    walk.restore(0)
    walk.kill(keep=True)
    walk.kill(keep=False)
    walk.remember_plan()
    walk.another_zone("Asia/Kolkata")
    walk.close_and_open()
    walk.look_back(0)
    look(walk)


def test_a_paper_that_should_have_been_marked_is_seen(walk, monkeypatch):
    walk.print_paper("dosing-sheet:epi-1")
    look(walk)
    monkeypatch.setattr(printing, "_out_of_date", lambda *_: "")
    walk.weigh(6900, 0)
    with pytest.raises(AssertionError):
        walk.a_paper_says_what_holds_or_is_marked()


def test_a_dose_on_an_old_weight_is_seen(walk, monkeypatch):
    look(walk)
    assert walk._page().dose_text
    monkeypatch.setattr(Walk, "_limit_days", lambda _: -1)
    with pytest.raises(AssertionError, match="a dose is shown"):
        walk.no_dose_without_a_fresh_weight()


def test_a_changed_value_is_seen(walk):
    look(walk)
    driver = walk.bench.ward.store._file.driver
    names = driver.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for (name,) in names:
        driver.execute(f'DROP TRIGGER "{name}"')
    driver.execute("UPDATE measurement SET weight_g = 9000")
    with pytest.raises(AssertionError):
        walk.no_value_is_ever_lost()
    with pytest.raises(AuditBroken):
        walk.the_trail_only_grows()
