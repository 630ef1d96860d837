"""The line of a drug that follows another one by hours: its times, or what is missing of them."""

from datetime import date, datetime

import pytest
from msgspec.structs import replace

from bedside.protocol.hours import HourRule
from bedside.protocol.schedule import ProjectedDose
from bedside.store.records import DoseRecord
from bedside.ward.due_at_hours import at_its_hours
from bedside.ward.due_hours import hour_words
from bedside.ward.facts import InfantFacts, facts_of
from bedside.ward.views.marks import DueItem
from tests.ward.wards import BERLIN, Bench

COURSE = "interim-maintenance"
DOSE = ProjectedDose(date(2027, 3, 5), COURSE, 3, None, "leucovorin", "PO or IV")
BEGAN = datetime(2027, 3, 3, 8, 0, tzinfo=BERLIN)


def told(bench: Bench, rule: HourRule | None, *doses: DoseRecord) -> str:
    facts: InfantFacts = replace(facts_of(bench.ward, bench.infant), doses=doses)
    plan = facts.protocol.course(COURSE).plan("leucovorin", "PO or IV")
    return hour_words(bench.ward, facts, DOSE, replace(plan, hours=rule))


def given(route: str = "IV", began: datetime | None = BEGAN) -> DoseRecord:
    return DoseRecord(
        id=1, recorded_at=BEGAN, recorded_by="x", infant_id=1, course_key=COURSE, course_day=1,
        due_on=date(2027, 3, 3), drug="methotrexate", route=route, state="given", amount_ug=1,
        measurement_id=None, reconstituted_at=None, infusion_minutes=None, started_at=began,
        finished_at=None, note="",
    )  # fmt: skip


@pytest.fixture
def enrolled(bench: Bench) -> Bench:
    bench.enrol()
    bench.at(2027, 3, 5, 9, 0)
    return bench


def test_hours_only_where_rule_and_beginning_are_known(enrolled: Bench) -> None:
    rule = HourRule("methotrexate", 48, 6)
    assert told(enrolled, None) == ""
    assert told(enrolled, HourRule("methotrexate")).endswith("not public, the site enters it")
    missing = "hour 48 after methotrexate begins, then every 6 hours: when it began is not recorded"
    assert told(enrolled, rule) == missing
    assert told(enrolled, rule, given("IT")) == missing  # the intrathecal dose starts no clock
    assert told(enrolled, rule, given(began=None)) == missing
    # nobody planned leucovorin for the next day here: its first hour then is said, too
    assert told(enrolled, rule, given()) == (
        "methotrexate recorded as given 03-Mar-2027 08:00; if it began then: "
        "08:00 (hour 48), 14:00 (hour 54), 20:00 (hour 60); "
        "hour 66 is Sat 06-Mar-2027 02:00, on day 4, on which leucovorin is not planned: ask"
    )
    late = told(enrolled, HourRule("methotrexate", 90), given())
    assert late.endswith("no hour falls on this day: ask")


ITEM = DueItem("due", None, "leucovorin", "by mouth or intravenous", "order released")


@pytest.mark.parametrize(
    ("clock", "mark", "note"),
    [((7, 59), "due", ""), ((8, 0), "due", ""), ((8, 1), "late", "1 min late; "),
     ((13, 10), "late", "5 h late; ")],
)  # fmt: skip
def test_a_dose_at_its_hour_is_late_once_the_hour_has_passed(enrolled, clock, mark, note) -> None:
    """A rescue that is forgotten must not look like one that may be given at any time of the day."""
    enrolled.at(2027, 3, 5, *clock)
    facts = replace(facts_of(enrolled.ward, enrolled.infant), doses=(given(),))
    plan = facts.protocol.course(COURSE).plan("leucovorin", "PO or IV")
    plan = replace(plan, hours=HourRule("methotrexate", 48, 6))
    item = at_its_hours(enrolled.ward, facts, DOSE, plan, ITEM)
    assert item.mark == mark and item.note.startswith(f"{note}methotrexate recorded as given")
    assert item.note.endswith("order released")
    assert item.at == datetime(2027, 3, 5, 8, 0, tzinfo=BERLIN)


def test_a_dose_without_a_known_hour_keeps_its_mark_and_says_what_is_missing(enrolled) -> None:
    facts = facts_of(enrolled.ward, enrolled.infant)
    plan = facts.protocol.course(COURSE).plan("leucovorin", "PO or IV")
    for rule in (HourRule("methotrexate"), HourRule("methotrexate", 48, 6)):
        item = at_its_hours(enrolled.ward, facts, DOSE, replace(plan, hours=rule), ITEM)
        assert (item.mark, item.at) == ("due", None)
        assert "not public" in item.note or "not recorded" in item.note


@pytest.mark.parametrize(
    ("at", "clock", "mark", "due", "note"),
    [
        # by hand: hours 48, 57 and 66 after 03-Mar 08:00 are 05-Mar 08:00 and 17:00, and 06-Mar 02:00
        ((8, 40), (8, 45), "due", (17, 0), "one given at 08:40 is recorded"),
        ((8, 40), (19, 0), "due", (17, 0), "one given at 08:40 is recorded"),
        ((12, 31), (12, 40), "due", (17, 0), "one given at 12:31 is recorded"),  # late, or early
        ((16, 50), (17, 10), "due", (17, 0), "one given at 16:50 is recorded"),
    ],
)
def test_one_record_of_a_day_does_not_stand_for_its_later_hours(
    enrolled, at, clock, mark, due, note
) -> None:
    """One "given" at 08:40 had turned the line to "recorded" for the rest of the day."""
    enrolled.at(2027, 3, 5, *clock)
    mine = DoseRecord(
        id=2, recorded_at=BEGAN, recorded_by="x", infant_id=1, course_key=COURSE, course_day=3,
        due_on=date(2027, 3, 5), drug="leucovorin", route="PO or IV", state="given", amount_ug=1,
        measurement_id=None, reconstituted_at=None, infusion_minutes=None,
        started_at=datetime(2027, 3, 5, *at, tzinfo=BERLIN), finished_at=None, note="",
    )  # fmt: skip
    kept = {(COURSE, 3, "leucovorin", "PO or IV", mine.due_on): mine}
    facts = facts_of(enrolled.ward, enrolled.infant)
    facts = replace(facts, doses=(given(), mine), recorded=kept)
    plan = facts.protocol.course(COURSE).plan("leucovorin", "PO or IV")
    plan = replace(plan, hours=HourRule("methotrexate", 48, 9))
    done = replace(ITEM, mark="recorded", note="recorded")
    item = at_its_hours(enrolled.ward, facts, DOSE, plan, done)
    assert item.mark == mark and item.note.startswith(note)
    assert "08:00 (hour 48), 17:00 (hour 57): look on the sheet" in item.note
    assert item.at == datetime(2027, 3, 5, *due, tzinfo=BERLIN)
    once = replace(plan, hours=HourRule("methotrexate", 48, 24))  # the only hour of the day
    assert at_its_hours(enrolled.ward, facts, DOSE, once, done) == done
