"""Doxorubicin equivalents: what each source multiplies an anthracycline's dose by, and which is ruled.

The figures stand in `resources/formulary/anthracyclines.toml`, each with its source; where sources
disagree every reading is kept, and the ruling says which is shown first and why.
"""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

from msgspec import Struct

from bedside.places import place
from bedside.protocol.drugs import DrugNames, drug_names
from bedside.protocol.toml_table import FileTable, read_toml
from bedside.units.refusal import Refused


class AnthracyclineFileError(Refused):
    """The factors cannot be used; each reason names the file, the place and what is right."""


class FactorReading(Struct, frozen=True):
    """One source's factors by drug key."""

    key: str
    title: str
    source: str
    note: str
    factors: Mapping[str, Fraction]


class LabelEdge(Struct, frozen=True):
    """A cumulative dose, in mg per kg, above which a label warns of the heart."""

    drug: str
    mg_per_kg: Decimal
    words: str
    source: str


class Anthracyclines(Struct, frozen=True):
    """Every reading, the ruled one first, why it is ruled, and what labels warn of."""

    readings: tuple[FactorReading, ...]
    why: str
    edges: tuple[LabelEdge, ...] = ()

    @property
    def drugs(self) -> tuple[str, ...]:
        """Every drug that some reading has a factor for."""
        return tuple(dict.fromkeys(drug for one in self.readings for drug in one.factors))


@cache
def anthracyclines() -> Anthracyclines:
    """The program's own factors, read once."""
    return read_anthracyclines(place("resources", "formulary", "anthracyclines.toml"))


def read_anthracyclines(path: Path) -> Anthracyclines:
    """Read a file of factors.

    Raises:
        AnthracyclineFileError: with every fault found.
    """
    return read_anthracyclines_text(path.read_text(encoding="utf-8"), path.name, drug_names())


def read_anthracyclines_text(text: str, name: str, drugs: DrugNames) -> Anthracyclines:
    """Read factors from their text; ``name`` is the file's name for messages."""
    top, faults = read_toml(text, name, AnthracyclineFileError)
    listed = top.table("sources", needed=True)
    sources = {} if listed is None else {key: listed.text(key) for key in list(listed.values)}
    readings = [_reading(table, sources, drugs) for table in top.tables("reading", needed=True)]
    ruling = top.table("ruling", needed=True)
    ruled, why = "", ""
    if ruling is not None:
        ruled, why = ruling.text("reading"), ruling.text("why")
        if ruled not in [one.key for one in readings]:
            ruling.fault("reading", f"{ruled!r} is no [[reading]] of this file: name one of them.")
        ruling.done()
    edges = tuple(_edge(table, sources, drugs) for table in top.tables("edge"))
    top.done()
    if faults.found:
        raise AnthracyclineFileError(*faults.found)
    readings.sort(key=lambda one: one.key != ruled)
    return Anthracyclines(tuple(readings), why, edges)


def _source(table: FileTable, sources: Mapping[str, str]) -> str:
    key = table.text("source")
    if key not in sources:
        table.fault("source", f"{key!r} is not in [sources]: add it there, or correct it.")
    return sources.get(key, key)


def _edge(table: FileTable, sources: Mapping[str, str], drugs: DrugNames) -> LabelEdge:
    drug = table.text("drug")
    if drug not in drugs.drugs:
        table.fault("drug", f"{drug!r} is not in the drug list: correct it.")
    most = table.number("mg-per-kg", needed=True)
    found = LabelEdge(drug, most or Decimal(0), table.text("words"), _source(table, sources))
    table.done()
    return found


def _reading(table: FileTable, sources: Mapping[str, str], drugs: DrugNames) -> FactorReading:
    found = FactorReading(
        key=table.text("key"),
        title=table.text("title"),
        source=_source(table, sources),
        note=table.text("note", ""),
        factors=_factors(table, drugs),
    )
    table.done()
    return found


def _factors(table: FileTable, drugs: DrugNames) -> dict[str, Fraction]:
    factors = table.table("factors", needed=True)
    found: dict[str, Fraction] = {}
    if factors is None:
        return found
    for drug in list(factors.values):
        text = factors.text(drug)
        if drug not in drugs.drugs:
            factors.fault(drug, f"{drug!r} is not in the drug list: correct it.")
        whole, _, places = text.partition(".")
        if not (whole.isdecimal() and (places.isdecimal() or "." not in text)):
            factors.fault(drug, f'{text!r} is not a plain factor: write it as "0.6".')
            continue
        found[drug] = Fraction(text)
    return found
