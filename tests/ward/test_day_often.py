"""A dose by its number of the day: how often is said before anything of it is recorded, and what was missed after.

AALL15P1 states "three times daily" of dexamethasone in Induction and "every 12 hours" of cytarabine in
Interim Maintenance (register, S1); neither has a dose in public sources.
"""

import re
from datetime import date, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from bedside.papers.downtime import DowntimeDose
from bedside.protocol.dose_in_force import dose_in_force
from bedside.protocol.schedule import ProjectedDose
from bedside.protocol.site_values import SiteValues
from bedside.units.refusal import Refused
from bedside.ward.board import board
from bedside.ward.day_often import often_words
from bedside.ward.dosing import NOT_PUBLIC, _dose_words, doses_page
from bedside.ward.downtime_sheets import downtime_sheets, print_downtime
from bedside.ward.due import due_today, plan_of
from bedside.ward.exposure import cumulative_doses
from bedside.ward.facts import facts_of
from bedside.ward.given_doses import given_form, record_given
from bedside.ward.holding import save_hold
from bedside.ward.not_given import not_given_form
from bedside.ward.timeline import timeline
from bedside.ward.transfer_doses import given_lines
from bedside.ward.views.delay import NewHold
from bedside.ward.views.given import WHOLE_DAY, GivenAs, OfDay
from bedside.ward.where import where_are_we
from tests.ward.day_bench import DEXAMETHASONE, in_induction, sign
from tests.ward.ordering import PAPER, by
from tests.ward.test_day_sheets import words_of
from tests.ward.test_hours_shown import COURSE, in_interim, methotrexate, started
from tests.ward.test_not_given import due, leave_out, printed
from tests.ward.wards import BERLIN, DOCTOR, NURSE, Bench

CYTARABINE = (COURSE, 15, "cytarabine", "IV")
LEUCOVORIN_4 = (COURSE, 4, "leucovorin", "PO or IV")


@pytest.fixture
def day_15(bench: Bench) -> Bench:
    """Dexamethasone of day 15, 09:30: ordered and released, nothing of it recorded."""
    in_induction(bench, 15)
    sign(bench, DEXAMETHASONE)
    bench.at(2026, 9, 15, 9, 30)
    return bench


def give(bench: Bench, turn: int) -> None:
    ward, infant = bench.ward, bench.infant
    amount = given_form(ward, infant, *DEXAMETHASONE).worked
    record_given(
        ward, infant, *DEXAMETHASONE, by(ward, infant, paper=PAPER), who=NURSE,
        given=GivenAs(amount, of=OfDay(turn=turn)),
    )  # fmt: skip


def how_often(bench: Bench) -> list[str]:
    found = due_today(bench.ward, facts_of(bench.ward, bench.infant))
    return [one.text.rpartition(", ")[2] for one in found if one.drug == "dexamethasone"]


def lines(bench: Bench, drug: str, day: int) -> list[DowntimeDose]:
    (infant,) = downtime_sheets(bench.ward, who=NURSE).infants
    return [one for one in infant.doses if (one.drug, one.on.day) == (drug, day)]


def test_how_often_is_said_in_the_protocols_words_before_anything_is_recorded(
    bench: Bench, tmp_path: Path
) -> None:
    in_interim(bench)
    bench.at(2026, 10, 4, 7, 30)
    bench.weigh()
    bench.count(900, 120_000)
    (row,) = board(bench.ward).rows
    for found in (row.due, where_are_we(bench.ward, bench.infant).due):
        said = [(one.mark, one.text) for one in found if one.drug == "cytarabine"]
        assert said == [("due", "intravenous, every 12 hours")]
    found = lines(bench, "cytarabine", 4)
    assert [one.turn for one in found] == ["dose 1 of 2", "dose 2 of 2"]
    assert {one.route for one in found} == {
        "intravenous, every 12 hours, Interim Maintenance day 15"
    }
    print_downtime(bench.ward, tmp_path / "sheets.pdf", who=NURSE)
    drawn = words_of(tmp_path / "sheets.pdf")
    assert re.search(r"D1 Sun 04-Oct-2026 dose 1 of 2 cytarabine .*D2 .* dose 2 of 2 cyt", drawn)
    roadmap = printed(bench, f"roadmap:{COURSE}", tmp_path)
    assert "cytarabine dose not public intravenous every 12 hours" in roadmap.replace("  ", " ")
    assert "Sun 04-Oct-2026 due, every 12 hours" in roadmap
    ward, infant = bench.ward, bench.infant
    summary = given_lines(ward, timeline(ward, infant), facts_of(ward, infant))
    (line,) = (one for one in summary if one.drug == "cytarabine")
    assert (line.route, line.cells[-1]) == ("intravenous, every 12 hours", "due")


def test_a_dose_of_the_site_says_its_number_and_what_stands_against_the_day_is_said_once(
    day_15: Bench,
) -> None:
    assert how_often(day_15) == ["three times daily"]
    facts = facts_of(day_15.ward, day_15.infant)
    dose = ProjectedDose(date(2026, 9, 15), "induction", 15, None, *DEXAMETHASONE[2:])
    plan = plan_of(facts, dose)
    own = replace(plan, frequency="")  # the site's number, where no source has words for it
    assert often_words(day_15.ward, facts, dose, own) == "3 times a day"
    give(day_15, 1)
    assert how_often(day_15) == ["three times daily"]
    assert [one.turn for one in lines(day_15, "dexamethasone", 17)] == [
        "dose 1 of 3", "dose 2 of 3", "dose 3 of 3",
    ]  # fmt: skip
    held_from = NewHold("induction", "", date(2026, 9, 16), None, "sepsis")
    save_hold(day_15.ward, day_15.infant, held_from, who=DOCTOR)
    (held,) = lines(day_15, "dexamethasone", 17)
    assert (held.turn, held.note) == ("", "HELD: do not give")
    assert "three times daily" in held.route


def test_the_timeline_what_comes_next_and_the_drugs_say_how_often_too(bench: Bench) -> None:
    in_induction(bench, 7)
    view = timeline(bench.ward, bench.infant)
    coming = {
        dose.words.rpartition(": ")[2]
        for lane in view.lanes
        for dose in lane.doses
        if dose.drug == "dexamethasone" and dose.state == "planned"
    }
    assert coming == {"planned, three times daily"}
    told = " ".join(one.text for one in where_are_we(bench.ward, bench.infant).next_items)
    assert re.search(r"dexamethasone three times daily", told)
    said = next(
        dose
        for name, _, _, dose in doses_page(bench.ward, bench.infant).other_drugs
        if name == "dexamethasone"
    )
    assert said.endswith("3 times a day; no taper (site value)")
    course = facts_of(bench.ward, bench.infant).protocol.course("induction")
    plan = next(one for one in course.drugs if one.drug == "dexamethasone")
    nothing = dose_in_force(plan, course, SiteValues())
    assert _dose_words(plan, nothing).startswith(f"{NOT_PUBLIC}; three times daily")


def test_a_later_dose_of_today_is_not_recorded_as_not_given_while_an_earlier_is_open(
    day_15: Bench,
) -> None:
    ward, infant = day_15.ward, day_15.infant
    offered = not_given_form(ward, infant, DEXAMETHASONE).choices
    assert [one.words for one in offered] == ["dose 1 of 3", "the whole day, 3 doses"]
    with pytest.raises(
        Refused, match="Dose 3 of 3 has not come while dose 1 of 3 of today is open"
    ):
        leave_out(day_15, DEXAMETHASONE, of=OfDay(turn=3))
    give(day_15, 1)
    with pytest.raises(Refused, match="while dose 2 of 3 of today is open"):
        leave_out(day_15, DEXAMETHASONE, of=OfDay(turn=3))
    with pytest.raises(Refused, match="Which dose of the day was not given"):
        leave_out(day_15, DEXAMETHASONE, of=WHOLE_DAY)
    leave_out(day_15, DEXAMETHASONE, of=OfDay(turn=2))
    assert [one.words for one in not_given_form(ward, infant, DEXAMETHASONE).choices] == [
        "dose 3 of 3"
    ]
    day_15.at(2026, 9, 17, 9, 0)  # the day has gone by: in any order
    earlier = ("induction", 16, *DEXAMETHASONE[2:])
    leave_out(day_15, earlier, of=OfDay(turn=3))


def test_the_whole_of_today_is_recorded_as_not_given_in_one(day_15: Bench) -> None:
    leave_out(day_15, DEXAMETHASONE, of=WHOLE_DAY)
    assert due(day_15, "dexamethasone") == [("hold", "not given: vomiting")]
    (line,) = lines(day_15, "dexamethasone", 15)
    assert (line.state, line.note) == ("stop", "DO NOT GIVE: recorded as not given; ask")
    with pytest.raises(Refused, match="is recorded already"):
        give(day_15, 1)


def test_a_day_whose_last_dose_was_not_given_has_no_tick_and_says_do_not_give(
    day_15: Bench,
) -> None:
    give(day_15, 1)
    day_15.at(2026, 9, 15, 14, 0)
    give(day_15, 2)
    (left,) = lines(day_15, "dexamethasone", 15)
    assert (left.turn, left.state, left.on_record) == ("dose 3 of 3", "go", "2 of 3 given: see 1")
    day_15.at(2026, 9, 15, 20, 0)
    leave_out(day_15, DEXAMETHASONE, of=OfDay(turn=3))
    ((mark, _),) = due(day_15, "dexamethasone")
    (line,) = lines(day_15, "dexamethasone", 15)
    assert (mark, line.turn, line.state) == ("hold", "dose 3 of 3", "stop")
    assert line.note == "DO NOT GIVE: recorded as not given; ask"
    assert line.on_record == "recorded: not given: vomiting"


def test_an_hour_that_was_not_given_keeps_its_line_on_the_downtime_sheet(bench: Bench) -> None:
    in_interim(bench)
    started(bench, datetime(2026, 9, 20, 8, 0, tzinfo=BERLIN))
    bench.at(2026, 9, 22, 8, 30)
    leave_out(bench, (COURSE, 3, *LEUCOVORIN_4[2:]), of=OfDay(48))
    first, second = lines(bench, "leucovorin", 22)
    assert (first.hour, first.state, second.hour, second.state) == (
        "hour 48", "stop", "hour 57", "go",
    )  # fmt: skip
    assert "recorded as not given" in first.note
    bench.at(2026, 9, 25, 8, 30)
    leave_out(bench, LEUCOVORIN_4, of=OfDay(120))  # beyond the plan: 25-Sep 08:00
    beyond = {one.hour: one.note for one in lines(bench, "leucovorin", 25)}
    assert "DO NOT GIVE" in beyond["hour 120"] and not beyond["hour 129"]


def test_the_dose_that_nobody_recorded_is_named_until_somebody_says_what_became_of_it(
    day_15: Bench,
) -> None:
    give(day_15, 1)
    day_15.at(2026, 9, 15, 14, 0)
    give(day_15, 2)
    for day in (16, 20):
        day_15.at(2026, 9, day, 7, 0)
        forgotten, today = due(day_15, "dexamethasone")
        assert forgotten == (
            "unknown",
            "nobody recorded what became of: 15-Sep-2026: dose 3 of 3 (2 of 3 given)",
        )
        assert today == ("due", "")
        (row,) = board(day_15.ward).rows
        assert forgotten in [(one.mark, one.note) for one in row.due]
    leave_out(day_15, DEXAMETHASONE, of=OfDay(turn=3))
    assert due(day_15, "dexamethasone") == [("due", "")]


def whole_days(bench: Bench) -> list[str]:
    found = due_today(bench.ward, facts_of(bench.ward, bench.infant))
    said = [one for one in found if not one.drug and one.text.startswith("nobody recorded")]
    assert said == list(found[len(found) - len(said) :])  # after what is to be given today
    assert {one.mark for one in said} <= {"unknown"}
    return [one.text for one in said]


def test_a_whole_day_that_nobody_recorded_is_named_in_one_line_until_it_is_told(
    day_15: Bench,
) -> None:
    leave_out(day_15, ("induction", 14, *DEXAMETHASONE[2:]), of=WHOLE_DAY)
    assert whole_days(day_15) == ["nobody recorded what became of: 13-Sep-2026: dexamethasone"]
    day_15.at(2026, 9, 16, 7, 0)
    forgotten = "nobody recorded what became of: 15-Sep-2026: dexamethasone"
    assert whole_days(day_15) == [forgotten]
    (row,) = board(day_15.ward).rows
    assert forgotten in [one.text for one in row.due]
    assert forgotten in [one.text for one in where_are_we(day_15.ward, day_15.infant).due]
    day_15.at(2026, 9, 17, 7, 0)
    leave_out(day_15, DEXAMETHASONE, of=WHOLE_DAY)
    assert whole_days(day_15) == [forgotten.replace("15-Sep", "16-Sep")]
    day_15.at(2026, 9, 19, 7, 0)  # day 16 stands no longer in the list of what is to record
    assert whole_days(day_15) == [
        "nobody recorded what became of: 17 and 18-Sep-2026: dexamethasone"
    ]
    held = NewHold("induction", "", date(2026, 9, 17), date(2026, 9, 18), "sepsis")
    save_hold(day_15.ward, day_15.infant, held, who=DOCTOR)
    assert whole_days(day_15) == []


def test_hours_beyond_the_plan_are_none_of_the_days_doses_in_the_cumulative_doses(
    bench: Bench,
) -> None:
    """By hand: 23-Sep has the hours 66, 75, 84; the site entered 1 mg per kg twice a day, days 3, 4, 10, 11."""
    in_interim(bench)
    started(bench, datetime(2026, 9, 20, 8, 0, tzinfo=BERLIN))
    bench.at(2026, 9, 23, 2, 30)
    leave_out(bench, LEUCOVORIN_4, of=OfDay(66))
    (row,) = (
        one for one in cumulative_doses(bench.ward, bench.infant).rows if one.drug == "leucovorin"
    )
    assert row.planned == "6 mg per kg on 3 days"  # 75 and 84, then twice on each of days 10 and 11
    bench.at(2026, 9, 25, 8, 30)
    leave_out(bench, LEUCOVORIN_4, of=OfDay(120))
    notes = cumulative_doses(bench.ward, bench.infant).notes
    assert any("day 4: 0 of 3 given, 1 recorded as not given, the others" in one for one in notes)


def test_hours_beyond_the_plan_alone_make_no_note_of_their_day(bench: Bench) -> None:
    in_interim(bench)
    started(bench, datetime(2026, 9, 20, 8, 0, tzinfo=BERLIN))
    bench.at(2026, 9, 25, 8, 30)
    past = cumulative_doses(bench.ward, bench.infant).notes[0]
    leave_out(bench, LEUCOVORIN_4, of=OfDay(120))
    notes = cumulative_doses(bench.ward, bench.infant).notes
    assert not any("leucovorin, Interim Maintenance day 4" in one for one in notes)
    assert past in notes and "planned doses before today are not recorded" in past


def test_a_rescue_whose_beginning_is_not_known_says_so_on_its_day(bench: Bench) -> None:
    in_interim(bench)
    bench.at(2026, 9, 22, 8, 30)
    ((mark, words),) = due(bench, "leucovorin")
    assert mark == "due" and words.endswith(
        "methotrexate is planned for day 1, 20-Sep-2026, and when it began is not recorded: no time "
        "is known yet"
    )
    methotrexate(bench, 1, None, "not given")
    ((_, words),) = due(bench, "leucovorin")
    assert "methotrexate of day 1, 20-Sep-2026 is recorded as not given: ask" in words


def test_of_many_drugs_the_first_are_named_and_the_others_counted(
    day_15: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    day_15.at(2026, 9, 16, 7, 0)
    monkeypatch.setattr("bedside.ward.due_days_before._MOST", 0)
    (told,) = whole_days(day_15)
    assert told == "nobody recorded what became of: and 1 more: see Doses"
