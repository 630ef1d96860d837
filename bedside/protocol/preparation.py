"""From the dose to the syringe or the tablet: volume, vials, tablets, from what the site has entered."""

from decimal import Decimal
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from bedside.protocol.model import DrugPlan
from bedside.protocol.site_values import SiteValues, Tablet
from bedside.protocol.strengths import in_unit, strength_of
from bedside.units.quantities import BodySurface, DrugAmount, DrugUnit
from bedside.units.rounding import change_percent, half_up, to_step
from bedside.units.writer import write_amount, write_number

# in mL: the finest mark of a 1 mL syringe, until the site enters the marks of its own
VOLUME_STEP = Decimal("0.01")
SHOWN_PLACES = 6
PERCENT_STEP = Decimal("0.01")
_PARTS = {1: "whole tablets", 2: "half tablets", 4: "quarter tablets"}


class DrawnUp(Struct, frozen=True):
    """Volume, vials and tablets of a dose, in figures and words, and what is wrong with them.

    ``holds`` is what the volume or the tablets hold, ``whole_change`` how far that is from the
    worked dose, in per cent to two decimals, rounding and measuring together.
    """

    volume_ml: Decimal | None
    vials: int | None
    words: str
    steps: tuple[str, ...]
    faults: tuple[str, ...]
    tablets: Decimal | None = None
    holds: DrugAmount | None = None
    whole_change: Decimal | None = None


def draw_up(
    name: str,
    plan: DrugPlan,
    prepared: DrugAmount,
    site: SiteValues,
    route: str = "",
    exact: Fraction | None = None,
) -> DrawnUp:
    """Work out volume, vials or tablets.

    Args:
        name: the drug as printed.
        plan: the drug's plan, with its most vials.
        prepared: the rounded dose in mg, micrograms or units.
        site: concentration, vial and tablet, each in its own unit, where entered.
        route: the route that holds; the plan's own when left out.
        exact: the dose before rounding, in the unit of ``prepared``: rounding and the syringe's
            mark together may not change it by more than the site allows.
    """
    route = route or plan.route
    asked = Fraction(prepared.value) if exact is None else exact
    strength = strength_of(site, plan.drug, route)
    most = _most_percent(site, plan.drug, route)
    if strength.tablet is not None:
        return _in_tablets(name, prepared, strength.tablet, most, asked)
    mark = site.syringe_step_of(plan.drug, route)
    limits = (asked, most, mark)
    drawn = _volume(name, prepared, strength.concentration, limits)
    if strength.vial is None:
        return drawn
    steps, faults = [*drawn.steps], [*drawn.faults]
    held = in_unit(strength.vial, prepared.unit)
    if held is None:
        faults.append(_other_unit(name, "vial", strength.vial, prepared))
        return replace(drawn, faults=(*faults,))
    vials = vials_needed(prepared.value, held)
    shown_vial = write_amount(strength.vial)
    steps.append(f"Vials: {vials} of {shown_vial}.")
    most_vials = None if plan.safety is None else plan.safety.most_vials
    if most_vials is not None and vials > most_vials:
        faults.append(
            f"{name}: {vials} vials of {shown_vial} would be needed, {most_vials} always "
            "suffices for an infant: stop, and weigh again."
        )
    return replace(drawn, vials=vials, steps=(*steps,), faults=(*faults,))


def vials_needed(amount: Decimal, vial: Decimal) -> int:
    """Whole vials that hold an amount, both in one unit."""
    whole, rest = divmod(amount, vial)
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


def _most_percent(site: SiteValues, drug: str, route: str) -> Decimal | None:
    rule = site.rounding_of(drug, route)
    return None if rule is None else rule.most_percent


def _other_unit(name: str, what: str, entered: DrugAmount, prepared: DrugAmount) -> str:
    return (
        f"The {what} of {name} is entered in {_plural(entered.unit)}, the dose is in "
        f"{_plural(prepared.unit)}: correct the site's values."
    )


def _plural(unit: DrugUnit) -> str:
    return {"mg": "milligrams"}.get(unit, unit)


def _in_tablets(
    name: str, prepared: DrugAmount, tablet: Tablet, most: Decimal | None, asked: Fraction
) -> DrawnUp:
    """Tablets to the part they may be cut in; a dose that this changes too much is not given so."""
    held = in_unit(tablet.amount, prepared.unit)
    if held is None:
        fault = _other_unit(name, "tablet", tablet.amount, prepared)
        return DrawnUp(None, None, "", (), (fault,))
    part = Decimal(1) / tablet.parts
    number = to_step(Fraction(prepared.value) / Fraction(held), part)
    given = DrugAmount(number * held, prepared.unit)
    shown_tablet = write_amount(tablet.amount)
    words = f"{write_number(number)} tablets of {shown_tablet}, {_PARTS[tablet.parts]}"
    change = change_percent(prepared.value, given.value)
    step = (
        f"Tablets: {write_amount(prepared)} ÷ {shown_tablet} = {write_number(number)}, in "
        f"{_PARTS[tablet.parts]}; that is {write_amount(given)}, change "
        f"{write_number(half_up(change, 2))} %; {against(given.value, asked)}."
    )
    exact = Fraction(given.value) / asked - 1  # with the rounding before it
    whole = to_step(exact * 100, PERCENT_STEP)
    found = DrawnUp(None, None, words, (step,), (), number, given, whole)
    within = abs(change) <= (most or Decimal(0)) and abs(exact) * 100 <= Fraction(most or 0)
    if number != 0 and within:
        return found
    limit = "exactly" if most is None else f"within {write_number(most)} %"
    fault = (
        f"{write_amount(prepared)} of {name} cannot be given {limit} in {_PARTS[tablet.parts]} of "
        f"{shown_tablet}: ask the pharmacy for a liquid or another strength."
    )
    return replace(found, faults=(fault,))


def _volume(
    name: str,
    prepared: DrugAmount,
    strength: DrugAmount | None,
    limits: tuple[Fraction, Decimal | None, Decimal | None],
) -> DrawnUp:
    """The volume on the marks of the site's syringe, what it holds, and what is wrong with it.

    ``limits``: the dose before rounding, the largest change in per cent, one mark of the syringe.
    """
    asked, most, mark = limits
    if strength is None:
        words = "not worked out: no concentration is commissioned"
        return DrawnUp(None, None, words, (f"Volume: {words}.",), ())
    per_ml = in_unit(strength, prepared.unit)
    if per_ml is None:
        fault = _other_unit(name, "concentration", strength, prepared)
        return DrawnUp(None, None, "not worked out: its unit is not the dose's", (), (fault,))
    exact = Fraction(prepared.value) / Fraction(per_ml)
    volume = to_step(exact, mark or VOLUME_STEP)
    finest, drawn = f"{write_number(mark or VOLUME_STEP)} mL", Fraction(volume * per_ml)
    holds = DrugAmount(volume * per_ml, prepared.unit)
    words = f"{write_number(volume)} mL of {write_amount(strength)} per mL"
    apart = against(holds.value, asked)
    step = (
        f"Volume: {write_amount(prepared)} ÷ {write_amount(strength)} per mL = "
        f"{_on_marks(exact, volume, finest)}. It holds {write_amount(holds)}, {apart}."
    )
    if drawn != Fraction(prepared.value):
        words += f", which holds {write_amount(holds)}, {apart}"
    whole = to_step((drawn / asked - 1) * 100, PERCENT_STEP)
    found = DrawnUp(volume, None, words, (step,), (), None, holds, whole)
    if volume != 0 and (most is None or _apart(drawn, Fraction(prepared.value), asked) <= most):
        return found
    fault = (
        f"{write_amount(prepared)} cannot be measured to {finest} in this concentration"
        f"{_by_how_much(volume, drawn, asked)}: ask the pharmacy for a weaker solution or take a "
        "syringe with finer marks."
    )
    return replace(found, faults=(fault,))


def against(given: Decimal, asked: Fraction) -> str:
    """What is drawn up against the worked dose, in words: "8.05 % more than the worked dose"."""
    change = to_step((Fraction(given) / asked - 1) * 100, PERCENT_STEP)
    if Fraction(given) == asked:
        return "exactly the worked dose"
    if change == 0:
        return "less than 0.01 % from the worked dose"
    way = "more" if change > 0 else "less"
    return f"{write_number(abs(change))} % {way} than the worked dose"


def _on_marks(exact: Fraction, volume: Decimal, finest: str) -> str:
    """The volume as divided and as drawn up: only where both are one is it said once."""
    drawn = f"{write_number(volume)} mL"
    if Fraction(volume) == exact:
        return f"{drawn}, to {finest}"
    divided = to_step(exact, Decimal(1).scaleb(-SHOWN_PLACES))
    about = "" if Fraction(divided) == exact else "about "
    return f"{about}{write_number(divided)} mL, drawn up to {finest} as {drawn}"


def _apart(drawn: Fraction, prepared: Fraction, asked: Fraction) -> Fraction:
    """How far a volume is off in per cent: by the mark alone, or by rounding and mark together."""
    return max(abs(drawn / before - 1) * 100 for before in (prepared, asked))


def _by_how_much(volume: Decimal, drawn: Fraction, asked: Fraction) -> str:
    """How far the volume is from the dose before rounding; "" for no volume at all."""
    if volume == 0:
        return ""
    change = to_step((drawn / asked - 1) * 100, Decimal("0.01"))
    return f" within the limit of rounding (with the rounding before it, {write_number(change)} %)"
