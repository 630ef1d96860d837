"""The site's formulary by drug and route: what is read, what is refused, and which entry holds."""

from decimal import Decimal

import pytest

from bedside.protocol.site_value_reader import read_site_values_text
from bedside.protocol.site_values import SiteValues, SiteValuesError, Strength, Tablet
from bedside.protocol.strengths import in_unit, strength_of
from bedside.units.quantities import DrugAmount

HEAD = 'protocol = "aall15p1"\nedition = "1"\n'
METHOTREXATE = """
[[drug]]
drug = "methotrexate"
concentration-mg-per-ml = 25
vial-mg = 50
planned-minutes = 30
rounding = { name = "to 1 mg", step = 1, most-percent = 5 }

[[drug]]
drug = "methotrexate"
route = "PO"
tablet = { value = 2.5, unit = "mg", parts = 2 }
rounding = { name = "to 1.25 mg", step = 1.25, most-percent = 10, unit = "mg" }
"""


def read(text: str) -> SiteValues:
    return read_site_values_text(HEAD + text, "site.toml")


def test_the_tablet_by_mouth_and_the_infusion_are_two_entries() -> None:
    values = read(METHOTREXATE)
    general = Strength(DrugAmount(Decimal(25)), DrugAmount(Decimal(50)))
    mouth = Strength(tablet=Tablet(DrugAmount(Decimal("2.5")), 2))
    assert strength_of(values, "methotrexate", "IV") == general
    assert strength_of(values, "methotrexate", "PO") == mouth
    assert strength_of(values, "methotrexate", "PO or NG") == mouth
    assert strength_of(values, "methotrexate", "PO, NG or IV") == general
    assert strength_of(values, "cytarabine", "IV") == Strength()
    by_mouth, infused = (values.rounding_of("methotrexate", route) for route in ("PO or NG", "IV"))
    assert by_mouth is not None
    assert infused is not None
    assert (by_mouth.step, by_mouth.unit) == (Decimal("1.25"), "mg")
    assert (infused.step, infused.unit) == (Decimal(1), None)
    assert values.rounding_of("cytarabine", "IV") is None


def test_the_mark_of_the_syringe_of_the_route_goes_before_the_drugs_own() -> None:
    values = read(
        '[[drug]]\ndrug = "methotrexate"\nsyringe-step-ml = 0.05\n'
        '[[drug]]\ndrug = "methotrexate"\nroute = "PO"\nsyringe-step-ml = 0.1\n'
    )
    assert values.syringe_step_of("methotrexate", "IV") == Decimal("0.05")
    assert values.syringe_step_of("methotrexate", "PO or NG") == Decimal("0.1")
    assert values.syringe_step_of("cytarabine", "IV") is None


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ('concentration = { value = 1, unit = "U" }', "not known: write one of mg, micrograms, units"),
        ("concentration = { value = 1 }", "unit"),
        ('concentration = { unit = "mg" }', "value"),
        ('tablet = { unit = "mg" }', "value"),
        ('vial = { value = 1, unit = "mg", size = 3 }', "size"),
        ('vial = { value = 1, unit = "mg" }\nvial-mg = 3', "keep one of them"),
        ('tablet = { value = 1, unit = "mg", parts = 3 }', "1, 2 or 4"),
        (
            'tablet = { value = 1, unit = "mg" }\nvial = { value = 1, unit = "mg" }',
            "write two [[drug]]",
        ),
        ('route = "PO"\nplanned-minutes = 3', "without a route"),
        ('route = "BY"\nvial = { value = 1, unit = "mg" }', "'BY' is not a known route"),
        (
            'rounding = { name = "a", step = 1, most-percent = 5, unit = "g" }',
            "not known: write one of mg, micrograms, units",
        ),
    ],
)  # fmt: skip
def test_an_entry_that_cannot_be_right_is_refused(entry: str, words: str) -> None:
    with pytest.raises(SiteValuesError) as refused:
        read(f'[[drug]]\ndrug = "cytarabine"\n{entry}\n')
    assert words in str(refused.value)
    assert "cytarabine" in str(refused.value) or "drug 1" in str(refused.value)


def test_one_drug_by_one_route_stands_there_once() -> None:
    with pytest.raises(SiteValuesError, match="methotrexate PO stands there twice"):
        read(METHOTREXATE + '[[drug]]\ndrug = "methotrexate"\nroute = "PO"\n')


@pytest.mark.parametrize(
    ("value", "unit", "into", "number"),
    [
        ("2", "mg", "micrograms", "2000"),
        ("35", "micrograms", "mg", "0.035"),
        ("750", "units", "units", "750"),
        ("1", "mg", "mg", "1"),
        ("750", "units", "mg", None),
        ("1", "micrograms", "units", None),
    ],
)
def test_milligrams_and_micrograms_are_one_measure_units_another(
    value: str, unit: str, into: str, number: str | None
) -> None:
    found = in_unit(DrugAmount(Decimal(value), unit), into)  # type: ignore[arg-type]
    assert found == (None if number is None else Decimal(number))
