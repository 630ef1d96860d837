"""From milligrams to the syringe: volume and vials, where the site has entered what they rest on."""

from decimal import Decimal
from fractions import Fraction

from msgspec import Struct

from bedside.protocol.model import DrugPlan
from bedside.protocol.site_values import SiteValues
from bedside.units.quantities import BodySurface, DrugAmount
from bedside.units.rounding import change_percent, half_up, to_step
from bedside.units.writer import write_amount, write_number

VOLUME_STEP = Decimal("0.01")  # 0.01 mL, the finest mark of a 1 mL syringe
SHOWN_PLACES = 6


class DrawnUp(Struct, frozen=True):
    """Volume and vials of a dose, in figures and words, and what is wrong with them."""

    volume_ml: Decimal | None
    vials: int | None
    words: str
    steps: tuple[str, ...]
    faults: tuple[str, ...]


def draw_up(name: str, plan: DrugPlan, prepared: DrugAmount, site: SiteValues) -> DrawnUp:
    """Work out volume and vials.

    Args:
        name: the drug as printed.
        plan: the drug's plan, with its most vials.
        prepared: the rounded dose in mg.
        site: concentration in mg per mL and vial in mg, where entered.
    """
    volume, words, steps, faults = _volume(prepared, plan, site)
    vial = site.vial_mg.get(plan.drug)
    if vial is None:
        return DrawnUp(volume, None, words, (*steps,), (*faults,))
    vials = vials_needed(milligrams(prepared), vial)
    steps.append(f"Vials: {vials} of {write_number(vial)} mg.")
    most = None if plan.safety is None else plan.safety.most_vials
    if most is not None and vials > most:
        faults.append(
            f"{name}: {vials} vials of {write_number(vial)} mg would be needed, {most} always "
            "suffices for an infant: stop, and weigh again."
        )
    return DrawnUp(volume, vials, words, (*steps,), (*faults,))


def milligrams(amount: DrugAmount) -> Decimal:
    """The number to set beside a strength in mg: micrograms are a thousandth of a milligram."""
    return amount.value / 1000 if amount.unit == "micrograms" else amount.value


def vials_needed(amount_mg: Decimal, vial_mg: Decimal) -> int:
    """Whole vials that hold an amount, both in mg."""
    whole, rest = divmod(amount_mg, vial_mg)
    return int(whole) + (1 if rest else 0)


def shown(amount: DrugAmount) -> str:
    """An amount on the way to the dose: all its digits where it ends, else six decimals."""
    rounded = half_up(amount.value, SHOWN_PLACES)
    about = "" if amount.value == rounded else "about "
    return f"{about}{write_amount(DrugAmount(rounded, amount.unit))}"


def surface_shown(surface: BodySurface) -> str:
    """A body surface as the arithmetic uses it: to six decimals, so that the step can be checked."""
    rounded = half_up(surface.m2, SHOWN_PLACES)
    about = "" if surface.m2 == rounded else "about "
    return f"{about}{write_number(rounded)} m²"


def _volume(
    prepared: DrugAmount, plan: DrugPlan, site: SiteValues
) -> tuple[Decimal | None, str, list[str], list[str]]:
    """The volume, its words, its step, and what is wrong with it."""
    strength = site.concentration_mg_per_ml.get(plan.drug)
    if strength is None:
        words = "not worked out: no concentration is commissioned"
        return None, words, [f"Volume: {words}."], []
    volume = to_step(Fraction(milligrams(prepared)) / Fraction(strength), VOLUME_STEP)
    words = f"{write_number(volume)} mL of {write_number(strength)} mg per mL"
    step = (
        f"Volume: {write_amount(prepared)} ÷ {write_number(strength)} mg per mL = "
        f"{write_number(volume)} mL, to 0.01 mL."
    )
    return volume, words, [step], _volume_faults(prepared, volume * strength, plan, site)


def _volume_faults(
    prepared: DrugAmount, drawn: Decimal, plan: DrugPlan, site: SiteValues
) -> list[str]:
    """A volume that moves the dose by more than the site allows for rounding cannot be measured."""
    rule = site.rounding.get(plan.drug)
    limit = None if rule is None else rule.most_percent
    if drawn != 0 and (limit is None or abs(change_percent(milligrams(prepared), drawn)) <= limit):
        return []
    return [
        f"{write_amount(prepared)} cannot be measured to 0.01 mL in this concentration: ask the "
        "pharmacy for a weaker solution."
    ]
