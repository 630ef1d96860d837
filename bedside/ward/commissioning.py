"""Commissioning: two people, separately, type what their controlled copy says.

A pass belongs to one person. Nobody is handed the other's entries, a public or a related value
before both passes are complete; nothing counts before the comparison (`commission_compare`).
"""

from datetime import datetime

from bedside.protocol.number_shape import Number
from bedside.protocol.typed_kinds import KINDS
from bedside.store.commission_records import CommissionEnd, CommissionEntry, CommissionPass
from bedside.units.dates import write_date, write_time
from bedside.units.refusal import Refused
from bedside.ward.commission_facts import (
    GroupFacts,
    Passed,
    digest_of,
    group_facts,
    inventory_of,
    scopes_of,
)
from bedside.ward.commission_record import record_agreed
from bedside.ward.one_act import one_act
from bedside.ward.one_person import why_not_two
from bedside.ward.people import named, person_key
from bedside.ward.views.commissioning import PassRow, PassView
from bedside.ward.ward import Ward

_WORDS_TO_GIVE_UP = 3  # of a pass that another person completed


@one_act
def begin_pass(ward: Ward, scope: str, group_key: str, *, who: str) -> int:
    """Begin a person's pass over a group, or find it again.

    Args:
        ward: the ward.
        scope: key of a protocol, or "site".
        group_key: a course, "settings", "formulary/DRUG" …
        who: name and role.

    Returns:
        1 for the first pass, 2 for the second.

    Raises:
        Refused: both passes have their person, the other pass may be hers under another name, or
            there is no such group.
    """
    who = named(who)
    facts = group_facts(ward, scope, group_key)
    own = facts.pass_of(who)
    if own is not None:
        return own.row.turn
    if not person_key(who):
        raise Refused("A name needs letters: type your name and role.")
    taken = {one.row.turn for one in facts.passes}
    if taken == {1, 2}:
        names = " and ".join(one.row.recorded_by for one in facts.passes)
        raise Refused(
            f"Both passes of {facts.group.title} have their person: {names}. "
            "One of them gives the pass up before another begins."
        )
    for one in facts.passes:
        if why := why_not_two(ward, one.row.recorded_by, who):
            raise Refused(f"The other pass of {facts.group.title} is another person's.", why)
    turn = 2 if 1 in taken else 1
    with ward.store.change(who, "began a commissioning pass", ward.now()) as change:
        change.add(
            CommissionPass,
            scope=scope,
            edition=facts.inventory.edition,
            protocol_digest=digest_of(ward, scope),
            group_key=group_key,
            turn=turn,
            person_key=person_key(who),
        )
    return turn


def read_entry(ward: Ward, scope: str, number_id: str, text: str) -> str:
    """How a typed text is read, in words; nothing is recorded.

    Raises:
        Refused: it cannot be read; says what would be right.
    """
    return number_of(ward, scope, number_id).read_new(text, ward.decimal_mark).shown


def number_of(ward: Ward, scope: str, number_id: str) -> Number:
    """A number of a scope.

    Raises:
        Refused: there is none with this id.
    """
    inventory = inventory_of(ward, scope)
    try:
        return inventory.number(number_id)
    except KeyError:
        raise Refused(f"{inventory.title} has no number {number_id}.") from None


@one_act
def enter(ward: Ward, scope: str, number_id: str, text: str, *, who: str) -> str:
    """Record what a person's controlled copy says for one number.

    Args:
        ward: the ward.
        scope: key of a protocol, or "site".
        number_id: the number.
        text: as typed; "not stated" where the copy states none.
        who: the person; her pass is begun if it has not begun.

    Returns:
        How it was read, in words.

    Raises:
        Refused: it cannot be read, the pass is complete, the number is commissioned already, or
            both passes belong to others.
    """
    who = named(who)
    number = number_of(ward, scope, number_id)
    group_key = inventory_of(ward, scope).group_of(number_id).key
    read = number.read_new(text, ward.decimal_mark)
    facts = group_facts(ward, scope, group_key)
    if number_id in facts.values:
        raise Refused(
            f"{_called(number)} is commissioned already: withdraw it first, with the reason."
        )
    own = facts.pass_of(who)
    if own is None:
        begin_pass(ward, scope, group_key, who=who)
        own = _own(group_facts(ward, scope, group_key), who)
    if own.end is not None:
        raise Refused(
            "Your pass is complete: nothing in it can be changed before the comparison asks for it."
        )
    before = own.entries.get(number_id)
    if before is not None and (before.typed, before.canonical) == (text, read.canonical):
        return read.shown
    with ward.store.change(who, "typed a number of the controlled copy", ward.now()) as change:
        if before is not None:
            change.void(CommissionEntry, before.id, "typed again by the same person")
        change.add(
            CommissionEntry,
            pass_id=own.row.id,
            number_id=number_id,
            typed=text,
            canonical=read.canonical,
        )
    return read.shown


def _called(number: Number) -> str:
    return f"{number.section}: {number.words}"


def _own(facts: GroupFacts, who: str) -> Passed:
    own = facts.pass_of(who)
    if own is None:
        raise Refused(f"You have no pass of {facts.group.title}: begin one first.")
    return own


@one_act
def finish_pass(ward: Ward, scope: str, group_key: str, *, who: str) -> bool:
    """Complete a person's pass; when both are complete, what agrees is recorded.

    Returns:
        Whether both passes are complete now, so that the comparison can be shown.

    Raises:
        Refused: rows are empty, or it is complete already.
    """
    who = named(who)
    facts = group_facts(ward, scope, group_key)
    own = _own(facts, who)
    if own.end is not None:
        raise Refused("Your pass is complete already.")
    empty = [number for number in facts.open_numbers if number.id not in own.entries]
    if empty:
        more = f" and {len(empty) - 1} more" if len(empty) > 1 else ""
        raise Refused(
            f"Not complete: {_called(empty[0])}{more}. Each row needs what your copy says, "
            'or "not stated"; none may stay empty.'
        )
    from bedside.ward.commission_values import check_entries

    check_entries(ward, scope, {key: entry.canonical for key, entry in own.entries.items()})
    with ward.store.change(who, "completed a commissioning pass", ward.now()) as change:
        change.add(CommissionEnd, pass_id=own.row.id)
        others = [one for one in facts.passes if one is not own]
        if others and others[0].end is not None:
            record_agreed(change, ward, facts)
            return True
    return False


@one_act
def give_up_pass(
    ward: Ward, scope: str, group_key: str, turn: int, reason: str, *, who: str
) -> None:
    """Give a pass up, so that another person can begin it anew; what was recorded already stays.

    Raises:
        Refused: there is no such pass, no reason, or it is another's, complete, and no more than a
            word is said for it.
    """
    facts = group_facts(ward, scope, group_key)
    found = next((one for one in facts.passes if one.row.turn == turn), None)
    if found is None:
        raise Refused(f"{facts.group.title} has no pass {turn} to give up.")
    owner = found.row.recorded_by
    of_another = person_key(owner) != person_key(named(who))
    if found.end is not None and of_another and len(reason.split()) < _WORDS_TO_GIVE_UP:
        raise Refused(
            f"Pass {turn} of {facts.group.title} was completed by {owner}, all of it would be struck "
            f"out: say in words why {owner} cannot give it up. Where the passes differ, compare them."
        )
    with ward.store.change(named(who), "gave a commissioning pass up", ward.now()) as change:
        for entry in found.entries.values():
            change.void(CommissionEntry, entry.id, reason)
        if found.end is not None:
            change.void(CommissionEnd, found.end.id, reason)
        change.void(CommissionPass, found.row.id, reason)


def pass_view(ward: Ward, scope: str, group_key: str, *, who: str) -> PassView:
    """A person's own pass, blind.

    Raises:
        Refused: this person has no pass of the group.
    """
    facts = group_facts(ward, scope, group_key)
    own = _own(facts, named(who))
    return PassView(
        scope=scope,
        title=f"{facts.inventory.title}, {facts.inventory.edition}",
        group_key=group_key,
        group_title=facts.group.title,
        person=own.row.recorded_by,
        turn=own.row.turn,
        completed=own.end is not None,
        rows=tuple(_row(number, own) for number in facts.open_numbers),
        settled=len(facts.values),
        other=_other(ward, facts, own),
    )


def _row(number: Number, own: Passed) -> PassRow:
    entry = own.entries.get(number.id)
    choices = number.choices or KINDS[number.kind].choices
    return PassRow(
        number_id=number.id,
        section=number.section,
        words=number.words,
        how=KINDS[number.kind].how,
        units=() if choices else number.units,
        choices=tuple(choices.items()),
        typed="" if entry is None else entry.typed,
        read_as="" if entry is None else number.read(entry.canonical).shown,
    )


def _other(ward: Ward, facts: GroupFacts, own: Passed) -> str:
    others = [one for one in facts.passes if one is not own]
    if not others:
        return "The other pass has not begun."
    other = others[0]
    done, total = typed_of(facts, other)
    if other.end is None:
        return f"The other pass, {other.row.recorded_by}: {done} of {total} rows."
    when = when_words(ward, other.end.recorded_at)
    return f"The other pass is complete: {other.row.recorded_by}, {when}."


def typed_of(facts: GroupFacts, passed: Passed) -> tuple[int, int]:
    """How many of the open numbers have an entry in a pass, and how many there are."""
    asked = facts.open_numbers
    return sum(1 for number in asked if number.id in passed.entries), len(asked)


def when_words(ward: Ward, moment: datetime) -> str:
    """A kept time in words: "21-Nov-2026 15:40"."""
    local = ward.local(moment)
    return f"{write_date(local.date())} {write_time(local)}"


def own_turn(ward: Ward, scope: str, group_key: str, *, who: str) -> int:
    """Which pass of a group is this person's: 1, 2, or 0 for neither."""
    own = group_facts(ward, scope, group_key).pass_of(who) if who.strip() else None
    return 0 if own is None else own.row.turn


def scope_choices(ward: Ward) -> tuple[tuple[str, str], ...]:
    """Every protocol, then the site itself: key and title."""
    return tuple((scope, inventory_of(ward, scope).title) for scope in scopes_of(ward))
