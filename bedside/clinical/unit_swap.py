"""Was one unit taken for another? The typed number, read in each other unit of the same analyte.

Beside the infant's own last value a swap is named where the value, read in the other unit, would
agree with the last one and as typed does not. How closely it must agree stands with the factors in
`resources/laboratory/analytes.toml`, each band with its reason [judgement]: the smaller the factor,
the more it looks like an ordinary day, and the closer it must be. No other value is ever offered.
"""

from fractions import Fraction

from msgspec import Struct

from bedside.clinical.laboratory import Analyte, LabUnit, SwapBand


class Swap(Struct, frozen=True):
    """A swap that was found: its words, "" for none, and whether the value is typed once more."""

    words: str = ""
    asks: bool = False


NO_SWAP = Swap()


def named_swap(analyte: Analyte, unit: LabUnit, ratio: Fraction) -> Swap:
    """Name the unit that was taken for another.

    Args:
        analyte: what was measured, with its units and the bands of agreement.
        unit: the unit it was typed in.
        ratio: the typed value divided by the last one, both as kept; above nought.

    Returns:
        The swap that agrees best, an asking one first; `NO_SWAP` where none does.
    """
    found = [
        (not band.asks, abs(ratio / factor - 1), other)
        for other in analyte.units
        if (factor := Fraction(unit.factor) / Fraction(other.factor)) != 1
        and (band := _band(analyte, factor)) is not None
        and _agrees(ratio / factor, band)
        and not _agrees(ratio, band)
    ]
    if not found:
        return NO_SWAP
    quiet, _, other = min(found, key=lambda each: each[:2])
    return Swap(f", as when {other.shown} are typed as {unit.shown}", not quiet)


def _band(analyte: Analyte, factor: Fraction) -> SwapBand | None:
    apart = max(factor, 1 / factor)
    for band in analyte.swaps:
        exact = band.least == band.most
        if apart == Fraction(band.least) or (not exact and band.least <= apart < band.most):
            return band
    return None


def _agrees(ratio: Fraction, band: SwapBand) -> bool:
    return Fraction(band.agrees[0]) <= ratio <= Fraction(band.agrees[1])
