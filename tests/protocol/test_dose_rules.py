"""Site doses of every kind, the age anchor, caps, reductions, days, and what a blocked dose asks for."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from msgspec.structs import replace

from bedside.protocol.dose_in_force import days_in_force, route_in_force
from bedside.protocol.doses import DoseWorking, Modification, work_dose
from bedside.protocol.model import AgeFactor, Course, DrugPlan, Protocol
from bedside.protocol.modification import modification_faults
from bedside.protocol.site_values import AgeDose, SiteDose, SiteValues
from bedside.units.quantities import BodySurface, BodyWeight, DoseRate, DrugAmount
from bedside.units.rounding import RoundingRule, as_decimal

BIRTH, DAY_1 = date(2026, 7, 1), date(2026, 11, 1)
BANDS = (
    AgeFactor(0, Fraction(2, 3)),
    AgeFactor(6, Fraction(3, 4)),
    AgeFactor(12, Fraction(1)),
)
CYTARABINE = ("induction", "cytarabine", "IV")
IT_METHOTREXATE = ("induction", "methotrexate", "IT")


def site_with(key: tuple[str, str, str], dose: SiteDose, **more: Any) -> SiteValues:
    return SiteValues(protocol="aall15p1", edition="7", doses={key: dose}, **more)


def per_m2(value: str, **more: Any) -> SiteDose:
    return SiteDose(DoseRate(Decimal(value), "mg", "m2"), **more)


def work(
    course: Course,
    plan: DrugPlan,
    site: SiteValues,
    *,
    day: int = 8,
    grams: int | None = 6200,
    m2: str | None = "0.32",
    birth: date = BIRTH,
    **more: Any,
) -> DoseWorking:
    return work_dose(
        plan,
        course,
        birth=birth,
        course_day_1=DAY_1,
        on=DAY_1 + timedelta(days=day - 1),
        weight=None if grams is None else BodyWeight(grams),
        surface=None if m2 is None else BodySurface(Decimal(m2)),
        site=site,
        **more,
    )


@pytest.fixture
def induction(aall15p1: Protocol) -> Course:
    return aall15p1.course("induction")


@pytest.fixture
def cytarabine(induction: Course) -> DrugPlan:
    return induction.plan("cytarabine", "IV")


def test_site_age_factors_cap_and_doses_a_day(induction: Course, cytarabine: DrugPlan) -> None:
    """75 × 0.32 = 24 mg; four months: 2/3 of it, 16 mg; the cap of 15 mg holds."""
    dose = per_m2("75", age_factors=BANDS, most=DrugAmount(Decimal(15)))
    seen = work(induction, cytarabine, site_with(CYTARABINE, dose))
    assert seen.prepared == DrugAmount(Decimal(15))
    assert (seen.age_factor, seen.cap_words) == (
        "2/3",
        "at most 15 mg for one dose (site value), reached",
    )
    assert seen.steps[1:5] == (
        "75 mg per m² × 0.32 m² = 24 mg.",
        "Age factor (site value) 2/3: 4 completed months on day 1 of the course, 01-Nov-2026: "
        "24 mg × 2/3 = 16 mg.",
        "Modification: 100 % of the protocol dose.",
        "Cap: at most 15 mg for one dose (site value): 16 mg becomes 15 mg.",
    )


def test_a_cap_exactly_met_changes_nothing(induction: Course, cytarabine: DrugPlan) -> None:
    seen = work(
        induction,
        cytarabine,
        site_with(CYTARABINE, per_m2("75", most=DrugAmount(Decimal(24)))),
    )
    assert seen.prepared == DrugAmount(Decimal(24))
    assert "Cap: at most 24 mg for one dose (site value): 24 mg is not above it." in seen.steps
    assert "none: this site's values state none for this drug" in seen.age_factor_words


def test_a_cap_in_another_unit_blocks(induction: Course, cytarabine: DrugPlan) -> None:
    dose = per_m2("75", most=DrugAmount(Decimal(24), "units"))
    seen = work(induction, cytarabine, site_with(CYTARABINE, dose))
    assert any("not in the unit of its dose" in reason for reason in seen.blocked_by)


def test_a_cap_and_a_reduction_are_said_without_a_body(
    induction: Course, cytarabine: DrugPlan
) -> None:
    dose = per_m2("75", most=DrugAmount(Decimal(24)))
    share = Modification(Decimal(75), "after mucositis", "Dr X")
    seen = work(induction, cytarabine, site_with(CYTARABINE, dose), m2=None, modification=share)
    assert "Cap: at most 24 mg for one dose (site value)." in seen.steps
    assert "Modification: 75 % of the protocol dose, after mucositis (Dr X)." in seen.steps
    assert [item.fact for item in seen.missing] == [
        "a body length (with the weight it gives the body surface)"
    ]


def test_two_thirds_of_three_quarters_is_exactly_half(
    induction: Course, cytarabine: DrugPlan
) -> None:
    """10 × 2/3 × 3/4 = 5 mg exactly: half a step of 10 mg rounds up, to 10 mg."""
    share = Modification(Decimal(75), "after mucositis", "Dr X")
    rule = RoundingRule("to 10 mg", Decimal(10), Decimal(100))
    site = site_with(CYTARABINE, per_m2("31.25", age_factors=BANDS), rounding={"cytarabine": rule})
    seen = work(induction, cytarabine, site, modification=share)
    assert seen.unrounded == DrugAmount(Decimal(5))
    assert (seen.prepared, seen.change_percent) == (DrugAmount(Decimal(10)), Decimal(100))
    assert "about 6.666667 mg × 75 % = 5 mg." in seen.steps[3]
    assert seen.modified_words == "75 % of the protocol dose, after mucositis (Dr X)"


def test_rounding_to_exactly_the_percent_limit_of_a_dose_without_end(
    induction: Course, cytarabine: DrugPlan
) -> None:
    """10 × 2/3 = 6.666… mg becomes 7 mg: exactly 5 % more."""
    for most, status in (("5", "ready"), ("4.999", "blocked")):
        rule = RoundingRule("to 1 mg", Decimal(1), Decimal(most))
        site = site_with(
            CYTARABINE, per_m2("31.25", age_factors=BANDS), rounding={"cytarabine": rule}
        )
        seen = work(induction, cytarabine, site)
        assert seen.status == status
        assert seen.steps[5].endswith("becomes 7 mg, change 5 %.")


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (Modification(Decimal(0), "r", "w"), "not 0 %"),
        (Modification(Decimal("100.1"), "r", "w"), "not 100.1 %"),
        (Modification(Decimal(-75), "r", "w"), "not -75 %"),
        (Modification(Decimal("NaN"), "r", "w"), "not NaN %"),
        (Modification(Decimal(75), " ", "w"), "needs its reason"),
        (Modification(Decimal(75), "r", ""), "who decided"),
    ],
)
def test_a_reduction_that_cannot_be_used_blocks(
    share: Modification, said: str, aall15p1: Protocol
) -> None:
    course = aall15p1.course("epi-1")
    seen = work(course, course.drugs[0], SiteValues(), day=1, modification=share)
    assert seen.status == "blocked"
    assert any(said in reason for reason in seen.blocked_by)
    assert modification_faults(Modification(Decimal(100), "r", "w")) == []


def test_dose_fixed_by_age(induction: Course) -> None:
    plan = induction.plan("methotrexate", "IT")
    bands = (AgeDose(0, DrugAmount(Decimal(6))), AgeDose(12, DrugAmount(Decimal(8))))
    site = site_with(IT_METHOTREXATE, SiteDose(None, by_age=bands))
    for birth, mg in ((date(2025, 11, 2), 6), (date(2025, 11, 1), 8)):
        seen = work(induction, plan, site, day=1, birth=birth, grams=None, m2=None)
        assert seen.prepared == DrugAmount(Decimal(mg))
        assert seen.rate == DoseRate(Decimal(mg), "mg", "dose")
        assert seen.age_factor == "none"
        assert f"Fixed dose: {mg} mg." in seen.steps
    assert seen.steps[0] == (
        "Protocol dose: fixed by age: 6 mg from 0 months, 8 mg from 12 months (site value, 7)."
    )
    assert seen.steps[1] == (
        "Dose by age 8 mg: 12 completed months on day 1 of the course, 01-Nov-2026."
    )
    turns = work(induction, plan, site, day=1, birth=date(2025, 11, 2), grams=None, m2=None)
    assert any("close to day 1 of the course" in words for words in turns.cautions)
    assert turns.cautions[-1] == (
        "Turns 12 months on day 2, 02-Nov-2026: this does not change the dose in this course, "
        "6 mg stays, because the age is taken on day 1 of the course."
    )


@pytest.mark.parametrize(
    ("anchor", "day", "factor"),
    [
        ("course-day-1", 11, "2/3"),
        ("course-day-1", 12, "2/3"),
        ("dose-day", 11, "2/3"),
        ("dose-day", 12, "3/4"),
        ("diagnosis", 12, "2/3"),
    ],
)
def test_turning_six_months_on_day_12(
    anchor: str, day: int, factor: str, induction: Course, cytarabine: DrugPlan
) -> None:
    """Born 12-May-2026: six months on 12-Nov-2026, day 12; only a dose-day anchor changes the dose."""
    site = site_with(CYTARABINE, per_m2("75", age_factors=BANDS), age_anchor=anchor)
    seen = work(
        induction,
        cytarabine,
        site,
        day=day,
        birth=date(2026, 5, 12),
        diagnosed_on=date(2026, 10, 30),
    )
    assert seen.age_factor == factor
    said = seen.cautions[-1]
    turned = "Turns 6 months on day 12, 12-Nov-2026" if day == 11 else "Turned 6 months on 12-Nov"
    assert said.startswith(turned)
    if anchor == "dose-day":
        assert said.endswith("from that day on factor 3/4, before it factor 2/3.")
    else:
        assert "does not change the dose" in said


def test_the_anchor_of_another_protocols_values_does_not_count(interfant06: Protocol) -> None:
    course = interfant06.course("induction")
    plan = course.plan("asparaginase-e-coli", "IV")
    site = SiteValues(protocol="aall15p1", age_anchor="dose-day")
    seen = work(course, plan, site, day=15, birth=date(2026, 5, 12))
    assert seen.age_factor == "2/3"


def test_diagnosis_as_anchor_must_be_known_and_possible(
    induction: Course, cytarabine: DrugPlan
) -> None:
    site = site_with(CYTARABINE, per_m2("75", age_factors=BANDS), age_anchor="diagnosis")
    seen = work(induction, cytarabine, site)
    assert any("day of diagnosis is not known" in reason for reason in seen.blocked_by)
    assert seen.missing[0].where == "the infant's enrolment, or --diagnosed"
    early = work(induction, cytarabine, site, diagnosed_on=date(2026, 6, 30))
    assert any("30-Jun-2026 is before the birth" in reason for reason in early.blocked_by)
    bands = (AgeDose(0, DrugAmount(Decimal(6))),)
    fixed = site_with(IT_METHOTREXATE, SiteDose(None, by_age=bands), age_anchor="diagnosis")
    seen = work(induction, induction.plan("methotrexate", "IT"), fixed, day=1)
    assert (seen.status, seen.unrounded, seen.rate) == ("blocked", None, None)


def test_site_values_that_contradict_stated_ones_block(
    interfant06: Protocol, induction: Course
) -> None:
    course = interfant06.course("induction")
    plan = course.plan("asparaginase-e-coli", "IV")
    key = ("induction", "asparaginase-e-coli", "IV")
    rate = plan.dose.rate
    other = (AgeFactor(0, Fraction(1, 2)),)
    site = SiteValues(protocol="interfant06", doses={key: SiteDose(rate, age_factors=other)})
    seen = work(course, plan, site, day=15)
    assert any(
        "age factors 1/2 from 0 months" in reason and "2/3 from 0 months" in reason
        for reason in seen.blocked_by
    )
    fixed = SiteDose(None, by_age=(AgeDose(0, DrugAmount(Decimal(6), "units")),))
    site = SiteValues(protocol="interfant06", doses={key: fixed})
    seen = work(course, plan, site, day=15)
    assert any("fixed by age: 6 units from 0 months" in reason for reason in seen.blocked_by)
    prednisolone = induction.plan("prednisolone", "PO or NG")
    key = ("induction", "prednisolone", "PO or NG")
    for times, status in ((3, "ready"), (2, "blocked")):
        seen = work(
            induction, prednisolone, site_with(key, per_m2("20", doses_per_day=times)), day=1
        )
        assert seen.status == status
    assert any("entered 2 doses a day" in reason for reason in seen.blocked_by)
    assert seen.missing[0].fact.startswith("which dose of prednisoLONE")


def test_doses_a_day_are_said(induction: Course) -> None:
    plan = induction.plan("prednisolone", "PO or NG")
    site = site_with(("induction", "prednisolone", "PO or NG"), per_m2("20"))
    seen = work(induction, plan, site, day=1)
    assert "Doses a day: 3, each as worked out here; 19.2 mg in the day." in seen.steps
    assert seen.doses_per_day == 3


def test_site_days_fill_open_days_and_never_contradict_stated_ones(
    aall15p1: Protocol, interfant06: Protocol
) -> None:
    hydrocortisone = aall15p1.course("induction").plan("hydrocortisone", "IT").days
    assert days_in_force(hydrocortisone, ()) == (hydrocortisone, "")
    found, fault = days_in_force(hydrocortisone, (1, 15, 29))
    assert (found.scheduled, found.disputed, fault) == ((1, 15, 29), (), "")
    assert "settle which hold" in days_in_force(hydrocortisone, (1, 15))[1]
    vincristine = aall15p1.course("induction").plan("vincristine", "IV").days
    assert "8, 15, 22, 29" in days_in_force(vincristine, (1, 8, 15, 22, 29))[1]
    assert days_in_force(vincristine, (8, 15, 22, 29))[1] == ""
    weekly = aall15p1.course("maintenance").plan("mercaptopurine", "PO or NG").days
    found, fault = days_in_force(weekly, weekly.scheduled)
    assert fault == ""
    assert found.plans(169) == weekly.plans(169)
    absent = interfant06.course("induction").plan("vincristine", "not public").days
    assert days_in_force(absent, (8,))[0].plans(8)


def test_site_days_in_the_working(induction: Course) -> None:
    key = ("induction", "hydrocortisone", "IT")
    dose = SiteDose(DoseRate(Decimal(6), "mg", "dose"))
    plan = induction.plan("hydrocortisone", "IT")
    assert work(induction, plan, site_with(key, dose), day=1).missing[0].fact == (
        "the days of hydrocortisone in Induction"
    )
    agreed = site_with(key, dose, days={key: (1, 15, 29)})
    assert work(induction, plan, agreed, day=1).status == "ready"
    wrong = site_with(key, dose, days={key: (1,)})
    assert any("settle" in reason for reason in work(induction, plan, wrong, day=1).blocked_by)


def test_a_route_that_is_not_public_comes_from_the_site(interfant06: Protocol) -> None:
    course = interfant06.course("induction")
    plan = course.plan("vincristine", "not public")
    key = ("induction", "vincristine", "IV")
    site = SiteValues(
        protocol="interfant06",
        edition="1",
        doses={key: per_m2("1.5")},
        days={key: (8, 15)},
    )
    seen = work(course, plan, site)
    assert (seen.status, seen.route) == ("ready", "IV")
    assert seen.unrounded == DrugAmount(Decimal("0.48"))
    assert route_in_force(plan, course, replace(site, protocol="aall15p1")) == "not public"
    both = replace(site, doses={key: per_m2("1.5"), (*key[:2], "IM"): per_m2("1.5")})
    assert route_in_force(plan, course, both) == "not public"


def test_another_lines_route_is_never_taken(interfant06: Protocol) -> None:
    """The intrathecal dose is not the dose of the line whose route is not public."""
    course = interfant06.course("induction")
    plan = course.plan("vincristine", "not public")
    spinal = replace(plan, route="IT")
    course = replace(course, drugs=(*course.drugs, spinal))
    key = ("induction", "vincristine", "IT")
    site = SiteValues(protocol="interfant06", doses={key: per_m2("1.5")})
    assert route_in_force(plan, course, site) == "not public"


def test_what_is_missing_says_who_and_where(induction: Course, cytarabine: DrugPlan) -> None:
    seen = work(induction, cytarabine, SiteValues())
    assert [item.words for item in seen.missing] == [
        "the dose of cytarabine intravenous in Induction. Who: two people of this site, each from "
        "its controlled copy of the protocol. Where: Commissioning, or “dose” in the site "
        "values file."
    ]
    weighed = work(induction, induction.plan("vincristine", "IV"), SiteValues(), grams=None)
    assert weighed.status == "blocked"
    per_kg = SiteDose(DoseRate(Decimal(1), "mg", "kg"))
    seen = work(induction, cytarabine, site_with(CYTARABINE, per_kg), grams=None)
    assert [item.fact for item in seen.missing] == ["a weight"]


def test_fractions_as_decimals() -> None:
    assert as_decimal(Fraction(41, 8)) == Decimal("5.125")
    assert as_decimal(Fraction(2, 3)) == Decimal("0.6666666666666666666666666667")
