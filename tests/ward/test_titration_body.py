"""The note that weight or length changed stays until milligrams are worked out for the body of now."""

from decimal import Decimal

from tests.ward.maintenance_bench import in_maintenance
from tests.ward.test_titration import decide, page
from tests.ward.wards import Bench


def test_a_share_of_an_unknown_base_makes_no_dose_fit_the_body_anew(bench: Bench) -> None:
    """Without a rule "50 %" works out no milligrams: the weight of the 18 mg is still another one."""
    bare = in_maintenance(bench, rule=False)
    bare.weigh(9000)
    decide(bare, amount_mg=Decimal(18))
    bare.at(2026, 10, 4, 9, 0)
    bare.weigh(9560)
    assert any("new calculation" in words for words in page(bare).missing)
    decide(bare, percent=Decimal(50), reason="counts")
    assert any("new calculation" in words for words in page(bare).missing)
    bare.at(2026, 10, 5, 9, 0)
    decide(bare, amount_mg=Decimal(9), reason="counts")
    assert not any("new calculation" in words for words in page(bare).missing)
