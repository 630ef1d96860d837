"""Leucovorin's hours on Timeline, dosing sheet and roadmap: from methotrexate as it began, else what is missing."""

from datetime import date, datetime

import pytest

from bedside.store.infusion_records import InfusionEvent
from bedside.store.records import CourseStart, DoseRecord
from bedside.units.refusal import Refused
from bedside.ward.board import board
from bedside.ward.due import due_today
from bedside.ward.due_hours import hour_words
from bedside.ward.facts import facts_of
from bedside.ward.printing import make_paper
from bedside.ward.standing import projection_of
from bedside.ward.timeline import timeline
from bedside.ward.verifying import verify_paper
from tests.ward.day_bench import VALUES, in_induction, label_key, printed, sheet_key, sign
from tests.ward.test_day_sheets import words_of
from tests.ward.wards import BERLIN, DOCTOR, NURSE, Bench

COURSE = "interim-maintenance"
LEUCOVORIN = (COURSE, 3, "leucovorin", "PO or IV")
# Invented: hour 30, every 9 hours, until below 0.77 µmol/L; 1 mg per kg.
HOURS = f"""
[[hours]]
course = "{COURSE}"
drug = "leucovorin"
route = "PO or IV"
first-hour = 30
every-hours = 9
until-umol-per-l = 0.77

[[drug]]
drug = "leucovorin"
rounding = {{ name = "to 0.1 mg", step = 0.1, most-percent = 10 }}
concentration = {{ value = 10, unit = "mg" }}
syringe-step-ml = 0.01

[[dose]]
course = "{COURSE}"
drug = "leucovorin"
route = "PO or IV"
value = 1
unit = "mg per kg"
doses-per-day = 2
"""
BEGINS = date(2026, 9, 20)
METHOTREXATE = f"""
[[drug]]
drug = "methotrexate"
route = "IV"
rounding = {{ name = "to 10 mg", step = 10, most-percent = 5 }}
concentration = {{ value = 100, unit = "mg" }}
syringe-step-ml = 0.1

[[dose]]
course = "{COURSE}"
drug = "methotrexate"
route = "IV"
value = 5000
unit = "mg per m2"
"""
CYTARABINE = f"""
[[drug]]
drug = "cytarabine"
route = "IV"
rounding = {{ name = "to 10 mg", step = 10, most-percent = 5 }}
concentration = {{ value = 100, unit = "mg" }}
syringe-step-ml = 0.1

[[dose]]
course = "{COURSE}"
drug = "cytarabine"
route = "IV"
value = 100
unit = "mg per kg"
"""
STARTS = ("epi-1", "consolidation", "epi-2", COURSE)


def in_interim(bench: Bench, values: str = VALUES + HOURS) -> Bench:
    """Interim Maintenance from 20-Sep-2026, by starts that are entered late; today is its day 1."""
    in_induction(bench, 20, values)
    with bench.ward.store.change(DOCTOR, "entered starts", bench.ward.now()) as change:
        for day, key in zip((10, 11, 19, 20), STARTS, strict=True):
            change.add(
                CourseStart, infant_id=bench.infant, course_key=key, day_1=date(2026, 9, day),
                note="entered late",
            )  # fmt: skip
    return bench


def methotrexate(bench: Bench, day: int, at: datetime | None, state: str = "given") -> None:
    with bench.ward.store.change(NURSE, "recorded a dose", bench.ward.now()) as change:
        change.add(
            DoseRecord, infant_id=bench.infant, course_key=COURSE, course_day=day,
            due_on=date(2026, 9, 19 + day), drug="methotrexate", route="IV", state=state,
            amount_ug=1 if at else None, measurement_id=None, reconstituted_at=None,
            infusion_minutes=None, started_at=at, finished_at=at,
            note="" if at else "creatinine too high",
        )  # fmt: skip


def started(bench: Bench, at: datetime) -> None:
    with bench.ward.store.change(NURSE, "recorded an infusion", bench.ward.now()) as change:
        change.add(
            InfusionEvent, infant_id=bench.infant, course_key=COURSE, drug="methotrexate",
            route="IV", event="started", at=at, note="",
        )  # fmt: skip


def on_timeline(bench: Bench) -> dict[int, str]:
    return _timeline_of(bench, "leucovorin", "PO or IV")


def _timeline_of(bench: Bench, drug: str, route: str = "IV") -> dict[int, str]:
    lanes = timeline(bench.ward, bench.infant).lanes
    return {
        dose.course_day: dose.words
        for lane in lanes
        for dose in lane.doses
        if (dose.course_key, dose.drug, dose.route) == (COURSE, drug, route)
    }


RULE = (
    "Hour 30 after methotrexate begins, then every 9 hours, until methotrexate is below 0.77 µmol/L"
)


def test_planned_is_said_as_such_and_no_time_is_made_up(bench: Bench) -> None:
    told = on_timeline(in_interim(bench))
    assert told[3].endswith(
        f"planned. {RULE}: methotrexate is planned for day 1, 20-Sep-2026, and when it began is "
        "not recorded: no time is known yet"
    )
    assert "planned for day 8, 27-Sep-2026" in told[10]


def test_the_times_stand_there_once_methotrexate_began(bench: Bench) -> None:
    """By hand: 20-Sep 08:00 + 30 h = 21-Sep 14:00, 23:00; 22-Sep 08:00, 17:00; 23-Sep 02:00."""
    in_interim(bench)
    methotrexate(bench, 1, datetime(2026, 9, 20, 8, 0, tzinfo=BERLIN))
    told = on_timeline(bench)
    assert told[3].endswith(
        "planned. Hours 30 and 39 are Mon 21-Sep-2026 14:00 and 23:00, on day 2, on which leucovorin is not planned: ask; "
        "methotrexate recorded as given 20-Sep-2026 08:00; if it began then: "
        "08:00 (hour 48), 17:00 (hour 57); until methotrexate is below 0.77 µmol/L"
    )
    # the rescue of the second week is never counted from the methotrexate of the first
    assert "planned for day 8, 27-Sep-2026, and when it began is not recorded" in told[10]
    methotrexate(bench, 8, None, "not given")
    assert (
        "methotrexate of day 8, 27-Sep-2026 is recorded as not given: ask" in on_timeline(bench)[10]
    )


def test_the_recorded_start_of_an_infusion_over_24_hours_counts_while_it_still_runs(
    bench: Bench,
) -> None:
    """By hand: 20-Sep 12:00 + 48 h = 22-Sep 12:00 is hour 48, + 57 h = 21:00; 39 h is 03:00."""
    in_interim(bench)
    started(bench, datetime(2026, 9, 20, 12, 0, tzinfo=BERLIN))
    told = on_timeline(bench)
    assert "methotrexate began 20-Sep-2026 12:00: 03:00 (hour 39), 12:00 (hour 48)" in told[3]
    assert "when it began is not recorded" in told[10]
    methotrexate(bench, 1, datetime(2026, 9, 21, 12, 0, tzinfo=BERLIN))  # when it was over
    assert "methotrexate began 20-Sep-2026 12:00" in on_timeline(bench)[3]
    started(bench, datetime(2026, 9, 26, 23, 30, tzinfo=BERLIN))  # of day 8, half an hour early
    assert "methotrexate began 26-Sep-2026 23:30: " in on_timeline(bench)[10]


def test_without_a_rule_of_the_site_the_timeline_says_who_enters_it(bench: Bench) -> None:
    told = on_timeline(in_interim(bench, VALUES))
    assert told[3].endswith(
        "planned. Hour after methotrexate begins: not public, the site enters it"
    )


def test_the_dosing_sheet_has_the_hours_of_its_day(bench: Bench, tmp_path) -> None:
    in_interim(bench)
    sign(bench, LEUCOVORIN)
    key = sheet_key(LEUCOVORIN, route="PO")
    before = printed(bench, key, tmp_path / "a")
    assert "planned for day 1, 20-Sep-2026" in words_of(before.path)
    methotrexate(bench, 1, datetime(2026, 9, 20, 8, 0, tzinfo=BERLIN))
    answer = verify_paper(bench.ward, before.code)
    assert answer.verdict == "OUT OF DATE"
    assert answer.reasons[0].startswith(
        "changed since: hours now: hours 30 and 39 are Mon 21-Sep-2026"
    )
    words = words_of(printed(bench, key, tmp_path / "b").path)
    assert "Hours hours 30 and 39 are Mon 21-Sep-2026 14:00 and 23:00, on day 2," in words
    assert "08:00 (hour 48), 17:00 (hour 57)" in words


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (VALUES + HOURS, "hour 30 after methotrexate begins, then every 9 hours"),
        (VALUES, "not public, the site enters it (Commission, F7)"),
    ],
)
def test_the_roadmap_of_the_course_has_the_rule(
    bench: Bench, tmp_path, values: str, said: str
) -> None:
    in_interim(bench, values)
    paper = make_paper(bench.ward, bench.infant, f"roadmap:{COURSE}", tmp_path, who=NURSE)
    words = words_of(paper.path)
    assert "Drugs given at an hour" in words and said in words


def test_a_course_without_the_other_drug_says_only_that_it_is_not_recorded(bench: Bench) -> None:
    in_interim(bench)
    facts = facts_of(bench.ward, bench.infant)
    dose = next(
        one for one in projection_of(bench.ward, facts).course(COURSE).doses
        if one.drug == "leucovorin"
    )  # fmt: skip
    plan = facts.protocol.course(COURSE).plan("leucovorin", "PO or IV")
    early = dose._replace(on=date(2026, 9, 1))  # before any methotrexate is planned
    words = hour_words(bench.ward, facts, early, plan)
    assert words.endswith("until methotrexate is below 0.77 µmol/L: when it began is not recorded")


EVERY_6 = HOURS.replace("first-hour = 30", "first-hour = 42").replace(
    "every-hours = 9", "every-hours = 6"
)


def test_an_hour_on_a_day_that_is_not_planned_is_said_and_never_dropped(
    bench: Bench, tmp_path
) -> None:
    """By hand: 20-Sep 05:00 + 42 h = 21-Sep 23:00, day 2; leucovorin is planned from day 3 on."""
    in_interim(bench, VALUES + EVERY_6.replace("doses-per-day = 2", "doses-per-day = 4"))
    methotrexate(bench, 1, datetime(2026, 9, 20, 5, 0, tzinfo=BERLIN))
    lost = "our 42 is Mon 21-Sep-2026 23:00, on day 2, on which leucovorin is not planned: ask"
    told = on_timeline(bench)
    assert lost in told[3] and "05:00 (hour 48)" in told[3] and lost not in told[4]
    assert "hour 90 is Wed 23-Sep-2026 23:00" not in told[4] and "23:00 (hour 90)" in told[4]
    after = "hour 96 is Thu 24-Sep-2026 05:00, on day 5, on which leucovorin is not planned: ask"
    assert after in told[4] and after not in told[3]
    sign(bench, LEUCOVORIN)
    words = words_of(printed(bench, sheet_key(LEUCOVORIN, route="PO"), tmp_path).path)
    assert f"h{lost}" in words
    bench.at(2026, 9, 21, 22, 0)
    (due,) = [
        one
        for one in due_today(bench.ward, facts_of(bench.ward, bench.infant))
        if one.drug == "leucovorin"
    ]
    assert due.text == f"h{lost}" and due.at == datetime(2026, 9, 21, 23, 0, tzinfo=BERLIN)
    row = next(one for one in board(bench.ward).rows if one.infant_id == bench.infant)
    assert f"h{lost}" in [one.text for one in row.due]


def test_an_hour_after_the_last_planned_day_is_due_on_its_day(bench: Bench) -> None:
    """By hand: 20-Sep 05:00 + 96 h = 24-Sep 05:00, day 5; the next planned dose is that of day 10.

    Every 6 hours until a level ends it: 102, 108 and 114 are 11:00, 17:00 and 23:00. The hours are those of the methotrexate that has begun, though by the plan the next one is near.
    """
    in_interim(bench, VALUES + EVERY_6.replace("doses-per-day = 2", "doses-per-day = 4"))
    methotrexate(bench, 1, datetime(2026, 9, 20, 5, 0, tzinfo=BERLIN))
    words = "hour {} is Thu 24-Sep-2026 {}:00, on day 5, on which leucovorin is not planned: ask"
    said, *later = (
        words.format(*one) for one in ((96, "05"), (102, "11"), (108, "17"), (114, "23"))
    )

    def told(day: int, hour: int) -> list[tuple[str, str]]:
        bench.at(2026, 9, day, hour, 0)
        found = due_today(bench.ward, facts_of(bench.ward, bench.infant))
        mine = [one for one in found if one.drug == "leucovorin" and one.mark != "unknown"]
        return [(one.mark, one.text) for one in mine if "hour 90" not in one.note]  # of days before

    assert told(24, 3) == [("due", one) for one in (said, *later)]
    row = next(one for one in board(bench.ward).rows if one.infant_id == bench.infant)
    assert said in [one.text for one in row.due]
    assert told(24, 8) == [("late", said), *(("due", one) for one in later)]
    assert [text for _, text in told(23, 8) if text == said] == []  # its note has it, that day


def test_nothing_is_ordered_where_hours_and_doses_a_day_contradict_each_other(
    bench: Bench, tmp_path
) -> None:
    in_interim(bench, VALUES + EVERY_6)
    said = "every 6 hours, and 2 a day: they contradict each other"
    with pytest.raises(Refused, match=said):
        sign(bench, LEUCOVORIN)
    with pytest.raises(Refused, match=said):
        printed(bench, sheet_key(LEUCOVORIN, route="PO"), tmp_path)


def test_what_must_follow_methotrexate_is_said_where_it_is_given(bench: Bench, tmp_path) -> None:
    """Leucovorin is planned on days 3, 4 of the first methotrexate and 10, 11 of the second (S1)."""
    in_interim(bench, VALUES + HOURS + METHOTREXATE)
    follows = "Leucovorin must follow: hour 30 after methotrexate begins, then every 9 hours"
    sign(bench, (COURSE, 1, "methotrexate", "IV"))
    sheet = words_of(printed(bench, sheet_key((COURSE, 1, "methotrexate", "IV")), tmp_path).path)
    assert follows in sheet and "planned on Tue 22-Sep-2026 and Wed 23-Sep-2026" in sheet
    assert "29-Sep" not in sheet  # the rescue of the second methotrexate
    label = words_of(printed(bench, label_key((COURSE, 1, "methotrexate", "IV")), tmp_path).path)
    assert "over 24 hours" in label

    (due,) = (
        one
        for one in due_today(bench.ward, facts_of(bench.ward, bench.infant))
        if one.drug == "methotrexate"
    )
    assert "leucovorin follows at hour 30" in due.note
    assert "Leucovorin follows at hour 30" in _timeline_of(bench, "methotrexate")[1]
    bench.at(2026, 9, 21, 9, 0)  # the intrathecal one: no rescue is counted from it
    assert "follows" not in _timeline_of(bench, "methotrexate", "IT")[2]


def test_a_site_without_hours_is_told_before_methotrexate_begins(bench: Bench, tmp_path) -> None:
    in_interim(bench, VALUES + METHOTREXATE)
    sign(bench, (COURSE, 1, "methotrexate", "IV"))
    sheet = words_of(printed(bench, sheet_key((COURSE, 1, "methotrexate", "IV")), tmp_path).path)
    assert "This site has entered no hours for it: ask, before methotrexate begins" in sheet
    assert (
        "Leucovorin must follow, its hours are not entered: ask"
        in _timeline_of(bench, "methotrexate")[1]
    )


def test_the_distance_that_the_protocol_states_is_on_the_sheet(bench: Bench, tmp_path) -> None:
    """Cytarabine of Interim Maintenance: every 12 hours, 2 doses a day (S1)."""
    in_interim(bench, VALUES + CYTARABINE)
    bench.at(2026, 10, 4, 9, 0)
    bench.weigh()
    bench.count(1200, 120_000)
    sign(bench, (COURSE, 15, "cytarabine", "IV"))
    sheet = words_of(printed(bench, sheet_key((COURSE, 15, "cytarabine", "IV")), tmp_path).path)
    assert "every 12 hours" in sheet and "2 doses, a line each" in sheet


def test_more_hours_than_doses_on_one_day_are_said(bench: Bench, tmp_path) -> None:
    """By hand: 20-Sep 00:00 + 48, 57, 66 h are 22-Sep 00:00, 09:00, 18:00; entered twice a day."""
    in_interim(bench)
    methotrexate(bench, 1, datetime(2026, 9, 20, 0, 0, tzinfo=BERLIN))
    sign(bench, LEUCOVORIN)
    words = words_of(printed(bench, sheet_key(LEUCOVORIN, route="PO"), tmp_path).path)
    assert "3 hours fall on this day, and the dose is entered 2 a day: ask" in words
