"""The absolute neutrophil count (ANC) from a white-cell count and its differential.

ANC per µL = white cells per µL × (neutrophils % + bands %) / 100, rounded half up to whole cells.
Bands count as neutrophils (LOINC 751-8 from 6690-2, 770-8 and 764-1). 0 is a count; a part of the
differential that was not counted is None, and is said so in the words.
"""

from decimal import Decimal

from msgspec import Struct

from bedside.units.quantities import Anc, WhiteCells
from bedside.units.refusal import Refused
from bedside.units.rounding import half_up
from bedside.units.writer import write_count, write_number


class AncWorking(Struct, frozen=True):
    """An ANC and how it came about, in one line for the screen and the paper."""

    anc: Anc
    words: str


def anc_from_differential(
    wbc: WhiteCells,
    neutrophils_percent: Decimal,
    bands_percent: Decimal | None,
    *,
    mark: str = ".",
) -> AncWorking:
    """Work out the ANC from percentages of the white cells.

    Args:
        wbc: white cells per µL.
        neutrophils_percent: (segmented) neutrophils, 0 to 100 %.
        bands_percent: bands, 0 to 100 %; None when they were not counted apart.
        mark: the station's decimal mark, for the words.

    Raises:
        Refused: a percentage outside 0 to 100, or the two together over 100 %.
    """
    percent = neutrophils_percent + _bands(bands_percent)
    for part in (neutrophils_percent, _bands(bands_percent), percent):
        _check_percent(part, mark)
    unrounded = _share_of(wbc.per_ul, percent)
    shares = f"{write_number(neutrophils_percent, mark)} %"
    if bands_percent is not None:
        shares = f"({shares} + {write_number(bands_percent, mark)} %)"
    return _working(f"{write_number(wbc.per_ul)} × {shares}", unrounded, mark)


def anc_on_record(
    wbc_per_ul: int, neutrophils_percent: Decimal, bands_percent: Decimal | None
) -> int:
    """The same ANC, per µL, from a count that was checked when it was recorded.

    Args:
        wbc_per_ul: white cells per µL.
        neutrophils_percent: (segmented) neutrophils, 0 to 100 %.
        bands_percent: bands, 0 to 100 %; None when they were not counted apart.
    """
    percent = neutrophils_percent + _bands(bands_percent)
    return int(half_up(_share_of(wbc_per_ul, percent), 0))


def _share_of(wbc_per_ul: int, percent: Decimal) -> Decimal:
    return wbc_per_ul * percent / 100


def anc_from_absolute(
    wbc: WhiteCells | None,
    neutrophils: Anc,
    bands_percent: Decimal | None,
    *,
    mark: str = ".",
) -> AncWorking:
    """Work out the ANC from neutrophils counted per µL; bands given apart are added.

    Args:
        wbc: white cells per µL; None when not known (then no bands can be added).
        neutrophils: neutrophils per µL, without the bands where these are given apart.
        bands_percent: bands in per cent of the white cells, or None.
        mark: the station's decimal mark, for the words.

    Raises:
        Refused: bands without a white-cell count, or more neutrophils than white cells.
    """
    if bands_percent is None:
        working = AncWorking(neutrophils, f"counted: {write_count(neutrophils.per_ul)}")
    elif wbc is None:
        raise Refused("Bands in per cent need the white-cell count: write that too.")
    else:
        _check_percent(bands_percent, mark)
        unrounded = neutrophils.per_ul + wbc.per_ul * bands_percent / 100
        sum_words = (
            f"{write_number(neutrophils.per_ul)} + "
            f"{write_number(wbc.per_ul)} × {write_number(bands_percent, mark)} %"
        )
        working = _working(sum_words, unrounded, mark)
    if wbc is not None:
        check_within_white_cells(working.anc, wbc)
    return working


def check_within_white_cells(anc: Anc, wbc: WhiteCells) -> None:
    """Refuse an ANC above the white-cell count of the same sample.

    Raises:
        Refused: neutrophils are white cells, so there cannot be more of them.
    """
    if anc.per_ul > wbc.per_ul:
        raise Refused(
            f"{write_count(anc.per_ul)} neutrophils are more than the "
            f"{write_count(wbc.per_ul)} white cells of the same sample: look at both units again."
        )


def _bands(bands_percent: Decimal | None) -> Decimal:
    return Decimal(0) if bands_percent is None else bands_percent


def _check_percent(percent: Decimal, mark: str) -> None:
    if not 0 <= percent <= 100:
        raise Refused(
            f"{write_number(percent, mark)} % of the white cells is not possible: "
            "neutrophils and bands together go from 0 to 100 %."
        )


def _working(sum_words: str, unrounded: Decimal, mark: str) -> AncWorking:
    anc = Anc(int(half_up(unrounded, 0)))
    exact = write_number(unrounded, mark)
    words = f"{sum_words} = {exact}"
    if unrounded != anc.per_ul:
        words += f", rounded to {write_number(anc.per_ul)}"
    return AncWorking(anc, f"{words} per µL")
