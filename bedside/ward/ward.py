"""One ward: its store, its protocols, its site and its clock, handed to every function in this room."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from typing import Literal
from typing import Protocol as Shape

from bedside.clinical.growth import GrowthTables
from bedside.papers.values import DosingSheet, Roadmap
from bedside.protocol.drugs import DrugNames
from bedside.protocol.model import Protocol
from bedside.protocol.site_values import SiteValues
from bedside.store.store import Store
from bedside.ward.site import SiteSettings, read_site

SITE_KINDS = {
    "tertiary": "tertiary centre",
    "shared-care": "shared-care centre",
    "unknown": "kind of centre not entered",
}


class Drawing(Shape):
    """Draws a finished paper value as PDF bytes (passed in, so that the ward never knows ReportLab)."""

    def dosing_sheet(self, sheet: DosingSheet) -> bytes:
        """Draw the dosing sheet."""

    def roadmap(self, roadmap: Roadmap) -> bytes:
        """Draw the roadmap."""


@dataclass
class Ward:
    """Everything a use-case needs; made once by the front door, passed to each function.

    Args:
        store: the open store.
        protocols: protocol editions by key.
        drugs: display names and lanes of drugs.
        read_growth: reads WHO's growth tables when first asked (the first screen needs none).
        clock: returns now, aware, in the ward's own time zone.
        values: the site's commissioned values (or none).
        drawing: draws papers.
        program: name and version as printed.
        demonstration: invented infants and site values; said on every page and paper.
    """

    store: Store
    protocols: Mapping[str, Protocol]
    drugs: DrugNames
    read_growth: Callable[[], GrowthTables]
    clock: Callable[[], datetime]
    values: SiteValues
    drawing: Drawing
    program: str
    demonstration: bool = False
    _growth: GrowthTables | None = field(default=None, repr=False)
    _site: tuple[str, SiteSettings] | None = field(default=None, repr=False)

    @property
    def growth(self) -> GrowthTables:
        """WHO's growth tables, read on first use."""
        if self._growth is None:
            self._growth = self.read_growth()
        return self._growth

    def now(self) -> datetime:
        """The time now, aware, in the ward's zone."""
        return self.clock()

    def today(self) -> date:
        """Today in the ward's zone."""
        return self.clock().date()

    @property
    def zone(self) -> tzinfo:
        """The ward's time zone."""
        zone = self.clock().tzinfo
        if zone is None:
            raise TypeError("the clock passed to Ward must give aware times")
        return zone

    def local(self, moment: datetime) -> datetime:
        """Return a kept (UTC) time in the ward's own zone."""
        return moment.astimezone(self.zone)

    @property
    def site(self) -> SiteSettings:
        """The site's settings as recorded last."""
        head = self.store.audit_head()
        if self._site is None or self._site[0] != head:
            with self.store.reading() as connection:
                self._site = (head, read_site(connection))
        return self._site[1]

    @property
    def site_title(self) -> tuple[str, str]:
        """The ward's name and the kind of centre, in words."""
        site = self.site
        return site.ward_name or "Ward not named yet", SITE_KINDS[site.kind]

    @property
    def decimal_mark(self) -> Literal[".", ","]:
        """The one decimal mark this station takes."""
        return self.site.decimal_mark

    @property
    def last_saved(self) -> datetime | None:
        """When the last record was saved, in the ward's zone; None on an empty ward."""
        saved = self.store.last_saved
        return None if saved is None else self.local(saved)
