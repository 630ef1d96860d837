"""Cumulative doses: each with its own body, unknown never counted as nothing, equivalents exact."""

from decimal import Decimal
from fractions import Fraction

import pytest

from bedside.clinical.exposure import (
    Equivalent,
    Exposure,
    GivenDose,
    add_up,
    doxorubicin_equivalent,
)
from bedside.units.quantities import BodySurface, BodyWeight, DrugAmount

SIX_KG, HALF = BodyWeight(6000), BodySurface(Decimal("0.3"))


def mg(value: str) -> DrugAmount:
    return DrugAmount(Decimal(value))


def test_each_dose_counts_with_its_own_body() -> None:
    """15 mg at 6 kg and 17.5 mg at 7 kg are 2.5 mg per kg each; 32.5 mg in all."""
    given = (
        GivenDose("azacitidine", "IV", mg("15"), SIX_KG),
        GivenDose("azacitidine", "IV", mg("17.5"), BodyWeight(7000)),
    )
    assert add_up(given) == {
        ("azacitidine", "IV"): Exposure(2, 0, Fraction(65, 2), Fraction(5), None)
    }


def test_routes_are_added_apart() -> None:
    given = (
        GivenDose("cytarabine", "IV", mg("24"), SIX_KG, HALF),
        GivenDose("cytarabine", "IT", mg("15")),
    )
    totals = add_up(given)
    assert totals["cytarabine", "IV"].per_m2 == 80
    assert totals["cytarabine", "IT"] == Exposure(1, 0, Fraction(15), None, None)
    assert add_up(()) == {}


def test_a_dose_without_amount_makes_the_total_unknown() -> None:
    given = (
        GivenDose("daunorubicin", "IV", mg("7.5"), SIX_KG, HALF),
        GivenDose("daunorubicin", "IV", None),
        GivenDose("daunorubicin", "IV", mg("7.5"), SIX_KG, HALF),
    )
    assert add_up(given)["daunorubicin", "IV"] == Exposure(3, 1, None, None, None)
    first = (GivenDose("daunorubicin", "IV", None), given[0])
    assert add_up(first)["daunorubicin", "IV"] == Exposure(2, 1, None, None, None)


def test_a_broken_off_infusion_counts_as_the_part_that_went_in() -> None:
    """7 mg of an infusion, then the rest of 8.5 mg on the same day, at 6 kg: one day, 15.5 mg."""
    given = (
        GivenDose("azacitidine", "IV", mg("8.5"), SIX_KG),
        GivenDose("azacitidine", "IV", mg("7"), SIX_KG, broken=True, own_day=False),
    )
    whole = Exposure(1, 0, Fraction(31, 2), Fraction(31, 12), None, broken=1)
    assert add_up(given)["azacitidine", "IV"] == whole
    unknown = GivenDose("azacitidine", "IV", None, SIX_KG, broken=True, own_day=False)
    assert add_up((given[0], unknown))["azacitidine", "IV"] == Exposure(
        1, 1, None, None, None, broken=1
    )


def test_a_part_of_an_anthracycline_counts_in_the_equivalents() -> None:
    """3 of 7.5 mg at 0.3 m² are 10 mg per m²; a part nobody knows keeps the equivalents unknown."""
    part = GivenDose("daunorubicin", "IV", mg("3"), SIX_KG, HALF, broken=True)
    per_m2 = {"daunorubicin": add_up((part,))["daunorubicin", "IV"].per_m2}
    factors = {"daunorubicin": Fraction(1, 2)}
    assert doxorubicin_equivalent(per_m2, factors) == Equivalent(Fraction(5))
    lost = GivenDose("daunorubicin", "IV", None, SIX_KG, HALF, broken=True)
    per_m2 = {"daunorubicin": add_up((part, lost))["daunorubicin", "IV"].per_m2}
    assert doxorubicin_equivalent(per_m2, factors) == Equivalent(None, ("daunorubicin",))


def test_two_units_are_never_added() -> None:
    units = GivenDose("asparaginase", "IV", DrugAmount(Decimal(1000), "units"))
    with pytest.raises(ValueError, match="units and mg cannot be added"):
        add_up((units, GivenDose("asparaginase", "IV", mg("1"))))


@pytest.mark.parametrize(
    ("totals", "wanted"),
    [
        # 150 × 0.6 = 90; 20 × 10.5 = 210
        ({"daunorubicin": 150, "mitoxantrone": 20}, Equivalent(Fraction(300))),
        ({"daunorubicin": 0, "mitoxantrone": 0}, Equivalent(Fraction(0))),
        ({}, Equivalent(Fraction(0))),
        ({"daunorubicin": None, "mitoxantrone": 20}, Equivalent(None, ("daunorubicin",))),
        ({"daunorubicin": 30, "epirubicin": 10}, Equivalent(None, ("epirubicin",))),
        ({"daunorubicin": 30, "epirubicin": 0}, Equivalent(Fraction(18))),
    ],
)
def test_doxorubicin_equivalents(totals: dict[str, int | None], wanted: Equivalent) -> None:
    factors = {"daunorubicin": Fraction("0.6"), "mitoxantrone": Fraction("10.5")}
    exact = {drug: None if mg is None else Fraction(mg) for drug, mg in totals.items()}
    assert doxorubicin_equivalent(exact, factors) == wanted
