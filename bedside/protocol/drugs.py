"""Drugs as people read them: the printed name, the route in words, the lane on the timeline.

Tall-man letters stand only where a source has them. The key of a drug is never its display name: nothing is sorted or matched on tall-man spelling.
"""

from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Literal, cast

from msgspec import Struct

from bedside.places import place
from bedside.protocol.model import DrugPlan
from bedside.protocol.toml_table import FileTable, read_toml
from bedside.units.refusal import Refused

LaneKind = Literal["priming", "intrathecal", "drug", "daily"]
LANE_KINDS: tuple[LaneKind, ...] = ("priming", "intrathecal", "drug", "daily")

ROUTE_WORDS = {
    "IV": "intravenous",
    "IT": "intrathecal",
    "PO": "by mouth",
    "NG": "by nasogastric tube",
    "IM": "intramuscular",
    "SC": "subcutaneous",
}
ROUTE_NOT_PUBLIC = "not public"
INTRATHECAL = "IT"


class DrugFileError(Refused):
    """The drug list cannot be used; each reason names the file, the place and what is right."""


class Lane(Struct, frozen=True):
    """A row of the timeline."""

    key: str
    title: str
    kind: LaneKind


class Drug(Struct, frozen=True):
    """One drug of the list; ``only_by`` are the routes a source allows, empty for no such rule.

    ``apart_from_intrathecal``: a source asks that it is never given on one occasion with an
    intrathecal drug (vinca alkaloids).
    """

    key: str
    name: str
    name_source: str
    lane: str
    lane_by_route: Mapping[str, str]
    only_by: tuple[str, ...]
    only_by_source: str
    apart_from_intrathecal: bool = False


class DrugNames(Struct, frozen=True):
    """The drug list: names and lanes by drug key; ``lanes`` in the order they are drawn."""

    drugs: Mapping[str, Drug]
    lanes: tuple[Lane, ...]

    def display_name(self, drug_key: str) -> str:
        """The name as printed, tall-man where sourced.

        Raises:
            KeyError: the drug is not in the list (protocol files are checked against it).
        """
        return self.drugs[drug_key].name

    def lane(self, plan: DrugPlan) -> Lane:
        """The timeline lane of a drug by a route: all intrathecal drugs share one."""
        if plan.route == INTRATHECAL:
            key = "intrathecal"
        else:
            drug = self.drugs[plan.drug]
            key = drug.lane_by_route.get(plan.route, drug.lane)
        return next(lane for lane in self.lanes if lane.key == key)


def route_atoms(route: str) -> tuple[str, ...]:
    """Split a route as the sources write it ("PO, NG or IV") into its parts."""
    return tuple(part.strip() for part in route.replace(" or ", ",").split(","))


def route_words(route: str) -> str:
    """A route in words: "IV or SC" is "intravenous or subcutaneous".

    Raises:
        Refused: a part of the route is not known.
    """
    if route == ROUTE_NOT_PUBLIC:
        return "route not public"
    unknown = [atom for atom in route_atoms(route) if atom not in ROUTE_WORDS]
    if unknown:
        raise Refused(
            f"The route {route!r} is not known: write {', '.join(ROUTE_WORDS)}, several joined "
            'as "IV or SC" or "PO, NG or IV".'
        )
    words = [ROUTE_WORDS[atom] for atom in route_atoms(route)]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def display_name(drug_key: str) -> str:
    """The printed name of a drug from the program's own list."""
    return drug_names().display_name(drug_key)


@cache
def drug_names() -> DrugNames:
    """The program's own drug list, read once."""
    return read_drug_names(place("resources", "formulary", "drugs.toml"))


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
    )
    if drug.name.lower() != drug.name and not drug.name_source and _is_tall_man(drug.name):
        table.fault("name-source", "a tall-man name needs its source: name it from [sources].")
    if drug.only_by and not drug.only_by_source:
        table.fault("only-by-source", "a rule on routes needs its source: name it from [sources].")
    if drug.apart_from_intrathecal != bool(_named(table, "apart-source", sources)):
        table.fault("apart-source", "a rule on separating drugs needs its source, and only that.")
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
