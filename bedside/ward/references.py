"""The program's own books, each read when it is first needed: protocols, drugs, growth, toxicity terms."""

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from bedside.places import place
from bedside.protocol.model import Protocol
from bedside.protocol.shelf import Shelf

if TYPE_CHECKING:
    from bedside.clinical.growth import GrowthTables


@cache
def protocols() -> Mapping[str, Protocol]:
    """Every protocol edition this program carries, by key; a file is read when it is asked for."""
    return Shelf(place("resources", "protocols"))


@cache
def growth_tables() -> "GrowthTables":
    """WHO's growth standards, birth to two years."""
    from bedside.clinical.growth import GrowthTables

    return GrowthTables.read(place("resources", "growth"))


@cache
def toxicity_terms(version: str) -> tuple[str, ...]:
    """The ward's toxicity terms by their names in one CTCAE version, in alphabetical order."""
    import tomllib

    text = place("resources", "ctcae", "terms.toml").read_text(encoding="utf-8")
    names = {term[version] for term in tomllib.loads(text)["term"] if version in term}
    return tuple(sorted(names, key=str.casefold))
