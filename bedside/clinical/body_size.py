"""Body surface area from weight and length, by four published formulas, unrounded.

The formula is chosen by the protocol or the site and is always named, because between the
smallest (DuBois) and the largest (Boyd) a newborn's surface differs by a tenth. With h the
length in cm, w the weight in kg and the result in m²:

- Mosteller (N Engl J Med 1987;317:1098): the square root of h·w / 3600
- Haycock (J Pediatr 1978;93:62): 0.024265 · h^0.3964 · w^0.5378
- DuBois (Arch Intern Med 1916;17:863): 0.007184 · h^0.725 · w^0.425
- Boyd (1935): 0.0003207 · h^0.3 · (1000·w)^(0.7285 − 0.0188·log10(1000·w))

Each is worked out in decimals to 34 figures and rounded only where it is written. They are taken
for bodies from 0.5 to 300 kg and 20 to 250 cm (adults serve for checking against published
figures); whether a weight is possible for an infant is judged elsewhere.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal, localcontext

from bedside.units.quantities import BodyLength, BodySurface, BodyWeight
from bedside.units.refusal import Refused
from bedside.units.writer import write_length, write_weight

DEFAULT_FORMULA = "mosteller"
_FIGURES = 34
_LIGHTEST, _HEAVIEST = BodyWeight(500), BodyWeight(300_000)
_SHORTEST, _LONGEST = BodyLength(200), BodyLength(2500)


def _mosteller(h: Decimal, w: Decimal) -> Decimal:
    return (h * w / 3600).sqrt()


def _haycock(h: Decimal, w: Decimal) -> Decimal:
    return Decimal("0.024265") * h ** Decimal("0.3964") * w ** Decimal("0.5378")


def _dubois(h: Decimal, w: Decimal) -> Decimal:
    return Decimal("0.007184") * h ** Decimal("0.725") * w ** Decimal("0.425")


def _boyd(h: Decimal, w: Decimal) -> Decimal:
    grams = 1000 * w
    power = Decimal("0.7285") - Decimal("0.0188") * grams.log10()
    return Decimal("0.0003207") * h ** Decimal("0.3") * grams**power


_WORKED_BY: Mapping[str, Callable[[Decimal, Decimal], Decimal]] = {
    "mosteller": _mosteller,
    "haycock": _haycock,
    "dubois": _dubois,
    "boyd": _boyd,
}
FORMULAS: tuple[str, ...] = tuple(_WORKED_BY)


def body_surface(
    weight: BodyWeight, length: BodyLength, formula: str = DEFAULT_FORMULA
) -> BodySurface:
    """Work out the body surface area in m², unrounded.

    Args:
        weight: from 0.5 to 300 kg.
        length: from 20 to 250 cm.
        formula: one of ``FORMULAS``.

    Raises:
        Refused: no such formula, or a weight or length outside the range of the formulas.
    """
    work_out = _WORKED_BY.get(formula)
    if work_out is None:
        raise Refused(f'There is no formula "{formula}": choose one of {", ".join(FORMULAS)}.')
    _check(weight, length)
    with localcontext() as context:
        context.prec = _FIGURES
        return BodySurface(work_out(length.cm, weight.kg))


def _check(weight: BodyWeight, length: BodyLength) -> None:
    reasons = []
    if not _LIGHTEST <= weight <= _HEAVIEST:
        reasons.append(
            f"A body surface is worked out for 0.5 to 300 kg, not for {write_weight(weight)}: "
            "look at the weight and its unit again."
        )
    if not _SHORTEST <= length <= _LONGEST:
        reasons.append(
            f"A body surface is worked out for 20 to 250 cm, not for {write_length(length)}: "
            "look at the length and its unit again."
        )
    if reasons:
        raise Refused(*reasons)
