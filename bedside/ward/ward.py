"""One ward: its store, its protocols, its site and its clock, handed to every function in this room."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timezone, tzinfo
from threading import get_ident
from typing import TYPE_CHECKING, Literal

from msgspec import Struct, field
from msgspec.structs import replace

from bedside.machine_zone import MACHINE
from bedside.protocol.drugs import DrugNames
from bedside.protocol.model import Protocol
from bedside.protocol.site_plan import Clash, filled_plan
from bedside.protocol.site_values import NO_SITE_VALUES, SiteValues
from bedside.store.changed import last_recorded_at
from bedside.store.commission_records import CommissionValue
from bedside.store.queries import standing
from bedside.store.records import SiteSetting
from bedside.store.store import Store
from bedside.ward.site import SiteSettings, named_zone, read_site
from bedside.ward.wrong_clock import minutes_apart

if TYPE_CHECKING:
    from pathlib import Path

    from bedside.clinical.growth import GrowthTables
    from bedside.protocol.numbers import Inventory
    from bedside.protocol.projection import Projection
    from bedside.store.troubles import AuditBroken
    from bedside.ward.board_dlt import KeptLine
    from bedside.ward.board_orders import KeptOrders
    from bedside.ward.facts import InfantFacts, KeptLast
    from bedside.ward.key_acts import ClosedWork
    from bedside.ward.paper_drawing import Drawing
    from bedside.ward.views.check_state import Planned

SITE_KINDS = {
    "tertiary": "tertiary centre",
    "shared-care": "shared-care centre",
    "unknown": "kind of centre not entered",
}


def fixed(moment: datetime) -> datetime:
    """The same moment with its offset written out instead of its zone.

    Two times of one zone are compared by Python as the clock on the wall shows them, which is an
    hour wrong in the night the clock goes back; with their offsets fixed they are compared as the
    moments they are, and minutes added to them are real minutes (hazards H16, H45).
    """
    offset = moment.utcoffset()
    if offset is None:
        raise TypeError("a time needs its offset from UTC")
    return moment.replace(tzinfo=timezone(offset), fold=0)


class SignedIn(Struct, frozen=True):
    """Whose session runs, in a ward with people.

    Args:
        person_id: number of the person.
        who: as she stands on records.
        roles: what she may do follows from them.
    """

    person_id: int
    who: str
    roles: tuple[str, ...]


def _no_letters(_protocol_key: str) -> tuple[str, str | None] | None:
    """The files of the protocols are not at hand."""
    return None


class Ward(Struct, eq=False, weakref=True):
    """Everything a use-case needs; made once by the front door, passed to each function.

    Args:
        store: the open store.
        protocols: protocol editions by key.
        drugs: display names and lanes of drugs.
        read_growth: reads WHO's growth tables when first asked (the first screen needs none).
        clock: returns now, aware, in the workstation's time zone; the ward's own, where the site
            has entered it, stands over it everywhere.
        values: site values from a file (the demonstration's own), or none: then what two people
            of this ward have recorded holds (`values_for`).
        drawing: draws papers.
        program: name and version as printed.
        demonstration: invented infants and site values; said on every page and paper.
        inventories: the numbers to commission, by scope, listed when first wanted.
        written: the file of a protocol letter by letter, and the one whose courses it takes over;
            None where its letters are not at hand.
        kept_dlt: what the ward list says of each DLT period; None until it is judged (`judge_board`).
        kept_orders: what it says of each infant's orders; None until they are judged, likewise.
        kept_plan: the plan that was worked out last, and what it rests on (`projection_of`).
        signed_in: whose session runs; None while nobody's does, and in a ward without people.
        uncounted: tries of secrets (person, kind, outcome, when) while nothing could be recorded.
        is_ward_passphrase: whether a text is the ward's own passphrase; None where it has none.
        on_broken: told when the record turns out to be changed outside Bedside (`audit_check`).
        restore_ready: a confirmed restore that takes this ward's place when its window has closed.
        closed_work: what is done to this ward once its window has closed (`bedside.ward.key_acts`).
        emergency: said on every page and paper of a copy opened to be read, "" for a ward.
        as_of: reads settings and site values as on record at this moment (`as_it_stood`), or None.
        kept_facts: what was read of each infant, as of audit row ``kept_until`` (`facts_of_all`).
        kept_last: what was read last of one infant (`facts_of`).
        refused_labels: by infant and dose, the label that was read before giving and refused last.
        kept_waiting: by infant how many proposals her round has, and the audit row it was counted at.
    """

    store: Store
    protocols: Mapping[str, Protocol]
    drugs: DrugNames
    read_growth: "Callable[[], GrowthTables]"
    clock: Callable[[], datetime]
    values: SiteValues
    drawing: "Drawing"
    program: str
    demonstration: bool = False
    inventories: "dict[str, Inventory]" = field(default_factory=dict)
    kept_facts: "dict[int, InfantFacts]" = field(default_factory=dict)
    kept_until: int = 0
    kept_last: "KeptLast | None" = None
    kept_waiting: dict[int, tuple[int, int]] = field(default_factory=dict)
    refused_labels: "dict[tuple[int, Planned], str]" = field(default_factory=dict)
    written: Callable[[str], tuple[str, str | None] | None] = _no_letters
    kept_dlt: "dict[int, KeptLine] | None" = None
    kept_orders: "KeptOrders | None" = None
    kept_plan: "tuple[InfantFacts, date, SiteValues, Projection] | None" = None
    signed_in: SignedIn | None = None
    uncounted: "list[tuple[int, str, str, datetime]]" = field(default_factory=list)
    is_ward_passphrase: Callable[[str], bool] | None = None
    as_of: datetime | None = None
    on_broken: "Callable[[AuditBroken], None] | None" = None
    restore_ready: "Path | None" = None
    closed_work: "ClosedWork | None" = None
    emergency: str = ""
    _zone: tuple[str, tzinfo] | None = None
    _moment: tuple[int, datetime] | None = None
    _growth: "GrowthTables | None" = None
    _site: tuple[str, SiteSettings] | None = None
    _last_recorded: tuple[str, datetime | None] | None = None
    _recorded: tuple[str, tuple[int, ...], dict[tuple[str, str], SiteValues]] = field(
        default_factory=lambda: ("", (), {})
    )
    _filled: dict[str, tuple[Protocol, SiteValues, Protocol, tuple[Clash, ...]]] = field(
        default_factory=dict
    )

    @property
    def folder(self) -> "Path":
        """Where the ward lies; known also when its store is closed."""
        return self.store.folder

    @property
    def growth(self) -> "GrowthTables":
        """WHO's growth tables, read on first use."""
        if self._growth is None:
            self._growth = self.read_growth()
        return self._growth

    def protocol(self, key: str) -> Protocol | None:
        """The protocol with this site's own days, routes and start rules in it, worked out once.

        Values that contradict the public source are not filled in: the public ones stay in the
        plan, and what may not be used until it is settled is in `clashes`.
        """
        found = self.protocols.get(key)
        if found is None:
            return None
        values = self.values_for(key)
        kept = self._filled.get(key)
        if kept is None or kept[0] is not found or kept[1] is not values:
            kept = self._filled[key] = (found, values, *filled_plan(found, values))
        return kept[2]

    def clashes(self, key: str) -> tuple[Clash, ...]:
        """The site's values that contradict what a public source states, of one protocol."""
        return () if self.protocol(key) is None else self._filled[key][3]

    def as_it_stood(self, moment: datetime) -> "Ward":
        """This ward as it was on record at a moment, to be read only: its clock stands there.

        Site values that came with a file, not by commissioning, have no time and stay as they are.
        """
        from bedside.ward.editions import ProtocolsThen  # no other page asks for the past

        zone = self.zone
        return replace(
            self,
            protocols=ProtocolsThen(self, moment),
            inventories={},
            clock=lambda: moment.astimezone(zone),
            as_of=moment,
            kept_facts={},
            kept_until=0,
            kept_dlt=None,
            kept_orders=None,
            kept_waiting={},
            _moment=None,
            _site=None,
            _recorded=("", (), {}),
            _filled={},
        )

    def now(self) -> datetime:
        """The time now, in the ward's zone, with its offset fixed (see `fixed`)."""
        held = self._moment
        if held is not None and held[0] == get_ident():
            return held[1]
        return self.local(self.clock())

    @contextmanager
    def one_moment(self) -> Iterator[None]:
        """Answer everything in this block as of one and the same moment, for this thread only.

        A list of a thousand infants asks for the time nine times each, and all of it is to stand
        for one time. Nothing may be recorded in it.
        """
        before = self._moment
        self._moment = (get_ident(), self.now())
        try:
            yield
        finally:
            self._moment = before

    def wall_clock(self) -> datetime:
        """Now with its zone's summer-time rules: to read a time of day that a person types."""
        return self.clock().astimezone(self.zone)

    def today(self) -> date:
        """Today in the ward's zone."""
        return self.now().date()

    @property
    def zone(self) -> tzinfo:
        """The ward's time zone: the site's own; until that is entered, the workstation's.

        Dates, course days and ages follow it, so it must not move with a workstation's setting.
        """
        if self._moment is not None and self._zone is not None and self._moment[0] == get_ident():
            return self._zone[1]  # a ward list asks for thousands of times in one moment
        name = self.site.time_zone
        if self._zone is None or self._zone[0] != name:
            zone = named_zone(name) if name else self.clock().tzinfo
            if zone is None:
                raise TypeError("the clock passed to Ward must give aware times")
            self._zone = (name, zone)
        return self._zone[1]

    @property
    def zone_note(self) -> str:
        """What to say when the workstation is set to another zone than the ward's, else ""."""
        machine = self.clock()
        if machine.utcoffset() == machine.astimezone(self.zone).utcoffset():
            return ""
        return (
            f"This workstation is set to another time zone ({machine.tzname()}); "
            f"every time here is the ward's, {self.site.time_zone}."
        )

    def local(self, moment: datetime) -> datetime:
        """Return a kept (UTC) time as the ward's clock shows it, with its offset fixed."""
        zone = self.zone
        # the system's own reckoning fixes the offset in one step: a ward list asks for thousands
        return moment.astimezone() if zone is MACHINE else fixed(moment.astimezone(zone))

    @property
    def site(self) -> SiteSettings:
        """The site's settings as recorded last."""
        head = self.store.known_head.seal
        if self._site is None or self._site[0] != head:
            with self.store.reading() as connection:
                self._site = (head, read_site(connection, self.as_of))
        return self._site[1]

    def values_for(self, protocol_key: str, course_key: str = "") -> SiteValues:
        """The site values that hold for a protocol, as recorded last.

        Args:
            protocol_key: the protocol.
            course_key: the course that is dosed or printed; the values say that two people have
                confirmed them only where every number of this course is commissioned.
        """
        if self.values is not NO_SITE_VALUES:
            return self.values
        marks, kept = self._commissioned()
        key = (protocol_key, course_key)
        if key not in kept and marks[0] == 0 and self.as_of is None:
            kept[key] = NO_SITE_VALUES
        if key not in kept:
            from bedside.ward.commission_values import confirmed_for, recorded_values

            if course_key:
                base = self.values_for(protocol_key)
                kept[key] = confirmed_for(self, base, protocol_key, course_key)
            else:
                kept[key] = recorded_values(self, protocol_key)
        return kept[key]

    def _commissioned(self) -> tuple[tuple[int, ...], dict[tuple[str, str], SiteValues]]:
        """How much is commissioned here, and what was assembled of it; a weight changes neither."""
        head = self.store.known_head.seal
        if self._recorded[0] != head:
            with self.store.reading() as connection:
                marks = (
                    *standing(connection, CommissionValue),
                    *standing(connection, SiteSetting),
                )
            kept = self._recorded[2] if marks == self._recorded[1] else {}
            self._recorded = (head, marks, kept)
        return self._recorded[1], self._recorded[2]

    @property
    def read_only(self) -> bool:
        """The ward lies where nothing can be recorded; said on every page and paper."""
        return self.store.read_only

    @property
    def protection(self) -> str:
        """What keeps others from reading the ward's file, in words; "" for a demonstration."""
        if self.demonstration:
            return ""
        keys = self.store.keys
        if keys is None:
            return "This ward is not encrypted"
        return "Disk encryption stated by the site" if keys.database is None else "Encrypted"

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
        """When anything was saved last, sign-ins too, in the ward's zone; None on an empty ward."""
        saved = self.store.last_saved
        return None if saved is None else self.local(saved)

    @property
    def minutes_apart(self) -> int:
        """Whole minutes by which the server's clock is ahead of this computer's; 0 without a server."""
        return minutes_apart(self.store.clock_apart)

    @property
    def last_recorded(self) -> datetime | None:
        """When the last record was saved, in the ward's zone; None where there is none.

        Whoever signs in and reads this sees when something was recorded, and not that she signed in.
        """
        # a station's copy, read while the server is away, may know less than was known of the server
        head = f"{self.store.known_head.seal} {self.store.away is None}"
        if self._last_recorded is None or self._last_recorded[0] != head:
            with self.store.reading() as connection:
                at = last_recorded_at(connection)
            self._last_recorded = (head, None if at is None else datetime.fromisoformat(at))
        found = self._last_recorded[1]
        return None if found is None else self.local(found)
