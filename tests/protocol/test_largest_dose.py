"""The largest dose of a drug that is known: by hand, for 6.85 kg and 0.34 m², as the files state it."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from bedside.protocol.largest_dose import exceeds, largest_amount, references_of
from bedside.protocol.site_values import NO_SITE_VALUES, AgeDose, SiteDose
from bedside.units.quantities import BodySurface, BodyWeight, DrugAmount
from bedside.ward.references import protocols

KG, M2 = BodyWeight(6850), BodySurface(Decimal("0.34"))


@pytest.mark.parametrize(
    ("drug", "route", "unit", "amount", "words"),
    [
        ("azacitidine", "IV", "mg", "17.125", "2.5 mg per kg (stated"),  # 2.5 × 6.85
        ("mercaptopurine", "PO or NG", "mg", "25.5", "75 mg per m² a day"),  # 75 × 0.34
        ("mercaptopurine", "PO or NG", "micrograms", "25.5", "75 mg per m² a day"),
        ("cytarabine", "IT", "mg", "16", "16 mg, another trial"),
        ("methotrexate", "IV", "mg", "1700", "5 g per m²"),  # 5000 × 0.34
        ("methotrexate", "IT", "mg", "8", "8 mg, another trial"),
        ("leucovorin", "PO or IV", "mg", "20.4", "15 mg per m² intravenous"),  # 15 × 0.34 × 4
        ("pegaspargase", "IV or IM", "units", "850", "2 500 units per m²"),
        ("prednisolone", "PO or NG", "mg", "20.4", "in 3 doses"),  # a day: not times three
    ],
)
def test_each_is_named_with_where_it_stands(
    drug: str, route: str, unit: str, amount: str, words: str
) -> None:
    known = references_of(protocols()["aall15p1"], drug, route, NO_SITE_VALUES)
    found = largest_amount(known, unit, KG, M2)
    assert found is not None
    assert found[0].value == Decimal(amount) and words in found[1].words


def test_nothing_is_invented_where_nothing_is_known() -> None:
    protocol = protocols()["interfant06"]
    assert references_of(protocol, "mitoxantrone", "not public", NO_SITE_VALUES) == ()
    known = references_of(protocols()["aall15p1"], "mercaptopurine", "PO or NG", NO_SITE_VALUES)
    assert largest_amount(known, "units", KG, M2) is None
    assert largest_amount(known, "mg", KG, None) is None  # per m², and there is no length
    azacitidine = references_of(protocols()["aall15p1"], "azacitidine", "IV", NO_SITE_VALUES)
    assert largest_amount(azacitidine, "mg", None, None) is None


def test_a_sites_dose_by_age_counts_with_its_largest_band() -> None:
    bands = tuple(
        AgeDose(month, DrugAmount(Decimal(dose))) for month, dose in ((0, 18_000), (12, 20_000))
    )
    own = SiteDose(None, by_age=tuple(replace(b, amount=replace(b.amount, unit="micrograms")) for b in bands))  # fmt: skip
    site = replace(
        NO_SITE_VALUES, protocol="aall15p1", doses={("induction", "cytarabine", "IT"): own}
    )  # invented: 18 and 20 mg
    known = references_of(protocols()["aall15p1"], "cytarabine", "IT", site)
    found = largest_amount(known, "mg", KG, M2)
    assert found is not None and found[0] == DrugAmount(Decimal(20))


def test_more_is_said_of_one_kind_of_unit_only() -> None:
    def is_more(value: int, unit: str, most: int, of: str) -> bool:
        return exceeds(DrugAmount(Decimal(value), unit), DrugAmount(Decimal(most), of))

    assert is_more(11, "mg", 10, "mg") and not is_more(10, "mg", 10, "mg")
    assert is_more(10_001, "micrograms", 10, "mg") and not is_more(10_000, "micrograms", 10, "mg")
    assert not is_more(500, "units", 10, "mg") and not is_more(500, "mg", 10, "units")
