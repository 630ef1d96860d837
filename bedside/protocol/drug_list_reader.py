"""Reads the drug list from its file, with every fault found in one go."""

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import cast

from bedside.protocol.drugs import LANE_KINDS, Drug, DrugFileError, DrugNames, Lane, LaneKind
from bedside.protocol.toml_table import FileTable, read_toml


def read_drug_names(path: Path) -> DrugNames:
    """Read a drug list.

    Raises:
        DrugFileError: with every fault found.
    """
    return read_drug_names_text(path.read_text(encoding="utf-8"), path.name)


def read_drug_names_text(text: str, name: str) -> DrugNames:
    """Read a drug list from its text; ``name`` is the file's name for messages."""
    top, faults = read_toml(text, name, DrugFileError)
    sources = _sources(top)
    lanes = tuple(_lane(table) for table in top.tables("lane", needed=True))
    keys = [lane.key for lane in lanes]
    drugs: dict[str, Drug] = {}
    for table in top.tables("drug", needed=True):
        drug = _drug(table, keys, sources)
        if drug.key in drugs:
            table.fault("key", f"the drug {drug.key} stands there twice: keep one.")
        drugs[drug.key] = drug
    top.done()
    if "intrathecal" not in keys:
        top.fault("lane", "the lane intrathecal is missing: every intrathecal drug is drawn there.")
    if faults.found:
        raise DrugFileError(*faults.found)
    return DrugNames(drugs=drugs, lanes=lanes)


def _sources(top: FileTable) -> dict[str, str]:
    table = top.table("sources", needed=True)
    return {} if table is None else {key: table.text(key) for key in list(table.values)}


def _lane(table: FileTable) -> Lane:
    lane = Lane(
        key=table.text("key"),
        title=table.text("title"),
        kind=cast(LaneKind, table.choice("kind", LANE_KINDS)),
    )
    table.done()
    return lane


def _drug(table: FileTable, lanes: list[str], sources: Mapping[str, str]) -> Drug:
    key = table.text("key")
    table.place = f"drug {key}" if key else table.place
    by_route = table.table("lane-by-route")
    drug = Drug(
        key=key,
        name=table.text("name"),
        name_source=_named(table, "name-source", sources),
        lane=table.choice("lane", lanes or ["drug"]),
        lane_by_route=(
            {}
            if by_route is None
            else {route: by_route.choice(route, lanes) for route in list(by_route.values)}
        ),
        only_by=table.texts("only-by"),
        only_by_source=_named(table, "only-by-source", sources),
        apart_from_intrathecal=table.flag("apart-from-intrathecal"),
        minibag_ml=table.whole("minibag-ml"),
        minibag_source=sources.get(_named(table, "minibag-source", sources), "").partition(",")[0],
    )
    if drug.name.lower() != drug.name and not drug.name_source and _is_tall_man(drug.name):
        table.fault("name-source", "a tall-man name needs its source: name it from [sources].")
    if drug.only_by and not drug.only_by_source:
        table.fault("only-by-source", "a rule on routes needs its source: name it from [sources].")
    if drug.apart_from_intrathecal != bool(_named(table, "apart-source", sources)):
        table.fault("apart-source", "a rule on separating drugs needs its source, and only that.")
    if (drug.minibag_ml is not None) != bool(drug.minibag_source):
        table.fault("minibag-source", "a size of bag needs its source, and only that.")
    table.done()
    return drug


def _is_tall_man(name: str) -> bool:
    """Two capitals in a row: the E. of "E. coli" is not tall-man."""
    return any(first.isupper() and second.isupper() for first, second in pairwise(name))


def _named(table: FileTable, key: str, sources: Mapping[str, str]) -> str:
    source = table.text(key, "")
    if source and source not in sources:
        table.fault(key, f"{source!r} is not in [sources]: add it there, or correct it.")
    return source
