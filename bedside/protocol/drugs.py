"""Drugs as people read them: the printed name, the route in words, the lane on the timeline.

Tall-man letters stand only where a source has them. The key of a drug is never its display name: nothing is sorted or matched on tall-man spelling.
"""

from collections.abc import Mapping
from functools import cache
from typing import Literal

from msgspec import Struct

from bedside.places import place
from bedside.protocol.model import DrugPlan
from bedside.protocol.read_once import read_once
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
NEEDLES = frozenset({"IV", "IT", "IM", "SC"})
DRUG_LIST = ("resources", "formulary", "drugs.toml")


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
    intrathecal drug (vinca alkaloids). ``minibag_ml``: the size of that bag for a child, in mL.
    """

    key: str
    name: str
    name_source: str
    lane: str
    lane_by_route: Mapping[str, str]
    only_by: tuple[str, ...]
    only_by_source: str
    apart_from_intrathecal: bool = False
    minibag_ml: int | None = None  # a source asks for an infusion bag of this size, never a syringe
    minibag_source: str = ""


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
    path = place(*DRUG_LIST)

    def read_now() -> DrugNames:
        from bedside.protocol.drug_list_reader import read_drug_names

        return read_drug_names(path)

    return read_once(DrugNames, (path,), read_now)


@cache  # of the few routes there are; asked once for every planned dose
def by_needle(route: str) -> bool:
    """Whether a dose is given by needle or line, and not by mouth or tube.

    Where the source does not say the route, it counts as by needle: the strict side.
    """
    return route == ROUTE_NOT_PUBLIC or bool(NEEDLES & set(route_atoms(route)))
