"""A dose already given on a weight, length or count that was struck out afterwards is marked, never voided."""

from datetime import timedelta
from decimal import Decimal

from msgspec.structs import replace

from bedside.protocol.site_values import NO_SITE_VALUES, SiteDose
from bedside.store.records import BloodCount
from bedside.units.quantities import BodyLength, BodyWeight, DoseRate, DrugAmount
from bedside.ward.board import board
from bedside.ward.board_dlt import judge_board
from bedside.ward.counting import void_counts
from bedside.ward.downtime_facts import downtime_infant
from bedside.ward.due_given import given_items
from bedside.ward.facts import facts_of
from bedside.ward.forms import NewSize
from bedside.ward.given_doses import record_given
from bedside.ward.given_since import (
    LENGTH_SINCE,
    RULE_SINCE,
    WEIGHT_SINCE,
    given_if_struck,
    given_since,
)
from bedside.ward.giving import finish_infusion, start_infusion, start_vial
from bedside.ward.views.given import GivenAs
from bedside.ward.weighing import record_size, void_size
from bedside.ward.where import where_are_we
from tests.ward.ordering import PAPER, by, ready
from tests.ward.wards import NURSE, Bench


def weigh(bench: Bench, grams: int, length_mm: int | None = None) -> int:
    length = None if length_mm is None else BodyLength(length_mm)
    size = NewSize(BodyWeight(grams), length, bench.clock(), "typed a second time")
    return record_size(bench.ward, bench.infant, size, who=NURSE)


def give_day_1(bench: Bench, grams: int = 5650) -> int:
    """EPI #1 day 1 given on a weight of this morning; returns that weight's number."""
    bench.open_epi_1()
    bench.at(2026, 10, 7, 9, 30)
    used = weigh(bench, grams)
    bench.at(2026, 10, 7, 10, 0)
    ready(bench.ward, bench.infant)
    dose = start_vial(bench.ward, bench.infant, "epi-1", 1, bench.clock(), 15, who=NURSE)
    given_by = by(bench.ward, bench.infant)
    bench.at(2026, 10, 7, 10, 5)
    start_infusion(bench.ward, dose, bench.clock(), given_by, who=NURSE)
    running = facts_of(bench.ward, bench.infant).doses[-1].id
    bench.at(2026, 10, 7, 10, 20)
    finish_infusion(bench.ward, running, bench.clock(), who=NURSE)
    bench.at(2026, 10, 7, 11, 0)
    return used


def marks(bench: Bench) -> list[tuple[str, str]]:
    found = given_since(bench.ward, facts_of(bench.ward, bench.infant))
    return [(one.short, one.words) for one in found.values()]


def test_nothing_is_marked_while_what_was_used_stands(bench: Bench) -> None:
    """A weight measured after the dose says nothing about it."""
    give_day_1(bench)
    assert marks(bench) == []
    later = weigh(bench, 5700)
    assert marks(bench) == []
    void_size(bench.ward, later, "the scale was not set to nought", who=NURSE)
    assert marks(bench) == []


def test_a_dose_on_a_weight_struck_out_says_what_it_would_be(bench: Bench) -> None:
    """2.5 mg per kg: 5.65 kg is 14.125 mg, which this site does not round; 6.2 kg is 15.5 mg."""
    used = give_day_1(bench)
    void_size(bench.ward, used, "the blanket was weighed too", who=NURSE)
    assert marks(bench) == [
        (
            WEIGHT_SINCE,
            "given 14.125 mg on 5.65 kg, struck out since: the blanket was weighed too; by the "
            "weight in force, 6.2 kg, it would be 15.5 mg",
        )
    ]
    (dose,) = facts_of(bench.ward, bench.infant).doses
    assert dose.state == "given" and dose.voided_at is None


def test_what_was_given_on_a_struck_weight_is_told_for_a_week(bench: Bench) -> None:
    """On the ward list, on the first page and on the downtime sheet; the mark in the orders stays."""
    used = give_day_1(bench)
    assert given_items(bench.ward, facts_of(bench.ward, bench.infant)) == ()
    void_size(bench.ward, used, "the blanket was weighed too", who=NURSE)
    judge_board(bench.ward)
    (row,) = board(bench.ward).rows
    head = "given, weight struck out since: azaCITIDine day 1"
    assert head in [item.headline for item in row.held]
    (told,) = [
        item for item in where_are_we(bench.ward, bench.infant).mend if item.headline == head
    ]
    assert told.details[0].endswith("by the weight in force, 6.2 kg, it would be 15.5 mg")
    paper = downtime_infant(bench.ward, facts_of(bench.ward, bench.infant))
    assert [line.words for line in paper.standing if line.name == f"G{head[1:]}."] == [
        told.details[0]
    ]
    bench.at(2026, 10, 14, 23, 0)
    assert given_items(bench.ward, facts_of(bench.ward, bench.infant))
    bench.at(2026, 10, 15, 8, 0)
    assert given_items(bench.ward, facts_of(bench.ward, bench.infant)) == ()
    assert marks(bench)


def test_a_weight_put_right_to_the_same_dose_is_said_so(bench: Bench) -> None:
    """It was weighed at another time: marked all the same, with no other dose."""
    used = give_day_1(bench)
    void_size(bench.ward, used, "the time was wrong", who=NURSE)
    size = NewSize(BodyWeight(5650), None, bench.clock() - timedelta(minutes=90), "again")
    record_size(bench.ward, bench.infant, size, who=NURSE)
    ((_, words),) = marks(bench)
    assert words.endswith("by the weight in force, 5.65 kg, it is the same dose")


def test_before_striking_the_given_dose_is_told(bench: Bench) -> None:
    used = give_day_1(bench)
    facts = facts_of(bench.ward, bench.infant)
    (told,) = given_if_struck(bench.ward, facts, used)
    assert told == (
        "azaCITIDine day 1, 07-Oct-2026: given 14.125 mg on 5.65 kg, which is struck out with "
        "this; by the weight in force, 6.2 kg, it would be 15.5 mg"
    )
    other = facts.measurements[0].id
    assert given_if_struck(bench.ward, facts, other) == ()
    void_size(bench.ward, used, "wrong", who=NURSE)
    assert given_if_struck(bench.ward, facts_of(bench.ward, bench.infant), used) == ()


def test_without_any_other_weight_nothing_is_made_up(bench: Bench) -> None:
    used = give_day_1(bench)
    first = facts_of(bench.ward, bench.infant).measurements[0].id
    void_size(bench.ward, first, "not hers", who=NURSE)
    assert marks(bench) == []
    void_size(bench.ward, used, "not hers either", who=NURSE)
    ((short, words),) = marks(bench)
    assert short == WEIGHT_SINCE
    assert words.endswith("not hers either; no weight stands for that time now")


def test_a_count_struck_out_marks_every_dose_of_the_block(bench: Bench) -> None:
    """The rule was met at opening on a count that does not stand: 500 per µL were needed."""
    give_day_1(bench)
    count = facts_of(bench.ward, bench.infant).counts[-1].id
    void_counts(bench.ward, count, "another infant's tube", who=NURSE)
    ((short, words),) = marks(bench)
    assert short == RULE_SINCE
    assert words == (
        "given in EPI #1, opened on values struck out since; by what stands now, on its day 1: "
        "ANC not recorded"
    )


def test_a_count_put_right_that_meets_the_rule_marks_nothing(bench: Bench) -> None:
    give_day_1(bench)
    old: BloodCount = facts_of(bench.ward, bench.infant).counts[-1]
    void_counts(bench.ward, old.id, "digits changed places", who=NURSE)
    bench.count(604, 86_000, taken_at=old.taken_at)
    assert marks(bench) == []


def test_a_dose_by_body_surface_is_marked_by_its_length(bench: Bench) -> None:
    """Invented: 20 mg per m². Mosteller: 6.2 kg at 72 cm is 0.352 m², at 60 cm 0.321 m²."""
    bench.site()
    bench.enrol()
    bench.at(2026, 9, 28, 9, 0)
    weigh(bench, 6200, 600)
    bench.at(2026, 9, 28, 9, 5)
    wrong = weigh(bench, 6200, 720)
    bench.at(2026, 9, 28, 9, 10)
    weigh(bench, 6200)
    dose = SiteDose(DoseRate(Decimal(20), "mg", "m2"))
    key = ("induction", "daunorubicin", "IV")
    bench.ward.values = replace(NO_SITE_VALUES, protocol="aall15p1", edition="1", doses={key: dose})
    facts = facts_of(bench.ward, bench.infant)
    day = facts.protocol.course("induction").plan(*key[1:]).days.scheduled[0]
    bench.at(2026, 9, 28, 9, 30)
    from_paper = by(bench.ward, bench.infant, paper=PAPER)
    given = GivenAs(DrugAmount(Decimal(7)), "ordered so on paper")
    planned = ("induction", day, *key[1:])
    record_given(bench.ward, bench.infant, *planned, from_paper, who=NURSE, given=given)
    assert marks(bench) == []
    bench.at(2026, 9, 28, 10, 0)
    void_size(bench.ward, wrong, "measured with the mattress", who=NURSE)
    ((short, words),) = marks(bench)
    assert short == LENGTH_SINCE
    assert words.startswith(
        "given 7 mg on a length of 72 cm, struck out since: measured with the mattress; by the "
        "weight in force, 6.2 kg, it would be 6.42"
    )
