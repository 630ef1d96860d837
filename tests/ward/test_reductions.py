"""Reduced doses on a real ward: shown, recorded, worked, printed, ended and taken back."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from bedside.store.dose_records import DoseReduction
from bedside.store.queries import of_infant
from bedside.units.refusal import Refused
from bedside.ward.dosing import doses_page
from bedside.ward.exposure import cumulative_doses
from bedside.ward.facts import facts_of
from bedside.ward.giving import finish_infusion, start_infusion, start_vial
from bedside.ward.paper_heads import ROADMAP, SHEET, paper_head
from bedside.ward.printing import draw_again
from bedside.ward.reductions import (
    end_reduction,
    preview_reduction,
    reduction_form,
    reduction_words,
    save_reduction,
)
from bedside.ward.roadmaps import fill_roadmap
from bedside.ward.sheets import fill_sheet
from bedside.ward.views.reductions import NewReduction
from tests.ward.ordering import by, ready
from tests.ward.wards import DOCTOR, NURSE, Bench

ORDER = NewReduction(
    "epi-1", "azacitidine", 1, None, Decimal(80), "standard", "mucositis", "Dr Okonjo"
)


@pytest.fixture
def epi(bench: Bench) -> Bench:
    """6.2 kg: 2.5 mg per kg are 15.5 mg."""
    bench.open_epi_1()
    bench.at(2026, 10, 7, 10, 0)
    return bench


def test_each_dose_before_and_after_and_nothing_recorded(epi: Bench) -> None:
    """15.5 mg × 80 % = 12.4 mg, on each of the five days."""
    view = preview_reduction(epi.ward, epi.infant, ORDER)
    assert view.against == ()
    assert [(one.before, one.after) for one in view.changes] == [("15.5 mg", "12.4 mg")] * 5
    assert any("15.5 mg × 80 % = 12.4 mg" in step for step in view.changes[0].steps)
    assert facts_of(epi.ward, epi.infant).reductions == ()


def test_a_recorded_one_is_in_the_worked_dose(epi: Bench) -> None:
    save_reduction(epi.ward, epi.infant, ORDER, who=NURSE)
    page = doses_page(epi.ward, epi.infant)
    assert page.dose_text == "12.4 mg"
    said = "80 % of the protocol dose, mucositis (Dr Okonjo)"
    assert any(said in step for step in page.steps)
    (row,) = facts_of(epi.ward, epi.infant).reductions
    assert (row.percent, row.share, row.ordered_by) == (Decimal(80), Decimal(80), "Dr Okonjo")
    assert row.recorded_by == NURSE
    planned = {one.drug: one.planned for one in cumulative_doses(epi.ward, epi.infant).rows}
    # five days of 2 mg per kg and fifteen of 2.5: 10 + 37.5
    assert planned["azaCITIDine"] == "47.5 mg per kg on 20 days"


def paper(bench: Bench, kind: str, fill):
    facts = facts_of(bench.ward, bench.infant)
    course = facts.protocol.course("epi-1")
    return fill(bench.ward, facts, course, paper_head(bench.ward, facts, kind, course, DOCTOR))


def test_sheet_and_roadmap_say_the_reduction(epi: Bench) -> None:
    save_reduction(epi.ward, epi.infant, replace(ORDER, until_day=3), who=NURSE)
    sheet = paper(epi, SHEET, fill_sheet)
    assert sheet.modified_words == "80 % of the protocol dose, mucositis (Dr Okonjo)"
    assert sheet.final == "12.4 mg"
    assert sheet.formula == "2.5 mg per kg × 6.2 kg × 80 % = 12.4 mg"
    assert [day for day, _ in sheet.dates] == [1, 2, 3]
    assert "Not for day 4, 5: another dose is ordered for it." in sheet.warnings
    road = paper(epi, ROADMAP, fill_roadmap)
    assert (
        "REDUCED: azaCITIDine of EPI #1: 80 % of the protocol dose days 1 to 3, mucositis "
        "(Dr Okonjo)." in road.dose_words
    )
    assert draw_again(epi.ward, epi.infant, "dosing-sheet:epi-1", who=DOCTOR).startswith(b"%PDF")


def test_without_a_reduction_the_sheet_is_for_every_day(epi: Bench) -> None:
    sheet = paper(epi, SHEET, fill_sheet)
    assert [day for day, _ in sheet.dates] == [1, 2, 3, 4, 5]
    assert not any("another dose" in line for line in sheet.warnings)
    assert "REDUCED" not in paper(epi, ROADMAP, fill_roadmap).dose_words


def test_the_dialog_lists_what_stands_and_what_ended(epi: Bench) -> None:
    number = save_reduction(epi.ward, epi.infant, ORDER, who=NURSE)
    form = reduction_form(epi.ward, epi.infant)
    assert form.courses[0][0] == "epi-1" and form.courses[0][2] == 1
    assert ("epi-1", "azacitidine", "azaCITIDine") in form.drugs
    assert [row.struck for row in form.rows] == [""]
    assert end_reduction(epi.ward, epi.infant, number, 3, "healed", who=DOCTOR) is not None
    form = reduction_form(epi.ward, epi.infant)
    assert "days 1 to 3" in form.rows[0].words and form.rows[0].struck == ""
    assert form.rows[1].struck.startswith("ended: healed (Test Physician")


def test_ending_and_taking_back_keep_every_row(epi: Bench) -> None:
    number = save_reduction(epi.ward, epi.infant, ORDER, who=NURSE)
    for last, why in ((3, ""), (-1, "healed")):
        with pytest.raises(Refused):
            end_reduction(epi.ward, epi.infant, number, last, why, who=DOCTOR)
    ended = end_reduction(epi.ward, epi.infant, number, 3, "healed", who=DOCTOR)
    with pytest.raises(Refused, match="does not stand"):
        end_reduction(epi.ward, epi.infant, number, 3, "healed", who=DOCTOR)
    assert ended is not None
    with pytest.raises(Refused, match="cannot be day 4"):
        end_reduction(epi.ward, epi.infant, ended, 4, "later", who=DOCTOR)
    assert end_reduction(epi.ward, epi.infant, ended, 0, "wrong infant", who=DOCTOR) is None
    assert doses_page(epi.ward, epi.infant).dose_text == "15.5 mg"
    with epi.ward.store.reading() as connection:
        rows = of_infant(connection, DoseReduction, epi.infant, include_void=True)
    assert [row.void_reason for row in rows] == ["ended: healed", "taken back: wrong infant"]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"reason": " "}, "needs its reason"),
        ({"reason": "x" * 501}, "too long"),
        ({"ordered_by": ""}, "name of the physician"),
        ({"percent": Decimal(0)}, "more than 0"),
        ({"percent": Decimal(101)}, "more than 0"),
        ({"percent": Decimal(100)}, "no reduction"),
        ({"from_day": 0}, "counted from 1"),
        ({"from_day": 3, "until_day": 2}, "counted from 1"),
        ({"from_day": 90}, "Nothing would change"),
        ({"course_key": "epi-9"}, "Choose the course"),
        ({"drug": "vincristine"}, "no such drug"),
        ({"of_what": "last"}, "No last dose of azaCITIDine"),
        ({"of_what": "last", "drug": ""}, "No last dose of every drug"),
    ],
)
def test_what_is_refused_records_nothing(epi: Bench, changed: dict, words: str) -> None:
    with pytest.raises(Refused, match=words):
        save_reduction(epi.ward, epi.infant, replace(ORDER, **changed), who=NURSE)
    assert facts_of(epi.ward, epi.infant).reductions == ()


def test_a_second_one_never_raises_the_dose(epi: Bench) -> None:
    save_reduction(epi.ward, epi.infant, ORDER, who=NURSE)
    with pytest.raises(Refused, match="Nothing would change"):
        save_reduction(
            epi.ward, epi.infant, replace(ORDER, percent=Decimal(90), drug=""), who=NURSE
        )


def give_day_1(bench: Bench) -> None:
    ready(bench.ward, bench.infant)
    start_vial(bench.ward, bench.infant, "epi-1", 1, bench.clock(), 30, who=NURSE)
    clock = doses_page(bench.ward, bench.infant).clock
    assert clock is not None
    given = by(bench.ward, bench.infant)
    start_infusion(bench.ward, clock.dose_id, bench.clock(), given, who=NURSE)
    bench.at(2026, 10, 7, 10, 30)
    finish_infusion(bench.ward, clock_id(bench), bench.clock(), who=NURSE)


def clock_id(bench: Bench) -> int:
    clock = doses_page(bench.ward, bench.infant).clock
    assert clock is not None
    return clock.dose_id


def test_a_dose_given_already_is_not_reduced_afterwards(epi: Bench) -> None:
    give_day_1(epi)
    with pytest.raises(Refused, match="Begin the reduction after it"):
        save_reduction(epi.ward, epi.infant, ORDER, who=NURSE)
    save_reduction(epi.ward, epi.infant, replace(ORDER, from_day=2), who=NURSE)
    assert doses_page(epi.ward, epi.infant).dose_text == "15.5 mg"  # of today, day 1
    epi.at(2026, 10, 8, 8, 0)
    assert doses_page(epi.ward, epi.infant).dose_text == "12.4 mg"


def test_a_drug_without_a_public_dose_says_its_share(bench: Bench) -> None:
    bench.site()
    bench.enrol()
    bench.at(2026, 9, 5, 9, 0)
    bench.weigh()
    order = replace(ORDER, course_key="induction", drug="vincristine", from_day=8)
    view = preview_reduction(bench.ward, bench.infant, order)
    assert {(one.before, one.after) for one in view.changes} == {
        ("100 % of the protocol dose", "80 % of the protocol dose")
    }
    save_reduction(bench.ward, bench.infant, order, who=NURSE)
    facts = facts_of(bench.ward, bench.infant)
    line = (
        "vinCRIStine of Induction: 80 % of the protocol dose from day 8 on, mucositis (Dr Okonjo)"
    )
    assert reduction_words(bench.ward, facts, "induction") == (line,)
    others = doses_page(bench.ward, bench.infant).other_drugs
    reduced = [one[0] for one in others if "REDUCED: 80 %" in one[3]]
    assert reduced == ["vinCRIStine"]
