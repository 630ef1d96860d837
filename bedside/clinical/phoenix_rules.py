"""The points of Phoenix 2024 as written in `resources/fever/phoenix.toml`."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache

from msgspec import Struct

from bedside.clinical.fever_rules import Evidence, Source, read_book
from bedside.places import place


class _Part(Struct, frozen=True, rename="kebab", forbid_unknown_fields=True, kw_only=True):
    """What every part has: how well its figures are known, and from where."""

    evidence: Evidence
    source: tuple[str, ...]
    note: str = ""


class Ratios(Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """Limits of the two oxygen ratios: PaO2/FiO2 and SpO2/FiO2, FiO2 as a fraction."""

    pf_below: Decimal
    sf_below: Decimal


class Respiratory(_Part, frozen=True, kw_only=True):
    """Breathing: 1 point with any support, 2 and 3 with invasive ventilation."""

    support: Ratios
    invasive: Ratios
    severe: Ratios
    spo2_at_most: int


class MeanBand(Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """Mean arterial pressure in mmHg of one age band, from completed calendar months on."""

    from_months: int
    none_from: Decimal
    one_from: Decimal
    until_months: int | None = None


class Cardiovascular(_Part, frozen=True, kw_only=True):
    """Circulation: mean pressure, lactate, vasoactive drugs; up to 2 points each."""

    lactate_one_from: Decimal
    lactate_two_from: Decimal
    mean: tuple[MeanBand, ...]

    def band(self, months: int) -> MeanBand | None:
        """The band of an age, or None where the table has ended."""
        begun = [band for band in self.mean if months >= band.from_months]
        until = begun[-1].until_months if begun else 0
        return begun[-1] if until is None or months < until else None


class Coagulation(_Part, frozen=True, kw_only=True):
    """Clotting: a point each, at most two."""

    platelets_below_per_ul: int
    inr_above: Decimal
    d_dimer_above_mg_per_l: Decimal
    fibrinogen_below_mg_per_dl: Decimal
    most: int


class Neurological(_Part, frozen=True, kw_only=True):
    """Consciousness: a point, or two for pupils fixed on both sides."""

    gcs_at_most: int


class Criteria(_Part, frozen=True, kw_only=True):
    """From how many points on, with a suspected infection, the criteria are met."""

    points_from: int


class PhoenixBook(Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """The whole table."""

    edition: str
    sources: Mapping[str, Source]
    respiratory: Respiratory
    cardiovascular: Cardiovascular
    coagulation: Coagulation
    neurological: Neurological
    criteria: Criteria

    @property
    def cited(self) -> str:
        """The sources in full."""
        return "; ".join(source.full for source in self.sources.values())


@cache
def shipped_phoenix_book() -> PhoenixBook:
    """The table that comes with the program."""
    text = place("resources", "fever", "phoenix.toml").read_text("utf-8")
    return read_book(text, "phoenix.toml", PhoenixBook)
