"""The hours of a rescue over the night in which the clocks change: sheet, Timeline, due list and downtime sheet.

By hand, from the beginning of methotrexate on day 1, hour 42 and then every 6 hours. Berlin goes back on
25-Oct-2026 (03:00 to 02:00) and on on 28-Mar-2027 (02:00 to 03:00); Chicago on 01-Nov-2026 and 14-Mar-2027.
"""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bedside.protocol.site_value_reader import read_site_values
from bedside.store.infusion_records import InfusionEvent
from bedside.store.records import CourseStart
from bedside.ward.downtime_sheets import downtime_sheets, print_downtime
from bedside.ward.due import due_today
from bedside.ward.facts import facts_of
from tests.ward.day_bench import VALUES, label_key, printed, sheet_key, sign
from tests.ward.test_day_sheets import words_of
from tests.ward.test_downtime_hours import FOUR
from tests.ward.test_hours_shown import COURSE, LEUCOVORIN, STARTS, on_timeline
from tests.ward.wards import DOCTOR, NURSE, Bench

NIGHTS = [
    pytest.param(
        "Europe/Berlin", date(2026, 10, 23),
        ("02:30 summer time (hour 42)", "07:30 (hour 48)", "13:30 (hour 54)", "19:30 (hour 60)"),
        id="Berlin, autumn",
    ),
    pytest.param(
        "Europe/Berlin", date(2027, 3, 26),
        ("03:30 (hour 42)", "09:30 (hour 48)", "15:30 (hour 54)", "21:30 (hour 60)"),
        id="Berlin, spring",
    ),
    pytest.param(
        "America/Chicago", date(2026, 10, 30),
        ("01:30 winter time (hour 42)", "07:30 (hour 48)", "13:30 (hour 54)", "19:30 (hour 60)"),
        id="Chicago, autumn",
    ),
    pytest.param(
        "America/Chicago", date(2027, 3, 12),
        ("03:30 (hour 42)", "09:30 (hour 48)", "15:30 (hour 54)", "21:30 (hour 60)"),
        id="Chicago, spring",
    ),
]  # fmt: skip


def in_the_night(bench: Bench, name: str, begin: date) -> datetime:
    """Interim Maintenance from this date on, methotrexate begun at 08:30; now is day 3, 00:30."""
    zone = ZoneInfo(name)
    induction = begin - timedelta(days=40)

    def at(day: date, hour: int, minute: int = 0) -> datetime:
        return datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone)

    bench.clock.now = at(induction, 9)
    bench.site(time_zone=name)
    born = induction - timedelta(days=110)
    bench.enrol(induction_day_1=induction, diagnosed_on=induction, born=born)
    bench.clock.now = at(begin, 9)
    bench.weigh()
    bench.count(640, 86_000)
    values = bench.folder.parent / "values.toml"
    values.write_text(VALUES + FOUR, encoding="utf-8")
    bench.ward.values = read_site_values(values)
    began = (bench.clock.now - timedelta(minutes=30)).astimezone(UTC)
    with bench.ward.store.change(DOCTOR, "entered starts", bench.ward.now()) as change:
        for back, key in zip((24, 16, 8, 0), STARTS, strict=True):
            change.add(
                CourseStart, infant_id=bench.infant, course_key=key,
                day_1=begin - timedelta(days=back), note="entered late",
            )  # fmt: skip
        change.add(
            InfusionEvent, infant_id=bench.infant, course_key=COURSE, drug="methotrexate",
            route="IV", event="started", at=began, note="",
        )  # fmt: skip
    bench.clock.now = at(begin + timedelta(days=2), 0, 30)
    bench.weigh()
    return began


@pytest.mark.parametrize(("zone", "begin", "hours"), NIGHTS)
def test_the_hours_after_the_change_are_the_hours_that_have_passed(
    bench: Bench, tmp_path: Path, zone: str, begin: date, hours: tuple[str, ...]
) -> None:
    began = in_the_night(bench, zone, begin)
    told = ", ".join(hours)
    assert f"08:30: {told}; until" in on_timeline(bench)[3]
    (due,) = [
        one
        for one in due_today(bench.ward, facts_of(bench.ward, bench.infant))
        if one.drug == "leucovorin"
    ]
    assert told in due.note and due.at == began + timedelta(hours=42) and due.mark == "due"
    assert due.at.strftime("%H:%M") == hours[0][:5]
    (infant,) = downtime_sheets(bench.ward, who=NURSE).infants
    lines = [one for one in infant.doses if one.drug == "leucovorin"]
    assert [
        " ".join(filter(None, (f"{one.at:%H:%M}", one.half, f"({one.hour})")))
        for one in lines
        if one.on == bench.ward.today()
    ] == list(hours)
    assert all(
        one.at == (began + timedelta(hours=int(one.hour.split()[1]))) for one in lines if one.at
    )
    sign(bench, LEUCOVORIN)
    sheet = words_of(printed(bench, sheet_key(LEUCOVORIN, route="PO"), tmp_path).path)
    assert told in sheet
    for number, hour in enumerate(hours, start=1):  # each box of the lines to sign
        assert f"{number} {hour.replace('(', '').replace(')', '')}" in sheet
    labels = words_of(printed(bench, label_key(LEUCOVORIN, route="PO"), tmp_path).path)
    for number, hour in enumerate(hours, start=1):  # a preparation each, with its time
        at = re.sub(r" (time )?\(hour \d+\)", "", hour)
        assert f"{number} of 4 {at if ' ' in at else f'at {at}'}" in labels


def test_the_downtime_sheet_ends_after_72_hours_of_the_clock_on_the_wall_then(
    bench: Bench, tmp_path: Path
) -> None:
    """By hand: 25-Oct-2026 00:30 summer time and 72 hours are 27-Oct 23:30."""
    in_the_night(bench, "Europe/Berlin", date(2026, 10, 23))
    print_downtime(bench.ward, tmp_path / "down.pdf", who=NURSE)
    words = words_of(str(tmp_path / "down.pdf"))
    assert "27-Oct-2026 23:30" in words and "28-Oct-2026 00:30" not in words
    assert "07:30 hour 48" in words and "08:30 hour 48" not in words
    assert "02:30 hour 42 summer time" in words
