"""What the dialog of cumulative doses shows."""

from msgspec import Struct


class ExposureRow(Struct, frozen=True):
    """One drug by one route, in words: given so far, still planned, the protocol's own total."""

    drug: str
    route: str
    given: str
    planned: str
    total: str


class EquivalentRow(Struct, frozen=True):
    """Doxorubicin equivalents by one reading, in words."""

    title: str
    given: str
    planned: str
    total: str
    source: str


class ExposureView(Struct, frozen=True):
    """Cumulative doses of one infant."""

    name: str
    protocol: str
    rows: tuple[ExposureRow, ...]
    equivalents: tuple[EquivalentRow, ...]
    why: str  # why the first reading is the ruled one
    notes: tuple[str, ...]
