"""What a course was opened on stands as it was seen, whatever is struck out or measured afterwards."""

from datetime import date

import pytest

from bedside.store.opening_records import OpenedOn
from bedside.store.queries import all_of
from bedside.store.records import CourseStart
from bedside.ward.corrections import strike_out
from bedside.ward.counting import void_counts
from bedside.ward.courses import open_course
from bedside.ward.facts import facts_of
from bedside.ward.toxicities import answer_resolved
from bedside.ward.views.where import RuleRow, WhereView
from bedside.ward.weighing import void_size
from bedside.ward.where import where_are_we
from tests.ward.wards import DOCTOR, NURSE, Bench

OVER = "yes, over 2 laboratory proposals unanswered"  # of the counts that opened it


@pytest.fixture
def epi(bench: Bench) -> Bench:
    """EPI #1 opened on 07-Oct-2026, 08:00: ANC 640, platelets 86 000, answer yes, 6.2 kg."""
    bench.open_epi_1()
    return bench


def page(bench: Bench) -> WhereView:
    return where_are_we(bench.ward, bench.infant)


def line(bench: Bench, measure: str) -> RuleRow:
    return next(row for row in page(bench).rules if row.measure == measure)


def kept(bench: Bench) -> list[OpenedOn]:
    with bench.ward.store.reading() as connection:
        return all_of(connection, OpenedOn)


def test_every_line_of_the_rule_is_kept_with_the_record_that_carried_it(epi: Bench) -> None:
    facts = facts_of(epi.ward, epi.infant)
    count, answer, weight = facts.counts[-1].id, facts.answers[-1].id, facts.measurements[-1].id
    rows = kept(epi)
    assert [(row.measure, row.seen, row.of_table, row.of_row) for row in rows] == [
        ("Neutrophils, ANC", "640", "blood_count", count),
        ("Platelets", "86\u202f000", "blood_count", count),
        ("Any toxicity resolved", OVER, "start_answer", answer),
        ("Gene rearrangement", "KMT2A rearranged", "", None),
        ("Place of giving", "Ward 4, tertiary centre", "", None),
        ("Weight in date", "6.2 kg", "measurement", weight),
    ]
    assert {row.start_id for row in rows} == {facts.start_of("epi-1").id}
    assert {row.recorded_by for row in rows} == {DOCTOR}


def test_a_newer_value_is_said_beside_it_and_rewrites_nothing(epi: Bench) -> None:
    """Finding: the row said the weight of after the strike-out under "was opened on these values"."""
    epi.at(2026, 10, 8, 6, 0)
    epi.count(310, 41_000)
    epi.weigh(6400)
    assert page(epi).rule_title == "EPI #1 was opened on these values"
    anc = line(epi, "Neutrophils, ANC")
    assert (anc.seen, anc.result, anc.struck) == ("640", "met", False)
    assert anc.since == "newer: 310 per µL, 08-Oct-2026 06:00"
    assert (line(epi, "Weight at opening").seen, line(epi, "Weight at opening").since) == (
        "6.2 kg",
        "",
    )
    assert line(epi, "Weight in date, now").seen == "6.4 kg"


def test_a_value_struck_out_since_is_said_to_be_so(epi: Bench) -> None:
    epi.at(2026, 10, 7, 9, 0)
    facts = facts_of(epi.ward, epi.infant)
    void_counts(epi.ward, facts.counts[-1].id, "another infant's tube", who=NURSE)
    void_size(epi.ward, facts.measurements[-1].id, "typed wrongly", who=NURSE)
    strike_out(
        epi.ward, epi.infant, "answer", facts.answers[-1].id, "pressed by mistake", who=DOCTOR
    )
    told = {row.measure: row for row in page(epi).rules}
    assert told["Platelets"].seen == "86\u202f000" and told["Platelets"].struck
    assert told["Platelets"].since == (
        f"struck out since, 07-Oct-2026 09:00, {NURSE}: another infant's tube. Without it the rule is not "
        "known to be met: ask whoever opened the course"
    )
    assert told["Platelets"].result == "unknown"
    assert told["Weight at opening"].seen == "6.2 kg" and told["Weight at opening"].struck
    assert told["Any toxicity resolved"].seen == OVER
    assert "pressed by mistake" in told["Any toxicity resolved"].since


def test_a_value_put_right_says_what_is_on_record_now(epi: Bench) -> None:
    epi.at(2026, 10, 7, 9, 0)
    old = facts_of(epi.ward, epi.infant).counts[-1]
    void_counts(epi.ward, old.id, "digits changed places", who=NURSE)
    epi.count(460, 86_000, taken_at=old.taken_at)
    anc = line(epi, "Neutrophils, ANC")
    assert anc.seen == "640" and anc.result == "not met"  # by what is on record now
    assert anc.since.endswith(
        "digits changed places; on record now: 460 per µL, 07-Oct-2026 08:00. That does NOT meet the "
        "rule (at least 500 per µL): ask whoever opened the course"
    )


def test_a_newer_answer_and_a_newer_count_without_a_value_are_said(epi: Bench) -> None:
    epi.at(2026, 10, 7, 10, 0)
    answer_resolved(epi.ward, epi.infant, "no", who=DOCTOR) if _asks(epi) else None
    epi.count(None, 90_000, anc_state="pending")
    assert line(epi, "Neutrophils, ANC").since == "newer: pending, 07-Oct-2026 10:00"


def _asks(bench: Bench) -> bool:
    from bedside.ward.toxicities import toxicities_page

    return toxicities_page(bench.ward, bench.infant).asked_for == "EPI #1"


def test_an_opening_of_before_says_that_nothing_was_kept(bench: Bench) -> None:
    """A ward of an older program: the page never makes up what somebody saw then."""
    bench.ready_for_epi_1()
    with bench.ward.store.change(DOCTOR, "opened EPI #1", bench.ward.now()) as change:
        change.add(
            CourseStart,
            infant_id=bench.infant,
            course_key="epi-1",
            day_1=date(2026, 10, 7),
            note="",
        )
    view = page(bench)
    assert view.rule_title == "EPI #1: what was seen at its opening was not kept"
    assert view.rule_note == "below: that day as the record says it now; weight as of now"
    assert [row.since for row in view.rules] == [""] * len(view.rules)


def test_opened_again_after_a_strike_out_shows_the_new_opening(epi: Bench) -> None:
    epi.at(2026, 10, 7, 9, 0)
    start = facts_of(epi.ward, epi.infant).start_of("epi-1")
    strike_out(epi.ward, epi.infant, "course", start.id, "a day too early", who=DOCTOR)
    epi.at(2026, 10, 8, 8, 0)
    epi.weigh(6300)
    epi.count(700, 90_000)
    open_course(epi.ward, epi.infant, "epi-1", date(2026, 10, 8), who=DOCTOR)
    assert line(epi, "Neutrophils, ANC").seen == "700"
    assert len(kept(epi)) == 12  # both openings stay readable
