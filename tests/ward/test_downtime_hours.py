"""Leucovorin on the downtime sheet and in the lines of its day's sheet: each dose with its own hour, or what is missing.

The hours are counted by hand: methotrexate 20-Sep-2026 04:30, hour 42 is 21-Sep 22:30, then every 6 hours.
"""

from datetime import date, datetime
from pathlib import Path

import pytest

from bedside.papers.downtime import DowntimeDose
from bedside.store.records import DoseRecord
from bedside.ward.downtime_sheets import downtime_sheets, print_downtime
from tests.ward.day_bench import VALUES, label_key, printed, sheet_key, sign
from tests.ward.test_day_sheets import words_of
from tests.ward.test_hours_shown import (
    COURSE,
    EVERY_6,
    LEUCOVORIN,
    in_interim,
    methotrexate,
    started,
)
from tests.ward.wards import BERLIN, NURSE, Bench

FOUR = EVERY_6.replace("doses-per-day = 2", "doses-per-day = 4")
ASK = "leucovorin is not planned on this day, and no order covers it: ask before it is given."


@pytest.fixture
def interim(bench: Bench) -> Bench:
    return in_interim(bench, VALUES + FOUR)


def lines(bench: Bench) -> list[DowntimeDose]:
    (infant,) = downtime_sheets(bench.ward, who=NURSE).infants
    return [dose for dose in infant.doses if dose.drug == "leucovorin"]


def notes(bench: Bench) -> tuple[str, ...]:
    return downtime_sheets(bench.ward, who=NURSE).infants[0].hour_notes


def times(found: list[DowntimeDose]) -> list[str]:
    return [f"{one.at:%d %H:%M} {one.hour}" for one in found if one.at is not None]


def test_every_dose_has_its_hour_and_its_line_for_72_hours(interim: Bench, tmp_path: Path) -> None:
    started(interim, datetime(2026, 9, 20, 4, 30, tzinfo=BERLIN))
    interim.at(2026, 9, 21, 19, 0)
    found = lines(interim)
    assert times(found) == [
        "21 22:30 hour 42",
        *("22 04:30 hour 48", "22 10:30 hour 54", "22 16:30 hour 60", "22 22:30 hour 66"),
        *("23 04:30 hour 72", "23 10:30 hour 78", "23 16:30 hour 84", "23 22:30 hour 90"),
        *("24 04:30 hour 96", "24 10:30 hour 102", "24 16:30 hour 108"),
    ]
    # hours on days on which the plan has none are lines to sign like the others, and ask
    assert [one.legend for one in found] == [ASK, *[""] * 8, *[ASK] * 3]
    assert [one.route.rpartition(" ")[2] for one in (found[0], found[-1])] == ["2", "5"]
    assert {one.state for one in found} == {"go"}
    assert notes(interim) == (
        "leucovorin: hour 42 after methotrexate begins, then every 6 hours, until methotrexate is "
        "below 0.77 µmol/L. Methotrexate began 20-Sep-2026 04:30.",
    )
    print_downtime(interim.ward, tmp_path / "down.pdf", who=NURSE)
    words = words_of(tmp_path / "down.pdf")
    for hour in ("22:30 hour 42", "16:30 hour 84", "04:30 hour 96"):
        assert hour in words
    assert words.count(ASK) == 4 and "below 0.77 µmol per litre" in words.replace("\u00a0", " ")


def test_without_a_beginning_the_rule_stands_there_and_no_hour_is_made_up(interim: Bench) -> None:
    interim.at(2026, 9, 21, 19, 0)
    found = lines(interim)
    assert [(one.on, one.at, one.hour) for one in found] == [
        (date(2026, 9, day), None, "hour not known") for day in (22, 23) for _ in range(4)
    ]
    (note,) = notes(interim)
    assert note.startswith("leucovorin: hour 42 after methotrexate begins, then every 6 hours")
    assert note.endswith("when it began is not recorded: no time is known yet.")


def test_without_a_beginning_a_dose_on_record_has_no_line(interim: Bench) -> None:
    """One of the day was recorded by its number: a line for each of four would be one dose too many."""
    interim.at(2026, 9, 22, 9, 0)
    with interim.ward.store.change(NURSE, "recorded a dose", interim.ward.now()) as change:
        change.add(
            DoseRecord, infant_id=interim.infant, course_key=COURSE, course_day=3,
            due_on=date(2026, 9, 22), drug="leucovorin", route="PO or IV", state="given",
            amount_ug=6200, measurement_id=None, reconstituted_at=None, infusion_minutes=None,
            started_at=None, finished_at=None, note="", turn=1,
        )  # fmt: skip
    today = [one for one in lines(interim) if one.on == date(2026, 9, 22)]
    assert [(one.hour, one.on_record) for one in today] == [
        ("hour not known", "1 of 4 given: see 1")
    ] * 3


def test_without_a_rule_one_line_a_day_says_that_no_hour_is_known(bench: Bench) -> None:
    in_interim(bench, VALUES)
    bench.at(2026, 9, 21, 19, 0)
    assert [(one.on.day, one.at, one.hour) for one in lines(bench)] == [
        (22, None, "hour not known"), (23, None, "hour not known"),
    ]  # fmt: skip
    assert notes(bench) == (
        "leucovorin: hour after methotrexate begins: not public, the site enters it. No hour is "
        "known: ask before the first dose.",
    )


def test_of_a_day_recorded_as_given_only_hours_to_come_ask(interim: Bench) -> None:
    started(interim, datetime(2026, 9, 20, 4, 30, tzinfo=BERLIN))
    with interim.ward.store.change(NURSE, "recorded a dose", interim.ward.now()) as change:
        change.add(
            DoseRecord, infant_id=interim.infant, course_key=COURSE, course_day=3,
            due_on=date(2026, 9, 22), drug="leucovorin", route="PO or IV", state="given",
            amount_ug=6200, measurement_id=None, reconstituted_at=None, infusion_minutes=None,
            started_at=None, finished_at=None, note="",
        )  # fmt: skip
    interim.at(2026, 9, 22, 12, 0)
    today = [one for one in lines(interim) if one.on == date(2026, 9, 22)]
    assert times(today) == ["22 16:30 hour 60", "22 22:30 hour 66"]
    assert {(one.state, one.note) for one in today} == {
        ("unknown", "This day is recorded as given: ask whether this dose is meant")
    }


def test_a_day_without_an_hour_and_a_rule_without_its_end_ask(bench: Bench) -> None:
    values = FOUR.replace("first-hour = 42", "first-hour = 90").replace(
        "until-umol-per-l = 0.77\n", ""
    )
    in_interim(bench, VALUES + values)
    methotrexate(bench, 1, datetime(2026, 9, 20, 4, 30, tzinfo=BERLIN))
    bench.at(2026, 9, 21, 19, 0)
    assert [(one.on.day, one.hour) for one in lines(bench)] == [
        (22, "no hour: ask"), (23, "hour 90"),
        *((24, f"hour {hour}") for hour in (96, 102, 108)),
    ]  # fmt: skip
    assert (
        "Until which level of methotrexate is not entered here: ask. Its hours stand here until it "
        "begins again or the next course begins." in notes(bench)[0]
    )


def test_the_lines_of_a_day_sheet_are_its_hours(interim: Bench, tmp_path: Path) -> None:
    """Four lines with their hours on one page, with what must not be overlooked."""
    started(interim, datetime(2026, 9, 20, 4, 30, tzinfo=BERLIN))
    sign(interim, LEUCOVORIN)
    path = printed(interim, sheet_key(LEUCOVORIN, route="PO"), tmp_path).path
    words = words_of(path)
    for line in ("1 04:30 hour 48", "2 10:30 hour 54", "3 16:30 hour 60", "4 22:30 hour 66"):
        assert line in words
    assert "By mouth only. Check against the signed protocol." in words
    assert "Four verifications" in words and "Page 1 of 1" in words


def test_as_many_lines_as_hours_fall_on_the_day(interim: Bench, tmp_path: Path) -> None:
    """By hand: 20-Sep 12:00 + 42 h is 22-Sep 06:00, then 12:00 and 18:00: three, though 4 a day."""
    started(interim, datetime(2026, 9, 20, 12, 0, tzinfo=BERLIN))
    sign(interim, LEUCOVORIN)
    words = words_of(printed(interim, sheet_key(LEUCOVORIN, route="PO"), tmp_path).path)
    assert "3 18:00 hour 54" in words and "At the bedside, 3 doses, a line each" in words
    labels = words_of(printed(interim, label_key(LEUCOVORIN, route="PO"), tmp_path).path)
    times = [labels.index(f"{at} of 3 at {6 * at:02d}:00") for at in (1, 2, 3)]
    assert times == sorted(times) and "of 4" not in labels  # as many as fall on the day
