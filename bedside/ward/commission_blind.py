"""Who may not look at public numbers: whoever types a pass, at those of its protocol and of related ones.

What is public of one protocol is the related value of another, and two editions share whole courses:
a protocol closed alone leaves the same figures in sight one page further.

Decision: pages and papers of an infant in treatment stay open to her. Care is not hidden for the sake
of a comparison. Nor is a signed file of values refused (`commission_export`): two people write it on
purpose, for another site, also while a number that was withdrawn waits to be typed again.
"""

from bedside.protocol.model import Protocol
from bedside.units.refusal import Refused
from bedside.ward.commission_facts import GroupFacts, Passed, scope_facts, scopes_of
from bedside.ward.one_person import why_not_two
from bedside.ward.people import person_key
from bedside.ward.ward import Ward

_CLOSED = (
    "Your own blind pass of “{0}” is begun and not complete, so nothing that is public of this "
    "protocol or of related ones is shown to you. Complete the pass or give it up first; another "
    "person may look at any time."
)
_NOBODY = (
    "A blind pass of “{0}” is begun and not complete, and nobody is named here: it may be yours. Say "
    "who records (F2); whoever types no pass of this protocol or of a related one may look at any "
    "time."
)


def own_open_pass(ward: Ward, scope: str, *, who: str) -> str:
    """The group whose pass a person has begun and not completed; "" when there is none.

    A pass is worth something only while the person copies from her own controlled document: with
    the public values in sight two people would agree on what the screen says. A paused pass counts,
    and so does one of a protocol whose values are told beside this one's, or the other way.

    Args:
        ward: the ward.
        scope: key of a protocol, or of the site's own values.
        who: the person's name and role.
    """
    key = person_key(who)  # hers, or one that may be hers under another name
    for facts, one in open_passes(ward, scope) if key else ():
        if one.row.person_key == key or why_not_two(ward, one.row.recorded_by, who):
            other = facts.inventory.scope != scope
            return f"{facts.inventory.title}: {facts.group.title}" if other else facts.group.title
    return ""


def anybodys_open_pass(ward: Ward, scope: str) -> str:
    """The group of a pass that anybody has begun and not completed; "" when there is none."""
    found = open_passes(ward, scope)
    return found[0][0].group.title if found else ""


def may_see_public(ward: Ward, scope: str, *, who: str) -> bool:
    """Whether a person may read the public values of a scope: she types no pass of it or of related ones.

    Nobody named is anybody: then no pass at all may be open.
    """
    if not person_key(who):
        return not open_passes(ward, scope)
    return not own_open_pass(ward, scope, who=who)


def keep_blind(ward: Ward, scope: str, *, who: str) -> None:
    """Refuse the public numbers of a scope to whoever types a pass of it, or of a related one.

    Raises:
        Refused: she has a pass begun and not complete, or somebody has and nobody is named; nothing
            is told.
    """
    if not person_key(who):
        group = anybodys_open_pass(ward, scope)
        if group:
            raise Refused(_NOBODY.format(group))
    own = own_open_pass(ward, scope, who=who)
    if own:
        raise Refused(_CLOSED.format(own))


def open_passes(ward: Ward, scope: str) -> list[tuple[GroupFacts, Passed]]:
    """Every pass, of anybody, that is begun and not complete: of a scope first, then of related ones."""
    return [
        (facts, one)
        for each in related_scopes(ward, scope)
        for facts in scope_facts(ward, each)
        for one in facts.passes
        if one.end is None
    ]


def related_scopes(ward: Ward, scope: str) -> tuple[str, ...]:
    """A scope, and every protocol whose values stand beside its own or are the same ones."""
    own = ward.protocols.get(scope)
    return (
        scope,
        *(
            key
            for key in scopes_of(ward)
            if key != scope and own is not None and _related(own, ward.protocols.get(key))
        ),
    )


def _related(one: Protocol, other: Protocol | None) -> bool:
    """One puts its courses beside the other's, or both quote one source in their values."""
    if other is None:
        return False
    named = {match.protocol for match in one.matches} | {match.protocol for match in other.matches}
    return bool(
        named & {one.key, other.key} or set(one.sources.values()) & set(other.sources.values())
    )
