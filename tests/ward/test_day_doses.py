"""A dose given several times a day: each one due, late, checked, recorded, struck out and counted by itself.

By hand: methotrexate 20-Sep-2026 08:00; hours 48 and 57 are 22-Sep (day 3) 08:00 and 17:00, hours 66,
75 and 84 are 23-Sep (day 4) 02:00, 11:00 and 20:00; 30 and 39 fall on 21-Sep, on which none is planned.
"""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from bedside.units.quantities import DrugAmount
from bedside.units.refusal import Refused
from bedside.ward.board import board
from bedside.ward.check_standing import check_state
from bedside.ward.corrections import correctable, strike_out
from bedside.ward.dosing import doses_page
from bedside.ward.downtime_sheets import downtime_sheets
from bedside.ward.due import due_today
from bedside.ward.exposure import cumulative_doses
from bedside.ward.facts import facts_of
from bedside.ward.given_doses import given_form, record_given
from bedside.ward.orders import order_state
from bedside.ward.printing import make_paper
from bedside.ward.views.given import GivenAs, OfDay
from bedside.ward.views.marks import DueItem
from tests.ward.day_bench import VALUES, sign
from tests.ward.ordering import PAPER, by, check
from tests.ward.test_day_sheets import words_of
from tests.ward.test_hours_over_clock_change import in_the_night
from tests.ward.test_hours_shown import (
    COURSE,
    HOURS,
    LEUCOVORIN,
    in_interim,
    methotrexate,
    on_timeline,
    started,
)
from tests.ward.wards import BERLIN, NURSE, Bench

MG = DrugAmount(Decimal("6.2"))  # 1 mg per kg of 6.2 kg
BEGAN = datetime(2026, 9, 20, 8, 0, tzinfo=BERLIN)


@pytest.fixture
def interim(bench: Bench) -> Bench:
    """Day 3, 07:30: the first dose of leucovorin is ordered and released."""
    in_interim(bench)
    started(bench, BEGAN)
    bench.at(2026, 9, 22, 7, 30)
    bench.weigh()
    sign(bench, LEUCOVORIN)
    return bench


def give(bench: Bench, of: OfDay | None, *, key=LEUCOVORIN, blind: bool = True, **as_given) -> int:
    """Give one dose now, checked blind by two, or from paper."""
    ward, infant = bench.ward, bench.infant
    if blind:
        assert check(ward, infant, key).matched
    by_whom = by(ward, infant, **({} if blind else {"paper": PAPER}), **as_given)
    return record_given(ward, infant, *key, by_whom, who=NURSE, given=GivenAs(MG, of=of))


def due(bench: Bench, drug: str = "leucovorin") -> list[DueItem]:
    found = due_today(bench.ward, facts_of(bench.ward, bench.infant))
    return [one for one in found if one.drug == drug]


def line(bench: Bench, *clock: int) -> tuple[str, str, str]:
    """The line of the planned dose: mark, time, words."""
    bench.at(2026, 9, *clock)
    (one,) = due(bench)
    return one.mark, "" if one.at is None else f"{one.at:%H:%M}", one.note


def test_each_hour_turns_due_then_late_and_only_all_of_them_are_recorded(interim: Bench) -> None:
    assert line(interim, 22, 7, 40)[:2] == ("due", "08:00")
    mark, at, words = line(interim, 22, 12, 0)
    assert (mark, at) == ("late", "08:00") and words.startswith("4 h late")
    interim.at(2026, 9, 22, 12, 31)  # the first one late: it is hour 48, and 17:00 is still to come
    give(interim, OfDay(48))
    mark, at, words = line(interim, 22, 12, 40)
    assert (mark, at) == ("due", "17:00")
    assert words.startswith("1 of 2 given: 08:00 (hour 48) given 12:31, 17:00 (hour 57) to give")
    assert line(interim, 22, 18, 0) == (
        "late", "17:00",
        "1 h late; 1 of 2 given: 08:00 (hour 48) given 12:31, 17:00 (hour 57) NOT RECORDED; "
        "until methotrexate is below 0.77 µmol/L",
    )  # fmt: skip
    row = next(one for one in board(interim.ward).rows if one.infant_id == interim.infant)
    assert [one.mark for one in row.due if one.drug == "leucovorin"] == ["late"]
    give(interim, OfDay(57))
    mark, _, words = line(interim, 22, 18, 5)
    assert mark == "recorded" and words.startswith("recorded: 2 of 2 given: 08:00 (hour 48) given")
    assert order_state(interim.ward, interim.infant, *LEUCOVORIN).stage == "given"


def test_out_of_order_and_a_forgotten_hour_stays_named_over_midnight(interim: Bench) -> None:
    interim.at(2026, 9, 22, 16, 50)
    give(interim, OfDay(57))
    mark, at, words = line(interim, 22, 18, 0)
    assert (mark, at) == ("late", "08:00") and words.startswith("10 h late; 1 of 2 given: 08:00")
    assert "08:00 (hour 48) NOT RECORDED, 17:00 (hour 57) given 16:50" in words
    interim.at(2026, 9, 23, 1, 0)
    yesterday, today = due(interim)
    assert (
        yesterday.mark == "late"
        and "17 h late; of 22-Sep-2026: 08:00 (hour 48) NOT" in yesterday.note
    )
    assert (today.mark, f"{today.at:%H:%M}") == ("due", "02:00")
    give(interim, OfDay(48), blind=False, at=datetime(2026, 9, 22, 8, 5, tzinfo=BERLIN))
    assert [one.mark for one in due(interim)] == ["due"]


def test_an_hour_that_was_not_given_is_said_and_closes_its_own_hour_alone(interim: Bench) -> None:
    from bedside.store.records import DoseRecord

    with interim.ward.store.change(NURSE, "recorded a dose", interim.ward.now()) as change:
        change.add(
            DoseRecord, infant_id=interim.infant, course_key=COURSE, course_day=3,
            due_on=interim.ward.today(), drug="leucovorin", route="PO or IV", state="not given",
            amount_ug=None, measurement_id=None, reconstituted_at=None, infusion_minutes=None,
            started_at=None, finished_at=None, note="vomiting", hour=48,
        )  # fmt: skip
    mark, at, words = line(interim, 22, 8, 30)
    assert (mark, at) == ("due", "17:00")
    assert "0 of 2 given, 1 recorded as not given: 08:00 (hour 48) recorded as not given" in words
    interim.at(2026, 9, 22, 17, 0)
    give(interim, OfDay(57))
    assert "1 of 2 given, 1 recorded as not given" in on_timeline(interim)[3]


def test_the_form_proposes_the_earliest_and_nothing_is_recorded_twice(interim: Bench) -> None:
    ward, infant = interim.ward, interim.infant
    form = given_form(ward, infant, *LEUCOVORIN)
    assert [one.words for one in form.choices] == ["hour 48, 08:00", "hour 57, 17:00"]
    assert form.worked == MG and form.worked_whole_day == DrugAmount(Decimal("12.4"))
    with pytest.raises(
        Refused, match="Which dose of the day was given\\? Not recorded yet: hour 48"
    ):
        give(interim, None)
    with pytest.raises(Refused, match="Hour 66 is no dose of this day"):
        record_given(
            ward, infant, *LEUCOVORIN, by(ward, infant), who=NURSE, given=GivenAs(MG, of=OfDay(66))
        )
    again = GivenAs(MG, of=OfDay(48))
    record_given(ward, infant, *LEUCOVORIN, by(ward, infant), who=NURSE, given=again)
    form = given_form(ward, infant, *LEUCOVORIN)
    assert [one.words for one in form.choices] == ["hour 57, 17:00"]
    assert form.day_told == "1 of 2 given, 6.2 mg: 08:00 (hour 48) given 07:30"
    with pytest.raises(Refused, match="Hour 48 is recorded already"):
        record_given(ward, infant, *LEUCOVORIN, by(ward, infant), who=NURSE, given=again)
    listed = next(
        one for one in doses_page(ward, infant).to_record
        if one[2] == "leucovorin" and one[5] is None
    )  # fmt: skip
    assert listed[4].endswith("22-Sep-2026; 1 of 2 given, next: hour 57, 17:00")


def test_two_sessions_cannot_record_the_same_hour_and_both_hours_are_kept(
    interim: Bench, monkeypatch
) -> None:
    """The second one has read the ward before the first saved: the table itself refuses it."""
    from bedside.ward import given_doses

    ward, infant = interim.ward, interim.infant
    stale = facts_of(ward, infant)
    give(interim, OfDay(48))
    monkeypatch.setattr(given_doses, "facts_of", lambda *_: stale)
    with pytest.raises(Refused, match="recorded already for this day"):
        give(interim, OfDay(48), blind=False)
    interim.at(2026, 9, 22, 17, 0)
    give(interim, OfDay(57), blind=False)
    rows = [row for row in facts_of(ward, infant).doses if row.drug == "leucovorin"]
    assert [(row.hour, row.turn, row.state) for row in rows] == [
        (48, None, "given"), (57, None, "given"),
    ]  # fmt: skip
    ward.store.verify_audit()


def test_the_blind_check_and_its_signature_are_of_one_dose(interim: Bench) -> None:
    ward, infant = interim.ward, interim.infant
    give(interim, OfDay(48))
    state = check_state(ward, infant, *LEUCOVORIN)
    assert state.stage == "not checked" and "given for hour 48; count anew" in state.words
    given = GivenAs(MG, of=OfDay(57))
    with pytest.raises(Refused, match="count anew"):
        record_given(ward, infant, *LEUCOVORIN, by(ward, infant), who=NURSE, given=given)
    interim.at(2026, 9, 22, 17, 0)
    give(interim, OfDay(57))
    ward.store.verify_audit()


def test_one_check_is_never_of_two_doses_not_even_from_two_stations(
    interim: Bench, monkeypatch
) -> None:
    """Both stations saw the check before either saved: the table refuses the second."""
    from bedside.ward import given_doses
    from bedside.ward.check_standing import check_state as judged

    ward, infant = interim.ward, interim.infant
    check(ward, infant, LEUCOVORIN)
    seen = judged(ward, infant, *LEUCOVORIN)
    monkeypatch.setattr(given_doses, "check_given", lambda *_: seen)
    given = (ward, infant, *LEUCOVORIN, by(ward, infant))
    record_given(*given, who=NURSE, given=GivenAs(MG, of=OfDay(48)))
    interim.at(2026, 9, 22, 17, 0)
    second = GivenAs(MG, of=OfDay(57))
    given = (ward, infant, *LEUCOVORIN, by(ward, infant))
    with pytest.raises(Refused, match="or what was checked for it"):
        record_given(*given, who=NURSE, given=second)
    rows = [row for row in facts_of(ward, infant).doses if row.drug == "leucovorin"]
    assert [row.hour for row in rows] == [48]


def test_struck_out_one_hour_is_open_again_and_the_other_stays(interim: Bench) -> None:
    ward, infant = interim.ward, interim.infant
    first = give(interim, OfDay(48))
    interim.at(2026, 9, 22, 17, 0)
    give(interim, OfDay(57))
    words = [one.words for one in correctable(ward, infant) if one.kind == "dose"]
    assert [part for one in words for part in ("hour 57", "hour 48") if part in one] == [
        "hour 57", "hour 48",
    ]  # fmt: skip
    strike_out(ward, infant, "dose", first, "it was vomited", who=NURSE)
    assert line(interim, 22, 17, 10)[:2] == ("late", "08:00")
    give(interim, OfDay(48), blind=False, at=datetime(2026, 9, 22, 8, 30, tzinfo=BERLIN))
    assert line(interim, 22, 17, 20)[0] == "recorded"


def test_cumulative_doses_roadmap_and_timeline_count_what_was_given(
    interim: Bench, tmp_path
) -> None:
    ward, infant = interim.ward, interim.infant

    def row():
        return next(one for one in cumulative_doses(ward, infant).rows if one.drug == "leucovorin")

    assert row().planned == "8 mg per kg on 4 days"  # 1 mg per kg, twice, on days 3, 4, 10, 11
    give(interim, OfDay(48))
    assert (row().given, row().planned) == ("1 mg per kg on 1 day", "7 mg per kg on 4 days")
    assert "given in part, 1 of 2 given, 6.2 mg" in on_timeline(interim)[3]
    paper = make_paper(ward, infant, f"roadmap:{COURSE}", tmp_path, who=NURSE)
    assert "1 of 2 given, 6.2 mg" in words_of(paper.path)
    interim.at(2026, 9, 22, 17, 0)
    give(interim, OfDay(57))
    assert (row().given, row().planned) == ("2 mg per kg on 1 day", "6 mg per kg on 3 days")
    assert ": 2 of 2 given, 12.4 mg" in on_timeline(interim)[3]


def test_a_day_left_in_part_is_never_called_recorded(interim: Bench) -> None:
    give(interim, OfDay(48))
    interim.at(2026, 9, 25, 9, 0)
    notes = cumulative_doses(interim.ward, interim.infant).notes
    assert any(
        "leucovorin, Interim Maintenance day 3: 1 of 2 given, the others" in one for one in notes
    )
    assert "given in part" in on_timeline(interim)[3]


def test_an_hour_off_the_plan_is_recorded_from_paper_beside_its_planned_day(bench: Bench) -> None:
    in_interim(bench)
    started(bench, BEGAN)
    ward, infant = bench.ward, bench.infant
    bench.at(2026, 9, 21, 14, 10)
    first, second = due(bench)
    assert (first.mark, second.mark) == ("late", "due")
    assert first.note.startswith("no order covers it: ask the physician now")
    (listed, _) = [one for one in doses_page(ward, infant).to_record if one[2] == "leucovorin"]
    assert listed[5] == 30 and "hour 30, 14:00: not planned on that day" in listed[4]
    form = given_form(ward, infant, *LEUCOVORIN, OfDay(30))
    assert form.words.endswith("day 2, 21-Sep-2026") and "no order covers it" in form.why_paper[0]
    with pytest.raises(Refused, match="no order covers it: ask the physician"):
        record_given(
            ward, infant, *LEUCOVORIN, by(ward, infant), who=NURSE, given=GivenAs(MG, of=OfDay(30))
        )
    give(bench, OfDay(30), blind=False)
    first, second = due(bench)
    assert (first.mark, second.mark) == ("recorded", "due")
    bench.at(2026, 9, 22, 7, 30)
    assert [one.mark for one in due(bench)] == ["due"]  # the day itself has both its hours


def test_the_downtime_sheet_leaves_out_the_hour_that_is_recorded(interim: Bench) -> None:
    give(interim, OfDay(48))
    (sheet,) = downtime_sheets(interim.ward, who=NURSE).infants
    lines = [one for one in sheet.doses if one.drug == "leucovorin"]
    assert [one.hour for one in lines][:2] == ["hour 57", "hour 66"]
    assert lines[0].on_record == "1 of 2 given: see 1"
    assert "day 3, hour 48, at 07:30" in str(sheet)


def test_a_beginning_put_right_moves_the_hours_and_forgets_none(interim: Bench) -> None:
    """By hand: begun at 22:00 instead, hours 30, 39, 48 are 22-Sep 04:00, 13:00, 22:00; 57 is 23-Sep 07:00."""
    give(interim, OfDay(48))
    interim.at(2026, 9, 22, 17, 0)
    give(interim, OfDay(57))
    (infusion,) = facts_of(interim.ward, interim.infant).infusions
    strike_out(interim.ward, interim.infant, "infusion", infusion.id, "wrong hour", who=NURSE)
    started(interim, BEGAN + timedelta(hours=14))
    mark, at, words = line(interim, 22, 22, 30)
    assert (mark, at) == ("late", "04:00")
    assert (
        "04:00 (hour 30) NOT RECORDED, 13:00 (hour 39) NOT RECORDED, 22:00 (hour 48) given 07:30"
        in words
    )
    interim.at(2026, 9, 23, 8, 0)
    (_, today) = due(interim)  # before it what is left of yesterday
    assert (today.mark, f"{today.at:%H:%M}") == ("due", "16:00")
    assert "07:00 (hour 57) given" in today.note


@pytest.mark.parametrize(
    ("zone", "begin", "hour", "words"),
    [
        ("Europe/Berlin", (2026, 10, 23), 42, "02:30 summer time"),
        ("Europe/Berlin", (2027, 3, 26), 42, "03:30"),
    ],
)
def test_in_the_night_of_a_clock_change_the_choice_says_which_hour(
    bench: Bench, zone: str, begin: tuple[int, int, int], hour: int, words: str
) -> None:
    from datetime import date

    began = in_the_night(bench, zone, date(*begin))
    sign(bench, LEUCOVORIN)
    form = given_form(bench.ward, bench.infant, *LEUCOVORIN)
    assert form.choices[0].words == f"hour {hour}, {words}"
    bench.clock.now = (began + timedelta(hours=hour, minutes=30)).astimezone(bench.ward.zone)
    (late,) = due(bench)
    assert late.mark == "late" and late.note.startswith("30 min late")
    give(bench, OfDay(hour))
    (after,) = due(bench)
    assert after.mark == "due" and after.at == began + timedelta(hours=hour + 6)


TWICE = """
[[dose]]
course = "interim-maintenance"
drug = "cytarabine"
route = "IV"
value = 1
unit = "mg per kg"
"""


def test_a_drug_given_twice_a_day_without_hours_has_its_numbers(bench: Bench) -> None:
    """The protocol states 2 doses a day of cytarabine; at which hours is on the order, not here."""
    in_interim(bench, VALUES + TWICE)
    ward, infant = bench.ward, bench.infant
    dose = _cytarabine(bench)
    key = (dose.course_key, dose.course_day, dose.drug, dose.route)
    bench.at(dose.on.year, dose.on.month, dose.on.day, 9, 0)
    form = given_form(ward, infant, *key)
    assert [one.words for one in form.choices] == ["dose 1 of 2", "dose 2 of 2"]
    give(bench, OfDay(turn=1), key=key, blind=False)
    told = {one.text: one for one in due(bench, "cytarabine")}
    mine = next(one for one in told.values() if "1 of 2 given" in one.note)
    assert mine.mark == "due" and "dose 1 of 2 given 09:00, dose 2 of 2 to give" in mine.note
    bench.at(dose.on.year, dose.on.month, dose.on.day, 21, 0)
    give(bench, OfDay(turn=2), key=key, blind=False)
    (mine,) = [one for one in due(bench, "cytarabine") if "2 of 2 given" in one.note]
    assert mine.mark == "recorded"


def test_an_earlier_day_without_hours_may_be_recorded_whole(bench: Bench) -> None:
    in_interim(bench, VALUES + TWICE)
    ward, infant = bench.ward, bench.infant
    dose = _cytarabine(bench)
    key = (dose.course_key, dose.course_day, dose.drug, dose.route)
    later = dose.on + timedelta(days=1)
    bench.at(later.year, later.month, later.day, 9, 0)
    form = given_form(ward, infant, *key)
    assert [one.words for one in form.choices][-1] == "the whole day, 2 doses"
    on = datetime(dose.on.year, dose.on.month, dose.on.day, 9, 0, tzinfo=BERLIN)
    paper = by(ward, infant, paper=PAPER, at=on)
    whole = GivenAs(DrugAmount(Decimal("12.4")), of=OfDay())
    record_given(ward, infant, *key, paper, who=NURSE, given=whole)
    with pytest.raises(Refused, match="recorded already"):
        given_form(ward, infant, *key)


def _cytarabine(bench: Bench):
    from bedside.ward.standing import projection_of

    return next(
        one
        for course in projection_of(bench.ward, facts_of(bench.ward, bench.infant)).courses
        for one in course.doses
        if course.key == COURSE and (one.drug, one.route) == ("cytarabine", "IV")
    )


def test_methotrexate_itself_stays_one_record(bench: Bench) -> None:
    in_interim(bench, VALUES + HOURS)
    methotrexate(bench, 1, BEGAN)
    (row,) = [one for one in facts_of(bench.ward, bench.infant).doses if one.drug == "methotrexate"]
    assert (row.hour, row.turn) == (None, None)
