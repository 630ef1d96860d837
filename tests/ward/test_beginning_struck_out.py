"""A beginning that is struck out leaves no hour known, and forgets no dose that was given (H1).

By hand: methotrexate 20-Sep-2026 08:00; hours 48 and 57 are 22-Sep (day 3) 08:00 and 17:00.
"""

from pathlib import Path

from bedside.ward.corrections import strike_out
from bedside.ward.dosing import doses_page
from bedside.ward.downtime_sheets import downtime_sheets
from bedside.ward.facts import facts_of
from bedside.ward.given_doses import given_form
from bedside.ward.printing import make_paper
from bedside.ward.views.given import OfDay
from tests.ward.test_day_doses import BEGAN, give, interim, line  # noqa: F401 (fixture)
from tests.ward.test_day_sheets import words_of
from tests.ward.test_hours_shown import COURSE, LEUCOVORIN, on_timeline, started
from tests.ward.wards import NURSE, Bench


def beginning_struck_out(bench: Bench) -> None:
    (infusion,) = facts_of(bench.ward, bench.infant).infusions
    strike_out(bench.ward, bench.infant, "infusion", infusion.id, "of another infant", who=NURSE)


def test_a_beginning_struck_out_forgets_no_dose_that_was_given(
    interim: Bench,  # noqa: F811
    tmp_path: Path,
) -> None:
    """Found: "0 of 2 given" beside one that was given: two more would have been offered."""
    ward, infant = interim.ward, interim.infant
    give(interim, OfDay(48))
    interim.at(2026, 9, 22, 8, 30)
    beginning_struck_out(interim)
    assert "given in part, 1 of 2 given, 6.2 mg" in on_timeline(interim)[3]
    paper = make_paper(ward, infant, f"roadmap:{COURSE}", tmp_path, who=NURSE)
    assert "1 of 2 given, 6.2 mg" in words_of(paper.path)
    assert (
        "1 of 2 given: dose 1 of 2 given 07:30, dose 2 of 2 to give" in line(interim, 22, 8, 40)[2]
    )
    (listed,) = [one for one in doses_page(ward, infant).to_record if one[2] == "leucovorin"]
    assert listed[4].endswith("1 of 2 given, next: dose 2 of 2")
    (sheet,) = downtime_sheets(ward, who=NURSE).infants
    assert "0 of 2 given" not in str(sheet) and "1 of 2 given: see 1" in str(sheet)
    (left,) = given_form(ward, infant, *LEUCOVORIN).choices
    assert left.of == OfDay(turn=2)
    interim.at(2026, 9, 22, 17, 0)
    give(interim, OfDay(turn=2), blind=False)
    assert ": 2 of 2 given, 12.4 mg" in on_timeline(interim)[3]
    started(interim, BEGAN)  # put right: the hour is told from the dose that has none
    assert "1 of 2 by its hour and 1 without one given, 12.4 mg" in on_timeline(interim)[3]
