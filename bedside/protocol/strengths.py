"""What a drug comes in at this site: so much in 1 mL, in a vial, or in a tablet that may be cut.

Each strength carries its own unit, so that units of asparaginase are never set beside milligrams
(hazard H10). Milligrams and micrograms are one measure, a thousandfold apart; units are another.
"""

from decimal import Decimal

from bedside.protocol.site_values import SiteValues, Strength, formulary_keys
from bedside.units.quantities import DrugAmount, DrugUnit

_IN_MG = {"mg": Decimal(1), "micrograms": Decimal("0.001")}


def strength_of(site: SiteValues, drug: str, route: str) -> Strength:
    """What the site entered for a drug by a route, else for the drug by every route.

    Args:
        site: the site's values.
        drug: the drug's key.
        route: the route that holds. An entry of its own replaces the general one as a whole: the
            liquid by mouth is never drawn up as if it were the infusion.
    """
    for key in formulary_keys(drug, route):
        if key in site.strengths:
            return site.strengths[key]
    concentration, vial = site.concentration_mg_per_ml.get(drug), site.vial_mg.get(drug)
    return Strength(
        concentration=None if concentration is None else DrugAmount(concentration),
        vial=None if vial is None else DrugAmount(vial),
    )


def in_unit(amount: DrugAmount, unit: DrugUnit) -> Decimal | None:
    """An amount as a number in another unit; None where the two are no measure of each other."""
    if amount.unit == unit:
        return amount.value
    if amount.unit in _IN_MG and unit in _IN_MG:
        return amount.value * _IN_MG[amount.unit] / _IN_MG[unit]
    return None
