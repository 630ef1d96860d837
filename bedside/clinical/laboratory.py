"""What the laboratory reports: analytes, the units each may come in, and how these are converted.

A value is kept in one unit per analyte; the factors stand in `resources/laboratory/analytes.toml`,
each with its source. A factor that multiplies is exact; one that divides is rounded half up to
`KEPT_PLACES` decimals, far finer than any laboratory reports. No other unit is ever converted.
"""

from collections.abc import Mapping
from decimal import Decimal, localcontext

from msgspec import Struct

from bedside.units.refusal import Refused
from bedside.units.rounding import half_up
from bedside.units.typed_text import shown
from bedside.units.writer import write_number

KEPT_PLACES = 6
_ONE = Decimal(1)
_SAME = str.maketrans({"\u00b5": "u", "\u03bc": "u", "×": "x", "⁹": "9", "³": "3"})


class LabUnit(Struct, frozen=True):
    """One unit of an analyte.

    Args:
        name: as it is recorded, in the letters of UCUM where it has them ("umol/L").
        shown: as people read it ("µmol/L").
        also: other spellings of the very same unit.
        times: a value in this unit times this …
        over: … divided by this is the value as kept.
        source: where the factor comes from; "" for the kept unit itself.
    """

    name: str
    shown: str
    also: tuple[str, ...] = ()
    times: Decimal = _ONE
    over: Decimal = _ONE
    source: str = ""

    @property
    def factor(self) -> Decimal:
        """How many kept units one of this unit is."""
        with localcontext(prec=28):
            return self.times / self.over

    def kept(self, value: Decimal) -> Decimal:
        """Return a value of this unit in the analyte's kept unit."""
        with localcontext(prec=40):
            if self.over == 1:
                return value * self.times
            return half_up(value * self.times / self.over, KEPT_PLACES)


class SwapBand(Struct, frozen=True):
    """How closely a value, read in another unit, must agree with the last one to name the two units.

    Args:
        least: from this factor between the two units …
        most: … up to, and where ``least`` is the same with, this one.
        agrees: between these times the last value it agrees.
        asks: whether it is typed a second time; if not, it is only said beside the field.
        reason: why these bounds.
    """

    least: Decimal
    most: Decimal
    agrees: tuple[Decimal, Decimal]
    asks: bool
    reason: str


class Analyte(Struct, frozen=True):
    """One thing the laboratory measures; ``units[0]`` is the one it is kept in.

    ``possible`` and ``usual`` are bounds in the kept unit; ``rise`` and ``fall`` are the days within
    which a tenfold change is named, 0 where it never is; ``least`` is the last value from which on
    it is (below it a tenfold change means nothing); ``anytime`` whether what is further than
    tenfold is named later, too; ``reason`` why; ``specimen`` the only one it is taken from, "" for
    any; ``places`` are shown of a converted value.
    """

    key: str
    title: str
    short: str
    group: str
    loinc: str
    places: int
    units: tuple[LabUnit, ...]
    possible: tuple[Decimal, Decimal]
    usual: tuple[Decimal, Decimal]
    rise: int
    fall: int
    swaps: tuple[SwapBand, ...]
    least: Decimal = Decimal(0)
    anytime: bool = True
    reason: str = ""
    specimen: str = ""
    fasting: bool = False
    note: str = ""

    @property
    def unit(self) -> LabUnit:
        """The unit that values are kept in."""
        return self.units[0]

    @property
    def taken(self) -> str:
        """Say which units are taken: "Creatinine is taken in µmol/L or mg/dL"."""
        names = [unit.shown for unit in self.units]
        listed = " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
        return f"{self.title} is taken in {listed}"

    @property
    def noun(self) -> str:
        """The title in a sentence's middle: "ALT", "PaO2" and "C-reactive protein", but "sodium"."""
        plain = self.title[1:2].islower() and self.title[1:].islower()
        return self.title.lower() if plain else self.title

    def find(self, spelling: str) -> LabUnit:
        """Return the unit of a spelling.

        Raises:
            Refused: no unit of this analyte; says which are taken.
        """
        wanted = _folded(spelling)
        for unit in self.units:
            if wanted in {_folded(name) for name in (unit.name, unit.shown, *unit.also)}:
                return unit
        note = f" {self.note}" if self.note else ""
        raise Refused(f'{self.taken} only, not in "{shown(spelling)}".{note}')

    def write(self, value: Decimal, unit: LabUnit, mark: str = ".", comparator: str = "") -> str:
        """Write a value with its unit: "<0.1 µmol/L", "1.26 (INR)" has its unit too."""
        return f"{comparator}{write_number(value, mark)} {unit.shown}"

    def write_kept(self, kept: Decimal, mark: str = ".", comparator: str = "") -> str:
        """Write a kept value, rounded to the places shown; a value above nought never as 0."""
        rounded = half_up(kept, self.places)
        shown_value = kept if rounded == 0 != kept else rounded
        return self.write(shown_value, self.unit, mark, comparator)


class Catalogue(Struct, frozen=True):
    """Every analyte by key, in the order of a report, with the titles of their groups."""

    version: str
    bounds_source: str
    groups: Mapping[str, str]
    analytes: Mapping[str, Analyte]

    def analyte(self, key: str) -> Analyte:
        """Return an analyte.

        Raises:
            Refused: this program knows none of that name.
        """
        found = self.analytes.get(key)
        if found is None:
            raise Refused(f'"{shown(key)}" is no analyte of this program\'s list.')
        return found


def _folded(spelling: str) -> str:
    """One spelling for the letters that stand for the same: µ, μ and u; ×, ⁹ and ³."""
    return spelling.strip().translate(_SAME)
