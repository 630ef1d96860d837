"""The protocols, the drug list and the demonstration values, as the program ships them."""

import pytest

from bedside.places import place
from bedside.protocol.model import Protocol
from bedside.protocol.shelf import read_shelf
from bedside.protocol.site_value_reader import read_site_values
from bedside.protocol.site_values import SiteValues


@pytest.fixture(scope="session")
def shelf() -> dict[str, Protocol]:
    return read_shelf(place("resources", "protocols"))


@pytest.fixture(scope="session")
def aall15p1(shelf: dict[str, Protocol]) -> Protocol:
    return shelf["aall15p1"]


@pytest.fixture(scope="session")
def interfant06(shelf: dict[str, Protocol]) -> Protocol:
    return shelf["interfant06"]


@pytest.fixture(scope="session")
def demonstration() -> SiteValues:
    return read_site_values(place("resources", "demo", "site_values.toml"))
