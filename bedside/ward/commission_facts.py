"""Reads what was typed and recorded of commissioning, group by group.

A value counts only in the edition it was typed for, and only while what is public of its number is
what it was then: a new edition, or a corrected public value, asks again (nothing is inherited).
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from bedside.protocol.model import Protocol
from bedside.protocol.number_shape import Number, NumberGroup
from bedside.protocol.numbers import SITE, Inventory, protocol_inventory, site_inventory
from bedside.store.commission_records import (
    CommissionEnd,
    CommissionEntry,
    CommissionPass,
    CommissionValue,
)
from bedside.store.queries import all_of, all_of_then
from bedside.store.ward_file import Reader
from bedside.units.refusal import Refused
from bedside.ward.commission_counting import that_count
from bedside.ward.commission_settings import agrees_with_settings
from bedside.ward.people import person_key
from bedside.ward.site import SiteSettings, read_site
from bedside.ward.ward import Ward

_SITE_DIGEST = hashlib.sha256(b"site").hexdigest()
# A protocol never changes and is read once: its numbers are listed once, whatever ward asks.
_LISTED: dict[str, tuple[Protocol, Inventory]] = {}


class Passed(Struct, frozen=True):
    """One person's pass with its entries by number."""

    row: CommissionPass
    entries: Mapping[str, CommissionEntry]
    end: CommissionEnd | None


class GroupFacts(Struct, frozen=True):
    """All that is recorded of one group of numbers; ``values`` hold only those that count."""

    inventory: Inventory
    group: NumberGroup
    passes: tuple[Passed, ...]
    values: Mapping[str, CommissionValue]

    def pass_of(self, who: str) -> Passed | None:
        """This person's own pass."""
        key = person_key(who)
        return next((one for one in self.passes if one.row.person_key == key), None)

    @property
    def open_numbers(self) -> tuple[Number, ...]:
        """The numbers that are not commissioned."""
        return tuple(number for number in self.group.numbers if number.id not in self.values)

    @property
    def both_ended(self) -> bool:
        """Whether both people have completed their passes."""
        return len(self.passes) == 2 and all(one.end is not None for one in self.passes)


def scopes_of(ward: Ward) -> tuple[str, ...]:
    """Every protocol of this program, then the site itself."""
    return (*ward.protocols, SITE)


def inventory_of(ward: Ward, scope: str) -> Inventory:
    """The numbers of a scope.

    Raises:
        Refused: there is no such protocol.
    """
    kept = ward.inventories.get(scope)
    if kept is None or not _still_of(ward, kept):
        kept = ward.inventories[scope] = _listed(ward, scope)
    return kept


def _still_of(ward: Ward, inventory: Inventory) -> bool:
    """Whether a list of numbers kept earlier belongs to the protocols as they are."""
    return inventory.digest == _digest(ward, inventory.scope)


def _listed(ward: Ward, scope: str) -> Inventory:
    digest = _digest(ward, scope)
    if scope == SITE:
        return replace(site_inventory(ward.protocols.values()), digest=digest)
    protocol = ward.protocols[scope]
    kept = _LISTED.get(scope)
    if kept is None or kept[0] is not protocol or kept[1].digest != digest:
        kept = _LISTED[scope] = protocol, replace(protocol_inventory(protocol), digest=digest)
    return kept[1]


def _digest(ward: Ward, scope: str) -> str:
    if scope == SITE:
        return " ".join(protocol.digest for protocol in ward.protocols.values())
    try:
        return ward.protocols[scope].digest
    except KeyError:
        known = ", ".join(scopes_of(ward))
        raise Refused(f"There is no protocol {scope}; known here: {known}.") from None


def digest_of(ward: Ward, scope: str) -> str:
    """The digest of the protocol file that a value is typed for."""
    return _SITE_DIGEST if scope == SITE else ward.protocols[scope].digest


def group_facts(ward: Ward, scope: str, group_key: str) -> GroupFacts:
    """Read one group.

    Raises:
        Refused: there is no such protocol or group.
    """
    inventory = inventory_of(ward, scope)
    try:
        inventory.group(group_key)
    except KeyError:
        known = ", ".join(group.key for group in inventory.groups)
        raise Refused(f"{inventory.title} has no group {group_key}; it has {known}.") from None
    with ward.store.reading() as connection:
        return next(
            facts
            for facts in all_facts(connection, inventory, read_site(connection))
            if facts.group.key == group_key
        )


def scope_facts(ward: Ward, scope: str) -> tuple[GroupFacts, ...]:
    """Read every group of a scope."""
    inventory = inventory_of(ward, scope)
    with ward.store.reading() as connection:
        return all_facts(connection, inventory, read_site(connection))


def all_facts(
    connection: Reader, inventory: Inventory, settings: SiteSettings
) -> tuple[GroupFacts, ...]:
    """Read every group of an inventory from an open connection."""
    entries: dict[int, dict[str, CommissionEntry]] = {}
    for entry in all_of(connection, CommissionEntry):
        entries.setdefault(entry.pass_id, {})[entry.number_id] = entry
    ends = {end.pass_id: end for end in all_of(connection, CommissionEnd)}
    passes: dict[str, list[Passed]] = {}
    for row in all_of(connection, CommissionPass):
        if (row.scope, row.edition) == (inventory.scope, inventory.edition):
            passed = Passed(row, entries.get(row.id, {}), ends.get(row.id))
            passes.setdefault(row.group_key, []).append(passed)
    values = values_of(connection, inventory, settings)
    return tuple(
        GroupFacts(
            inventory,
            group,
            tuple(sorted(passes.get(group.key, ()), key=lambda one: one.row.turn)),
            {number.id: values[number.id] for number in group.numbers if number.id in values},
        )
        for group in inventory.groups
    )


def values_of(
    connection: Reader,
    inventory: Inventory,
    settings: SiteSettings,
    as_of: datetime | None = None,
) -> dict[str, CommissionValue]:
    """The recorded values of an inventory that count (or counted at a moment), by number."""
    rows = all_of_then(connection, CommissionValue, as_of)
    numbers = (number for group in inventory.groups for number in group.numbers)
    return {
        key: row
        for key, row in that_count(rows, inventory.scope, inventory.edition, numbers).items()
        if agrees_with_settings(key, row.canonical, settings)
    }
