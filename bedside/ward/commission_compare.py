"""After both passes: the two entries and what is public, side by side, and what to do about each.

Neither entry is ever kept because it is likelier: where two people disagree both look it up again
and type it anew, alone. Where both agree against the public sources, the value needs a reason that both
stand for, and the public value stays beside it.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bedside.protocol.hours_on_days import hours_against_days
from bedside.protocol.number_compare import compare
from bedside.protocol.number_shape import Number
from bedside.protocol.numbers import SITE
from bedside.protocol.site_plan import filled_plan
from bedside.store.commission_records import (
    CommissionEnd,
    CommissionEntry,
    CommissionValue,
)
from bedside.units.refusal import Refused
from bedside.ward.commission_blind import own_open_pass
from bedside.ward.commission_blocked import is_blocked
from bedside.ward.commission_facts import GroupFacts, group_facts, inventory_of
from bedside.ward.commission_record import entries_of, public_standing, record_value, times_of
from bedside.ward.commission_values import recorded_values
from bedside.ward.commissioning import number_of, when_words
from bedside.ward.one_act import one_act
from bedside.ward.people import named, person_key
from bedside.ward.views.commissioning import ComparedRow, Comparison, RowState
from bedside.ward.ward import Ward

if TYPE_CHECKING:
    from bedside.store.change import Change

LONGEST_REASON = 500
FEWEST_WORDS, FEWEST_LETTERS = 3, 12
_OPEN = (
    "Your own blind pass of “{0}” is begun and not complete: a comparison would show you public "
    "values and another's entries. Complete the pass or give it up first; another person may "
    "compare at any time."
)


def comparison(ward: Ward, scope: str, group_key: str, *, who: str) -> Comparison:
    """Both passes side by side, for somebody who types no pass of this protocol now.

    Args:
        ward: the ward.
        scope: key of a protocol, or of the site's own values.
        group_key: the part that both have completed.
        who: name and role of who looks.

    Raises:
        Refused: not both passes are complete, nobody is named, or she has a blind pass of her own
            begun and not completed; nothing of either is told.
    """
    own = own_open_pass(ward, scope, who=named(who))
    if own:
        raise Refused(_OPEN.format(own))
    facts = _complete(ward, scope, group_key)
    first, second = facts.passes
    ended = [when_words(ward, one.end.recorded_at) for one in facts.passes if one.end is not None]
    return Comparison(
        scope=scope,
        group_key=group_key,
        title=facts.group.title,
        first_person=first.row.recorded_by,
        first_at=ended[0],
        second_person=second.row.recorded_by,
        second_at=ended[1],
        rows=tuple(_row(ward, facts, number) for number in facts.group.numbers),
        contradictions=_contradictions(ward, scope, group_key),
    )


def _contradictions(ward: Ward, scope: str, group_key: str) -> tuple[str, ...]:
    """What is commissioned of a course and hardly meets: hours of a rescue, and its days."""
    protocol = ward.protocols.get(scope)
    if protocol is None or all(course.key != group_key for course in protocol.courses):
        return ()
    filled, _ = filled_plan(protocol, recorded_values(ward, scope))
    return hours_against_days(filled.course(group_key))


def _complete(ward: Ward, scope: str, group_key: str) -> GroupFacts:
    facts = group_facts(ward, scope, group_key)
    if not facts.both_ended:
        raise Refused(
            f"{facts.group.title}: the comparison opens when two people have completed their "
            "passes. Until then nothing of either is shown."
        )
    return facts


def _row(ward: Ward, facts: GroupFacts, number: Number) -> ComparedRow:
    both = entries_of(facts, number)
    value = facts.values.get(number.id)
    shown = ["", ""] if both is None else [number.read(one.canonical).shown for one in both]
    if value is not None and both is None:  # imported, or commissioned before these passes
        shown = [number.read(value.canonical).shown] * 2
    difference = ""
    if both is not None:
        read = [number.read(one.canonical) for one in both]
        difference = compare(read[0], read[1]).words
    agree = not difference
    canonical = value.canonical if value is not None else both[0].canonical if both else ""
    times = times_of(facts, number)
    public = public_standing(number, canonical, times) if agree and canonical else None
    needs = public is not None and public.needs_reason
    asked = value is not None or needs
    blocks = asked and _would_block(ward, facts, number, canonical)
    return ComparedRow(
        number_id=number.id,
        section=number.section,
        words=number.words,
        first=shown[0],
        second=shown[1],
        agree=agree,
        difference=difference,
        public=tuple(one.shown for one in number.public_read()),
        public_words="" if public is None else public.words,
        related=number.related,
        source=number.source,
        state=_state(value, agree=agree, needs=needs, blocked=blocks),
        recorded="" if value is None else recorded_words(ward, value),
        would_block=blocks,
    )


def _would_block(ward: Ward, facts: GroupFacts, number: Number, canonical: str) -> bool:
    scope = facts.inventory.scope
    if scope == SITE:
        return False
    return is_blocked(ward.protocols[scope], facts.inventory, number, canonical)


def _state(value: CommissionValue | None, *, agree: bool, needs: bool, blocked: bool) -> RowState:
    if value is not None:
        return "blocked" if blocked else "commissioned"
    if not agree:
        return "disagree"
    # both agreed once and it was recorded, but what it rested on is another now
    return "needs reason" if needs else "changed since"


def recorded_words(ward: Ward, value: CommissionValue) -> str:
    """Who recorded a value and when, and why it differs from the public sources where it does."""
    words = (
        f"{value.first_person}, {when_words(ward, value.first_at)}; "
        f"{value.second_person}, {when_words(ward, value.second_at)}"
    )
    return f"{words}. {value.reason}" if value.reason else words


@one_act
def ask_again(
    ward: Ward, scope: str, group_key: str, number_ids: Sequence[str], *, who: str
) -> None:
    """Ask both people to look up and type again what they disagree on; both entries are struck out.

    Raises:
        Refused: the passes are not complete, or one of the numbers is recorded (withdraw it).
    """
    who = named(who)
    facts = _complete(ward, scope, group_key)
    rows = {row.number_id: row for row in comparison(ward, scope, group_key, who=who).rows}
    for number_id in number_ids:
        if number_id not in rows or rows[number_id].state in ("commissioned", "blocked"):
            raise Refused(f"{number_id} is not open here: nothing was changed.")
    if not number_ids:
        raise Refused("Nothing is to be typed again here.")
    with ward.store.change(who, "asked both to type numbers again", ward.now()) as change:
        _open_again(change, facts, number_ids, "looked up and typed again by both")


def _open_again(
    change: "Change", facts: GroupFacts, number_ids: Sequence[str], reason: str
) -> None:
    """Strike out both entries of each number and open both passes again."""
    for passed in facts.passes:
        for number_id in number_ids:
            if number_id in passed.entries:
                change.void(CommissionEntry, passed.entries[number_id].id, reason)
        if passed.end is not None:
            change.void(CommissionEnd, passed.end.id, reason)


@one_act
def accept(ward: Ward, scope: str, number_id: str, reason: str, *, who: str, other: str) -> None:
    """Record a value on which both agree against the public sources, with the reason of both.

    Args:
        ward: the ward.
        scope: the protocol.
        number_id: the number.
        reason: why the site holds another value, in words of substance.
        who: who records it, one of the two who typed it.
        other: the other of the two, whom the caller has confirmed (passphrase, or typed name).

    Raises:
        Refused: the two disagree, the reason says too little, or these are not the two.
    """
    who, other, number = named(who), named(other), number_of(ward, scope, number_id)
    facts = _complete(ward, scope, inventory_of(ward, scope).group_of(number_id).key)
    row = _row(ward, facts, number)
    if row.state != "needs reason":
        raise Refused(f"{number.section}, {number.words}: {row.state}. Nothing was changed.")
    other_of_two(facts, who)
    if {person_key(who), person_key(other)} != {one.row.person_key for one in facts.passes}:
        names = " and ".join(one.row.recorded_by for one in facts.passes)
        raise Refused(f"Both who typed it stand for it, {names}: nothing was recorded.")
    why = f"{reason_of_substance(reason)} (reason given by {who}; confirmed by {other})"
    with ward.store.change(who, "recorded against the public value", ward.now()) as change:
        record_value(change, ward, facts, number, why)


def other_of_two(facts: GroupFacts, who: str) -> str:
    """The other of the two who typed a group.

    Raises:
        Refused: who asks is neither of them.
    """
    if facts.pass_of(who) is None:
        names = " or ".join(one.row.recorded_by for one in facts.passes)
        raise Refused(f"The reason is written by one of the two who typed it: {names}.")
    key = person_key(who)
    return next(one.row.recorded_by for one in facts.passes if one.row.person_key != key)


def confirming(ward: Ward, scope: str, group_key: str, *, who: str) -> str:
    """Who confirms a reason that somebody writes: the other of the two who typed the group.

    Raises:
        Refused: the passes are not complete, or who writes is neither of the two.
    """
    return other_of_two(_complete(ward, scope, group_key), named(who))


@one_act
def withdraw(ward: Ward, scope: str, number_id: str, reason: str, *, who: str) -> None:
    """Take a recorded value back, so that both type it again; it stays readable, struck out.

    Raises:
        Refused: it is not commissioned, or no reason is written.
    """
    number = number_of(ward, scope, number_id)
    facts = group_facts(ward, scope, inventory_of(ward, scope).group_of(number_id).key)
    value = facts.values.get(number_id)
    if value is None:
        raise Refused(f"{number.section}, {number.words}: not commissioned. Nothing was changed.")
    why = _reason(reason)
    with ward.store.change(named(who), "withdrew a commissioned value", ward.now()) as change:
        change.void(CommissionValue, value.id, why)
        _open_again(change, facts, (number_id,), why)


def _reason(reason: str) -> str:
    words = " ".join(reason.split())
    if not words:
        raise Refused("A reason is needed: say why, in words. Nothing was changed.")
    if len(words) > LONGEST_REASON:
        raise Refused(f"A reason has at most {LONGEST_REASON} letters.")
    return words


def reason_of_substance(reason: str) -> str:
    """A reason that another can follow years later.

    Raises:
        Refused: fewer than three different words.
    """
    why = _reason(reason)
    words = {word.casefold() for word in why.split()}
    if len(words) < FEWEST_WORDS or len(why) < FEWEST_LETTERS:
        raise Refused(
            f"“{why}” says too little: write why the site holds another value than the public "
            f"source, in {FEWEST_WORDS} words at least. Nothing was changed."
        )
    return why
