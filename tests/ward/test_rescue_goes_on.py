"""A rescue beyond its planned days: every hour named, asked and recorded until a low enough level is on record.

By hand: methotrexate 20-Sep-2026 08:00, hour 30, then every 9 hours, until below 0.77 µmol/L (invented).
Hour 84 is 23-Sep 20:00, the last planned day; 93, 102 and 111 are 24-Sep 05:00, 14:00 and 23:00; 120 and
129 are 25-Sep 08:00 and 17:00. Day 10, of the next methotrexate, is 29-Sep: hour 210 is 29-Sep 02:00.
"""

from datetime import datetime

import pytest

from bedside.units.refusal import Refused
from bedside.ward.board import board
from bedside.ward.dosing import doses_page
from bedside.ward.downtime_sheets import downtime_sheets
from bedside.ward.due import plan_of
from bedside.ward.due_hours import hour_words, of_plan
from bedside.ward.exposure import cumulative_doses
from bedside.ward.facts import facts_of
from bedside.ward.laboratory_reading import NewResult
from bedside.ward.laboratory_recording import NewSpecimen, record_results
from bedside.ward.views.given import OfDay
from bedside.ward.views.marks import DueItem
from tests.ward.day_bench import VALUES, sign
from tests.ward.test_day_doses import BEGAN, due, give
from tests.ward.test_hours_shown import COURSE, HOURS, in_interim, started
from tests.ward.wards import BERLIN, NURSE, Bench

LAST = (COURSE, 4, "leucovorin", "PO or IV")


@pytest.fixture
def rescue(bench: Bench) -> Bench:
    """Day 5, 04:00: what was planned is given."""
    return _given_as_planned(in_interim(bench))


def _given_as_planned(bench: Bench) -> Bench:
    started(bench, BEGAN)
    for day, hour, of in ((22, 8, 48), (22, 17, 57), (23, 2, 66), (23, 11, 75), (23, 20, 84)):
        bench.at(2026, 9, day, hour, 5)
        if (day, of) in ((22, 48), (23, 66)):
            bench.weigh()
            sign(bench, (COURSE, day - 19, "leucovorin", "PO or IV"))
        key = (COURSE, day - 19, "leucovorin", "PO or IV")
        give(bench, OfDay(of), key=key, blind=False)
    bench.at(2026, 9, 24, 4, 0)
    return bench


def level(bench: Bench, typed: str, *taken: int) -> None:
    at = datetime(2026, 9, *taken, tzinfo=BERLIN)
    result = NewResult("methotrexate", typed, "umol/L", again=typed)
    record_results(
        bench.ward, bench.infant, NewSpecimen(at, "central line", "Main laboratory", (result,)),
        who=NURSE,
    )  # fmt: skip


def told(bench: Bench, *clock: int) -> list[tuple[str, str]]:
    bench.at(2026, 9, *clock)
    return [(one.mark, "" if one.at is None else f"{one.at:%d %H:%M}") for one in due(bench)]


def said_on_day_4(bench: Bench) -> str:
    """What the sheet of the last planned day says of its hours."""
    facts = facts_of(bench.ward, bench.infant)
    plan = facts.protocol.course(COURSE).plan("leucovorin", "PO or IV")
    (dose,) = [one for one in of_plan(bench.ward, facts, COURSE, plan) if one.course_day == 4]
    return hour_words(bench.ward, facts, dose, plan_of(facts, dose))


def asked(item: DueItem) -> bool:
    return "no order covers it: ask the physician now" in item.note


def test_every_further_hour_is_named_turns_late_and_is_recorded_by_itself(rescue: Bench) -> None:
    """Finding: once hour 93 was recorded nothing was due, though no level had ended the rescue."""
    assert told(rescue, 24, 4) == [("due", "24 05:00"), ("due", "24 14:00"), ("due", "24 23:00")]
    assert all(asked(one) for one in due(rescue))
    rescue.at(2026, 9, 24, 5, 5)
    give(rescue, OfDay(93), key=LAST, blind=False)
    assert told(rescue, 24, 15) == [
        ("late", "24 14:00"), ("recorded", "24 05:00"), ("due", "24 23:00"),
    ]  # fmt: skip
    late = due(rescue)[0]
    assert late.text == (
        "hour 102 is Thu 24-Sep-2026 14:00, on day 5, on which leucovorin is not planned: ask"
    )
    assert late.note.startswith("1 h late; no order covers it: ask the physician now")
    assert late.note.endswith(
        "Named until a methotrexate level below 0.77 µmol/L, taken from hour 30 on, is recorded, "
        "methotrexate begins again or the next course begins."
    )
    row = next(one for one in board(rescue.ward).rows if one.infant_id == rescue.infant)
    assert late.text in [one.text for one in row.due]
    give(rescue, OfDay(102), key=LAST, blind=False)
    with pytest.raises(Refused, match="recorded already"):
        give(rescue, OfDay(102), key=LAST, blind=False)
    assert ("recorded", "24 14:00") in told(rescue, 24, 15)
    rows = cumulative_doses(rescue.ward, rescue.infant).rows
    (row,) = [one for one in rows if one.drug == "leucovorin"]
    assert row.given.startswith("7 mg per kg")  # five planned hours and two beyond


def test_a_further_hour_of_yesterday_is_not_forgotten_and_can_still_be_recorded(
    rescue: Bench,
) -> None:
    assert told(rescue, 25, 1) == [("late", "24 05:00"), ("due", "25 08:00"), ("due", "25 17:00")]
    before = due(rescue)[0].note
    assert before.startswith(
        "20 h late; of 24-Sep-2026: 05:00 (hour 93) NOT RECORDED, 14:00 (hour 102) NOT RECORDED, "
        "23:00 (hour 111) NOT RECORDED; no order covers it"
    )
    rescue.at(2026, 9, 26, 1, 0)
    listed = [one[5] for one in doses_page(rescue.ward, rescue.infant).to_record if one[5]]
    assert [hour for hour in listed if hour > 84][:3] == [93, 102, 111]
    give(
        rescue, OfDay(93), key=LAST, blind=False, at=datetime(2026, 9, 24, 5, 0, tzinfo=BERLIN)
    )  # fmt: skip
    assert due(rescue)[0].note.startswith("35 h late; of 24-Sep-2026: 14:00 (hour 102) NOT")


@pytest.mark.parametrize(
    ("levels", "named"),
    [
        ([("0.77", 24, 4, 0)], True),  # not below the limit
        ([("0.5", 20, 9, 0)], True),  # before the first hour of the rule
        ([("<1", 24, 4, 0)], True),  # may be above it
        ([("0.5", 24, 4, 0)], False),
        ([("<0.5", 24, 4, 0)], False),
        ([("0.5", 23, 20, 0), ("0.9", 24, 4, 0)], True),  # risen again
        ([("0.9", 23, 20, 0), ("0.5", 24, 4, 0)], False),
    ],
)
def test_only_a_level_below_the_limit_ends_it(rescue: Bench, levels, named: bool) -> None:
    rescue.at(2026, 9, 24, 4, 30)
    for one in levels:
        level(rescue, *one)
    words = said_on_day_4(rescue)
    assert ("hour 93 is Thu" in words and "so every 9 hours from then on" in words) is named
    assert (told(rescue, 25, 9)[:1] == [("late", "24 05:00")]) is named
    (sheet,) = downtime_sheets(rescue.ward, who=NURSE).infants
    hours = {one.hour for one in sheet.doses if one.drug == "leucovorin"}
    assert ({"hour 120", "hour 129", "hour 138"} <= hours) is named


def test_an_hour_between_the_blood_and_its_result_can_be_recorded_and_is_not_called_due(
    rescue: Bench,
) -> None:
    rescue.at(2026, 9, 24, 15, 0)
    level(rescue, "0.5", 24, 13, 0)
    assert told(rescue, 24, 15) == [("late", "24 05:00")]
    listed = [one[5] for one in doses_page(rescue.ward, rescue.infant).to_record if one[5]]
    assert [hour for hour in listed if hour > 84] == [93, 102]
    give(rescue, OfDay(102), key=LAST, blind=False)
    with pytest.raises(Refused, match="recorded already"):
        give(rescue, OfDay(111), key=LAST, blind=False)


def test_without_a_limit_they_are_named_until_methotrexate_begins_again(bench: Bench) -> None:
    """No public source states a limit: none is made up, and what is said is how long they stand."""
    _given_as_planned(in_interim(bench, VALUES + HOURS.replace("until-umol-per-l = 0.77\n", "")))
    level(bench, "0.01", 23, 23, 0)
    assert told(bench, 24, 4)[0] == ("due", "24 05:00")
    assert due(bench)[0].note.endswith(
        "At which level of methotrexate it ends is not entered here: named until methotrexate "
        "begins again or the next course begins."
    )
    # day 10 is planned for a methotrexate that has not begun: the rescue of the first one goes on
    bench.at(2026, 9, 29, 1, 0)
    texts = [one.text for one in due(bench)]
    assert any(
        one.startswith("hour 210 is Tue 29-Sep-2026 02:00, on day 10, on which leucovorin is")
        and one.endswith("planned for the next infusion alone: ask")
        for one in texts
    )
    (sheet,) = downtime_sheets(bench.ward, who=NURSE).infants
    line = next(one for one in sheet.doses if one.hour == "hour 210")
    assert "planned for the next infusion alone, and no order covers this hour" in line.legend
    started(bench, datetime(2026, 9, 28, 8, 0, tzinfo=BERLIN))
    assert not any("hour 210" in one.text or "hour 210" in one.note for one in due(bench))
