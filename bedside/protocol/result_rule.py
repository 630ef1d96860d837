"""A part of a start rule that a laboratory result answers: creatinine, bilirubin, a drug's level.

A limit stands in the unit that the analyte is kept in (`resources/laboratory/analytes.toml`), or as
a multiple of the upper limit of normal of the very result. Without the result, or without its limit
of normal, the part is unknown and never passes; a bound ("<5") answers where it lies wholly on one
side.
"""

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from bedside.places import place
from bedside.protocol.origin import Origin
from bedside.units.bounds import Bound, at_least, at_most
from bedside.units.refusal import Refused
from bedside.units.writer import write_number

if TYPE_CHECKING:
    from bedside.clinical.laboratory import Analyte, Catalogue

Sign = Literal["at most", "at least"]
SIGNS: tuple[Sign, ...] = ("at most", "at least")
MOST_TIMES_ULN = 50  # [judgement] no start rule allows more times the upper limit of normal


class ResultRule(Struct, frozen=True):
    """A limit of one analyte; ``figure`` in its kept unit, or times the upper limit of normal."""

    analyte: str
    sign: Sign
    figure: Decimal
    times_uln: bool
    origin: Origin

    @property
    def title(self) -> str:
        """The analyte's own title."""
        return analyte_of(self.analyte).title

    @property
    def required(self) -> str:
        """The limit in words: "at most 3 × the upper limit of normal"."""
        if self.times_uln:
            return f"{self.sign} {write_number(self.figure)} × the upper limit of normal"
        analyte = analyte_of(self.analyte)
        return f"{self.sign} {analyte.write(self.figure, analyte.unit)}"

    @property
    def words(self) -> str:
        """The whole part in words."""
        return f"{self.title} {self.required}"


class SeenResult(Struct, frozen=True):
    """A result: value or bound, and the upper limit of normal, both in the analyte's kept unit."""

    value: Decimal | Bound[Decimal]
    uln: Decimal | None = None


@cache
def laboratory() -> "Catalogue":
    """The analytes that a start rule may ask for."""
    from bedside.clinical.laboratory_reader import read_catalogue  # not with the ward list

    text = place("resources", "laboratory", "analytes.toml").read_text(encoding="utf-8")
    return read_catalogue(text)


def analyte_of(key: str) -> "Analyte":
    """An analyte by its key.

    Raises:
        Refused: the laboratory's list has none of this name.
    """
    return laboratory().analyte(key)


def is_met(rule: ResultRule, seen: SeenResult | None) -> bool | None:
    """Whether a result meets a limit; None where it is not known."""
    if seen is None or (rule.times_uln and seen.uln is None):
        return None
    limit = rule.figure * (seen.uln or Decimal(1)) if rule.times_uln else rule.figure
    return (at_most if rule.sign == "at most" else at_least)(seen.value, limit)


def seen_words(rule: ResultRule, seen: SeenResult | None) -> str:
    """What was seen, with its unit: "<5 µmol/L (upper limit of normal 17 µmol/L)"."""
    if seen is None:
        return "unknown"
    analyte, value = analyte_of(rule.analyte), seen.value
    sign, figure = (value.sign, value.figure) if isinstance(value, Bound) else ("", value)
    words = analyte.write_kept(figure, comparator=sign)
    if not rule.times_uln:
        return words
    if seen.uln is None:
        return f"{words}, its upper limit of normal is not recorded"
    return f"{words} (upper limit of normal {analyte.write_kept(seen.uln)})"


def kept_figure(key: str, figure: Decimal, unit: str) -> Decimal:
    """A limit in the analyte's kept unit; ``unit`` "" where it is times the upper limit of normal.

    Raises:
        Refused: no such analyte or unit, or no result of it can be so high or low.
    """
    analyte = analyte_of(key)
    if not unit:
        if not 0 < figure <= MOST_TIMES_ULN:
            raise Refused(f"{write_number(figure)} × the upper limit of normal cannot be meant.")
        return figure
    kept = analyte.find(unit).kept(figure)
    if not analyte.possible[0] <= kept <= analyte.possible[1]:
        raise Refused(f"{analyte.title}: {analyte.write_kept(kept)} is no possible result.")
    return kept
