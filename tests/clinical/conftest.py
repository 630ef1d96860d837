"""WHO's tables as they are shipped, and the infant's days and hours."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from bedside.clinical.growth import GrowthTables
from bedside.places import place

BORN = date(2026, 5, 20)


@pytest.fixture(scope="session")
def growth() -> GrowthTables:
    """The shipped growth tables."""
    return GrowthTables.read(place("resources", "growth"))


@pytest.fixture
def moment() -> Callable[..., datetime]:
    """Return a moment so many days (and hours) after the demonstration infant's birth."""

    def at(days: float, hours: float = 0) -> datetime:
        return datetime(2026, 5, 20, 9, 0, tzinfo=UTC) + timedelta(days=days, hours=hours)

    return at
