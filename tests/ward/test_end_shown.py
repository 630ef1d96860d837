"""A commissioned end of therapy and later cycles of Interfant-06: on Timeline, roadmap and whole treatment."""

from datetime import date

from bedside.protocol.site_value_reader import read_site_values_text
from bedside.store.records import CourseStart
from bedside.ward.printing import make_paper
from bedside.ward.timeline import timeline
from tests.ward.test_day_sheets import words_of
from tests.ward.wards import DOCTOR, NURSE, Bench

# Everything here is invented: 104 weeks from the diagnosis, which is on 31-Aug-2026.
END = """
protocol = "interfant06"
edition = "invented 1"
[confirmed]
by = ["A. One", "B. Two"]
on = 2026-09-01
[therapy]
length = 104
unit = "weeks"
from = "diagnosis"
"""
LENGTHS = "[lengths]\ninduction = 35\nib = 36\nmarma = 49\noctadad-1 = 35\noctadad-2 = 21\n"
CYCLES = """
[[later-cycles]]
course = "maintenance"
from-day = {since}
every-days = 28
{days}
[[cycle]]
course = "maintenance"
drug = "mercaptopurine"
route = "PO"
days = [1, 15]
"""
DAYS = (
    '[[days]]\ncourse = "maintenance"\ndrug = "mercaptopurine"\nroute = "PO"\ndays = [1, 8, 15]\n'
)
FROM_DAY_61 = END + LENGTHS + CYCLES.format(since=61, days=DAYS)
FROM_DAY_1 = END + LENGTHS + CYCLES.format(since=1, days="")
ENDS = date(2028, 8, 28)  # by hand: 31-Aug-2026 + 728 days; two years are 731, as 2028 has a 29-Feb


def lr(bench: Bench, values: str) -> Bench:
    """Day 20 of Induction, LR, with the site's values in force."""
    bench.site()
    bench.enrol(protocol_key="interfant06", elsewhere="enrolled before", kmt2a="germline")
    protocol = bench.ward.protocols["interfant06"]
    bench.ward.values = read_site_values_text(values, "site.toml", protocol=protocol)
    bench.at(2026, 9, 20, 9, 0)
    bench.weigh()
    return bench


def in_maintenance(bench: Bench) -> Bench:
    """Day 8 of Maintenance, which began on 03-Mar-2027; the starts are entered late."""
    bench.at(2027, 3, 10, 9, 0)
    bench.weigh()
    starts = (
        ("ib", date(2026, 10, 8)), ("marma", date(2026, 11, 14)), ("octadad-1", date(2027, 1, 4)),
        ("octadad-2", date(2027, 2, 8)), ("maintenance", date(2027, 3, 3)),
    )  # fmt: skip
    with bench.ward.store.change(DOCTOR, "entered starts", bench.ward.now()) as change:
        for key, day_1 in starts:
            change.add(
                CourseStart, infant_id=bench.infant, course_key=key, day_1=day_1, note="late"
            )
    return bench


def paper(bench: Bench, key: str, folder) -> str:
    return words_of(make_paper(bench.ward, bench.infant, key, folder, who=NURSE).path)


def test_the_end_is_said_as_the_site_entered_it(bench: Bench) -> None:
    """Finding: the timeline said "2 years from the start of Induction" of every end."""
    view = timeline(lr(bench, FROM_DAY_61).ward, bench.infant)
    (end,) = [event for event in view.events if event.kind == "end of therapy"]
    assert end.start == ENDS == view.last
    assert end.words == "End of therapy 28-Aug-2028: 104 weeks from diagnosis"
    assert (view.undated, view.no_end) == ((), "")


def test_an_end_behind_courses_without_a_date_is_said_and_stretches_nothing(
    bench: Bench, tmp_path
) -> None:
    """Finding: Induction was drawn on to the end of therapy, two years long, on screen and paper."""
    view = timeline(lr(bench, END).ward, bench.infant)
    (induction,) = view.courses
    assert view.last < date(2026, 11, 1)
    assert induction.open_until is None or induction.open_until <= view.last
    assert view.no_end == "Therapy ends 28-Aug-2028: 104 weeks from diagnosis."
    assert [event.start for event in view.events if event.kind == "end of therapy"] == [ENDS]
    words = paper(bench, "whole-treatment", tmp_path)
    assert "therapy ends 28-Aug-2028" in words and "12 months old" not in words


def test_cycles_from_a_later_day_stand_behind_the_first_stretch(bench: Bench, tmp_path) -> None:
    """By hand: day 61 is 03-Mar-2027 + 60 = 02-May; every 28 days; the 18th on 20-Aug-2028."""
    in_maintenance(lr(bench, FROM_DAY_61))
    words = paper(bench, "whole-treatment", tmp_path)
    for said in (
        "Maintenance 03-Mar-2027", "Maintenance 1 02-May-2027", "Maintenance 2 30-May-2027",
        "Maintenance 18 20-Aug-2028", "therapy ends 28-Aug-2028",
    ):  # fmt: skip
        assert said in words, said
    assert "Maintenance 19" not in words
    lanes = timeline(bench.ward, bench.infant).lanes
    told = {dose.on: dose.words for lane in lanes for dose in lane.doses}
    assert "day 15, 17-Mar-2027" in told[date(2027, 3, 17)]
    assert "cycle 1" in told[date(2027, 5, 2)] and "cycle 18" in told[date(2028, 8, 20)]
    assert max(told) <= ENDS
    assert "Wed 10-Mar-2027" in paper(bench, "roadmap:maintenance", tmp_path)


def test_cycles_from_day_1_on_are_planned_from_the_first(bench: Bench, tmp_path) -> None:
    """Finding: with no course day before the cycles the route stayed open and nothing was planned."""
    in_maintenance(lr(bench, FROM_DAY_1))
    view = timeline(bench.ward, bench.infant)
    on = {dose.on for lane in view.lanes for dose in lane.doses if dose.drug == "mercaptopurine"}
    assert {date(2027, 3, 3), date(2027, 3, 17), date(2027, 3, 31), date(2027, 4, 14)} <= on
    open_now = [
        words for lane in view.lanes for first, _, words in lane.unscheduled
        if first == date(2027, 3, 3)
    ]  # fmt: skip
    assert open_now and not any("mercaptopurine" in words for words in open_now)
    assert "Maintenance 1 03-Mar-2027" in paper(bench, "whole-treatment", tmp_path)
    assert "Wed 17-Mar-2027" in paper(bench, "roadmap:maintenance", tmp_path)
