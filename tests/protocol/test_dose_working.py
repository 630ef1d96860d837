"""Every step of a dose in words, site doses, age factors at their edges, and doses per m²."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bedside.protocol.age_factor import age_factor
from bedside.protocol.doses import DoseWorking, work_dose
from bedside.protocol.model import Course, DrugPlan, Protocol
from bedside.protocol.preparation import against
from bedside.protocol.site_values import NO_SITE_VALUES, SiteDose, SiteValues
from bedside.units.quantities import BodySurface, BodyWeight, DoseRate, DrugAmount
from bedside.units.rounding import RoundingRule

BIRTH, DAY_1 = date(2026, 7, 1), date(2026, 11, 1)


TO_50 = replace(
    NO_SITE_VALUES,
    protocol="interfant06",
    rounding={
        "asparaginase-e-coli": RoundingRule("to 50 units", Decimal(50), Decimal(10), "units")
    },
)


def work(
    course: Course,
    plan: DrugPlan,
    site: SiteValues = NO_SITE_VALUES,
    *,
    day: int = 1,
    grams: int | None = 6200,
    m2: str | None = "0.323",
    birth: date = BIRTH,
    course_day: int | None = None,
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
        course_day=course_day,
    )


def test_the_volume_is_on_the_marks_of_the_sites_syringe(
    aall15p1: Protocol, demonstration: SiteValues
) -> None:
    """By hand: 17.1 mg of 10 mg per mL is 1.71 mL; on marks 0.05 mL apart that is 1.70 mL."""
    course = aall15p1.course("epi-1")
    for marks, volume in (({}, "1.71"), ({"azacitidine": Decimal("0.05")}, "1.70")):
        site = replace(demonstration, syringe_step_ml=marks)
        assert work(course, course.drugs[0], site, grams=6850).volume_ml == Decimal(volume)


def test_no_cap_is_the_sites_own_word_once_two_people_have_typed_it(aall15p1: Protocol) -> None:
    course = aall15p1.course("epi-1")
    both = replace(NO_SITE_VALUES, protocol="aall15p1", confirmed_by=("A. One", "B. Two"))
    assert "Cap: none in this site's own copy." in work(course, course.drugs[0], both).steps
    assert "Cap: none in public sources." in work(course, course.drugs[0]).steps


def test_every_step_in_words(aall15p1: Protocol, demonstration: SiteValues) -> None:
    """The worked example on the sheet, a line each."""
    course = aall15p1.course("epi-1")
    seen = work(course, course.drugs[0], demonstration, grams=6850)
    assert seen.steps == (
        "Protocol dose: 2.5 mg per kg (stated: AALL15P1 slides).",
        "2.5 mg per kg × 6.85 kg = 17.125 mg.",
        "Age factor: none: the protocol's public sources state none for this drug.",
        "Modification: 100 % of the protocol dose.",
        "Cap: none in public sources.",
        "Rounding to 0.1 mg, half up (site value, demonstration): 17.125 mg becomes 17.1 mg, "
        "change -0.15 %.",
        "Stop: not above 25 mg for one dose of an infant.",
        "Volume: 17.1 mg ÷ 10 mg per mL = 1.71 mL, drawn up to 0.05 mL as 1.7 mL. "
        "It holds 17 mg, 0.73 % less than the worked dose.",
        "Vials: 1 of 100 mg.",
        "Confirmed at this site by Ines Halvorsen, consultant and Petra Marek, pharmacist.",
    )
    assert (seen.rate_words, seen.evidence, seen.confirmed) == ("2.5 mg per kg", "stated", True)
    assert seen.source_words == "AALL15P1 slides"
    assert seen.cap_words == "none in public sources"
    assert seen.modified_words == "no: 100 % of the protocol dose"
    assert seen.rounding_words == "to 0.1 mg: change -0.15 % (site value, demonstration)"
    assert seen.volume_words == (
        "1.7 mL of 10 mg per mL, which holds 17 mg, 0.73 % less than the worked dose"
    )


def test_nothing_commissioned_is_said(aall15p1: Protocol) -> None:
    course = aall15p1.course("epi-1")
    seen = work(course, course.drugs[0])
    assert "Rounding: not rounded: no rounding rule is commissioned." in seen.steps
    assert "Volume: not worked out: no concentration is commissioned." in seen.steps
    assert "Not confirmed at this site: two people confirm it before use." in seen.steps
    assert (seen.change_percent, seen.volume_ml, seen.vials) == (None, None, None)
    assert seen.prepared == seen.unrounded
    assert seen.confirmed is False


def test_a_real_site_is_not_marked_demonstration(
    aall15p1: Protocol, demonstration: SiteValues
) -> None:
    course = aall15p1.course("epi-1")
    seen = work(course, course.drugs[0], replace(demonstration, demonstration=False))
    assert seen.rounding_words == "to 0.1 mg: change 0 % (site value)"


def test_confirmed_for_another_protocol_is_not_confirmed(
    aall15p1: Protocol, demonstration: SiteValues
) -> None:
    course = aall15p1.course("epi-1")
    seen = work(course, course.drugs[0], replace(demonstration, protocol="interfant06"))
    assert seen.confirmed is False
    assert seen.steps[-1].startswith("Not confirmed at this site")


def test_site_dose_fills_what_is_not_public(aall15p1: Protocol) -> None:
    course = aall15p1.course("consolidation")
    plan = course.plan("cyclophosphamide", "IV")
    key = (course.key, plan.drug, plan.route)
    site = SiteValues(
        protocol="aall15p1", edition="7", doses={key: SiteDose(DoseRate(Decimal(1000), "mg", "m2"))}
    )
    seen = work(course, plan, site)
    assert (seen.evidence, seen.status) == ("site", "ready")
    assert seen.prepared == DrugAmount(Decimal("323.000"))
    assert seen.steps[0] == "Protocol dose: 1\u202f000 mg per m² (site value, 7)."
    elsewhere = replace(site, protocol="interfant06")
    assert any(
        "not in public sources" in reason for reason in work(course, plan, elsewhere).blocked_by
    )


def test_site_dose_that_contradicts_the_stated_one_stops(aall15p1: Protocol) -> None:
    """H39: 25 typed for 2.5 in the site's own entry never reaches a sheet."""
    course = aall15p1.course("epi-1")
    key = ("epi-1", "azacitidine", "IV")
    slip = SiteValues(protocol="aall15p1", doses={key: SiteDose(DoseRate(Decimal(25), "mg", "kg"))})
    assert any(
        "settle which holds" in reason for reason in work(course, course.drugs[0], slip).blocked_by
    )
    same = SiteValues(
        protocol="aall15p1", doses={key: SiteDose(DoseRate(Decimal("2.50"), "mg", "kg"))}
    )
    assert work(course, course.drugs[0], same).status == "ready"


def test_fixed_dose_needs_no_body(aall15p1: Protocol) -> None:
    course = aall15p1.course("induction")
    plan = course.plan("methotrexate", "IT")
    key = ("induction", "methotrexate", "IT")
    site = SiteValues(
        protocol="aall15p1", doses={key: SiteDose(DoseRate(Decimal("7.5"), "mg", "dose"))}
    )
    seen = work(course, plan, site, grams=None, m2=None)
    assert seen.status == "ready"
    assert seen.prepared == DrugAmount(Decimal("7.5"))
    assert "Fixed dose: 7.5 mg." in seen.steps


def test_related_doses_are_never_used(aall15p1: Protocol) -> None:
    """Every drug but azacitidine is blocked without a site dose, on every day of the protocol."""
    for course in aall15p1.courses:
        for plan in course.drugs:
            seen = work(course, plan, day=plan.days.scheduled[0])
            assert (seen.status == "ready") == (plan.drug == "azacitidine"), plan
            if plan.drug != "azacitidine":
                assert (seen.unrounded, seen.rate_words) == (None, "")


def test_units_are_not_drawn_up_in_mg(interfant06: Protocol, demonstration: SiteValues) -> None:
    course = interfant06.course("induction")
    plan = course.plan("asparaginase-e-coli", "IV")
    site = replace(demonstration, concentration_mg_per_ml={plan.drug: Decimal(10)})
    seen = work(course, plan, site, day=15, birth=date(2026, 10, 1))
    assert (seen.prepared, seen.volume_ml, seen.volume_words) == (None, None, "")
    assert any("entered in milligrams, the dose is in units" in why for why in seen.blocked_by)
    assert any("about 2\u202f153.333333 units" in step for step in seen.steps)


def test_a_held_day_keeps_its_number(aall15p1: Protocol) -> None:
    """Day 5 given on the seventh calendar day after two held days."""
    course = aall15p1.course("epi-1")
    assert work(course, course.drugs[0], day=7).status == "blocked"
    seen = work(course, course.drugs[0], day=7, course_day=5)
    assert (seen.status, seen.course_day) == ("ready", 5)


def test_born_after_day_1_is_stopped(aall15p1: Protocol, interfant06: Protocol) -> None:
    """H26: with and without an age factor."""
    for course, plan in (
        (aall15p1.course("epi-1"), aall15p1.course("epi-1").drugs[0]),
        (interfant06.course("induction"), interfant06.course("induction").drugs[4]),
    ):
        seen = work(course, plan, birth=date(2026, 11, 2), day=plan.days.scheduled[0])
        assert any("before the birth" in reason for reason in seen.blocked_by)


def test_born_on_day_1_is_no_fault(aall15p1: Protocol, interfant06: Protocol) -> None:
    course = aall15p1.course("epi-1")
    assert work(course, course.drugs[0], birth=DAY_1).status == "ready"
    course = interfant06.course("induction")
    seen = work(course, course.plan("asparaginase-e-coli", "IV"), TO_50, birth=DAY_1, day=15)
    assert (seen.status, seen.age_factor) == ("ready", "2/3")


def test_a_route_that_is_not_public_is_not_named_twice(interfant06: Protocol) -> None:
    course = interfant06.course("induction")
    seen = work(course, course.plan("vincristine", "not public"), day=8)
    assert seen.blocked_by == (
        "The days of vinCRIStine in Induction are not public: enter them.",
        "The route of vinCRIStine is not public: enter it from your protocol.",
        "The dose of vinCRIStine in Induction is not in public sources: "
        "enter it from your protocol.",
    )


def test_a_dose_under_one_milligram_is_a_dose(aall15p1: Protocol) -> None:
    course = aall15p1.course("induction")
    key = ("induction", "vincristine", "IV")
    site = SiteValues(
        protocol="aall15p1", doses={key: SiteDose(DoseRate(Decimal("0.05"), "mg", "kg"))}
    )
    seen = work(course, course.plan("vincristine", "IV"), site, day=8)
    assert seen.prepared == DrugAmount(Decimal("0.310"))


def test_age_factor_is_said_even_without_a_dose(interfant06: Protocol) -> None:
    course = interfant06.course("induction")
    plan = course.plan("asparaginase-e-coli", "IV")
    seen = work(course, plan, day=15, m2=None)
    assert seen.status == "blocked"
    assert "Age factor: 2/3: 4 completed months on day 1 of the course, 01-Nov-2026." in seen.steps


def test_drug_of_another_course_is_a_programming_error(aall15p1: Protocol) -> None:
    with pytest.raises(ValueError, match="not a drug of induction"):
        work(aall15p1.course("induction"), aall15p1.course("epi-1").drugs[0])


def test_course_without_fences_is_still_worked(aall15p1: Protocol) -> None:
    course = replace(aall15p1.course("epi-1"), weight_range=None)
    plan = replace(course.drugs[0], safety=None)
    course = replace(course, drugs=(plan,))
    assert work(course, plan, grams=40_000).status == "ready"


@pytest.mark.parametrize("m2", ["0.119", "0.801", "3.23"])
def test_surface_outside_its_range(m2: str, interfant06: Protocol) -> None:
    course = interfant06.course("induction")
    seen = work(course, course.plan("asparaginase-e-coli", "IV"), day=15, m2=m2)
    assert any("body surface" in reason for reason in seen.blocked_by)


@pytest.mark.parametrize("m2", ["0.12", "0.8"])
def test_surface_at_the_edge_of_its_range(m2: str, interfant06: Protocol) -> None:
    course = interfant06.course("induction")
    plan = course.plan("asparaginase-e-coli", "IV")
    assert work(course, plan, TO_50, day=15, m2=m2).status == "ready"


def test_a_dose_without_end_and_without_a_rounding_rule_is_no_amount_to_prepare(
    aall15p1: Protocol, interfant06: Protocol
) -> None:
    """One judgement for ward, paper and command line: 15.5 mg ends, two thirds of a unit do not."""
    course = interfant06.course("induction")
    seen = work(course, course.plan("asparaginase-e-coli", "IV"), birth=DAY_1, day=15)
    assert (seen.status, seen.prepared) == ("blocked", None)
    assert "because no rounding rule is entered" in " ".join(seen.blocked_by)
    assert [one.fact for one in seen.missing] == [
        "the rounding rule of asparaginase (native E. coli)"
    ]
    epi = aall15p1.course("epi-1")
    assert work(epi, epi.drugs[0]).status == "ready"


@given(days=st.integers(0, 800))
@settings(deadline=None)
def test_band_by_calendar_months(interfant06_rule: object, days: int) -> None:
    """H8: against a second way to count months, by looking for the birthday of each month."""
    birth = date(2025, 8, 15)  # never the 29th to 31st: those are ruled in the cases
    day_1 = birth + timedelta(days=days)
    months = sum(
        1
        for month in range(1, 30)
        if date(2025 + (7 + month) // 12, (7 + month) % 12 + 1, 15) <= day_1
    )
    expected = Fraction(2, 3) if months < 6 else Fraction(3, 4) if months < 12 else Fraction(1)
    assert age_factor(interfant06_rule, birth, day_1).factor == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("shift", "said"), [(-4, False), (-3, True), (0, True), (3, True), (4, False)]
)
def test_an_edge_within_three_days_is_said(
    interfant06_rule: object, shift: int, said: bool
) -> None:
    """H8: half a year on 01-Mar-2027; day 1 up to three days before or after asks for a check."""
    found = age_factor(
        interfant06_rule,
        date(2026, 9, 1),
        date(2027, 3, 1) + timedelta(days=shift),  # type: ignore[arg-type]
    )
    assert bool(found.cautions) == said
    if said:
        assert "6 months, on 01-Mar-2027" in found.cautions[0]


def test_no_edge_at_birth(interfant06_rule: object) -> None:
    found = age_factor(interfant06_rule, date(2026, 9, 1), date(2026, 9, 2))  # type: ignore[arg-type]
    assert (found.factor, found.cautions) == (Fraction(2, 3), ())


@pytest.fixture(scope="session")
def interfant06_rule(interfant06: Protocol) -> object:
    rule = interfant06.course("induction").plan("asparaginase-e-coli", "IV").age_rule
    assert rule is not None
    return rule


def test_what_is_drawn_up_against_the_worked_dose_in_words() -> None:
    """By hand: 17 of 17.125 is 0.73 % less; a millionth more is less than a hundredth of a per cent."""
    for given_mg, asked, words in (
        ("17", Fraction("17.125"), "0.73 % less than the worked dose"),
        ("0.7", Fraction("0.648"), "8.02 % more than the worked dose"),
        ("17", Fraction(17), "exactly the worked dose"),
        ("17", Fraction("17.000001"), "less than 0.01 % from the worked dose"),
    ):
        assert against(Decimal(given_mg), asked) == words


def test_a_volume_without_an_end_is_said_to_be_about(aall15p1: Protocol) -> None:
    """By hand: 1 mg of 3 mg per mL is a third of a mL, 0.33 mL holds 0.99 mg, 1 % less."""
    course = aall15p1.course("induction")
    plan = course.plan("vincristine", "IV")
    key = ("induction", "vincristine", "IV")
    site = SiteValues(
        protocol="aall15p1",
        doses={key: SiteDose(DoseRate(Decimal(1), "mg", "dose"))},
        concentration_mg_per_ml={"vincristine": Decimal(3)},
    )
    found = work(course, plan, site, day=8)
    assert found.volume_words == (
        "0.33 mL of 3 mg per mL, which holds 0.99 mg, 1 % less than the worked dose"
    )
    assert any(
        "= about 0.333333 mL, drawn up to 0.01 mL as 0.33 mL. It holds 0.99 mg" in step
        for step in found.steps
    )
