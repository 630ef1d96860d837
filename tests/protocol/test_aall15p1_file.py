"""The AALL15P1 file against the register, line by line, and against what may never be in it."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from bedside.places import place
from bedside.protocol.model import DrugPlan, Protocol
from bedside.protocol.therapy_end import TherapyEnd
from bedside.units.quantities import DoseRate, DrugAmount

LINES = tomllib.loads(Path(__file__).with_name("register_lines.toml").read_text(encoding="utf-8"))[
    "line"
]
KEYS = [
    "induction", "epi-1", "consolidation", "epi-2", "interim-maintenance", "epi-3", "di-part-1",
    "epi-4", "di-part-2", "maintenance",
]  # fmt: skip
PRIMING = ["epi-1", "epi-2", "epi-3", "epi-4"]
AFTER_PRIMING = ["consolidation", "interim-maintenance", "di-part-1", "di-part-2"]


def plans(protocol: Protocol) -> list[tuple[str, DrugPlan]]:
    return [(course.key, plan) for course in protocol.courses for plan in course.drugs]


def test_ten_courses_in_order(aall15p1: Protocol) -> None:
    assert [course.key for course in aall15p1.courses] == KEYS


@pytest.mark.parametrize(
    "line", [pytest.param(x, id=f"{x['course']} {x['drug']} {x['route']}") for x in LINES]
)
def test_line_of_the_register(line: dict[str, Any], aall15p1: Protocol) -> None:
    plan = aall15p1.course(line["course"]).plan(line["drug"], line["route"])
    assert list(plan.days.scheduled) == line["days"]
    assert plan.frequency == line.get("frequency", "")
    assert plan.infusion_minutes == (tuple(line["minutes"]) if "minutes" in line else None)
    if "disputed" in line:
        assert line["disputed"] in plan.days.disputed
        assert line["disputed"] not in plan.days.scheduled


def test_no_line_that_the_register_does_not_have(aall15p1: Protocol) -> None:
    ours = [(key, plan.drug, plan.route) for key, plan in plans(aall15p1)]
    assert sorted(ours) == sorted((x["course"], x["drug"], x["route"]) for x in LINES)


def test_number_of_doses_counted_from_the_register(aall15p1: Protocol) -> None:
    """The totals that the register adds up to: 20 azacitidine, 8 vincristine, 6 daunorubicin."""

    def days(drug: str, routes: set[str], leave_out: str = "") -> int:
        return sum(
            len(plan.days.scheduled)
            for key, plan in plans(aall15p1)
            if plan.drug == drug and plan.route in routes and key != leave_out
        )

    assert days("azacitidine", {"IV"}) == 20
    assert days("vincristine", {"IV"}) == 8
    assert days("daunorubicin", {"IV"}) == 6
    assert days("pegaspargase", {"IV or IM"}) == 3
    assert days("cyclophosphamide", {"IV"}) == 4
    assert days("cytarabine", {"IV", "IV or SC"}, leave_out="interim-maintenance") == 54
    high = aall15p1.course("interim-maintenance").plan("cytarabine", "IV")
    assert (len(high.days.scheduled), high.doses_per_day) == (4, 2)  # 8 doses


def test_azacitidine_is_the_only_dose(aall15p1: Protocol) -> None:
    for key, plan in plans(aall15p1):
        if plan.drug == "azacitidine":
            assert key in PRIMING
            assert plan.dose.rate == DoseRate(plan.dose.rate.value, "mg", "kg")  # type: ignore[union-attr]
            assert str(plan.dose.rate.value) == "2.5"  # type: ignore[union-attr]
            assert plan.dose.origin.evidence == "stated"
            assert (plan.infusion_minutes, plan.finish_within_minutes) == ((10, 40), 45)
        else:
            assert plan.dose.rate is None, (key, plan.drug)
            assert plan.dose.origin.evidence == "absent"


def test_azacitidine_stops_are_facts_with_a_reason(aall15p1: Protocol) -> None:
    """H2: the infant bounds are in the file, with source and reason."""
    for key in PRIMING:
        safety = aall15p1.course(key).plan("azacitidine", "IV").safety
        assert safety is not None
        assert safety.most == DrugAmount(safety.most.value, "mg")  # type: ignore[union-attr]
        assert (str(safety.most.value), safety.most_vials) == ("25", 1)  # type: ignore[union-attr]
        assert str(safety.most_per_kg.value) == "2.75"  # type: ignore[union-attr]
        assert safety.sources == ("S2",)
        assert "10 kg" in safety.reason


def test_no_age_factor_is_stated(aall15p1: Protocol) -> None:
    assert all(plan.age_rule is None for _, plan in plans(aall15p1))


def test_every_fact_names_a_source_that_is_listed(aall15p1: Protocol) -> None:
    """H39: nothing stated, disputed or related without a source that can be found."""
    for course in aall15p1.courses:
        origins = [course.order_origin, course.length_origin, course.start_origin]
        for plan in course.drugs:
            origins += [plan.given_origin, plan.days.origin, plan.dose.origin]
            assert plan.given_origin.evidence == plan.days.origin.evidence == "stated"
            assert all(related.source in aall15p1.sources for related in plan.related)
        for origin in origins:
            assert origin.evidence == "absent" or origin.sources
            assert set(origin.sources) <= set(aall15p1.sources)
            assert len(origin.named) > 0 or not origin.sources
    assert all(
        rule.origin.sources or rule.origin.evidence == "absent" for rule in aall15p1.entry_rules
    )


def test_five_conflicts_each_with_both_readings(aall15p1: Protocol) -> None:
    assert [conflict.number for conflict in aall15p1.conflicts] == [1, 2, 3, 4, 5]
    for conflict in aall15p1.conflicts:
        assert conflict.origin.evidence == "conflict"
        assert len(conflict.readings) >= 2
        assert conflict.ruling


def test_conflict_1_day_92_or_99(aall15p1: Protocol) -> None:
    maintenance = aall15p1.course("maintenance")
    for drug in ("methotrexate", "hydrocortisone"):
        days = maintenance.plan(drug, "IT").days
        assert (days.conflict, days.disputed) == (1, (92, 99))
        assert [reading.days for reading in days.readings] == [(92,), (99,)]
    assert maintenance.plan("cytarabine", "IT").days.disputed == ()


def test_conflict_2_weekly_methotrexate(aall15p1: Protocol) -> None:
    days = aall15p1.course("maintenance").plan("methotrexate", "PO").days
    assert days.conflict == 2
    assert max(days.scheduled) == 85
    assert [reading.days[0] for reading in days.readings] == [99, 98]
    assert [reading.days[-1] for reading in days.readings] == [162, 168]
    assert all(
        (later - earlier) == 7
        for reading in days.readings
        for earlier, later in zip(reading.days, reading.days[1:], strict=False)
    )
    assert (days.repeat_from, days.repeat_every, days.repeat_days) == (169, 84, ())
    assert days.repeat_origin is not None
    assert days.repeat_origin.evidence == "conflict"


def test_conflict_3_cyclophosphamide_minutes(aall15p1: Protocol) -> None:
    for key, minutes in (("consolidation", (30, 60)), ("di-part-2", (15, 30))):
        plan = aall15p1.course(key).plan("cyclophosphamide", "IV")
        assert plan.infusion_minutes == minutes
        assert plan.infusion_conflict == 3
        assert plan.infusion_origin is not None
        assert plan.infusion_origin.evidence == "conflict"


def test_conflict_4_hydrocortisone_on_day_1(aall15p1: Protocol) -> None:
    days = aall15p1.course("induction").plan("hydrocortisone", "IT").days
    assert (days.scheduled, days.disputed, days.conflict) == ((15, 29), (1,), 4)


def test_mercaptopurine_repeats_in_84_day_cycles(aall15p1: Protocol) -> None:
    days = aall15p1.course("maintenance").plan("mercaptopurine", "PO or NG").days
    assert (days.repeat_from, days.repeat_every) == (169, 84)
    assert days.repeat_days == tuple(range(1, 85))
    assert [days.plans(day) for day in (1, 168, 169, 252, 253, 10_000)] == [True] * 6
    assert not days.plans(0)


def test_lengths_only_where_stated(aall15p1: Protocol) -> None:
    for course in aall15p1.courses:
        assert course.length_days == (5 if course.key in PRIMING else None)
        assert course.cycle_days == (84 if course.key == "maintenance" else None)
        assert course.tertiary_only == (course.key in PRIMING)
        assert course.follows_directly == (course.key in AFTER_PRIMING)
        assert (course.start_rule is not None) == (course.key in PRIMING)
        assert course.protocol == "aall15p1"


def test_both_day_numberings(aall15p1: Protocol) -> None:
    """The paper begins chemotherapy on day 6, the register on day 1."""
    for course in aall15p1.courses:
        expected = 6 if course.key in AFTER_PRIMING else None
        assert course.second_label(1) == expected
    assert "day 6" in aall15p1.numbering_words


def test_end_of_therapy_and_dlt_period(aall15p1: Protocol) -> None:
    assert aall15p1.therapy == TherapyEnd(2, "years", "induction")
    assert aall15p1.therapy_words == "2 years from the start of Induction"
    window = aall15p1.dlt_window
    assert window is not None
    assert (window.opens_on_day_1_of, window.closes_when_may_start) == ("epi-1", "epi-4")
    assert window.origin.evidence == "stated"


def test_start_rule_of_each_block(aall15p1: Protocol) -> None:
    for key in PRIMING:
        rule = aall15p1.course(key).start_rule
        assert rule is not None
        assert [(part.measure, part.at_least_per_ul) for part in rule.measures] == [
            ("anc", 500),
            ("platelets", 50_000),
        ]
        assert [part.key for part in rule.confirmations] == ["toxicity-resolved"]


def test_related_doses_stand_beside_and_are_text(aall15p1: Protocol) -> None:
    related = [item for _, plan in plans(aall15p1) for item in plan.related]
    assert len(related) >= 40
    assert all(isinstance(item.text, str) for item in related)
    intrathecal = [plan for _, plan in plans(aall15p1) if plan.route == "IT"]
    assert all(len(plan.related) == 2 for plan in intrathecal)  # the two sources differ


def test_no_dash_range_of_days_in_any_text(aall15p1: Protocol) -> None:
    """H18: "days 4-11" was once read as 4 and 11."""
    text = place("resources", "protocols", "aall15p1.toml").read_text(encoding="utf-8")
    assert not re.search(r"days?\s+\d+\s*[-\u2013]\s*\d+", text)


def test_course_and_plan_that_are_not_there(aall15p1: Protocol) -> None:
    with pytest.raises(KeyError):
        aall15p1.course("ib")
    with pytest.raises(KeyError):
        aall15p1.course("induction").plan("azacitidine", "IV")
