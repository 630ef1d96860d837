"""Who may not look at a protocol's public numbers: whoever types a pass of it, until it is complete."""

from bedside.ward.commission_facts import scope_facts
from bedside.ward.one_person import why_not_two
from bedside.ward.people import person_key
from bedside.ward.ward import Ward


def own_open_pass(ward: Ward, scope: str, *, who: str) -> str:
    """The group whose pass a person has begun and not completed; "" when there is none.

    A pass is worth something only while the person copies from her own controlled document: with
    the public values in sight two people would agree on what the screen says. A paused pass counts.

    Args:
        ward: the ward.
        scope: key of a protocol.
        who: the person's name and role.
    """
    key = person_key(who)  # hers, or one that may be hers under another name
    for facts in scope_facts(ward, scope) if key else ():
        for one in facts.passes:
            if one.end is None and (
                one.row.person_key == key or why_not_two(ward, one.row.recorded_by, who)
            ):
                return facts.group.title
    return ""
