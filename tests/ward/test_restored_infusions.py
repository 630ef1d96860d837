"""A restore that loses infusions, one broken off and one that ran, and a second restore after it (H36, H45)."""

from decimal import Decimal

import pytest

from bedside.store.queries import all_of
from bedside.store.records import DoseRecord
from bedside.store.restored_records import RestoredSettling
from bedside.units.quantities import DrugAmount
from bedside.units.refusal import Refused
from bedside.ward.board import board
from bedside.ward.exposure import cumulative_doses
from bedside.ward.facts import facts_of
from bedside.ward.giving import break_off, start_infusion, start_vial
from bedside.ward.rest import rest_state
from bedside.ward.rest_acts import decide_rest, rest_forms
from bedside.ward.restored_clocks import lost_clocks
from bedside.ward.restored_settling import entered_again, not_so, take_over
from bedside.ward.restored_state import restored_view
from bedside.ward.taken_over import giver_words
from tests.ward.ordering import (
    AZACITIDINE,
    FIRST,
    PRESCRIBER,
    by,
    check,
    order,
    ready,
    row_of,
    signer,
)
from tests.ward.restored_wards import acts, copied, last_dose, minutes, restore
from tests.ward.wards import NURSE, Bench

WHAT = "azaCITIDine 15.5 mg intravenous, EPI #1 day 1"
BROKEN = f"{WHAT}: infusion broken off at 09:10, 7 mg of 15.5 mg given; started 09:08"
GIVER = "T. Riis, nurse"


def infuse(bench: Bench) -> None:
    vial = start_vial(bench.ward, bench.infant, "epi-1", 1, bench.clock(), 20, who=NURSE)
    minutes(bench, 1)
    start_infusion(bench.ward, vial, bench.clock(), by(bench.ward, bench.infant), who=GIVER)
    minutes(bench, 2)


def stop(bench: Bench, went_in: int) -> None:
    amount = DrugAmount(Decimal(went_in))
    break_off(bench.ward, last_dose(bench).id, amount, "the line came out", who=NURSE)
    minutes(bench, 1)


def states(bench: Bench) -> list[tuple[str, str]]:
    rows = facts_of(bench.ward, bench.infant).doses
    return [(row.state, bench.ward.local(row.started_at).strftime("%H:%M")) for row in rows]


@pytest.fixture
def twice(bench: Bench) -> tuple[Bench, str, str]:
    """07-Oct-2026: a copy, an infusion broken off after 7 mg, a copy, and another that runs since 09:17."""
    bench.open_epi_1()
    bench.at(2026, 10, 7, 9, 2)
    first = copied(bench)
    ready(bench.ward, bench.infant)
    infuse(bench)
    stop(bench, 7)
    second = copied(bench)
    (form,) = rest_forms(bench.ward, bench.infant)
    doctor = signer(bench.ward, PRESCRIBER)
    decide_rest(bench.ward, bench.infant, form, "whole", "a new line", doctor, who=PRESCRIBER)
    order(bench.ward, bench.infant)
    assert check(bench.ward, bench.infant, AZACITIDINE).matched
    infuse(bench)
    return bench, first, second


def test_each_infusion_is_a_line_of_its_own_and_is_taken_over_as_it_was(
    twice: tuple[Bench, str, str],
) -> None:
    epi, first, _ = twice
    restore(epi, first)
    lines = acts(epi, "dose")
    assert [line.words for line in lines] == [
        f"{BROKEN}, ended by {NURSE}", f"{WHAT}: infusion started 09:17",
    ]  # fmt: skip
    assert [line.who for line in lines] == [GIVER, GIVER]
    assert epi.ward.local(lines[0].at).strftime("%H:%M") == "09:10"
    view = restored_view(epi.ward)
    assert view is not None
    assert "a part of a dose given: azaCITIDine 15.5 mg, infusion broken off at 09:10, 7 mg" in (
        view.short
    )
    nurse = signer(epi.ward, FIRST)
    with pytest.raises(Refused, match="earlier infusion of this dose is not settled"):
        take_over(epi.ward, lines[1].act_id, nurse, who=FIRST)
    with pytest.raises(Refused, match="not recorded as far"):
        entered_again(epi.ward, [lines[0].act_id], nurse, who=FIRST)
    with pytest.raises(Refused, match="on its own"):
        not_so(epi.ward, [line.act_id for line in lines], "why", nurse, who=FIRST)
    take_over(epi.ward, lines[0].act_id, nurse, who=FIRST)
    assert [line.act_id for line in acts(epi, "dose")] == [lines[1].act_id]  # one line is one line
    with epi.ward.store.reading() as connection:
        (settled,) = all_of(connection, RestoredSettling)
    assert (settled.act_id, settled.reason) == (lines[0].act_id, "taken over as it was")
    facts = facts_of(epi.ward, epi.infant)
    state = rest_state(facts, AZACITIDINE)
    assert state is not None and state.given == DrugAmount(Decimal(7))
    told = repr(cumulative_doses(epi.ward, epi.infant))
    assert "7 mg" in told
    take_over(epi.ward, lines[1].act_id, nurse, who=FIRST)
    assert states(epi) == [("vial lost", "09:08"), ("vial running", "09:17")]
    assert acts(epi, "dose") == []
    assert giver_words(last_dose(epi), short=True) == "T. Riis, taken over by E. Sorensen"


def test_a_second_restore_ends_the_run_and_names_nothing_that_its_copy_holds(
    twice: tuple[Bench, str, str],
) -> None:
    epi, first, second = twice
    restore(epi, first)
    nurse = signer(epi.ward, FIRST)
    for line in acts(epi, "dose"):
        take_over(epi.ward, line.act_id, nurse, who=FIRST)
    stop(epi, 4)
    restore(epi, second)  # of the first line: it holds the infusion of 09:08, broken off
    (line,) = acts(epi, "dose")
    assert line.words.startswith(
        f"{WHAT}: infusion broken off at 09:19, 4 mg of 15.5 mg given; started 09:17"
    )
    assert line.blocks == "this dose" and line.can_take_over
    view = restored_view(epi.ward)
    assert view is not None and "RUNNING" not in view.short and lost_clocks(epi.ward) == ()
    steps = [act.words for act in view.acts if act.kind == "order"]
    assert not any("First count" in words for words in steps[5:])
    assert any("restored" in why for why in row_of(epi.ward, epi.infant, AZACITIDINE).why_not)
    take_over(epi.ward, line.act_id, nurse, who=FIRST)
    assert states(epi) == [("vial lost", "09:08"), ("vial lost", "09:17")]
    assert "T. Riis" in last_dose(epi).note and last_dose(epi).note.count("taken over") == 1
    (row,) = board(epi.ward).rows
    assert row.clocks == ()


def test_open_lines_of_the_first_restore_are_held_against_the_second_ones_copy(
    twice: tuple[Bench, str, str],
) -> None:
    epi, first, second = twice
    restore(epi, first)
    minutes(epi, 1)
    restore(epi, second)
    (line,) = acts(epi, "dose")
    assert line.words == f"{WHAT}: infusion started 09:17"
    with epi.ward.store.reading() as connection:
        (dose,) = all_of(connection, DoseRecord)
    assert dose.state == "vial lost"  # the copy's own


def test_what_was_settled_after_its_copy_stays_settled_through_another_restore(
    twice: tuple[Bench, str, str],
) -> None:
    epi, first, _ = twice
    restore(epi, first)
    before = copied(epi)
    nurse = signer(epi.ward, FIRST)
    lines = acts(epi, "dose")
    not_so(epi.ward, [lines[0].act_id], "it was another infant's", nurse, who=FIRST)
    take_over(epi.ward, lines[1].act_id, nurse, who=FIRST)
    minutes(epi, 1)
    restore(epi, before)
    (line,) = acts(epi, "dose")
    assert line.words == f"{WHAT}: infusion started 09:17" and line.act_id != lines[1].act_id
    with epi.ward.store.reading() as connection:
        outcomes = [row.outcome for row in all_of(connection, RestoredSettling)]
    assert outcomes == ["not so", "entered again"]
