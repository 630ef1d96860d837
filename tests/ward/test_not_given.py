"""A dose that was left out is recorded as not given: which, why, when, on whose word; and what follows.

By hand: methotrexate 20-Sep-2026 08:00; hours 48 and 57 of leucovorin are 22-Sep 08:00 and 17:00.
"""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from bedside.desktop.order_words import Link, headline, links
from bedside.store.records import DoseRecord
from bedside.units.refusal import Refused
from bedside.ward.board_dlt import judge_board
from bedside.ward.corrections import correctable, strike_out
from bedside.ward.dosing import doses_page
from bedside.ward.downtime_sheets import downtime_sheets
from bedside.ward.due import due_today
from bedside.ward.exposure import cumulative_doses
from bedside.ward.facts import facts_of
from bedside.ward.given_doses import record_given
from bedside.ward.giving import lose_vial, start_infusion, start_vial
from bedside.ward.giving_paper import paper_days
from bedside.ward.handover_tasks import tasks_now
from bedside.ward.not_given import LATER, NOTHING_WENT_IN, not_given_form, record_not_given
from bedside.ward.past_doses import past_lines
from bedside.ward.printing import make_paper
from bedside.ward.signatures import signature_state
from bedside.ward.timeline import timeline
from bedside.ward.transfer_doses import given_lines
from bedside.ward.views.given import WHOLE_DAY, OfDay
from bedside.ward.views.not_given import LeftOut
from bedside.ward.views.orders import OrderKey
from bedside.ward.where import where_are_we
from tests.ward.day_bench import VINCRISTINE, in_induction, sign
from tests.ward.ordering import AZACITIDINE, PAPER, by, ready, row_of, signer
from tests.ward.test_day_sheets import words_of
from tests.ward.test_hours_shown import LEUCOVORIN, in_interim, started
from tests.ward.wards import BERLIN, NURSE, Bench

WORD = "I. Halvorsen, physician"


def left_out(bench: Bench, **changes: object) -> LeftOut:
    """By a nurse, now, for vomiting."""
    by_nurse = signer(bench.ward, "E. Sorensen, nurse")
    return replace(LeftOut("vomiting", "", "", bench.ward.now(), by_nurse), **changes)


def leave_out(bench: Bench, planned: OrderKey, **changes: object) -> int:
    return record_not_given(
        bench.ward, bench.infant, planned, left_out(bench, **changes), who=NURSE
    )


def rows(bench: Bench, drug: str) -> list[DoseRecord]:
    return [row for row in facts_of(bench.ward, bench.infant).doses if row.drug == drug]


def due(bench: Bench, drug: str) -> list[tuple[str, str]]:
    found = due_today(bench.ward, facts_of(bench.ward, bench.infant))
    return [(one.mark, one.note) for one in found if one.drug == drug]


def on_timeline(bench: Bench, drug: str, day: int) -> list[tuple[str, str]]:
    doses = [dose for lane in timeline(bench.ward, bench.infant).lanes for dose in lane.doses]
    return [
        (one.state, one.words)
        for one in doses
        if (one.drug, one.course_day, one.course_title) == (drug, day, "Induction")
    ]


def printed(bench: Bench, key: str, folder: Path) -> str:
    paper = make_paper(bench.ward, bench.infant, key, folder, who=NURSE)
    return words_of(paper.path)


def test_kept_with_reason_word_and_signature_told_everywhere_and_struck_out(
    bench: Bench, tmp_path: Path
) -> None:
    in_induction(bench, 15)
    sign(bench, VINCRISTINE)
    ward, infant = bench.ward, bench.infant
    before = [(row.drug, row.given) for row in cumulative_doses(ward, infant).rows]
    form = not_given_form(ward, infant, VINCRISTINE)
    assert form.words == "vinCRIStine intravenous, day 15, 15-Sep-2026"
    assert NOTHING_WENT_IN in form.follows and LATER in form.follows and not form.choices
    bench.at(2026, 9, 15, 10, 5)
    row_id = leave_out(bench, VINCRISTINE, words="since 08:00", physician=WORD)
    (row,) = rows(bench, "vincristine")
    assert (row.id, row.state, row.amount_ug) == (row_id, "not given", None)
    assert row.note == f"vomiting: since 08:00; on the word of {WORD}"
    (signed,) = signature_state(ward, "dose_record", row_id).signed
    assert (signed.name, signed.meaning) == ("E. Sorensen", "not given")
    told = f"not given: {row.note}"
    assert due(bench, "vinCRIStine") == [("hold", told)]
    ((state, words),) = on_timeline(bench, "vinCRIStine", 15)
    assert state == "not given" and f": {told}" in words
    assert [(one.drug, one.given) for one in cumulative_doses(ward, infant).rows] == before
    assert not [one for one in doses_page(ward, infant).to_record if one[:4] == VINCRISTINE]
    sheet = printed(bench, "roadmap:induction", tmp_path)
    assert "vinCRIStine NOT GIVEN: vomiting: since 08:00" in sheet and sheet.count("NOT GIVEN") > 1
    paper = str(downtime_sheets(ward, who=NURSE))
    assert "recorded: not given: vomiting: since 08:00" in paper
    assert "DO NOT GIVE: recorded as not given; ask" in paper
    told = [item for item in where_are_we(ward, infant).mend if "not given" in item.headline]
    assert [item.headline for item in told] == ["vinCRIStine day 15 not given"]
    judge_board(ward)
    assert [
        one.note for one in tasks_now(ward) if one.words == "review: vinCRIStine day 15 not given"
    ] == [f"{row.note}; recorded by {NURSE}"]
    lines = given_lines(ward, timeline(ward, infant), facts_of(ward, infant))
    assert [one.cells[-1] for one in lines if one.drug == "vinCRIStine"] == ["not given"]
    ordered = row_of(ward, infant, VINCRISTINE)
    assert ordered.left_out and headline(ordered) == Link("hold", "not given")
    assert links(ordered, ward.today())[-1].mark == "hold"
    with pytest.raises(Refused, match="recorded already as not given"):
        leave_out(bench, VINCRISTINE)
    with pytest.raises(Refused, match="recorded already"):
        record_given(ward, infant, *VINCRISTINE, by(ward, infant, paper=PAPER), who=NURSE)
    (line,) = [one for one in correctable(ward, infant) if one.record_id == row_id and one.kind == "dose"]  # fmt: skip
    assert "not given 10:05" in line.words and not line.why_not
    strike_out(ward, infant, "dose", row_id, "it was given after all", who=NURSE)
    assert not rows(bench, "vincristine")
    assert [one for one in doses_page(ward, infant).to_record if one[:4] == VINCRISTINE]
    ward.store.verify_audit()


def test_refused_without_reason_name_or_a_time_that_can_be_meant(bench: Bench) -> None:
    in_induction(bench, 15)
    now = bench.ward.now()
    for changes, why in (
        ({"reason": ""}, "Why was it not given"),
        ({"reason": "a physician decided"}, "type her name and role"),
        ({"physician": "I" * 61}, "at most 60 letters"),
        ({"at": now + timedelta(minutes=5)}, "lies in the future"),
        ({"at": now - timedelta(days=1)}, "It is planned for 15-Sep-2026; 14-Sep-2026 lies before"),
    ):
        with pytest.raises(Refused, match=why):
            leave_out(bench, VINCRISTINE, **changes)
    with pytest.raises(Refused, match=r"has not come yet.*Hold or delay"):
        leave_out(bench, ("induction", 22, "vincristine", "IV"))
    with pytest.raises(Refused, match="is not planned on day 16"):
        leave_out(bench, ("induction", 16, "vincristine", "IV"))
    with pytest.raises(Refused, match=r"EPI #1.* is not opened|is not planned"):
        leave_out(bench, AZACITIDINE)
    with pytest.raises(Refused, match="no dose of this day"):
        leave_out(bench, VINCRISTINE, of=OfDay(48))
    assert not rows(bench, "vincristine")


def test_one_hour_alone_the_rest_of_the_day_stays_due(bench: Bench, tmp_path: Path) -> None:
    in_interim(bench)
    started(bench, datetime(2026, 9, 20, 8, 0, tzinfo=BERLIN))
    bench.at(2026, 9, 22, 7, 30)
    with pytest.raises(Refused, match="hour 48, 08:00 has not come yet"):
        leave_out(bench, LEUCOVORIN, of=OfDay(48))
    bench.at(2026, 9, 22, 8, 30)
    form = not_given_form(bench.ward, bench.infant, LEUCOVORIN)
    assert [one.words for one in form.choices] == ["hour 48, 08:00"]
    assert "every other one of the day stays due" in " ".join(form.follows)
    with pytest.raises(Refused, match="Which dose of the day was not given"):
        leave_out(bench, LEUCOVORIN)
    with pytest.raises(Refused, match="Which dose of the day was not given"):
        leave_out(bench, LEUCOVORIN, of=OfDay(57))
    leave_out(bench, LEUCOVORIN, of=OfDay(48))
    ((mark, words),) = due(bench, "leucovorin")
    assert mark == "due" and "08:00 (hour 48) recorded as not given: vomiting" in words
    assert "17:00 (hour 57) to give" in words
    bench.at(2026, 9, 22, 17, 5)
    leave_out(bench, LEUCOVORIN, of=OfDay(57), reason="", words="asleep")
    (item,) = [one for one in due_today(bench.ward, facts_of(bench.ward, bench.infant)) if one.drug == "leucovorin"]  # fmt: skip
    assert (item.mark, item.done) == ("hold", True)  # no tick: none of the day was given
    assert "0 of 2 given, 2 recorded as not given" in item.note
    leave_out(bench, LEUCOVORIN, of=OfDay(39))  # an hour beside the planned days
    assert [(row.hour, row.state) for row in rows(bench, "leucovorin")] == [
        (48, "not given"), (57, "not given"), (39, "not given"),
    ]  # fmt: skip
    assert "hour 48 NOT GIVEN: vomiting" in printed(bench, f"roadmap:{LEUCOVORIN[0]}", tmp_path)


def test_of_azacitidine_the_day_closes_what_runs_has_its_own_way(bench: Bench) -> None:
    bench.open_epi_1()
    ward, infant = bench.ward, bench.infant
    ready(ward, infant)
    vial = start_vial(ward, infant, "epi-1", 1, ward.now(), 10, who=NURSE)
    with pytest.raises(Refused, match=r"A vial of .* runs: discard it first"):
        leave_out(bench, AZACITIDINE)
    lose_vial(ward, vial, "line lost", who=NURSE)
    leave_out(bench, AZACITIDINE, reason="no line")
    (day, *_) = doses_page(ward, infant).days
    assert (day.state, day.words) == ("not given", "not given: no line (Test Nurse, RN)")
    assert not day.may_start_vial and not paper_days(ward, infant)
    (coming, *_) = where_are_we(ward, infant).next_items
    assert [number for number, _ in coming.days] == [2, 3, 4, 5]
    with pytest.raises(Refused, match="recorded as not given already"):
        start_vial(ward, infant, "epi-1", 1, ward.now(), 10, who=NURSE)
    bench.at(2026, 10, 8, 9, 0)
    second = ("epi-1", 2, "azacitidine", "IV")
    follows = " ".join(not_given_form(ward, infant, second).follows)
    assert "this site has recorded no ruling" in follows and "other days of the block" in follows
    bench.weigh()
    ready(ward, infant, second)
    vial = start_vial(ward, infant, "epi-1", 2, ward.now(), 10, who=NURSE)
    start_infusion(ward, vial, ward.now(), by(ward, infant), who=NURSE)
    with pytest.raises(Refused, match=r"The infusion of .* runs: record its end, or break it off"):
        leave_out(bench, second)


def test_past_doses_nobody_recorded_leave_the_list(bench: Bench) -> None:
    bench.open_epi_1()
    bench.at(2026, 10, 7, 9, 0)
    before = past_lines(bench.ward, bench.infant)
    key = before[0].key
    leave_out(bench, key, of=WHOLE_DAY, reason="", words="the chart says so")
    after = past_lines(bench.ward, bench.infant)
    assert len(after) == len(before) - 1 and key not in [line.key for line in after]
