"""Recorded values that stand against a public source: kept, never dosed from, never called done.

Two people may agree on a slip. What contradicts a stated public value is recorded with its reason,
and blocked: Bedside uses neither the site's value nor the public one until it is withdrawn and typed
again, or the public source of a later edition says the same.
"""

from bedside.protocol.model import Protocol
from bedside.protocol.number_compare import compare_public
from bedside.protocol.number_shape import Number
from bedside.protocol.numbers import SITE, Inventory
from bedside.protocol.site_plan import filled_plan
from bedside.protocol.site_text import SiteHead, site_values_text
from bedside.protocol.site_value_reader import read_site_values_text
from bedside.protocol.site_values import SiteValuesError
from bedside.ward.commission_facts import GroupFacts
from bedside.ward.ward import Ward

_HEAD = SiteHead("one number", False, (), None, "", "")


def blocked_of(ward: Ward, facts: GroupFacts) -> frozenset[str]:
    """The recorded numbers of a group that stand against the public sources and are not used."""
    if facts.inventory.scope == SITE:
        return frozenset()
    protocol = ward.protocols[facts.inventory.scope]
    numbers = {number.id: number for number in facts.group.numbers}
    return frozenset(
        key
        for key, row in facts.values.items()
        if row.canonical not in numbers[key].public
        and is_blocked(protocol, facts.inventory, numbers[key], row.canonical)
    )


def is_blocked(protocol: Protocol, inventory: Inventory, number: Number, canonical: str) -> bool:
    """Whether a value would be blocked: it differs from the one stated, or no dispute allows it."""
    public = number.public_read()
    standing = compare_public(number.read(canonical), public, disputed=number.disputed).standing
    if standing != "no reading":
        return standing == "different"
    text = site_values_text(protocol, inventory, {number.id: canonical}, {}, _HEAD)
    try:
        return bool(filled_plan(protocol, read_site_values_text(text, "", protocol=protocol))[1])
    except SiteValuesError:
        return True  # what cannot be read beside the public plan is not used
