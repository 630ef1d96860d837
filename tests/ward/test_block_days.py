"""Days lost inside an azacitidine block: the public sources do not say, so the site's ruling decides."""

from datetime import date, timedelta

import pytest
from pypdf import PdfReader

from bedside.units.refusal import Refused
from bedside.ward.block_ruling import SETTING, ruling_words
from bedside.ward.board import board
from bedside.ward.dosing import doses_page
from bedside.ward.facts import facts_of
from bedside.ward.holding import end_hold, preview, save_hold
from bedside.ward.printing import make_paper
from bedside.ward.shifting import preview_shift, save_shift
from bedside.ward.standing import projection_of
from bedside.ward.views.delay import NewHold, NewShift
from bedside.ward.where import where_are_we
from tests.ward.ordering import measurable
from tests.ward.test_papers import give
from tests.ward.wards import DOCTOR, NURSE, Bench

AZACITIDINE = ("epi-1", "azacitidine", "IV")
FEVER = "fever, 38.9 °C"
THIRD = date(2026, 10, 9)  # day 3: the block began on 07-Oct-2026


@pytest.fixture
def block(bench: Bench) -> Bench:
    """EPI #1, days 1 and 2 given, day 3 due today; this site has not ruled."""
    bench.open_epi_1()
    measurable(bench.ward)
    give(bench, 1)
    give(bench, 2)
    bench.at(2026, 10, 9, 8, 0)
    return bench


def days(bench: Bench) -> list[int]:
    plan = projection_of(bench.ward, facts_of(bench.ward, bench.infant)).course("epi-1")
    return [dose.on.day for dose in plan.doses]


def shift(by: int = 2, reason: str = FEVER) -> NewShift:
    return NewShift(*AZACITIDINE, THIRD, date(2026, 10, 9 + by), reason)


def test_without_a_ruling_the_rest_of_a_block_is_not_moved(block: Bench) -> None:
    view = preview_shift(block.ward, block.infant, shift())
    (why,) = view.against
    assert why.startswith("Whether the days lost inside EPI #1 are given later is not public")
    assert "Site settings (F9)" in why and SETTING in why
    assert view.moves  # what would move is shown all the same
    with pytest.raises(Refused, match="the site rules"):
        save_shift(block.ward, block.infant, shift(), who=DOCTOR)
    closed = NewHold("epi-1", "", THIRD, date(2026, 10, 10), FEVER)
    with pytest.raises(Refused, match="the site rules"):
        save_hold(block.ward, block.infant, closed, who=DOCTOR)
    assert facts_of(block.ward, block.infant).holds == ()


def test_an_open_hold_needs_no_ruling_and_waits_for_it(block: Bench) -> None:
    """Safety: that nothing is given can always be recorded."""
    hold = save_hold(block.ward, block.infant, NewHold("epi-1", "", THIRD, None, FEVER), who=DOCTOR)
    block.at(2026, 10, 11, 8, 0)
    with pytest.raises(Refused, match="the site rules"):
        end_hold(block.ward, block.infant, hold, date(2026, 10, 10), "afebrile", who=DOCTOR)
    block.site(block_days="later")
    end_hold(block.ward, block.infant, hold, date(2026, 10, 10), "afebrile", who=DOCTOR)
    assert days(block) == [7, 8, 11, 12, 13]


def test_taking_a_hold_back_needs_no_ruling(block: Bench) -> None:
    hold = save_hold(block.ward, block.infant, NewHold("epi-1", "", THIRD, None, FEVER), who=DOCTOR)
    assert (
        end_hold(block.ward, block.infant, hold, date(2026, 10, 8), "wrong infant", who=DOCTOR)
        is None
    )
    assert days(block) == [7, 8, 9, 10, 11]


def test_with_the_ruling_a_shift_moves_the_rest_of_the_block(block: Bench, tmp_path) -> None:
    """Day 3 stands on 9 October and is given on the 11th: days 3 to 5 are 11, 12, 13 (by hand)."""
    block.site(block_days="later")
    view = preview_shift(block.ward, block.infant, shift())
    assert view.against == ()
    assert view.summary.startswith("EPI #1 is held from 09-Oct-2026 to 10-Oct-2026; all its days")
    ruled = dict(view.also)["Days lost inside EPI #1"]
    assert "are given later (Test Physician, 09-Oct-2026)" in ruled
    moved = {move.title: (move.before, move.after) for move in view.change.starts}
    assert moved["Consolidation"] == (date(2026, 10, 12), date(2026, 10, 14))
    assert view.change.dlt_closes is not None or view.change.start_rules
    save_shift(block.ward, block.infant, shift(), who=DOCTOR)
    assert days(block) == [7, 8, 11, 12, 13]
    (hold,) = facts_of(block.ward, block.infant).holds
    assert (hold.drug, hold.until_on, hold.reason) == ("", date(2026, 10, 10), FEVER)
    block.at(2026, 10, 11, 8, 0)
    block.weigh()
    paper = make_paper(block.ward, block.infant, "roadmap:epi-1", tmp_path, who=NURSE)
    words = " ".join(PdfReader(paper.path).pages[0].extract_text().split())
    assert FEVER in words.replace("\u2011", "-")
    sheet = make_paper(block.ward, block.infant, "dosing-sheet:epi-1", tmp_path, who=NURSE)
    words = PdfReader(sheet.path).pages[0].extract_text().replace("\u2011", "-")
    assert "Sun 11-Oct-2026" in words and "Fri 09-Oct-2026" not in words


def test_a_shift_still_needs_its_reason(block: Bench) -> None:
    block.site(block_days="later")
    with pytest.raises(Refused, match="needs its reason"):
        save_shift(block.ward, block.infant, shift(reason=" "), who=DOCTOR)


def test_where_the_site_rules_that_lost_days_are_left_out_nothing_moves(block: Bench) -> None:
    block.site(block_days="left out")
    (why,) = preview(
        block.ward, block.infant, NewHold("epi-1", "", THIRD, date(2026, 10, 10), FEVER)
    ).against
    assert why.startswith("This site rules that days lost in an azacitidine block are left out")
    assert "record each lost day of EPI #1 as not given" in why
    assert days(block) == [7, 8, 9, 10, 11]


def test_a_hold_of_the_drug_alone_moves_nothing_and_needs_no_ruling(block: Bench) -> None:
    alone = NewHold("epi-1", "azacitidine", THIRD, THIRD, FEVER)
    save_hold(block.ward, block.infant, alone, who=DOCTOR)
    assert days(block) == [7, 8, 9, 10, 11]


def test_a_block_that_has_not_begun_is_delayed_without_a_ruling(bench: Bench) -> None:
    bench.ready_for_epi_1()
    before = projection_of(bench.ward, facts_of(bench.ward, bench.infant)).course("epi-1").start
    assert before == date(2026, 10, 7)
    form = NewShift(*AZACITIDINE, before, date(2026, 10, 9), "ANC")
    save_shift(bench.ward, bench.infant, form, who=DOCTOR)
    after = projection_of(bench.ward, facts_of(bench.ward, bench.infant)).course("epi-1").start
    assert after == date(2026, 10, 9)


def test_day_1_that_is_recorded_is_corrected_and_not_shifted(bench: Bench) -> None:
    bench.open_epi_1()
    form = NewShift(*AZACITIDINE, date(2026, 10, 7), date(2026, 10, 9), FEVER)
    with pytest.raises(Refused, match="Day 1 of EPI #1 is recorded on 07-Oct-2026"):
        preview_shift(bench.ward, bench.infant, form)


def test_the_ruling_stands_with_who_and_when_and_can_be_withdrawn(bench: Bench) -> None:
    bench.site()
    assert ruling_words(bench.ward) == ""
    bench.at(2026, 10, 7, 8, 0)
    bench.site(block_days="left out")
    assert ruling_words(bench.ward).endswith("are left out (Test Physician, 07-Oct-2026)")
    bench.site(block_days="")
    assert ruling_words(bench.ward) == ""
    with pytest.raises(Refused, match="given later, left out, or not ruled"):
        bench.site(block_days="perhaps")


def test_a_hold_that_begins_tomorrow_leaves_todays_dose(bench: Bench) -> None:
    """Day 2 of today stays due and free; the same word on every page (found by hand)."""
    bench.open_epi_1()
    bench.site(block_days="later")
    bench.at(2026, 10, 8, 8, 0)
    bench.weigh()
    today = bench.ward.today()
    hold = NewHold("epi-1", "", today + timedelta(days=1), today + timedelta(days=2), "fever 39")
    save_hold(bench.ward, bench.infant, hold, who=DOCTOR)
    page = doses_page(bench.ward, bench.infant)
    assert page.dose_text == "15.5 mg" and not page.blocked_by
    said = "EPI #1 held from 09-Oct-2026 to 10-Oct-2026: fever 39"
    (row,) = board(bench.ward).rows
    assert said in [item.headline for item in row.held]
    assert f"{said}." in where_are_we(bench.ward, bench.infant).why
    bench.at(2026, 10, 9, 8, 0)
    assert any(
        "held: fever 39" in words for words in doses_page(bench.ward, bench.infant).blocked_by
    )
