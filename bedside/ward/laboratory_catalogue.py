"""The laboratory's lists, read from the program's own files when they are first needed."""

from functools import cache

from bedside.clinical.laboratory import Catalogue
from bedside.clinical.laboratory_limits import AgeLimits
from bedside.clinical.laboratory_reader import read_age_limits, read_catalogue
from bedside.places import place


@cache
def catalogue() -> Catalogue:
    """Every analyte with its units and bounds."""
    return read_catalogue(_text("analytes.toml"))


@cache
def age_limits() -> AgeLimits:
    """Limits of normal by age, for results without the laboratory's own."""
    return read_age_limits(_text("age_limits.toml"), catalogue())


def _text(name: str) -> str:
    return place("resources", "laboratory", name).read_text(encoding="utf-8")
