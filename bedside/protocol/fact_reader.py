"""Reads what every fact of a protocol file carries: its evidence, its sources, its amounts.

A fact whose sources are missing, or not in the file's own list of sources, is refused: a number
that nobody can trace may not reach an infant (hazard H39).
"""

from collections.abc import Mapping
from typing import cast

from msgspec import Struct, field

from bedside.protocol.drugs import DrugNames
from bedside.protocol.model import EntryRule, Evidence, Origin
from bedside.protocol.toml_table import FileTable
from bedside.units.quantities import DoseRate, DrugAmount, DrugUnit

EVIDENCE = ("stated", "conflict", "related", "site", "absent")
DOSE_UNITS: Mapping[str, tuple[DrugUnit, str]] = {
    "mg per kg": ("mg", "kg"),
    "mg per m2": ("mg", "m2"),
    "mg per dose": ("mg", "dose"),
    "micrograms per kg": ("micrograms", "kg"),
    "micrograms per m2": ("micrograms", "m2"),
    "units per kg": ("units", "kg"),
    "units per m2": ("units", "m2"),
    "units per dose": ("units", "dose"),
}
AMOUNT_UNITS = ("mg", "micrograms", "units")


class Book(Struct, frozen=True):
    """What the whole file shares: sources, numbered conflicts, the drug list, its entry rules."""

    short: Mapping[str, str]
    full: Mapping[str, str]
    conflicts: frozenset[int]
    drugs: DrugNames
    entries: Mapping[str, EntryRule] = field(default_factory=dict)


def read_sources(top: FileTable) -> tuple[dict[str, str], dict[str, str]]:
    """Read the table of sources: short and full names by key."""
    table = top.table("sources", needed=True)
    short: dict[str, str] = {}
    full: dict[str, str] = {}
    if table is None:
        return short, full
    for key in list(table.values):
        source = table.table(key)
        if source is not None:
            short[key], full[key] = source.text("short"), source.text("full")
            source.done()
    return short, full


def read_origin(table: FileTable, book: Book, *, evidence: str | None = None) -> Origin:
    """Read evidence, sources and note of the fact in this table.

    Args:
        table: the fact.
        book: the file's sources.
        evidence: the one evidence class that fits here, where only one does.
    """
    kind = table.choice("evidence", EVIDENCE)
    if evidence is not None and kind != evidence:
        table.fault("evidence", f"only {evidence!r} fits here, not {kind!r}.")
    sources = table.texts("source")
    check_sources(table, sources, book, needed=kind != "absent")
    return Origin(
        evidence=cast(Evidence, kind),
        sources=sources,
        note=table.text("note", ""),
        named="; ".join(book.short.get(key, key) for key in sources),
    )


def check_sources(
    table: FileTable, sources: tuple[str, ...], book: Book, *, needed: bool, key: str = "source"
) -> None:
    """Report sources that are missing or not in the file's list."""
    if needed and not sources and not isinstance(table.values.get(key), str | int):
        table.fault(key, 'no source is named: write where this is read, for example ["S1"].')
    for source in sources:
        if source not in book.short:
            table.fault(key, f"{source!r} is not in [sources]: add it there, or correct it.")


def read_rate(table: FileTable) -> DoseRate | None:
    """Read ``value`` and ``unit`` ("mg per kg"); None when neither is there or one is wrong."""
    if not table.has("value") and not table.has("unit"):
        return None
    value = table.number("value", needed=True)
    written = table.values.get("unit") if table.has("unit") else None
    if isinstance(written, str) and written.replace("/", " per ") in DOSE_UNITS:
        unit = written.replace("/", " per ")  # "mg/m2", as the command line writes it
    else:
        unit = table.choice("unit", tuple(DOSE_UNITS))
    if value is None:
        return None
    drug_unit, per = DOSE_UNITS[unit]
    if per == "kg":
        return DoseRate(value, drug_unit, "kg")
    return DoseRate(value, drug_unit, "m2" if per == "m2" else "dose")


def read_amount(table: FileTable, key: str) -> DrugAmount | None:
    """Read an amount under ``key`` with its ``unit``; None when it is not there."""
    if not table.has(key):
        return None
    value = table.number(key)
    unit = cast(DrugUnit, table.choice("unit", AMOUNT_UNITS))
    return None if value is None else DrugAmount(value, unit)
