"""Per dose or per day: what public sources have in a day, and what a typed dose looks like beside it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from bedside.protocol.day_dose import (
    NO_STOP,
    above_words,
    day_doses,
    day_words,
    related_words,
    slip_words,
)
from bedside.protocol.doses import DoseWorking, work_dose
from bedside.protocol.model import DrugPlan, Protocol
from bedside.protocol.number_compare import asked_of_day
from bedside.protocol.numbers import protocol_inventory
from bedside.protocol.site_text import SiteHead, site_values_text
from bedside.protocol.site_value_reader import read_site_values_text
from bedside.protocol.site_values import SiteDose, SiteValues
from bedside.units.quantities import BodySurface, BodyWeight, DoseRate

DAY_1 = date(2026, 11, 1)


def plan_of(protocol: Protocol, course: str, drug: str) -> DrugPlan:
    return next(plan for plan in protocol.course(course).drugs if plan.drug == drug)


def rate(value: str, per: str = "m2", unit: str = "mg") -> DoseRate:
    return DoseRate(Decimal(value), unit, per)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("course", "drug", "words"),
    [
        (
            "di-part-1",
            "dexamethasone",
            "10 mg per m² a day, ALL-BFM 95 protocol II "
            "[per day; per dose about 3.333 mg per m², 3 times a day]",
        ),
        (
            "induction",
            "prednisolone",
            "60 mg per m² a day in 3 doses, ALL-BFM 95 protocol I phase A "
            "[per day; per dose 20 mg per m², 3 times a day]",
        ),
        (
            "di-part-1",
            "thioguanine",
            "60 mg per m² a day, ALL-BFM 95 protocol II [per day: all doses of a day together]",
        ),
        ("di-part-1", "vincristine", "1.5 mg per m², at most 2 mg, ALL-BFM 95 [per dose]"),
    ],
)
def test_a_related_dose_says_per_dose_or_per_day(
    aall15p1: Protocol, course: str, drug: str, words: str
) -> None:
    assert words in tuple(related_words(plan_of(aall15p1, course, drug)))
    numbers = protocol_inventory(aall15p1).group(course).numbers
    number = next(one for one in numbers if one.drug == drug and "/dose/" in one.id)
    assert words in number.related
    assert number.words == "Dose each time it is given (per dose, not per day)"


def test_a_continuous_infusion_is_asked_per_day(shelf: dict[str, Protocol]) -> None:
    numbers = protocol_inventory(shelf["interfant06-blinatumomab"]).group("blinatumomab").numbers
    number = next(one for one in numbers if "/dose/" in one.id)
    assert number.words == "Dose of each day, running over 24 hours (per day)"


def test_another_drugs_dose_and_a_fixed_one_bound_nothing(
    aall15p1: Protocol, interfant06: Protocol
) -> None:
    """Doxorubicin is no daunorubicin, pegaspargase no native enzyme, an intrathecal dose has no m²."""
    assert day_doses(plan_of(aall15p1, "di-part-1", "daunorubicin")) != ()
    assert "doxorubicin" not in str(
        [one.words for one in day_doses(plan_of(aall15p1, "di-part-1", "daunorubicin"))]
    )
    assert day_doses(plan_of(interfant06, "octadad-1", "daunorubicin")) == ()
    assert day_doses(plan_of(interfant06, "octadad-1", "asparaginase")) == ()
    spinal = aall15p1.course("induction").plan("methotrexate", "IT")
    assert day_doses(spinal) == ()
    assert all("[" not in words for words in related_words(spinal))


def test_words_for_how_a_dose_adds_up() -> None:
    assert day_words(rate("10"), 3) == "per dose, 3 times a day, 30 mg per m² per day"
    assert day_words(rate("10", "dose"), 2) == "per dose, 2 times a day, 20 mg per day"
    assert day_words(rate("10"), 1) == day_words(rate("10"), None) == ""


def test_the_dose_of_a_day_typed_as_each_dose_is_named(aall15p1: Protocol) -> None:
    known = day_doses(plan_of(aall15p1, "di-part-1", "dexamethasone"))
    assert slip_words(rate("10"), 3, known).startswith(
        "this is the dose of a whole day of a related protocol (10 mg per m² a day, ALL-BFM 95"
    )
    assert slip_words(rate("10"), 1, known) == slip_words(rate("10"), None, known) == ""
    assert slip_words(rate("3"), 3, known) == ""
    assert "12 mg per m² in a day is 1.2 times the most" in slip_words(rate("4"), 3, known)
    assert above_words(rate("3.34"), 3, known).startswith(
        "10.02 mg per m² in a day is more than the most that public sources have here"
    )
    assert above_words(rate("400", "kg"), 3, known) == ""  # in another unit: not compared


def test_what_two_people_are_asked(aall15p1: Protocol) -> None:
    numbers = protocol_inventory(aall15p1)
    number = numbers.number("di-part-1/dose/dexamethasone/po-ng-or-iv")
    asked = asked_of_day(number.day_doses, number.read("10 mg/m2"), number.times)
    assert asked is not None and asked.needs_reason and "whole day" in asked.words
    assert asked_of_day(number.day_doses, number.read("3 mg/m2"), number.times) is None
    assert asked_of_day(number.day_doses, number.read("not stated"), 3) is None
    assert asked_of_day((), number.read("10 mg/m2"), 3) is None


def work(protocol: Protocol, course: str, drug: str, day: int, dose: SiteDose) -> DoseWorking:
    plan = plan_of(protocol, course, drug)
    site = SiteValues(protocol=protocol.key, edition="1", doses={(course, drug, plan.route): dose})
    return work_dose(
        plan,
        protocol.course(course),
        birth=date(2026, 7, 1),
        course_day_1=DAY_1,
        on=DAY_1 + timedelta(days=day - 1),
        weight=BodyWeight(7000),
        surface=BodySurface(Decimal("0.36")),
        site=site,
    )


def test_every_step_says_dose_and_day(aall15p1: Protocol) -> None:
    seen = work(aall15p1, "induction", "prednisolone", 1, SiteDose(rate("20")))
    assert seen.steps[0] == (
        "Protocol dose: 20 mg per m² (site value, 1): "
        "per dose, 3 times a day, 60 mg per m² per day."
    )
    assert "Stop: in a day not above what public sources have for this drug here." in seen.steps
    confirmed = work(
        aall15p1, "induction", "prednisolone", 1, SiteDose(rate("30"), above_public=True)
    )
    assert confirmed.status == "ready"
    assert any(
        step.startswith("Above public sources, confirmed by two people: 90 mg per m² in a day")
        for step in confirmed.steps
    )


def test_where_nothing_is_public_it_says_that_there_is_no_stop(aall15p1: Protocol) -> None:
    fixed = work(aall15p1, "induction", "methotrexate", 1, SiteDose(rate("6", "dose")))
    assert fixed.status == "ready" and NO_STOP in fixed.steps
    other = work(aall15p1, "induction", "prednisolone", 1, SiteDose(rate("1", "kg")))
    assert NO_STOP in other.steps


def test_a_reason_of_two_people_is_written_into_the_sites_file(aall15p1: Protocol) -> None:
    numbers = protocol_inventory(aall15p1)
    key = "induction/dose/prednisolone/po-or-ng"
    for reasoned in (frozenset[str](), frozenset({key})):
        head = SiteHead("1", False, (), None, "", "", None, reasoned)
        text = site_values_text(aall15p1, numbers, {key: "30 mg/m2"}, {}, head)
        dose = read_site_values_text(text, "case", protocol=aall15p1).doses[
            "induction", "prednisolone", "PO or NG"
        ]
        assert dose.above_public is bool(reasoned)
