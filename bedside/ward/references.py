"""The program's own books, each read when it is first needed: protocols, drugs, growth, toxicity terms."""

from functools import cache
from typing import TYPE_CHECKING

from msgspec.structs import replace

from bedside.places import place
from bedside.protocol.drugs import DRUG_LIST
from bedside.protocol.read_once import read_once
from bedside.protocol.shelf import Shelf
from bedside.protocol.site_values import LaterRule, SiteValues

if TYPE_CHECKING:
    from bedside.clinical.growth import GrowthTables
    from bedside.ward.ward import Ward


@cache
def protocols() -> Shelf:
    """Every protocol edition this program carries, by key; a file is read when it is asked for."""
    return Shelf(place("resources", "protocols"))


@cache
def growth_tables() -> "GrowthTables":
    """WHO's growth standards, birth to two years."""
    from bedside.clinical.growth import GrowthTables

    return GrowthTables.read(place("resources", "growth"))


def toxicity_terms(version: str, ward: "Ward") -> tuple[str, ...]:
    """The toxicity terms that can be logged in one CTCAE version, in alphabetical order.

    Our own book's, and those of the official workbook where this ward has loaded one.
    """
    from bedside.ward.ctcae import term_names

    return term_names(ward, version)


def demonstration_values() -> SiteValues:
    """The invented site values of the demonstration ward, read once as protocols are."""
    path = place("resources", "demo", "site_values.toml")

    def read() -> SiteValues:
        from bedside.protocol.site_value_reader import read_site_values

        return replace(read_site_values(path, rule_later=True), maintenance=None)

    values = read_once(SiteValues, (path, place(*DRUG_LIST)), read)
    return replace(values, maintenance=LaterRule(path))
