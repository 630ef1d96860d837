"""Records what two people agree on: the only place where a value of the site comes into being."""

from typing import TYPE_CHECKING

from bedside.protocol.number_compare import (
    PublicCompared,
    asked_about,
    asked_of_day,
    compare,
    compare_public,
)
from bedside.protocol.number_shape import Number
from bedside.store.commission_records import CommissionEntry, CommissionValue
from bedside.store.queries import all_of
from bedside.ward.commission_facts import GroupFacts, digest_of
from bedside.ward.commission_settings import put_in_force
from bedside.ward.ward import Ward

if TYPE_CHECKING:
    from bedside.store.change import Change


def entries_of(facts: GroupFacts, number: Number) -> tuple[CommissionEntry, CommissionEntry] | None:
    """Both entries of a number; None unless both are there."""
    found = [one.entries[number.id] for one in facts.passes if number.id in one.entries]
    return (found[0], found[1]) if len(found) == 2 else None


def public_standing(number: Number, canonical: str, times: int | None = None) -> PublicCompared:
    """What two people agree on, beside the public sources and what is usual.

    Args:
        number: what was asked.
        canonical: what both typed.
        times: of a dose, how often a day both typed that it is given; None for what is public.
    """
    agreed = number.read(canonical)
    asked = asked_about(number.kind, agreed)
    if asked is None and not number.public:
        asked = asked_of_day(number.day_doses, agreed, times or number.times)
    return asked or compare_public(agreed, number.public_read(), disputed=number.disputed)


def times_of(facts: GroupFacts, number: Number) -> int | None:
    """How often a day a dose is given as both typed it, or as it is recorded; None where neither."""
    key = number.id.replace("/dose/", "/times/", 1)
    asked = next((one for one in facts.group.numbers if one.id == key), None)
    if asked is None or key == number.id:
        return None
    value, both = facts.values.get(key), entries_of(facts, asked)
    texts = {value.canonical} if value is not None else {one.canonical for one in both or ()}
    read = asked.read(texts.pop()).value if len(texts) == 1 else None
    return None if read is None else int(read)


def record_agreed(change: "Change", ward: Ward, facts: GroupFacts) -> None:
    """Record every open number on which both agree and which no public source contradicts."""
    for number in facts.open_numbers:
        both = entries_of(facts, number)
        if both is None:
            continue
        first, second = both
        agree = compare(number.read(first.canonical), number.read(second.canonical))
        settled = not public_standing(number, first.canonical, times_of(facts, number)).needs_reason
        if agree.agreement == "equal" and settled:
            record_value(change, ward, facts, number, "")


def record_value(
    change: "Change", ward: Ward, facts: GroupFacts, number: Number, reason: str
) -> None:
    """Record one number on which both agree, with both names and times."""
    both = entries_of(facts, number)
    if both is None:
        raise ValueError(f"{number.id} has not been typed twice")
    first, second = both
    void_stale(change, facts, number.id)
    change.add(
        CommissionValue,
        scope=facts.inventory.scope,
        edition=facts.inventory.edition,
        protocol_digest=digest_of(ward, facts.inventory.scope),
        group_key=facts.group.key,
        number_id=number.id,
        canonical=first.canonical,
        public="\n".join(number.public),
        first_entry_id=first.id,
        second_entry_id=second.id,
        first_person=first.recorded_by,
        first_key=facts.passes[0].row.person_key,
        first_at=first.recorded_at,
        second_person=second.recorded_by,
        second_key=facts.passes[1].row.person_key,
        second_at=second.recorded_at,
        reason=reason,
    )
    put_in_force(change, number.id, first.canonical)


STALE = "what it rested on has changed since"


def void_stale(change: "Change", facts: GroupFacts, number_id: str) -> None:
    """Strike out a value of this number that does not count any more, before a new one is kept."""
    for row in all_of(change.connection, CommissionValue):
        same = (row.scope, row.edition) == (facts.inventory.scope, facts.inventory.edition)
        if same and row.number_id == number_id:
            change.void(CommissionValue, row.id, STALE)
